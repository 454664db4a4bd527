/* SPDX-License-Identifier: Apache-2.0 */
/* CHECK_RECORD as a whole (PROTOCOL.md section 9), for one record and for many
 * on all cores. */
#include <stdlib.h>
#include <string.h>

#include "record_parts.h"

enum { GRAIN = 16 /* records a thread takes at a time */ };

void record_context(uint8_t context[static BALLOT_CONTEXT_BYTES],
                    const struct record *record, const struct package *package)
{
    uint8_t tagc[TAG_BYTES];
    struct ballot_place place = {
        .package_hash = package->hash,
        .key = package->key,
        .contest = record->contest,
        .width = (uint8_t)record->width,
        .tid = record->tid,
        .seq = record->seq,
        .time = record->time,
        .prev = record->prev,
        .tagc = record->voter,
    };

    if (record->kind == RECORD_CAST) {
        tag_bind(tagc, record->nonce, record->voter);
        place.tagc = tagc;
    }
    ballot_context(context, &place);
}

void record_code_hash(uint8_t hash[static BALLOT_CODE_HASH_BYTES],
                      const struct record *record,
                      const struct package *package)
{
    uint8_t context[BALLOT_CONTEXT_BYTES];

    record_context(context, record, package);
    ballot_code_hash(hash, context, record->width, record->ciphertext,
                     record->proof);
}

static int compare_tids(const void *tid, const void *certificate)
{
    return memcmp(tid, ((const struct certificate *)certificate)->tid,
                  TERMINAL_ID_BYTES);
}

/* Checks 11 to 13. Of an opened ballot the proof is not verified but made
 * again, so only its form counts before that. */
static enum aula_code check_ballot(const struct record *record,
                                   const struct record_election *election)
{
    const struct plaintext_rule *rule =
        &election->package->contests[record->contest].rule;
    uint8_t context[BALLOT_CONTEXT_BYTES];
    enum aula_code code;

    record_context(context, record, election->package);
    code = ballot_check(context, record->width, record->ciphertext,
                        record->proof);
    if (record->kind == RECORD_CHALLENGED &&
        (code == AULA_OK || code == AULA_BALLOT_PROOF)) {
        code = ballot_check_opening(election->key, context, rule,
                                    record->plaintext, record->plaintext_size,
                                    record->nonce, record->ciphertext,
                                    record->proof, NULL);
    }
    return code;
}

enum aula_code record_check(struct record *record,
                            const struct record_election *election,
                            const uint8_t *bytes, size_t size)
{
    struct record made;
    const struct certificate *certificate = NULL;
    bool is_ballot;
    enum aula_code code = record_read(&made, election->package, bytes, size);

    if (code != AULA_OK) {
        return code;
    }
    is_ballot = made.kind == RECORD_CAST || made.kind == RECORD_CHALLENGED;
    if (election->certificate_count > 0) {
        certificate = bsearch(made.tid, election->certificates,
                              election->certificate_count,
                              sizeof election->certificates[0], compare_tids);
    }
    if (certificate == NULL) {
        return AULA_REC_UNKNOWN_TERMINAL;
    }
    code = record_check_signature(&made, election->package, certificate->key);
    if (code == AULA_OK && is_ballot &&
        !certificate_offers(certificate, made.contest)) {
        code = AULA_REC_CONTEST_TERMINAL;
    }
    if (code == AULA_OK && is_ballot) {
        code = check_ballot(&made, election);
    }
    if (code == AULA_OK) {
        *record = made;
    }
    return code;
}

struct job {
    const struct record_election *election;
    struct record_claim *claims;
};

static void check_piece(void *arg, unsigned worker, size_t first, size_t end)
{
    struct job *job = arg;

    (void)worker;
    for (size_t i = first; i < end; i++) {
        struct record_claim *claim = &job->claims[i];

        claim->code = record_check(&claim->record, job->election, claim->bytes,
                                   claim->size);
    }
}

void record_check_list(struct pool *pool,
                       const struct record_election *election,
                       struct record_claim *claims, size_t count)
{
    struct job job = {election, claims};

    pool_run(pool, count, GRAIN, check_piece, &job);
}
