/* SPDX-License-Identifier: Apache-2.0 */
/* See store_heap.h. */
#include "store_heap.h"

enum { LARGE = 20000 };

static const uint8_t large[LARGE] = {1, 2, 3};

static struct store_record record_of(uint64_t seq)
{
    struct store_record record = {.seq = seq, .kind = (uint8_t)(1 + seq % 255)};

    record.size = seq == 7 ? STORE_RECORD_BYTES_MAX : 61 * seq * seq % 5000;
    draw_bytes(record.bytes, record.size, "record", seq);
    draw_bytes(record.hash, sizeof record.hash, "hash", seq);
    return record;
}

void store_heap_add_record(struct desk *desk, uint64_t seq)
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

int store_heap_fill(void **state)
{
    const uint8_t key[STORE_VOTER_BYTES] = {9};
    struct desk *desk;

    (void)store_desk_make(state);
    desk = *state;
    put(desk, "large", "older", 5);
    assert_int_equal(store_begin(desk->store, NULL), AULA_OK);
    for (uint64_t seq = 1; seq <= RECORDS; seq++) {
        store_heap_add_record(desk, seq);
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
    } else if (strcmp(name, "huge") != 0) { /* of a transaction cut short */
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

enum aula_code store_heap_salvage(struct heap *heap,
                                  struct store_salvage *report,
                                  struct aula_error *err)
{
    return store_salvage(report, heap->desk->path, heap->desk->key,
                         heap->desk->id, &visit, heap, err);
}

unsigned store_heap_count(const struct heap *heap)
{
    unsigned count = 0;

    for (size_t i = 1; i <= RECORDS; i++) {
        assert_in_range(heap->records[i], 0, 1);
        count += heap->records[i];
    }
    return count;
}
