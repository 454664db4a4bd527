/* SPDX-License-Identifier: Apache-2.0 */
/* Carrying records to the office: one batch on a stick (PROTOCOL.md section
 * 10), read back past the cache before anyone is told that it is there. */
#ifndef AULA_TRANSFER_H
#define AULA_TRANSFER_H

#include "batch.h"
#include "terminal.h"

struct transfer {
    uint32_t number;   /* 0: a new one; else that number again */
    bool is_increment; /* a new one: only what the last one does not hold */
};

struct transfer_done {
    uint32_t number;
    uint64_t first_seq;
    uint64_t last_seq;
    uint32_t count;
    uint32_t kinds[BATCH_KINDS];
    uint8_t hash[HASH_BYTES];
    char name[BATCH_NAME_BYTES];
};

/** Export into a folder.
 *
 *  Returns: AULA_OK           the file is complete, flushed, and read back; a
 *                             copy of the witness lies beside it; event 5 is
 *                             recorded
 *           AULA_STATE        not ready; must be confirmed; no such number; or
 *                             the number is new here and its file is on the
 *                             stick, untouched: the number is still free
 *           AULA_STORE_BEHIND, AULA_STORE_FORK  the witness copy on the stick
 *                             knows of records that are not here: the chain
 *                             has ended
 *           AULA_FULL         the stick (or the terminal's disk) is full
 *           AULA_IO           not written, or not read back as it was written
 *           AULA_TOO_LARGE    more than a batch may hold: export increments
 *           AULA_STORE_DAMAGED, AULA_MEMORY
 *  Whatever fails, no file of the stick bears a batch's name that was not read
 *  back whole, and a batch that was there is there, or a whole copy of the same
 *  number. The copy of the witness may be newer than before. A number is taken
 *  once its batch was read back; when only its name or event 5 fails then,
 *  export that number again: the file may be there already.
 *  Out:     done    on success only
 *  In:      folder  of a mounted stick
 */
AULA_MUST_CHECK enum aula_code transfer_export(struct terminal *terminal,
                                               struct transfer_done *done,
                                               const char *folder,
                                               const struct transfer *transfer,
                                               struct aula_error *err);

#endif
