/* SPDX-License-Identifier: Apache-2.0 */
/* See terminal_witness.h. The records are hashed here as bytes; what they say
 * is checked by record.json. */
#include "terminal_witness.h"

#include <string.h>

#include "witness.h"

enum { RECORDS_MAX = 32 };

struct state {
    const struct world *world;
    size_t record_count;
    uint8_t hashes[RECORDS_MAX + 1][HASH_BYTES]; /* 0: the chain start */
};

static const uint8_t *own_key(const struct state *state)
{
    return state->world->terminals[0].secret + SIGN_SEED_BYTES;
}

/* Chain start and hashes: computed, and as the file says them. */
static void check_hashes(struct trial *trial, const json_t *object,
                         struct state *state)
{
    const json_t *records = field_list(trial, object, "records");
    const json_t *hashes = field_list(trial, object, "hashes");
    uint8_t expected[HASH_BYTES];

    if (json_array_size(records) > RECORDS_MAX) {
        trial_fail(trial, "records: expected fewer");
        return;
    }
    state->record_count = json_array_size(records);
    witness_chain_start(state->hashes[0], state->world->package.hash,
                        state->world->terminals[0].certificate.tid);
    field_fixed(trial, object, "chain_start", expected, sizeof expected);
    trial_expect_bytes(trial, "chain_start", expected, sizeof expected,
                       state->hashes[0], HASH_BYTES);
    for (size_t i = 0; i < state->record_count; i++) {
        struct span record = list_bytes(trial, records, i);

        hash_bytes(state->hashes[i + 1], "record", record.bytes, record.size);
        list_fixed(trial, hashes, i, expected, sizeof expected);
        trial_expect_bytes(trial, "hashes", expected, sizeof expected,
                           state->hashes[i + 1], HASH_BYTES);
    }
}

static void check_files(struct trial *trial, const json_t *object,
                        void *context)
{
    struct state *state = context;
    const json_t *files = field_list(trial, object, "files");

    (void)field_number(trial, object, "terminal", 0);
    check_hashes(trial, object, state);
    trial_expect_number(trial, "files", state->record_count + 1,
                        json_array_size(files));
    for (size_t i = 0; i <= state->record_count && !trial_is_bad(trial); i++) {
        struct span file = list_bytes(trial, files, i);
        struct witness witness = {i, {0}};
        struct witness found = {0};
        uint8_t made[WITNESS_BYTES];

        trial_at(trial, "files[%zu]", i);
        memcpy(witness.hash, state->hashes[i], HASH_BYTES);
        witness_make(made, &state->world->package,
                     state->world->terminals[0].secret, &witness);
        trial_expect_bytes(trial, "witness", file.bytes, file.size, made,
                           sizeof made);
        trial_expect_code(trial, AULA_OK,
                          witness_check(&found, &state->world->package,
                                        own_key(state), file.bytes, file.size,
                                        NULL));
        trial_expect_number(trial, "seq", i, found.seq);
    }
}

static void check_bad(struct trial *trial, const json_t *row, void *context)
{
    struct state *state = context;
    enum aula_code error = field_error(trial, row, "error");
    struct span file = field_bytes(trial, row, "object");
    struct witness found;

    trial_expect_code(trial, error,
                      witness_check(&found, &state->world->package,
                                    own_key(state), file.bytes, file.size,
                                    NULL));
}

/* The witness under a key; NULL when it is null or fails its checks. That the
 * key is there has to be asked: all nulls of a file are one value. */
static const struct witness *read_witness(struct trial *trial,
                                          const struct state *state,
                                          const json_t *row, const char *key,
                                          struct witness *found)
{
    struct span file;

    if (json_is_null(json_object_get(row, key))) {
        source_mark(trial->source, json_object_get(row, key));
        return NULL;
    }
    file = field_bytes(trial, row, key);
    return witness_check(found, &state->world->package, own_key(state),
                         file.bytes, file.size, NULL) == AULA_OK
               ? found
               : NULL;
}

static const uint8_t *hash_at(const struct state *state,
                              const struct witness *witness)
{
    return witness != NULL && witness->seq <= state->record_count
               ? state->hashes[witness->seq]
               : NULL;
}

static void check_start(struct trial *trial, const json_t *row, void *context)
{
    struct state *state = context;
    enum aula_code error = field_error(trial, row, "error");
    struct witness found;
    const struct witness *witness = read_witness(trial, state, row, "witness",
                                                 &found);
    uint64_t last = field_number(trial, row, "store_records",
                                 state->record_count);

    if (trial_is_bad(trial)) {
        return;
    }
    trial_expect_code(trial, error,
                      witness_compare(witness, last, hash_at(state, witness),
                                      NULL));
}

static void check_head(struct trial *trial, const json_t *row, void *context)
{
    struct state *state = context;
    enum aula_code error = field_error(trial, row, "error");
    struct witness found;
    const struct witness *copy = read_witness(trial, state, row, "head",
                                              &found);
    uint64_t last = field_number(trial, row, "store_records",
                                 state->record_count);

    if (trial_is_bad(trial)) {
        return;
    }
    trial_expect_code(trial, error,
                      witness_compare_copy(copy, last, hash_at(state, copy),
                                           NULL));
}

void terminal_witness(struct source *source, const struct world *world)
{
    struct state state = {.world = world};

    source_single(source, "witness", check_files, &state);
    source_each(source, "bad_witnesses", check_bad, &state);
    source_each(source, "witness_start", check_start, &state);
    source_each(source, "stick_heads", check_head, &state);
}
