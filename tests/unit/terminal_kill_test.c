/* SPDX-License-Identifier: Apache-2.0 */
/* A process that records ballots is killed at random moments, again and again:
 * each ballot that was acknowledged is there, and the chain is whole. And two
 * processes never have one store open. */
#include "terminal_desk_chain.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cheap_pwhash.h"
#include "draw.h"
#include "vfs.h"

#if defined(__SANITIZE_ADDRESS__)
enum { CASTS = 90, ROUNDS = 12 };
#else
enum { CASTS = 500, ROUNDS = 60 };
#endif

enum { PER_ROUND = 2 * CASTS / ROUNDS, DELAY_US = 4000, VERIFY_EVERY = 10 };

/* The n-th of a list of identifiers. */
static bool identifier(char typed[static 16], unsigned n)
{
    for (unsigned digit = 0; digit < 10; digit++) {
        (void)snprintf(typed, 16, "8506151%04u%u", n % 10000, digit);
        if (tag_check_identifier(TAG_SCHEME_IIN, typed, strlen(typed), NULL) ==
            AULA_OK) {
            return true;
        }
    }
    return false;
}

static void must(bool is_right)
{
    if (!is_right) {
        _exit(3);
    }
}

/* One resident; tells the seq of the ballot once it is acknowledged. */
static void child_vote(struct desk *desk, const char *typed, int pipe_end)
{
    static const uint8_t yards[1] = {0x05};
    struct session_lookup lookup;
    struct session_ballot ballot;
    struct terminal *terminal = desk->terminal;

    must(session_look_up(terminal, &lookup, typed, strlen(typed), NULL) ==
         AULA_OK);
    if (lookup.contests[0] == SESSION_VOTED) {
        return;
    }
    must(session_admit(terminal, NULL, 0, NULL) == AULA_OK);
    must(session_prepare(terminal, &ballot, 0, yards, 1, NULL) == AULA_OK);
    must(session_cast(terminal, NULL) == AULA_OK);
    must(write(pipe_end, &ballot.seq, sizeof ballot.seq) ==
         (ssize_t)sizeof ballot.seq);
    must(session_leave(terminal, NULL, NULL) == AULA_OK);
}

static void child(struct desk *desk, unsigned first, int pipe_end)
{
    struct official official = desk_official("Ainur");

    must(terminal_open(&desk->terminal, &desk->place, &official, TERMINAL_WORK,
                       NULL) == AULA_OK);
    if (desk_status(desk).has_session) {
        must(session_leave(desk->terminal, NULL, NULL) == AULA_OK);
    }
    for (unsigned i = first; i < 10000; i++) {
        char typed[16];

        if (identifier(typed, i)) {
            child_vote(desk, typed, pipe_end);
        }
    }
    _exit(4);
}

struct killing {
    struct desk *desk;
    uint64_t acknowledged; /* the highest seq */
    uint64_t seqs[2 * CASTS + 64];
    size_t count;
    unsigned restarts;  /* found unclean, so event 2 is due */
    bool is_unclean;    /* as the last look found it */
    uint64_t seen_seq;  /* likewise */
    uint64_t seen_cast; /* likewise */
};

static bool take_one(struct killing *killing, int pipe_end)
{
    uint64_t seq;

    if (read(pipe_end, &seq, sizeof seq) != (ssize_t)sizeof seq) {
        return false;
    }
    assert_true(killing->count < sizeof killing->seqs / sizeof seq);
    assert_true(seq > killing->acknowledged);
    killing->acknowledged = seq;
    killing->seqs[killing->count++] = seq;
    return true;
}

/* Start it, wait for some ballots and a moment, kill it. */
static void run_and_kill(struct killing *killing, unsigned round)
{
    uint32_t random[2];
    int ends[2];
    int status = 0;
    pid_t pid;
    struct timespec moment = {0};

    draw_bytes(random, sizeof random, "kill", round);
    moment.tv_nsec = (long)(random[1] % DELAY_US) * 1000;
    assert_int_equal(pipe(ends), 0);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        (void)close(ends[0]);
        child(killing->desk, (unsigned)killing->count, ends[1]);
    }
    (void)close(ends[1]);
    for (uint32_t i = random[0] % (PER_ROUND + 1); i > 0; i--) {
        assert_true(take_one(killing, ends[0]));
    }
    (void)nanosleep(&moment, NULL);
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    while (take_one(killing, ends[0])) {
    }
    (void)close(ends[0]);
}

/* What the next start finds. The start itself already walks the whole chain,
 * with its signatures, and compares it with the second place. */
