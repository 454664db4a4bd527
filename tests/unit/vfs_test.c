/* SPDX-License-Identifier: Apache-2.0 */
/* What the encrypting VFS refuses, and that it keeps what it was given. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "vfs_sample.h"

/* One record changed: an older state and a newer one of the same size. */
static const char change[] = "UPDATE r SET v = 3 WHERE n = 20";

struct store {
    struct vfs_sample sample;
    struct sample_file old;
    struct sample_file now;
    int64_t sum;
};

static int open_store(void **state)
{
    struct store *store = calloc(1, sizeof *store);

    assert_non_null(store);
    vfs_sample_open(&store->sample, "store", 1, 1);
    vfs_sample_make(&store->sample);
    store->old = vfs_sample_read(store->sample.path);
    vfs_sample_change(&store->sample, change);
    store->now = vfs_sample_read(store->sample.path);
    assert_int_equal(store->old.size, store->now.size);
    assert_true(store->now.size >= 5 * VFS_PAGE_BYTES);
    assert_int_equal(vfs_sample_look(&store->sample, &store->sum, NULL),
                     AULA_OK);
    *state = store;
    return 0;
}

static int close_store(void **state)
{
    struct store *store = *state;

    free(store->old.bytes);
    free(store->now.bytes);
    vfs_sample_close(&store->sample);
    free(store);
    return 0;
}

static enum aula_code look_at(struct store *store, const uint8_t *bytes,
                              size_t size, struct aula_error *err)
{
    int64_t sum = 0;
    enum aula_code code;

    vfs_sample_write(store->sample.path, bytes, size);
    code = vfs_sample_look(&store->sample, &sum, err);
    assert_true(code != AULA_OK || sum == store->sum);
    return code;
}

static void what_was_written_is_read(void **state)
{
    struct store *store = *state;
    sqlite3 *db = NULL;

    assert_int_equal(vfs_database_open(&db, store->sample.vfs,
                                       store->sample.path, false, NULL),
                     AULA_OK);
    assert_int_equal(vfs_sample_ask(db, "SELECT count(*) FROM r"), SAMPLE_ROWS);
    assert_int_equal(vfs_sample_ask(db, "SELECT v FROM r WHERE n = 20"), 3);
    assert_int_equal(vfs_sample_ask(db, "PRAGMA synchronous"), 3);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_false(vfs_recovered(store->sample.vfs));
    assert_int_equal(vfs_fault(store->sample.vfs, NULL), AULA_OK);
}

static bool holds(const struct sample_file *file, const char *text)
{
    size_t size = strlen(text);

    for (size_t i = 0; i + size <= file->size; i++) {
        if (memcmp(file->bytes + i, text, size) == 0) {
            return true;
        }
    }
    return false;
}

static void nothing_of_it_is_readable(void **state)
{
    struct store *store = *state;

    assert_false(holds(&store->now, SAMPLE_MARK));
    assert_false(holds(&store->now, "SQLite format 3"));
    assert_false(holds(&store->now, "CREATE TABLE"));
}

static void a_flipped_bit_anywhere_is_refused(void **state)
{
    struct store *store = *state;

    /* Each byte of the seals, every seventh of the content. */
    for (size_t i = 0; i < store->now.size;
         i += i % VFS_PAGE_BYTES >= VFS_PAGE_BYTES - VFS_RESERVED_BYTES ? 1
                                                                        : 7) {
        uint8_t bit = (uint8_t)(1 << (i / 7 % 8));

        store->now.bytes[i] ^= bit;
        assert_int_equal(look_at(store, store->now.bytes, store->now.size,
                                 NULL),
                         AULA_STORE_DAMAGED);
        store->now.bytes[i] ^= bit;
    }
}

static void two_pages_that_changed_places_are_refused(void **state)
{
    struct store *store = *state;
    uint8_t *two = store->now.bytes + (size_t)2 * VFS_PAGE_BYTES;
    uint8_t *three = two + VFS_PAGE_BYTES;
    uint8_t page[VFS_PAGE_BYTES];

    memcpy(page, two, sizeof page);
    memcpy(two, three, sizeof page);
    memcpy(three, page, sizeof page);
    assert_int_equal(look_at(store, store->now.bytes, store->now.size, NULL),
                     AULA_STORE_DAMAGED);
}

