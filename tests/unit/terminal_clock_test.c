/* SPDX-License-Identifier: Apache-2.0 */
/* A wrong clock stops nothing, but staff see it (PROTOCOL.md section 9). */
#include "terminal_desk_chain.h"

#include "cheap_pwhash.h"
#include "vfs.h"

enum { YEAR_S = 365 * DESK_DAY_S, HALF_DAY_S = 12 * DESK_HOUR_S };

static enum aula_code confirm(struct desk *desk)
{
    return terminal_confirm_clock(desk->terminal, NULL);
}

static void must_read(const struct desk *desk, enum terminal_clock_state state,
                      uint64_t last)
{
    struct terminal_status status = desk_status(desk);

    assert_int_equal(status.clock, state);
    assert_int_equal(status.now, desk->now);
    assert_int_equal(status.last_time, last);
}

/* Neither check-in nor opening goes on before staff have confirmed. */
static void must_stop_voting(struct desk *desk)
{
    struct session_lookup lookup;
    uint64_t seq = desk_seq(desk);

    assert_int_equal(session_look_up(desk->terminal, &lookup, DESK_VOTER,
                                     strlen(DESK_VOTER), NULL),
                     AULA_STATE);
    assert_int_equal(desk_seq(desk), seq);
}

static uint64_t time_of(const struct desk *desk, int64_t seq)
{
    struct desk_record found;

    desk_read(&found, desk, seq);
    return found.record.time;
}

static void a_minute_behind_is_nothing(void **state)
{
    struct desk *desk = *state;
    uint64_t opened = desk->now;

    desk->now = opened - 59;
    assert_int_equal(desk_status(desk).clock, TERMINAL_CLOCK_OK);
    desk->now = opened - 60;
    assert_int_equal(desk_status(desk).clock, TERMINAL_CLOCK_OK);
    assert_int_equal(confirm(desk), AULA_STATE);
    desk_vote(desk, DESK_VOTER);
    assert_int_equal(time_of(desk, 0), opened);
}

static void more_than_a_minute_behind_is_confirmed(void **state)
{
    struct desk *desk = *state;
    uint64_t opened = desk->now;

    desk->now = opened - 61;
    must_read(desk, TERMINAL_CLOCK_BEHIND, opened);
    must_stop_voting(desk);
    assert_int_equal(confirm(desk), AULA_OK);
    assert_true(desk_is_event(desk, 0, RECORD_CLOCK_CHANGED,
                              (uint64_t)INT64_C(-61)));
    assert_int_equal(time_of(desk, 0), opened - 61);
    assert_int_equal(desk_status(desk).clock, TERMINAL_CLOCK_OK);
    assert_int_equal(confirm(desk), AULA_STATE);
    desk_vote(desk, DESK_VOTER);
    assert_int_equal(time_of(desk, 0), opened);
}

static void a_year_behind_is_confirmed_once(void **state)
{
    struct desk *desk = *state;
    uint64_t opened = desk->now;

    desk->now = opened - YEAR_S;
    must_read(desk, TERMINAL_CLOCK_BEHIND, opened);
    assert_int_equal(confirm(desk), AULA_OK);
    assert_true(desk_is_event(desk, 0, RECORD_CLOCK_CHANGED,
                              0 - (uint64_t)YEAR_S));
    desk_vote(desk, DESK_VOTER);
    assert_int_equal(time_of(desk, 0), opened);
    desk_reopen(desk);
    assert_int_equal(desk_status(desk).clock, TERMINAL_CLOCK_OK);
    desk->now += DESK_HOUR_S;
    desk_vote(desk, DESK_OTHER);
    assert_int_equal(time_of(desk, 0), opened);
    desk->now = opened - YEAR_S - 60;
    assert_int_equal(desk_status(desk).clock, TERMINAL_CLOCK_OK);
    desk->now = opened - YEAR_S - 61; /* further back than it was then */
    must_read(desk, TERMINAL_CLOCK_BEHIND, opened);
    assert_int_equal(confirm(desk), AULA_OK);
    assert_true(desk_is_event(desk, 0, RECORD_CLOCK_CHANGED,
                              0 - (uint64_t)YEAR_S - 61));
}

