/* SPDX-License-Identifier: Apache-2.0 */
/* Reading whole files; see file.h, promise 1. */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum aula_code file_code_of(int number)
{
    switch (number) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return AULA_FULL;
    case ENOMEM:
        return AULA_MEMORY;
    default:
        return AULA_IO;
    }
}

/* O_NONBLOCK: a pipe under the name would hold the open up. */
static enum aula_code open_regular(int *file, size_t *size, const char *path,
                                   size_t size_max, struct aula_error *err)
{
    struct stat status;

    *file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (*file < 0) {
        return aula_fail(err, AULA_IO, "%s: %s", path, strerror(errno));
    }
    if (fstat(*file, &status) != 0 || !S_ISREG(status.st_mode)) {
        return aula_fail(err, AULA_IO, "%s: not a regular file", path);
    }
    if ((uint64_t)status.st_size > size_max) {
        return aula_fail(err, AULA_TOO_LARGE, "%s: longer than %zu bytes", path,
                         size_max);
    }
    *size = (size_t)status.st_size;
    return AULA_OK;
}

/* Exactly `size` bytes: a file that changes meanwhile is refused. */
static enum aula_code read_all(int file, uint8_t *bytes, size_t size,
                               const char *path, struct aula_error *err)
{
    size_t done = 0;
    uint8_t beyond;
    ssize_t got = 1;

    while (done < size && got > 0) {
        got = read(file, bytes + done, size - done);
        if (got < 0 && errno == EINTR) {
            got = 1;
            continue;
        }
        done += got > 0 ? (size_t)got : 0;
    }
    if (got < 0) {
        return aula_fail(err, AULA_IO, "%s: read: %s", path, strerror(errno));
    }
    if (done < size || read(file, &beyond, 1) != 0) {
        return aula_fail(err, AULA_IO, "%s: changed while it was read", path);
    }
    return AULA_OK;
}

static enum aula_code read_file(uint8_t **bytes, size_t *size, const char *path,
                                size_t size_max, bool is_secret,
                                struct aula_error *err)
{
    uint8_t *made = NULL;
    size_t length = 0;
    int file = -1;
    enum aula_code code = open_regular(&file, &length, path, size_max, err);

    if (code != AULA_OK) {
        goto out;
    }
    made = is_secret ? sodium_malloc(length + 1) : malloc(length + 1);
    if (made == NULL) {
        code = aula_fail(err, AULA_MEMORY, "%s: no memory", path);
        goto out;
    }
    code = read_all(file, made, length, path, err);
    if (code != AULA_OK) {
        goto out;
    }
    made[length] = '\0';
    *bytes = made;
    *size = length;
    made = NULL;
out:
    if (is_secret) {
        sodium_free(made);
    } else {
        free(made);
    }
    if (file >= 0) {
        (void)close(file);
    }
    return code;
}

enum aula_code file_read(uint8_t **bytes, size_t *size, const char *path,
                         size_t size_max, struct aula_error *err)
{
    return read_file(bytes, size, path, size_max, false, err);
}

enum aula_code file_read_secret(uint8_t **bytes, size_t *size, const char *path,
                                size_t size_max, struct aula_error *err)
{
    return read_file(bytes, size, path, size_max, true, err);
}
