/* SPDX-License-Identifier: Apache-2.0 */
/* What is still read of a store that was damaged; see store_salvage.h. */
#include "store_heap.h"

#include <sys/stat.h>

#include "vfs_sample.h"

enum { PAGE = VFS_PAGE_BYTES };

static void a_whole_store_gives_everything(void **state)
{
    struct heap heap = {.desk = *state};
    static const struct store_salvage_visit nothing;
    struct store_salvage report;

    assert_int_equal(store_heap_salvage(&heap, &report, NULL), AULA_OK);
    assert_int_equal(store_heap_count(&heap), RECORDS);
    assert_int_equal(heap.small_items + heap.large_items + heap.exports, 3);
    assert_int_equal(report.records, RECORDS);
    assert_int_equal(report.items, 2);
    assert_int_equal(report.exports, 1);
    assert_true(report.pages > 20);
    assert_int_equal(report.damaged_pages, 0);
    assert_int_equal(report.journal_pages, 0);
    assert_int_equal(report.unreadable_rows, 0);
    assert_int_equal(store_salvage(&report, heap.desk->path, heap.desk->key,
                                   heap.desk->id, &nothing, NULL, NULL),
                     AULA_OK);
    assert_int_equal(report.records, RECORDS);
}

/* The unreadable rows of a page that lies behind others in a chain. */
static unsigned lost_with(struct heap *heap, struct sample_file *file,
                          size_t page)
{
    struct store_salvage report;
    struct sample_file after;
    unsigned count;

    *heap = (struct heap){.desk = heap->desk};
    file->bytes[page * PAGE + 17 * page % PAGE] ^= 4;
    vfs_sample_write(heap->desk->path, file->bytes, file->size);
    assert_int_equal(store_heap_salvage(heap, &report, NULL), AULA_OK);
    assert_int_equal(report.damaged_pages, 1);
    assert_true(report.unreadable_rows <= 1);
    after = vfs_sample_read(heap->desk->path);
    assert_int_equal(after.size, file->size);
    assert_memory_equal(after.bytes, file->bytes, file->size);
    free(after.bytes);
    file->bytes[page * PAGE + 17 * page % PAGE] ^= 4;
    count = store_heap_count(heap);
    assert_int_equal(count, report.records);
    return RECORDS - count + 3 - heap->small_items - heap->large_items -
           heap->exports;
}

static void a_damaged_page_costs_its_rows_and_no_other(void **state)
{
    struct heap heap = {.desk = *state};
    struct sample_file file = vfs_sample_read(heap.desk->path);
    unsigned costless = 0;
    unsigned lost_in_all = 0;

    for (size_t page = 0; page < file.size / PAGE; page++) {
        unsigned lost = lost_with(&heap, &file, page);

        assert_true(lost <= 16);
        costless += lost == 0;
        lost_in_all += lost;
    }
    /* Page 1, inner pages, the voters; every other row has its pages. */
    assert_in_range(costless, 3, 8);
    assert_true(lost_in_all >= RECORDS + 3);
    free(file.bytes);
}

static void a_file_cut_or_grown_gives_what_is_there(void **state)
{
    struct heap heap = {.desk = *state};
    struct sample_file file = vfs_sample_read(heap.desk->path);
    struct store_salvage report;

    assert_int_equal(truncate(heap.desk->path, (off_t)file.size - 1), 0);
    assert_int_equal(store_heap_salvage(&heap, &report, NULL), AULA_OK);
    assert_int_equal(report.pages, file.size / PAGE);
    assert_int_equal(report.damaged_pages, 1);
    heap = (struct heap){.desk = *state};
    assert_int_equal(truncate(heap.desk->path, PAGE), 0);
    assert_int_equal(store_heap_salvage(&heap, &report, NULL), AULA_OK);
    assert_int_equal(report.pages, 1);
    assert_int_equal(report.records, 0);
    heap = (struct heap){.desk = *state};
    vfs_sample_write(heap.desk->path, file.bytes, file.size);
    assert_int_equal(truncate(heap.desk->path, (off_t)file.size + 1), 0);
    assert_int_equal(store_heap_salvage(&heap, &report, NULL), AULA_OK);
    assert_int_equal(report.damaged_pages, 1);
    assert_int_equal(store_heap_count(&heap), RECORDS);
    free(file.bytes);
}

