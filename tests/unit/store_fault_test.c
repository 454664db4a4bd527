/* SPDX-License-Identifier: Apache-2.0 */
/* The disk fails at the 1st call of a kind, at the 2nd, .. until a day's work
 * on a store meets no failure: once, and from then on. Each time the refusal
 * has the right name, and what is on the disk is what was acknowledged, or that
 * and the whole of the transaction under way: as it is, after the power went,
 * and when the store is opened again.
 *
 * The store's lock is a real file; its flush is left out to save time, or
 * fails.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <errno.h>
#include <string.h>

#include "store_work.h"

enum { EACH_UP_TO = 40, STRIDE = 7 };

int __wrap_fsync(int file);

/* At file scope because the arguments of the function are the system's. */
static bool fsync_fails;

int __wrap_fsync(int file)
{
    (void)file;
    errno = fsync_fails ? EIO : 0;
    return fsync_fails ? -1 : 0;
}

struct failure {
    enum disk_call call;
    int rc;
    enum aula_code code; /* how a store must name it */
};

static const struct failure failing_read = {DISK_READ, SQLITE_IOERR_READ,
                                            AULA_IO};
static const struct failure failing_write = {DISK_WRITE, SQLITE_IOERR_WRITE,
                                             AULA_IO};
static const struct failure full = {DISK_WRITE, SQLITE_FULL, AULA_FULL};
static const struct failure failing_flush = {DISK_SYNC, SQLITE_IOERR_FSYNC,
                                             AULA_IO};
static const struct failure failing_truncation = {
    DISK_TRUNCATE, SQLITE_IOERR_TRUNCATE, AULA_IO};
static const struct failure failing_deletion = {DISK_DELETE,
                                                SQLITE_IOERR_DELETE, AULA_IO};
static const struct failure failing_opening = {DISK_OPEN, SQLITE_CANTOPEN,
                                               AULA_IO};
static const struct failure failing_size = {DISK_SIZE, SQLITE_IOERR_FSTAT,
                                            AULA_IO};

/* How often it came out how. */
struct outcome {
    unsigned runs;
    unsigned refused;
    unsigned borne;
};

/* The disk is whole again. */
static void see_what_is_left(struct store_work *work)
{
    struct aula_error err = {AULA_OK, ""};
    enum aula_code code;

    work->crash.work->fault.at = 0;
    crash_check(&work->crash);
    code = store_work_reopen(work, &err);
    if (code != AULA_OK && work->crash.state > 0) {
        fail_msg("state %u: %s", work->crash.state, err.message);
    }
    crash_check(&work->crash);
}

static void set_failure(struct store_work *work, const struct failure *failure,
                        unsigned at, bool lasts)
{
    work->crash.work->fault = (struct disk_fault){
        .call = failure->call, .at = at, .lasts = lasts, .rc = failure->rc};
}

/* Returns: false when no call failed */
static bool count_outcome(struct store_work *work, struct outcome *outcome,
                          const struct failure *failure, enum aula_code code,
                          const struct aula_error *err)
{
    unsigned hits = work->crash.work->fault.hits;

    if (code != AULA_OK && (code != failure->code || hits == 0)) {
        fail_msg("call %d, rc %d, run %u, state %u: %s: %s", failure->call,
                 failure->rc, outcome->runs, work->crash.state,
                 aula_code_name(code), err->message);
    }
    assert_int_equal(err->code, code);
    outcome->runs++;
    outcome->refused += code != AULA_OK;
    outcome->borne += code == AULA_OK && hits > 0;
    return hits > 0;
}

static bool fail_at(struct store_work *work, const struct failure *failure,
                    unsigned at, bool lasts, struct outcome *outcome)
{
    struct aula_error err = {AULA_OK, ""};
    enum aula_code code;
    bool has_failed;

    disk_clear(work->crash.work);
    work->crash.state = 0;
    set_failure(work, failure, at, lasts);
    code = store_work_run(&work->crash, &err);
    has_failed = count_outcome(work, outcome, failure, code, &err);
    see_what_is_left(work);
    return has_failed;
}

/* A failure may be borne: while a rollback goes wrong its journal stays, and
 * the next transaction begins with it. Not so one of a write. */
static void expect(const struct failure *failure, unsigned refused_least,
                   unsigned borne_most)
{
    struct store_work work;

    store_work_open(&work);
    for (int lasts = 0; lasts <= 1; lasts++) {
        struct outcome outcome = {0, 0, 0};
        unsigned at = 1;

        while (fail_at(&work, failure, at, lasts != 0, &outcome)) {
            at += at < EACH_UP_TO ? 1 : STRIDE;
        }
        assert_true(outcome.refused >= refused_least);
        assert_true(outcome.borne <= (lasts != 0 ? 0 : borne_most));
    }
    assert_true(work.was_refused || failure->code != AULA_IO);
    store_work_close(&work);
}

