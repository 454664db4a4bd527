/* SPDX-License-Identifier: Apache-2.0 */
/* The process ends before each call in turn that changes a file, while a
 * terminal is set up, installed, opened, voted at, closed, exported from, or
 * an official's passphrase changes. Each time it starts again whole, and the
 * same thing done again ends well.
 */
#include "terminal_desk_chain.h"

#include <sys/wait.h>
#include <unistd.h>

#include "calls.h"
#include "cheap_pwhash.h"
#include "vfs.h"

/* Before every call in one build, before some in the others. */
#if defined(__clang__) || defined(__SANITIZE_ADDRESS__)
enum { CUT_STEP = 7 };
#else
enum { CUT_STEP = 1 };
#endif
enum { CUTS_LEAST = 20, CUTS_MOST = 1000 };

static void stop(struct desk *desk)
{
    terminal_close(desk->terminal);
    desk->terminal = NULL;
}

static void kept_path(char path[static DESK_PATH_BYTES],
                      const struct desk *desk, const char *name)
{
    (void)snprintf(path, DESK_PATH_BYTES, "%.150s/kept-%s", desk->folder, name);
}

/* All that the desk has on a disk, put away and put back. */
static void keep(struct desk *desk)
{
    const char *const from[] = {desk->data, desk->witness, desk->stick};
    static const char *const names[] = {"data", "witness", "stick"};
    char path[DESK_PATH_BYTES];

    stop(desk);
    for (size_t i = 0; i < 3; i++) {
        kept_path(path, desk, names[i]);
        if (access(from[i], F_OK) == 0) {
            desk_copy_folder(path, from[i]);
        }
    }
}

static void put_back(struct desk *desk)
{
    const char *const to[] = {desk->data, desk->witness, desk->stick};
    static const char *const names[] = {"data", "witness", "stick"};
    char path[DESK_PATH_BYTES];

    stop(desk);
    for (size_t i = 0; i < 3; i++) {
        kept_path(path, desk, names[i]);
        if (access(to[i], F_OK) == 0) {
            desk_clear_folder(to[i]);
        }
        if (access(path, F_OK) == 0) {
            desk_copy_folder(to[i], path);
        }
    }
}

/* Eight MiB of zeros are copied for nothing; opening a day holds them again. */
static void drop_reserve(struct desk *desk)
{
    char path[DESK_PATH_BYTES];

    (void)snprintf(path, sizeof path, "%.200s/terminal/reserve", desk->data);
    (void)unlink(path);
}

