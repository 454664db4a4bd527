/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a manifest in the order of PROTOCOL.md section 4.1: its hash, the
 * count, row by row, then what all rows together show.
 */
#include "manifest_parts.h"

#include <stdlib.h>
#include <string.h>

#include "bytes.h"

static enum aula_code read_row(struct manifest_row *row,
                               const struct manifest_row *before,
                               struct bytes_reader *reader)
{
    const uint8_t *length = bytes_take(reader, 2);
    const uint8_t *path = NULL;
    const uint8_t *rest = NULL;

    if (length != NULL) {
        path = bytes_take(reader, get_le16(length));
        rest = bytes_take(reader, 8 + HASH_BYTES);
    }
    if (path == NULL || rest == NULL) {
        return AULA_CONTENT_MANIFEST;
    }
    row->path = (const char *)path;
    row->path_size = get_le16(length);
    row->size = get_le64(rest);
    memcpy(row->hash, rest + 8, HASH_BYTES);
    return manifest_check_row(row, before);
}

static enum aula_code read_rows(struct manifest *manifest, size_t count,
                                struct bytes_reader *reader,
                                struct aula_error *err)
{
    for (size_t i = 0; i < count; i++) {
        struct manifest_row *row = &manifest->rows[i];
        enum aula_code code = read_row(row, i > 0 ? row - 1 : NULL, reader);

        if (code != AULA_OK) {
            return aula_fail(err, code, "manifest: row %zu: %s", i + 1,
                             aula_code_name(code));
        }
        row->offset = manifest->files_size;
        manifest->files_size += row->size;
        manifest->count++;
    }
    if (reader->left > 0) {
        return aula_fail(err, AULA_CONTENT_MANIFEST,
                         "manifest: %zu bytes behind the last row",
                         reader->left);
    }
    return manifest_check_whole(manifest, err);
}

/* Rows are taken for the announced count: at most MANIFEST_FILES_MAX. */
static enum aula_code read_count(struct manifest *manifest, size_t *count,
                                 struct bytes_reader *reader,
                                 struct aula_error *err)
{
    const uint8_t *number = bytes_take(reader, 4);

    if (number == NULL) {
        return aula_fail(err, AULA_CONTENT_MANIFEST,
                         "manifest: no count of files");
    }
    if (get_le32(number) > MANIFEST_FILES_MAX) {
        return aula_fail(err, AULA_TOO_LARGE, "manifest: too many files");
    }
    *count = get_le32(number);
    manifest->rows = calloc(*count + 1, sizeof *manifest->rows);
    if (manifest->rows == NULL) {
        return aula_fail(err, AULA_MEMORY, "manifest: out of memory");
    }
    return AULA_OK;
}

enum aula_code manifest_open(struct manifest *manifest,
                             const uint8_t content_hash[static HASH_BYTES],
                             const uint8_t *bytes, size_t size,
                             struct aula_error *err)
{
    struct bytes_reader reader = {bytes, size};
    struct manifest made = {0};
    uint8_t hash[HASH_BYTES];
    size_t count = 0;
    enum aula_code code;

    *manifest = made;
    manifest_hash(hash, bytes, size);
    if (memcmp(hash, content_hash, sizeof hash) != 0) {
        return aula_fail(err, AULA_CONTENT_MANIFEST,
                         "manifest: not that of the package");
    }
    code = read_count(&made, &count, &reader, err);
    if (code == AULA_OK) {
        code = read_rows(&made, count, &reader, err);
    }
    if (code != AULA_OK) {
        manifest_close(&made);
        return code;
    }
    *manifest = made;
    return AULA_OK;
}

void manifest_close(struct manifest *manifest)
{
    if (manifest != NULL) {
        free(manifest->rows);
        *manifest = (struct manifest){0};
    }
}

const struct manifest_row *manifest_find(const struct manifest *manifest,
                                         const char *path, size_t path_size)
{
    size_t first = 0;
    size_t end = manifest->count;

    while (first < end) {
        size_t middle = first + (end - first) / 2;
        const struct manifest_row *row = &manifest->rows[middle];
        int order = manifest_compare(path, path_size, row->path,
                                     row->path_size);

        if (order == 0) {
            return row;
        }
        if (order < 0) {
            end = middle;
        } else {
            first = middle + 1;
        }
    }
    return NULL;
}

enum aula_code manifest_check_file(const struct manifest_row *row,
                                   const uint8_t *bytes, size_t size,
                                   struct aula_error *err)
{
    uint8_t hash[HASH_BYTES];

    if (size == row->size) {
        manifest_hash_file(hash, bytes, size);
        if (memcmp(hash, row->hash, sizeof hash) == 0) {
            return AULA_OK;
        }
    }
    return aula_fail(err, AULA_CONTENT_FILE,
                     "content: %.*s is not the file of the manifest",
                     (int)row->path_size, row->path);
}
