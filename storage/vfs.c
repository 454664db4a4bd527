/* SPDX-License-Identifier: Apache-2.0 */
/* The VFS itself: which files may be opened, and what was refused. Reading and
 * writing is in vfs_database.c and vfs_journal.c.
 *
 * Only a main database and its rollback journal are opened. A file that ends in
 * -wal is said not to be there: one that was put beside a store would otherwise
 * keep it from opening.
 */
#include "vfs_inside.h"

#include <assert.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { ALIGNMENT = 16 };

static struct vfs *vfs_of(sqlite3_vfs *base)
{
    return (struct vfs *)base;
}

int vfs_note(struct vfs *vfs, int rc, enum aula_code code, const char *format,
             ...)
{
    char text[AULA_MESSAGE_BYTES];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (vfs->noted.code == AULA_OK) {
        (void)aula_fail(&vfs->noted, code, "%s", text);
    }
    sqlite3_log(rc, "%s", text);
    return rc;
}

/* Bytes of ours before the file of the VFS below. */
static size_t ours(void)
{
    size_t size = sizeof(struct vfs_database);

    if (size < sizeof(struct vfs_journal)) {
        size = sizeof(struct vfs_journal);
    }
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/* ---- opening */

/* Keys of its own, in the extension. */
static int load_keys(struct vfs_database *database, const char *name)
{
    struct vfs *vfs = database->file.vfs;

    if (vfs->keys != NULL) {
        database->file.keys = vfs->keys;
        return SQLITE_OK;
    }
    database->own_keys = sodium_malloc(sizeof *database->own_keys);
    if (database->own_keys == NULL) {
        return SQLITE_NOMEM;
    }
    database->file.keys = database->own_keys;
    return vfs->load(vfs, database->own_keys, name) ? SQLITE_OK
                                                    : SQLITE_CANTOPEN;
}

static int prepare_database(struct vfs_database *database, const char *name,
                            int flags)
{
    sqlite3_int64 size = 0;
    int rc = load_keys(database, name);

    database->may_be_empty = (flags & SQLITE_OPEN_CREATE) != 0;
    database->powersafe = sqlite3_uri_boolean(name, "psow", 0) != 0;
    if (rc == SQLITE_OK) {
        rc = vfs_check_size(database, &size);
    }
    if (rc == SQLITE_OK) {
        database->file.base.pMethods = &vfs_database_methods;
    } else {
        sodium_free(database->own_keys);
        database->own_keys = NULL;
    }
    return rc;
}

static int prepare_journal(struct vfs_journal *journal, const char *name)
{
    sqlite3_file *file = sqlite3_database_file_object(name);

    if (file == NULL || file->pMethods != &vfs_database_methods) {
        return SQLITE_CANTOPEN;
    }
    journal->database = (struct vfs_database *)file;
    journal->file.keys = journal->database->file.keys;
    journal->file.base.pMethods = &vfs_journal_methods;
    return SQLITE_OK;
}

static int open_file(sqlite3_vfs *base, const char *name, sqlite3_file *out,
                     int flags, int *out_flags)
{
    struct vfs *vfs = vfs_of(base);
    struct vfs_file *file = (struct vfs_file *)out;
    sqlite3_file *below = (sqlite3_file *)((uint8_t *)out + ours());
    int rc;

    memset(out, 0, ours());
    if ((flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL)) == 0 ||
        name == NULL) {
        return vfs_note(vfs, SQLITE_CANTOPEN, AULA_STATE,
                        "a file that is no database and no journal");
    }
    file->vfs = vfs;
    file->below = below;
    rc = vfs->below->xOpen(vfs->below, name, below, flags, out_flags);
    if (rc == SQLITE_OK) {
        rc = (flags & SQLITE_OPEN_MAIN_DB) != 0
                 ? prepare_database((struct vfs_database *)out, name, flags)
                 : prepare_journal((struct vfs_journal *)out, name);
    }
    if (rc != SQLITE_OK && below->pMethods != NULL) {
        (void)below->pMethods->xClose(below);
    }
    return rc;
}

/* ---- names */

static bool ends_with(const char *name, const char *end)
{
    size_t size = strlen(name);
    size_t end_size = strlen(end);

    return size >= end_size && strcmp(name + size - end_size, end) == 0;
}

static int delete_file(sqlite3_vfs *base, const char *name, int sync_folder)
{
    sqlite3_vfs *below = vfs_of(base)->below;

    return below->xDelete(below, name, sync_folder);
}

static int access_file(sqlite3_vfs *base, const char *name, int flags,
                       int *result)
{
    sqlite3_vfs *below = vfs_of(base)->below;

    if (ends_with(name, "-wal")) {
        *result = 0;
        return SQLITE_OK;
    }
    return below->xAccess(below, name, flags, result);
}

static int full_path(sqlite3_vfs *base, const char *name, int size, char *out)
{
    sqlite3_vfs *below = vfs_of(base)->below;

    return below->xFullPathname(below, name, size, out);
}

/* ---- what does not concern files goes down as it is; no extensions */

static void *dl_open(sqlite3_vfs *base, const char *name)
{
    (void)base;
    (void)name;
    return NULL;
}

static void dl_error(sqlite3_vfs *base, int size, char *out)
{
    (void)base;
    (void)sqlite3_snprintf(size, out, "no extensions through this VFS");
}

static void dl_close(sqlite3_vfs *base, void *handle)
{
    (void)base;
    (void)handle;
}

static int random_bytes(sqlite3_vfs *base, int size, char *out)
{
    (void)base;
    randombytes_buf(out, (size_t)size);
    return size;
}

static int sleep_us(sqlite3_vfs *base, int us)
{
    sqlite3_vfs *below = vfs_of(base)->below;

    return below->xSleep(below, us);
}

static int current_time(sqlite3_vfs *base, double *days)
{
    sqlite3_vfs *below = vfs_of(base)->below;

    return below->xCurrentTime(below, days);
}

static int last_error(sqlite3_vfs *base, int size, char *out)
{
    sqlite3_vfs *below = vfs_of(base)->below;

    return below->xGetLastError(below, size, out);
}

void vfs_methods(struct vfs *vfs, const char *name, sqlite3_vfs *below)
{
    size_t size = strlen(name);

    assert(size >= 1 && size <= VFS_NAME_BYTES_MAX);
    memcpy(vfs->name, name, size + 1);
    vfs->below = below;
    vfs->base = (sqlite3_vfs){
        .iVersion = 1,
        .szOsFile = (int)ours() + below->szOsFile,
        .mxPathname = below->mxPathname,
        .zName = vfs->name,
        .xOpen = open_file,
        .xDelete = delete_file,
        .xAccess = access_file,
        .xFullPathname = full_path,
        .xDlOpen = dl_open,
        .xDlError = dl_error,
        .xDlClose = dl_close,
        .xRandomness = random_bytes,
        .xSleep = sleep_us,
        .xCurrentTime = current_time,
        .xGetLastError = last_error,
    };
}
