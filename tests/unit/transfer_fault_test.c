/* SPDX-License-Identifier: Apache-2.0 */
/* A stick that fails, vanishes, takes part of what is written, or says that it
 * took it and did not: at each call that changes a file of it, in turn.
 */
#include "terminal_desk.h"

#include <sys/stat.h>

#include "calls.h"
#include "cheap_pwhash.h"
#include "file.h"
#include "vfs.h"

enum { CALLS_MOST = 200 };

static const char below[] = "/stick";

static enum aula_code carry(struct desk *desk, struct transfer_done *done)
{
    const struct transfer transfer = {0, false};

    return transfer_export(desk->terminal, done, desk->stick, &transfer, NULL);
}

static bool is_there(const struct desk *desk, const char *name,
                     const char *ending)
{
    char path[2 * DESK_PATH_BYTES];
    struct stat status;

    (void)snprintf(path, sizeof path, "%s/%s%s", desk->stick, name, ending);
    return lstat(path, &status) == 0;
}

static void name_of(char name[static BATCH_NAME_BYTES], const struct desk *desk,
                    uint32_t number)
{
    struct terminal_status status = desk_status(desk);

    batch_file_name(name, desk->package.hash, status.tid, number);
}

/* A failure is told by its kind, takes nothing back, and leaves no half of a
 * file; then the stick works again and the export goes through. */
static void fail_at(struct desk *desk, enum calls_mode mode, unsigned nth,
                    int number, enum aula_code expected)
{
    struct transfer_done done;
    char name[BATCH_NAME_BYTES];
    uint64_t seq = desk_status(desk).last_seq;
    uint32_t before = desk_status(desk).exports;
    enum aula_code code;

    name_of(name, desk, before + 1);
    calls_start(mode, nth, number, below);
    code = carry(desk, &done);
    assert_true(calls_stop());
    assert_int_equal(code, expected);
    assert_int_equal(desk_status(desk).last_seq, seq);
    assert_int_equal(desk_status(desk).ended, AULA_OK);
    if (mode == CALLS_FAIL) {
        assert_false(is_there(desk, name, ".part"));
    }
    assert_int_equal(carry(desk, &done), AULA_OK);
    assert_true(is_there(desk, done.name, ""));
    assert_true(done.number > before);
}

/* How many calls an export makes on the stick. */
static unsigned count_calls(struct desk *desk)
{
    struct transfer_done done;

    calls_start(CALLS_FAIL, CALLS_MOST, EIO, below);
    assert_int_equal(carry(desk, &done), AULA_OK);
    assert_false(calls_stop());
    assert_in_range(calls.met, 8, CALLS_MOST - 1);
    return calls.met;
}

/* The first call is the removal of a rest that is not there. */
static void each_failing_call_is_told_and_takes_nothing_back(void **state)
{
    static const struct {
        int number;
        enum aula_code code;
    } rows[] = {{EIO, AULA_IO}, {ENOSPC, AULA_FULL}, {EROFS, AULA_IO}};
    struct desk *desk = *state;
    unsigned count;

    desk_vote(desk, DESK_VOTER);
    count = count_calls(desk);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (unsigned n = 2; n <= count; n++) {
            fail_at(desk, CALLS_GONE, n, rows[i].number, rows[i].code);
        }
    }
}

static void a_failure_that_passes_leaves_no_rest(void **state)
{
    struct desk *desk = *state;

    desk_vote(desk, DESK_VOTER);
    fail_at(desk, CALLS_FAIL, 2, ENOSPC, AULA_FULL);
    fail_at(desk, CALLS_FAIL, 3, EIO, AULA_IO);
}

static void what_is_taken_in_parts_arrives_whole(void **state)
{
    struct desk *desk = *state;
    struct transfer_done done;
    char path[2 * DESK_PATH_BYTES];
    uint8_t *bytes = NULL;
    size_t size = 0;

    desk_vote(desk, DESK_VOTER);
    calls_start(CALLS_SHORT, 2, 0, below);
    assert_int_equal(carry(desk, &done), AULA_OK);
    assert_true(calls_stop());
    (void)snprintf(path, sizeof path, "%s/%s", desk->stick, done.name);
    assert_int_equal(file_read(&bytes, &size, path, BATCH_FILE_MAX, NULL),
                     AULA_OK);
    assert_true(size > 1000);
    free(bytes);
}

/* It says that it wrote: reading back finds that it did not. */
static void what_was_not_written_is_not_said_to_be_there(void **state)
{
    struct desk *desk = *state;
    struct transfer_done done;
    char name[BATCH_NAME_BYTES];

    desk_vote(desk, DESK_VOTER);
    name_of(name, desk, 1);
    calls_start(CALLS_DROP, 2, 0, below);
    assert_int_equal(carry(desk, &done), AULA_IO);
    assert_true(calls_stop());
    assert_false(is_there(desk, name, ""));
    assert_int_equal(desk_status(desk).exports, 0);
    assert_int_equal(carry(desk, &done), AULA_OK);
}

#define WITH(test)                                                             \
    cmocka_unit_test_setup_teardown(test, desk_make_open, desk_clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(each_failing_call_is_told_and_takes_nothing_back),
        WITH(a_failure_that_passes_leaves_no_rest),
        WITH(what_is_taken_in_parts_arrives_whole),
        WITH(what_was_not_written_is_not_said_to_be_there),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
