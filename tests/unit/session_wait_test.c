/* SPDX-License-Identifier: Apache-2.0 */
/* Between a ballot's code and its end (PROTOCOL.md 7.2, steps 1 and 9): no
 * other record is written, and its time stands. */
#include "terminal_desk_chain.h"

#include "cheap_pwhash.h"
#include "vfs.h"

static void must_be(const struct desk *desk, const struct session_ballot *shown,
                    enum record_kind kind)
{
    struct desk_record found;
    uint8_t hash[BALLOT_CODE_HASH_BYTES];

    desk_read(&found, desk, (int64_t)shown->seq);
    assert_int_equal(found.record.kind, kind);
    assert_int_equal(found.record.time, shown->time);
    record_code_hash(hash, &found.record, &desk->package);
    assert_memory_equal(hash, shown->hash, sizeof hash);
}

/* A fault, then a pause while a ballot is shown. */
static uint64_t note_two(struct desk *desk)
{
    uint64_t seq = desk_seq(desk);

    assert_int_equal(terminal_note(desk->terminal, RECORD_FAULT, 9, NULL),
                     AULA_OK);
    assert_int_equal(terminal_note(desk->terminal, RECORD_PAUSED, 0, NULL),
                     AULA_OK);
    assert_int_equal(desk_seq(desk), seq);
    return seq;
}

static void must_stand_behind(const struct desk *desk, uint64_t seq)
{
    assert_int_equal(desk_seq(desk), seq + 2);
    assert_true(desk_is_event(desk, (int64_t)seq + 1, RECORD_FAULT, 9));
    assert_true(desk_is_event(desk, (int64_t)seq + 2, RECORD_PAUSED, 0));
}

static void events_wait_for_the_end_of_a_ballot(void **state)
{
    struct desk *desk = *state;
    struct session_ballot shown;

    desk_check_in(desk, DESK_VOTER);
    shown = desk_prepare(desk, 0);
    (void)note_two(desk);
    desk_cast(desk);
    must_be(desk, &shown, RECORD_CAST);
    must_stand_behind(desk, shown.seq);
    shown = desk_prepare(desk, 1);
    (void)note_two(desk);
    desk_challenge(desk);
    must_be(desk, &shown, RECORD_CHALLENGED);
    must_stand_behind(desk, shown.seq);
    (void)desk_prepare(desk, 1);
    shown.seq = note_two(desk);
    session_drop(desk->terminal);
    must_stand_behind(desk, shown.seq);
    (void)desk_prepare(desk, 1);
    shown.seq = note_two(desk);
    desk_leave(desk);
    must_stand_behind(desk, shown.seq);
    assert_int_equal(recover_verify(desk->terminal, NULL, NULL), AULA_OK);
}

static void events_that_wait_are_recorded_at_the_stop(void **state)
{
    struct desk *desk = *state;
    uint64_t seq;

    desk_check_in(desk, DESK_VOTER);
    (void)desk_prepare(desk, 0);
    seq = note_two(desk);
    desk_reopen(desk);
    assert_true(desk_is_event(desk, (int64_t)seq + 1, RECORD_FAULT, 9));
    assert_true(desk_is_event(desk, (int64_t)seq + 2, RECORD_PAUSED, 0));
    assert_true(desk_is_event(desk, (int64_t)seq + 3, RECORD_STARTED, 0));
}

/* An event that cannot wait makes the code void (7.2.9). */
static void more_events_than_can_wait_end_the_ballot(void **state)
{
    struct desk *desk = *state;
    uint64_t seq = desk_seq(desk);

    desk_check_in(desk, DESK_VOTER);
    (void)desk_prepare(desk, 0);
    for (uint64_t i = 1; i <= TERMINAL_WAITING_MAX + 1; i++) {
        assert_int_equal(terminal_note(desk->terminal, RECORD_FAULT, i, NULL),
                         AULA_OK);
    }
    assert_int_equal(desk_seq(desk), seq + TERMINAL_WAITING_MAX + 1);
    for (uint64_t i = 1; i <= TERMINAL_WAITING_MAX + 1; i++) {
        assert_true(desk_is_event(desk, (int64_t)(seq + i), RECORD_FAULT, i));
    }
    assert_int_equal(session_cast(desk->terminal, NULL), AULA_STATE);
    (void)desk_prepare(desk, 0);
    desk_cast(desk);
}

static void the_time_is_that_of_the_code(void **state)
{
    struct desk *desk = *state;
    struct session_ballot shown;

    desk->now += 100;
    desk_check_in(desk, DESK_VOTER);
    shown = desk_prepare(desk, 0);
    assert_int_equal(shown.time, desk->now);
    desk->now += 100;
    desk_cast(desk);
    must_be(desk, &shown, RECORD_CAST);
    desk->now -= 130; /* behind, but by no more than 60 s */
    shown = desk_prepare(desk, 1);
    assert_int_equal(shown.time, desk->now + 30);
    desk_cast(desk);
    must_be(desk, &shown, RECORD_CAST);
}

/* With the clock as staff confirm it: a day between is missing. */
static void move_clock(struct desk *desk, uint64_t now)
{
    desk->now = now;
    if (desk_status(desk).clock != TERMINAL_CLOCK_OK) {
        assert_int_equal(terminal_confirm_clock(desk->terminal, NULL), AULA_OK);
    }
}

static void no_ballot_is_prepared_after_the_voting(void **state)
{
    struct desk *desk = *state;
    struct session_ballot ballot;

    desk_check_in(desk, DESK_VOTER);
    move_clock(desk, desk->package.closes);
    (void)desk_prepare(desk, 0);
    desk->now++;
    desk_cast(desk);
    assert_int_equal(session_prepare(desk->terminal, &ballot, 1, desk_parks,
                                     sizeof desk_parks, NULL),
                     AULA_TIME_OUTSIDE_WINDOW);
    assert_int_equal(session_cast(desk->terminal, NULL), AULA_STATE);
    desk_leave(desk);
}

#define OPEN(test)                                                             \
    cmocka_unit_test_setup_teardown(test, desk_make_open, desk_clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPEN(events_wait_for_the_end_of_a_ballot),
        OPEN(events_that_wait_are_recorded_at_the_stop),
        OPEN(more_events_than_can_wait_end_the_ballot),
        OPEN(the_time_is_that_of_the_code),
        OPEN(no_ballot_is_prepared_after_the_voting),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
