/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a container in the order of PROTOCOL.md section 4.1.
 *
 *   offset  size  field
 *        0     4  "AULE"
 *        4     1  version = 1
 *        5     4  length of the package
 *        9     p  package
 *      9+p     4  length of the manifest
 *     13+p     m  manifest
 *   13+p+m        files in manifest order, back to back
 *
 * 1. No memory is taken for a length before it was checked against its limit
 *    and against what is left.
 * 2. Nothing is read outside of source->size.
 */
#include "container.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"

enum { VERSION = 1, LENGTH_BYTES = 4 };

static enum aula_code read_at(const struct container_source *source,
                              uint64_t offset, uint8_t *out, size_t size,
                              struct aula_error *err)
{
    assert(offset <= source->size && size <= source->size - offset);
    if (size > 0 && !source->read(source->context, offset, out, size)) {
        return aula_fail(err, AULA_IO, "container: %zu bytes not readable",
                         size);
    }
    return AULA_OK;
}

static enum aula_code check_head(uint32_t *package_size,
                                 const struct container_source *source,
                                 struct aula_error *err)
{
    uint8_t head[CONTAINER_HEAD_BYTES] = {0};
    enum aula_code code = AULA_OK;

    if (source->size > CONTAINER_BYTES_MAX) {
        code = AULA_TOO_LARGE;
    } else if (source->size < CONTAINER_HEAD_BYTES) {
        code = AULA_TRUNCATED;
    } else {
        code = read_at(source, 0, head, sizeof head, err);
        if (code != AULA_OK) {
            return code;
        }
        if (memcmp(head, "AULE", 4) != 0) {
            code = AULA_BAD_MAGIC;
        } else if (head[4] != VERSION) {
            code = AULA_BAD_VERSION;
        }
    }
    if (code != AULA_OK) {
        return aula_fail(err, code, "container: %s", aula_code_name(code));
    }
    *package_size = get_le32(head + 5);
    return AULA_OK;
}

/* A length against its limit and against what stands behind `offset`. */
static enum aula_code check_length(uint64_t length, uint64_t limit,
                                   uint64_t offset,
                                   const struct container_source *source,
                                   const char *name, struct aula_error *err)
{
    if (length > limit) {
        return aula_fail(err, AULA_TOO_LARGE, "container: %s too large", name);
    }
    if (offset > source->size || length > source->size - offset) {
        return aula_fail(err, AULA_TRUNCATED, "container: %s does not fit",
                         name);
    }
    return AULA_OK;
}

/* The lengths of package and manifest, before either is read. */
static enum aula_code read_lengths(struct container *container,
                                   struct aula_error *err)
{
    const struct container_source *source = &container->source;
    uint8_t number[LENGTH_BYTES];
    uint64_t offset = CONTAINER_HEAD_BYTES;
    uint32_t length = 0;
    enum aula_code code = check_head(&length, source, err);

    if (code == AULA_OK) {
        code = check_length(length, PACKAGE_BYTES_MAX, offset, source,
                            "package", err);
    }
    if (code == AULA_OK) {
        container->package_size = length;
        offset += length;
        code = check_length(LENGTH_BYTES, LENGTH_BYTES, offset, source,
                            "length of the manifest", err);
    }
    if (code == AULA_OK) {
        code = read_at(source, offset, number, sizeof number, err);
    }
    if (code == AULA_OK) {
        container->manifest_size = get_le32(number);
        offset += LENGTH_BYTES;
        code = check_length(container->manifest_size, MANIFEST_BYTES_MAX,
                            offset, source, "manifest", err);
    }
    container->files_offset = offset + container->manifest_size;
    return code;
}

/* Memory for `size` bytes and what stands at `offset`; room for one more, so
 * that no bytes are memory too. */
static enum aula_code load(uint8_t **bytes,
                           const struct container_source *source,
                           uint64_t offset, size_t size, struct aula_error *err)
{
    *bytes = malloc(size + 1);
    if (*bytes == NULL) {
        return aula_fail(err, AULA_MEMORY, "container: out of memory");
    }
    return read_at(source, offset, *bytes, size, err);
}

static enum aula_code check_sum(const struct container *container,
                                struct aula_error *err)
{
    uint64_t left = container->source.size - container->files_offset;

    if (left < container->manifest.files_size) {
        return aula_fail(err, AULA_TRUNCATED, "container: files are cut off");
    }
    if (left > container->manifest.files_size) {
        return aula_fail(err, AULA_TRAILING_BYTES,
                         "container: bytes behind the last file");
    }
    return AULA_OK;
}

/* The bytes of package and manifest, not looked into. */
static enum aula_code load_parts(struct container *container,
                                 struct aula_error *err)
{
    enum aula_code code = load(&container->package_bytes, &container->source,
                               CONTAINER_HEAD_BYTES, container->package_size,
                               err);

    if (code == AULA_OK) {
        code = load(&container->manifest_bytes, &container->source,
                    container->files_offset - container->manifest_size,
                    container->manifest_size, err);
    }
    return code;
}

static enum aula_code open_parts(struct container *container,
                                 const uint8_t *office_key,
                                 struct aula_error *err)
{
    struct package package = {0};
    struct manifest manifest = {0};
    enum aula_code code = package_open(&package, office_key,
                                       container->package_bytes,
                                       container->package_size, err);

    if (code == AULA_OK) {
        code = manifest_open(&manifest, package.content_hash,
                             container->manifest_bytes,
                             container->manifest_size, err);
    }
    container->package = package;
    container->manifest = manifest;
    return code == AULA_OK ? check_sum(container, err) : code;
}

enum aula_code
container_open(struct container *container,
               const uint8_t office_key[static SIGN_PUBLIC_BYTES],
               const struct container_source *source, struct aula_error *err)
{
    struct container made = {.source = *source};
    enum aula_code code = read_lengths(&made, err);

    *container = (struct container){0};
    if (code == AULA_OK) {
        code = load_parts(&made, err);
    }
    if (code == AULA_OK) {
        code = open_parts(&made, office_key, err);
    }
    if (code != AULA_OK) {
        container_close(&made);
        return code;
    }
    *container = made;
    return AULA_OK;
}

void container_close(struct container *container)
{
    if (container != NULL) {
        package_close(&container->package);
        manifest_close(&container->manifest);
        free(container->package_bytes);
        free(container->manifest_bytes);
        *container = (struct container){0};
    }
}
