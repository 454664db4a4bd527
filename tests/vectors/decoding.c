/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of a ballot and its way back from points (PROTOCOL.md 6.1, 6.3). */
#include "decoding.h"

#include <string.h>

#include "world.h"

static void check_rule(struct trial *trial, const json_t *row, void *state)
{
    const struct package *package = state;
    enum aula_code error = field_error(trial, row, "error");
    struct span plaintext = field_bytes(trial, row, "plaintext");
    const struct plaintext_rule *rule =
        world_rule(trial, package,
                   field_number(trial, row, "contest", UINT16_MAX));

    if (!trial_is_bad(trial)) {
        trial_expect_code(trial, error,
                          plaintext_check(rule, plaintext.bytes,
                                          plaintext.size));
    }
}

static void compare_decoded(struct trial *trial, const json_t *row,
                            enum aula_code error, const uint8_t *came,
                            size_t size)
{
    static const uint8_t zeros[PLAINTEXT_BYTES_MAX];

    if (error == AULA_OK) {
        struct span expected = field_bytes(trial, row, "plaintext");

        trial_expect_bytes(trial, "plaintext", expected.bytes, expected.size,
                           came, size);
    } else {
        trial_expect_bytes(trial, "plaintext", zeros, size, came, size);
    }
}

static void check_decoding(struct trial *trial, const json_t *row, void *state)
{
    const struct package *package = state;
    enum aula_code error = field_error(trial, row, "error");
    const json_t *points = field_list(trial, row, "points");
    struct span joined = list_joined(trial, points, GROUP_POINT_BYTES);
    const struct plaintext_rule *rule =
        world_rule(trial, package,
                   field_number(trial, row, "contest", UINT16_MAX));
    uint8_t came[PLAINTEXT_BYTES_MAX];

    if (trial_is_bad(trial)) {
        return;
    }
    trial_expect_number(trial, "points", plaintext_width(rule),
                        json_array_size(points));
    if (trial_is_bad(trial)) {
        return;
    }
    memset(came, 0xaa, sizeof came);
    trial_expect_code(trial, error, plaintext_decode(came, rule, joined.bytes));
    compare_decoded(trial, row, error, came, plaintext_size(rule));
}

void decoding_check(struct source *source, struct package *package)
{
    source_each(source, "rules", check_rule, package);
    source_each(source, "decoding", check_decoding, package);
}
