/* SPDX-License-Identifier: Apache-2.0 */
/* One trustee of dkg.json: everything that it makes and opens. */
#include <sodium.h>
#include <string.h>

#include "dkg_state.h"

/* A trustee's row, read. */
struct member {
    uint8_t index;
    struct span name;
    uint8_t public_key[SIGN_PUBLIC_BYTES];
    uint8_t secret[SIGN_SECRET_BYTES];
    uint8_t transport[DKG_TRANSPORT_BYTES];
};

static void expect_field(struct trial *trial, const json_t *row,
                         const char *key, const void *came, size_t size)
{
    struct span expected = field_bytes(trial, row, key);

    trial_expect_bytes(trial, key, expected.bytes, expected.size, came, size);
}

static void read_member(struct member *member, struct trial *trial,
                        const json_t *row, const struct dkg_state *state)
{
    uint8_t seed[SIGN_SEED_BYTES];

    member->index = (uint8_t)field_number(trial, row, "index",
                                          state->params.count);
    member->name = field_text(trial, row, "name");
    field_fixed(trial, row, "sign_seed", seed, sizeof seed);
    if (member->index < 1) {
        trial_fail(trial, "index: expected 1 or more, came 0");
        return;
    }
    if (json_object_get(row, "round1") !=
        json_object_get(json_array_get(json_object_get(trial->source->root,
                                                       "trustees"),
                                       (size_t)member->index - 1),
                        "round1")) {
        trial_fail(trial, "index: expected trustees in index order");
    }
    sign_key_pair(member->public_key, member->secret, seed);
    (void)crypto_scalarmult_base(member->transport,
                                 state->transport_secrets[member->index - 1]);
    expect_field(trial, row, "sign_public", member->public_key,
                 sizeof member->public_key);
    expect_field(trial, row, "transport_public", member->transport,
                 sizeof member->transport);
}

static void check_coefficients(struct trial *trial, const json_t *row,
                               const struct member *member,
                               const struct dkg_state *state)
{
    struct span expected = list_joined(trial,
                                       field_list(trial, row, "coefficients"),
                                       GROUP_SCALAR_BYTES);
    uint8_t came[DKG_TRUSTEES_MAX][GROUP_SCALAR_BYTES];

    for (uint8_t k = 0; k < state->params.threshold; k++) {
        dkg_coefficient(came[k], &state->params, member->index, k,
                        state->seeds[member->index - 1]);
    }
    trial_expect_bytes(trial, "coefficients", expected.bytes, expected.size,
                       came,
                       (size_t)state->params.threshold * GROUP_SCALAR_BYTES);
}

static void check_round1(struct trial *trial, const struct member *member,
                         const struct dkg_state *state)
{
    const struct span *expected = &state->round1[member->index - 1];
    uint8_t came[DKG_ROUND1_MAX_BYTES];

    if (member->name.size > DKG_NAME_MAX_BYTES) {
        trial_fail(trial, "name: expected at most 64 bytes, came %zu",
                   member->name.size);
        return;
    }
    trial_expect_code(trial, AULA_OK,
                      dkg_round1_make(came, &state->params, member->index,
                                      member->name.bytes, member->name.size,
                                      member->secret, member->transport,
                                      state->seeds[member->index - 1], NULL));
    if (!trial_is_bad(trial)) {
        trial_expect_bytes(trial, "round1", expected->bytes, expected->size,
                           came,
                           DKG_ROUND1_BYTES(member->name.size,
                                            state->params.threshold));
    }
}

/* The box of `from` for `to` holds the share that `from` deals to `to`. */
static void check_box(struct trial *trial, const struct dkg_state *state,
                      struct span file, uint8_t from, uint8_t to)
{
    uint8_t expected[GROUP_SCALAR_BYTES];
    uint8_t came[GROUP_SCALAR_BYTES];
    uint8_t index = 0;

    trial_expect_code(trial, AULA_OK,
                      dkg_dealt_share(expected, &state->params, from, to,
                                      state->seeds[from - 1], NULL));
    trial_expect_code(trial, AULA_OK,
                      dkg_round2_open(&index, came, &state->set, to,
                                      state->transport_secrets[to - 1], 0,
                                      file.bytes, file.size, NULL));
    if (!trial_is_bad(trial)) {
        trial_expect_number(trial, "index", from, index);
        trial_expect_bytes(trial, "share", expected, sizeof expected, came,
                           sizeof came);
    }
}

