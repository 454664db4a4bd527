/* SPDX-License-Identifier: Apache-2.0 */
/* What can still be read of a store that does not open: its file is taken apart
 * page by page, without SQLite, so that one damaged page costs the rows that
 * lie on it and no other, whichever page it is.
 *
 * 1. Nothing is written and no journal is rolled back: both files stay as they
 *    are. Where a page of the file does not authenticate, the journal's copy of
 *    it is taken when that one does.
 * 2. What is handed out was sealed under the key for this store, and is whole.
 *    It may be old: a page authenticates alone. It may come from a transaction
 *    that the power cut. The caller verifies records by signature and chain.
 * 3. A disk that refuses to read a page has damaged that page, no other.
 */
#ifndef AULA_STORE_SALVAGE_H
#define AULA_STORE_SALVAGE_H

#include "store.h"

/* Told of each row; anything but AULA_OK ends the reading with it. NULL for
 * what is not wanted. What is pointed to lasts as long as the call. */
struct store_salvage_visit {
    /* In ascending order of seq. Twice for the same seq only when there are two
     * records that differ. */
    store_visit *record;
    enum aula_code (*item)(void *context, const char *name,
                           const uint8_t *bytes, size_t size,
                           struct aula_error *err);
    enum aula_code (*batch)(void *context, const struct store_export *made,
                            struct aula_error *err);
};

/* What there was to be read. */
struct store_salvage {
    uint32_t pages;         /* of the file; a last one may be cut off */
    uint32_t damaged_pages; /* do not authenticate */
    uint32_t journal_pages; /* of those, read from the journal instead */
    uint64_t records;       /* handed out, as the next two */
    uint64_t items;
    uint64_t exports;
    uint64_t unreadable_rows; /* lie on a good page and are not whole */
};

/** Read what is left of a store.
 *
 *  Returns: AULA_OK             at least one page authenticates
 *           AULA_STORE_KEY      none does: another key, another store, or no
 *                               store at all
 *           AULA_STORE_DAMAGED  the file is empty
 *           AULA_STORE_BUSY     another process has the store open
 *           AULA_IO             there is no such file, or it cannot be opened
 *           AULA_MEMORY, or what a visit returned
 *  Out:     report  filled as far as it went, whatever the result
 */
AULA_MUST_CHECK enum aula_code
store_salvage(struct store_salvage *report, const char *path,
              const uint8_t key[static STORE_KEY_BYTES],
              const uint8_t id[static STORE_ID_BYTES],
              const struct store_salvage_visit *visit, void *context,
              struct aula_error *err);

#endif
