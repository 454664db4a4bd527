/* SPDX-License-Identifier: Apache-2.0 */
/* What the files trustee_work*.c share. */
#ifndef AULA_TRUSTEE_WORK_PARTS_H
#define AULA_TRUSTEE_WORK_PARTS_H

#include "trustee_work.h"

/** Promise 1.
 *
 *  Returns: AULA_OK, or a code of journal_enter
 */
AULA_MUST_CHECK enum aula_code
trustee_work_enter(const struct board *board, const struct trustee_seat *seat,
                   struct aula_error *err);

/** Write a new file of the board, and the folders above it.
 *
 *  Returns: AULA_OK, codes of file_make_folder and file_write_new
 *  In:      name  "mix/0/1.mix"
 */
AULA_MUST_CHECK enum aula_code
trustee_work_put(const struct board *board, const char *name,
                 const uint8_t *bytes, size_t size, struct aula_error *err);

#endif
