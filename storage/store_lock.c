/* SPDX-License-Identifier: Apache-2.0 */
/* One process at a time, and whether the last one ended well; see
 * store_parts.h. The lock is flock's, which the kernel lets go when the process
 * ends, however it ends. The file is one byte, '1' while the store is open and
 * '0' when it was closed: written in place, so that a full disk never stands
 * between the staff and a store that is there, and flushed before the store is
 * opened, so that a store that was open when the power went says so.
 */
#include "store_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

struct store_lock {
    int file;
};

static enum aula_code mark_open(int file, const char *path,
                                struct aula_error *err)
{
    if (pwrite(file, "1", 1, 0) == 1 && fsync(file) == 0) {
        return AULA_OK;
    }
    return aula_fail(err, errno == ENOSPC ? AULA_FULL : AULA_IO,
                     "%s-lock: write: %s", path, strerror(errno));
}

static enum aula_code hold(int file, int how, const char *path,
                           struct aula_error *err)
{
    if (flock(file, how | LOCK_NB) == 0) {
        return AULA_OK;
    }
    if (errno == EWOULDBLOCK) {
        return aula_fail(err, AULA_STORE_BUSY,
                         "%s: another program has the store open", path);
    }
    return aula_fail(err, AULA_IO, "%s-lock: lock: %s", path, strerror(errno));
}

static enum aula_code take(int file, bool *was_interrupted, const char *path,
                           struct aula_error *err)
{
    char mark = '0';
    enum aula_code code = hold(file, LOCK_EX, path, err);

    if (code != AULA_OK) {
        return code;
    }
    if (pread(file, &mark, 1, 0) < 0) {
        return aula_fail(err, AULA_IO, "%s-lock: read: %s", path,
                         strerror(errno));
    }
    *was_interrupted = mark == '1';
    return mark_open(file, path, err);
}

/* No lock and AULA_OK when there is no file and none is to be made. */
static enum aula_code open_lock(struct store_lock **lock, const char *path,
                                int flags, struct aula_error *err)
{
    struct store_lock *made = calloc(1, sizeof *made);
    size_t size = strlen(path) + sizeof "-lock";
    char *name = malloc(size);
    enum aula_code code = AULA_OK;

    if (made == NULL || name == NULL) {
        code = aula_fail(err, AULA_MEMORY, "store: out of memory");
        goto out;
    }
    (void)snprintf(name, size, "%s-lock", path);
    made->file = open(name, flags | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (made->file >= 0) {
        *lock = made;
        made = NULL;
    } else if ((flags & O_CREAT) != 0 || errno != ENOENT) {
        code = aula_fail(err, errno == ENOSPC ? AULA_FULL : AULA_IO,
                         "%s: open: %s", name, strerror(errno));
    }
out:
    free(name);
    free(made);
    return code;
}

enum aula_code store_lock_open(struct store_lock **lock, bool *was_interrupted,
                               const char *path, struct aula_error *err)
{
    struct store_lock *made = NULL;
    enum aula_code code = open_lock(&made, path, O_RDWR | O_CREAT, err);

    if (made == NULL) {
        return code;
    }
    code = take(made->file, was_interrupted, path, err);
    if (code != AULA_OK) {
        store_lock_close(made, false);
        return code;
    }
    *lock = made;
    return AULA_OK;
}

enum aula_code store_lock_watch(struct store_lock **lock, const char *path,
                                struct aula_error *err)
{
    struct store_lock *made = NULL;
    enum aula_code code = open_lock(&made, path, O_RDONLY, err);

    if (made == NULL) {
        return code;
    }
    code = hold(made->file, LOCK_SH, path, err);
    if (code != AULA_OK) {
        store_lock_close(made, false);
        return code;
    }
    *lock = made;
    return AULA_OK;
}

void store_lock_close(struct store_lock *lock, bool is_clean)
{
    if (lock == NULL) {
        return;
    }
    /* A mark that stays by mistake only makes the next start look twice. */
    if (is_clean && pwrite(lock->file, "0", 1, 0) == 1) {
        (void)fsync(lock->file);
    }
    (void)close(lock->file);
    free(lock);
}