/* Returns: was it cut? False when it had ended before the n-th call. */
static bool run_until(struct desk *desk, enum aula_code (*run)(struct desk *),
                      unsigned nth)
{
    pid_t child = fork();
    int status = 0;

    assert_true(child >= 0);
    if (child == 0) {
        calls_start(CALLS_END, nth, 0, NULL);
        _exit(run(desk) == AULA_OK ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_true(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == CALLS_ENDED);
    return WEXITSTATUS(status) == CALLS_ENDED;
}

/* Every cut of `run`, which unlocks the terminal itself; `done` is what it
 * gives when all was there already. */
static void cut(struct desk *desk, enum aula_code (*run)(struct desk *),
                enum aula_code done, void (*check)(struct desk *))
{
    unsigned cuts = 0;

    drop_reserve(desk);
    keep(desk);
    while (run_until(desk, run, cuts + 1)) {
        enum aula_code code;

        cuts += CUT_STEP;
        assert_true(cuts < CUTS_MOST);
        check(desk);
        stop(desk);
        code = run(desk);
        if (code != AULA_OK && code != done) {
            fail_msg("cut %u: %s", cuts, aula_code_name(code));
        }
        put_back(desk);
    }
    assert_true(cuts >= CUTS_LEAST);
}

static enum aula_code unlock(struct desk *desk)
{
    return desk_unlock(desk, "Ainur", TERMINAL_WORK);
}

/* It starts, its chain goes on, and every record verifies. */
static void must_be_whole(struct desk *desk)
{
    struct terminal_status status;

    assert_int_equal(unlock(desk), AULA_OK);
    status = desk_status(desk);
    assert_int_equal(status.ended, AULA_OK);
    assert_false(status.is_stale);
    assert_false(status.is_paused);
    if (status.state != TERMINAL_REQUESTED) {
        assert_int_equal(recover_verify(desk->terminal, NULL, NULL), AULA_OK);
    }
}

static enum aula_code make(struct desk *desk)
{
    struct keyslot_holder holder = desk_holder("Ainur");

    return setup_make(&desk->place, "Hall 7", &holder, NULL);
}

static void must_be_blank_or_made(struct desk *desk)
{
    if (terminal_look(&desk->place) != TERMINAL_BLANK) {
        must_be_whole(desk);
    }
}

static void a_set_up_that_is_cut_is_none_or_whole(void **state)
{
    struct desk *desk = *state;

    desk_clear_folder(desk->data);
    desk_clear_folder(desk->witness);
    cut(desk, make, AULA_STATE, must_be_blank_or_made);
}

static enum aula_code install(struct desk *desk)
{
    enum aula_code code = unlock(desk);

    return code == AULA_OK ? setup_install(desk->terminal, &desk->parts, NULL)
                           : code;
}

static void an_installation_that_is_cut_is_none_or_whole(void **state)
{
    struct desk *desk = *state;

    desk_reopen(desk);
    desk_certify(desk);
    cut(desk, install, AULA_OK, must_be_whole);
}

static enum aula_code open_day(struct desk *desk)
{
    static const uint8_t digest[RECORD_DIGEST_BYTES] = {0xd1};
    enum aula_code code = unlock(desk);

    return code == AULA_OK ? day_open(desk->terminal, digest, NULL, NULL)
                           : code;
}

static void an_opening_that_is_cut_is_none_or_whole(void **state)
{
    cut(*state, open_day, AULA_DAY_STATE, must_be_whole);
}

static enum aula_code cast(struct desk *desk)
{
    static const uint8_t yards[1] = {0x05};
    struct session_ballot ballot;
    enum aula_code code = unlock(desk);

    if (code == AULA_OK) {
        code = session_prepare(desk->terminal, &ballot, 0, yards, sizeof yards,
                               NULL);
    }
    return code == AULA_OK ? session_cast(desk->terminal, NULL) : code;
}

static void must_have_one_ballot_at_most(struct desk *desk)
{
    must_be_whole(desk);
    assert_in_range(desk_status(desk).total_cast, 0, 1);
    assert_true(desk_status(desk).has_session);
}

static void a_ballot_that_is_cut_is_none_or_whole(void **state)
{
    struct desk *desk = *state;

    desk_check_in(desk, DESK_VOTER);
    cut(desk, cast, AULA_DUPLICATE_VOTER, must_have_one_ballot_at_most);
}

static enum aula_code close_day(struct desk *desk)
{
    enum aula_code code = unlock(desk);
    struct official second = desk_official("Berik");

    return code == AULA_OK ? day_close(desk->terminal, &second, NULL) : code;
}

static void a_close_that_is_cut_is_none_or_whole(void **state)
{
    struct desk *desk = *state;

    desk_add_official(desk, "Berik");
    desk_vote(desk, DESK_VOTER);
    cut(desk, close_day, AULA_DAY_STATE, must_be_whole);
}

static enum aula_code carry(struct desk *desk)
{
    const struct transfer transfer = {0, false};
    struct transfer_done done;
    enum aula_code code = unlock(desk);

    return code == AULA_OK ? transfer_export(desk->terminal, &done, desk->stick,
                                             &transfer, NULL)
                           : code;
}

/* Every number that was taken can be exported again, and is the same. */
static void must_have_its_numbers(struct desk *desk)
{
    struct transfer_done done;

    must_be_whole(desk);
    for (uint32_t n = 1; n <= desk_status(desk).exports; n++) {
        const struct transfer transfer = {n, false};

        assert_int_equal(transfer_export(desk->terminal, &done, desk->stick,
                                         &transfer, NULL),
                         AULA_OK);
    }
}

static void an_export_that_is_cut_can_be_done_again(void **state)
{
    struct desk *desk = *state;

    desk_vote(desk, DESK_VOTER);
    cut(desk, carry, AULA_OK, must_have_its_numbers);
}

static enum aula_code change(struct desk *desk)
{
    enum aula_code code = unlock(desk);
    struct keyslot_holder holder = desk_holder("another");

    holder.label = "Berik";
    holder.label_size = strlen("Berik");
    return code == AULA_OK ? custody_change(desk->terminal, &holder, NULL)
                           : code;
}

/* With the old passphrase or the new one. */
static void must_open_for_both(struct desk *desk)
{
    struct official changed = desk_official("another");
    enum aula_code code;

    stop(desk);
    changed.label = "Berik";
    code = terminal_open(&desk->terminal, &desk->place, &changed, TERMINAL_WORK,
                         NULL);
    if (code == AULA_KEY_OPEN) {
        code = desk_unlock(desk, "Berik", TERMINAL_WORK);
    }
    assert_int_equal(code, AULA_OK);
    must_be_whole(desk);
}

static void a_passphrase_that_is_cut_is_the_old_or_the_new(void **state)
{
    struct desk *desk = *state;

    desk_add_official(desk, "Berik");
    cut(desk, change, AULA_OK, must_open_for_both);
}

#define WITH(test, setup)                                                      \
    cmocka_unit_test_setup_teardown(test, setup, desk_clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(a_set_up_that_is_cut_is_none_or_whole, desk_make),
        WITH(an_installation_that_is_cut_is_none_or_whole, desk_make),
        WITH(an_opening_that_is_cut_is_none_or_whole, desk_make_ready),
        WITH(a_ballot_that_is_cut_is_none_or_whole, desk_make_open),
        WITH(a_close_that_is_cut_is_none_or_whole, desk_make_open),
        WITH(an_export_that_is_cut_can_be_done_again, desk_make_open),
        WITH(a_passphrase_that_is_cut_is_the_old_or_the_new, desk_make_ready),
    };

    calls.is_quick = true;
    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
