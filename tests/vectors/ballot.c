/* SPDX-License-Identifier: Apache-2.0 */
/* ballot.json: encrypt and prove, and what must be refused (PROTOCOL.md 7.2,
 * 8). */
#include "ballot.h"

#include <stdlib.h>
#include <string.h>

#include "ballot_trace.h"
#include "code.h"
#include "curve.h"
#include "suites.h"
#include "world.h"

static void check_election(struct trial *trial, const json_t *root, void *state)
{
    const struct world *world = state;

    world_expect_package(trial, root, &world->package);
}

static void check_code(struct trial *trial, const json_t *row,
                       const struct ballot_trace *trace)
{
    struct span expected_code = field_text(trial, row, "code");
    struct span expected_qr = field_text(trial, row, "qr");
    uint8_t expected_hash[BALLOT_CODE_HASH_BYTES];
    char code[CODE_TEXT_BYTES];
    char text[CODE_QR_BYTES];
    struct code_qr qr = {.seq = trace->seq};

    field_fixed(trial, row, "code_hash", expected_hash, sizeof expected_hash);
    ballot_code_hash(qr.hash, trace->context, trace->width, trace->ciphertext,
                     trace->proof);
    trial_expect_bytes(trial, "code_hash", expected_hash, sizeof expected_hash,
                       qr.hash, sizeof qr.hash);
    code_write(code, qr.hash);
    trial_expect_bytes(trial, "code", expected_code.bytes, expected_code.size,
                       code, strlen(code));
    memcpy(qr.tid, trace->tid, sizeof qr.tid);
    code_qr_write(text, CODE_HEAD_BALLOT, &qr);
    trial_expect_bytes(trial, "qr", expected_qr.bytes, expected_qr.size, text,
                       strlen(text));
}

static void expect_list(struct trial *trial, const json_t *row, const char *key,
                        const void *came, size_t size)
{
    struct span expected = list_joined(trial, field_list(trial, row, key), 32);

    trial_expect_bytes(trial, key, expected.bytes, expected.size, came, size);
}

static void expect_bytes(struct trial *trial, const json_t *row,
                         const char *key, const void *came, size_t size)
{
    struct span expected = field_bytes(trial, row, key);

    trial_expect_bytes(trial, key, expected.bytes, expected.size, came, size);
}

static void compare(struct trial *trial, const json_t *row,
                    const struct ballot_trace *trace)
{
    size_t list = trace->width * GROUP_POINT_BYTES;

    expect_bytes(trial, row, "tagc", trace->tagc, sizeof trace->tagc);
    expect_bytes(trial, row, "context", trace->context, sizeof trace->context);
    expect_list(trial, row, "M", trace->messages, list);
    expect_list(trial, row, "r", trace->r, list);
    expect_bytes(trial, row, "ciphertext", trace->ciphertext, 2 * list);
    expect_list(trial, row, "t", trace->t, list);
    expect_bytes(trial, row, "T", trace->commitments, list);
    expect_bytes(trial, row, "proof", trace->proof, list + GROUP_SCALAR_BYTES);
}

static void check_checks(struct trial *trial, const json_t *row,
                         const struct ballot_trace *trace)
{
    const json_t *extra = NULL;
    struct span proof;

    trial_expect_code(trial, AULA_OK,
                      ballot_check(trace->context, trace->width,
                                   trace->ciphertext, trace->proof));
    if (!field_is_there(row, "extra_valid_proof")) {
        return;
    }
    extra = field_object(trial, row, "extra_valid_proof");
    proof = field_bytes(trial, extra, "proof");
    trial_at(trial, "extra_valid_proof");
    trial_expect_number(trial, "size", BALLOT_PROOF_BYTES(trace->width),
                        proof.size);
    if (!trial_is_bad(trial)) {
        trial_expect_code(trial, AULA_OK,
                          ballot_check(trace->context, trace->width,
                                       trace->ciphertext, proof.bytes));
    }
}

static void check_case(struct trial *trial, const json_t *row, void *state)
{
    struct ballot_trace trace;

    ballot_trace_make(&trace, trial, row, &((struct world *)state)->package,
                      NULL, true);
    if (trial_is_bad(trial)) {
        return;
    }
    compare(trial, row, &trace);
    check_code(trial, row, &trace);
    check_checks(trial, row, &trace);
}

/* One proof of a list with others around it must fare as it does alone. */
static void check_as_list(struct trial *trial, enum aula_code error,
                          const struct ballot_claim *claim)
{
    struct ballot_claim claims[40];
    size_t count = sizeof claims / sizeof claims[0];

    for (size_t i = 0; i < count; i++) {
        claims[i] = *claim;
        claims[i].code = AULA_CODE_COUNT;
    }
    ballot_check_list(trial->source->run->pool, claims, count);
    for (size_t i = 0; i < count; i++) {
        trial_at(trial, "claim %zu of a list", i);
        trial_expect_code(trial, error, claims[i].code);
    }
}

static void check_bad_proof(struct trial *trial, const json_t *row, void *state)
{
    enum aula_code error = field_error(trial, row, "error");
    const json_t *object = field_object(trial, row, "object");
    struct span ciphertext = field_bytes(trial, object, "ciphertext");
    struct span proof = field_bytes(trial, object, "proof");
    uint8_t context[BALLOT_CONTEXT_BYTES];
    struct ballot_claim claim = {context, ciphertext.bytes, proof.bytes,
                                 ciphertext.size / 64, AULA_OK};

    (void)state;
    field_fixed(trial, object, "context", context, sizeof context);
    if (claim.width < 1 || claim.width > PLAINTEXT_WIDTH_MAX) {
        trial_fail(trial, "ciphertext: expected 1..34 pairs, came %zu",
                   claim.width);
    }
    trial_expect_number(trial, "size of the ciphertext",
                        BALLOT_CIPHERTEXT_BYTES(claim.width), ciphertext.size);
    trial_expect_number(trial, "size of the proof",
                        BALLOT_PROOF_BYTES(claim.width), proof.size);
    if (trial_is_bad(trial)) {
        return;
    }
    trial_expect_code(trial, error,
                      ballot_check(context, claim.width, ciphertext.bytes,
                                   proof.bytes));
    check_as_list(trial, error, &claim);
}

void suite_ballot(struct source *source)
{
    struct world *world = world_of(source);

    if (world == NULL) {
        return;
    }
    source_values(source, "package_hash, K", check_election, world);
    source_each(source, "cases", check_case, world);
    source_each(source, "bad_proofs", check_bad_proof, NULL);
}
