/* SPDX-License-Identifier: Apache-2.0 */
/* What is still read of a store that was damaged; see store_salvage.h. */
#include "store_salvage.h"

#include <sys/stat.h>

#include "store_desk.h"
#include "vfs_sample.h"

enum { RECORDS = 60, LARGE = 20000, PAGE = VFS_PAGE_BYTES };

static const uint8_t large[LARGE] = {1, 2, 3};

/* What was handed out. */
struct heap {
    struct desk *desk;
    unsigned records[RECORDS + 2];
    uint64_t last_seq;
    unsigned small_items;
    unsigned large_items;
    unsigned exports;
    unsigned end_after; /* visits; 0 for never */
};

static struct store_record record_of(uint64_t seq)
{
    struct store_record record = {.seq = seq, .kind = (uint8_t)(1 + seq % 255)};

    record.size = seq == 7 ? STORE_RECORD_BYTES_MAX : 61 * seq * seq % 5000;
    draw_bytes(record.bytes, record.size, "record", seq);
    draw_bytes(record.hash, sizeof record.hash, "hash", seq);
    return record;
}

static void add_record(struct desk *desk, uint64_t seq)
{
    struct store_record record = record_of(seq);

    assert_int_equal(store_add_record(desk->store, &record, NULL), AULA_OK);
}

static void put(struct desk *desk, const char *name, const void *bytes,
                size_t size)
{
    assert_int_equal(store_put_item(desk->store, name, bytes, size, NULL),
                     AULA_OK);
}

static const struct store_export export_1 = {1, 1, 9, 123456789, {1}, {2}};

static int fill(void **state)
{
    const uint8_t key[STORE_VOTER_BYTES] = {9};
    struct desk *desk;

    (void)store_desk_make(state);
    desk = *state;
    put(desk, "large", "older", 5);
    assert_int_equal(store_begin(desk->store, NULL), AULA_OK);
    for (uint64_t seq = 1; seq <= RECORDS; seq++) {
        add_record(desk, seq);
    }
    put(desk, "small", "four", 4);
    put(desk, "large", large, sizeof large);
    assert_int_equal(store_add_voter(desk->store, key, 3, NULL), AULA_OK);
    assert_int_equal(store_add_export(desk->store, &export_1, NULL), AULA_OK);
    assert_int_equal(store_commit(desk->store, NULL), AULA_OK);
    store_close(desk->store);
    desk->store = NULL;
    return 0;
}

static enum aula_code count_visit(struct heap *heap, struct aula_error *err)
{
    if (heap->end_after > 0) {
        heap->end_after--;
        if (heap->end_after == 0) {
            return aula_fail(err, AULA_TOO_LARGE, "enough");
        }
    }
    return AULA_OK;
}

static enum aula_code see_record(void *context,
                                 const struct store_record *record,
                                 struct aula_error *err)
{
    struct heap *heap = context;
    struct store_record expected = record_of(record->seq);

    assert_in_range(record->seq, heap->last_seq, RECORDS + 1);
    heap->last_seq = record->seq;
    heap->records[record->seq]++;
    assert_int_equal(record->kind, expected.kind);
    assert_int_equal(record->size, expected.size);
    assert_memory_equal(record->hash, expected.hash, sizeof expected.hash);
    assert_memory_equal(record->bytes, expected.bytes, record->size);
    return count_visit(heap, err);
}

static enum aula_code see_item(void *context, const char *name,
                               const uint8_t *bytes, size_t size,
                               struct aula_error *err)
{
    struct heap *heap = context;

    if (strcmp(name, "small") == 0) {
        heap->small_items++;
        assert_int_equal(size, 4);
        assert_memory_equal(bytes, "four", 4);
    } else {
        heap->large_items++;
        assert_string_equal(name, "large");
        assert_int_equal(size, sizeof large);
        assert_memory_equal(bytes, large, sizeof large);
    }
    return count_visit(heap, err);
}

static enum aula_code see_export(void *context, const struct store_export *made,
                                 struct aula_error *err)
{
    struct heap *heap = context;

    heap->exports++;
    assert_int_equal(made->number, 1);
    assert_int_equal(made->first_seq, export_1.first_seq);
    assert_int_equal(made->last_seq, export_1.last_seq);
    assert_int_equal(made->time, export_1.time);
    assert_memory_equal(made->prev, export_1.prev, sizeof made->prev);
    assert_memory_equal(made->hash, export_1.hash, sizeof made->hash);
    return count_visit(heap, err);
}

static const struct store_salvage_visit visit = {see_record, see_item,
                                                 see_export};

static enum aula_code salvage(struct heap *heap, struct store_salvage *report)
{
    return store_salvage(report, heap->desk->path, heap->desk->key,
                         heap->desk->id, &visit, heap, NULL);
}

