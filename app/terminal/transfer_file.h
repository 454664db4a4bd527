/* SPDX-License-Identifier: Apache-2.0 */
/* The file of one batch on a stick; shared by export and recovery. Not for use
 * outside of this folder. */
#ifndef AULA_TRANSFER_FILE_H
#define AULA_TRANSFER_FILE_H

#include "file.h"
#include "terminal_inside.h"
#include "transfer.h"

struct transfer_file {
    crypto_generichash_state state; /* of what was written */
    struct file_writer *writer;
    uint64_t size;
    bool is_new; /* as in the plan */
    char path[PLACE_BYTES];
};

/* What a batch is going to hold. */
struct transfer_plan {
    struct store_export made; /* without its hash */
    uint32_t count;
    uint32_t kinds[BATCH_KINDS];
    uint64_t bytes; /* of all records */
    bool is_new;    /* nothing may stand at the name */
};

/** The highest number of a batch of this terminal in a folder.
 *
 *  Returns: AULA_OK, or AULA_IO (the folder cannot be read)
 *  Out:     number  0: there is none
 */
AULA_MUST_CHECK enum aula_code
transfer_file_highest(uint32_t *number, const struct terminal *terminal,
                      const char *folder, struct aula_error *err);

/** Write a batch beside its name, flush it, read it back.
 *
 *  Returns: AULA_OK
 *           AULA_STATE  the plan is new, and its name is taken
 *           AULA_BATCH_SEAL, AULA_TOO_LARGE, AULA_FULL, AULA_IO,
 *           AULA_STORE_DAMAGED, AULA_MEMORY
 *  Out:     done    number, range, counts, hash and name
 *  In:      source  gives the records of the plan
 *  Owner:   transfer_file_commit or transfer_file_abort ends it
 */
AULA_MUST_CHECK enum aula_code
transfer_file_write(struct transfer_file *file, struct transfer_done *done,
                    const struct terminal *terminal, const char *folder,
                    const struct transfer_plan *plan,
                    const struct batch_source *source, struct aula_error *err);

/** Give it its name, and flush the folder.
 *
 *  Returns: AULA_OK, AULA_FULL, AULA_IO; AULA_STATE where the plan was new and
 *           its name is taken, and what has it is untouched
 */
AULA_MUST_CHECK enum aula_code transfer_file_commit(struct transfer_file *file,
                                                    struct aula_error *err);
void transfer_file_abort(struct transfer_file *file);

#endif