static void what_is_no_store_of_this_key_is_named(void **state)
{
    struct heap heap = {.desk = *state};
    struct desk *desk = heap.desk;
    struct store_salvage report;
    uint8_t garbage[3 * PAGE + 100];

    desk->key[3] ^= 1;
    assert_int_equal(store_heap_salvage(&heap, &report, NULL), AULA_STORE_KEY);
    assert_int_equal(report.damaged_pages, report.pages);
    desk->key[3] ^= 1;
    desk->id[3] ^= 1;
    assert_int_equal(store_heap_salvage(&heap, &report, NULL), AULA_STORE_KEY);
    desk->id[3] ^= 1;
    draw_bytes(garbage, sizeof garbage, "garbage", 0);
    vfs_sample_write(desk->path, garbage, sizeof garbage);
    assert_int_equal(store_heap_salvage(&heap, &report, NULL), AULA_STORE_KEY);
    assert_int_equal(report.pages, 4);
    vfs_sample_write(desk->path, garbage, 1);
    assert_int_equal(store_heap_salvage(&heap, &report, NULL), AULA_STORE_KEY);
    vfs_sample_write(desk->path, garbage, 0);
    assert_int_equal(store_heap_salvage(&heap, &report, NULL),
                     AULA_STORE_DAMAGED);
    assert_int_equal(unlink(desk->path), 0);
    assert_int_equal(store_heap_salvage(&heap, &report, NULL), AULA_IO);
    assert_int_not_equal(access(desk->path, F_OK), 0);
    assert_int_equal(mkdir(desk->path, 0700), 0);
    assert_int_equal(store_heap_salvage(&heap, &report, NULL), AULA_IO);
    assert_int_equal(rmdir(desk->path), 0);
}

static void a_store_that_is_open_is_left_alone(void **state)
{
    struct heap heap = {.desk = *state};
    struct store_salvage report;
    char lock[128];

    assert_int_equal(store_desk_open(heap.desk, NULL), AULA_OK);
    assert_int_equal(store_heap_salvage(&heap, &report, NULL), AULA_STORE_BUSY);
    store_close(heap.desk->store);
    heap.desk->store = NULL;
    (void)snprintf(lock, sizeof lock, "%s-lock", heap.desk->path);
    assert_int_equal(unlink(lock), 0);
    assert_int_equal(store_heap_salvage(&heap, &report, NULL), AULA_OK);
    assert_int_not_equal(access(lock, F_OK), 0);
}

static void a_visit_ends_the_reading(void **state)
{
    struct heap heap = {.desk = *state};
    struct store_salvage report;

    for (unsigned i = 1; i <= RECORDS + 3; i++) {
        heap = (struct heap){.desk = *state, .end_after = i};
        assert_int_equal(store_heap_salvage(&heap, &report, NULL),
                         AULA_TOO_LARGE);
        assert_int_equal(report.records + report.items + report.exports, i);
    }
}

int main(void)
{
#define FILLED(test)                                                           \
    cmocka_unit_test_setup_teardown(test, store_heap_fill, store_desk_clear)
    static const struct CMUnitTest tests[] = {
        FILLED(a_whole_store_gives_everything),
        FILLED(a_damaged_page_costs_its_rows_and_no_other),
        FILLED(a_file_cut_or_grown_gives_what_is_there),
        FILLED(what_is_no_store_of_this_key_is_named),
        FILLED(a_store_that_is_open_is_left_alone),
        FILLED(a_visit_ends_the_reading),
    };

    return vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
