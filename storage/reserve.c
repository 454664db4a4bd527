/* SPDX-License-Identifier: Apache-2.0 */
/* See reserve.h. posix_fallocate takes the blocks, on file systems that cannot
 * by writing into each; a file with holes would hold nothing. */
#include "reserve.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STAT_BLOCK_BYTES = 512 };

static bool is_whole(int file, uint64_t size)
{
    struct stat status;

    return fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
           (uint64_t)status.st_size >= size &&
           (uint64_t)status.st_blocks * STAT_BLOCK_BYTES >= size;
}

static enum aula_code fill(int file, const char *path, uint64_t size,
                           struct aula_error *err)
{
    int error = posix_fallocate(file, 0, (off_t)size);

    if (error == 0 && fsync(file) != 0) {
        error = errno;
    }
    if (error == 0) {
        return AULA_OK;
    }
    (void)unlink(path);
    return aula_fail(err,
                     error == ENOSPC || error == EFBIG ? AULA_FULL : AULA_IO,
                     "%s: hold %llu MiB back: %s", path,
                     (unsigned long long)(size >> 20), strerror(error));
}

enum aula_code reserve_hold(const char *path, uint64_t size,
                            struct aula_error *err)
{
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    enum aula_code code = AULA_OK;

    if (file < 0) {
        return aula_fail(err, errno == ENOSPC ? AULA_FULL : AULA_IO, "%s: %s",
                         path, strerror(errno));
    }
    if (!is_whole(file, size)) {
        code = fill(file, path, size, err);
    }
    (void)close(file);
    return code;
}

enum aula_code reserve_release(const char *path, struct aula_error *err)
{
    if (unlink(path) != 0 && errno != ENOENT) {
        return aula_fail(err, AULA_IO, "%s: %s", path, strerror(errno));
    }
    return AULA_OK;
}
