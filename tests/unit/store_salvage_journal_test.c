/* SPDX-License-Identifier: Apache-2.0 */
/* A damaged store beside the journal of a transaction that was cut; reading one
 * from a disk that does not give all of it, and when memory is not to be had.
 */
#include "store_heap.h"

#include <errno.h>
#include <stdbool.h>
#include <sys/types.h>

#include "vfs_page.h"
#include "vfs_sample.h"

enum {
    SECTOR = 4096,
    COUNT_AT = 8, /* how many records follow a header */
    STRIDE = 4 + PAGE_BYTES + 4,
    HUGE = 3000000, /* more than SQLite's cache holds */
    PAGES_MAX = 2000
};

/* At file scope because the arguments of the functions are the system's. */
static struct {
    bool is_on;
    unsigned left; /* pieces that are still given */
} shortage;

static bool is_refused(void)
{
    if (!shortage.is_on) {
        return false;
    }
    if (shortage.left == 0) {
        return true;
    }
    shortage.left--;
    return false;
}

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_realloc(void *memory, size_t size);
void *__real_sodium_malloc(size_t size);
void *__wrap_sodium_malloc(size_t size);

void *__wrap_malloc(size_t size)
{
    return is_refused() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return is_refused() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return is_refused() ? NULL : __real_realloc(memory, size);
}

void *__wrap_sodium_malloc(size_t size)
{
    return is_refused() ? NULL : __real_sodium_malloc(size);
}

/* Where a disk gives nothing; -1 for nowhere. */
static off_t hole = -1;

ssize_t __real_pread(int file, void *bytes, size_t size, off_t at);
ssize_t __wrap_pread(int file, void *bytes, size_t size, off_t at);

ssize_t __wrap_pread(int file, void *bytes, size_t size, off_t at)
{
    if (at == hole) {
        errno = EIO;
        return -1;
    }
    return __real_pread(file, bytes, size, at);
}

struct half {
    char journal_path[128];
    struct sample_file file;
    struct sample_file journal;
};

/* A transaction with a record and a huge item, copied from the disk while it is
 * open: part of its pages are there, and the journal leads back. */
static void keep_half(struct half *half, struct desk *desk)
{
    static uint8_t huge[HUGE];

    (void)snprintf(half->journal_path, sizeof half->journal_path, "%s-journal",
                   desk->path);
    assert_int_equal(store_desk_open(desk, NULL), AULA_OK);
    assert_int_equal(store_begin(desk->store, NULL), AULA_OK);
    store_heap_add_record(desk, RECORDS + 1);
    assert_int_equal(store_drop_item(desk->store, "small", NULL), AULA_OK);
    assert_int_equal(store_put_item(desk->store, "huge", huge, HUGE, NULL),
                     AULA_OK);
    half->file = vfs_sample_read(desk->path);
    half->journal = vfs_sample_read(half->journal_path);
    store_close(desk->store);
    desk->store = NULL;
    assert_true(half->journal.size > SECTOR + STRIDE);
    assert_true(half->file.size > HUGE / 2);
}

static void put_half(const struct half *half, const struct desk *desk)
{
    vfs_sample_write(desk->path, half->file.bytes, half->file.size);
    vfs_sample_write(half->journal_path, half->journal.bytes,
                     half->journal.size);
}

/* The page of the journal's record. */
static size_t page_of(const struct half *half, size_t record)
{
    const uint8_t *number = half->journal.bytes + SECTOR + record * STRIDE;

    return get_be32(number);
}

static void a_damaged_page_is_read_from_the_journal(void **state)
{
    struct desk *desk = *state;
    size_t records;
    struct half half = {.journal_path = ""};

    keep_half(&half, desk);
    records = get_be32(half.journal.bytes + COUNT_AT);
    assert_true(records >= 2);
    for (size_t i = 0; i < records; i++) {
        struct heap heap = {.desk = desk};
        struct store_salvage report;
        size_t at = (page_of(&half, i) - 1) * PAGE_BYTES + 99;

        half.file.bytes[at] ^= 1;
        put_half(&half, desk);
        assert_int_equal(store_heap_salvage(&heap, &report, NULL), AULA_OK);
        assert_int_equal(report.journal_pages, 1);
        assert_int_equal(report.damaged_pages, 1);
        assert_int_equal(store_heap_count(&heap), RECORDS);
        assert_true(heap.large_items == 1);
        half.file.bytes[at] ^= 1;
    }
    free(half.file.bytes);
    free(half.journal.bytes);
}

static void a_damaged_journal_is_no_help(void **state)
{
    struct desk *desk = *state;
    struct heap heap = {.desk = desk};
    struct store_salvage report;
    struct half half = {.journal_path = ""};
    size_t at;

    keep_half(&half, desk);
    at = (page_of(&half, 0) - 1) * PAGE_BYTES + 99;
    half.file.bytes[at] ^= 1;
    half.journal.bytes[SECTOR + 99] ^= 1;
    put_half(&half, desk);
    assert_int_equal(store_heap_salvage(&heap, &report, NULL), AULA_OK);
    assert_int_equal(report.damaged_pages, 1);
    assert_int_equal(report.journal_pages, 0);
    free(half.file.bytes);
    free(half.journal.bytes);
}

static void a_page_that_the_disk_does_not_give_is_a_damaged_one(void **state)
{
    struct heap heap = {.desk = *state};
    struct store_salvage report;

    assert_int_equal(store_heap_salvage(&heap, &report, NULL), AULA_OK);
    for (uint32_t i = 0; i < report.pages; i++) {
        struct store_salvage less;

        heap = (struct heap){.desk = *state};
        hole = (off_t)i * PAGE_BYTES;
        assert_int_equal(store_heap_salvage(&heap, &less, NULL), AULA_OK);
        assert_int_equal(less.damaged_pages, 1);
        assert_in_range(RECORDS - store_heap_count(&heap), 0, 16);
    }
    hole = -1;
}

static void memory_that_is_not_to_be_had_is_named(void **state)
{
    enum aula_code code = AULA_MEMORY;
    unsigned pieces = 0;

    for (; code != AULA_OK; pieces++) {
        struct heap heap = {.desk = *state};
        struct store_salvage report;
        struct aula_error err = {AULA_OK, ""};

        shortage.left = pieces;
        shortage.is_on = true;
        code = store_heap_salvage(&heap, &report, &err);
        shortage.is_on = false;
        assert_true(code == AULA_OK || code == AULA_MEMORY);
        assert_int_equal(err.code, code);
    }
    assert_true(pieces > RECORDS);
}

int main(void)
{
#define FILLED(test)                                                           \
    cmocka_unit_test_setup_teardown(test, store_heap_fill, store_desk_clear)
    static const struct CMUnitTest tests[] = {
        FILLED(a_damaged_page_is_read_from_the_journal),
        FILLED(a_damaged_journal_is_no_help),
        FILLED(a_page_that_the_disk_does_not_give_is_a_damaged_one),
        FILLED(memory_that_is_not_to_be_had_is_named),
    };

    return vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
