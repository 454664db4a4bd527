/* SPDX-License-Identifier: Apache-2.0 */
/* wide.json: contests of 1000 proposals, an election of its own with the
 * world's office, trustees and terminal 0. The cryptography of its ballots is
 * checked here; the frame of a record is of a later floor.
 */
#include <string.h>

#include "ballot_trace.h"
#include "code.h"
#include "decoding.h"
#include "suites.h"
#include "world.h"

enum {
    KIND_CAST = 1,
    KIND_CHALLENGED = 2,
    TAG_AT = 88,    /* tag or tagc; places in a record, PROTOCOL.md 9 */
    NONCE_AT = 120, /* tag_nonce or seed */
    CIPHERTEXT_AT = 152
};

struct wide_state {
    const struct world *world;
    struct package package;
    size_t contest; /* the next one of `contests` */
    bool is_open;
};

static void expect_field(struct trial *trial, const json_t *root,
                         const char *key, const uint8_t *came)
{
    uint8_t expected[32];

    field_fixed(trial, root, key, expected, sizeof expected);
    trial_expect_bytes(trial, key, expected, sizeof expected, came, 32);
}

static void check_package(struct trial *trial, const json_t *root, void *arg)
{
    struct wide_state *state = arg;
    struct span bytes = field_bytes(trial, root, "package");
    const json_t *contests = field_list(trial, root, "contests");

    expect_field(trial, root, "office_public", state->world->office_public);
    trial_expect_code(trial, AULA_OK,
                      package_open(&state->package, state->world->office_public,
                                   bytes.bytes, bytes.size, NULL));
    expect_field(trial, root, "package_hash", state->package.hash);
    trial_expect_number(trial, "contests", state->package.contest_count,
                        json_array_size(contests));
    state->is_open = !trial_is_bad(trial);
}

static void check_contest(struct trial *trial, const json_t *row, void *arg)
{
    struct wide_state *state = arg;
    const struct plaintext_rule *rule =
        &state->package.contests[state->contest++].rule;

    trial_expect_number(trial, "type",
                        field_number(trial, row, "type", UINT8_MAX),
                        (uint64_t)rule->type);
    trial_expect_number(trial, "n", field_number(trial, row, "n", UINT16_MAX),
                        rule->n);
    trial_expect_number(trial, "P", field_number(trial, row, "P", UINT16_MAX),
                        plaintext_size(rule));
    trial_expect_number(trial, "w", field_number(trial, row, "w", UINT8_MAX),
                        plaintext_width(rule));
    trial_expect_number(trial, "limit",
                        field_number(trial, row, "limit", UINT16_MAX),
                        rule->limit);
    trial_expect_number(trial, "cap",
                        field_number(trial, row, "cap", UINT16_MAX), rule->cap);
}

/* What a record says of the voter, by its kind. */
static void compare_voter(struct trial *trial, struct span record,
                          const struct ballot_trace *trace, uint64_t kind)
{
    bool is_cast = kind == KIND_CAST;

    trial_expect_bytes(trial, "tag or tagc", record.bytes + TAG_AT, TAG_BYTES,
                       is_cast ? trace->tag : trace->tagc, TAG_BYTES);
    trial_expect_bytes(trial, "tag_nonce or seed", record.bytes + NONCE_AT, 32,
                       is_cast ? trace->tag_nonce : trace->seed, 32);
}

/* All that stands between the header and the signature. */
static void compare_record(struct trial *trial, struct span record,
                           const struct ballot_trace *trace, uint64_t kind,
                           struct span plaintext)
{
    size_t proof_at = CIPHERTEXT_AT + BALLOT_CIPHERTEXT_BYTES(trace->width);
    size_t end = proof_at + BALLOT_PROOF_BYTES(trace->width);
    size_t opened = kind == KIND_CHALLENGED ? plaintext.size : 0;

    trial_expect_number(trial, "size of the record", end + opened + SIGN_BYTES,
                        record.size);
    if (trial_is_bad(trial)) {
        return;
    }
    compare_voter(trial, record, trace, kind);
    trial_expect_bytes(trial, "ciphertext", record.bytes + CIPHERTEXT_AT,
                       proof_at - CIPHERTEXT_AT, trace->ciphertext,
                       proof_at - CIPHERTEXT_AT);
    trial_expect_bytes(trial, "proof", record.bytes + proof_at, end - proof_at,
                       trace->proof, end - proof_at);
    trial_expect_bytes(trial, "plaintext", record.bytes + end, opened,
                       plaintext.bytes, opened);
}

static void check_code(struct trial *trial, struct span expected,
                       const struct ballot_trace *trace)
{
    uint8_t hash[BALLOT_CODE_HASH_BYTES];
    char code[CODE_TEXT_BYTES];

    ballot_code_hash(hash, trace->context, trace->width, trace->ciphertext,
                     trace->proof);
    code_write(code, hash);
    trial_expect_bytes(trial, "code", expected.bytes, expected.size, code,
                       strlen(code));
}

static void check_ballot(struct trial *trial, const json_t *row, void *arg)
{
    const struct wide_state *state = arg;
    uint64_t kind = field_number(trial, row, "kind", KIND_CHALLENGED);
    struct span record = field_bytes(trial, row, "record");
    struct span code = field_text(trial, row, "code");
    struct ballot_trace trace;

    if (kind < KIND_CAST) {
        trial_fail(trial, "kind: expected 1 or 2, came 0");
    }
    ballot_trace_make(&trace, trial, row, &state->package,
                      state->world->terminals[0].certificate.tid);
    if (trial_is_bad(trial)) {
        return;
    }
    check_code(trial, code, &trace);
    trial_expect_code(trial, AULA_OK,
                      ballot_check(trace.context, trace.width, trace.ciphertext,
                                   trace.proof));
    compare_record(trial, record, &trace, kind,
                   field_bytes(trial, row, "plaintext"));
}

void suite_wide(struct source *source)
{
    struct wide_state state = {.world = world_of(source)};

    if (state.world == NULL) {
        return;
    }
    source_values(source, "package", check_package, &state);
    if (state.is_open) {
        source_each(source, "contests", check_contest, &state);
        decoding_check(source, &state.package);
        source_each(source, "ballots", check_ballot, &state);
        source_skip(source, "cert");
        source_skip(source, "opened");
        source_skip(source, "bad_records");
    } else {
        source->is_cut = true;
    }
    package_close(&state.package);
}
