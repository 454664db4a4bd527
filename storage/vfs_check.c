/* SPDX-License-Identifier: Apache-2.0 */
/* Is the file the one that was last committed? See vfs_root.h for what the root
 * is; here it is compared when a lock was taken, kept while pages are read, and
 * written with page 1.
 *
 * The first read after SQLite took a lock is of page 1, or of 16 bytes in it;
 * a journal that was left has been rolled back by then. When page 1 is the one
 * that we know, so is everything else: every transaction writes it. Otherwise
 * the whole file is read once.
 */
#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "vfs_inside.h"

enum {
    HEADER_PAGES = 28,      /* pages of the file, big-endian */
    HEADER_TRUNK = 32,      /* first page of the free list */
    HEADER_FREE_COUNT = 36, /* pages of the free list, its trunks included */
    HEADER_SHOWN = 24,      /* up to here every store has the same */
    TRUNK_LEAVES_MAX = PAGE_CONTENT_BYTES / 4 - 2,
    SAMPLE_PAGES = 8
};

/* The text, page size 4096, rollback journal twice, 40 bytes reserved, and the
 * three fractions that never change; see https://sqlite.org/fileformat2.html */
const uint8_t vfs_header[VFS_HEADER_BYTES] = {
    'S', 'Q', 'L', 'i', 't', 'e', ' ', 'f', 'o', 'r', 'm', 'a',
    't', ' ', '3', 0,   16,  0,   1,   1,   40,  64,  32,  32};

bool vfs_check_header(const uint8_t page[PAGE_BYTES])
{
    return memcmp(page, vfs_header, HEADER_SHOWN) == 0;
}

static int damaged(struct vfs_database *database, uint32_t number,
                   const char *what)
{
    return vfs_note(database->file.vfs, SQLITE_IOERR_DATA, AULA_STORE_DAMAGED,
                    "database: page %lu %s", (unsigned long)number, what);
}

static sqlite3_int64 offset_of(uint32_t number)
{
    return (sqlite3_int64)(number - 1) * PAGE_BYTES;
}

static int read_below(struct vfs_database *database, uint32_t number,
                      uint8_t page[PAGE_BYTES])
{
    sqlite3_file *below = database->file.below;
    int rc = below->pMethods->xRead(below, page, PAGE_BYTES, offset_of(number));

    if (rc == SQLITE_OK) {
        return rc;
    }
    sodium_memzero(page, PAGE_BYTES);
    return rc == SQLITE_IOERR_SHORT_READ
               ? damaged(database, number, "is cut off")
               : rc;
}

static int read_open(struct vfs_database *database, uint32_t number,
                     uint8_t page[PAGE_BYTES], uint8_t tag[PAGE_TAG_BYTES])
{
    int rc = read_below(database, number, page);

    if (rc == SQLITE_OK &&
        !vfs_page_open(page, tag, database->file.keys, VFS_DATABASE, number)) {
        return damaged(database, number, "does not authenticate");
    }
    return rc;
}

/* The size that SQLite is told: a page 1 that waits is a page. To a database
 * of no pages SQLite would take a journal for a leftover, and delete it. */
int vfs_check_size(struct vfs_database *database, sqlite3_int64 *size)
{
    sqlite3_file *below = database->file.below;
    int rc = below->pMethods->xFileSize(below, size);

    if (rc == SQLITE_OK && *size == 0 && database->waiting) {
        *size = PAGE_BYTES;
    } else if (rc == SQLITE_OK && *size == 0 &&
               (!database->may_be_empty || database->start_count > 0)) {
        return vfs_note(database->file.vfs, SQLITE_IOERR_DATA,
                        AULA_STORE_DAMAGED, "database: the file is empty");
    }
    return rc;
}

static int file_pages(struct vfs_database *database, uint32_t *pages)
{
    sqlite3_int64 size = 0;
    int rc = vfs_check_size(database, &size);

    if (rc != SQLITE_OK) {
        return rc;
    }
    if (size % PAGE_BYTES != 0 || size / PAGE_BYTES >= UINT32_MAX) {
        return vfs_note(database->file.vfs, SQLITE_IOERR_DATA,
                        AULA_STORE_DAMAGED,
                        "database: %lld bytes are no whole pages",
                        (long long)size);
    }
    *pages = (uint32_t)(size / PAGE_BYTES);
    return SQLITE_OK;
}

/* Page 1 does not open. Is it the key, or only this page? */
static int wrong_key_or_damage(struct vfs_database *database, uint32_t pages)
{
    uint8_t tag[PAGE_TAG_BYTES];
    uint8_t *page = database->file.scratch;

    for (uint32_t i = 2; i <= pages && i < 2 + SAMPLE_PAGES; i++) {
        if (read_below(database, i, page) == SQLITE_OK &&
            vfs_page_open(page, tag, database->file.keys, VFS_DATABASE, i)) {
            return damaged(database, 1, "does not authenticate");
        }
    }
    return vfs_note(database->file.vfs, SQLITE_IOERR_DATA, AULA_STORE_KEY,
                    "database: no page opens: another key or store, or no "
                    "store at all");
}