/* A new vote with a right clock is a new time to be behind of. */
static void a_clock_that_falls_back_again_is_confirmed_again(void **state)
{
    struct desk *desk = *state;

    desk->now -= 100;
    assert_int_equal(confirm(desk), AULA_OK);
    desk->now += 300;
    desk_vote(desk, DESK_VOTER);
    desk->now -= 100;
    assert_int_equal(desk_status(desk).clock, TERMINAL_CLOCK_BEHIND);
}

static void half_a_day_ahead_is_nothing(void **state)
{
    struct desk *desk = *state;

    desk->now += HALF_DAY_S;
    assert_int_equal(desk_status(desk).clock, TERMINAL_CLOCK_OK);
    desk_vote(desk, DESK_VOTER);
    assert_int_equal(time_of(desk, 0), desk->now);
}

static void more_than_half_a_day_ahead_is_confirmed(void **state)
{
    struct desk *desk = *state;
    uint64_t opened = desk->now;
    uint64_t seq = desk_seq(desk);

    desk->now += HALF_DAY_S + 1;
    must_read(desk, TERMINAL_CLOCK_AHEAD, opened);
    must_stop_voting(desk);
    assert_int_equal(confirm(desk), AULA_OK);
    assert_int_equal(desk_seq(desk), seq); /* no event: it is usual */
    assert_int_equal(desk_status(desk).clock, TERMINAL_CLOCK_OK);
    assert_int_equal(confirm(desk), AULA_STATE);
    desk_reopen(desk);
    assert_int_equal(desk_status(desk).clock, TERMINAL_CLOCK_OK);
    desk_vote(desk, DESK_VOTER);
    assert_int_equal(time_of(desk, 0), desk->now);
}

/* The events of a start carry the new time; what they hide is kept. */
static void a_jump_before_a_start_waits_for_staff(void **state)
{
    struct desk *desk = *state;
    uint64_t opened = desk->now;

    desk->now += YEAR_S;
    desk_reopen(desk);
    assert_int_equal(time_of(desk, 0), desk->now);
    must_read(desk, TERMINAL_CLOCK_AHEAD, opened);
    desk_reopen(desk);
    must_read(desk, TERMINAL_CLOCK_AHEAD, opened);
    must_stop_voting(desk);
    assert_int_equal(confirm(desk), AULA_OK);
    desk_reopen(desk);
    assert_int_equal(desk_status(desk).clock, TERMINAL_CLOCK_OK);
}

/* Nor does an event of a running terminal. */
static void a_jump_before_an_event_waits_for_staff(void **state)
{
    struct desk *desk = *state;
    uint64_t opened = desk->now;

    desk->now += YEAR_S;
    assert_int_equal(terminal_note(desk->terminal, RECORD_FAULT, 1, NULL),
                     AULA_OK);
    assert_int_equal(time_of(desk, 0), desk->now);
    must_read(desk, TERMINAL_CLOCK_AHEAD, opened);
    desk_reopen(desk);
    must_read(desk, TERMINAL_CLOCK_AHEAD, opened);
    must_stop_voting(desk);
    assert_int_equal(confirm(desk), AULA_OK);
}

static void a_jump_that_was_taken_back_is_none(void **state)
{
    struct desk *desk = *state;
    uint64_t opened = desk->now;

    desk->now += YEAR_S;
    desk_reopen(desk);
    assert_int_equal(desk_status(desk).clock, TERMINAL_CLOCK_AHEAD);
    desk->now = opened + DESK_HOUR_S;
    assert_int_equal(desk_status(desk).clock, TERMINAL_CLOCK_OK);
    desk_vote(desk, DESK_VOTER);
    assert_int_equal(time_of(desk, 0), desk->now);
    desk_reopen(desk);
    assert_int_equal(desk_status(desk).clock, TERMINAL_CLOCK_OK);
}