static void an_older_copy_of_any_page_is_refused(void **state)
{
    struct store *store = *state;
    struct aula_error err;
    unsigned differ = 0;

    for (size_t i = 0; i < store->now.size; i += VFS_PAGE_BYTES) {
        uint8_t *mixed;

        if (memcmp(store->old.bytes + i, store->now.bytes + i,
                   VFS_PAGE_BYTES) == 0) {
            continue;
        }
        mixed = malloc(store->now.size);
        assert_non_null(mixed);
        memcpy(mixed, store->now.bytes, store->now.size);
        memcpy(mixed + i, store->old.bytes + i, VFS_PAGE_BYTES);
        assert_int_equal(look_at(store, mixed, store->now.size, &err),
                         AULA_STORE_DAMAGED);
        assert_non_null(strstr(err.message, "older copy"));
        free(mixed);
        differ++;
    }
    assert_int_equal(differ, 2); /* the record's page and page 1 */
}

static void an_older_page_under_an_open_store_is_refused(void **state)
{
    struct store *store = *state;
    sqlite3 *db = NULL;
    int rc;

    assert_int_equal(vfs_database_open(&db, store->sample.vfs,
                                       store->sample.path, false, NULL),
                     AULA_OK);
    for (size_t i = VFS_PAGE_BYTES; i < store->now.size; i += VFS_PAGE_BYTES) {
        memcpy(store->now.bytes + i, store->old.bytes + i, VFS_PAGE_BYTES);
    }
    vfs_sample_write(store->sample.path, store->now.bytes, store->now.size);
    rc = sqlite3_exec(db, "SELECT sum(v) FROM r", NULL, NULL, NULL);
    assert_int_equal(rc & 0xff, SQLITE_IOERR);
    assert_int_equal(vfs_explain(store->sample.vfs, rc, "look", NULL),
                     AULA_STORE_DAMAGED);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void a_page_of_another_store_is_refused(void **state)
{
    struct store *store = *state;
    struct vfs_sample other;
    struct sample_file file;
    int64_t sum;

    vfs_sample_open(&other, "other", 1, 2); /* the same key */
    vfs_sample_make(&other);
    file = vfs_sample_read(other.path);
    memcpy(store->now.bytes + (size_t)3 * VFS_PAGE_BYTES,
           file.bytes + (size_t)3 * VFS_PAGE_BYTES, VFS_PAGE_BYTES);
    assert_int_equal(look_at(store, store->now.bytes, store->now.size, NULL),
                     AULA_STORE_DAMAGED);
    vfs_sample_write(other.path, store->old.bytes, store->old.size);
    assert_int_equal(vfs_sample_look(&other, &sum, NULL), AULA_STORE_KEY);
    free(file.bytes);
    vfs_sample_close(&other);
}

static void another_key_is_named(void **state)
{
    struct store *store = *state;
    struct vfs_sample other;
    int64_t sum;

    vfs_sample_open(&other, "other", 2, 1);
    vfs_sample_write(other.path, store->now.bytes, store->now.size);
    assert_int_equal(vfs_sample_look(&other, &sum, NULL), AULA_STORE_KEY);
    vfs_sample_close(&other);
}

static void a_file_cut_or_grown_is_refused(void **state)
{
    struct store *store = *state;
    uint8_t *grown = calloc(1, store->now.size + VFS_PAGE_BYTES);

    assert_non_null(grown);
    for (size_t i = 0; i < store->now.size; i += VFS_PAGE_BYTES) {
        assert_int_equal(look_at(store, store->now.bytes, i, NULL),
                         AULA_STORE_DAMAGED);
    }
    assert_int_equal(look_at(store, store->now.bytes, store->now.size - 1,
                             NULL),
                     AULA_STORE_DAMAGED);
    memcpy(grown, store->now.bytes, store->now.size);
    assert_int_equal(look_at(store, grown, store->now.size + 1, NULL),
                     AULA_STORE_DAMAGED);
    assert_int_equal(look_at(store, grown, store->now.size + VFS_PAGE_BYTES,
                             NULL),
                     AULA_STORE_DAMAGED);
    memcpy(grown + store->now.size, store->now.bytes, VFS_PAGE_BYTES);
    assert_int_equal(look_at(store, grown, store->now.size + VFS_PAGE_BYTES,
                             NULL),
                     AULA_STORE_DAMAGED);
    free(grown);
}

static void a_store_that_is_there_is_not_made_again(void **state)
{
    struct store *store = *state;
    sqlite3 *db = NULL;

    assert_int_equal(vfs_database_open(&db, store->sample.vfs,
                                       store->sample.path, true, NULL),
                     AULA_STATE);
    assert_null(db);
    assert_int_equal(unlink(store->sample.path), 0);
    assert_int_equal(vfs_database_open(&db, store->sample.vfs,
                                       store->sample.path, false, NULL),
                     AULA_IO);
    assert_null(db);
}

static void a_name_serves_one_vfs(void **state)
{
    const uint8_t key[VFS_KEY_BYTES] = {0};
    struct vfs *vfs = NULL;

    (void)state;
    assert_int_equal(vfs_open(&vfs, "store", key, key, NULL), AULA_STATE);
    assert_int_equal(vfs_open_over(&vfs, "new", "nowhere", key, key, NULL),
                     AULA_STATE);
    assert_int_equal(vfs_start(NULL), AULA_STATE);
    assert_null(vfs);
    vfs_close(NULL);
}

static void pragmas_that_harm_are_refused(void **state)
{
    static const char *const refused[] = {
        "PRAGMA journal_mode=WAL",
        "PRAGMA journal_mode=OFF",
        "PRAGMA main.journal_mode=MEMORY",
        "PRAGMA journal_mode=TRUNCATE",
        "PRAGMA journal_mode=PERSIST",
        "PRAGMA locking_mode=EXCLUSIVE",
        "PRAGMA synchronous=OFF",
        "PRAGMA synchronous=NORMAL",
        "PRAGMA mmap_size=1000000",
        "PRAGMA page_size=8192",
        "PRAGMA temp_store=FILE",
        "PRAGMA auto_vacuum=FULL",
        "PRAGMA writable_schema=ON",
        "PRAGMA trusted_schema=ON",
        "PRAGMA journal_size_limit=0",
        "PRAGMA temp_store_directory='/tmp'",
        "PRAGMA wal_checkpoint(TRUNCATE)",
        "PRAGMA unheard_of=1",
        "VACUUM",
        "VACUUM INTO '/tmp/aula-vfs-vacuum'",
        "ATTACH '/tmp/aula-vfs-attached' AS a",
    };
    struct store *store = *state;
    int64_t sum;

    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        sqlite3 *db = NULL;

        assert_int_equal(vfs_database_open(&db, store->sample.vfs,
                                           store->sample.path, false, NULL),
                         AULA_OK);
        assert_int_equal(sqlite3_exec(db, refused[i], NULL, NULL, NULL),
                         SQLITE_ERROR);
        vfs_sample_run(db, "UPDATE r SET v = 3 WHERE n = 20");
        assert_int_equal(sqlite3_close(db), SQLITE_OK);
        assert_int_equal(vfs_sample_look(&store->sample, &sum, NULL), AULA_OK);
        assert_int_equal(sum, store->sum);
    }
}