/* Page 1 from the disk, into database->page1, with the root in it. */
static int read_page1(struct vfs_database *database,
                      uint8_t tag[PAGE_TAG_BYTES], uint32_t pages)
{
    uint8_t *page = database->page1;
    int rc = read_below(database, 1, page);

    if (rc != SQLITE_OK) {
        return rc;
    }
    if (!vfs_page_open(page, tag, database->file.keys, VFS_DATABASE, 1)) {
        return wrong_key_or_damage(database, pages);
    }
    if (!vfs_check_header(page)) {
        return damaged(database, 1, "is none of a store");
    }
    if (get_be32(page + HEADER_PAGES) != pages) {
        return vfs_note(database->file.vfs, SQLITE_IOERR_DATA,
                        AULA_STORE_DAMAGED,
                        "database: %lu pages where page 1 says %lu",
                        (unsigned long)pages,
                        (unsigned long)get_be32(page + HEADER_PAGES));
    }
    return SQLITE_OK;
}

/* A trunk of the free list: its next, how many leaves, and the leaves. */
static int walk_trunk(struct vfs_database *database, uint32_t *trunk,
                      uint32_t *left)
{
    uint8_t *page = database->file.scratch;
    uint8_t tag[PAGE_TAG_BYTES];
    uint32_t leaves;
    int rc;

    if (*trunk < 2 || *trunk > database->root.count || *left == 0) {
        return damaged(database, *trunk, "ends no list of free pages");
    }
    rc = read_open(database, *trunk, page, tag);
    if (rc != SQLITE_OK) {
        return rc;
    }
    leaves = get_be32(page + 4);
    (*left)--;
    if (leaves > TRUNK_LEAVES_MAX || leaves > *left) {
        return damaged(database, *trunk, "lists too many free pages");
    }
    for (uint32_t i = 0; i < leaves && rc == SQLITE_OK; i++) {
        rc = vfs_root_free(&database->root, get_be32(page + 8 + 4 * i));
    }
    *trunk = get_be32(page);
    *left -= leaves;
    return rc == SQLITE_CORRUPT ? damaged(database, 1, "lists free pages twice")
                                : rc;
}

/* The pages that are free by database->page1. Each step takes one off what
 * page 1 counts, so that no ring of trunks holds us. */
static int walk_free(struct vfs_database *database)
{
    uint32_t trunk = get_be32(database->page1 + HEADER_TRUNK);
    uint32_t left = get_be32(database->page1 + HEADER_FREE_COUNT);
    int rc = SQLITE_OK;

    vfs_root_unfree_all(&database->root);
    while (rc == SQLITE_OK && trunk != 0) {
        rc = walk_trunk(database, &trunk, &left);
    }
    return rc;
}

/* What a page says in the table when it was read for the first time. */
static int scan_page(struct vfs_database *database, uint32_t number)
{
    uint8_t tag[PAGE_TAG_BYTES];
    int rc;

    if (number == ROOT_LOCK_PAGE ||
        vfs_root_entry(&database->root, number)->is_free) {
        return SQLITE_OK;
    }
    rc = read_open(database, number, database->file.scratch, tag);
    if (rc == SQLITE_OK) {
        vfs_root_put(&database->root, database->file.keys, number,
                     database->file.scratch, tag);
    }
    return rc;
}

static int scan(struct vfs_database *database, uint32_t pages,
                const uint8_t tag[PAGE_TAG_BYTES])
{
    struct vfs_root *root = &database->root;
    int rc;

    vfs_root_unfree_all(root);
    if (!vfs_root_resize(root, 0) || !vfs_root_resize(root, pages)) {
        return SQLITE_IOERR_NOMEM;
    }
    vfs_root_put(root, database->file.keys, 1, database->page1, tag);
    rc = walk_free(database);
    for (uint32_t i = 2; i <= pages && rc == SQLITE_OK; i++) {
        rc = scan_page(database, i);
    }
    if (rc != SQLITE_OK) {
        return rc;
    }
    memcpy(database->written_root, database->page1 + ROOT_OFFSET, ROOT_BYTES);
    if (sodium_memcmp(root->sum, database->written_root, ROOT_BYTES) != 0) {
        return vfs_note(database->file.vfs, SQLITE_IOERR_DATA,
                        AULA_STORE_DAMAGED,
                        "database: pages of two states: an older copy of a "
                        "page, or a journal that was lost");
    }
    return SQLITE_OK;
}

