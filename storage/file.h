/* SPDX-License-Identifier: Apache-2.0 */
/* Whole files, read with suspicion and written to last.
 *
 * 1. Only regular files are read: no link, device or pipe under a name of ours
 *    is followed or waited for, and none is read past its bound.
 * 2. A file that is written becomes visible complete or not at all: it is
 *    written as `<path>.part`, flushed, renamed, and its folder is flushed.
 * 3. A failure leaves nothing behind, and what stood at the path still stands.
 *
 * Messages name the path and the reason, never a content.
 */
#ifndef AULA_FILE_H
#define AULA_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"

/** Which code a number of errno means: AULA_FULL (ENOSPC, EDQUOT, EFBIG),
 *  AULA_MEMORY (ENOMEM) or AULA_IO. */
enum aula_code file_code_of(int number);

/** Read a whole file.
 *
 *  Returns: AULA_OK
 *           AULA_IO         there is none, it cannot be read, or it is no
 *                           regular file
 *           AULA_TOO_LARGE  longer than `size_max`; nothing was read
 *           AULA_MEMORY
 *  Out:     bytes, size  on success only; a NUL stands behind the bytes
 *  Owner:   free(bytes)
 */
AULA_MUST_CHECK enum aula_code file_read(uint8_t **bytes, size_t *size,
                                         const char *path, size_t size_max,
                                         struct aula_error *err);

/** The same for what is secret.
 *
 *  Owner:   sodium_free(bytes)
 */
AULA_MUST_CHECK enum aula_code file_read_secret(uint8_t **bytes, size_t *size,
                                                const char *path,
                                                size_t size_max,
                                                struct aula_error *err);

/** Write a whole file, in place of one that may be there.
 *
 *  Returns: AULA_OK    complete, named and flushed to the device
 *           AULA_FULL  no space; nothing is left behind
 *           AULA_IO    any other failure; nothing is left behind
 *           AULA_MEMORY
 *  In:      mode  of a new file, 0600 or 0644
 */
AULA_MUST_CHECK enum aula_code file_write(const char *path, const void *bytes,
                                          size_t size, unsigned mode,
                                          struct aula_error *err);

/** The same where nothing may stand at the path.
 *
 *  Returns: as file_write, and AULA_STATE when something stands there; it is
 *           untouched
 */
AULA_MUST_CHECK enum aula_code file_write_new(const char *path,
                                              const void *bytes, size_t size,
                                              unsigned mode,
                                              struct aula_error *err);

/* A file that is being written piece by piece, with the same promises. */
struct file_writer;

/** Begin.
 *
 *  Returns: AULA_OK, AULA_FULL, AULA_IO or AULA_MEMORY
 *  Out:     writer  NULL on failure
 *  Owner:   file_writer_commit or file_writer_abort ends it
 */
AULA_MUST_CHECK enum aula_code file_writer_open(struct file_writer **writer,
                                                const char *path, unsigned mode,
                                                struct aula_error *err);

/** Returns: AULA_OK, AULA_FULL or AULA_IO; then only abort is left. */
AULA_MUST_CHECK enum aula_code file_writer_put(struct file_writer *writer,
                                               const void *bytes, size_t size,
                                               struct aula_error *err);

enum { FILE_HASH_BYTES = 32 };

/** Flush, and read back past the cache, before it has its name (see
 *  file_read_back).
 *
 *  Returns: AULA_OK; AULA_FULL, AULA_IO: then only abort is left
 */
AULA_MUST_CHECK enum aula_code
file_writer_read_back(struct file_writer *writer,
                      const uint8_t hash[static FILE_HASH_BYTES], uint64_t size,
                      struct aula_error *err);

/** Flush, name, flush the folder. The writer is gone, whatever the result.
 *
 *  Returns: AULA_OK, AULA_FULL, AULA_IO; with `is_new` AULA_STATE when
 *           something stands at the path
 */
AULA_MUST_CHECK enum aula_code file_writer_commit(struct file_writer *writer,
                                                  bool is_new,
                                                  struct aula_error *err);

/** Take back what was written. Accepts NULL. */
void file_writer_abort(struct file_writer *writer);

/** Make a folder, mode 0700 where it is private; one that is there is fine.
 *
 *  Returns: AULA_OK, AULA_FULL, AULA_IO (also when something else stands there)
 */
AULA_MUST_CHECK enum aula_code
file_make_folder(const char *path, bool is_private, struct aula_error *err);

/** Does a flushed file read back as it was written, past the cache?
 *
 *  Returns: AULA_OK, or AULA_IO (it cannot be read, holds something else, or is
 *           no regular file)
 *  In:      hash  BLAKE2b-256 of what was written, `size` bytes
 */
AULA_MUST_CHECK enum aula_code
file_read_back(const char *path, const uint8_t hash[static FILE_HASH_BYTES],
               uint64_t size, struct aula_error *err);

/** Give a file or folder another name on the same device, in one step, and
 *  flush both folders. Nothing may stand at the new path.
 *
 *  Returns: AULA_OK
 *           AULA_STATE  something stands there; nothing was moved
 *           AULA_FULL, AULA_IO, AULA_MEMORY
 */
AULA_MUST_CHECK enum aula_code file_move(const char *from, const char *to,
                                         struct aula_error *err);

/** Remove a file and flush its folder; none is fine.
 *
 *  Returns: AULA_OK, AULA_IO or AULA_MEMORY
 */
AULA_MUST_CHECK enum aula_code file_remove(const char *path,
                                           struct aula_error *err);

#endif
