/* SPDX-License-Identifier: Apache-2.0 */
/* See board_file.h. */
#include "board_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum aula_code board_pieces_open(struct board_pieces *pieces, const char *path,
                                 struct aula_error *err)
{
    struct stat status;

    pieces->path = path;
    pieces->size = 0;
    /* O_NONBLOCK: a pipe under the name would hold the open up. */
    pieces->file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (pieces->file < 0) {
        return aula_fail(err, AULA_IO, "%s: %s", path, strerror(errno));
    }
    if (fstat(pieces->file, &status) != 0 || !S_ISREG(status.st_mode)) {
        return aula_fail(err, AULA_IO, "%s: not a regular file", path);
    }
    pieces->size = (uint64_t)status.st_size;
    return AULA_OK;
}

void board_pieces_close(struct board_pieces *pieces)
{
    if (pieces->file >= 0) {
        (void)close(pieces->file);
    }
    pieces->file = -1;
}

enum aula_code board_pieces_read(const struct board_pieces *pieces,
                                 uint64_t offset, uint8_t *out, size_t size,
                                 struct aula_error *err)
{
    while (size > 0) {
        ssize_t got = pread(pieces->file, out, size, (off_t)offset);

        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return aula_fail(err, AULA_IO, "%s: read: %s", pieces->path,
                             strerror(errno));
        }
        if (got == 0) {
            return aula_fail(err, AULA_IO, "%s: changed while it was read",
                             pieces->path);
        }
        out += got;
        offset += (uint64_t)got;
        size -= (size_t)got;
    }
    return AULA_OK;
}

enum aula_code board_file_read(struct board_file *file, const char *folder,
                               const char *path, size_t size_max,
                               struct aula_error *err)
{
    struct board_pieces pieces = {.file = -1};
    char whole[PLACE_BYTES];
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code = place_in(whole, folder, path, err);

    if (code == AULA_OK) {
        code = board_pieces_open(&pieces, whole, err);
    }
    if (code != AULA_OK) {
        goto out;
    }
    size = pieces.size > size_max ? size_max + 1 : (size_t)pieces.size;
    bytes = malloc(size + 1);
    if (bytes == NULL) {
        code = aula_fail(err, AULA_MEMORY, "%s: no memory", whole);
        goto out;
    }
    code = board_pieces_read(&pieces, 0, bytes, size, err);
    if (code == AULA_OK) {
        *file = (struct board_file){bytes, size};
        bytes = NULL;
    }
out:
    free(bytes);
    board_pieces_close(&pieces);
    return code;
}
