/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite's calls on the database file.
 *
 * Of a device only "powersafe overwrite" is promised, and that only when the
 * URI says psow=1, as SQLite's own VFS spells it: other promises (atomic
 * writes, safe append) would let SQLite leave journal work out on grounds that
 * do not hold for sealed pages. Without it journal headers are 4096 bytes, and
 * share no block of a flash device with anything else.
 *
 * Mapped memory and shared memory (WAL) are not offered: methods version 1.
 */
#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "vfs_inside.h"

static struct vfs_database *database_of(sqlite3_file *file)
{
    return (struct vfs_database *)file;
}

static int unknown_call(struct vfs_database *database, const char *call, int rc)
{
    return vfs_note(database->file.vfs, rc, AULA_STATE,
                    "database: a %s that SQLite is not known for", call);
}

static int database_close(sqlite3_file *file)
{
    struct vfs_database *database = database_of(file);
    sqlite3_file *below = database->file.below;
    int rc = below->pMethods->xClose(below);

    vfs_root_close(&database->root);
    sodium_free(database->own_keys);
    sodium_memzero(database, sizeof *database);
    return rc;
}

/* Bytes of one page, whole or not. */
static int read_part(struct vfs_database *database, uint8_t *out, size_t size,
                     uint32_t number, size_t within)
{
    uint8_t page[PAGE_BYTES];
    int rc;

    if (size == PAGE_BYTES) {
        return vfs_check_read(database, number, out);
    }
    rc = vfs_check_read(database, number, page);
    memcpy(out, page + within, size);
    sodium_memzero(page, sizeof page);
    return rc;
}

static int database_read(sqlite3_file *file, void *out, int size,
                         sqlite3_int64 offset)
{
    struct vfs_database *database = database_of(file);
    uint32_t number = (uint32_t)(offset / PAGE_BYTES) + 1;
    size_t within = (size_t)(offset % PAGE_BYTES);
    int rc = SQLITE_OK;

    if (offset == 0 && size == VFS_HEADER_BYTES) {
        memcpy(out, vfs_header, VFS_HEADER_BYTES);
        return SQLITE_OK;
    }
    if (within + (size_t)size > PAGE_BYTES) {
        rc = unknown_call(database, "read", SQLITE_IOERR_READ);
    } else if (!database->checked) {
        rc = vfs_check(database);
    }
    if (rc == SQLITE_OK) {
        return read_part(database, out, (size_t)size, number, within);
    }
    memset(out, 0, (size_t)size);
    return rc;
}

int vfs_written(struct vfs_database *database, int rc)
{
    database->stopped = database->stopped ||
                        (rc != SQLITE_OK && (rc & 0xff) != SQLITE_FULL);
    return rc;
}

static int write_below(struct vfs_database *database, uint32_t number,
                       const uint8_t page[PAGE_BYTES])
{
    sqlite3_file *below = database->file.below;

    vfs_page_seal(database->file.scratch, database->file.keys,
                  &database->file.nonces, VFS_DATABASE, number, page);
    return vfs_written(database,
                       below->pMethods->xWrite(below, database->file.scratch,
                                               PAGE_BYTES,
                                               (sqlite3_int64)(number - 1) *
                                                   PAGE_BYTES));
}

/* A page that a transaction, or the rollback of one, writes. */
static int write_counted(struct vfs_database *database, uint32_t number,
                         const uint8_t page[PAGE_BYTES])
{
    struct vfs_root *root = &database->root;
    int rc;

    if (number > root->count && !vfs_root_resize(root, number)) {
        return SQLITE_IOERR_NOMEM;
    }
    if (number == 1) {
        if (!vfs_check_header(page)) {
            return unknown_call(database, "page 1", SQLITE_IOERR_WRITE);
        }
        memcpy(database->page1, page, PAGE_CONTENT_BYTES);
        memset(database->page1 + PAGE_CONTENT_BYTES, 0,
               PAGE_BYTES - PAGE_CONTENT_BYTES);
        memset(database->page1 + ROOT_OFFSET, 0, ROOT_BYTES);
        database->waiting = true;
        return SQLITE_OK;
    }
    rc = write_below(database, number, page);
    if (rc == SQLITE_OK) {
        vfs_root_put(root, database->file.keys, number, page,
                     vfs_page_tag(database->file.scratch));
    } else if (vfs_root_entry(root, number)->is_free) {
        /* No rollback repairs it, and nobody misses it. */
        memset(vfs_root_entry(root, number)->tag, 0, PAGE_TAG_BYTES);
    }
    return rc;
}

static int database_write(sqlite3_file *file, const void *page, int size,
                          sqlite3_int64 offset)
{
    struct vfs_database *database = database_of(file);
    uint32_t number = (uint32_t)(offset / PAGE_BYTES) + 1;
    sqlite3_int64 now = 0;
    int rc = SQLITE_OK;

    if (size != PAGE_BYTES || offset % PAGE_BYTES != 0 ||
        number == ROOT_LOCK_PAGE) {
        return unknown_call(database, "write", SQLITE_IOERR_WRITE);
    }
    if (database->checked) {
        return write_counted(database, number, page);
    }
    rc = vfs_check_size(database, &now);
    if (rc == SQLITE_OK && now == 0) {
        rc = vfs_check(database);
        return rc == SQLITE_OK ? write_counted(database, number, page) : rc;
    }
    if (rc == SQLITE_OK) {
        /* A journal is rolled back; its page 1 brings the root along. */
        database->loaded = false;
        database->file.vfs->recovered = true;
        rc = write_below(database, number, page);
    }
    return rc;
}

