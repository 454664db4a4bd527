/* SPDX-License-Identifier: Apache-2.0 */
/* Everything that is made from a whole board and stands at its top: the files
 * of page.h under the names of pages_name.h.
 *
 *   pages_open      counts the contests, gathers the facts
 *   pages_write     makes the files on the board: aula office result
 *   pages_compare   makes one again and compares: aula verify
 *
 * All of it follows from the board, and from council.json where the office put
 * one beside it: no clock, no randomness, no machine. What comes to a board
 * later (a further approval, another decryption, the council's decisions)
 * changes the pages; then they are written once more.
 */
#ifndef AULA_PAGES_H
#define AULA_PAGES_H

#include "board.h"
#include "page.h"

struct pages;

/** Count and gather.
 *
 *  Returns: AULA_OK
 *           AULA_SOURCE  the board has no election.json to count by, or
 *                        council.json is none
 *           AULA_WRONG_ELECTION  council.json is of another election
 *           AULA_IO, AULA_MEMORY, codes of tally_open
 *  Out:     pages  NULL on failure
 *  In:      board  checked for BOARD_DECRYPTIONS or BOARD_RESULT without a
 *                  fault; stays open until pages_close
 *  Owner:   pages_close
 */
AULA_MUST_CHECK enum aula_code
pages_open(struct pages **pages, struct board *board, struct aula_error *err);
void pages_close(struct pages *pages); /* accepts NULL */

/** What they were made of, for whoever prints the result. */
const struct page_facts *pages_facts(const struct pages *pages);

/** Write all files at the top of the board, in place of what is there.
 *
 *  Returns: AULA_OK, AULA_FULL, AULA_IO, AULA_MEMORY, AULA_SOURCE (a text that
 *           no Pabulib file can hold); files that were not come to stay as they
 *           were
 */
AULA_MUST_CHECK enum aula_code pages_write(const struct pages *pages,
                                           struct aula_error *err);

/** Compare a file of the board with what it should be.
 *
 *  Returns: AULA_OK
 *           AULA_RESULT_MISMATCH  it differs, or there should be none
 *           AULA_IO, AULA_MEMORY
 *  In:      name  a path that pages_is_name knows; council.json is right once
 *                 pages_open took it
 */
AULA_MUST_CHECK enum aula_code pages_compare(const struct pages *pages,
                                             const char *name,
                                             struct aula_error *err);

#endif
