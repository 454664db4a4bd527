/* SPDX-License-Identifier: Apache-2.0 */
/* What `aula verify` says of a board that was checked for BOARD_RESULT
 * (PROTOCOL.md section 14). */
#ifndef AULA_VERIFY_H
#define AULA_VERIFY_H

#include "board.h"
#include "output.h"

enum verify_verdict {
    VERIFY_VALID,
    VERIFY_INCOMPLETE, /* something was left out, or not all is explained */
    VERIFY_INVALID
};

/* Exit statuses of the first three; see command.h for the others. */
enum { VERIFY_EXIT_INCOMPLETE = 3, VERIFY_EXIT_INVALID = 1 };

enum verify_verdict verify_verdict(const struct board *board);
const char *verify_verdict_name(enum verify_verdict verdict);

/** The object of 14.1, byte for byte, once output_end prints it. */
void verify_put_json(struct output *output, const struct board *board);

/** The same for people: the verdict, what to do next, what everybody should
 *  look at before they believe it, and who won.
 *
 *  Returns: AULA_OK, or a code of pages_open
 */
AULA_MUST_CHECK enum aula_code verify_put_report(struct output *output,
                                                 struct board *board,
                                                 struct aula_error *err);

/** Two of its parts, for whoever has to look at a board that was closed. */
void verify_put_findings(struct output *output, const struct board *board);
void verify_put_warnings(struct output *output, const struct board *board);

/** The faults, one a line. */
void verify_put_faults(struct output *output, const struct board *board);

#endif
