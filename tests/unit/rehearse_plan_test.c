/* SPDX-License-Identifier: Apache-2.0 */
/* When the ballots of a rehearsal come: in the hours of the election, in their
 * order, all of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rehearse_plan.h"

enum { HOUR_S = 3600, DAY_S = 24 * HOUR_S };

/* Ten days, the second closed, the third of other hours; five hours east. */
static const struct election *sample(void)
{
    static struct election_day days[] = {{101, true, {0, 0}},
                                         {102, false, {600, 660}}};
    static const struct election election = {.first_day = 100,
                                             .last_day = 109,
                                             .utc_offset_s = 5 * HOUR_S,
                                             .hours = {540, 1140},
                                             .days = days,
                                             .day_count = 2};

    return &election;
}

static void days_are_those_of_the_election(void **state)
{
    struct rehearse_plan plan;

    (void)state;
    assert_int_equal(rehearse_plan_make(&plan, sample(), 5000, NULL), AULA_OK);
    assert_int_equal(plan.count, 3);
    assert_int_equal(plan.days[0].from, 100 * DAY_S + 4 * HOUR_S);
    assert_int_equal(plan.days[0].to, 100 * DAY_S + 14 * HOUR_S);
    assert_int_equal(plan.days[1].from, 102 * DAY_S + 5 * HOUR_S);
    assert_int_equal(plan.days[1].to, 102 * DAY_S + 6 * HOUR_S);
    assert_int_equal(plan.days[2].from, 103 * DAY_S + 4 * HOUR_S);
}

static void a_day_is_for_two_thousand_ballots(void **state)
{
    (void)state;
    assert_int_equal(rehearse_plan_days(0), 2);
    assert_int_equal(rehearse_plan_days(4000), 2);
    assert_int_equal(rehearse_plan_days(4001), 3);
    assert_int_equal(rehearse_plan_days(40000), 20);
    assert_int_equal(rehearse_plan_days(SIZE_MAX / 2), 20);
}

static void an_election_of_one_day_has_one(void **state)
{
    struct election election = *sample();
    struct rehearse_plan plan;

    (void)state;
    election.last_day = 101;
    assert_int_equal(rehearse_plan_make(&plan, &election, 9000, NULL), AULA_OK);
    assert_int_equal(plan.count, 1);
    election.first_day = 101;
    assert_int_equal(rehearse_plan_make(&plan, &election, 9000, NULL),
                     AULA_SOURCE);
}

static void a_day_may_last_until_the_next(void **state)
{
    struct election election = *sample();
    struct rehearse_plan plan;

    (void)state;
    election.hours = (struct election_hours){0, 1440};
    election.day_count = 0;
    assert_int_equal(rehearse_plan_make(&plan, &election, 20000, NULL),
                     AULA_OK);
    assert_int_equal(plan.count, 10);
    for (size_t day = 1; day < plan.count; day++) {
        assert_int_equal(plan.days[day].from, plan.days[day - 1].to);
    }
}

/* Every ballot is of one day, inside its hours, and later ones come later. */
static void ballots_come_in_their_order(void **state)
{
    static const size_t counts[] = {0, 1, 2, 3, 7, 1000, 100000};
    struct rehearse_plan plan;

    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        uint64_t last = 0;
        size_t seen = 0;

        assert_int_equal(rehearse_plan_make(&plan, sample(), counts[i], NULL),
                         AULA_OK);
        assert_int_equal(rehearse_plan_first(&plan, counts[i], 0), 0);
        for (size_t day = 0; day < plan.count; day++) {
            size_t end = rehearse_plan_first(&plan, counts[i], day + 1);

            for (; seen < end; seen++) {
                uint64_t time = rehearse_plan_time(&plan, counts[i], day, seen);

                assert_true(time >= last);
                assert_true(time >= plan.days[day].from);
                assert_true(time < plan.days[day].to);
                last = time;
            }
        }
        assert_int_equal(seen, counts[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_those_of_the_election),
        cmocka_unit_test(a_day_is_for_two_thousand_ballots),
        cmocka_unit_test(an_election_of_one_day_has_one),
        cmocka_unit_test(a_day_may_last_until_the_next),
        cmocka_unit_test(ballots_come_in_their_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
