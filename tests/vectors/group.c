/* SPDX-License-Identifier: Apache-2.0 */
/* group.json: hashes, points, scalars, signatures (PROTOCOL.md section 2). */
#include <string.h>

#include "group.h"
#include "sign.h"
#include "suites.h"
#include "trial.h"

enum { LABEL_MAX_BYTES = 64 };

static void check_multiple(struct trial *trial, const json_t *row, void *state)
{
    uint8_t k[GROUP_SCALAR_BYTES];
    uint8_t expected[GROUP_POINT_BYTES];
    uint8_t came[GROUP_POINT_BYTES];

    (void)state;
    field_fixed(trial, row, "k", k, sizeof k);
    field_fixed(trial, row, "kG", expected, sizeof expected);
    group_mul_base(came, k);
    trial_expect_bytes(trial, "kG", expected, sizeof expected, came,
                       sizeof came);
}

static void check_point(struct trial *trial, const json_t *row, void *state)
{
    uint8_t point[GROUP_POINT_BYTES];
    enum aula_code error = field_error(trial, row, "error");

    (void)state;
    field_fixed(trial, row, "point", point, sizeof point);
    trial_expect_code(trial, error, group_check_point(point));
}

static void check_scalar(struct trial *trial, const json_t *row, void *state)
{
    uint8_t scalar[GROUP_SCALAR_BYTES];
    enum aula_code error = field_error(trial, row, "error");

    (void)state;
    field_fixed(trial, row, "scalar", scalar, sizeof scalar);
    trial_expect_code(trial, error, group_check_scalar(scalar));
}

/* The file gives full labels; hash_start wants them without "aula/v1/". */
static void read_label(struct trial *trial, const json_t *row,
                       char label[static LABEL_MAX_BYTES])
{
    static const char prefix[] = "aula/v1/";
    struct span text = field_text(trial, row, "label");
    size_t skip = sizeof prefix - 1;

    label[0] = '\0';
    if (text.size < skip || text.size - skip >= LABEL_MAX_BYTES ||
        memcmp(text.bytes, prefix, skip) != 0) {
        trial_fail(trial, "label: expected %s and more, came another", prefix);
        return;
    }
    memcpy(label, text.bytes + skip, text.size - skip);
    label[text.size - skip] = '\0';
}

static void start_tuple(struct trial *trial, struct hash *h, size_t size,
                        const char *label, const json_t *fields)
{
    hash_start(h, size, label);
    for (size_t i = 0; i < json_array_size(fields); i++) {
        struct span field = list_bytes(trial, fields, i);

        hash_field(h, field.bytes, field.size);
    }
}

/* Nothing of ours writes enc into memory: H32 and H64 of libsodium over the
 * written bytes must be what our stream gives. */
static void check_enc(struct trial *trial, const json_t *row)
{
    struct span enc = field_bytes(trial, row, "enc");
    uint8_t digest[HASH_WIDE_BYTES];
    uint8_t expected[HASH_WIDE_BYTES];

    field_fixed(trial, row, "H32", expected, HASH_BYTES);
    (void)crypto_generichash(digest, HASH_BYTES, enc.bytes, enc.size, NULL, 0);
    trial_expect_bytes(trial, "H32 of enc", expected, HASH_BYTES, digest,
                       HASH_BYTES);
    field_fixed(trial, row, "H64", expected, HASH_WIDE_BYTES);
    (void)crypto_generichash(digest, HASH_WIDE_BYTES, enc.bytes, enc.size, NULL,
                             0);
    trial_expect_bytes(trial, "H64 of enc", expected, HASH_WIDE_BYTES, digest,
                       HASH_WIDE_BYTES);
}

