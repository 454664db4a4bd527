/* SPDX-License-Identifier: Apache-2.0 */
/* Signatures hold their key, their label and every byte that was signed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draw.h"
#include "sign.h"

enum { BODY = 20, FILE_BYTES = BODY + SIGN_BYTES };

struct signer {
    uint8_t public_key[SIGN_PUBLIC_BYTES];
    uint8_t secret[SIGN_SECRET_BYTES];
    uint8_t file[FILE_BYTES];
};

static int open_signer(void **state)
{
    struct signer *signer = malloc(sizeof *signer);
    uint8_t seed[SIGN_SEED_BYTES];

    draw_bytes(seed, sizeof seed, "seed", 0);
    sign_key_pair(signer->public_key, signer->secret, seed);
    draw_bytes(signer->file, BODY, "body", 0);
    sign_file(signer->file, BODY, "sig-test", signer->secret);
    *state = signer;
    return 0;
}

static int close_signer(void **state)
{
    free(*state);
    return 0;
}

static enum aula_code check(const struct signer *signer)
{
    return sign_check_file(signer->file, FILE_BYTES, "sig-test",
                           signer->public_key);
}

static void a_signed_file_passes(void **state)
{
    assert_int_equal(check(*state), AULA_OK);
}

/* RFC 8032 section 7.1, TEST 1: the key of a seed. */
static void the_key_of_a_seed_is_that_of_the_standard(void **state)
{
    static const uint8_t seed[] = {
        0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a,
        0xf4, 0x92, 0xec, 0x2c, 0xc4, 0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32,
        0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60};
    static const uint8_t expected[] = {
        0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe,
        0xd3, 0xc9, 0x64, 0x07, 0x3a, 0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6,
        0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a};
    struct signer signer;

    (void)state;
    sign_key_pair(signer.public_key, signer.secret, seed);
    assert_memory_equal(signer.public_key, expected, 32);
}

/* SIGN(key, label, x) is Ed25519 over H64(label, x). */
static void what_is_signed_is_the_hash_of_label_and_bytes(void **state)
{
    const struct signer *signer = *state;
    uint8_t text[4 + 16 + 4 + BODY] = {16};
    uint8_t digest[HASH_WIDE_BYTES];

    memcpy(text + 4, "aula/v1/sig-test", 16);
    text[20] = BODY;
    memcpy(text + 24, signer->file, BODY);
    (void)crypto_generichash(digest, sizeof digest, text, sizeof text, NULL, 0);
    assert_int_equal(crypto_sign_verify_detached(signer->file + BODY, digest,
                                                 sizeof digest,
                                                 signer->public_key),
                     0);
}

static void a_flipped_bit_of_file_or_signature_is_refused(void **state)
{
    struct signer *signer = *state;

    for (size_t bit = 0; bit < (size_t)8 * FILE_BYTES; bit++) {
        signer->file[bit / 8] ^= (uint8_t)(1U << bit % 8);
        assert_int_equal(check(signer), AULA_SIG_INVALID);
        signer->file[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
}

static void a_flipped_bit_of_the_key_is_refused(void **state)
{
    struct signer *signer = *state;

    for (size_t bit = 0; bit < (size_t)8 * SIGN_PUBLIC_BYTES; bit++) {
        signer->public_key[bit / 8] ^= (uint8_t)(1U << bit % 8);
        assert_int_equal(check(signer), AULA_SIG_INVALID);
        signer->public_key[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
}

static void another_label_is_refused(void **state)
{
    const struct signer *signer = *state;

    assert_int_equal(sign_check_file(signer->file, FILE_BYTES, "sig-tests",
                                     signer->public_key),
                     AULA_SIG_INVALID);
}

static void every_shorter_file_is_refused(void **state)
{
    const struct signer *signer = *state;

    for (size_t size = 0; size < FILE_BYTES; size++) {
        uint8_t *exact = malloc(size + 1); /* the sanitizer sees its end */

        memcpy(exact + 1, signer->file, size);
        assert_int_equal(sign_check_file(exact + 1, size, "sig-test",
                                         signer->public_key),
                         AULA_SIG_INVALID);
        free(exact);
    }
}

static void an_empty_body_can_be_signed(void **state)
{
    struct signer *signer = *state;

    sign_file(signer->file, 0, "sig-test", signer->secret);
    assert_int_equal(sign_check_file(signer->file, SIGN_BYTES, "sig-test",
                                     signer->public_key),
                     AULA_OK);
}

/* S + l is the same number to a verifier who does not look. */
static void a_signature_with_a_second_form_of_s_is_refused(void **state)
{
    static const uint8_t order[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a,       0x63,
                                      0x12, 0x58, 0xd6, 0x9c, 0xf7,       0xa2,
                                      0xde, 0xf9, 0xde, 0x14, [31] = 0x10};
    struct signer *signer = *state;

    sodium_add(signer->file + BODY + 32, order, sizeof order);
    assert_int_equal(check(signer), AULA_SIG_INVALID);
}

/* With the key 1 (the neutral element) R = S B signs anything. */
static void a_key_of_small_order_is_refused(void **state)
{
    struct signer *signer = *state;

    memset(signer->public_key, 0, sizeof signer->public_key);
    signer->public_key[0] = 1;
    memset(signer->file + BODY, 0, SIGN_BYTES);
    signer->file[BODY] = 1;
    assert_int_equal(check(signer), AULA_SIG_INVALID);
}

#define WITH_SIGNER(test)                                                      \
    cmocka_unit_test_setup_teardown(test, open_signer, close_signer)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_SIGNER(a_signed_file_passes),
        WITH_SIGNER(the_key_of_a_seed_is_that_of_the_standard),
        WITH_SIGNER(what_is_signed_is_the_hash_of_label_and_bytes),
        WITH_SIGNER(a_flipped_bit_of_file_or_signature_is_refused),
        WITH_SIGNER(a_flipped_bit_of_the_key_is_refused),
        WITH_SIGNER(another_label_is_refused),
        WITH_SIGNER(every_shorter_file_is_refused),
        WITH_SIGNER(an_empty_body_can_be_signed),
        WITH_SIGNER(a_signature_with_a_second_form_of_s_is_refused),
        WITH_SIGNER(a_key_of_small_order_is_refused),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