static void free_pages_mean_nothing(void **state)
{
    struct store *store = *state;
    sqlite3 *db = NULL;

    /* Large records that spill, on pages that were free: SQLite journals
     * nothing of such a page, and the rollback leaves it as it comes. */
    vfs_sample_change(&store->sample,
                      "BEGIN; CREATE TABLE f(b);"
                      "INSERT INTO f VALUES(zeroblob(400000)); COMMIT;"
                      "DELETE FROM f");
    assert_int_equal(vfs_database_open(&db, store->sample.vfs,
                                       store->sample.path, false, NULL),
                     AULA_OK);
    assert_true(vfs_sample_ask(db, "PRAGMA freelist_count") > 50);
    vfs_sample_run(db, "PRAGMA cache_size=5; BEGIN;"
                       "INSERT INTO f VALUES(randomblob(300000)); ROLLBACK;");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    vfs_sample_change(&store->sample,
                      "PRAGMA cache_size=5; SAVEPOINT a;"
                      "INSERT INTO f VALUES(randomblob(800000));"
                      "ROLLBACK TO a; INSERT INTO f VALUES(zeroblob(9000));"
                      "RELEASE a");
    assert_int_equal(vfs_sample_look(&store->sample, &store->sum, NULL),
                     AULA_OK);
}

int main(void)
{
#define STORE_TEST(name)                                                       \
    cmocka_unit_test_setup_teardown(name, open_store, close_store)
    const struct CMUnitTest tests[] = {
        STORE_TEST(what_was_written_is_read),
        STORE_TEST(nothing_of_it_is_readable),
        STORE_TEST(a_flipped_bit_anywhere_is_refused),
        STORE_TEST(two_pages_that_changed_places_are_refused),
        STORE_TEST(an_older_copy_of_any_page_is_refused),
        STORE_TEST(an_older_page_under_an_open_store_is_refused),
        STORE_TEST(a_page_of_another_store_is_refused),
        STORE_TEST(another_key_is_named),
        STORE_TEST(a_file_cut_or_grown_is_refused),
        STORE_TEST(a_store_that_is_there_is_not_made_again),
        STORE_TEST(a_name_serves_one_vfs),
        STORE_TEST(pragmas_that_harm_are_refused),
        STORE_TEST(free_pages_mean_nothing),
    };

    return vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
