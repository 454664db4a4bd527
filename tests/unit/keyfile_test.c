/* SPDX-License-Identifier: Apache-2.0 */
/* Key files: what opens, what is refused, in which order and before which
 * expense. The bytes are pinned by the vectors of keyfile.json. */
#include "keyfile.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cheap_pwhash.h"

static const char passphrase[] = "7KQ2M9XVAB3R4";
static const uint8_t secret[KEYFILE_SECRET_BYTES] = {
    0xa1, 0xb2, 0xc3, 4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16,
    17,   18,   19,   20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32};

static int start(void **state)
{
    (void)state;
    cheap_pwhash.mode = PWHASH_CHEAP;
    cheap_pwhash.calls = 0;
    return 0;
}

static void make(uint8_t *file, enum keyfile_purpose purpose)
{
    assert_int_equal(keyfile_make(file, purpose, keyfile_floor(purpose),
                                  passphrase, strlen(passphrase), secret, NULL),
                     AULA_OK);
}

/* Open; a refusal must leave the output alone. */
static enum aula_code open_with(const uint8_t *file, size_t file_size,
                                enum keyfile_purpose purpose, const char *text,
                                size_t size)
{
    static const uint8_t untouched[KEYFILE_SECRET_BYTES] = {0x5a};
    uint8_t opened[KEYFILE_SECRET_BYTES] = {0x5a};
    struct aula_error err = {AULA_OK, ""};
    enum aula_code code = keyfile_open(opened, file, file_size, purpose, text,
                                       size, &err);

    assert_memory_equal(opened, code == AULA_OK ? secret : untouched,
                        sizeof opened);
    assert_int_equal(err.code, code);
    return code;
}

static enum aula_code open_tag_key(const uint8_t *file, size_t file_size)
{
    return open_with(file, file_size, KEYFILE_TAG_KEY, passphrase,
                     strlen(passphrase));
}

/* Written out by hand from the table of section 15. */
static void craft(uint8_t *file, unsigned purpose, uint32_t ops, uint32_t kib,
                  const char *text)
{
    uint8_t key[32];

    memcpy(file, "AULK", 4);
    file[4] = 1;
    file[5] = (uint8_t)purpose;
    memset(file + 6, 0x11, 16);
    put_le32(file + 22, ops);
    put_le32(file + 26, kib);
    memset(file + 30, 0x22, 24);
    cheap_derive(key, sizeof key, text, strlen(text), file + 6, ops,
                 (uint64_t)kib * 1024);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(file + 54, NULL, secret,
                                                     sizeof secret, file, 54,
                                                     NULL, file + 30, key);
}

static void a_file_of_each_purpose_opens_for_that_purpose_only(void **state)
{
    uint8_t file[KEYFILE_BYTES];

    (void)state;
    for (unsigned made = 1; made <= 9; made++) {
        make(file, (enum keyfile_purpose)made);
        for (unsigned asked = 0; asked <= 10; asked++) {
            assert_int_equal(open_with(file, sizeof file,
                                       (enum keyfile_purpose)asked, passphrase,
                                       strlen(passphrase)),
                             asked == made ? AULA_OK : AULA_BAD_FIELD);
        }
    }
}

static void a_file_laid_out_by_hand_opens(void **state)
{
    uint8_t file[KEYFILE_BYTES];

    (void)state;
    craft(file, KEYFILE_TAG_KEY, 2, 65536, passphrase);
    assert_int_equal(open_tag_key(file, sizeof file), AULA_OK);
}

static void a_real_derivation_opens_what_it_made(void **state)
{
    uint8_t file[KEYFILE_BYTES];

    (void)state;
    cheap_pwhash.mode = PWHASH_REAL;
    make(file, KEYFILE_TAG_KEY);
    assert_int_equal(open_tag_key(file, sizeof file), AULA_OK);
    file[101] ^= 1;
    assert_int_equal(open_tag_key(file, sizeof file), AULA_KEY_OPEN);
    cheap_pwhash.mode = PWHASH_CHEAP;
    file[101] ^= 1;
    assert_int_equal(open_tag_key(file, sizeof file), AULA_KEY_OPEN);
}

static void the_same_inputs_never_give_the_same_salt_or_nonce(void **state)
{
    uint8_t one[KEYFILE_BYTES];
    uint8_t two[KEYFILE_BYTES];

    (void)state;
    make(one, KEYFILE_OFFICE_SIGN);
    make(two, KEYFILE_OFFICE_SIGN);
    assert_memory_not_equal(one + 6, two + 6, 16);
    assert_memory_not_equal(one + 30, two + 30, 24);
    assert_memory_not_equal(one + 54, two + 54, 48);
}

static void a_wrong_passphrase_does_not_open(void **state)
{
    uint8_t file[KEYFILE_BYTES];

    (void)state;
    make(file, KEYFILE_TAG_KEY);
    assert_int_equal(open_with(file, sizeof file, KEYFILE_TAG_KEY,
                               "7KQ2M9XVAB3R5", 13),
                     AULA_KEY_OPEN);
    assert_int_equal(open_with(file, sizeof file, KEYFILE_TAG_KEY, passphrase,
                               strlen(passphrase) - 1),
                     AULA_KEY_OPEN);
    assert_int_equal(open_with(file, sizeof file, KEYFILE_TAG_KEY, passphrase,
                               strlen(passphrase) + 1),
                     AULA_KEY_OPEN);
}