int vfs_check(struct vfs_database *database)
{
    struct vfs_root *root = &database->root;
    uint8_t tag[PAGE_TAG_BYTES] = {0};
    uint32_t pages = 0;
    int rc = file_pages(database, &pages);

    if (rc == SQLITE_OK && pages > 0) {
        rc = read_page1(database, tag, pages);
    }
    if (rc == SQLITE_OK && pages == 0) {
        vfs_root_close(root);
        memset(database->written_root, 0, ROOT_BYTES);
    } else if (rc == SQLITE_OK &&
               (!database->loaded || root->count != pages ||
                memcmp(vfs_root_entry(root, 1)->tag, tag, sizeof tag) != 0)) {
        database->loaded = false;
        rc = scan(database, pages, tag);
    }
    database->loaded = rc == SQLITE_OK;
    database->checked = rc == SQLITE_OK && database->lock > SQLITE_LOCK_NONE;
    database->start_count = pages;
    return rc;
}

/* A page that opens and is not the one that we know: either somebody else
 * rolled a journal back, or it is an older copy. The root knows. */
static int read_unknown(struct vfs_database *database, uint32_t number,
                        uint8_t page[PAGE_BYTES], const uint8_t *tag)
{
    int rc = SQLITE_IOERR_DATA;

    if (database->lock == SQLITE_LOCK_SHARED) {
        database->loaded = false;
        rc = vfs_check(database);
    }
    if (rc == SQLITE_OK && number <= database->root.count &&
        memcmp(vfs_root_entry(&database->root, number)->tag, tag,
               PAGE_TAG_BYTES) == 0) {
        return SQLITE_OK;
    }
    sodium_memzero(page, PAGE_BYTES);
    return damaged(database, number, "is an older copy");
}

int vfs_check_read(struct vfs_database *database, uint32_t number,
                   uint8_t page[PAGE_BYTES])
{
    uint8_t tag[PAGE_TAG_BYTES];
    const struct vfs_entry *entry;
    int rc;

    memset(page, 0, PAGE_BYTES);
    if (number > database->root.count) {
        return SQLITE_IOERR_SHORT_READ;
    }
    if (number == 1 && database->waiting) {
        memcpy(page, database->page1, PAGE_BYTES);
        return SQLITE_OK;
    }
    entry = vfs_root_entry(&database->root, number);
    if (sodium_is_zero(entry->tag, sizeof entry->tag)) {
        return SQLITE_OK; /* its content means nothing */
    }
    rc = read_open(database, number, page, tag);
    if (rc == SQLITE_OK && memcmp(entry->tag, tag, sizeof tag) != 0) {
        rc = read_unknown(database, number, page, tag);
    }
    if (number == 1) {
        memset(page + ROOT_OFFSET, 0, ROOT_BYTES);
    }
    return rc;
}

/* The file ends with the last page of the waiting page 1. */
static int fit(struct vfs_database *database)
{
    sqlite3_file *below = database->file.below;
    uint32_t pages = get_be32(database->page1 + HEADER_PAGES);
    int rc;

    if (pages < database->start_count || pages > database->root.count) {
        return vfs_note(database->file.vfs, SQLITE_IOERR_TRUNCATE, AULA_STATE,
                        "database: a store does not shrink");
    }
    if (pages == database->root.count) {
        return SQLITE_OK;
    }
    rc = vfs_written(database,
                     below->pMethods->xTruncate(below, (sqlite3_int64)pages *
                                                           PAGE_BYTES));
    if (rc == SQLITE_OK && !vfs_root_resize(&database->root, pages)) {
        rc = SQLITE_IOERR_NOMEM;
    }
    return rc;
}

int vfs_check_flush(struct vfs_database *database)
{
    sqlite3_file *below = database->file.below;
    uint8_t *scratch = database->file.scratch;
    int rc = fit(database);

    if (rc == SQLITE_OK) {
        rc = walk_free(database);
    }
    if (rc != SQLITE_OK) {
        return rc;
    }
    memcpy(scratch, database->page1, PAGE_BYTES);
    memcpy(scratch + ROOT_OFFSET, database->root.sum, ROOT_BYTES);
    vfs_page_seal(scratch, database->file.keys, &database->file.nonces,
                  VFS_DATABASE, 1, scratch);
    rc = vfs_written(database,
                     below->pMethods->xWrite(below, scratch, PAGE_BYTES, 0));
    if (rc == SQLITE_OK) {
        vfs_root_put(&database->root, database->file.keys, 1, database->page1,
                     vfs_page_tag(scratch));
        memcpy(database->written_root, database->root.sum, ROOT_BYTES);
        database->waiting = false;
    }
    return rc;
}
