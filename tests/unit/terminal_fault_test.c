/* SPDX-License-Identifier: Apache-2.0 */
/* A disk that is full, or fails, while a ballot is recorded or a day is closed:
 * nobody is told that something counts which does not, and what was recorded
 * stays as it was. */
#include "terminal_desk_chain.h"
#include "terminal_desk_roll.h"

#include <unistd.h>

#include "cheap_pwhash.h"
#include "disk.h"
#include "vfs.h"

static const uint8_t yards[1] = {0x05};
static const uint8_t parks[3] = {1, 1, 1};

enum { TRIES_MAX = 60 };

struct bench {
    struct desk *desk;
    struct disk *disk;
};

/* The store is on the disk in memory; all other files are real ones. */
static int make(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);

    assert_non_null(bench);
    bench->disk = disk_open("disk", true);
    bench->desk = desk_new(&(struct desk_wish){0});
    for (size_t i = 0; i < DISK_FILES; i++) {
        bench->disk->files[i].path[0] = '\0'; /* its folder was moved */
    }
    desk_reopen(bench->desk);
    desk_install(bench->desk);
    desk_open_day(bench->desk);
    *state = bench;
    return 0;
}

static int clear(void **state)
{
    struct bench *bench = *state;
    void *desk = bench->desk;

    (void)desk_clear(&desk);
    disk_close(bench->disk);
    free(bench);
    return 0;
}

static void fail_at(struct bench *bench, enum disk_call call, unsigned at,
                    bool lasts, int rc)
{
    bench->disk->fault =
        (struct disk_fault){.call = call, .at = at, .lasts = lasts, .rc = rc};
}

static void mend(struct bench *bench)
{
    bench->disk->fault = (struct disk_fault){0};
}

static void prepare(struct desk *desk, uint16_t contest)
{
    struct session_ballot ballot;

    assert_int_equal(session_prepare(desk->terminal, &ballot, contest,
                                     contest == 0 ? yards : parks,
                                     contest == 0 ? sizeof yards : sizeof parks,
                                     NULL),
                     AULA_OK);
}

static void must_hold_nothing(const struct desk *desk, uint64_t cast)
{
    assert_int_equal(desk_status(desk).total_cast, cast);
    assert_int_equal(session_left(desk->terminal, NULL), 2);
    assert_int_equal(session_cast(desk->terminal, NULL), AULA_STATE);
    assert_false(desk->terminal->ballot.is_there);
    assert_true(sodium_is_zero(desk->terminal->secrets->plaintext,
                               sizeof desk->terminal->secrets->plaintext) == 1);
}

/* Full for one write, then not: the fault is in the log, the vote is not. */
static void a_disk_that_is_full_once_takes_no_vote(void **state)
{
    struct bench *bench = *state;
    struct desk *desk = bench->desk;
    unsigned at = 1;

    desk_check_in(desk, DESK_VOTER);
    for (; at < TRIES_MAX; at++) {
        uint64_t seq = desk_seq(desk);
        struct aula_error err = {0};
        enum aula_code code;

        prepare(desk, 0);
        fail_at(bench, DISK_WRITE, at, false, SQLITE_FULL);
        code = session_cast(desk->terminal, &err);
        if (bench->disk->fault.hits == 0) {
            assert_int_equal(code, AULA_OK);
            break;
        }
        if (code == AULA_OK) { /* the event's write failed, not the vote's */
            break;
        }
        assert_int_equal(code, AULA_FULL);
        assert_int_equal(err.code, AULA_FULL);
        must_hold_nothing(desk, 0);
        assert_int_equal(desk_seq(desk), seq + 1);
        assert_true(desk_is_event(desk, 0, RECORD_FAULT, AULA_FULL));
    }
    assert_true(at > 3 && at < TRIES_MAX);
    mend(bench);
    assert_int_equal(session_left(desk->terminal, NULL), 1);
    assert_int_equal(desk_status(desk).total_cast, 1);
    desk_reopen(desk);
    assert_int_equal(desk_status(desk).ended, AULA_OK);
    assert_int_equal(recover_verify(desk->terminal, NULL, NULL), AULA_OK);
}

/* Full, and it stays so: not even the fault can be recorded. */
static void a_disk_that_stays_full_takes_no_vote(void **state)
{
    struct bench *bench = *state;
    struct desk *desk = bench->desk;

    desk_check_in(desk, DESK_VOTER);
    for (unsigned at = 1; at <= 3; at++) {
        uint64_t seq = desk_seq(desk);

        prepare(desk, 0);
        fail_at(bench, DISK_WRITE, at, true, SQLITE_FULL);
        assert_int_equal(session_cast(desk->terminal, NULL), AULA_FULL);
        must_hold_nothing(desk, 0);
        assert_int_equal(desk_seq(desk), seq);
        assert_int_equal(session_challenge(desk->terminal, NULL), AULA_STATE);
        prepare(desk, 1);
        assert_int_equal(session_challenge(desk->terminal, NULL), AULA_FULL);
        assert_int_equal(desk_status(desk).total_challenged, 0);
        assert_int_equal(session_leave(desk->terminal, NULL, NULL), AULA_FULL);
        assert_true(desk_status(desk).has_session);
        mend(bench);
    }
    prepare(desk, 0);
    assert_int_equal(session_cast(desk->terminal, NULL), AULA_OK);
    assert_int_equal(session_leave(desk->terminal, NULL, NULL), AULA_OK);
    assert_int_equal(desk_status(desk).day.issued, 1);
    assert_int_equal(desk_status(desk).day.unfinished, 0);
    desk_reopen(desk);
    assert_int_equal(recover_verify(desk->terminal, NULL, NULL), AULA_OK);
}

