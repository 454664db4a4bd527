/* SPDX-License-Identifier: Apache-2.0 */
/* The second place (PROTOCOL.md 9.2): written after each record, compared at
 * each start and with each stick. */
#include "terminal_inside.h"

#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "bytes.h"
#include "file.h"

static enum aula_code head_path(char path[static PLACE_BYTES],
                                const struct terminal *terminal,
                                const struct package *package,
                                const char *folder, struct aula_error *err)
{
    char name[BATCH_NAME_BYTES];

    batch_head_name(name, package->hash, terminal->tid);
    return place_in(path, folder, name, err);
}

enum aula_code terminal_put_witness(struct terminal *terminal,
                                    const struct package *package,
                                    const struct chain *chain,
                                    const char *folder, struct aula_error *err)
{
    uint8_t file[WITNESS_BYTES];
    char path[PLACE_BYTES];
    struct witness witness = {.seq = chain->seq};
    enum aula_code code = head_path(path, terminal, package, folder, err);

    if (code == AULA_OK) {
        memcpy(witness.hash, chain->hash, HASH_BYTES);
        witness_make(file, package, terminal->secrets->sign, &witness);
        code = file_write(path, file, sizeof file, 0600, err);
    }
    return code;
}

enum aula_code terminal_write_witness(struct terminal *terminal,
                                      struct aula_error *err)
{
    enum aula_code code = terminal_put_witness(terminal, &terminal->package,
                                               &terminal->chain,
                                               terminal->witness, err);

    if (code == AULA_OK) {
        terminal->is_unwitnessed = false;
    }
    return code;
}

/* The hash of a record, of the chain start for 0. */
static enum aula_code hash_of(uint8_t hash[static HASH_BYTES],
                              struct terminal *terminal, uint64_t seq,
                              struct aula_error *err)
{
    struct store_record *row;
    enum aula_code code;

    if (seq == 0 || seq > terminal->chain.seq) {
        witness_chain_start(hash, terminal->package.hash, terminal->tid);
        return AULA_OK;
    }
    row = calloc(1, sizeof *row);
    if (row == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory for a record");
    }
    code = store_read_record(terminal->store, row, seq, err);
    if (code == AULA_OK) {
        memcpy(hash, row->hash, HASH_BYTES);
    }
    free(row);
    return code;
}

/* Returns: false when it is missing or no witness of this terminal */
static bool read_witness(struct witness *witness,
                         const struct terminal *terminal,
                         const struct package *package, const char *folder)
{
    char path[PLACE_BYTES];
    uint8_t *bytes = NULL;
    size_t size = 0;
    bool is_good =
        head_path(path, terminal, package, folder, NULL) == AULA_OK &&
        file_read(&bytes, &size, path, WITNESS_BYTES, NULL) == AULA_OK &&
        bytes != NULL &&
        witness_check(witness, package, terminal->key, bytes, size, NULL) ==
            AULA_OK;

    free(bytes);
    return is_good;
}

uint64_t terminal_witness_seq(const struct terminal *terminal,
                              const struct package *package, const char *folder)
{
    struct witness witness;

    return read_witness(&witness, terminal, package, folder) ? witness.seq : 0;
}

enum aula_code terminal_compare_witness(struct terminal *terminal,
                                        uint64_t *seq, const char *folder,
                                        bool is_copy, struct aula_error *err)
{
    struct witness witness;
    uint8_t found[HASH_BYTES];
    enum aula_code code;

    if (!read_witness(&witness, terminal, &terminal->package, folder)) {
        *seq = 0;
        return is_copy ? AULA_OK
                       : witness_compare(NULL, terminal->chain.seq, NULL, err);
    }
    *seq = witness.seq;
    code = hash_of(found, terminal, witness.seq, err);
    if (code != AULA_OK) {
        return code;
    }
    return is_copy
               ? witness_compare_copy(&witness, terminal->chain.seq, found, err)
               : witness_compare(&witness, terminal->chain.seq, found, err);
}

/* It was found at an earlier start, or by a stick. */
static enum aula_code load_ended(struct terminal *terminal,
                                 struct aula_error *err)
{
    uint8_t *name = NULL;
    size_t size = 0;
    enum aula_code code = store_get_item(terminal->store, &name, &size,
                                         ITEM_ENDED, err);

    if (code == AULA_OK && name != NULL) {
        terminal->ended = strcmp((char *)name,
                                 aula_code_name(AULA_STORE_FORK)) == 0
                              ? AULA_STORE_FORK
                              : AULA_STORE_BEHIND;
    }
    store_free_item(name, size);
    return code;
}

/* Nothing is recorded any more; an export is all that is left. */
enum aula_code terminal_end_chain(struct terminal *terminal, enum aula_code why,
                                  struct aula_error *err)
{
    const char *name = aula_code_name(why);

    terminal->ended = why;
    /* A file that is missing may be a partition that is not mounted: the same
     * head found there again proves that nothing was lost, and nothing was
     * recorded meanwhile. What is behind or forked stays so. */
    if (why == AULA_WITNESS_MISSING || terminal->purpose != TERMINAL_WORK) {
        return AULA_OK;
    }
    return store_put_item(terminal->store, ITEM_ENDED, name, strlen(name), err);
}

enum aula_code terminal_put_unwitnessed(struct terminal *terminal,
                                        struct aula_error *err)
{
    uint8_t bytes[8];

    put_le64(bytes, terminal_witness_seq(terminal, &terminal->package,
                                         terminal->witness));
    return store_put_item(terminal->store, ITEM_UNWITNESSED, bytes,
                          sizeof bytes, err);
}

/* Voting pauses until the second place takes a witness; closing and exporting
 * go on. */
static void go_unwitnessed(struct terminal *terminal)
{
    terminal->is_unwitnessed = true;
    terminal->is_paused = true;
}

/* More than one record is not named there: have staff seen it? */
static enum aula_code load_stale(struct terminal *terminal, uint64_t seq,
                                 struct aula_error *err)
{
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code = store_get_item(terminal->store, &bytes, &size,
                                         ITEM_UNWITNESSED, err);

    if (code == AULA_OK && bytes != NULL && size == 8 &&
        get_le64(bytes) == seq) {
        go_unwitnessed(terminal);
    } else if (code == AULA_OK) {
        terminal->is_stale = true;
    }
    store_free_item(bytes, size);
    return code;
}

static enum aula_code load_head(struct terminal *terminal,
                                struct aula_error *err)
{
    uint64_t seq = 0;
    enum aula_code code =
        terminal_compare_witness(terminal, &seq, terminal->witness, false, err);

    switch (code) {
    case AULA_OK:
        break;
    case AULA_WITNESS_STALE:
        return load_stale(terminal, seq, err);
    case AULA_WITNESS_MISSING:
    case AULA_STORE_BEHIND:
    case AULA_STORE_FORK:
        return terminal_end_chain(terminal, code, err);
    default:
        return code;
    }
    /* The power went between commit and witness. */
    if (terminal->chain.seq > seq && terminal->purpose == TERMINAL_WORK &&
        terminal_write_witness(terminal, NULL) != AULA_OK) {
        go_unwitnessed(terminal);
        terminal_wait(terminal, RECORD_FAULT, AULA_IO);
    }
    return AULA_OK;
}

enum aula_code terminal_load_witness(struct terminal *terminal,
                                     struct aula_error *err)
{
    enum aula_code code = load_ended(terminal, err);

    if (code == AULA_OK && terminal->ended == AULA_OK) {
        code = load_head(terminal, err);
    }
    return code;
}
