/* SPDX-License-Identifier: Apache-2.0 */
/* Identifiers and voter tags (tag.h). The numbers are synthetic: nobody alive
 * can hold them.
 */
#include "tag.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sodium.h>
#include <string.h>

#include "bytes.h"

static const uint8_t tag_key[TAG_KEY_BYTES] = {7, 1, 2, 3};
static const uint8_t package_hash[TAG_PACKAGE_HASH_BYTES] = {9, 8, 7};

static enum aula_code judge(const char *typed)
{
    return tag_check_identifier(TAG_SCHEME_IIN, typed, strlen(typed), NULL);
}

static void make(uint8_t tag[static TAG_BYTES], enum tag_stretch stretch,
                 const char *typed)
{
    assert_int_equal(tag_make(tag, tag_key, package_hash, TAG_SCHEME_IIN,
                              stretch, typed, strlen(typed), NULL),
                     AULA_OK);
}

static void valid_numbers_are_accepted(void **state)
{
    static const char *const valid[] = {
        "850615100017", "850615200023", "850615100801", "850615100850",
        "910304500015", "910304600021", "850615100027", "100340000010",
        "850631100014", "850615000010"};

    (void)state;
    for (size_t i = 0; i < sizeof valid / sizeof valid[0]; i++) {
        assert_int_equal(judge(valid[i]), AULA_OK);
    }
}

static void a_wrong_check_digit_is_refused(void **state)
{
    (void)state;
    assert_int_equal(judge("850615100018"), AULA_TAG_CHECK_DIGIT);
    assert_int_equal(judge("850615010017"), AULA_TAG_CHECK_DIGIT);
}

static void a_number_that_both_passes_leave_at_ten_fits_no_digit(void **state)
{
    char typed[] = "850615101600";

    (void)state;
    for (char digit = '0'; digit <= '9'; digit++) {
        typed[11] = digit;
        assert_int_equal(judge(typed), AULA_TAG_CHECK_DIGIT);
    }
}

static void eleven_equal_digits_are_refused_whatever_the_twelfth(void **state)
{
    char typed[] = "000000000000";

    (void)state;
    for (char digit = '0'; digit <= '9'; digit++) {
        memset(typed, digit, 11);
        for (typed[11] = '0'; typed[11] <= '9'; typed[11]++) {
            assert_int_equal(judge(typed), AULA_TAG_FORMAT);
            assert_int_equal(tag_check_identifier(TAG_SCHEME_DIGITS, typed, 12,
                                                  NULL),
                             AULA_OK);
        }
    }
}

/* The rule as it is written down for people, with its branches. */
static bool fits_by_the_book(const char *typed)
{
    static const unsigned weights[2][11] = {
        {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11},
        {3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2}};

    for (size_t pass = 0; pass < 2; pass++) {
        unsigned sum = 0;

        for (size_t k = 0; k < 11; k++) {
            sum += weights[pass][k] * (unsigned)(typed[k] - '0');
        }
        if (sum % 11 != 10) {
            return sum % 11 == (unsigned)(typed[11] - '0');
        }
    }
    return false;
}

static void the_check_digit_is_the_one_of_the_book(void **state)
{
    uint8_t from[randombytes_SEEDBYTES] = {1};
    uint8_t bytes[12000];
    char typed[13] = {0};
    size_t accepted = 0;

    (void)state;
    randombytes_buf_deterministic(bytes, sizeof bytes, from);
    for (size_t at = 0; at < sizeof bytes; at += 12) {
        for (size_t k = 0; k < 12; k++) {
            typed[k] = (char)('0' + bytes[at + k] % 10);
        }
        typed[0] = '8'; /* with digit 7: born in the 1880s */
        typed[6] = bytes[at] % 2 == 0 ? '1' : '2';
        for (typed[11] = '0'; typed[11] <= '9'; typed[11]++) {
            bool fits = fits_by_the_book(typed);

            assert_int_equal(judge(typed),
                             fits ? AULA_OK : AULA_TAG_CHECK_DIGIT);
            accepted += fits;
        }
    }
    assert_true(accepted > 900 && accepted < 1000); /* a few are dead */
}

static void one_digit_short_or_long_is_refused(void **state)
{
    (void)state;
    assert_int_equal(judge(""), AULA_TAG_FORMAT);
    assert_int_equal(judge(" - "), AULA_TAG_FORMAT);
    assert_int_equal(judge("85061510001"), AULA_TAG_FORMAT);
    assert_int_equal(judge("8506151000177"), AULA_TAG_FORMAT);
    assert_int_equal(judge("850615100017 7"), AULA_TAG_FORMAT);
}

