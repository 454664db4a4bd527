/* SPDX-License-Identifier: Apache-2.0 */
/* PROTOCOL.md 7.2 step by step; see ballot_trace.h. */
#include "ballot_trace.h"

#include <string.h>

#include "tag.h"
#include "world.h"

enum { NUMBER_BITS = 53 }; /* of a number in JSON */

static void read_context(struct ballot_trace *trace, struct trial *trial,
                         const json_t *row, const struct package *package)
{
    uint64_t greatest = (UINT64_C(1) << NUMBER_BITS) - 1;
    uint8_t prev[32];
    struct ballot_place place = {
        .package_hash = package->hash,
        .key = package->key,
        .contest = (uint16_t)field_number(trial, row, "contest", UINT16_MAX),
        .width = (uint8_t)trace->width,
        .tid = trace->tid,
        .time = field_number(trial, row, "time", greatest),
        .prev = prev,
        .tagc = trace->tagc};

    trace->seq = field_number(trial, row, "seq", greatest);
    place.seq = trace->seq;
    field_fixed(trial, row, "prev", prev, sizeof prev);
    field_fixed(trial, row, "tag", trace->tag, sizeof trace->tag);
    field_fixed(trial, row, "tag_nonce", trace->tag_nonce,
                sizeof trace->tag_nonce);
    field_fixed(trial, row, "seed", trace->seed, sizeof trace->seed);
    tag_bind(trace->tagc, trace->tag_nonce, trace->tag);
    ballot_context(trace->context, &place);
}

static void trace_scalars(struct ballot_trace *trace, struct trial *trial,
                          struct span plaintext)
{
    uint8_t padded[PLAINTEXT_WIDTH_MAX * EMBED_CHUNK_BYTES] = {0};

    memcpy(padded, plaintext.bytes, plaintext.size);
    for (size_t i = 0; i < trace->width; i++) {
        trial_expect_code(trial, AULA_OK,
                          embed_chunk(trace->messages[i],
                                      padded + i * EMBED_CHUNK_BYTES));
        ballot_derive_r(trace->r[i], trace->context, trace->seed,
                        plaintext.bytes, plaintext.size, (uint32_t)i);
        ballot_derive_t(trace->t[i], trace->context, trace->seed,
                        plaintext.bytes, plaintext.size, trace->ciphertext,
                        trace->width, (uint32_t)i);
        group_mul_base(trace->commitments[i], trace->t[i]);
    }
}

static void make(struct ballot_trace *trace, struct trial *trial,
                 const struct package *package,
                 const struct plaintext_rule *rule, struct span plaintext)
{
    struct ballot_key *key = NULL;
    enum aula_code code = ballot_key_open(&key, package->key, NULL);

    if (code == AULA_OK) {
        code = ballot_encrypt(trace->ciphertext, trace->proof, key,
                              trace->context, rule, plaintext.bytes,
                              plaintext.size, trace->seed, NULL);
    }
    trial_expect_code(trial, AULA_OK, code);
    if (code == AULA_OK) {
        code = ballot_check_opening(key, trace->context, rule, plaintext.bytes,
                                    plaintext.size, trace->seed,
                                    trace->ciphertext, trace->proof, NULL);
    }
    trial_expect_code(trial, AULA_OK, code);
    ballot_key_close(key);
}

void ballot_trace_make(struct ballot_trace *trace, struct trial *trial,
                       const json_t *row, const struct package *package,
                       const uint8_t *tid, bool has_width)
{
    const struct plaintext_rule *rule =
        world_rule(trial, package,
                   field_number(trial, row, "contest", UINT16_MAX));
    struct span plaintext = field_bytes(trial, row, "plaintext");

    *trace = (struct ballot_trace){0};
    if (has_width) {
        trace->width = (size_t)field_number(trial, row, "w",
                                            PLAINTEXT_WIDTH_MAX);
    } else if (rule != NULL) {
        trace->width = plaintext_width(rule);
    }
    if (tid != NULL) {
        memcpy(trace->tid, tid, sizeof trace->tid);
    } else {
        field_fixed(trial, row, "tid", trace->tid, sizeof trace->tid);
    }
    read_context(trace, trial, row, package);
    if (trial_is_bad(trial)) {
        return;
    }
    trial_expect_number(trial, "w", plaintext_width(rule), trace->width);
    trial_expect_number(trial, "size of the plaintext", plaintext_size(rule),
                        plaintext.size);
    if (!trial_is_bad(trial)) {
        make(trace, trial, package, rule, plaintext);
    }
    if (!trial_is_bad(trial)) {
        trace_scalars(trace, trial, plaintext);
    }
}