static void look(struct killing *killing, unsigned round)
{
    struct desk *desk = killing->desk;
    struct terminal_status status;
    struct desk_record found;

    assert_int_equal(desk_unlock(desk, "Ainur", TERMINAL_LOOK), AULA_OK);
    status = desk_status(desk);
    assert_int_equal(status.ended, AULA_OK);
    assert_false(status.is_stale);
    assert_int_equal(status.state, TERMINAL_OPEN);
    assert_true(status.last_seq >= killing->acknowledged);
    assert_true(status.total_cast >= killing->count);
    assert_true(status.day.issued >= status.day.cast);
    if (killing->is_unclean && status.last_seq > killing->seen_seq) {
        assert_true(desk_is_event(desk, (int64_t)killing->seen_seq + 1,
                                  RECORD_RECOVERED, 0));
        killing->restarts++;
    }
    for (size_t i = 0; i < killing->count; i++) {
        desk_read(&found, desk, (int64_t)killing->seqs[i]);
        assert_int_equal(found.record.kind, RECORD_CAST);
    }
    if (round % VERIFY_EVERY == 0) {
        assert_int_equal(recover_verify(desk->terminal, NULL, NULL), AULA_OK);
    }
    killing->is_unclean = status.was_interrupted;
    killing->seen_seq = status.last_seq;
    killing->seen_cast = status.total_cast;
    terminal_close(desk->terminal);
    desk->terminal = NULL;
}

static void no_acknowledged_ballot_is_lost(void **state)
{
    struct killing *killing = calloc(1, sizeof *killing);
    struct desk *desk = *state;
    unsigned round = 1;
    uint64_t checked = 0;

    assert_non_null(killing);
    killing->desk = desk;
    terminal_close(desk->terminal);
    desk->terminal = NULL;
    for (; round <= ROUNDS || killing->seen_cast < CASTS; round++) {
        assert_true(round < 3 * ROUNDS);
        run_and_kill(killing, round);
        look(killing, round);
    }
    assert_true(killing->restarts >= ROUNDS / 4);
    desk_reopen(desk);
    assert_int_equal(desk_status(desk).ended, AULA_OK);
    assert_int_equal(recover_verify(desk->terminal, &checked, NULL), AULA_OK);
    assert_int_equal(checked, desk_seq(desk));
    /* A ballot may be recorded and its acknowledgement cut off: one a round. */
    assert_true(desk_status(desk).total_cast <= killing->count + round);
    free(killing);
}

/* A child that holds the terminal open until its pipe is closed. */
static void hold(struct desk *desk, int ready, int done)
{
    struct official official = desk_official("Ainur");
    char byte = 0;

    must(terminal_open(&desk->terminal, &desk->place, &official, TERMINAL_WORK,
                       NULL) == AULA_OK);
    must(write(ready, &byte, 1) == 1);
    must(read(done, &byte, 1) == 0);
    terminal_close(desk->terminal);
    _exit(0);
}

static void a_second_process_is_refused(void **state)
{
    struct desk *desk = *state;
    int ready[2];
    int done[2];
    int status = 0;
    char byte;
    pid_t pid;

    terminal_close(desk->terminal);
    desk->terminal = NULL;
    assert_int_equal(pipe(ready), 0);
    assert_int_equal(pipe(done), 0);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        (void)close(done[1]);
        hold(desk, ready[1], done[0]);
    }
    (void)close(ready[1]);
    (void)close(done[0]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(desk_unlock(desk, "Ainur", TERMINAL_WORK),
                     AULA_STORE_BUSY);
    assert_int_equal(desk_unlock(desk, "Ainur", TERMINAL_LOOK),
                     AULA_STORE_BUSY);
    (void)close(done[1]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    (void)close(ready[0]);
    desk_reopen(desk);
    assert_true(desk_is_event(desk, -1, RECORD_STARTED, 0));
}

static void a_second_terminal_of_one_process_is_refused(void **state)
{
    struct desk *desk = *state;
    struct official official = desk_official("Ainur");
    struct terminal *second = NULL;

    assert_int_equal(terminal_open(&second, &desk->place, &official,
                                   TERMINAL_WORK, NULL),
                     AULA_STORE_BUSY);
    assert_null(second);
    desk_vote(desk, DESK_VOTER);
}

#define OPEN(test)                                                             \
    cmocka_unit_test_setup_teardown(test, desk_make_open, desk_clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPEN(no_acknowledged_ballot_is_lost),
        OPEN(a_second_process_is_refused),
        OPEN(a_second_terminal_of_one_process_is_refused),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
