/* SPDX-License-Identifier: Apache-2.0 */
/* The pages of a store's file, each opened alone and without SQLite, and the
 * journal's copies of them; for store_salvage.h. Both files are only read.
 */
#ifndef AULA_STORE_PAGES_H
#define AULA_STORE_PAGES_H

#include "vfs_page.h"

/* Where the journal has a page that authenticates. */
struct store_copy {
    uint32_t number;
    int64_t at;
};

struct store_pages {
    int file;
    int journal; /* -1 for none */
    struct vfs_keys *keys;
    uint32_t count; /* of the file; a last one may be cut off */
    struct store_copy *copies;
    size_t copy_count;
};

/** Open the file and look through its journal, if there is one.
 *
 *  Returns: AULA_OK
 *           AULA_STORE_DAMAGED  the file is empty
 *           AULA_IO             it cannot be opened, or is no regular file
 *           AULA_MEMORY
 *  Owner:   store_pages_close ends it, whatever the result
 */
AULA_MUST_CHECK enum aula_code
store_pages_open(struct store_pages *pages, const char *path,
                 const uint8_t key[static PAGE_KEY_BYTES],
                 const uint8_t id[static PAGE_STORE_ID_BYTES],
                 struct aula_error *err);

enum store_page_from { PAGE_FROM_NOWHERE, PAGE_FROM_FILE, PAGE_FROM_JOURNAL };

/** Read a page, 1 .. count.
 *
 *  Returns: PAGE_FROM_NOWHERE when no copy of it authenticates
 *  Out:     page  zeros then
 */
enum store_page_from store_pages_read(const struct store_pages *pages,
                                      uint8_t page[static PAGE_BYTES],
                                      uint32_t number);

void store_pages_close(struct store_pages *pages);

#endif
