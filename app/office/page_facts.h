/* SPDX-License-Identifier: Apache-2.0 */
/* What a board says that was checked, taken into the facts of its pages. */
#ifndef AULA_PAGE_FACTS_H
#define AULA_PAGE_FACTS_H

#include "board.h"
#include "page_book.h"

/** Take terminals, numbers, findings, rulings, trustees and hashes.
 *
 *  Returns: AULA_OK or AULA_MEMORY
 *  In:      board  checked for BOARD_DECRYPTIONS or more, its election is that
 *                  of the book; stays open until page_book_close
 */
AULA_MUST_CHECK enum aula_code page_take_board(struct page_book *book,
                                               const struct board *board,
                                               struct aula_error *err);

/** Take what only the records say: why ballots are not counted, turnout,
 *  sessions, ballot codes. After page_take_board.
 *
 *  Returns: AULA_OK, AULA_MEMORY, AULA_IO (a file changed)
 */
AULA_MUST_CHECK enum aula_code page_take_records(struct page_book *book,
                                                 struct board *board,
                                                 struct aula_error *err);

#endif