/* After a failure nothing is believed until the next start; that one finds the
 * whole ballot or none of it, and a chain that goes on. */
static void must_be_whole_or_gone(struct bench *bench, enum disk_call call,
                                  int rc)
{
    struct desk *desk = bench->desk;
    uint64_t cast = desk_status(desk).total_cast;
    unsigned refused = 0;

    for (unsigned at = 1; at < TRIES_MAX; at++) {
        enum aula_code code;
        unsigned hits;

        desk_check_in(desk, DESK_VOTER);
        prepare(desk, 0);
        fail_at(bench, call, at, true, rc);
        code = session_cast(desk->terminal, NULL);
        hits = bench->disk->fault.hits;
        assert_true(code == AULA_OK || (code == AULA_IO && hits > 0));
        terminal_close(desk->terminal);
        desk->terminal = NULL;
        mend(bench);
        desk_reopen(desk);
        assert_int_equal(desk_status(desk).ended, AULA_OK);
        assert_false(desk_status(desk).is_stale);
        assert_int_equal(recover_verify(desk->terminal, NULL, NULL), AULA_OK);
        if (desk_status(desk).total_cast > cast) {
            assert_int_equal(session_left(desk->terminal, NULL), 1);
            break;
        }
        assert_int_equal(code, AULA_IO);
        assert_int_equal(session_left(desk->terminal, NULL), 2);
        refused++;
        assert_int_equal(session_leave(desk->terminal, NULL, NULL), AULA_OK);
    }
    assert_true(refused > 0);
    assert_int_equal(desk_status(desk).total_cast, cast + 1);
}

static void a_write_that_fails_loses_no_recorded_ballot(void **state)
{
    must_be_whole_or_gone(*state, DISK_WRITE, SQLITE_IOERR_WRITE);
}

static void a_flush_that_fails_loses_no_recorded_ballot(void **state)
{
    must_be_whole_or_gone(*state, DISK_SYNC, SQLITE_IOERR_FSYNC);
}

static void reserve_path(char path[static PLACE_BYTES], const struct desk *desk)
{
    (void)snprintf(path, PLACE_BYTES, "%s/terminal/reserve", desk->data);
}

static void a_full_disk_gives_its_reserve_to_the_close(void **state)
{
    struct bench *bench = *state;
    struct desk *desk = bench->desk;
    char path[PLACE_BYTES];
    uint64_t seq;

    reserve_path(path, desk);
    desk_vote(desk, DESK_VOTER);
    desk->now += (uint64_t)8 * DESK_HOUR_S;
    seq = desk_seq(desk);
    assert_int_equal(access(path, F_OK), 0);
    fail_at(bench, DISK_WRITE, 1, false, SQLITE_FULL);
    assert_int_equal(day_close(desk->terminal, NULL, NULL), AULA_OK);
    assert_int_equal(bench->disk->fault.hits, 1);
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(desk_status(desk).state, TERMINAL_CLOSED);
    assert_int_equal(desk_seq(desk), seq + 1);
    desk->now += (uint64_t)11 * DESK_HOUR_S;
    desk_open_day(desk);
    assert_int_equal(access(path, F_OK), 0); /* held again */
}

static void a_close_that_finds_no_space_at_all_is_none(void **state)
{
    struct bench *bench = *state;
    struct desk *desk = bench->desk;
    uint64_t seq = desk_seq(desk);

    desk->now += (uint64_t)8 * DESK_HOUR_S;
    fail_at(bench, DISK_WRITE, 1, true, SQLITE_FULL);
    assert_int_equal(day_close(desk->terminal, NULL, NULL), AULA_FULL);
    assert_int_equal(desk_status(desk).state, TERMINAL_OPEN);
    assert_int_equal(desk_seq(desk), seq);
    mend(bench);
    assert_int_equal(day_close(desk->terminal, NULL, NULL), AULA_OK);
    assert_int_equal(recover_verify(desk->terminal, NULL, NULL), AULA_OK);
}

/* Early: the authorisation stands once, right before the close. */
static void an_early_close_on_a_full_disk_is_authorised_once(void **state)
{
    struct bench *bench = *state;
    struct desk *desk = bench->desk;
    struct official berik;

    desk_add_official(desk, "Berik");
    berik = desk_official("Berik");
    fail_at(bench, DISK_WRITE, 1, false, SQLITE_FULL);
    assert_int_equal(day_close(desk->terminal, &berik, NULL), AULA_OK);
    assert_int_equal(bench->disk->fault.hits, 1);
    assert_true(desk_is_event(desk, -1, RECORD_EARLY_CLOSE, 0));
    assert_false(desk_is_event(desk, -2, RECORD_EARLY_CLOSE, 0));
}

