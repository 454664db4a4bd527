/* SPDX-License-Identifier: Apache-2.0 */
/* decrypt.json: partial decryptions and their combination (PROTOCOL.md section
 * 13). */
#include "decrypt.h"

#include <string.h>

#include "decrypt_case.h"
#include "suites.h"

static void check_election(struct trial *trial, const json_t *root, void *arg)
{
    struct decrypt_state *state = arg;

    world_expect_package(trial, root, &state->world->package);
    state->cases = field_list(trial, root, "cases");
}

static uint32_t mask_of(struct trial *trial, const json_t *list)
{
    uint32_t mask = 0;

    for (size_t i = 0; i < json_array_size(list); i++) {
        uint64_t v = list_number(trial, list, i, DECRYPT_TRUSTEES_MAX);

        if (v < 1) {
            trial_fail(trial, "used: expected 1..32, came 0");
            return 0;
        }
        mask |= UINT32_C(1) << (v - 1);
    }
    return mask;
}

static const json_t *find_case(struct trial *trial,
                               const struct decrypt_state *state,
                               uint64_t contest)
{
    for (size_t i = 0; i < json_array_size(state->cases); i++) {
        const json_t *row = json_array_get(state->cases, i);

        if (field_number(trial, row, "contest", UINT16_MAX) == contest) {
            return row;
        }
    }
    trial_fail(trial, "contest: expected that of a case, came another");
    return NULL;
}

static void check_bad_partial(struct trial *trial, const json_t *row, void *arg)
{
    const struct decrypt_state *state = arg;
    enum aula_code error = field_error(trial, row, "error");
    struct span file = field_bytes(trial, row, "object");
    uint32_t used = mask_of(trial, field_list(trial, row, "used"));
    uint64_t contest = field_number(trial, row, "contest", UINT16_MAX);
    struct decrypt_input input;

    decrypt_case_input(&input, trial, find_case(trial, state, contest),
                       state->world);
    if (!trial_is_bad(trial)) {
        trial_expect_code(trial, error,
                          decrypt_case_check_file(trial, NULL, &input,
                                                  state->world, used, file));
    }
}

static void check_few(struct trial *trial, const json_t *row,
                      const struct decrypt_state *state, const json_t *given,
                      enum aula_code error)
{
    struct decrypt_input input;
    struct decrypt_part parts[DECRYPT_TRUSTEES_MAX] = {{0}};
    size_t count = json_array_size(given);
    uint8_t *messages = NULL;

    decrypt_case_input(&input, trial, row, state->world);
    decrypt_case_parts(parts, trial, row, &input, given);
    if (trial_is_bad(trial)) {
        return;
    }
    messages = source_memory(trial->source, (size_t)GROUP_POINT_BYTES *
                                                input.count * input.width);
    trial_expect_code(trial, error,
                      decrypt_combine(messages, trial->source->run->pool,
                                      &input, parts, count,
                                      state->world->package.threshold, NULL));
}

static void check_too_few(struct trial *trial, const json_t *row, void *arg)
{
    const struct decrypt_state *state = arg;
    enum aula_code error = field_error(trial, row, "error");
    const json_t *given = field_list(trial, row, "given");

    for (size_t i = 0; i < json_array_size(state->cases); i++) {
        trial_at(trial, "with cases[%zu]", i);
        check_few(trial, json_array_get(state->cases, i), state, given, error);
    }
}

void suite_decrypt(struct source *source)
{
    struct decrypt_state state = {.world = world_of(source)};

    if (state.world == NULL) {
        return;
    }
    source_values(source, "package_hash, K", check_election, &state);
    source_each(source, "cases", decrypt_case_check, &state);
    source_each(source, "bad_partials", check_bad_partial, &state);
    source_single(source, "too_few", check_too_few, &state);
}
