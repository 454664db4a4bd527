/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of SQLite tables as they lie in the pages of a file, for reading a store
 * without SQLite (store_salvage.h). Bytes in, places out; nothing is trusted,
 * although the pages were sealed by us.
 *
 * Source: https://sqlite.org/fileformat2.html, sections 1.5, 1.6 and 2.1
 */
#ifndef AULA_STORE_ROW_H
#define AULA_STORE_ROW_H

#include "vfs_page.h"

/* A row and where its content lies: the beginning on its page, the rest in a
 * chain of overflow pages, each 4 bytes of next page and content. */
struct store_row {
    uint64_t rowid;
    uint64_t size;     /* of the content, bytes */
    uint16_t at;       /* on its page */
    uint16_t here;     /* bytes there */
    uint32_t overflow; /* first page of the chain, 0 for none */
};

enum {
    ROW_COLUMNS_MAX = 8,
    ROW_OVERFLOW_BYTES = PAGE_CONTENT_BYTES - 4 /* of content, in one page */
};

enum store_column_kind {
    COLUMN_NULL,
    COLUMN_INTEGER,
    COLUMN_TEXT,
    COLUMN_BLOB
};

struct store_column {
    enum store_column_kind kind;
    int64_t integer;
    const uint8_t *bytes; /* of a text or blob, inside of the content */
    size_t size;
};

/** How many rows of a table lie on a page; 0 when it is of another kind. */
size_t store_row_count(const uint8_t page[static PAGE_BYTES], uint32_t number);

/** Find one of them, 0 .. count - 1.
 *
 *  Returns: false when it cannot be one
 */
AULA_MUST_CHECK bool store_row_find(struct store_row *row,
                                    const uint8_t page[static PAGE_BYTES],
                                    uint32_t number, size_t index);

/** Take the content of a row apart.
 *
 *  Returns: false when it cannot be one, or has numbers with a fraction or more
 *           columns than ROW_COLUMNS_MAX
 *  Out:     columns, count  written on success only
 */
AULA_MUST_CHECK bool
store_row_columns(struct store_column columns[static ROW_COLUMNS_MAX],
                  size_t *count, const uint8_t *content, size_t size);

#endif
