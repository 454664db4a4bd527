/* SPDX-License-Identifier: Apache-2.0 */
/* See rehearse_plan.h. */
#include "rehearse_plan.h"

#include <assert.h>

enum { DAY_S = 86400, MINUTE_S = 60 };

size_t rehearse_plan_days(size_t ballots)
{
    size_t days = (ballots + REHEARSE_BALLOTS_A_DAY - 1) /
                  REHEARSE_BALLOTS_A_DAY;

    if (days < REHEARSE_DAYS_LEAST) {
        return REHEARSE_DAYS_LEAST;
    }
    return days > REHEARSE_DAYS_MOST ? REHEARSE_DAYS_MOST : days;
}

static uint64_t moment(const struct election *election, int32_t day,
                       uint16_t minutes)
{
    return (uint64_t)((int64_t)day * DAY_S + (int64_t)minutes * MINUTE_S -
                      election->utc_offset_s);
}

enum aula_code rehearse_plan_make(struct rehearse_plan *plan,
                                  const struct election *election,
                                  size_t ballots, struct aula_error *err)
{
    size_t wanted = rehearse_plan_days(ballots);

    plan->count = 0;
    for (int32_t day = election->first_day;
         day <= election->last_day && plan->count < wanted; day++) {
        struct election_hours hours = election_hours_of(election, day);

        if (hours.from < hours.to) {
            plan->days[plan->count++] =
                (struct rehearse_day){moment(election, day, hours.from),
                                      moment(election, day, hours.to)};
        }
    }
    return plan->count > 0 ? AULA_OK
                           : aula_fail(err, AULA_SOURCE,
                                       "the election has no day of voting");
}

size_t rehearse_plan_first(const struct rehearse_plan *plan, size_t ballots,
                           size_t day)
{
    return (size_t)((uint64_t)ballots * day / plan->count);
}

uint64_t rehearse_plan_time(const struct rehearse_plan *plan, size_t ballots,
                            size_t day, size_t ballot)
{
    const struct rehearse_day *hours = &plan->days[day];
    size_t first = rehearse_plan_first(plan, ballots, day);
    size_t end = rehearse_plan_first(plan, ballots, day + 1);

    assert(ballot >= first && ballot < end);
    return hours->from +
           (hours->to - hours->from) * (ballot - first) / (end - first);
}
