/* SPDX-License-Identifier: Apache-2.0 */
/* The methods of the VFS that disk.h promises. One connection at a time, so
 * locks are always given; a sector has 512 bytes and nothing is promised: what
 * the encrypting VFS says about devices is its own. */
#include "disk_vfs.h"

#include <string.h>

enum { SECTOR = 512 };

struct handle {
    sqlite3_file base; /* first */
    struct disk *disk;
    size_t file;
};

static struct disk *disk_of(sqlite3_vfs *base)
{
    return (struct disk *)base;
}

static struct handle *handle_of(sqlite3_file *base)
{
    return (struct handle *)base;
}

static struct disk_content *content_of(struct handle *handle)
{
    return &handle->disk->files[handle->file].now;
}

/* ---- files */

static int close_file(sqlite3_file *base)
{
    (void)base;
    return SQLITE_OK;
}

static int read_file(sqlite3_file *base, void *out, int size,
                     sqlite3_int64 offset)
{
    struct handle *handle = handle_of(base);
    const struct disk_content *content = content_of(handle);
    size_t start = (size_t)offset;
    size_t here = start < content->size ? content->size - start : 0;
    int rc = disk_count(handle->disk, DISK_READ);

    if (rc != SQLITE_OK) {
        return rc;
    }
    if (here > (size_t)size) {
        here = (size_t)size;
    }
    memset(out, 0, (size_t)size);
    if (here > 0) {
        memcpy(out, content->bytes + start, here);
    }
    return here == (size_t)size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int write_file(sqlite3_file *base, const void *bytes, int size,
                      sqlite3_int64 offset)
{
    struct handle *handle = handle_of(base);
    struct disk *disk = handle->disk;
    int rc = disk_count(disk, DISK_WRITE);
    uint8_t copy[65536];
    struct disk_op op = {OP_WRITE, handle->file, (size_t)offset, (size_t)size,
                         copy};

    if (op.size > sizeof copy) {
        return SQLITE_IOERR_WRITE;
    }
    memcpy(copy, bytes, op.size);
    if (rc != SQLITE_OK) {
        op.size /= 2;
    } else if (disk->at_write != NULL) {
        disk->at_write(disk->context, handle->file == DISK_JOURNAL, op.offset,
                       bytes, op.size);
    }
    disk_add(disk, &op);
    return rc;
}

static int truncate_file(sqlite3_file *base, sqlite3_int64 size)
{
    struct handle *handle = handle_of(base);
    struct disk_op op = {OP_TRUNCATE, handle->file, (size_t)size, 0, NULL};
    int rc = disk_count(handle->disk, DISK_TRUNCATE);

    if (rc == SQLITE_OK) {
        disk_add(handle->disk, &op);
    }
    return rc;
}

static int sync_file(sqlite3_file *base, int flags)
{
    struct handle *handle = handle_of(base);
    struct disk *disk = handle->disk;
    int rc = disk_count(disk, DISK_SYNC);

    (void)flags;
    if (rc == SQLITE_OK && disk->at_sync != NULL) {
        disk->at_sync(disk->context, disk);
    }
    disk_flush(disk, handle->file, rc != SQLITE_OK);
    return rc;
}

static int size_file(sqlite3_file *base, sqlite3_int64 *size)
{
    struct handle *handle = handle_of(base);
    int rc = disk_count(handle->disk, DISK_SIZE);

    *size = (sqlite3_int64)content_of(handle)->size;
    return rc;
}

static int lock_file(sqlite3_file *base, int level)
{
    (void)base;
    (void)level;
    return SQLITE_OK;
}

static int reserved_file(sqlite3_file *base, int *is_reserved)
{
    (void)base;
    *is_reserved = 0;
    return SQLITE_OK;
}

static int control_file(sqlite3_file *base, int op, void *arg)
{
    (void)base;
    (void)op;
    (void)arg;
    return SQLITE_NOTFOUND;
}

static int sector_file(sqlite3_file *base)
{
    (void)base;
    return SECTOR;
}

static int promises_file(sqlite3_file *base)
{
    (void)base;
    return 0;
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = size_file,
    .xLock = lock_file,
    .xUnlock = lock_file,
    .xCheckReservedLock = reserved_file,
    .xFileControl = control_file,
    .xSectorSize = sector_file,
    .xDeviceCharacteristics = promises_file,
};

/* ---- names */

/* The journal is the file whose name ends so; the name is kept. */
static size_t find(struct disk *disk, const char *path)
{
    static const char end[] = "-journal";
    size_t size = strlen(path);
    size_t file = size >= sizeof end &&
                  strcmp(path + size - (sizeof end - 1), end) == 0;

    if (size >= DISK_PATH_BYTES ||
        (disk->files[file].path[0] != '\0' &&
         strcmp(disk->files[file].path, path) != 0)) {
        return DISK_FILES;
    }
    (void)strcpy(disk->files[file].path, path);
    return file;
}

static int open_file(sqlite3_vfs *base, const char *path, sqlite3_file *out,
                     int flags, int *out_flags)
{
    struct disk *disk = disk_of(base);
    struct handle *handle = (struct handle *)out;
    size_t file = path != NULL ? find(disk, path) : DISK_FILES;
    struct disk_op op = {OP_CREATE, file, 0, 0, NULL};
    int rc = disk_count(disk, DISK_OPEN);

    out->pMethods = NULL;
    if (rc != SQLITE_OK) {
        return rc;
    }
    if (file == DISK_FILES || (!disk->files[file].now.is_there &&
                               (flags & SQLITE_OPEN_CREATE) == 0)) {
        return SQLITE_CANTOPEN;
    }
    if (!disk->files[file].now.is_there) {
        disk_add(disk, &op);
    }
    *handle = (struct handle){{&methods}, disk, file};
    if (out_flags != NULL) {
        *out_flags = flags;
    }
    return SQLITE_OK;
}

static int delete_file(sqlite3_vfs *base, const char *path, int sync_folder)
{
    struct disk *disk = disk_of(base);
    size_t file = find(disk, path);
    struct disk_op op = {OP_DELETE, file, 0, 0, NULL};
    int rc = disk_count(disk, DISK_DELETE);

    if (rc != SQLITE_OK) {
        return rc;
    }
    if (file == DISK_FILES || !disk->files[file].now.is_there) {
        return SQLITE_IOERR_DELETE_NOENT;
    }
    disk_add(disk, &op);
    if (sync_folder == 0) {
        return SQLITE_OK;
    }
    rc = disk_count(disk, DISK_SYNC);
    if (rc == SQLITE_OK && disk->at_sync != NULL) {
        disk->at_sync(disk->context, disk);
    }
    disk_flush(disk, DISK_FILES, rc != SQLITE_OK);
    return rc == SQLITE_OK ? rc : SQLITE_IOERR_DIR_FSYNC;
}

static int access_file(sqlite3_vfs *base, const char *path, int flags,
                       int *result)
{
    struct disk *disk = disk_of(base);
    size_t file = find(disk, path);

    (void)flags;
    *result = file < DISK_FILES && disk->files[file].now.is_there;
    return SQLITE_OK;
}

static int full_path(sqlite3_vfs *base, const char *path, int size, char *out)
{
    (void)base;
    (void)sqlite3_snprintf(size, out, "%s", path);
    return SQLITE_OK;
}

static int random_bytes(sqlite3_vfs *base, int size, char *out)
{
    (void)base;
    memset(out, 7, (size_t)size);
    return size;
}

static int sleep_us(sqlite3_vfs *base, int us)
{
    (void)base;
    return us;
}

static int current_time(sqlite3_vfs *base, double *days)
{
    (void)base;
    *days = 2461000.5;
    return SQLITE_OK;
}

static int last_error(sqlite3_vfs *base, int size, char *out)
{
    (void)base;
    (void)sqlite3_snprintf(size, out, "");
    return 0;
}

void disk_vfs(struct disk *disk)
{
    disk->base = (sqlite3_vfs){
        .iVersion = 1,
        .szOsFile = sizeof(struct handle),
        .mxPathname = DISK_PATH_BYTES - 1,
        .zName = disk->name,
        .xOpen = open_file,
        .xDelete = delete_file,
        .xAccess = access_file,
        .xFullPathname = full_path,
        .xRandomness = random_bytes,
        .xSleep = sleep_us,
        .xCurrentTime = current_time,
        .xGetLastError = last_error,
    };
}
