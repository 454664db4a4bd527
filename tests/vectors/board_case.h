/* SPDX-License-Identifier: Apache-2.0 */
/* A board of a vector file, written into a folder of its own and verified. */
#ifndef AULA_VECTORS_BOARD_CASE_H
#define AULA_VECTORS_BOARD_CASE_H

#include "board.h"
#include "trial.h"

struct board_case {
    struct board *board; /* NULL where the trial has failed before */
    enum aula_code code; /* of board_check */
    char *json;          /* what verify --json prints; never NULL */
    size_t json_size;
};

/** Write the files with a change (path -> bytes, null: removed; NULL: none),
 *  verify, and take the folder away again.
 *
 *  Owner:   board_case_close, whatever came of it
 */
void board_case_run(struct board_case *found, struct trial *trial,
                    const json_t *files, const json_t *change,
                    const uint8_t office_key[static SIGN_PUBLIC_BYTES]);
void board_case_close(struct board_case *found);

#endif
