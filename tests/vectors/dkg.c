/* SPDX-License-Identifier: Apache-2.0 */
/* dkg.json: the trustee ceremony (PROTOCOL.md section 3). dkg_trustee.c has
 * what one trustee does in it. */
#include "dkg.h"

#include <string.h>

#include "code.h"
#include "dkg_state.h"
#include "suites.h"

static enum aula_code check_round1(struct dkg_round1 *view,
                                   const struct dkg_params *params,
                                   uint32_t *used, struct span file)
{
    enum aula_code code = dkg_round1_check(view, params, *used, file.bytes,
                                           file.size, NULL);

    if (code == AULA_OK) {
        *used |= UINT32_C(1) << (view->index - 1);
    }
    return code;
}

/* One file after the other, then all as a set. */
static enum aula_code check_set(struct dkg_set *set,
                                const struct dkg_params *params,
                                const struct span *files, size_t count)
{
    struct dkg_round1 views[DKG_TRUSTEES_MAX];
    uint32_t used = 0;

    for (size_t i = 0; i < count; i++) {
        enum aula_code code = check_round1(&views[i], params, &used, files[i]);

        if (code != AULA_OK) {
            return code;
        }
    }
    return dkg_set_check(set, params, views, count, NULL);
}

static void read_params(struct dkg_state *state, struct trial *trial,
                        const json_t *root)
{
    const json_t *trustees = field_list(trial, root, "trustees");
    size_t count = (size_t)field_number(trial, root, "N", DKG_TRUSTEES_MAX);

    state->params.count = (uint8_t)count;
    state->params.threshold = (uint8_t)field_number(trial, root, "T",
                                                    DKG_TRUSTEES_MAX);
    field_fixed(trial, root, "cid", state->params.cid,
                sizeof state->params.cid);
    trial_expect_number(trial, "trustees", count, json_array_size(trustees));
    for (size_t i = 0; i < count; i++) {
        const json_t *row = json_array_get(trustees, i);

        state->round1[i] = field_bytes(trial, row, "round1");
        state->round2[i] = field_bytes(trial, row, "round2");
        field_fixed(trial, row, "transport_secret", state->transport_secrets[i],
                    sizeof state->transport_secrets[i]);
        field_fixed(trial, row, "ceremony_seed", state->seeds[i],
                    sizeof state->seeds[i]);
    }
}

static void expect_field(struct trial *trial, const json_t *root,
                         const char *key, const uint8_t *came)
{
    uint8_t expected[32];

    field_fixed(trial, root, key, expected, sizeof expected);
    trial_expect_bytes(trial, key, expected, sizeof expected, came, 32);
}

static void check_round2_files(struct trial *trial, struct dkg_state *state)
{
    const uint8_t *files[DKG_TRUSTEES_MAX];
    uint32_t used = 0;

    for (size_t i = 0; i < state->params.count; i++) {
        uint8_t index = 0;

        trial_at(trial, "round2 of trustee %zu", i + 1);
        trial_expect_code(trial, AULA_OK,
                          dkg_round2_check(&index, &state->set, used,
                                           state->round2[i].bytes,
                                           state->round2[i].size, NULL));
        trial_expect_number(trial, "index", i + 1, index);
        used |= UINT32_C(1) << i;
        files[i] = state->round2[i].bytes;
    }
    trial_at(trial, "%s", "");
    if (!trial_is_bad(trial)) {
        dkg_transcript2(state->transcript2, &state->set, files);
    }
}

static void check_ceremony(struct trial *trial, const json_t *root, void *arg)
{
    struct dkg_state *state = arg;
    struct span code = field_text(trial, root, "transcript1_code");
    char written[CODE_TEXT_BYTES];

    read_params(state, trial, root);
    if (trial_is_bad(trial)) {
        return;
    }
    trial_expect_code(trial, AULA_OK,
                      check_set(&state->set, &state->params, state->round1,
                                state->params.count));
    if (trial_is_bad(trial)) {
        return;
    }
    expect_field(trial, root, "transcript1", state->set.transcript);
    code_write(written, state->set.transcript);
    trial_expect_bytes(trial, "transcript1_code", code.bytes, code.size,
                       written, strlen(written));
    trial_expect_code(trial, AULA_OK,
                      dkg_outcome_find(&state->outcome, &state->set, NULL));
    expect_field(trial, root, "K", state->outcome.key);
    check_round2_files(trial, state);
    expect_field(trial, root, "transcript2", state->transcript2);
    state->is_ready = !trial_is_bad(trial);
}

static void check_bad_round1(struct trial *trial, const json_t *row, void *arg)
{
    const struct dkg_state *state = arg;
    enum aula_code error = field_error(trial, row, "error");
    struct dkg_round1 view;
    uint32_t used = 0;

    trial_expect_code(trial, error,
                      check_round1(&view, &state->params, &used,
                                   field_bytes(trial, row, "object")));
}

static void check_bad_set(struct trial *trial, const json_t *row, void *arg)
{
    const struct dkg_state *state = arg;
    enum aula_code error = field_error(trial, row, "error");
    const json_t *object = field_list(trial, row, "object");
    size_t count = json_array_size(object);
    struct span files[DKG_TRUSTEES_MAX];
    struct dkg_set set;

    if (count > DKG_TRUSTEES_MAX) {
        trial_fail(trial, "object: expected at most 32 files, came %zu", count);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        files[i] = list_bytes(trial, object, i);
    }
    trial_expect_code(trial, error,
                      check_set(&set, &state->params, files, count));
}

/* By trustee 2, as the first file that it sees. */
static void check_bad_round2(struct trial *trial, const json_t *row, void *arg)
{
    const struct dkg_state *state = arg;
    enum aula_code error = field_error(trial, row, "error");
    struct span file = field_bytes(trial, row, "object");
    uint8_t share[GROUP_SCALAR_BYTES];

    if (state->params.count < 2) {
        trial_fail(trial, "expected a trustee 2, came none");
        return;
    }
    trial_expect_code(trial, error,
                      dkg_round2_open(NULL, share, &state->set, 2,
                                      state->transport_secrets[1], 0,
                                      file.bytes, file.size, NULL));
}

void suite_dkg(struct source *source)
{
    struct dkg_state state = {.is_ready = false};

    source_values(source, "ceremony", check_ceremony, &state);
    if (!state.is_ready) {
        source->is_cut = true;
        return;
    }
    source_each(source, "trustees", dkg_trustee_check, &state);
    source_each_in(source, "bad_round1", "cases", check_bad_round1, &state);
    source_each(source, "bad_round1_sets", check_bad_set, &state);
    source_each_in(source, "bad_round2", "cases", check_bad_round2, &state);
}