static void a_start_on_a_full_disk_gives_what_it_has(void **state)
{
    struct bench *bench = *state;
    struct desk *desk = bench->desk;
    uint64_t seq;

    desk_vote(desk, DESK_VOTER);
    seq = desk_seq(desk);
    terminal_close(desk->terminal);
    desk->terminal = NULL;
    fail_at(bench, DISK_WRITE, 1, true, SQLITE_FULL);
    desk_reopen(desk);
    assert_true(bench->disk->fault.hits > 0);
    assert_int_equal(desk_seq(desk), seq);
    assert_int_equal(desk_status(desk).day.cast, 1);
    mend(bench);
    desk->now += (uint64_t)8 * DESK_HOUR_S;
    assert_int_equal(day_close(desk->terminal, NULL, NULL), AULA_OK);
}

/* Whatever fails, a roll that is there has its event, and one only. */
static void a_roll_on_a_full_disk_is_noted_or_not_there(void **state)
{
    static const struct desk_voter voter = {DESK_VOTER, ROLL_ANY_CONTEST};
    struct bench *bench = *state;
    struct desk *desk = bench->desk;
    uint32_t number = 1;
    unsigned owed = 0;
    enum aula_code code;

    desk->now += (uint64_t)8 * DESK_HOUR_S;
    assert_int_equal(day_close(desk->terminal, NULL, NULL), AULA_OK);
    for (unsigned at = 1; at < TRIES_MAX; at++) {
        uint64_t seq = desk_seq(desk);
        unsigned hits;

        fail_at(bench, DISK_WRITE, at, true, SQLITE_FULL);
        code = desk_put_roll(desk, number, &voter, 1);
        hits = bench->disk->fault.hits;
        mend(bench);
        assert_int_equal(desk_status(desk).roll_number,
                         code == AULA_OK ? number : number - 1);
        if (code != AULA_OK) {
            assert_int_equal(code, AULA_FULL);
            assert_int_equal(desk_seq(desk), seq);
            continue;
        }
        if (hits == 0) {
            assert_true(desk_is_event(desk, 0, RECORD_SETUP_CHANGED, number));
            break;
        }
        assert_int_equal(desk_seq(desk), seq);
        desk_reopen(desk);
        assert_int_equal(desk_seq(desk), seq + 3);
        assert_true(desk_is_event(desk, 0, RECORD_SETUP_CHANGED, number));
        owed++;
        number++;
    }
    assert_true(owed > 0);
    desk_reopen(desk);
    assert_true(desk_is_event(desk, 0, RECORD_UNLOCKED, 0));
}

/* The pause and its event are one; so are the resumption and its own. */
static void a_pause_on_a_full_disk_is_whole_or_not_there(void **state)
{
    struct bench *bench = *state;
    struct desk *desk = bench->desk;
    bool is_paused = false;
    unsigned refused = 0;
    unsigned hits = 1;

    for (unsigned at = 1; at < TRIES_MAX && hits > 0; at++) {
        for (int step = 0; step < 2; step++) {
            uint64_t seq = desk_seq(desk);
            enum aula_code code;

            fail_at(bench, DISK_WRITE, at, true, SQLITE_FULL);
            code = is_paused ? terminal_resume(desk->terminal, NULL)
                             : terminal_pause(desk->terminal, NULL);
            hits = bench->disk->fault.hits;
            mend(bench);
            if (code != AULA_OK) {
                assert_int_equal(code, AULA_FULL);
                assert_int_equal(desk_seq(desk), seq);
                assert_int_equal(desk_status(desk).is_paused, is_paused);
                refused++;
                code = is_paused ? terminal_resume(desk->terminal, NULL)
                                 : terminal_pause(desk->terminal, NULL);
            }
            assert_int_equal(code, AULA_OK);
            is_paused = !is_paused;
            assert_int_equal(desk_seq(desk), seq + 1);
            assert_int_equal(desk_status(desk).is_paused, is_paused);
        }
    }
    assert_int_equal(hits, 0);
    assert_true(refused > 2);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, make, clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(a_disk_that_is_full_once_takes_no_vote),
        WITH(a_disk_that_stays_full_takes_no_vote),
        WITH(a_write_that_fails_loses_no_recorded_ballot),
        WITH(a_flush_that_fails_loses_no_recorded_ballot),
        WITH(a_full_disk_gives_its_reserve_to_the_close),
        WITH(a_close_that_finds_no_space_at_all_is_none),
        WITH(an_early_close_on_a_full_disk_is_authorised_once),
        WITH(a_start_on_a_full_disk_gives_what_it_has),
        WITH(a_roll_on_a_full_disk_is_noted_or_not_there),
        WITH(a_pause_on_a_full_disk_is_whole_or_not_there),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
