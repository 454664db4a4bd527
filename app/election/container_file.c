/* SPDX-License-Identifier: Apache-2.0 */
/* The files of a container, each checked before its first byte is used. */
#include "container.h"

#include <stdlib.h>
#include <string.h>

enum aula_code container_read_row(const struct container *container,
                                  uint8_t *out, const struct manifest_row *row,
                                  struct aula_error *err)
{
    const struct container_source *source = &container->source;
    size_t size = (size_t)row->size; /* at most MANIFEST_FILE_BYTES_MAX */
    enum aula_code code = AULA_OK;

    if (size > 0 &&
        !source->read(source->context, container->files_offset + row->offset,
                      out, size)) {
        code = aula_fail(err, AULA_IO, "content: %.*s not readable",
                         (int)row->path_size, row->path);
    }
    if (code == AULA_OK) {
        code = manifest_check_file(row, out, size, err);
    }
    if (code != AULA_OK && size > 0) {
        memset(out, 0, size);
    }
    return code;
}

enum aula_code container_file(const struct container *container,
                              uint8_t **bytes, size_t *size, const char *path,
                              struct aula_error *err)
{
    const struct manifest_row *row = manifest_find(&container->manifest, path,
                                                   strlen(path));
    uint8_t *made = NULL;
    enum aula_code code;

    *bytes = NULL;
    *size = 0;
    if (row == NULL) {
        return aula_fail(err, AULA_CONTENT_FILE, "content: no file %.120s",
                         path);
    }
    made = malloc((size_t)row->size + 1);
    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "content: out of memory");
    }
    code = container_read_row(container, made, row, err);
    if (code != AULA_OK) {
        free(made);
        return code;
    }
    *bytes = made;
    *size = (size_t)row->size;
    return AULA_OK;
}

static size_t largest_file(const struct manifest *manifest)
{
    size_t size = 0;

    for (size_t i = 0; i < manifest->count; i++) {
        if (manifest->rows[i].size > size) {
            size = (size_t)manifest->rows[i].size;
        }
    }
    return size;
}

enum aula_code container_check_all(const struct container *container,
                                   struct aula_error *err)
{
    const struct manifest *manifest = &container->manifest;
    uint8_t *room = malloc(largest_file(manifest) + 1);
    enum aula_code code = AULA_OK;

    if (room == NULL) {
        return aula_fail(err, AULA_MEMORY, "content: out of memory");
    }
    for (size_t i = 0; i < manifest->count && code == AULA_OK; i++) {
        code = container_read_row(container, room, &manifest->rows[i], err);
    }
    free(room);
    return code;
}

static bool read_memory(void *context, uint64_t offset, uint8_t *out,
                        size_t size)
{
    const struct container_memory *memory = context;

    if (offset > memory->size || size > memory->size - offset) {
        return false;
    }
    memcpy(out, memory->bytes + offset, size);
    return true;
}

struct container_source container_memory_source(struct container_memory *memory)
{
    return (struct container_source){read_memory, memory, memory->size};
}
