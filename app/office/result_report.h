/* SPDX-License-Identifier: Apache-2.0 */
/* Who won, as `aula office result` prints it: each contest counted by the rule
 * of the election from the ballots that were opened. */
#ifndef AULA_RESULT_REPORT_H
#define AULA_RESULT_REPORT_H

#include "board.h"
#include "output.h"

/** Count all contests and say what came out. Where the content has no election
 *  that tells the rule, which no check of a board asks for, there are numbers
 * of ballots and no winners.
 *
 *  Returns: AULA_OK, or a code of tally_open
 *  In:      board  checked for BOARD_DECRYPTIONS
 */
AULA_MUST_CHECK enum aula_code result_report(struct output *output,
                                             const struct board *board,
                                             struct aula_error *err);

#endif
