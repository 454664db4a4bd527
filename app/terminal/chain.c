/* SPDX-License-Identifier: Apache-2.0 */
/* See chain.h. */
#include "chain.h"

#include <string.h>

#include "witness.h"

void chain_start(struct chain *chain, const struct package *package,
                 const uint8_t tid[static TERMINAL_ID_BYTES])
{
    *chain = (struct chain){0};
    witness_chain_start(chain->hash, package->hash, tid);
}

static void add_ballot(struct chain *chain, const struct record *record)
{
    chain->vote_time = record->time;
    chain->ballot_seq = record->seq;
    if (record->kind == RECORD_CAST) {
        chain->cast++;
        chain->total_cast++;
    } else {
        chain->challenged++;
        chain->total_challenged++;
    }
}

static void add_opened(struct chain *chain, const struct record *record)
{
    chain->vote_time = record->time;
    chain->is_open = true;
    chain->is_early = false;
    chain->opened_seq = record->seq;
    chain->opened_time = record->time;
    chain->cast = 0;
    chain->challenged = 0;
}

static void add_closed(struct chain *chain, const struct record *record,
                       const uint8_t *hash)
{
    chain->is_open = false;
    chain->closed_seq = record->seq;
    chain->closed_time = record->time;
    memcpy(chain->closed_hash, hash, HASH_BYTES);
    chain->ballot_seq = 0;
}

enum aula_code chain_add(struct chain *chain,
                         const uint8_t tid[static TERMINAL_ID_BYTES],
                         const struct record *record,
                         const uint8_t hash[static HASH_BYTES],
                         struct aula_error *err)
{
    if (record->seq != chain->seq + 1 ||
        memcmp(record->tid, tid, TERMINAL_ID_BYTES) != 0 ||
        memcmp(record->prev, chain->hash, HASH_BYTES) != 0) {
        return aula_fail(err, AULA_STORE_DAMAGED,
                         "record %llu does not continue the chain",
                         (unsigned long long)chain->seq + 1);
    }
    chain->seq = record->seq;
    chain->any_time = record->time;
    memcpy(chain->hash, hash, HASH_BYTES);
    switch (record->kind) {
    case RECORD_CAST:
    case RECORD_CHALLENGED:
        add_ballot(chain, record);
        break;
    case RECORD_OPENED:
        add_opened(chain, record);
        break;
    case RECORD_CLOSED:
        add_closed(chain, record, hash);
        break;
    case RECORD_EVENT:
        chain->is_early = chain->is_early ||
                          record->event == RECORD_EARLY_CLOSE;
        break;
    }
    return AULA_OK;
}
