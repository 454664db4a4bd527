/* SPDX-License-Identifier: Apache-2.0 */
/* A disk that refuses once while a transaction is rolled back is not believed
 * again: SQLite would roll back anew at the next statement, as if nothing had
 * been. The store is shut until it is opened again, and is what it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "digest.h"
#include "disk.h"
#include "vfs_sample.h"

#define PATH "/disk/store.db"

static const uint8_t key[VFS_KEY_BYTES] = {1};
static const uint8_t id[VFS_STORE_ID_BYTES] = {2};

static sqlite3 *open_store(struct vfs *vfs, bool create)
{
    sqlite3 *db = NULL;

    assert_int_equal(vfs_database_open(&db, vfs, PATH, create, NULL), AULA_OK);
    return db;
}

static void make_store(struct vfs *vfs, uint8_t digest[DIGEST_BYTES])
{
    sqlite3 *db = open_store(vfs, true);

    vfs_sample_run(db, "CREATE TABLE r(n INTEGER PRIMARY KEY, b)");
    vfs_sample_run(db, "INSERT INTO r VALUES(1, zeroblob(50000))");
    assert_true(digest_database(digest, db));
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* More than the cache holds, so that the file is written before the commit. */
static void begin(sqlite3 *db)
{
    vfs_sample_run(db, "PRAGMA cache_size=5; BEGIN;"
                       "UPDATE r SET b = zeroblob(40000);"
                       "INSERT INTO r VALUES(2, zeroblob(60000))");
}

static void expect_shut(struct vfs *vfs, sqlite3 *db)
{
    static const char *const statements[] = {"SELECT count(*) FROM r",
                                             "INSERT INTO r VALUES(3, 3)",
                                             "BEGIN IMMEDIATE"};

    for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++) {
        int rc = sqlite3_exec(db, statements[i], NULL, NULL, NULL);

        assert_int_equal(rc & 0xff, SQLITE_IOERR);
        assert_int_equal(vfs_explain(vfs, rc, "after", NULL), AULA_IO);
    }
}

/* Returns: false when the rollback met no failure */
static bool fail_rollback(struct disk *disk, struct vfs *vfs,
                          enum disk_call call, int rc, unsigned at,
                          unsigned *shut)
{
    uint8_t before[DIGEST_BYTES];
    uint8_t after[DIGEST_BYTES];
    bool has_failed;
    sqlite3 *db;

    disk_clear(disk);
    make_store(vfs, before);
    db = open_store(vfs, false);
    begin(db);
    disk->fault = (struct disk_fault){.call = call, .at = at, .rc = rc};
    (void)sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    has_failed = disk->fault.hits > 0;
    disk->fault.at = 0;
    (void)vfs_fault(vfs, NULL);
    /* Once the journal is gone, all that can fail is the flush of its folder:
     * the rollback is done, and a journal that comes back leads nowhere else.
     */
    if (disk->files[DISK_JOURNAL].now.is_there && rc != SQLITE_FULL) {
        assert_true(has_failed);
        expect_shut(vfs, db);
        (*shut)++;
    }
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    db = open_store(vfs, false);
    assert_true(digest_database(after, db));
    assert_memory_equal(before, after, sizeof before);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return has_failed;
}

static void a_refused_rollback_shuts_the_store(void **state)
{
    static const struct {
        enum disk_call call;
        int rc;
        unsigned shut_least;
    } failures[] = {{DISK_WRITE, SQLITE_IOERR_WRITE, 5},
                    {DISK_WRITE, SQLITE_FULL, 0},
                    {DISK_SYNC, SQLITE_IOERR_FSYNC, 1},
                    {DISK_TRUNCATE, SQLITE_IOERR_TRUNCATE, 1}};
    struct disk *disk = disk_open("disk", false);
    struct vfs *vfs = NULL;

    (void)state;
    assert_int_equal(vfs_open_over(&vfs, "sealed", "disk", key, id, NULL),
                     AULA_OK);
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        unsigned at = 1;
        unsigned shut = 0;

        while (fail_rollback(disk, vfs, failures[i].call, failures[i].rc, at,
                             &shut)) {
            at++;
        }
        assert_true(at > 1);
        assert_true(shut >= failures[i].shut_least);
    }
    vfs_close(vfs);
    disk_close(disk);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refused_rollback_shuts_the_store),
    };

    return vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
