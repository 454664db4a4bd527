/* SPDX-License-Identifier: Apache-2.0 */
/* The power goes while SQL runs that does more to a file than a store ever
 * does: a cache of few pages, so that pages are written before the commit and
 * the journal gets several headers; free pages used again; rollbacks. On
 * devices that promise to leave the rest of a block alone, and on others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "crash.h"

#define PATH "/disk/store.db"

static const uint8_t key[VFS_KEY_BYTES] = {1};
static const uint8_t id[VFS_STORE_ID_BYTES] = {2};

static void exec(sqlite3 *db, const char *sql)
{
    char *message = NULL;
    int rc = sqlite3_exec(db, sql, NULL, NULL, &message);

    if (rc != SQLITE_OK) {
        fail_msg("%s: %d %s", sql, rc, message);
    }
}

static sqlite3 *open_work(struct crash *crash)
{
    static const char settings[] =
        "PRAGMA temp_store=MEMORY; PRAGMA synchronous=EXTRA;"
        "PRAGMA journal_mode=DELETE; PRAGMA cache_size=5;"
        "PRAGMA cache_spill=5; PRAGMA secure_delete=ON";
    char uri[100];
    sqlite3 *db = NULL;

    (void)sqlite3_snprintf(sizeof uri, uri, "file:" PATH "?psow=%d",
                           crash->block == 512);
    assert_int_equal(sqlite3_open_v2(uri, &db,
                                     SQLITE_OPEN_READWRITE |
                                         SQLITE_OPEN_CREATE | SQLITE_OPEN_URI,
                                     "work-vfs"),
                     SQLITE_OK);
    exec(db, settings);
    return db;
}

static const char *const steps[] = {
    "BEGIN; CREATE TABLE r(n INTEGER PRIMARY KEY, v, b);"
    "CREATE TABLE f(b); INSERT INTO r VALUES(1, 1, zeroblob(3000)); COMMIT",
    "INSERT INTO r VALUES(2, 2, zeroblob(9000))",
    /* More than the cache holds, and several headers. */
    "BEGIN; INSERT INTO f VALUES(zeroblob(60000));"
    "UPDATE r SET v = v + 10; INSERT INTO r VALUES(3, 3, zeroblob(500));"
    "INSERT INTO f VALUES(zeroblob(5000)); COMMIT",
    "UPDATE r SET v = 5, b = zeroblob(3000) WHERE n = 1",
    /* Pages become free, and are used again. */
    "DELETE FROM f WHERE length(b) > 50000",
    "SAVEPOINT a; INSERT INTO f VALUES(zeroblob(80000)); ROLLBACK TO a;"
    "INSERT INTO f VALUES(zeroblob(12000)); RELEASE a",
    "CREATE INDEX i ON r(v)",
    "BEGIN; DROP TABLE f; UPDATE r SET v = v * 2; COMMIT",
};

static enum aula_code run(struct crash *crash, struct aula_error *err)
{
    struct vfs *vfs = NULL;
    sqlite3 *db;

    assert_int_equal(vfs_open_over(&vfs, "work-vfs", "work", key, id, err),
                     AULA_OK);
    db = open_work(crash);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        exec(db, steps[i]);
        crash_acknowledge(crash);
        if (i == 5) {
            exec(db, "BEGIN; UPDATE r SET v = 99;"
                     "INSERT INTO f VALUES(zeroblob(90000)); ROLLBACK");
        }
    }
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    vfs_close(vfs);
    return AULA_OK;
}

static void lose_power(size_t block)
{
    struct crash crash;

    crash_open(&crash, PATH, key, id, block);
    crash_learn(&crash, run);
    crash_run(&crash, run);
    assert_true(crash.cuts > 4 * sizeof steps / sizeof steps[0]);
    assert_true(crash.looks > 10 * crash.cuts);
    assert_true(crash.torn_page1 > 10);
    assert_true(crash.torn_header > 10);
    assert_true(crash.torn_last > 10);
    crash_close(&crash);
}

static void no_power_cut_harms_where_a_write_touches_nothing_else(void **state)
{
    (void)state;
    lose_power(512);
}

static void no_power_cut_harms_where_blocks_are_at_stake(void **state)
{
    (void)state;
    lose_power(4096);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_power_cut_harms_where_a_write_touches_nothing_else),
        cmocka_unit_test(no_power_cut_harms_where_blocks_are_at_stake),
    };

    return vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