static void a_read_fails(void **state)
{
    (void)state;
    expect(&failing_read, 30, 20);
}

static void a_write_fails(void **state)
{
    (void)state;
    expect(&failing_write, 60, 0);
}

static void a_disk_is_full(void **state)
{
    (void)state;
    expect(&full, 60, 0);
}

static void a_flush_fails(void **state)
{
    (void)state;
    expect(&failing_flush, 35, 1); /* of the folder, after a rollback */
}

static void a_deletion_fails(void **state)
{
    (void)state;
    expect(&failing_deletion, 9, 1);
}

static void an_opening_fails(void **state)
{
    (void)state;
    expect(&failing_opening, 12, 0);
}

static void a_look_at_the_size_fails(void **state)
{
    (void)state;
    expect(&failing_size, 30, 20);
}

/* ---- while a power cut is made good */

/* The moment before a commit of a file that grows is flushed. */
static void keep_moment(void *context, const struct disk *disk)
{
    struct store_work *work = context;
    uint8_t choices[200];
    size_t size = disk->files[DISK_DATABASE].now.size;

    if (work->crash.state < 2 || work->kept_state > 0 ||
        size == disk->files[DISK_DATABASE].durable.size) {
        return;
    }
    work->kept_state = work->crash.state;
    assert_true(disk->op_count <= sizeof choices);
    memset(choices, CUT_ALL, sizeof choices);
    choices[0] = CUT_TORN;
    disk_cut(work->kept, disk, choices, 1, work->crash.block);
}

static bool fail_recovery_at(struct store_work *work,
                             const struct failure *failure, unsigned at,
                             bool lasts, struct outcome *outcome)
{
    struct aula_error err = {AULA_OK, ""};
    enum aula_code code;
    bool has_failed;

    disk_cut(work->crash.work, work->kept, NULL, 0, work->crash.block);
    work->crash.state = work->kept_state;
    set_failure(work, failure, at, lasts);
    code = store_work_reopen(work, &err);
    has_failed = count_outcome(work, outcome, failure, code, &err);
    see_what_is_left(work);
    return has_failed;
}

static void a_recovery_that_fails_is_done_again(void **state)
{
    static const struct failure *const failures[] = {
        &failing_read,       &failing_write,    &full,
        &failing_flush,      &failing_deletion, &failing_opening,
        &failing_truncation, &failing_size};
    struct store_work work;

    (void)state;
    store_work_open(&work);
    work.kept = disk_open("kept", false);
    work.crash.work->at_sync = keep_moment;
    work.crash.work->context = &work;
    assert_int_equal(store_work_run(&work.crash, NULL), AULA_OK);
    work.crash.work->at_sync = NULL;
    assert_true(work.kept_state > 0);
    for (size_t i = 0; i < 2 * sizeof failures / sizeof failures[0]; i++) {
        struct outcome outcome = {0, 0, 0};
        unsigned at = 1;

        while (fail_recovery_at(&work, failures[i / 2], at, i % 2 == 1,
                                &outcome)) {
            at++;
        }
        assert_true(outcome.refused >= 1);
    }
    disk_close(work.kept);
    store_work_close(&work);
}

static void a_lock_that_is_not_flushed_keeps_the_store_shut(void **state)
{
    struct aula_error err = {AULA_OK, ""};
    struct store_work work;

    (void)state;
    store_work_open(&work);
    assert_int_equal(store_work_run(&work.crash, NULL), AULA_OK);
    fsync_fails = true;
    assert_int_equal(store_work_reopen(&work, &err), AULA_IO);
    fsync_fails = false;
    assert_non_null(strstr(err.message, "-lock: write"));
    assert_int_equal(store_work_reopen(&work, NULL), AULA_OK);
    store_work_close(&work);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_read_fails),
        cmocka_unit_test(a_write_fails),
        cmocka_unit_test(a_disk_is_full),
        cmocka_unit_test(a_flush_fails),
        cmocka_unit_test(a_deletion_fails),
        cmocka_unit_test(an_opening_fails),
        cmocka_unit_test(a_look_at_the_size_fails),
        cmocka_unit_test(a_recovery_that_fails_is_done_again),
        cmocka_unit_test(a_lock_that_is_not_flushed_keeps_the_store_shut),
    };

    return vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
