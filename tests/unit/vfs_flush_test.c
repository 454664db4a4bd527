/* SPDX-License-Identifier: Apache-2.0 */
/* What sealing costs in calls: none. The same SQL through the encrypting VFS
 * and on plain files asks the disk for as many flushes, writes, deletions and
 * truncations, commit for commit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "disk.h"
#include "vfs_sample.h"

static const uint8_t key[VFS_KEY_BYTES] = {1};
static const uint8_t id[VFS_STORE_ID_BYTES] = {2};

static const char *const steps[] = {
    "CREATE TABLE r(n INTEGER PRIMARY KEY, b)",
    "INSERT INTO r VALUES(1, zeroblob(1800))",
    "INSERT INTO r VALUES(2, zeroblob(1800)), (3, zeroblob(1800))",
    "INSERT INTO r VALUES(4, zeroblob(30000))",
    "UPDATE r SET b = zeroblob(1801)",
    "BEGIN; UPDATE r SET b = zeroblob(99)",
    "ROLLBACK",
    "PRAGMA cache_size=5; BEGIN",
    "INSERT INTO r VALUES(5, zeroblob(90000))",
    "UPDATE r SET b = zeroblob(1802) WHERE n < 4",
    "COMMIT",
    "DELETE FROM r WHERE n > 3",
    "INSERT INTO r VALUES(6, zeroblob(20000))",
    "DROP TABLE r",
};

enum { STEPS = sizeof steps / sizeof steps[0] };

/* The calls of each step. */
struct counts {
    unsigned of[STEPS][DISK_CALLS];
};

static void run(struct counts *counts, sqlite3 *db, struct disk *disk)
{
    for (size_t i = 0; i < STEPS; i++) {
        memset(disk->calls, 0, sizeof disk->calls);
        vfs_sample_run(db, steps[i]);
        memcpy(counts->of[i], disk->calls, sizeof disk->calls);
    }
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* The settings of a store, on plain files. */
static sqlite3 *open_plain(void)
{
    sqlite3 *db = NULL;
    int reserved = VFS_RESERVED_BYTES;

    assert_int_equal(sqlite3_open_v2("/disk/store.db", &db,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                                     "disk"),
                     SQLITE_OK);
    assert_int_equal(sqlite3_file_control(db, NULL, SQLITE_FCNTL_RESERVE_BYTES,
                                          &reserved),
                     SQLITE_OK);
    vfs_sample_run(db, "PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;"
                       "PRAGMA synchronous=EXTRA; PRAGMA journal_mode=DELETE;"
                       "PRAGMA page_size=4096");
    return db;
}

static void a_commit_costs_no_call_more_than_on_plain_files(void **state)
{
    static const enum disk_call same[] = {DISK_SYNC, DISK_WRITE, DISK_DELETE,
                                          DISK_TRUNCATE, DISK_OPEN};
    struct disk *disk = disk_open("disk", false);
    struct counts plain;
    struct counts sealed;
    struct vfs *vfs = NULL;
    sqlite3 *db = NULL;

    (void)state;
    run(&plain, open_plain(), disk);
    disk_clear(disk);
    assert_int_equal(vfs_open_over(&vfs, "sealed", "disk", key, id, NULL),
                     AULA_OK);
    assert_int_equal(vfs_database_open(&db, vfs, "/disk/store.db", true, NULL),
                     AULA_OK);
    run(&sealed, db, disk);
    for (size_t i = 0; i < STEPS; i++) {
        for (size_t j = 0; j < sizeof same / sizeof same[0]; j++) {
            if (plain.of[i][same[j]] != sealed.of[i][same[j]]) {
                fail_msg("%s: call %d: %u times, plain %u", steps[i], same[j],
                         sealed.of[i][same[j]], plain.of[i][same[j]]);
            }
        }
    }
    /* Journal, its header, the database, the folder. */
    assert_int_equal(sealed.of[1][DISK_SYNC], 4);
    vfs_close(vfs);
    disk_close(disk);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_commit_costs_no_call_more_than_on_plain_files),
    };

    return vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
