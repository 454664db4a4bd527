/* SPDX-License-Identifier: Apache-2.0 */
/* When the ballots of a rehearsal come: on days of the election, in their
 * hours, 2,000 a day at each terminal where there are days enough. There are
 * two days at least, so that closing and opening again is rehearsed too, unless
 * the election has one. */
#ifndef AULA_REHEARSE_PLAN_H
#define AULA_REHEARSE_PLAN_H

#include "election.h"

enum {
    REHEARSE_BALLOTS_A_DAY = 2000,
    REHEARSE_DAYS_LEAST = 2,
    REHEARSE_DAYS_MOST = 20
};

struct rehearse_day {
    uint64_t from; /* unix seconds */
    uint64_t to;
};

struct rehearse_plan {
    size_t count; /* of days, 1 or more */
    struct rehearse_day days[REHEARSE_DAYS_MOST];
};

/** How many days so many ballots at one terminal take. */
size_t rehearse_plan_days(size_t ballots);

/** Take the first days on which people vote.
 *
 *  Returns: AULA_OK, or AULA_SOURCE: there is no such day
 */
AULA_MUST_CHECK enum aula_code
rehearse_plan_make(struct rehearse_plan *plan, const struct election *election,
                   size_t ballots, struct aula_error *err);

/** The first ballot of a day, when a terminal has `ballots` in all; of day
 *  `plan->count` it is `ballots`. */
size_t rehearse_plan_first(const struct rehearse_plan *plan, size_t ballots,
                           size_t day);

/** When a ballot begins, unix seconds; never before the one that was earlier.
 *
 *  In:  ballot  below `ballots`, one of this day (asserted)
 */
uint64_t rehearse_plan_time(const struct rehearse_plan *plan, size_t ballots,
                            size_t day, size_t ballot);

#endif
