/* SPDX-License-Identifier: Apache-2.0 */
/* The expert council's decisions, taken from the file that the office wrote to
 * the board, where everybody who makes the pages again finds them. */
#ifndef AULA_RESULT_COUNCIL_H
#define AULA_RESULT_COUNCIL_H

#include <stdio.h>

#include "board.h"
#include "pages.h"

/** Gather the pages of a board; with a file, its decisions are put on the board
 *  first, in place of others. Where they do not fit the election, the board has
 *  what it had before.
 *
 *  Returns: AULA_OK, codes of file_read, council_open, file_write, pages_open
 *  Out:     pages  NULL on failure
 *  In:      path   of a council.json; NULL: what is on the board counts
 *           notes  gets all faults of the file, one a line
 *  Owner:   pages_close
 */
AULA_MUST_CHECK enum aula_code
result_council_pages(struct pages **pages, struct board *board,
                     const char *path, FILE *notes, struct aula_error *err);

#endif
