/* SPDX-License-Identifier: Apache-2.0 */
/* Rows in SQLite's format, made by hand; whole files are in
 * store_salvage_test.c. */
#include "store_row.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "draw.h"

enum { LEAF = 13, PAGE_1_HEADER = 100 };

/* A page with one row: where it begins, and its bytes. */
static void make_page(uint8_t page[PAGE_BYTES], uint32_t number, size_t at,
                      const uint8_t *row, size_t size)
{
    uint8_t *header = page + (number == 1 ? PAGE_1_HEADER : 0);

    memset(page, 0, PAGE_BYTES);
    header[0] = LEAF;
    header[4] = 1;
    header[8] = (uint8_t)(at >> 8);
    header[9] = (uint8_t)at;
    for (size_t i = 0; i < size && at + i < PAGE_BYTES; i++) {
        page[at + i] = row[i];
    }
}

static void a_row_is_found_on_its_page(void **state)
{
    static const uint8_t bytes[] = {5, 0x81, 0x02, 'a', 'b', 'c', 'd', 'e'};
    uint8_t page[PAGE_BYTES];
    struct store_row row;

    (void)state;
    for (uint32_t number = 1; number <= 2; number++) {
        make_page(page, number, 1000, bytes, sizeof bytes);
        assert_int_equal(store_row_count(page, number), 1);
        assert_true(store_row_find(&row, page, number, 0));
        assert_int_equal(row.rowid, 130);
        assert_int_equal(row.size, 5);
        assert_int_equal(row.here, 5);
        assert_int_equal(row.overflow, 0);
        assert_memory_equal(page + row.at, "abcde", 5);
        /* Of the other page its header lies elsewhere. */
        assert_int_equal(store_row_count(page, 3 - number), 0);
    }
}

static void a_page_of_another_kind_holds_no_rows(void **state)
{
    static const uint8_t bytes[] = {1, 1, 'a'};
    uint8_t page[PAGE_BYTES];

    (void)state;
    make_page(page, 2, 1000, bytes, sizeof bytes);
    for (unsigned kind = 0; kind < 256; kind++) {
        page[0] = (uint8_t)kind;
        assert_int_equal(store_row_count(page, 2), kind == LEAF ? 1 : 0);
    }
    page[0] = LEAF;
    page[3] = 0xff; /* more than fit */
    assert_int_equal(store_row_count(page, 2), 0);
}

static void a_row_ends_with_the_content_of_its_page(void **state)
{
    static const uint8_t bytes[] = {5, 1, 'a', 'b', 'c', 'd', 'e'};
    const size_t last = PAGE_CONTENT_BYTES - sizeof bytes;
    uint8_t page[PAGE_BYTES];
    struct store_row row;

    (void)state;
    make_page(page, 2, last, bytes, sizeof bytes);
    assert_true(store_row_find(&row, page, 2, 0));
    make_page(page, 2, last + 1, bytes, sizeof bytes);
    assert_false(store_row_find(&row, page, 2, 0));
    make_page(page, 2, 0xffff, bytes, 0);
    assert_false(store_row_find(&row, page, 2, 0));
    assert_false(store_row_find(&row, page, 2, PAGE_BYTES));
}

/* By the format's formula for pages of 4056 bytes: up to 4021 bytes lie here;
 * of more, 484 or what fills whole overflow pages. */
static void a_large_row_lies_here_in_part(void **state)
{
    static const struct {
        unsigned size;
        unsigned here;
    } rows[] = {{4021, 4021}, {4022, 484}, {4536, 484}, {4537, 485},
                {8073, 4021}, {8074, 484}, {8588, 484}, {8589, 485}};
    uint8_t page[PAGE_BYTES];
    struct store_row row;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const uint8_t start[] = {(uint8_t)(rows[i].size >> 7 | 0x80),
                                 (uint8_t)(rows[i].size & 0x7f), 1};
        unsigned here = rows[i].here;

        make_page(page, 2, 10, start, sizeof start);
        page[13 + here + 3] = 77;
        assert_int_equal(store_row_find(&row, page, 2, 0), true);
        assert_int_equal(row.here, here);
        assert_int_equal(row.overflow, rows[i].size == here ? 0 : 77);
        page[13 + here + 3] = 0;
        assert_int_equal(store_row_find(&row, page, 2, 0),
                         rows[i].size == here);
    }
}

