/* SPDX-License-Identifier: Apache-2.0 */
/* Everything that can be checked without the office: see recover.h. */
#include "recover.h"

#include <stdlib.h>
#include <string.h>

#include "pool.h"
#include "terminal_inside.h"

enum { BLOCK_RECORDS = 256 };

/* Records on their way to all cores. */
struct verifying {
    struct record_election election;
    struct pool *pool;
    struct record_claim claims[BLOCK_RECORDS];
    uint8_t *copies[BLOCK_RECORDS];
    uint64_t seqs[BLOCK_RECORDS];
    size_t count;
    uint64_t checked;
};

static void empty(struct verifying *verifying)
{
    for (size_t i = 0; i < verifying->count; i++) {
        free(verifying->copies[i]);
    }
    verifying->count = 0;
}

static enum aula_code check_block(struct verifying *verifying,
                                  struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    record_check_list(verifying->pool, &verifying->election, verifying->claims,
                      verifying->count);
    for (size_t i = 0; code == AULA_OK && i < verifying->count; i++) {
        code = verifying->claims[i].code;
        if (code != AULA_OK) {
            (void)aula_fail(err, code, "record %llu: %s",
                            (unsigned long long)verifying->seqs[i],
                            aula_code_name(code));
        }
        verifying->checked += code == AULA_OK ? 1 : 0;
    }
    empty(verifying);
    return code;
}

static enum aula_code take(void *context, const struct store_record *row,
                           struct aula_error *err)
{
    struct verifying *verifying = context;
    uint8_t *copy = malloc(row->size + 1);

    if (copy == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory for a record");
    }
    memcpy(copy, row->bytes, row->size);
    verifying->claims[verifying->count] =
        (struct record_claim){.bytes = copy, .size = row->size};
    verifying->copies[verifying->count] = copy;
    verifying->seqs[verifying->count++] = row->seq;
    return verifying->count == BLOCK_RECORDS ? check_block(verifying, err)
                                             : AULA_OK;
}

static enum aula_code verify(struct verifying *verifying,
                             struct terminal *terminal, struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    verifying->election =
        (struct record_election){.package = &terminal->package,
                                 .key = terminal->ballot_key,
                                 .certificates = &terminal->certificate,
                                 .certificate_count = 1};
    if (terminal->chain.seq > 0) {
        code = store_walk_records(terminal->store, 1, terminal->chain.seq, take,
                                  verifying, err);
    }
    return code == AULA_OK ? check_block(verifying, err) : code;
}

enum aula_code recover_verify(struct terminal *terminal, uint64_t *checked,
                              struct aula_error *err)
{
    struct verifying *verifying;
    enum aula_code code = terminal_may(terminal, TERMINAL_DO_VERIFY, err);

    if (code == AULA_OK) {
        code = store_check(terminal->store, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    verifying = calloc(1, sizeof *verifying);
    if (verifying == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory to verify");
    }
    code = pool_open(&verifying->pool, 0, err);
    if (code == AULA_OK) {
        code = verify(verifying, terminal, err);
    }
    if (checked != NULL) {
        *checked = verifying->checked;
    }
    empty(verifying);
    pool_close(verifying->pool);
    free(verifying);
    return code;
}
