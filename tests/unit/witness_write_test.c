/* SPDX-License-Identifier: Apache-2.0 */
/* A second place that cannot be written (PROTOCOL.md 9.2): it takes no vote
 * back, but voting pauses until it can. */
#include "terminal_desk_chain.h"

#include <sys/stat.h>
#include <unistd.h>

#include "cheap_pwhash.h"
#include "file.h"
#include "vfs.h"

static const uint8_t yards[1] = {0x05};

static void kept_path(char path[static DESK_PATH_BYTES],
                      const struct desk *desk)
{
    (void)snprintf(path, DESK_PATH_BYTES, "%.200s/kept", desk->folder);
}

/* A file stands where the folder was: that stops root as well. */
static void break_place(const struct desk *desk)
{
    char kept[DESK_PATH_BYTES];

    kept_path(kept, desk);
    assert_int_equal(rename(desk->witness, kept), 0);
    assert_int_equal(file_write(desk->witness, "x", 1, 0600, NULL), AULA_OK);
}

static void mend_place(const struct desk *desk)
{
    char kept[DESK_PATH_BYTES];

    kept_path(kept, desk);
    assert_int_equal(unlink(desk->witness), 0);
    assert_int_equal(rename(kept, desk->witness), 0);
}

static enum aula_code prepare(struct desk *desk, uint16_t contest)
{
    static const uint8_t parks[3] = {1, 1, 1};
    struct session_ballot ballot;

    return session_prepare(desk->terminal, &ballot, contest,
                           contest == 0 ? yards : parks,
                           contest == 0 ? sizeof yards : sizeof parks, NULL);
}

static void must_be_paused(struct desk *desk)
{
    struct session_lookup lookup;

    assert_true(desk_status(desk).is_paused);
    if (desk_status(desk).has_session) {
        assert_int_equal(prepare(desk, 1), AULA_STATE);
    }
    assert_int_equal(session_look_up(desk->terminal, &lookup, DESK_OTHER,
                                     strlen(DESK_OTHER), NULL),
                     AULA_STATE);
}

static uint64_t cast_without_place(struct desk *desk)
{
    struct desk_record found;
    uint64_t seq;

    desk_check_in(desk, DESK_VOTER);
    assert_int_equal(prepare(desk, 0), AULA_OK);
    seq = desk_seq(desk);
    break_place(desk);
    assert_int_equal(session_cast(desk->terminal, NULL), AULA_OK);
    assert_int_equal(desk_seq(desk), seq + 2);
    desk_read(&found, desk, (int64_t)seq + 1);
    assert_int_equal(found.record.kind, RECORD_CAST);
    assert_true(desk_is_event(desk, (int64_t)seq + 2, RECORD_FAULT, AULA_IO));
    return seq;
}

static void a_vote_stands_and_voting_pauses(void **state)
{
    struct desk *desk = *state;
    uint64_t seq = cast_without_place(desk);

    must_be_paused(desk);
    assert_int_equal(desk_status(desk).day.cast, 1);
    assert_int_equal(terminal_resume(desk->terminal, NULL), AULA_IO);
    must_be_paused(desk);
    assert_int_equal(desk_seq(desk), seq + 2);
    mend_place(desk);
    assert_int_equal(terminal_resume(desk->terminal, NULL), AULA_OK);
    assert_true(desk_is_event(desk, 0, RECORD_RESUMED, 0));
    assert_int_equal(prepare(desk, 1), AULA_OK);
    assert_int_equal(session_cast(desk->terminal, NULL), AULA_OK);
    assert_int_equal(session_leave(desk->terminal, NULL, NULL), AULA_OK);
    desk_reopen(desk);
    assert_int_equal(desk_status(desk).ended, AULA_OK);
    assert_false(desk_status(desk).is_stale);
    assert_false(desk_status(desk).is_paused);
    assert_int_equal(recover_verify(desk->terminal, NULL, NULL), AULA_OK);
}

static void a_restart_finds_the_second_place_stale(void **state)
{
    struct desk *desk = *state;

    (void)cast_without_place(desk);
    terminal_close(desk->terminal);
    desk->terminal = NULL;
    mend_place(desk);
    desk_reopen(desk);
    assert_true(desk_status(desk).is_stale);
    assert_int_equal(desk_status(desk).day.cast, 1);
    assert_int_equal(terminal_confirm_witness(desk->terminal, NULL), AULA_OK);
    assert_int_equal(session_leave(desk->terminal, NULL, NULL), AULA_OK);
    desk_vote(desk, DESK_OTHER);
}

/* A folder stands where the next witness is written: the old one stays. */
static void block_place(char part[static 2 * DESK_PATH_BYTES],
                        const struct desk *desk)
{
    char path[DESK_PATH_BYTES];

    desk_witness_path(path, desk);
    (void)snprintf(part, 2 * DESK_PATH_BYTES, "%s.part", path);
    assert_int_equal(mkdir(part, 0700), 0);
}

/* Staff saw it; the day is closed and exported, over as many starts as it
 * takes. Voting waits for the second place. */