/* The count of digits does not come round to twelve again. */
static void any_other_number_of_digits_is_refused(void **state)
{
    char typed[600];

    (void)state;
    memset(typed, '7', sizeof typed);
    for (size_t size = 0; size <= sizeof typed; size++) {
        assert_int_equal(tag_check_identifier(TAG_SCHEME_DIGITS, typed, size,
                                              NULL),
                         size == 12 ? AULA_OK : AULA_TAG_FORMAT);
    }
}

static void any_other_byte_anywhere_is_refused(void **state)
{
    char typed[] = "850615100017";

    (void)state;
    for (unsigned place = 0; place < 12; place++) {
        char kept = typed[place];

        for (unsigned byte = 0; byte < 256; byte++) {
            enum aula_code code;

            if (byte >= '0' && byte <= '9') {
                continue;
            }
            typed[place] = (char)byte;
            code = tag_check_identifier(TAG_SCHEME_DIGITS, typed, 12, NULL);
            assert_int_equal(code, AULA_TAG_FORMAT);
        }
        typed[place] = kept;
    }
}

static void spaces_and_hyphens_are_dropped(void **state)
{
    static const char *const typed[] = {"850615 100017", "850615-100017",
                                        "  8-5 0615100017--",
                                        "8 5 0 6 1 5 1 0 0 0 1 7"};
    uint8_t plain[TAG_BYTES];
    uint8_t tag[TAG_BYTES];

    (void)state;
    make(plain, TAG_STRETCH_NONE, "850615100017");
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        make(tag, TAG_STRETCH_NONE, typed[i]);
        assert_memory_equal(tag, plain, sizeof tag);
    }
}

/* BLAKE2b-256 with a key over enc("aula/v1/voter-tag", PH, x), by hand. */
static void tag_by_hand(uint8_t tag[static TAG_BYTES], const uint8_t *x,
                        size_t x_size)
{
    static const char label[] = "aula/v1/voter-tag";
    uint8_t text[200];
    struct bytes_writer writer = {text, 0, sizeof text};

    bytes_put_u32(&writer, sizeof label - 1);
    bytes_put(&writer, label, sizeof label - 1);
    bytes_put_u32(&writer, sizeof package_hash);
    bytes_put(&writer, package_hash, sizeof package_hash);
    bytes_put_u32(&writer, (uint32_t)x_size);
    bytes_put(&writer, x, x_size);
    assert_int_equal(crypto_generichash(tag, TAG_BYTES, text, writer.size,
                                        tag_key, sizeof tag_key),
                     0);
}

static void a_tag_is_a_keyed_hash_of_election_and_digits(void **state)
{
    uint8_t expected[TAG_BYTES];
    uint8_t tag[TAG_BYTES];

    (void)state;
    tag_by_hand(expected, (const uint8_t *)"850615100017", 12);
    make(tag, TAG_STRETCH_NONE, "850615100017");
    assert_memory_equal(tag, expected, sizeof tag);
}

static void a_stretched_tag_is_a_keyed_hash_of_argon2id(void **state)
{
    static const char label[] = "aula/v1/tag-salt";
    uint8_t text[100];
    struct bytes_writer writer = {text, 0, sizeof text};
    uint8_t salt[32];
    uint8_t x[32];
    uint8_t expected[TAG_BYTES];
    uint8_t tag[TAG_BYTES];

    (void)state;
    bytes_put_u32(&writer, sizeof label - 1);
    bytes_put(&writer, label, sizeof label - 1);
    bytes_put_u32(&writer, sizeof tag_key);
    bytes_put(&writer, tag_key, sizeof tag_key);
    (void)crypto_generichash(salt, sizeof salt, text, writer.size, NULL, 0);
    assert_int_equal(crypto_pwhash(x, sizeof x, "850615100017", 12, salt, 2,
                                   67108864, crypto_pwhash_ALG_ARGON2ID13),
                     0);
    tag_by_hand(expected, x, sizeof x);
    make(tag, TAG_STRETCH_ARGON2ID, "8506 1510 0017");
    assert_memory_equal(tag, expected, sizeof tag);
}

static void a_tag_depends_on_person_key_and_election(void **state)
{
    uint8_t other[TAG_KEY_BYTES] = {0};
    uint8_t tags[4][TAG_BYTES];

    (void)state;
    make(tags[0], TAG_STRETCH_NONE, "850615100017");
    make(tags[1], TAG_STRETCH_NONE, "850615100027");
    assert_int_equal(tag_make(tags[2], other, package_hash, TAG_SCHEME_IIN,
                              TAG_STRETCH_NONE, "850615100017", 12, NULL),
                     AULA_OK);
    assert_int_equal(tag_make(tags[3], tag_key, other, TAG_SCHEME_IIN,
                              TAG_STRETCH_NONE, "850615100017", 12, NULL),
                     AULA_OK);
    for (size_t i = 0; i < 4; i++) {
        for (size_t j = 0; j < i; j++) {
            assert_memory_not_equal(tags[i], tags[j], TAG_BYTES);
        }
    }
}

