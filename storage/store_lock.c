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

static enum aula_code take(int file, bool *was_interrupted, const char *path,
                           struct aula_error *err)
{
    char mark = '0';

    if (flock(file, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) {
            return aula_fail(err, AULA_STORE_BUSY,
                             "%s: another program has the store open", path);
        }
        return aula_fail(err, AULA_IO, "%s-lock: lock: %s", path,
                         strerror(errno));
    }
    if (pread(file, &mark, 1, 0) < 0) {
        return aula_fail(err, AULA_IO, "%s-lock: read: %s", path,
                         strerror(errno));
    }
    *was_interrupted = mark == '1';
    return mark_open(file, path, err);
}

enum aula_code store_lock_open(struct store_lock **lock, bool *was_interrupted,
                               const char *path, struct aula_error *err)
{
    struct store_lock *made = calloc(1, sizeof *made);
    size_t size = strlen(path) + sizeof "-lock";
    char *name = malloc(size);
    enum aula_code code;

    if (made == NULL || name == NULL) {
        code = aula_fail(err, AULA_MEMORY, "store: out of memory");
        goto out;
    }
    (void)snprintf(name, size, "%s-lock", path);
    made->file = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (made->file < 0) {
        code = aula_fail(err, errno == ENOSPC ? AULA_FULL : AULA_IO,
                         "%s: open: %s", name, strerror(errno));
        goto out;
    }
    code = take(made->file, was_interrupted, path, err);
    if (code != AULA_OK) {
        (void)close(made->file);
        goto out;
    }
    *lock = made;
    made = NULL;
out:
    free(name);
    free(made);
    return code;
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