/* Ops and KiB may flip to another allowed cost: then only the key notices. */
static bool names_the_damage(size_t at, enum aula_code code)
{
    if (at < 4) {
        return code == AULA_BAD_MAGIC;
    }
    if (at == 4) {
        return code == AULA_BAD_VERSION;
    }
    if (at == 5) {
        return code == AULA_BAD_FIELD;
    }
    if (at >= 22 && at < 30) {
        return code == AULA_BAD_FIELD || code == AULA_KEY_OPEN;
    }
    return code == AULA_KEY_OPEN;
}

static void a_flipped_bit_in_any_byte_is_refused(void **state)
{
    uint8_t file[KEYFILE_BYTES];

    (void)state;
    make(file, KEYFILE_TAG_KEY);
    for (size_t i = 0; i < sizeof file * 8; i++) {
        file[i / 8] ^= (uint8_t)(1U << i % 8);
        assert_true(names_the_damage(i / 8, open_tag_key(file, sizeof file)));
        file[i / 8] ^= (uint8_t)(1U << i % 8);
    }
    assert_int_equal(open_tag_key(file, sizeof file), AULA_OK);
}

static void
every_other_length_is_refused_before_anything_is_derived(void **state)
{
    uint8_t file[KEYFILE_BYTES + 1] = {0};

    (void)state;
    make(file, KEYFILE_TAG_KEY);
    cheap_pwhash.calls = 0;
    for (size_t size = 0; size < KEYFILE_BYTES; size++) {
        assert_int_equal(open_tag_key(file, size), AULA_TRUNCATED);
    }
    assert_int_equal(open_tag_key(file, sizeof file), AULA_TRAILING_BYTES);
    assert_int_equal(cheap_pwhash.calls, 0);
}

static void the_first_failed_check_names_the_error(void **state)
{
    uint8_t file[KEYFILE_BYTES] = {0};

    (void)state;
    make(file, KEYFILE_TAG_KEY);
    file[22] = 11;
    assert_int_equal(open_tag_key(file, 54), AULA_BAD_FIELD);
    file[4] = 2;
    assert_int_equal(open_tag_key(file, 54), AULA_BAD_VERSION);
    file[0] = 'B';
    assert_int_equal(open_tag_key(file, 54), AULA_BAD_MAGIC);
    assert_int_equal(open_tag_key(file, 53), AULA_TRUNCATED);
    assert_int_equal(open_with(file, 53, KEYFILE_TAG_KEY, "", 0),
                     AULA_BAD_FIELD);
}

static void a_malformed_passphrase_neither_makes_nor_opens(void **state)
{
    static const char bad[] = "\xd0\xb8\xcc\x86";
    uint8_t file[KEYFILE_BYTES];

    (void)state;
    make(file, KEYFILE_TAG_KEY);
    cheap_pwhash.calls = 0;
    assert_int_equal(open_with(file, sizeof file, KEYFILE_TAG_KEY, bad, 4),
                     AULA_BAD_FIELD);
    assert_int_equal(keyfile_make(file, KEYFILE_TAG_KEY,
                                  keyfile_floor(KEYFILE_TAG_KEY), bad, 4,
                                  secret, NULL),
                     AULA_BAD_FIELD);
    assert_int_equal(cheap_pwhash.calls, 0);
}

static enum aula_code make_at(enum keyfile_purpose purpose, uint32_t ops,
                              uint32_t kib)
{
    struct stretch_cost cost = {.ops = ops, .kib = kib};
    uint8_t file[KEYFILE_BYTES];

    return keyfile_make(file, purpose, cost, passphrase, strlen(passphrase),
                        secret, NULL);
}

static enum aula_code open_at(enum keyfile_purpose purpose, uint32_t ops,
                              uint32_t kib)
{
    uint8_t file[KEYFILE_BYTES];

    craft(file, purpose, ops, kib, passphrase);
    return open_with(file, sizeof file, purpose, passphrase,
                     strlen(passphrase));
}

/* The row of section 15's table, one short and one long of each bound. */
static void check_bounds(enum keyfile_purpose purpose, uint32_t ops,
                         uint32_t kib)
{
    const struct {
        uint32_t ops;
        uint32_t kib;
        enum aula_code code;
    } rows[] = {
        {ops, kib, AULA_OK},
        {10, 1048576, AULA_OK},
        {ops - 1, kib, AULA_BAD_FIELD},
        {ops, kib - 1, AULA_BAD_FIELD},
        {11, kib, AULA_BAD_FIELD},
        {ops, 1048577, AULA_BAD_FIELD},
        {0, kib, AULA_BAD_FIELD},
        {ops, 0, AULA_BAD_FIELD},
        {UINT32_MAX, kib, AULA_BAD_FIELD},
        {ops, UINT32_MAX, AULA_BAD_FIELD},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cheap_pwhash.calls = 0;
        assert_int_equal(make_at(purpose, rows[i].ops, rows[i].kib),
                         rows[i].code);
        assert_int_equal(open_at(purpose, rows[i].ops, rows[i].kib),
                         rows[i].code);
        assert_int_equal(cheap_pwhash.calls, rows[i].code == AULA_OK ? 2 : 0);
    }
}