static void a_refused_identifier_makes_no_tag(void **state)
{
    uint8_t tag[TAG_BYTES] = {0};

    (void)state;
    assert_int_equal(tag_make(tag, tag_key, package_hash, TAG_SCHEME_IIN,
                              TAG_STRETCH_NONE, "850615100018", 12, NULL),
                     AULA_TAG_CHECK_DIGIT);
    assert_int_equal(tag_make(tag, tag_key, package_hash, TAG_SCHEME_DIGITS,
                              TAG_STRETCH_ARGON2ID, "85061510001", 11, NULL),
                     AULA_TAG_FORMAT);
    assert_true(sodium_is_zero(tag, sizeof tag));
}

static void a_refusal_quotes_no_digit_that_was_typed(void **state)
{
    static const char *const typed[] = {"850615100018", "85061510001",
                                        "8506151000177", "777777777777"};
    struct aula_error err;

    (void)state;
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        char piece[4] = {0};

        assert_int_not_equal(tag_check_identifier(TAG_SCHEME_IIN, typed[i],
                                                  strlen(typed[i]), &err),
                             AULA_OK);
        for (size_t at = 0; at + 3 <= strlen(typed[i]); at++) {
            memcpy(piece, typed[i] + at, 3);
            assert_null(strstr(err.message, piece));
        }
    }
}

static void only_the_key_of_the_package_passes(void **state)
{
    uint8_t check[TAG_KEY_CHECK_BYTES];
    uint8_t key[TAG_KEY_BYTES];

    (void)state;
    tag_key_check(check, tag_key);
    memcpy(key, tag_key, sizeof key);
    assert_int_equal(tag_compare_key(key, check, NULL), AULA_OK);
    for (size_t bit = 0; bit < 8 * sizeof key; bit++) {
        key[bit / 8] ^= (uint8_t)(1U << bit % 8);
        assert_int_equal(tag_compare_key(key, check, NULL), AULA_TAG_KEY);
        key[bit / 8] ^= (uint8_t)(1U << bit % 8);
        check[bit / 8] ^= (uint8_t)(1U << bit % 8);
        assert_int_equal(tag_compare_key(key, check, NULL), AULA_TAG_KEY);
        check[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
}

static void a_bound_tag_depends_on_nonce_and_tag(void **state)
{
    uint8_t nonce[TAG_NONCE_BYTES] = {1};
    uint8_t tag[TAG_BYTES] = {2};
    uint8_t bound[3][TAG_BYTES];

    (void)state;
    tag_bind(bound[0], nonce, tag);
    tag_bind(bound[1], tag, nonce);
    nonce[31] = 1;
    tag_bind(bound[2], nonce, tag);
    assert_memory_not_equal(bound[0], bound[1], TAG_BYTES);
    assert_memory_not_equal(bound[0], bound[2], TAG_BYTES);
    nonce[31] = 0;
    tag_bind(bound[1], nonce, tag);
    assert_memory_equal(bound[0], bound[1], TAG_BYTES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(valid_numbers_are_accepted),
        cmocka_unit_test(a_wrong_check_digit_is_refused),
        cmocka_unit_test(a_number_that_both_passes_leave_at_ten_fits_no_digit),
        cmocka_unit_test(eleven_equal_digits_are_refused_whatever_the_twelfth),
        cmocka_unit_test(the_check_digit_is_the_one_of_the_book),
        cmocka_unit_test(one_digit_short_or_long_is_refused),
        cmocka_unit_test(any_other_number_of_digits_is_refused),
        cmocka_unit_test(any_other_byte_anywhere_is_refused),
        cmocka_unit_test(spaces_and_hyphens_are_dropped),
        cmocka_unit_test(a_tag_is_a_keyed_hash_of_election_and_digits),
        cmocka_unit_test(a_stretched_tag_is_a_keyed_hash_of_argon2id),
        cmocka_unit_test(a_tag_depends_on_person_key_and_election),
        cmocka_unit_test(a_refused_identifier_makes_no_tag),
        cmocka_unit_test(a_refusal_quotes_no_digit_that_was_typed),
        cmocka_unit_test(only_the_key_of_the_package_passes),
        cmocka_unit_test(a_bound_tag_depends_on_nonce_and_tag),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
