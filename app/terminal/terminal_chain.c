/* SPDX-License-Identifier: Apache-2.0 */
/* The chain at a start: every record is read, its signature checked, and the
 * state of the day follows from them. Proofs of ballots are recover_verify's
 * matter: a start must not take minutes.
 *
 * PROTOCOL.md section 9 lets a terminal drop a last record that fails checks 1
 * to 8 after a power cut. Here such a record is STORE_DAMAGED: a record is one
 * transaction on authenticated pages, so a cut leaves it whole or not at all,
 * and one that is there and does not verify was not left by a cut. Nothing is
 * dropped without an official who asked for recovery. */
#include "terminal_inside.h"

#include <string.h>

#include "bytes.h"

static enum aula_code add(void *context, const struct store_record *row,
                          struct aula_error *err)
{
    struct terminal *terminal = context;
    struct record record;
    uint8_t hash[HASH_BYTES];
    enum aula_code code = record_read(&record, &terminal->package, row->bytes,
                                      row->size);

    record_hash(hash, row->bytes, row->size);
    if (code == AULA_OK && (memcmp(hash, row->hash, sizeof hash) != 0 ||
                            record.kind != row->kind)) {
        code = AULA_STORE_DAMAGED;
    }
    if (code == AULA_OK) {
        code = record_check_signature(&record, &terminal->package,
                                      terminal->key);
    }
    if (code != AULA_OK) {
        return aula_fail(err, AULA_STORE_DAMAGED, "record %llu: %s",
                         (unsigned long long)row->seq, aula_code_name(code));
    }
    return chain_add(&terminal->chain, terminal->tid, &record, row->hash, err);
}

/* Sessions are named by no record. */
static enum aula_code load_day(struct terminal *terminal,
                               struct aula_error *err)
{
    uint8_t bytes[TERMINAL_DAY_BYTES];
    enum aula_code code;

    if (terminal->chain.opened_seq == 0) {
        return AULA_OK;
    }
    code = store_read_item(terminal->store, bytes, sizeof bytes, ITEM_DAY, err);
    if (code == AULA_OK) {
        terminal->day = (struct terminal_day){
            get_le32(bytes), get_le32(bytes + 4), get_le32(bytes + 8),
            get_le32(bytes + 12), get_le32(bytes + 16)};
    }
    return code;
}

enum aula_code terminal_load_chain(struct terminal *terminal,
                                   struct aula_error *err)
{
    uint8_t hash[HASH_BYTES];
    uint64_t last = 0;
    uint64_t voters = 0;
    enum aula_code code = store_last(terminal->store, &last, hash, err);

    chain_start(&terminal->chain, &terminal->package, terminal->tid);
    if (code == AULA_OK && last > 0) {
        code = store_walk_records(terminal->store, 1, last, add, terminal, err);
    }
    if (code == AULA_OK) {
        code = store_count_voters(terminal->store, &voters, err);
    }
    if (code == AULA_OK && voters != terminal->chain.total_cast) {
        code = aula_fail(err, AULA_STORE_DAMAGED,
                         "%llu ballots, but %llu voters",
                         (unsigned long long)terminal->chain.total_cast,
                         (unsigned long long)voters);
    }
    return code == AULA_OK ? load_day(terminal, err) : code;
}

enum aula_code terminal_put_day(struct terminal *terminal,
                                const struct terminal_day *day,
                                struct aula_error *err)
{
    uint8_t bytes[TERMINAL_DAY_BYTES];

    put_le32(bytes, day->issued);
    put_le32(bytes + 4, day->unfinished);
    put_le32(bytes + 8, day->finished);
    put_le32(bytes + 12, day->entitled);
    put_le32(bytes + 16, day->unused);
    return store_put_item(terminal->store, ITEM_DAY, bytes, sizeof bytes, err);
}
