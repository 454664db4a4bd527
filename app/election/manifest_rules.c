/* SPDX-License-Identifier: Apache-2.0 */
/* What a manifest may say: paths, their order, sizes (PROTOCOL.md section 4.1).
 */
#include "manifest_parts.h"

#include <string.h>

static const char whole_name[] = "election.json";
static const char reserved_name[] = "manifest.bin";

int manifest_compare(const char *a, size_t a_size, const char *b, size_t b_size)
{
    size_t size = a_size < b_size ? a_size : b_size;
    int order = size > 0 ? memcmp(a, b, size) : 0;

    if (order != 0) {
        return order;
    }
    return (a_size > b_size) - (a_size < b_size);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

static bool is_reserved(const char *path, size_t size)
{
    return manifest_compare(path, size, reserved_name,
                            sizeof reserved_name - 1) == 0;
}

bool manifest_is_path(const char *path, size_t size)
{
    bool has_name = false; /* the component has more than dots so far */

    if (size < 1 || size > MANIFEST_PATH_MAX || is_reserved(path, size)) {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        if (path[i] == '/') {
            if (!has_name) {
                return false;
            }
            has_name = false;
        } else if (!is_letter(path[i])) {
            return false;
        } else if (path[i] != '.') {
            has_name = true;
        }
    }
    return has_name;
}

enum aula_code manifest_check_row(const struct manifest_row *row,
                                  const struct manifest_row *before)
{
    if (!manifest_is_path(row->path, row->path_size)) {
        return AULA_CONTENT_MANIFEST;
    }
    if (before != NULL && manifest_compare(before->path, before->path_size,
                                           row->path, row->path_size) >= 0) {
        return AULA_CONTENT_MANIFEST;
    }
    return row->size > MANIFEST_FILE_BYTES_MAX ? AULA_TOO_LARGE : AULA_OK;
}

/* Is there a file where this path needs a folder? Between "a" and "a/b" may
 * stand "a-" and "a.", so that it is not always the row before. */
static bool is_below_file(const struct manifest *manifest,
                          const struct manifest_row *row)
{
    for (size_t i = 0; i < row->path_size; i++) {
        if (row->path[i] == '/' && manifest_find(manifest, row->path, i)) {
            return true;
        }
    }
    return false;
}

enum aula_code manifest_check_whole(const struct manifest *manifest,
                                    struct aula_error *err)
{
    for (size_t i = 0; i < manifest->count; i++) {
        const struct manifest_row *row = &manifest->rows[i];

        if (is_below_file(manifest, row)) {
            return aula_fail(err, AULA_CONTENT_MANIFEST,
                             "content: %.*s is below another file",
                             (int)row->path_size, row->path);
        }
    }
    if (manifest_find(manifest, whole_name, sizeof whole_name - 1) == NULL) {
        return aula_fail(err, AULA_CONTENT_MANIFEST, "content: no %s",
                         whole_name);
    }
    return AULA_OK;
}