static void check_tuple(struct trial *trial, const json_t *row, void *state)
{
    const json_t *fields = field_list(trial, row, "fields");
    char label[LABEL_MAX_BYTES];
    uint8_t expected[HASH_WIDE_BYTES];
    uint8_t came[HASH_WIDE_BYTES];
    struct hash h;

    (void)state;
    read_label(trial, row, label);
    check_enc(trial, row);
    field_fixed(trial, row, "H32", expected, HASH_BYTES);
    start_tuple(trial, &h, HASH_BYTES, label, fields);
    hash_end(&h, came);
    trial_expect_bytes(trial, "H32", expected, HASH_BYTES, came, HASH_BYTES);
    field_fixed(trial, row, "H64", expected, HASH_WIDE_BYTES);
    start_tuple(trial, &h, HASH_WIDE_BYTES, label, fields);
    hash_end(&h, came);
    trial_expect_bytes(trial, "H64", expected, HASH_WIDE_BYTES, came,
                       HASH_WIDE_BYTES);
    field_fixed(trial, row, "HS", expected, GROUP_SCALAR_BYTES);
    start_tuple(trial, &h, HASH_WIDE_BYTES, label, fields);
    hash_end_scalar(&h, came);
    trial_expect_bytes(trial, "HS", expected, GROUP_SCALAR_BYTES, came,
                       GROUP_SCALAR_BYTES);
    field_fixed(trial, row, "HG", expected, GROUP_POINT_BYTES);
    start_tuple(trial, &h, HASH_WIDE_BYTES, label, fields);
    group_end_hash(&h, came);
    trial_expect_bytes(trial, "HG", expected, GROUP_POINT_BYTES, came,
                       GROUP_POINT_BYTES);
}

static void hash_pair(uint8_t digest[static HASH_BYTES], const char *first,
                      const char *second)
{
    struct hash h;

    hash_start(&h, HASH_BYTES, "test");
    hash_field(&h, first, strlen(first));
    hash_field(&h, second, strlen(second));
    hash_end(&h, digest);
}

static void check_pairs(struct trial *trial, const json_t *row, void *state)
{
    uint8_t expected_a[HASH_BYTES];
    uint8_t expected_b[HASH_BYTES];
    uint8_t a[HASH_BYTES];
    uint8_t b[HASH_BYTES];

    (void)state;
    field_fixed(trial, row, "a", expected_a, sizeof expected_a);
    field_fixed(trial, row, "b", expected_b, sizeof expected_b);
    hash_pair(a, "ab", "c");
    hash_pair(b, "a", "bc");
    trial_expect_bytes(trial, "a", expected_a, sizeof expected_a, a, sizeof a);
    trial_expect_bytes(trial, "b", expected_b, sizeof expected_b, b, sizeof b);
    if (memcmp(a, b, sizeof a) == 0) {
        trial_fail(trial, "expected a and b to differ, came equal ones");
    }
}

static void check_sign(struct trial *trial, const json_t *row, void *state)
{
    const json_t *fields = field_list(trial, row, "fields");
    char label[LABEL_MAX_BYTES];
    uint8_t seed[SIGN_SEED_BYTES];
    uint8_t expected_public[SIGN_PUBLIC_BYTES];
    uint8_t expected[SIGN_BYTES];
    uint8_t public_key[SIGN_PUBLIC_BYTES];
    uint8_t secret[SIGN_SECRET_BYTES];
    uint8_t signature[SIGN_BYTES];
    struct hash h;

    (void)state;
    read_label(trial, row, label);
    field_fixed(trial, row, "seed", seed, sizeof seed);
    field_fixed(trial, row, "public", expected_public, sizeof expected_public);
    field_fixed(trial, row, "signature", expected, sizeof expected);
    sign_key_pair(public_key, secret, seed);
    trial_expect_bytes(trial, "public", expected_public, sizeof expected_public,
                       public_key, sizeof public_key);
    start_tuple(trial, &h, HASH_WIDE_BYTES, label, fields);
    sign_end(&h, signature, secret);
    trial_expect_bytes(trial, "signature", expected, sizeof expected, signature,
                       sizeof signature);
    start_tuple(trial, &h, HASH_WIDE_BYTES, label, fields);
    trial_expect_code(trial, AULA_OK, sign_check(&h, expected, public_key));
}

static void check_generator(struct trial *trial, const json_t *row, void *state)
{
    uint32_t index = (uint32_t)field_number(trial, row, "index", UINT32_MAX);
    uint8_t expected[GROUP_POINT_BYTES];
    uint8_t came[GROUP_POINT_BYTES];

    (void)state;
    field_fixed(trial, row, "point", expected, sizeof expected);
    group_generator(came, index);
    trial_expect_bytes(trial, "point", expected, sizeof expected, came,
                       sizeof came);
}

void suite_group(struct source *source)
{
    source_each(source, "multiples", check_multiple, NULL);
    source_each(source, "points", check_point, NULL);
    source_each(source, "scalars", check_scalar, NULL);
    source_single(source, "tuple", check_tuple, NULL);
    source_single(source, "tuple_pairs", check_pairs, NULL);
    source_single(source, "sign", check_sign, NULL);
    source_each(source, "generators", check_generator, NULL);
}