static void each_purpose_has_its_floor_and_all_have_one_ceiling(void **state)
{
    (void)state;
    for (unsigned purpose = 1; purpose <= 9; purpose++) {
        if (purpose == 3 || purpose == 7 || purpose == 8) {
            check_bounds((enum keyfile_purpose)purpose, 2, 65536);
        } else {
            check_bounds((enum keyfile_purpose)purpose, 3, 262144);
        }
    }
}

static void
a_short_passphrase_makes_a_file_only_of_the_terminals_purposes(void **state)
{
    uint8_t file[KEYFILE_BYTES];

    (void)state;
    for (unsigned i = 1; i <= 9; i++) {
        enum keyfile_purpose purpose = (enum keyfile_purpose)i;
        bool short_will_do = i == 3 || i == 7 || i == 8;

        assert_int_equal(keyfile_is_generated(purpose), !short_will_do);
        assert_int_equal(keyfile_make(file, purpose, keyfile_floor(purpose),
                                      "0123456789ab", 12, secret, NULL),
                         short_will_do ? AULA_OK : AULA_KEY_WEAK);
    }
}

static void a_weak_passphrase_still_opens_a_file_that_exists(void **state)
{
    uint8_t file[KEYFILE_BYTES];

    (void)state;
    craft(file, KEYFILE_OFFICE_SIGN, 3, 262144, "short");
    assert_int_equal(open_with(file, sizeof file, KEYFILE_OFFICE_SIGN, "short",
                               5),
                     AULA_OK);
}

static void a_derivation_without_memory_says_so_and_writes_nothing(void **state)
{
    static const uint8_t untouched[KEYFILE_BYTES] = {0x5a};
    uint8_t file[KEYFILE_BYTES];
    uint8_t other[KEYFILE_BYTES] = {0x5a};
    struct stretch_cost floor = keyfile_floor(KEYFILE_TAG_KEY);

    (void)state;
    make(file, KEYFILE_TAG_KEY);
    cheap_pwhash.mode = PWHASH_NO_MEMORY;
    assert_int_equal(open_tag_key(file, sizeof file), AULA_MEMORY);
    assert_int_equal(keyfile_make(other, KEYFILE_TAG_KEY, floor, passphrase,
                                  strlen(passphrase), secret, NULL),
                     AULA_MEMORY);
    assert_memory_equal(other, untouched, sizeof other);
}

static void a_refusal_does_not_repeat_the_passphrase(void **state)
{
    uint8_t file[KEYFILE_BYTES];
    uint8_t opened[KEYFILE_SECRET_BYTES];
    struct aula_error err;

    (void)state;
    make(file, KEYFILE_TAG_KEY);
    assert_int_equal(keyfile_open(opened, file, sizeof file, KEYFILE_TAG_KEY,
                                  "sesame", 6, &err),
                     AULA_KEY_OPEN);
    assert_null(strstr(err.message, "sesame"));
    assert_int_equal(keyfile_make(file, KEYFILE_OFFICE_SIGN,
                                  keyfile_floor(KEYFILE_OFFICE_SIGN), "sesame",
                                  6, secret, &err),
                     AULA_KEY_WEAK);
    assert_null(strstr(err.message, "sesame"));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(
            a_file_of_each_purpose_opens_for_that_purpose_only, start),
        cmocka_unit_test_setup(a_file_laid_out_by_hand_opens, start),
        cmocka_unit_test_setup(a_real_derivation_opens_what_it_made, start),
        cmocka_unit_test_setup(
            the_same_inputs_never_give_the_same_salt_or_nonce, start),
        cmocka_unit_test_setup(a_wrong_passphrase_does_not_open, start),
        cmocka_unit_test_setup(a_flipped_bit_in_any_byte_is_refused, start),
        cmocka_unit_test_setup(
            every_other_length_is_refused_before_anything_is_derived, start),
        cmocka_unit_test_setup(the_first_failed_check_names_the_error, start),
        cmocka_unit_test_setup(a_malformed_passphrase_neither_makes_nor_opens,
                               start),
        cmocka_unit_test_setup(
            each_purpose_has_its_floor_and_all_have_one_ceiling, start),
        cmocka_unit_test_setup(
            a_short_passphrase_makes_a_file_only_of_the_terminals_purposes,
            start),
        cmocka_unit_test_setup(a_weak_passphrase_still_opens_a_file_that_exists,
                               start),
        cmocka_unit_test_setup(
            a_derivation_without_memory_says_so_and_writes_nothing, start),
        cmocka_unit_test_setup(a_refusal_does_not_repeat_the_passphrase, start),
    };

    if (sodium_init() < 0) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