static void no_bytes_lead_out_of_a_page(void **state)
{
    uint8_t page[PAGE_BYTES];
    struct store_row row;

    (void)state;
    for (unsigned i = 0; i < 300; i++) {
        size_t count;

        draw_bytes(page, sizeof page, "page", i);
        page[0] = LEAF;
        page[3] &= 7;
        count = store_row_count(page, 2);
        for (size_t j = 0; j < count; j++) {
            if (store_row_find(&row, page, 2, j)) {
                assert_true(row.here <= row.size);
                assert_true(row.at + row.here <= PAGE_CONTENT_BYTES);
            }
        }
    }
}

static void integers_of_each_size_are_read(void **state)
{
    static const struct {
        int64_t value;
        uint8_t kind;
        uint8_t size;
        uint8_t bytes[8];
    } rows[] = {
        {-1, 1, 1, {0xff}},
        {-32768, 2, 2, {0x80, 0}},
        {256, 3, 3, {0, 1, 0}},
        {-2147483647 - 1, 4, 4, {0x80, 0, 0, 0}},
        {4294967296, 5, 6, {0, 1, 0, 0, 0, 0}},
        {INT64_MIN, 6, 8, {0x80, 0, 0, 0, 0, 0, 0, 0}},
        {0, 8, 0, {0}},
        {1, 9, 0, {0}},
    };
    struct store_column columns[ROW_COLUMNS_MAX];
    size_t count = 0;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint8_t row[12] = {2, rows[i].kind};
        size_t size = 2 + (size_t)rows[i].size;

        memcpy(row + 2, rows[i].bytes, rows[i].size);
        assert_true(store_row_columns(columns, &count, row, size));
        assert_int_equal(count, 1);
        assert_int_equal(columns[0].kind, COLUMN_INTEGER);
        assert_true(columns[0].integer == rows[i].value);
        assert_false(store_row_columns(columns, &count, row, size - 1));
        assert_false(store_row_columns(columns, &count, row, size + 1));
    }
}

static void texts_and_bytes_lie_in_the_content(void **state)
{
    static const uint8_t row[] = {5, 0, 17, 18, 12, 'a', 'b', 1, 2, 3};
    struct store_column columns[ROW_COLUMNS_MAX];
    size_t count = 0;

    (void)state;
    assert_true(store_row_columns(columns, &count, row, sizeof row));
    assert_int_equal(count, 4);
    assert_int_equal(columns[0].kind, COLUMN_NULL);
    assert_int_equal(columns[1].kind, COLUMN_TEXT);
    assert_ptr_equal(columns[1].bytes, row + 5);
    assert_int_equal(columns[1].size, 2);
    assert_int_equal(columns[2].kind, COLUMN_BLOB);
    assert_ptr_equal(columns[2].bytes, row + 7);
    assert_int_equal(columns[2].size, 3);
    assert_int_equal(columns[3].kind, COLUMN_BLOB);
    assert_int_equal(columns[3].size, 0);
    for (size_t i = 0; i < sizeof row; i++) {
        assert_false(store_row_columns(columns, &count, row, i));
    }
}

static void what_cannot_be_columns_is_refused(void **state)
{
    static const struct {
        size_t size;
        uint8_t bytes[12];
    } rows[] = {
        {1, {0}},                             /* a list without itself */
        {2, {3, 0}},                          /* a list past the end */
        {10, {2, 7, 0, 0, 0, 0, 0, 0, 0, 0}}, /* a fraction */
        {2, {2, 10}},                         /* kinds that no file has */
        {2, {2, 11}},
        {2, {2, 0x80}},                        /* half a kind */
        {10, {10, 0, 0, 0, 0, 0, 0, 0, 0, 0}}, /* nine columns */
        {11,
         {11, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, /* a blob of 2^63 */
          0xff, 0xff, 0xff, 0}},
    };
    struct store_column columns[ROW_COLUMNS_MAX];
    size_t count = 99;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_false(store_row_columns(columns, &count, rows[i].bytes,
                                       rows[i].size));
    }
    assert_int_equal(count, 99);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_is_found_on_its_page),
        cmocka_unit_test(a_page_of_another_kind_holds_no_rows),
        cmocka_unit_test(a_row_ends_with_the_content_of_its_page),
        cmocka_unit_test(a_large_row_lies_here_in_part),
        cmocka_unit_test(no_bytes_lead_out_of_a_page),
        cmocka_unit_test(integers_of_each_size_are_read),
        cmocka_unit_test(texts_and_bytes_lie_in_the_content),
        cmocka_unit_test(what_cannot_be_columns_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