static int database_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct vfs_database *database = database_of(file);
    sqlite3_file *below = database->file.below;
    uint32_t pages = (uint32_t)(size / PAGE_BYTES);
    int rc;

    if (size % PAGE_BYTES != 0 ||
        (database->checked && pages < database->start_count)) {
        return unknown_call(database, "truncation", SQLITE_IOERR_TRUNCATE);
    }
    rc = vfs_written(database, below->pMethods->xTruncate(below, size));
    if (rc == SQLITE_OK && database->checked && pages < database->root.count) {
        database->waiting = database->waiting && pages > 0;
        (void)!vfs_root_resize(&database->root, pages);
        if (pages == 0) {
            memset(database->written_root, 0, ROOT_BYTES);
        }
    }
    return rc;
}

/* SQLite has written all pages; page 1 follows, with the root of them. */
static int database_sync(sqlite3_file *file, int flags)
{
    struct vfs_database *database = database_of(file);
    sqlite3_file *below = database->file.below;
    int rc = SQLITE_OK;

    if (database->checked && database->waiting) {
        rc = vfs_check_flush(database);
    } else if (database->checked &&
               memcmp(database->root.sum, database->written_root, ROOT_BYTES) !=
                   0) {
        rc = unknown_call(database, "flush without page 1", SQLITE_IOERR_FSYNC);
    }
    return rc == SQLITE_OK
               ? vfs_written(database, below->pMethods->xSync(below, flags))
               : rc;
}

static int database_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return vfs_check_size(database_of(file), size);
}

static int database_lock(sqlite3_file *file, int level)
{
    struct vfs_database *database = database_of(file);
    sqlite3_file *below = database->file.below;
    int rc;

    if (database->stopped) {
        return vfs_note(database->file.vfs, SQLITE_IOERR_LOCK, AULA_IO,
                        "database: stopped, the disk refused a write before");
    }
    rc = below->pMethods->xLock(below, level);
    if (rc == SQLITE_OK && level > database->lock) {
        database->lock = level;
    }
    return rc;
}

/* What a transaction left half done is no longer counted: the next read looks
 * at the file again. */
static void let_go(struct vfs_database *database)
{
    if (database->waiting ||
        memcmp(database->root.sum, database->written_root, ROOT_BYTES) != 0) {
        database->loaded = false;
    }
    database->waiting = false;
    database->checked = false;
}

static int database_unlock(sqlite3_file *file, int level)
{
    struct vfs_database *database = database_of(file);
    sqlite3_file *below = database->file.below;

    if (level == SQLITE_LOCK_NONE) {
        let_go(database);
    } else if (database->checked) {
        database->start_count = database->root.count;
    }
    database->lock = level;
    return below->pMethods->xUnlock(below, level);
}

static int database_reserved(sqlite3_file *file, int *is_reserved)
{
    sqlite3_file *below = database_of(file)->file.below;

    return below->pMethods->xCheckReservedLock(below, is_reserved);
}

static int control_pragma(struct vfs *vfs, char **words)
{
    int rc = vfs_pragma(words[1], words[2]);

    if (rc == SQLITE_ERROR) {
        words[0] = sqlite3_mprintf("not for a store");
        (void)vfs_note(vfs, rc, AULA_STATE, "pragma %.40s: not for a store",
                       words[1]);
    }
    return rc;
}

static int database_control(sqlite3_file *file, int op, void *arg)
{
    struct vfs *vfs = database_of(file)->file.vfs;
    sqlite3_file *below = database_of(file)->file.below;

    switch (op) {
    case SQLITE_FCNTL_PRAGMA:
        return control_pragma(vfs, arg);
    case SQLITE_FCNTL_VFSNAME:
        *(char **)arg = sqlite3_mprintf("%s", vfs->name);
        return SQLITE_OK;
    case SQLITE_FCNTL_MMAP_SIZE:
        *(sqlite3_int64 *)arg = 0; /* whatever was asked for */
        return SQLITE_OK;
    case SQLITE_FCNTL_LOCKSTATE:
    case SQLITE_FCNTL_LAST_ERRNO:
    case SQLITE_FCNTL_HAS_MOVED:
    case SQLITE_FCNTL_SYNC:
    case SQLITE_FCNTL_COMMIT_PHASETWO:
        return below->pMethods->xFileControl(below, op, arg);
    default:
        return SQLITE_NOTFOUND;
    }
}

static int database_sector(sqlite3_file *file)
{
    (void)file;
    return PAGE_BYTES;
}

static int database_promises(sqlite3_file *file)
{
    return database_of(file)->powersafe ? SQLITE_IOCAP_POWERSAFE_OVERWRITE : 0;
}

const sqlite3_io_methods vfs_database_methods = {
    .iVersion = 1,
    .xClose = database_close,
    .xRead = database_read,
    .xWrite = database_write,
    .xTruncate = database_truncate,
    .xSync = database_sync,
    .xFileSize = database_size,
    .xLock = database_lock,
    .xUnlock = database_unlock,
    .xCheckReservedLock = database_reserved,
    .xFileControl = database_control,
    .xSectorSize = database_sector,
    .xDeviceCharacteristics = database_promises,
};
