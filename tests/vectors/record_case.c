/* SPDX-License-Identifier: Apache-2.0 */
/* See record_case.h. */
#include "record_case.h"

#include <string.h>

#include "ballot_trace.h"
#include "code.h"
#include "witness.h"

enum { HASHES = 64 };

bool record_case_start(struct record_case *chain, struct trial *trial,
                       const struct package *package,
                       const struct world_terminal *terminal,
                       const struct certificate *certificates, size_t count)
{
    struct ballot_key *key = NULL;

    trial_expect_code(trial, AULA_OK,
                      ballot_key_open(&key, package->key, NULL));
    *chain = (struct record_case){
        .terminal = terminal,
        .election = {package, key, certificates, count},
    };
    witness_chain_start(chain->prev, package->hash, terminal->certificate.tid);
    return !trial_is_bad(trial);
}

void record_case_end(struct record_case *chain)
{
    struct ballot_key *key = NULL;

    memcpy(&key, &chain->election.key, sizeof key); /* ours, made above */
    ballot_key_close(key);
}

struct record_place record_case_place(const struct record_case *chain,
                                      uint64_t seq, uint64_t time)
{
    return (struct record_place){chain->election.package,
                                 chain->terminal->certificate.tid,
                                 chain->terminal->secret,
                                 seq,
                                 time,
                                 chain->prev};
}

void record_case_expect(struct trial *trial, struct record_case *chain,
                        struct span expected, const uint8_t *made, size_t size)
{
    struct record found = {0};

    trial_expect_bytes(trial, "record", expected.bytes, expected.size, made,
                       size);
    trial_expect_code(trial, AULA_OK,
                      record_check(&found, &chain->election, expected.bytes,
                                   expected.size));
    trial_expect_number(trial, "seq", chain->seq + 1, found.seq);
    chain->seq = found.seq;
    record_hash(chain->prev, expected.bytes, expected.size);
    if (chain->count < HASHES) {
        memcpy(chain->hashes[chain->count++], chain->prev, HASH_BYTES);
    }
}

/* As the vectors say which kind, from 1. */
static size_t make_ballot(uint8_t *out, struct trial *trial, const json_t *row,
                          const struct record_case *chain,
                          const struct ballot_trace *trace)
{
    uint64_t kind = field_number(trial, row, "kind", RECORD_CHALLENGED);
    uint64_t time = field_number(trial, row, "time", (uint64_t)1 << 53);
    bool is_cast = kind == RECORD_CAST;
    struct record_place place = record_case_place(chain, trace->seq, time);
    struct record_ballot ballot = {
        (uint16_t)field_number(trial, row, "contest", UINT16_MAX),
        is_cast ? trace->tag : trace->tagc,
        is_cast ? trace->tag_nonce : trace->seed,
        trace->ciphertext,
        trace->proof,
    };

    if (is_cast) {
        return record_make_cast(out, &place, &ballot);
    }
    return record_make_challenged(out, &place, &ballot,
                                  field_bytes(trial, row, "plaintext").bytes);
}

static void expect_code(struct trial *trial, const json_t *row,
                        const struct record_case *chain, struct span record)
{
    struct span expected = field_text(trial, row, "code");
    struct record found = {0};
    uint8_t hash[BALLOT_CODE_HASH_BYTES];
    char code[CODE_TEXT_BYTES];

    trial_expect_code(trial, AULA_OK,
                      record_read(&found, chain->election.package, record.bytes,
                                  record.size));
    if (trial_is_bad(trial)) {
        return;
    }
    record_code_hash(hash, &found, chain->election.package);
    code_write(code, hash);
    trial_expect_bytes(trial, "code", expected.bytes, expected.size, code,
                       strlen(code));
}

void record_case_ballot(struct trial *trial, const json_t *row, void *context)
{
    struct record_case *chain = context;
    struct span record = field_bytes(trial, row, "record");
    uint8_t expected[HASH_BYTES];
    uint8_t made[RECORD_BYTES_MAX];
    struct ballot_trace trace;
    size_t size;

    field_fixed(trial, row, "prev", expected, sizeof expected);
    trial_expect_bytes(trial, "prev", expected, sizeof expected, chain->prev,
                       HASH_BYTES);
    ballot_trace_make(&trace, trial, row, chain->election.package,
                      chain->terminal->certificate.tid, chain->has_width);
    if (trial_is_bad(trial)) {
        return;
    }
    size = make_ballot(made, trial, row, chain, &trace);
    record_case_expect(trial, chain, record, made, size);
    expect_code(trial, row, chain, record);
    if (field_is_there(row, "hash")) {
        field_fixed(trial, row, "hash", expected, sizeof expected);
        trial_expect_bytes(trial, "hash", expected, sizeof expected,
                           chain->prev, HASH_BYTES);
    }
}

void record_case_bad(struct trial *trial, const json_t *row, void *context)
{
    struct record_case *chain = context;
    enum aula_code error = field_error(trial, row, "error");
    struct span object = field_bytes(trial, row, "object");
    struct record found;

    trial_expect_code(trial, error,
                      record_check(&found, &chain->election, object.bytes,
                                   object.size));
}
