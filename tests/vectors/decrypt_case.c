/* SPDX-License-Identifier: Apache-2.0 */
/* PROTOCOL.md section 13 step by step; see decrypt_case.h. */
#include "decrypt_case.h"

#include <string.h>

#include "decrypt_steps.h"

void decrypt_case_input(struct decrypt_input *input, struct trial *trial,
                        const json_t *row, const struct world *world)
{
    struct span list = field_bytes(trial, row, "input");
    const struct plaintext_rule *rule = NULL;

    *input = (struct decrypt_input){
        .package_hash = world->package.hash,
        .contest = (uint16_t)field_number(trial, row, "contest", UINT16_MAX),
        .width = (uint8_t)field_number(trial, row, "w", PLAINTEXT_WIDTH_MAX),
        .count = (uint32_t)field_number(trial, row, "N", UINT32_MAX),
        .list = list.bytes};
    rule = world_rule(trial, &world->package, input->contest);
    if (rule != NULL) {
        trial_expect_number(trial, "w", plaintext_width(rule), input->width);
        trial_expect_number(trial, "size of the input",
                            (uint64_t)64 * input->count * input->width,
                            list.size);
    }
}

enum aula_code decrypt_case_check_file(struct trial *trial, uint8_t *trustee,
                                       const struct decrypt_input *input,
                                       const struct world *world, uint32_t used,
                                       struct span file)
{
    return decrypt_check(trustee, trial->source->run->pool, input,
                         world->package.trustee_keys, world->package.shares,
                         world->package.trustee_count, used, file.bytes,
                         file.size, NULL);
}

static void expect(struct trial *trial, const json_t *row, const char *key,
                   const void *came, size_t size)
{
    struct span expected = field_bytes(trial, row, key);

    trial_expect_bytes(trial, key, expected.bytes, expected.size, came, size);
}

static void check_trace(struct trial *trial, const json_t *trace,
                        const struct decrypt_input *input, uint8_t v,
                        const uint8_t *share, const uint8_t *points)
{
    size_t count = decrypt_count(input);
    uint8_t r[HASH_WIDE_BYTES];
    uint8_t bytes[GROUP_POINT_BYTES] = {0};
    struct curve_point sum;

    decrypt_hash(r, input, v, share, points);
    expect(trial, trace, "R", r, sizeof r);
    curve_set_identity(&sum);
    trial_expect_code(trial, AULA_OK,
                      decrypt_sum(&sum, trial->source->run->pool, r,
                                  input->list, DECRYPT_PAIR_BYTES, count));
    curve_encode(bytes, &sum);
    expect(trial, trace, "A", bytes, sizeof bytes);
    trial_expect_code(trial, AULA_OK,
                      decrypt_sum(&sum, trial->source->run->pool, r, points,
                                  GROUP_POINT_BYTES, count));
    curve_encode(bytes, &sum);
    expect(trial, trace, "D", bytes, sizeof bytes);
}

static void check_partial(struct trial *trial, const json_t *row,
                          const struct decrypt_input *input,
                          const struct world *world, uint32_t *used)
{
    uint8_t v = (uint8_t)field_number(trial, row, "trustee",
                                      world->package.trustee_count);
    struct span file = field_bytes(trial, row, "file");
    const json_t *trace = field_object(trial, row, "trace");
    size_t size = decrypt_file_size(input->count, input->width);
    uint8_t seed[DECRYPT_SEED_BYTES];
    uint8_t *made = NULL;
    uint8_t came = 0;

    field_fixed(trial, row, "seed", seed, sizeof seed);
    trial_expect_number(trial, "size of the file", file.size, size);
    if (v < 1) {
        trial_fail(trial, "trustee: expected 1 or more, came 0");
        return;
    }
    if (trial_is_bad(trial)) {
        return;
    }
    made = source_memory(trial->source, size);
    trial_expect_code(trial, AULA_OK,
                      decrypt_make(made, trial->source->run->pool, input, v,
                                   world->trustee_secrets[v - 1],
                                   world->secret_shares[v - 1], seed, NULL));
    check_trace(trial, trace, input, v, world->package.shares[v - 1],
                decrypt_points(made));
    trial_expect_bytes(trial, "file", file.bytes, file.size, made, size);
    trial_expect_code(trial, AULA_OK,
                      decrypt_case_check_file(trial, &came, input, world, *used,
                                              file));
    trial_expect_number(trial, "trustee", v, came);
    *used |= UINT32_C(1) << (v - 1);
}

static void find_part(struct decrypt_part *part, struct trial *trial,
                      const json_t *row, const struct decrypt_input *input,
                      uint64_t trustee)
{
    const json_t *partials = field_list(trial, row, "partials");
    size_t size = decrypt_file_size(input->count, input->width);

    for (size_t i = 0; i < json_array_size(partials); i++) {
        const json_t *partial = json_array_get(partials, i);
        struct span file = field_bytes(trial, partial, "file");

        if (field_number(trial, partial, "trustee", UINT8_MAX) == trustee &&
            file.size == size) {
            part->trustee = (uint8_t)trustee;
            part->points = decrypt_points(file.bytes);
            return;
        }
    }
    trial_fail(trial, "expected a partial of that trustee, came none");
}