static void check_boxes(struct trial *trial, const struct dkg_state *state,
                        struct span file, const char *name, uint8_t from)
{
    for (uint8_t to = 1; to <= state->params.count; to++) {
        if (to != from) {
            trial_at(trial, "%s, box for trustee %u", name, (unsigned)to);
            check_box(trial, state, file, from, to);
        }
    }
    trial_at(trial, "%s", "");
}

/* All but the boxes byte for byte: the head, and the signature of the file as
 * it stands. The boxes of the file are opened, and those of a file made here.
 */
static void check_round2(struct trial *trial, const struct member *member,
                         const struct dkg_state *state)
{
    struct span file = state->round2[member->index - 1];
    size_t size = DKG_ROUND2_BYTES(state->params.count);
    uint8_t made[DKG_ROUND2_MAX_BYTES];
    uint8_t copy[DKG_ROUND2_MAX_BYTES];

    trial_expect_code(trial, AULA_OK,
                      dkg_round2_make(made, &state->set, member->index,
                                      member->secret,
                                      state->seeds[member->index - 1], NULL));
    trial_expect_number(trial, "size of round2", file.size, size);
    if (trial_is_bad(trial)) {
        return;
    }
    trial_expect_bytes(trial, "head of round2", file.bytes,
                       DKG_ROUND2_HEAD_BYTES, made, DKG_ROUND2_HEAD_BYTES);
    memcpy(copy, file.bytes, size);
    sign_file(copy, size - SIGN_BYTES, "sig-dkg2", member->secret);
    trial_expect_bytes(trial, "round2 signed again", file.bytes, size, copy,
                       size);
    check_boxes(trial, state, file, "round2", member->index);
    check_boxes(trial, state, (struct span){made, size}, "round2 made here",
                member->index);
}

static void check_secret_share(struct trial *trial, const json_t *row,
                               const struct member *member,
                               const struct dkg_state *state)
{
    uint8_t dealt[DKG_TRUSTEES_MAX][GROUP_SCALAR_BYTES] = {0};
    uint8_t own = member->index;
    uint8_t x[GROUP_SCALAR_BYTES] = {0};
    enum aula_code code = AULA_OK;

    for (uint8_t i = 1; i <= state->params.count && code == AULA_OK; i++) {
        struct span file = state->round2[i - 1];

        if (i == own) {
            code = dkg_dealt_share(dealt[i - 1], &state->params, own, own,
                                   state->seeds[own - 1], NULL);
        } else {
            code = dkg_round2_open(NULL, dealt[i - 1], &state->set, own,
                                   state->transport_secrets[own - 1], 0,
                                   file.bytes, file.size, NULL);
        }
    }
    trial_expect_code(trial, AULA_OK, code);
    trial_expect_code(trial, AULA_OK,
                      dkg_secret_share(x, &state->set, &state->outcome, own,
                                       (const uint8_t(*)[GROUP_SCALAR_BYTES])
                                           dealt,
                                       NULL));
    expect_field(trial, row, "secret_share", x, sizeof x);
    expect_field(trial, row, "public_share", state->outcome.shares[own - 1],
                 GROUP_POINT_BYTES);
}

static void check_confirmation(struct trial *trial, const json_t *row,
                               const struct member *member,
                               const struct dkg_state *state)
{
    uint8_t came[SIGN_BYTES];

    dkg_confirm_make(came, &state->set, &state->outcome, state->transcript2,
                     member->secret);
    expect_field(trial, row, "confirmation", came, sizeof came);
    trial_expect_code(trial, AULA_OK,
                      dkg_confirm_check(&state->set, &state->outcome,
                                        state->transcript2, member->index, came,
                                        NULL));
}

void dkg_trustee_check(struct trial *trial, const json_t *row, void *arg)
{
    const struct dkg_state *state = arg;
    struct member member = {0};

    read_member(&member, trial, row, state);
    if (trial_is_bad(trial)) {
        return;
    }
    check_coefficients(trial, row, &member, state);
    check_round1(trial, &member, state);
    check_round2(trial, &member, state);
    check_secret_share(trial, row, &member, state);
    check_confirmation(trial, row, &member, state);
}
