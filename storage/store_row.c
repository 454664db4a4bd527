/* SPDX-License-Identifier: Apache-2.0 */
/* Pages and rows in SQLite's format; see store_row.h.
 *
 *   a page that holds rows of a table, behind 100 bytes on page 1:
 *   offset  size  field
 *        0     1  13
 *        3     2  how many rows
 *        8  2 * n where each row begins on the page
 *
 *   a row
 *            1-9  bytes of content
 *            1-9  rowid
 *                 content, or the beginning of it and
 *              4  the first overflow page
 *
 *   content
 *            1-9  bytes of this list, with itself
 *            1-9  the kind of each column
 *                 the columns
 *
 * Integers are big-endian; a 1-9 has seven bits in each of up to eight bytes,
 * whose highest bit says that one more follows, and eight in a ninth.
 */
#include "store_row.h"

#include <string.h>

#include "bytes.h"

enum {
    FILE_HEADER = 100,
    PAGE_HEADER = 8,
    KIND_TABLE_LEAF = 13,
    ROWS_MAX = (PAGE_CONTENT_BYTES - PAGE_HEADER) / 2,
    VARINT_MAX = 9,
    /* How much of a large row lies on its page. */
    HERE_MAX = PAGE_CONTENT_BYTES - 35,
    HERE_LEAST = (PAGE_CONTENT_BYTES - 12) * 32 / 255 - 23
};

static size_t header_of(uint32_t number)
{
    return number == 1 ? FILE_HEADER : 0;
}

static size_t get_be16(const uint8_t *in)
{
    return (size_t)in[0] << 8 | in[1];
}

size_t store_row_count(const uint8_t page[static PAGE_BYTES], uint32_t number)
{
    const uint8_t *header = page + header_of(number);
    size_t count = get_be16(header + 3);

    return header[0] == KIND_TABLE_LEAF && count <= ROWS_MAX ? count : 0;
}

static bool take_varint(uint64_t *value, struct bytes_reader *in)
{
    uint64_t sum = 0;

    for (size_t i = 1; i <= VARINT_MAX; i++) {
        const uint8_t *byte = bytes_take(in, 1);

        if (byte == NULL) {
            return false;
        }
        if (i == VARINT_MAX) {
            *value = sum << 8 | *byte;
            return true;
        }
        sum = sum << 7 | (*byte & 0x7f);
        if (*byte < 0x80) {
            break;
        }
    }
    *value = sum;
    return true;
}

static uint16_t bytes_here(uint64_t size)
{
    uint64_t here;

    if (size <= HERE_MAX) {
        return (uint16_t)size;
    }
    here = HERE_LEAST + (size - HERE_LEAST) % ROW_OVERFLOW_BYTES;
    return (uint16_t)(here <= HERE_MAX ? here : HERE_LEAST);
}

bool store_row_find(struct store_row *row,
                    const uint8_t page[static PAGE_BYTES], uint32_t number,
                    size_t index)
{
    size_t place = header_of(number) + PAGE_HEADER + 2 * index;
    struct bytes_reader in;
    const uint8_t *next = NULL;
    size_t at;

    if (place + 2 > PAGE_CONTENT_BYTES) {
        return false;
    }
    at = get_be16(page + place);
    if (at >= PAGE_CONTENT_BYTES) {
        return false;
    }
    in = (struct bytes_reader){page + at, PAGE_CONTENT_BYTES - at};
    if (!take_varint(&row->size, &in) || !take_varint(&row->rowid, &in)) {
        return false;
    }
    row->at = (uint16_t)(PAGE_CONTENT_BYTES - in.left);
    row->here = bytes_here(row->size);
    row->overflow = 0;
    if (bytes_take(&in, row->here) == NULL) {
        return false;
    }
    if (row->size > row->here) {
        next = bytes_take(&in, 4);
        row->overflow = next != NULL ? get_be32(next) : 0;
    }
    return row->size == row->here || row->overflow != 0;
}

/* Kinds 1 .. 6 are two's complement of so many bytes. */
static bool take_integer(struct store_column *column, size_t size,
                         struct bytes_reader *in)
{
    const uint8_t *bytes = bytes_take(in, size);
    uint64_t sum;

    if (bytes == NULL) {
        return false;
    }
    sum = bytes[0] >= 0x80 ? UINT64_MAX : 0;
    for (size_t i = 0; i < size; i++) {
        sum = sum << 8 | bytes[i];
    }
    column->kind = COLUMN_INTEGER;
    memcpy(&column->integer, &sum, sizeof sum);
    return true;
}

static bool take_bytes(struct store_column *column, uint64_t kind,
                       struct bytes_reader *in)
{
    uint64_t size = (kind - 12) / 2;

    if (size > in->left) {
        return false;
    }
    column->kind = kind % 2 == 0 ? COLUMN_BLOB : COLUMN_TEXT;
    column->size = (size_t)size;
    column->bytes = bytes_take(in, column->size);
    return true;
}

static bool take_column(struct store_column *column, uint64_t kind,
                        struct bytes_reader *in)
{
    static const uint8_t sizes[] = {0, 1, 2, 3, 4, 6, 8};

    *column = (struct store_column){.kind = COLUMN_NULL};
    if (kind == 0) {
        return true;
    }
    if (kind < sizeof sizes) {
        return take_integer(column, sizes[kind], in);
    }
    if (kind == 8 || kind == 9) {
        column->kind = COLUMN_INTEGER;
        column->integer = kind == 9;
        return true;
    }
    return kind >= 12 && take_bytes(column, kind, in);
}

bool store_row_columns(struct store_column columns[static ROW_COLUMNS_MAX],
                       size_t *count, const uint8_t *content, size_t size)
{
    struct bytes_reader kinds = {content, size};
    struct bytes_reader values = {content, size};
    uint64_t list = 0;
    uint64_t kind = 0;
    size_t found = 0;

    if (!take_varint(&list, &kinds) || list > size ||
        list < size - kinds.left) {
        return false;
    }
    kinds.left = (size_t)list - (size - kinds.left);
    (void)bytes_take(&values, (size_t)list);
    while (kinds.left > 0) {
        if (found == ROW_COLUMNS_MAX || !take_varint(&kind, &kinds) ||
            !take_column(&columns[found], kind, &values)) {
            return false;
        }
        found++;
    }
    if (values.left > 0) {
        return false;
    }
    *count = found;
    return true;
}