static void a_second_place_that_takes_nothing_locks_nothing_away(void **state)
{
    const struct transfer transfer = {0, false};
    struct transfer_done done;
    struct desk *desk = *state;
    char part[2 * DESK_PATH_BYTES];

    block_place(part, desk);
    desk_check_in(desk, DESK_VOTER);
    assert_int_equal(prepare(desk, 0), AULA_OK);
    assert_int_equal(session_cast(desk->terminal, NULL), AULA_OK);
    desk_reopen(desk);
    assert_true(desk_status(desk).is_stale);
    assert_int_equal(day_close(desk->terminal, NULL, NULL), AULA_STATE);
    assert_int_equal(terminal_confirm_witness(desk->terminal, NULL), AULA_OK);
    assert_true(desk_status(desk).is_paused);
    desk_reopen(desk);
    assert_false(desk_status(desk).is_stale);
    assert_true(desk_status(desk).is_paused);
    assert_int_equal(session_leave(desk->terminal, NULL, NULL), AULA_OK);
    desk->now += (uint64_t)8 * DESK_HOUR_S;
    assert_int_equal(day_close(desk->terminal, NULL, NULL), AULA_OK);
    desk_reopen(desk);
    assert_int_equal(transfer_export(desk->terminal, &done, desk->stick,
                                     &transfer, NULL),
                     AULA_OK);
    assert_int_equal(done.kinds[RECORD_CAST - 1], 1);
    assert_int_equal(terminal_resume(desk->terminal, NULL), AULA_IO);
    assert_int_equal(rmdir(part), 0);
    assert_int_equal(terminal_resume(desk->terminal, NULL), AULA_OK);
    desk_reopen(desk);
    assert_false(desk_status(desk).is_paused);
    assert_false(desk_status(desk).is_stale);
}

/* One event 7 for one failure, however many records follow. */
static void one_fault_is_one_event(void **state)
{
    struct desk *desk = *state;
    uint64_t seq = cast_without_place(desk);

    assert_int_equal(session_leave(desk->terminal, NULL, NULL), AULA_OK);
    assert_int_equal(terminal_note(desk->terminal, RECORD_SETUP_CHANGED, 0,
                                   NULL),
                     AULA_OK);
    assert_int_equal(desk_seq(desk), seq + 3);
    desk->now += (uint64_t)8 * DESK_HOUR_S;
    assert_int_equal(day_close(desk->terminal, NULL, NULL), AULA_OK);
    assert_int_equal(desk_seq(desk), seq + 4);
    assert_int_equal(desk_status(desk).state, TERMINAL_CLOSED);
}

/* Staff paused while the ballot was shown: the fault is an event all the same,
 * behind the pause that waited. */
static void a_pause_hides_no_fault(void **state)
{
    struct desk *desk = *state;
    uint64_t seq;

    desk_check_in(desk, DESK_VOTER);
    assert_int_equal(prepare(desk, 0), AULA_OK);
    seq = desk_seq(desk);
    assert_int_equal(terminal_pause(desk->terminal, NULL), AULA_OK);
    break_place(desk);
    assert_int_equal(session_cast(desk->terminal, NULL), AULA_OK);
    assert_int_equal(desk_seq(desk), seq + 3);
    assert_true(desk_is_event(desk, -1, RECORD_PAUSED, 0));
    assert_true(desk_is_event(desk, 0, RECORD_FAULT, AULA_IO));
    must_be_paused(desk);
}

static void an_event_without_its_witness_pauses_as_well(void **state)
{
    struct desk *desk = *state;
    uint64_t seq = desk_seq(desk);

    break_place(desk);
    assert_int_equal(terminal_note(desk->terminal, RECORD_SETUP_CHANGED, 0,
                                   NULL),
                     AULA_OK);
    assert_int_equal(desk_seq(desk), seq + 2);
    assert_true(desk_is_event(desk, 0, RECORD_FAULT, AULA_IO));
    must_be_paused(desk);
}

/* A terminal is never ready without its first witness. */
static void nothing_is_installed_without_a_second_place(void **state)
{
    struct desk *desk = *state;

    desk_reopen(desk);
    desk_certify(desk);
    break_place(desk);
    assert_int_equal(setup_install(desk->terminal, &desk->parts, NULL),
                     AULA_IO);
    assert_int_equal(desk_status(desk).state, TERMINAL_REQUESTED);
    desk_reopen(desk);
    assert_int_equal(desk_status(desk).state, TERMINAL_REQUESTED);
    mend_place(desk);
    desk_install(desk);
    desk_reopen(desk);
    assert_int_equal(desk_status(desk).ended, AULA_OK);
}

#define OPEN(test)                                                             \
    cmocka_unit_test_setup_teardown(test, desk_make_open, desk_clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPEN(a_vote_stands_and_voting_pauses),
        OPEN(a_restart_finds_the_second_place_stale),
        OPEN(a_second_place_that_takes_nothing_locks_nothing_away),
        OPEN(one_fault_is_one_event),
        OPEN(a_pause_hides_no_fault),
        OPEN(an_event_without_its_witness_pauses_as_well),
        cmocka_unit_test_setup_teardown(
            nothing_is_installed_without_a_second_place, desk_make, desk_clear),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
