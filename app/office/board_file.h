/* SPDX-License-Identifier: Apache-2.0 */
/* Files of a board, read whole or in pieces.
 *
 * A file may be of any length, for whoever made it may be hostile. A reader
 * that knows the longest lawful one takes one byte more at most: the checks of
 * PROTOCOL.md then name the same fault as they would for the whole.
 */
#ifndef AULA_BOARD_FILE_H
#define AULA_BOARD_FILE_H

#include "board.h"

/* A file that is read in pieces. */
struct board_pieces {
    int file; /* -1: none */
    uint64_t size;
    const char *path; /* for messages; must outlive it */
};

/** Open a regular file; no link, pipe or device is followed or waited for.
 *
 *  Returns: AULA_OK or AULA_IO
 *  Owner:   board_pieces_close, also after a failure
 */
AULA_MUST_CHECK enum aula_code board_pieces_open(struct board_pieces *pieces,
                                                 const char *path,
                                                 struct aula_error *err);
void board_pieces_close(struct board_pieces *pieces);

/** Read exactly `size` bytes at an offset; may be called from any thread.
 *
 *  Returns: AULA_OK, or AULA_IO (it became shorter, or cannot be read)
 */
AULA_MUST_CHECK enum aula_code
board_pieces_read(const struct board_pieces *pieces, uint64_t offset,
                  uint8_t *out, size_t size, struct aula_error *err);

/** Read folder/path, or the first `size_max` + 1 bytes of it.
 *
 *  Returns: AULA_OK, AULA_IO, AULA_MEMORY, AULA_BAD_FIELD (path too long)
 *  Out:     file  on success only
 *  Owner:   free(file->bytes)
 */
AULA_MUST_CHECK enum aula_code
board_file_read(struct board_file *file, const char *folder, const char *path,
                size_t size_max, struct aula_error *err);

#endif
