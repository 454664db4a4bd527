/* SPDX-License-Identifier: Apache-2.0 */
/* What came out, as `aula office result` prints it. */
#ifndef AULA_RESULT_REPORT_H
#define AULA_RESULT_REPORT_H

#include "board.h"
#include "output.h"
#include "page.h"

/** For each contest how many ballots it has, and which projects are funded.
 *
 *  In:      board  checked for BOARD_DECRYPTIONS
 *           facts  of its pages; NULL where the content has no election that
 *                  tells the rule, which no check of a board asks for: then
 *                  there are numbers of ballots and no winners
 */
void result_report(struct output *output, const struct board *board,
                   const struct page_facts *facts);

#endif