void decrypt_case_parts(struct decrypt_part parts[static DECRYPT_TRUSTEES_MAX],
                        struct trial *trial, const json_t *row,
                        const struct decrypt_input *input,
                        const json_t *indices)
{
    if (json_array_size(indices) > DECRYPT_TRUSTEES_MAX) {
        trial_fail(trial, "indices: expected at most 32, came more");
        return;
    }
    for (size_t i = 0; i < json_array_size(indices); i++) {
        uint64_t v = list_number(trial, indices, i, DECRYPT_TRUSTEES_MAX);

        if (v < 1) {
            trial_fail(trial, "indices: expected 1..32, came 0");
            return;
        }
        find_part(&parts[i], trial, row, input, v);
    }
}

static void check_coefficients(struct trial *trial, const json_t *set,
                               const struct decrypt_part *parts, size_t count)
{
    struct span expected = list_joined(trial,
                                       field_list(trial, set, "coefficients"),
                                       GROUP_SCALAR_BYTES);
    uint8_t lambda[DECRYPT_TRUSTEES_MAX][GROUP_SCALAR_BYTES];
    uint8_t trustees[DECRYPT_TRUSTEES_MAX];

    for (size_t i = 0; i < count; i++) {
        trustees[i] = parts[i].trustee;
    }
    decrypt_lagrange(lambda, trustees, count);
    trial_expect_bytes(trial, "coefficients", expected.bytes, expected.size,
                       lambda, count * GROUP_SCALAR_BYTES);
}

/* One set of trustees that combines to M; the order of parts means nothing. */
static void check_set(struct trial *trial, const json_t *row, const json_t *set,
                      const struct decrypt_input *input, struct span expected)
{
    const json_t *indices = field_list(trial, set, "indices");
    size_t count = json_array_size(indices);
    struct decrypt_part parts[DECRYPT_TRUSTEES_MAX] = {{0}};
    struct decrypt_part reversed[DECRYPT_TRUSTEES_MAX];
    uint8_t *came = source_memory(trial->source, expected.size);

    decrypt_case_parts(parts, trial, row, input, indices);
    if (count < 1) {
        trial_fail(trial, "indices: expected some, came none");
    }
    if (trial_is_bad(trial)) {
        return;
    }
    check_coefficients(trial, set, parts, count);
    for (size_t i = 0; i < count; i++) {
        reversed[i] = parts[count - 1 - i];
    }
    trial_expect_code(trial, AULA_OK,
                      decrypt_combine(came, trial->source->run->pool, input,
                                      parts, count, count, NULL));
    trial_expect_bytes(trial, "M", expected.bytes, expected.size, came,
                       expected.size);
    trial_expect_code(trial, AULA_OK,
                      decrypt_combine(came, trial->source->run->pool, input,
                                      reversed, count, count, NULL));
    trial_expect_bytes(trial, "M of the parts in reverse", expected.bytes,
                       expected.size, came, expected.size);
}

/* As the result file writes them: 0 valid, then PT_EMBED .. PT_RANK. */
static void check_plaintext(struct trial *trial, const json_t *row,
                            const struct plaintext_rule *rule,
                            const uint8_t *points)
{
    static const enum aula_code codes[] = {AULA_OK,         AULA_PT_EMBED,
                                           AULA_PT_COUNTER, AULA_PT_PADDING,
                                           AULA_PT_LIMIT,   AULA_PT_RANK};
    uint64_t code = field_number(trial, row, "code",
                                 sizeof codes / sizeof codes[0] - 1);
    struct span expected = field_bytes(trial, row, "plaintext");
    uint8_t came[PLAINTEXT_BYTES_MAX] = {0};

    trial_expect_code(trial, codes[code], plaintext_decode(came, rule, points));
    trial_expect_bytes(trial, "plaintext", expected.bytes, expected.size, came,
                       plaintext_size(rule));
}

static void check_plaintexts(struct trial *trial, const json_t *row,
                             const struct plaintext_rule *rule,
                             const struct decrypt_input *input,
                             struct span messages)
{
    const json_t *plaintexts = field_list(trial, row, "plaintexts");
    size_t size = (size_t)input->width * GROUP_POINT_BYTES;

    trial_expect_number(trial, "plaintexts", input->count,
                        json_array_size(plaintexts));
    for (size_t i = 0; i < input->count && !trial_is_bad(trial); i++) {
        trial_at(trial, "plaintexts[%zu]", i);
        check_plaintext(trial, json_array_get(plaintexts, i), rule,
                        messages.bytes + i * size);
    }
}

void decrypt_case_check(struct trial *trial, const json_t *row, void *arg)
{
    const struct decrypt_state *state = arg;
    const json_t *partials = field_list(trial, row, "partials");
    const json_t *sets = field_list(trial, row, "lagrange");
    struct span messages = list_joined(trial, field_list(trial, row, "M"),
                                       GROUP_POINT_BYTES);
    struct decrypt_input input;
    uint32_t used = 0;

    decrypt_case_input(&input, trial, row, state->world);
    trial_expect_number(trial, "M", (uint64_t)input.count * input.width,
                        messages.size / GROUP_POINT_BYTES);
    for (size_t i = 0; i < json_array_size(partials); i++) {
        trial_at(trial, "partials[%zu]", i);
        check_partial(trial, json_array_get(partials, i), &input, state->world,
                      &used);
    }
    for (size_t i = 0; i < json_array_size(sets) && !trial_is_bad(trial); i++) {
        trial_at(trial, "lagrange[%zu]", i);
        check_set(trial, row, json_array_get(sets, i), &input, messages);
    }
    if (!trial_is_bad(trial)) {
        check_plaintexts(trial, row,
                         world_rule(trial, &state->world->package,
                                    input.contest),
                         &input, messages);
    }
}
