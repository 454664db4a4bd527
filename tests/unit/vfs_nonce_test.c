/* SPDX-License-Identifier: Apache-2.0 */
/* No nonce is used twice, in the file or the journal, over a long run with many
 * rollbacks and openings; and a page that is written twice says nothing about
 * whether it changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "disk.h"
#include "vfs_sample.h"

enum {
    NONCE_BYTES = 24,
    TAG_BYTES = 16,
    NONCES_MAX = 60000,
    PAGES_MAX = 100,
    OPENINGS = 12,
    ROUNDS = 12,
    /* Of 4096 random bytes 16 agree with others, give or take 4. */
    SAME_MOST = 70
};

static const uint8_t key[VFS_KEY_BYTES] = {1};
static const uint8_t id[VFS_STORE_ID_BYTES] = {2};

struct seen {
    uint8_t (*nonces)[NONCE_BYTES];
    size_t count;
    /* Each page of the file as it was last written. */
    uint8_t (*pages)[VFS_PAGE_BYTES];
    unsigned rewritten;
};

static void see_nonce(struct seen *seen, const uint8_t *page)
{
    assert_true(seen->count < NONCES_MAX);
    memcpy(seen->nonces[seen->count++],
           page + VFS_PAGE_BYTES - TAG_BYTES - NONCE_BYTES, NONCE_BYTES);
}

static void see_page(struct seen *seen, size_t number, const uint8_t *page)
{
    uint8_t *before = seen->pages[number];
    unsigned same = 0;

    for (size_t i = 0; i < VFS_PAGE_BYTES; i++) {
        same += before[i] == page[i];
    }
    assert_true(same <= SAME_MOST);
    seen->rewritten++;
    memcpy(before, page, VFS_PAGE_BYTES);
}

/* In a journal pages lie 4 bytes behind where a header may. */
static void see(void *context, bool is_journal, size_t offset,
                const uint8_t *bytes, size_t size)
{
    struct seen *seen = context;

    if (size != VFS_PAGE_BYTES || (is_journal && offset % 8 == 0)) {
        return;
    }
    see_nonce(seen, bytes);
    if (!is_journal) {
        assert_true(offset / VFS_PAGE_BYTES < PAGES_MAX);
        see_page(seen, offset / VFS_PAGE_BYTES, bytes);
    }
}

/* The same content again and again, more of it than the cache holds. */
static void work(struct vfs *vfs, bool create)
{
    sqlite3 *db = NULL;

    assert_int_equal(vfs_database_open(&db, vfs, "/disk/store.db", create,
                                       NULL),
                     AULA_OK);
    vfs_sample_run(db, "PRAGMA cache_size=5;"
                       "CREATE TABLE IF NOT EXISTS r(n INTEGER PRIMARY KEY, b);"
                       "INSERT OR REPLACE INTO r VALUES(1, zeroblob(90000))");
    for (unsigned i = 0; i < ROUNDS; i++) {
        vfs_sample_run(db, "BEGIN; UPDATE r SET b = zeroblob(90000);"
                           "UPDATE r SET b = zeroblob(80000); ROLLBACK;"
                           "INSERT OR REPLACE INTO r VALUES(2, 1)");
    }
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static int compare(const void *a, const void *b)
{
    return memcmp(a, b, NONCE_BYTES);
}

static void no_nonce_is_used_twice(void **state)
{
    struct disk *disk = disk_open("disk", false);
    struct seen seen = {.count = 0};
    struct vfs *vfs = NULL;

    (void)state;
    seen.nonces = calloc(NONCES_MAX, NONCE_BYTES);
    seen.pages = calloc(PAGES_MAX, VFS_PAGE_BYTES);
    assert_non_null(seen.nonces);
    assert_non_null(seen.pages);
    disk->at_write = see;
    disk->context = &seen;
    for (unsigned i = 0; i < OPENINGS; i++) {
        assert_int_equal(vfs_open_over(&vfs, "sealed", "disk", key, id, NULL),
                         AULA_OK);
        work(vfs, i == 0);
        vfs_close(vfs);
    }
    assert_true(seen.count > 10000);
    assert_true(seen.rewritten > 5000);
    qsort(seen.nonces, seen.count, NONCE_BYTES, compare);
    for (size_t i = 1; i < seen.count; i++) {
        assert_memory_not_equal(seen.nonces[i - 1], seen.nonces[i],
                                NONCE_BYTES);
    }
    free(seen.pages);
    free(seen.nonces);
    disk_close(disk);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_nonce_is_used_twice),
    };

    return vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
