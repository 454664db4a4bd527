/* SPDX-License-Identifier: Apache-2.0 */
/* A board that does not pass, as the tools of trustees and office refuse it:
 * the file, whoever signed it, and how to go on without it. */
#ifndef AULA_BOARD_REFUSAL_H
#define AULA_BOARD_REFUSAL_H

#include "board.h"

/** Check a board, and refuse it in this manner.
 *
 *  Returns: as board_check; the message names a trustee who signed what is no
 *           good. Somebody else's file in a trustee's name accuses nobody: the
 *           signature was checked first
 *  In:      notes  where it is said how to go on; NULL: nowhere
 */
AULA_MUST_CHECK enum aula_code board_check_or_refuse(struct board *board,
                                                     enum board_stage stage,
                                                     FILE *notes,
                                                     struct aula_error *err);

#endif