static unsigned count_records(const struct heap *heap)
{
    unsigned count = 0;

    for (size_t i = 1; i <= RECORDS; i++) {
        assert_in_range(heap->records[i], 0, 1);
        count += heap->records[i];
    }
    return count;
}

static void a_whole_store_gives_everything(void **state)
{
    struct heap heap = {.desk = *state};
    static const struct store_salvage_visit nothing;
    struct store_salvage report;

    assert_int_equal(salvage(&heap, &report), AULA_OK);
    assert_int_equal(count_records(&heap), RECORDS);
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
    assert_int_equal(salvage(heap, &report), AULA_OK);
    assert_int_equal(report.damaged_pages, 1);
    assert_true(report.unreadable_rows <= 1);
    after = vfs_sample_read(heap->desk->path);
    assert_int_equal(after.size, file->size);
    assert_memory_equal(after.bytes, file->bytes, file->size);
    free(after.bytes);
    file->bytes[page * PAGE + 17 * page % PAGE] ^= 4;
    count = count_records(heap);
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
    assert_int_equal(salvage(&heap, &report), AULA_OK);
    assert_int_equal(report.pages, file.size / PAGE);
    assert_int_equal(report.damaged_pages, 1);
    heap = (struct heap){.desk = *state};
    assert_int_equal(truncate(heap.desk->path, PAGE), 0);
    assert_int_equal(salvage(&heap, &report), AULA_OK);
    assert_int_equal(report.pages, 1);
    assert_int_equal(report.records, 0);
    heap = (struct heap){.desk = *state};
    vfs_sample_write(heap.desk->path, file.bytes, file.size);
    assert_int_equal(truncate(heap.desk->path, (off_t)file.size + 1), 0);
    assert_int_equal(salvage(&heap, &report), AULA_OK);
    assert_int_equal(report.damaged_pages, 1);
    assert_int_equal(count_records(&heap), RECORDS);
    free(file.bytes);
}

static void what_is_no_store_of_this_key_is_named(void **state)
{
    struct heap heap = {.desk = *state};
    struct desk *desk = heap.desk;
    struct store_salvage report;
    uint8_t garbage[3 * PAGE + 100];

    desk->key[3] ^= 1;
    assert_int_equal(salvage(&heap, &report), AULA_STORE_KEY);
    assert_int_equal(report.damaged_pages, report.pages);
    desk->key[3] ^= 1;
    desk->id[3] ^= 1;
    assert_int_equal(salvage(&heap, &report), AULA_STORE_KEY);
    desk->id[3] ^= 1;
    draw_bytes(garbage, sizeof garbage, "garbage", 0);
    vfs_sample_write(desk->path, garbage, sizeof garbage);
    assert_int_equal(salvage(&heap, &report), AULA_STORE_KEY);
    assert_int_equal(report.pages, 4);
    vfs_sample_write(desk->path, garbage, 1);
    assert_int_equal(salvage(&heap, &report), AULA_STORE_KEY);
    vfs_sample_write(desk->path, garbage, 0);
    assert_int_equal(salvage(&heap, &report), AULA_STORE_DAMAGED);
    assert_int_equal(unlink(desk->path), 0);
    assert_int_equal(salvage(&heap, &report), AULA_IO);
    assert_int_not_equal(access(desk->path, F_OK), 0);
    assert_int_equal(mkdir(desk->path, 0700), 0);
    assert_int_equal(salvage(&heap, &report), AULA_IO);
    assert_int_equal(rmdir(desk->path), 0);
}

static void a_store_that_is_open_is_left_alone(void **state)
{
    struct heap heap = {.desk = *state};
    struct store_salvage report;
    char lock[128];

    assert_int_equal(store_desk_open(heap.desk, NULL), AULA_OK);
    assert_int_equal(salvage(&heap, &report), AULA_STORE_BUSY);
    store_close(heap.desk->store);
    heap.desk->store = NULL;
    (void)snprintf(lock, sizeof lock, "%s-lock", heap.desk->path);
    assert_int_equal(unlink(lock), 0);
    assert_int_equal(salvage(&heap, &report), AULA_OK);
    assert_int_not_equal(access(lock, F_OK), 0);
}

static void a_visit_ends_the_reading(void **state)
{
    struct heap heap = {.desk = *state};
    struct store_salvage report;

    for (unsigned i = 1; i <= RECORDS + 3; i++) {
        heap = (struct heap){.desk = *state, .end_after = i};
        assert_int_equal(salvage(&heap, &report), AULA_TOO_LARGE);
        assert_int_equal(report.records + report.items + report.exports, i);
    }
}

int main(void)
{
#define FILLED(test)                                                           \
    cmocka_unit_test_setup_teardown(test, fill, store_desk_clear)
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
