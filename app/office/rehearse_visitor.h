/* SPDX-License-Identifier: Apache-2.0 */
/* The visitors of a rehearsal: those who come besides its voters, on the last
 * day, and whose ballots must not count.
 *
 *   again      one in 40 of the voters comes once more, to the next terminal,
 *              where nobody knows of the first ballot; where there is only one
 *              terminal, it refuses them
 *   elsewhere  so many that they are one in 60 have voted online, and come all
 *              the same; their identifiers stand in OUT/elsewhere.txt
 *   away       one in 45 walks away without a ballot
 *
 * What they choose follows from the seed.
 */
#ifndef AULA_REHEARSE_VISITOR_H
#define AULA_REHEARSE_VISITOR_H

#include <stdint.h>

#include "error.h"
#include "rehearse_votes.h"

enum rehearse_visit {
    REHEARSE_AGAIN,
    REHEARSE_REFUSED, /* who came again and was known */
    REHEARSE_ELSEWHERE,
    REHEARSE_AWAY,
    REHEARSE_VISITS
};

enum {
    REHEARSE_AGAIN_ONE_IN = 40,
    REHEARSE_ELSEWHERE_ONE_IN = 60,
    REHEARSE_AWAY_ONE_IN = 45
};

/** How many voted elsewhere: the voters of places votes->count and on. */
uint64_t rehearse_elsewhere_count(const struct rehearse_votes *votes);

/** Write their identifiers, one a line.
 *
 *  Returns: AULA_OK, AULA_FULL, AULA_IO or AULA_MEMORY
 */
AULA_MUST_CHECK enum aula_code
rehearse_elsewhere_write(const char *path, const struct rehearse_votes *votes,
                         struct aula_error *err);

#endif
