/* SPDX-License-Identifier: Apache-2.0 */
/* tag.json: voter tags (PROTOCOL.md 7.1). */
#include "tag.h"

#include <string.h>

#include "suites.h"
#include "world.h"

static void check_key(struct trial *trial, const json_t *root, void *state)
{
    const struct world *world = state;
    uint8_t key[TAG_KEY_BYTES];
    uint8_t expected[HASH_BYTES];
    uint8_t came[HASH_BYTES];

    field_fixed(trial, root, "tag_key", key, sizeof key);
    trial_expect_bytes(trial, "tag_key", key, sizeof key, world->tag_key,
                       sizeof world->tag_key);
    field_fixed(trial, root, "tag_key_check", expected, sizeof expected);
    tag_key_check(came, key);
    trial_expect_bytes(trial, "tag_key_check", expected, sizeof expected, came,
                       sizeof came);
    trial_expect_code(trial, AULA_OK, tag_compare_key(key, expected, NULL));
    expected[0] ^= 1;
    trial_expect_code(trial, AULA_TAG_KEY,
                      tag_compare_key(key, expected, NULL));
    field_fixed(trial, root, "package_hash", expected, sizeof expected);
    trial_expect_bytes(trial, "package_hash", expected, sizeof expected,
                       world->package.hash, sizeof world->package.hash);
}

static enum tag_scheme read_scheme(struct trial *trial, const json_t *row)
{
    return (enum tag_scheme)field_number(trial, row, "scheme", TAG_SCHEME_IIN);
}

static void check_case(struct trial *trial, const json_t *row, void *state)
{
    const struct world *world = state;
    struct span id = field_text(trial, row, "id");
    enum tag_scheme scheme = read_scheme(trial, row);
    enum tag_stretch stretch =
        (enum tag_stretch)field_number(trial, row, "stretch",
                                       TAG_STRETCH_ARGON2ID);
    uint8_t expected[TAG_BYTES];
    uint8_t came[TAG_BYTES] = {0};

    field_fixed(trial, row, "tag", expected, sizeof expected);
    if (trial_is_bad(trial)) {
        return;
    }
    trial_expect_code(trial, AULA_OK,
                      tag_make(came, world->tag_key, world->package.hash,
                               scheme, stretch, (const char *)id.bytes, id.size,
                               NULL));
    trial_expect_bytes(trial, "tag", expected, sizeof expected, came,
                       sizeof came);
}

static void check_bad(struct trial *trial, const json_t *row, void *state)
{
    static const uint8_t zeros[TAG_BYTES];
    const struct world *world = state;
    enum aula_code error = field_error(trial, row, "error");
    struct span id = field_text(trial, row, "id");
    const char *typed = (const char *)id.bytes;
    enum tag_scheme scheme = read_scheme(trial, row);
    uint8_t came[TAG_BYTES] = {0};

    if (trial_is_bad(trial)) {
        return;
    }
    trial_expect_code(trial, error,
                      tag_check_identifier(scheme, typed, id.size, NULL));
    trial_expect_code(trial, error,
                      tag_make(came, world->tag_key, world->package.hash,
                               scheme, TAG_STRETCH_NONE, typed, id.size, NULL));
    if (error != AULA_OK) {
        trial_expect_bytes(trial, "tag of a refused identifier", zeros,
                           sizeof zeros, came, sizeof came);
    }
}

static void check_bind(struct trial *trial, const json_t *row, void *state)
{
    uint8_t nonce[TAG_NONCE_BYTES];
    uint8_t tag[TAG_BYTES];
    uint8_t expected[TAG_BYTES];
    uint8_t came[TAG_BYTES];

    (void)state;
    field_fixed(trial, row, "nonce", nonce, sizeof nonce);
    field_fixed(trial, row, "tag", tag, sizeof tag);
    field_fixed(trial, row, "tagc", expected, sizeof expected);
    tag_bind(came, nonce, tag);
    trial_expect_bytes(trial, "tagc", expected, sizeof expected, came,
                       sizeof came);
}

void suite_tag(struct source *source)
{
    struct world *world = world_of(source);

    if (world == NULL) {
        return;
    }
    source_values(source, "tag_key", check_key, world);
    source_each(source, "cases", check_case, world);
    source_each(source, "bad", check_bad, world);
    source_each(source, "tag_bind", check_bind, NULL);
}
