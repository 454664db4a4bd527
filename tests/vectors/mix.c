/* SPDX-License-Identifier: Apache-2.0 */
/* mix.json: the verifiable shuffle (PROTOCOL.md section 12). */
#include "mix.h"

#include <string.h>

#include "mix_trace.h"
#include "suites.h"
#include "world.h"

struct mix_state {
    const struct world *world;
    const json_t *mixes;
};

static void check_election(struct trial *trial, const json_t *root, void *arg)
{
    struct mix_state *state = arg;

    world_expect_package(trial, root, &state->world->package);
    state->mixes = field_list(trial, root, "mixes");
}

/* Contest, N and w; the width must be that of the contest. */
static void read_size(struct mix_input *input, struct trial *trial,
                      const json_t *row, const struct world *world)
{
    const struct plaintext_rule *rule = NULL;

    *input = (struct mix_input){
        .package_hash = world->package.hash,
        .key = world->package.key,
        .contest = (uint16_t)field_number(trial, row, "contest", UINT16_MAX),
        .count = (uint32_t)field_number(trial, row, "N", UINT32_MAX)};
    rule = world_rule(trial, &world->package, input->contest);
    if (rule != NULL) {
        input->width = (uint8_t)plaintext_width(rule);
    }
}

static struct span read_list(struct trial *trial, const json_t *row,
                             const char *key, const struct mix_input *input)
{
    struct span list = field_bytes(trial, row, key);

    trial_expect_number(trial, key, (uint64_t)64 * input->count * input->width,
                        list.size);
    return list;
}

static uint32_t mask_of(struct trial *trial, const json_t *list)
{
    uint32_t mask = 0;

    for (size_t i = 0; i < json_array_size(list); i++) {
        uint64_t v = list_number(trial, list, i, MIX_TRUSTEES_MAX);

        if (v < 1) {
            trial_fail(trial, "used: expected 1..32, came 0");
            return 0;
        }
        mask |= UINT32_C(1) << (v - 1);
    }
    return mask;
}

static enum aula_code check_file(struct trial *trial, uint8_t *trustee,
                                 const struct mix_input *input,
                                 const struct world *world, uint32_t used,
                                 struct span file)
{
    return mix_check(trustee, trial->source->run->pool, input,
                     world->package.trustee_keys, world->package.trustee_count,
                     used, file.bytes, file.size, NULL);
}

static void check_step(struct trial *trial, const json_t *row,
                       struct mix_input *input, const struct world *world,
                       uint32_t *used)
{
    uint8_t v = (uint8_t)field_number(trial, row, "trustee",
                                      world->package.trustee_count);
    struct span file = field_bytes(trial, row, "file");
    struct span output = read_list(trial, row, "output", input);
    uint8_t came = 0;

    trial_expect_number(trial, "position", input->position,
                        field_number(trial, row, "position", UINT8_MAX));
    if (v < 1) {
        trial_fail(trial, "trustee: expected 1 or more, came 0");
        return;
    }
    if (trial_is_bad(trial)) {
        return;
    }
    mix_trace_check(trial, row, input, v, world->trustee_secrets[v - 1], file);
    trial_expect_code(trial, AULA_OK,
                      check_file(trial, &came, input, world, *used, file));
    if (!trial_is_bad(trial)) {
        trial_expect_number(trial, "trustee", v, came);
        trial_expect_bytes(trial, "output", output.bytes, output.size,
                           mix_output(file.bytes), output.size);
    }
    *used |= UINT32_C(1) << (v - 1);
    input->list = output.bytes;
}

static void check_mix(struct trial *trial, const json_t *row, void *arg)
{
    const struct mix_state *state = arg;
    const json_t *steps = field_list(trial, row, "steps");
    struct mix_input input;
    uint32_t used = 0;

    read_size(&input, trial, row, state->world);
    trial_expect_number(trial, "w", input.width,
                        field_number(trial, row, "w", PLAINTEXT_WIDTH_MAX));
    input.list = read_list(trial, row, "input", &input).bytes;
    for (size_t i = 0; i < json_array_size(steps); i++) {
        trial_at(trial, "steps[%zu]", i);
        input.position = (uint8_t)(i + 1);
        check_step(trial, json_array_get(steps, i), &input, state->world,
                   &used);
    }
}

/* The input of the mix that has this contest and N. */
static struct span find_input(struct trial *trial,
                              const struct mix_state *state,
                              const struct mix_input *input)
{
    for (size_t i = 0; i < json_array_size(state->mixes); i++) {
        const json_t *mix = json_array_get(state->mixes, i);

        if (field_number(trial, mix, "contest", UINT16_MAX) == input->contest &&
            field_number(trial, mix, "N", UINT32_MAX) == input->count) {
            return read_list(trial, mix, "input", input);
        }
    }
    trial_fail(trial, "input: expected a mix of this contest and N, came none");
    return (struct span){0};
}

static struct span reverse(struct trial *trial, struct span list,
                           const struct mix_input *input)
{
    size_t row = (size_t)64 * input->width;
    uint8_t *reversed = source_memory(trial->source, list.size);

    if (row == 0) {
        return list;
    }
    for (size_t i = 0; i < list.size / row; i++) {
        memcpy(reversed + i * row, list.bytes + list.size - (i + 1) * row, row);
    }
    return (struct span){reversed, list.size};
}

static struct span read_input(struct trial *trial, const json_t *row,
                              const struct mix_state *state,
                              const struct mix_input *input)
{
    static const char as_case[] = "as case";
    static const char reversed[] = "reversed";
    struct span word = field_text(trial, row, "input");
    bool is_reversed = word.size == sizeof reversed - 1 &&
                       memcmp(word.bytes, reversed, word.size) == 0;

    if (!is_reversed && (word.size != sizeof as_case - 1 ||
                         memcmp(word.bytes, as_case, word.size) != 0)) {
        return read_list(trial, row, "input", input);
    }
    word = find_input(trial, state, input);
    return is_reversed && !trial_is_bad(trial) ? reverse(trial, word, input)
                                               : word;
}

static void check_bad_mix(struct trial *trial, const json_t *row, void *arg)
{
    const struct mix_state *state = arg;
    enum aula_code error = field_error(trial, row, "error");
    struct span file = field_bytes(trial, row, "object");
    uint32_t used = mask_of(trial, field_list(trial, row, "used"));
    struct mix_input input;

    read_size(&input, trial, row, state->world);
    input.position = (uint8_t)field_number(trial, row, "position", UINT8_MAX);
    input.list = read_input(trial, row, state, &input).bytes;
    if (!trial_is_bad(trial)) {
        trial_expect_code(trial, error,
                          check_file(trial, NULL, &input, state->world, used,
                                     file));
    }
}

void suite_mix(struct source *source)
{
    struct mix_state state = {.world = world_of(source)};

    if (state.world == NULL) {
        return;
    }
    source_values(source, "package_hash, K", check_election, &state);
    source_each(source, "mixes", check_mix, &state);
    source_each(source, "bad_mixes", check_bad_mix, &state);
}
