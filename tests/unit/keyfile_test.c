/* SPDX-License-Identifier: Apache-2.0 */
/* Key files: what opens, what is refused, in which order and before which
 * expense. The bytes are pinned by the vectors of keyfile.json; costs and
 * strength are keyfile_cost_test.c. */
#include "keyfile_sample.h"

static void make(uint8_t *file, enum keyfile_purpose purpose)
{
    assert_int_equal(keyfile_make(file, purpose, keyfile_floor(purpose),
                                  passphrase, strlen(passphrase), secret, NULL),
                     AULA_OK);
}

static enum aula_code open_tag_key(const uint8_t *file, size_t file_size)
{
    return open_with(file, file_size, KEYFILE_TAG_KEY, passphrase,
                     strlen(passphrase));
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

static void without_locked_memory_nothing_is_made_or_opened(void **state)
{
    uint8_t file[KEYFILE_BYTES];
    uint8_t other[KEYFILE_BYTES] = {0};
    enum aula_code code;

    (void)state;
    make(file, KEYFILE_TAG_KEY);
    locked_memory.refuse = true;
    code = keyfile_make(other, KEYFILE_TAG_KEY, keyfile_floor(KEYFILE_TAG_KEY),
                        passphrase, strlen(passphrase), secret, NULL);
    assert_int_equal(open_tag_key(file, sizeof file), AULA_MEMORY);
    locked_memory.refuse = false;
    assert_int_equal(code, AULA_MEMORY);
    assert_true(sodium_is_zero(other, sizeof other));
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
        KEYFILE_TEST(a_file_of_each_purpose_opens_for_that_purpose_only),
        KEYFILE_TEST(a_file_laid_out_by_hand_opens),
        KEYFILE_TEST(a_real_derivation_opens_what_it_made),
        KEYFILE_TEST(the_same_inputs_never_give_the_same_salt_or_nonce),
        KEYFILE_TEST(a_wrong_passphrase_does_not_open),
        KEYFILE_TEST(a_flipped_bit_in_any_byte_is_refused),
        KEYFILE_TEST(every_other_length_is_refused_before_anything_is_derived),
        KEYFILE_TEST(the_first_failed_check_names_the_error),
        KEYFILE_TEST(a_malformed_passphrase_neither_makes_nor_opens),
        KEYFILE_TEST(a_derivation_without_memory_says_so_and_writes_nothing),
        KEYFILE_TEST(without_locked_memory_nothing_is_made_or_opened),
        KEYFILE_TEST(a_refusal_does_not_repeat_the_passphrase),
    };

    if (sodium_init() < 0) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
