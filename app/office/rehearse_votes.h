/* SPDX-License-Identifier: Apache-2.0 */
/* The ballots of a rehearsal: those of a Pabulib file that keep the rules of
 * the contest, in an order that the seed gives, or as many drawn ones as were
 * asked for. A drawn ballot is made when it is asked for, so that their number
 * takes no memory. */
#ifndef AULA_REHEARSE_VOTES_H
#define AULA_REHEARSE_VOTES_H

#include "pabulib.h"
#include "package.h"

enum { REHEARSE_LINES_MAX = 8 };

struct rehearse_votes {
    const struct package *package;
    uint64_t seed;
    size_t count; /* ballots to be cast */

    const struct pabulib *file; /* NULL: they are drawn */
    uint16_t contest;           /* that the file's ballots are for */
    uint16_t *places;           /* of its projects there */
    uint32_t *order;            /* ballots of the file, `count` of them */
    size_t refused;             /* that do not keep the rules */
    uint32_t refused_lines[REHEARSE_LINES_MAX]; /* of the first ones */
};

/** Take the ballots of a file.
 *
 *  Returns: AULA_OK
 *           AULA_SOURCE  no contest of the package offers all projects of the
 *                        file for such ballots, or no ballot keeps the rules
 *           AULA_MEMORY
 *  Out:     votes  all zero on failure
 *  In:      first  no more than so many ballots, from the file's start
 *  Owner:   rehearse_votes_close; package and file stay the caller's and are
 *           used until then
 */
AULA_MUST_CHECK enum aula_code
rehearse_votes_of_file(struct rehearse_votes *votes,
                       const struct package *package,
                       const struct pabulib *file, size_t first, uint64_t seed,
                       struct aula_error *err);

/** Draw `count` ballots, each for one of the contests. */
void rehearse_votes_draw(struct rehearse_votes *votes,
                         const struct package *package, size_t count,
                         uint64_t seed);

/** Accepts one that is all zero. */
void rehearse_votes_close(struct rehearse_votes *votes);

/** Ballot number `place`, below `count` (asserted). May be called from several
 *  threads.
 *
 *  Returns: its contest
 *  Out:     plaintext  PLAINTEXT_BYTES_MAX
 */
uint16_t rehearse_votes_get(const struct rehearse_votes *votes,
                            uint8_t *plaintext, size_t place);

/** Ballots are dealt to terminals in turn: how many come to terminal `number`
 *  of `terminals`, from 0. The k-th of them is ballot k * terminals + number.
 */
size_t rehearse_votes_share(const struct rehearse_votes *votes,
                            unsigned terminals, unsigned number);

#endif