/* A jump that staff agreed to by mistake is no licence for the next one. */
static void a_second_jump_is_confirmed_again(void **state)
{
    struct desk *desk = *state;
    uint64_t opened = desk->now;

    desk->now += YEAR_S;
    assert_int_equal(confirm(desk), AULA_OK);
    desk->now = opened + DESK_HOUR_S;
    desk_vote(desk, DESK_VOTER);
    desk->now += HALF_DAY_S + 1;
    must_read(desk, TERMINAL_CLOCK_AHEAD, opened + DESK_HOUR_S);
    must_stop_voting(desk);
}

/* Events and closings say what the clock says, whatever it is. */
static void an_event_and_a_close_carry_the_clock_as_it_stands(void **state)
{
    struct desk *desk = *state;
    uint64_t opened = desk->now;

    desk->now = opened - YEAR_S;
    assert_int_equal(terminal_note(desk->terminal, RECORD_FAULT, 1, NULL),
                     AULA_OK);
    assert_int_equal(time_of(desk, 0), opened - YEAR_S);
    desk->now = opened + YEAR_S;
    assert_int_equal(day_close(desk->terminal, NULL, NULL), AULA_OK);
    assert_int_equal(time_of(desk, 0), opened + YEAR_S);
    assert_int_equal(desk_status(desk).closed_time, opened + YEAR_S);
}

static void an_opening_is_never_before_the_last_vote(void **state)
{
    static const uint8_t digest[RECORD_DIGEST_BYTES] = {0xd1};
    struct desk *desk = *state;
    struct official berik;
    uint64_t voted;

    desk->now += (uint64_t)8 * DESK_HOUR_S;
    desk_vote(desk, DESK_VOTER);
    voted = desk->now;
    assert_int_equal(day_close(desk->terminal, NULL, NULL), AULA_OK);
    desk_add_official(desk, "Berik");
    desk->now -= DESK_HOUR_S;
    assert_int_equal(confirm(desk), AULA_OK);
    berik = desk_official("Berik");
    assert_int_equal(day_open(desk->terminal, digest, &berik, NULL), AULA_OK);
    assert_int_equal(time_of(desk, 0), voted);
    assert_int_equal(time_of(desk, -1), desk->now); /* event 11 */
}

static void to_look_keeps_nothing(void **state)
{
    struct desk *desk = *state;
    uint64_t seq = desk_seq(desk);

    desk->now += YEAR_S;
    assert_int_equal(desk_unlock(desk, "Ainur", TERMINAL_LOOK), AULA_OK);
    assert_int_equal(desk_status(desk).clock, TERMINAL_CLOCK_AHEAD);
    assert_int_equal(confirm(desk), AULA_STATE);
    assert_int_equal(desk_seq(desk), seq);
    desk->now -= YEAR_S;
    desk_reopen(desk);
    assert_int_equal(desk_status(desk).clock, TERMINAL_CLOCK_OK);
}

#define OPEN(test)                                                             \
    cmocka_unit_test_setup_teardown(test, desk_make_open, desk_clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPEN(a_minute_behind_is_nothing),
        OPEN(more_than_a_minute_behind_is_confirmed),
        OPEN(a_year_behind_is_confirmed_once),
        OPEN(a_clock_that_falls_back_again_is_confirmed_again),
        OPEN(half_a_day_ahead_is_nothing),
        OPEN(more_than_half_a_day_ahead_is_confirmed),
        OPEN(a_jump_before_a_start_waits_for_staff),
        OPEN(a_jump_before_an_event_waits_for_staff),
        OPEN(a_jump_that_was_taken_back_is_none),
        OPEN(a_second_jump_is_confirmed_again),
        OPEN(an_event_and_a_close_carry_the_clock_as_it_stands),
        OPEN(an_opening_is_never_before_the_last_vote),
        OPEN(to_look_keeps_nothing),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
