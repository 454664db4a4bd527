/* SPDX-License-Identifier: Apache-2.0 */
/* The container of an election (PROTOCOL.md section 4.1): package, manifest and
 * all files of the content in one file `<name>.aula`.
 *
 * It may have 512 MiB on a slow stick, so it is read piece by piece through a
 * source and written through a sink. Opening reads and checks head, package and
 * manifest and no file; a file is checked when it is asked for, before its
 * first byte is handed out.
 *
 * Invariant: what container_open accepted, and no more, is trusted; the source
 * may change its bytes later, and a file then fails its own check.
 */
#ifndef AULA_CONTAINER_H
#define AULA_CONTAINER_H

#include "manifest.h"
#include "package.h"

enum { CONTAINER_HEAD_BYTES = 9, CONTAINER_BYTES_MAX = 512 * 1024 * 1024 };

/* Where the bytes of a container come from. */
struct container_source {
    /* Read exactly `size` bytes at `offset`, which is within `size` below;
     * false when they cannot be had. */
    bool (*read)(void *context, uint64_t offset, uint8_t *out, size_t size);
    void *context;
    uint64_t size; /* of the whole container, bytes */
};

/* Where they go. */
struct container_sink {
    /* Append `size` bytes: AULA_OK, or the sink's own code with err filled. */
    enum aula_code (*write)(void *context, const uint8_t *bytes, size_t size,
                            struct aula_error *err);
    void *context;
};

struct container {
    struct container_source source;
    uint64_t files_offset; /* of the first file */
    uint8_t *package_bytes;
    size_t package_size;
    uint8_t *manifest_bytes;
    size_t manifest_size;
    struct package package;
    struct manifest manifest;
};

/** Check head, lengths, package and manifest of a container.
 *
 *  Returns: AULA_OK, or the first failed check of section 4.1:
 *           AULA_TOO_LARGE, AULA_TRUNCATED, AULA_BAD_MAGIC, AULA_BAD_VERSION,
 *           those of package_open, those of manifest_open, then AULA_TRUNCATED
 *           or AULA_TRAILING_BYTES by the sum of the files
 *           AULA_IO      the source could not be read
 *           AULA_MEMORY  no memory
 *  Out:     container   all zero on failure
 *  In:      office_key  the office's key as the caller knows it
 *           source      copied; its context is used until container_close
 *  Owner:   container_close frees what it holds
 */
AULA_MUST_CHECK enum aula_code
container_open(struct container *container,
               const uint8_t office_key[static SIGN_PUBLIC_BYTES],
               const struct container_source *source, struct aula_error *err);

/** Free what container_open made. Accepts NULL and a container all zero. */
void container_close(struct container *container);

/** Read one file and check it.
 *
 *  Returns: AULA_OK
 *           AULA_CONTENT_FILE  there is no file of that path, or its bytes are
 *                              not those of the manifest
 *           AULA_IO            the source could not be read
 *           AULA_MEMORY        no memory
 *  Out:     bytes  `*size` bytes, never NULL on success; NULL and 0 on failure
 *  In:      path   NUL-terminated
 *  Owner:   the caller frees `*bytes`
 */
AULA_MUST_CHECK enum aula_code container_file(const struct container *container,
                                              uint8_t **bytes, size_t *size,
                                              const char *path,
                                              struct aula_error *err);

/** The same for a row of this container's manifest, into the caller's memory.
 *
 *  Returns: AULA_OK, AULA_CONTENT_FILE or AULA_IO
 *  Out:     out  row->size bytes; zeros on failure
 */
AULA_MUST_CHECK enum aula_code
container_read_row(const struct container *container, uint8_t *out,
                   const struct manifest_row *row, struct aula_error *err);

/** Read and check all files in manifest order.
 *
 *  Returns: AULA_OK, AULA_CONTENT_FILE, AULA_IO or AULA_MEMORY
 */
AULA_MUST_CHECK enum aula_code
container_check_all(const struct container *container, struct aula_error *err);

/* A container that is memory, as the context of a source. */
struct container_memory {
    const uint8_t *bytes;
    size_t size;
};

/** A source that reads from `memory`, which must outlive it. */
struct container_source
container_memory_source(struct container_memory *memory);

/* A container that is being written. */
struct container_writer {
    struct container_sink sink;
    const struct manifest_row *rows;
    size_t count;
    size_t next; /* row whose file is due */
};

/** Begin a container: head, package and manifest.
 *
 *  Returns: AULA_OK
 *           AULA_TOO_LARGE  package above PACKAGE_BYTES_MAX, or the whole above
 *                           CONTAINER_BYTES_MAX; nothing was written
 *           whatever the sink says
 *  In:      package   `package_size` bytes of a signed package
 *           manifest  `manifest_size` bytes as manifest_make made them
 *           rows      the `count` rows that it left, in its order
 *  Owner:   `rows` and the sink's context stay until the last file is written
 */
AULA_MUST_CHECK enum aula_code
container_write_start(struct container_writer *writer,
                      const struct container_sink *sink, const uint8_t *package,
                      size_t package_size, const uint8_t *manifest,
                      size_t manifest_size, const struct manifest_row *rows,
                      size_t count, struct aula_error *err);

/** Write the file of the next row.
 *
 *  Returns: AULA_OK
 *           AULA_CONTENT_FILE  these bytes are not that file, or all files are
 *                              written; nothing was written
 *           whatever the sink says
 */
AULA_MUST_CHECK enum aula_code
container_write_file(struct container_writer *writer, const uint8_t *bytes,
                     size_t size, struct aula_error *err);

/** Has every file been written? Only then is the container whole. */
bool container_is_written(const struct container_writer *writer);

#endif
