/* SPDX-License-Identifier: Apache-2.0 */
/* Putting a manifest together (PROTOCOL.md section 4.1).
 *
 *   u32 file count | for each file: lp16 path | u64 size | hash 32
 */
#include "manifest_parts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"

enum { PATH_SHOWN_MAX = 120 };

void manifest_hash_file(uint8_t hash[static HASH_BYTES], const uint8_t *bytes,
                        size_t size)
{
    hash_bytes(hash, "content-file", bytes, size);
}

void manifest_hash(uint8_t content_hash[static HASH_BYTES],
                   const uint8_t *bytes, size_t size)
{
    hash_bytes(content_hash, "content", bytes, size);
}

static int compare_rows(const void *a, const void *b)
{
    const struct manifest_row *left = a;
    const struct manifest_row *right = b;

    return manifest_compare(left->path, left->path_size, right->path,
                            right->path_size);
}

/* Paths come from an office's folder: they are shown where they are text. */
static enum aula_code refuse_row(enum aula_code code,
                                 const struct manifest_row *row,
                                 struct aula_error *err)
{
    bool is_text = bytes_are_text((const uint8_t *)row->path, row->path_size);
    size_t size = row->path_size < PATH_SHOWN_MAX ? row->path_size
                                                  : PATH_SHOWN_MAX;

    if (!is_text) {
        return aula_fail(err, code, "content: a path that is no text");
    }
    return aula_fail(err, code, "content: %.*s: %s", (int)size, row->path,
                     code == AULA_TOO_LARGE
                         ? "above 8 MiB"
                         : "twice, or a path that may not be");
}

/* Each row by itself, then against the one before it. */
static enum aula_code check_rows(struct manifest_row *rows, size_t count,
                                 struct aula_error *err)
{
    struct manifest manifest = {rows, count, 0};

    for (size_t i = 0; i < count; i++) {
        enum aula_code code = manifest_check_row(&rows[i],
                                                 i > 0 ? &rows[i - 1] : NULL);

        if (code != AULA_OK) {
            return refuse_row(code, &rows[i], err);
        }
        rows[i].offset = manifest.files_size;
        manifest.files_size += rows[i].size;
    }
    return manifest_check_whole(&manifest, err);
}

static size_t size_of(const struct manifest_row *rows, size_t count)
{
    size_t size = 4;

    for (size_t i = 0; i < count; i++) {
        size += MANIFEST_ROW_BYTES + rows[i].path_size;
    }
    return size;
}

static void put_rows(struct bytes_writer *writer,
                     const struct manifest_row *rows, size_t count)
{
    bytes_put_u32(writer, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        bytes_put_u16(writer, (uint16_t)rows[i].path_size);
        bytes_put(writer, rows[i].path, rows[i].path_size);
        bytes_put_u64(writer, rows[i].size);
        bytes_put(writer, rows[i].hash, HASH_BYTES);
    }
}

enum aula_code manifest_make(uint8_t **bytes, size_t *size,
                             struct manifest_row *rows, size_t count,
                             struct aula_error *err)
{
    struct bytes_writer writer = {0};
    enum aula_code code;

    *bytes = NULL;
    *size = 0;
    if (count > MANIFEST_FILES_MAX) {
        return aula_fail(err, AULA_TOO_LARGE,
                         "content: %zu files, at most %d may be", count,
                         MANIFEST_FILES_MAX);
    }
    if (count > 0) {
        qsort(rows, count, sizeof *rows, compare_rows);
    }
    code = check_rows(rows, count, err);
    if (code != AULA_OK) {
        return code;
    }
    writer.room = size_of(rows, count);
    writer.start = malloc(writer.room);
    if (writer.start == NULL) {
        return aula_fail(err, AULA_MEMORY, "content: out of memory");
    }
    put_rows(&writer, rows, count);
    assert(writer.size == writer.room);
    *bytes = writer.start;
    *size = writer.size;
    return AULA_OK;
}
