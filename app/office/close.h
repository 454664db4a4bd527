/* SPDX-License-Identifier: Apache-2.0 */
/* Closing an election at the office (PROTOCOL.md 11.4): what the archive holds
 * is frozen, counted, signed and written as a board.
 *
 *   close_open    read everything, and compute the closing; changes nothing
 *   close_sign    sign it, once for all
 *   close_write   write the board, up to closing.bin
 *   close_forget  destroy the tag key
 *
 * 1. An office signs one closing. It is kept as closing.bin in the election's
 *    folder before the board is written; another run writes the same board
 *    again as long as records, rulings, lists and registers are the same, and
 *    refuses when they are not: two closings that differ by one ballot would
 *    tell that ballot.
 * 2. A board is there whole or not at all: it is written as BOARD.part and gets
 *    its name last. What a run that was cut off has left there is used again
 *    where it is of the same closing.
 * 3. The records that are published carry tags, so what is public can be
 *    checked. What stays behind is the tag key: without it no tag says who it
 *    is. It is destroyed here (7.1), as the terminals destroy theirs; a list of
 *    those who voted elsewhere can be made no more.
 * 4. Records are read one at a time, so that their number does not matter.
 */
#ifndef AULA_CLOSE_H
#define AULA_CLOSE_H

#include "container.h"
#include "filesource.h"
#include "progress.h"
#include "status.h"

#define CLOSE_FILE "closing.bin"

struct close {
    const struct desk_election *election;
    struct status status;
    struct archive *archive;
    struct filesource file;
    struct container content;
    struct closing closing;
    uint8_t *bytes; /* closing.bin; NULL before it is signed */
    size_t size;
    bool was_signed; /* by an earlier run */
};

/** Read archive, registers, rulings, lists and content, and compute the
 *  closing.
 *
 *  Returns: AULA_OK
 *           AULA_CLOSING_EARLY     the voting is not over
 *           AULA_STATE             no register.bin; a terminal that is in no
 *                                  register, or of which no certificate is
 *                                  known; nothing was imported
 *           AULA_CLOSING_MISMATCH  another closing was signed before
 *           codes of status_read, container_open, container_check_all,
 *           archive_open, counting_closing and closing_check
 *  Out:     close  to be ended whatever the result; it stays where it is, for
 *                  parts of it point to others
 *  In:      content  path of the container; NULL: DESK_CONTENT of the election
 *           now      of the office's clock
 *  Owner:   close_end; election stays until then
 */
AULA_MUST_CHECK enum aula_code close_open(struct close *close,
                                          const struct desk_election *election,
                                          const char *content, uint64_t now,
                                          struct aula_error *err);
void close_end(struct close *close);

/** Sign the closing and keep it, unless that was done before.
 *
 *  Returns: AULA_OK, AULA_MEMORY, or a code of file_write; AULA_STATE: another
 *           run was quicker
 *  In:      office  signing key of the office, secret
 */
AULA_MUST_CHECK enum aula_code
close_sign(struct close *close, const uint8_t office[static SIGN_SECRET_BYTES],
           struct aula_error *err);

/** Write the board; after close_sign.
 *
 *  Returns: AULA_OK
 *           AULA_STATE  something stands at `board`, or BOARD.part is not of
 *                       this closing
 *           codes of file_write, container_read_row, archive_each_record;
 *           what was written stays as BOARD.part, for another run
 *  In:      progress  started
 */
AULA_MUST_CHECK enum aula_code close_write(struct close *close,
                                           const char *board,
                                           struct progress *progress,
                                           struct aula_error *err);

/** Nothing may stand where a board is to come.
 *
 *  Returns: AULA_OK or AULA_STATE
 */
AULA_MUST_CHECK enum aula_code close_check_place(const char *board,
                                                 struct aula_error *err);

/** Destroy the tag key of the election; none is fine.
 *
 *  Returns: AULA_OK, or a code of file_remove
 */
AULA_MUST_CHECK enum aula_code close_forget(const struct close *close,
                                            struct aula_error *err);

#endif
