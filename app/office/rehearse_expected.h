/* SPDX-License-Identifier: Apache-2.0 */
/* What must come out of a rehearsal, without its terminals and without
 * cryptography: the ballots of its voters, counted as they are.
 *
 *   OUT/expected-C.pb  of contest C, in the form of ballots-C.pb (page.h)
 *
 * The board's ballots-C.pb has the same META and PROJECTS, sums and what was
 * selected included, and the same votes in another order.
 */
#ifndef AULA_REHEARSE_EXPECTED_H
#define AULA_REHEARSE_EXPECTED_H

#include "rehearse_election.h"
#include "rehearse_votes.h"

/** Count and write.
 *
 *  Returns: AULA_OK, AULA_FULL, AULA_IO, AULA_MEMORY, codes of tally_open and
 *           page_ballots
 *  In:      out  folder
 */
AULA_MUST_CHECK enum aula_code
rehearse_expected_write(const char *out,
                        const struct rehearse_election *election,
                        const struct rehearse_votes *votes,
                        struct aula_error *err);

#endif
