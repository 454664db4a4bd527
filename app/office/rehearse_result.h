/* SPDX-License-Identifier: Apache-2.0 */
/* From the stick of a rehearsal to its verified result in OUT/board, by the
 * commands themselves, as office, trustees and observers type them. Each is
 * named with the time that it took; the first that fails ends it.
 *
 * At last the ballots that came out are compared with those that went in
 * (rehearse_expected.h): the same sums, the same selection, the same ballots.
 */
#ifndef AULA_REHEARSE_RESULT_H
#define AULA_REHEARSE_RESULT_H

#include <stdbool.h>
#include <stdio.h>

#include "clock.h"
#include "rehearse_election.h"

/** Go on to the result.
 *
 *  Returns: AULA_OK
 *           AULA_RESULT_MISMATCH  other ballots came out than went in
 *           else what the command that failed said, as AULA_STATE
 *  In:      out           folder of a rehearsal with an election of its own,
 *                         and with its expected-C.pb
 *           has_visitors  OUT/elsewhere.txt is there
 *           notes         standard error: the steps
 */
AULA_MUST_CHECK enum aula_code rehearse_result(const char *out,
                                               const struct package *package,
                                               bool has_visitors, FILE *notes,
                                               const struct clock *clock,
                                               struct aula_error *err);

#endif
