/* SPDX-License-Identifier: Apache-2.0 */
/* A filled store, and the heap of what store_salvage hands out of it: each
 * record, item and export is compared with what was put in. */
#ifndef AULA_TEST_STORE_HEAP_H
#define AULA_TEST_STORE_HEAP_H

#include "store_desk.h"
#include "store_salvage.h"

enum { RECORDS = 60 };

struct heap {
    struct desk *desk;
    unsigned records[RECORDS + 2];
    uint64_t last_seq;
    unsigned small_items;
    unsigned large_items;
    unsigned exports;
    unsigned end_after; /* visits; 0 for never */
};

/** A cmocka setup: a closed store with RECORDS records, two items, a voter and
 *  an export. store_desk_clear is its teardown. */
int store_heap_fill(void **state);

/** Add a record that the heap knows, 1 .. RECORDS + 1, in a transaction. */
void store_heap_add_record(struct desk *desk, uint64_t seq);

/** Read what is left of the store into the heap. */
enum aula_code store_heap_salvage(struct heap *heap,
                                  struct store_salvage *report,
                                  struct aula_error *err);

/** How many of records 1 .. RECORDS are there; none is twice (asserted). */
unsigned store_heap_count(const struct heap *heap);

#endif
