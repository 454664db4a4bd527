/* SPDX-License-Identifier: Apache-2.0 */
/* The manifest of an election's content (PROTOCOL.md section 4.1): which files
 * people see, each by path, size and hash. The package fixes the manifest, the
 * manifest fixes the files.
 *
 * A manifest is a list of rows, strictly ascending by path as byte string.
 * manifest_open gives them as a view into the caller's bytes; manifest_make
 * puts the bytes together from such rows.
 */
#ifndef AULA_MANIFEST_H
#define AULA_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "hash.h"

enum {
    MANIFEST_FILES_MAX = 20000,
    MANIFEST_PATH_MAX = 120, /* bytes */
    MANIFEST_FILE_BYTES_MAX = 8 * 1024 * 1024,
    MANIFEST_BYTES_MAX = 4 + MANIFEST_FILES_MAX * (2 + MANIFEST_PATH_MAX + 40)
};

struct manifest_row {
    const char *path; /* without a NUL at its end */
    size_t path_size; /* bytes */
    uint64_t size;    /* of the file, bytes */
    uint64_t offset;  /* of the file when all stand back to back in order */
    uint8_t hash[HASH_BYTES]; /* H32("content-file", bytes) */
};

struct manifest {
    struct manifest_row *rows; /* ascending by path */
    size_t count;
    uint64_t files_size; /* of all files together, bytes */
};

/** May a file of the content have this path? 1..MANIFEST_PATH_MAX bytes of
 *  `a-z 0-9 . _ - /`, no component empty or of dots only, not "manifest.bin".
 */
bool manifest_is_path(const char *path, size_t size);

/** H32("content-file", bytes): the hash of a row. */
void manifest_hash_file(uint8_t hash[static HASH_BYTES], const uint8_t *bytes,
                        size_t size);

/** H32("content", manifest): the content_hash of a package. */
void manifest_hash(uint8_t content_hash[static HASH_BYTES],
                   const uint8_t *bytes, size_t size);

/** Put a manifest together.
 *
 *  Returns: AULA_OK
 *           AULA_TOO_LARGE         above MANIFEST_FILES_MAX files, or a file
 *                                  above MANIFEST_FILE_BYTES_MAX
 *           AULA_CONTENT_MANIFEST  a path that may not be, stands twice or
 *                                  below another file, or no election.json
 *           AULA_MEMORY            no memory
 *  Out:     bytes   `*size` bytes; NULL and 0 on failure
 *           rows    sorted by path and their offsets set, so that files can be
 *                   written in this order; on failure in any order
 *  In:      rows    path, size and hash of each file, in any order
 *  Owner:   the caller frees `*bytes`; nothing else is kept
 */
AULA_MUST_CHECK enum aula_code manifest_make(uint8_t **bytes, size_t *size,
                                             struct manifest_row *rows,
                                             size_t count,
                                             struct aula_error *err);

/** Check a whole manifest and read it.
 *
 *  Returns: AULA_OK, or the first failed check of section 4.1
 *           AULA_CONTENT_MANIFEST  not the manifest of that hash, a row that
 *                                  does not fit, a path, order, bytes left, a
 *                                  path below another, no election.json
 *           AULA_TOO_LARGE         more files than there may be, or a larger
 *           AULA_MEMORY            no memory
 *  Out:     manifest      all zero on failure
 *  In:      content_hash  of a package that the caller trusts
 *           bytes         `size` bytes from outside; may be NULL when size is 0
 *  Owner:   manifest_close frees the rows; `bytes` stay the caller's, and the
 *           paths point into them
 */
AULA_MUST_CHECK enum aula_code
manifest_open(struct manifest *manifest,
              const uint8_t content_hash[static HASH_BYTES],
              const uint8_t *bytes, size_t size, struct aula_error *err);

/** Free what manifest_open made. Accepts NULL and a manifest all zero. */
void manifest_close(struct manifest *manifest);

/** The row of a path, or NULL when the content has no such file. */
const struct manifest_row *manifest_find(const struct manifest *manifest,
                                         const char *path, size_t path_size);

/** Is this the file of that row?
 *
 *  Returns: AULA_OK, or AULA_CONTENT_FILE when size or hash differs
 *  In:      bytes  `size` bytes; may be NULL when size is 0
 */
AULA_MUST_CHECK enum aula_code
manifest_check_file(const struct manifest_row *row, const uint8_t *bytes,
                    size_t size, struct aula_error *err);

#endif
