/* SPDX-License-Identifier: Apache-2.0 */
/* Identifiers of the voters of a rehearsal: twelve digits that follow from a
 * voter's place. Their digits 3 and 4, where an IIN has the month of birth, are
 * 99, so that no living person has such a number. */
#ifndef AULA_REHEARSE_VOTER_H
#define AULA_REHEARSE_VOTER_H

#include "tag.h"

enum {
    REHEARSE_VOTERS_MAX = 99 * 1000000,
    REHEARSE_VOTER_BYTES = TAG_DIGITS + 1
};

/** The identifier of a voter.
 *
 *  Out:     typed   NUL-terminated; of another voter for each other place, and
 *                   tag_check_identifier accepts it in this scheme
 *  In:      place   below REHEARSE_VOTERS_MAX (asserted)
 */
void rehearse_voter(char typed[static REHEARSE_VOTER_BYTES],
                    enum tag_scheme scheme, uint64_t place);

#endif
