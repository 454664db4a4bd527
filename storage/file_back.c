/* SPDX-License-Identifier: Apache-2.0 */
/* Reading back what was written; see file.h. What a page of memory still holds
 * proves nothing of a stick: the kernel is asked to forget it first, which it
 * does for pages that are flushed. A counterfeit stick that wraps at its real
 * size gives back other bytes then. */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK_BYTES = 64 * 1024 };

static enum aula_code take_all(crypto_generichash_state *state, uint64_t *size,
                               int file, const char *path,
                               struct aula_error *err)
{
    uint8_t block[BLOCK_BYTES];
    ssize_t got;

    *size = 0;
    do {
        got = read(file, block, sizeof block);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got > 0) {
            (void)crypto_generichash_update(state, block, (size_t)got);
            *size += (uint64_t)got;
        }
    } while (got > 0 || (got < 0 && errno == EINTR));
    if (got < 0) {
        return aula_fail(err, AULA_IO, "%s: read back: %s", path,
                         strerror(errno));
    }
    return AULA_OK;
}

/* Nothing is waited for, whatever stands there. */
static int open_regular(const char *path, struct aula_error *err)
{
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

    if (file >= 0 && fstat(file, &status) == 0 && S_ISREG(status.st_mode)) {
        return file;
    }
    (void)aula_fail(err, AULA_IO, "%s: read back: %s", path,
                    file < 0 ? strerror(errno) : "no regular file");
    if (file >= 0) {
        (void)close(file);
    }
    return -1;
}

enum aula_code file_read_back(const char *path,
                              const uint8_t hash[static FILE_HASH_BYTES],
                              uint64_t size, struct aula_error *err)
{
    crypto_generichash_state state;
    uint8_t found[FILE_HASH_BYTES];
    uint64_t found_size = 0;
    int file = open_regular(path, err);
    enum aula_code code;

    if (file < 0) {
        return AULA_IO;
    }
    (void)crypto_generichash_init(&state, NULL, 0, sizeof found);
    (void)posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    code = take_all(&state, &found_size, file, path, err);
    (void)close(file);
    (void)crypto_generichash_final(&state, found, sizeof found);
    if (code == AULA_OK &&
        (found_size != size || memcmp(found, hash, sizeof found) != 0)) {
        code = aula_fail(err, AULA_IO,
                         "%s: it does not read back as it was written", path);
    }
    return code;
}
