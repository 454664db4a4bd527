/* SPDX-License-Identifier: Apache-2.0 */
/* See filesource.h. */
#include "filesource.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool read_at(void *context, uint64_t offset, uint8_t *out, size_t size)
{
    const struct filesource *made = context;

    while (size > 0) {
        ssize_t got = pread(made->file, out, size, (off_t)offset);

        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return false;
        }
        out += got;
        offset += (uint64_t)got;
        size -= (size_t)got;
    }
    return true;
}

enum aula_code filesource_open(struct filesource *made,
                               struct container_source *source,
                               const char *path, struct aula_error *err)
{
    struct stat status;

    /* O_NONBLOCK: a pipe under the name would hold the open up. */
    made->file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (made->file < 0) {
        return aula_fail(err, AULA_IO, "%s: %s", path, strerror(errno));
    }
    if (fstat(made->file, &status) != 0 || !S_ISREG(status.st_mode)) {
        return aula_fail(err, AULA_IO, "%s: not a regular file", path);
    }
    if ((uint64_t)status.st_size > CONTAINER_BYTES_MAX) {
        return aula_fail(err, AULA_TOO_LARGE, "%s: longer than %d bytes", path,
                         CONTAINER_BYTES_MAX);
    }
    *source = (struct container_source){
        .read = read_at, .context = made, .size = (uint64_t)status.st_size};
    return AULA_OK;
}

void filesource_close(struct filesource *made)
{
    if (made->file >= 0) {
        (void)close(made->file);
    }
    made->file = -1;
}
