/* SPDX-License-Identifier: Apache-2.0 */
/* The form of a passphrase, against the other UTF-8 reader of the house for
 * every code point and every short string, and how one is made. */
#include "passphrase.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bytes.h"

static enum aula_code form_of(const uint8_t *text, size_t size)
{
    return passphrase_check((const char *)text, size, NULL);
}

/* The rule in words, by the reader that may branch. */
static enum aula_code expected_of(const uint8_t *text, size_t size)
{
    size_t used = 0;

    while (used < size) {
        uint32_t point = 0;
        size_t length = bytes_utf8(text + used, size - used, &point);

        if (length == 0 || (point >= 0x300 && point <= 0x36f)) {
            return AULA_BAD_FIELD;
        }
        used += length;
    }
    return AULA_OK;
}

static void judge_as_utf8(const uint8_t *text, size_t size)
{
    if (form_of(text, size) != expected_of(text, size)) {
        fail_msg("%zu bytes: %02x %02x %02x %02x", size, text[0], text[1],
                 text[2], text[3]);
    }
}

static void every_string_of_one_to_three_bytes_is_judged_as_utf8(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 0x1000000; i++) {
        uint8_t text[4];

        put_le32(text, i);
        judge_as_utf8(text, 3);
        if (i < 0x10000) {
            judge_as_utf8(text, 2);
        }
        if (i < 0x100) {
            judge_as_utf8(text, 1);
        }
    }
}

/* Leads and second bytes all, third and fourth at the edges of their range. */
static void every_lead_of_four_bytes_is_judged_as_utf8(void **state)
{
    static const uint8_t edges[] = {0x00, 0x41, 0x7f, 0x80, 0xaf, 0xb0,
                                    0xbf, 0xc0, 0xcc, 0xe0, 0xf0, 0xff};

    (void)state;
    for (uint32_t i = 0; i < 0x10000 * sizeof edges * sizeof edges; i++) {
        uint8_t text[4] = {(uint8_t)i, (uint8_t)(i >> 8),
                           edges[(i >> 16) % sizeof edges],
                           edges[(i >> 16) / sizeof edges]};

        judge_as_utf8(text, sizeof text);
    }
}

static void a_sequence_cut_short_at_the_end_is_refused(void **state)
{
    static const uint8_t clef[] = {'a', 0xf0, 0x9d, 0x84, 0x9e};

    (void)state;
    assert_int_equal(form_of(clef, 5), AULA_OK);
    assert_int_equal(form_of(clef, 4), AULA_BAD_FIELD);
    assert_int_equal(form_of(clef, 3), AULA_BAD_FIELD);
    assert_int_equal(form_of(clef, 2), AULA_BAD_FIELD);
    assert_int_equal(form_of(clef, 1), AULA_OK);
}

static void one_to_1024_bytes_are_accepted(void **state)
{
    uint8_t text[PASSPHRASE_BYTES_MAX + 1];

    (void)state;
    memset(text, 'x', sizeof text);
    assert_int_equal(form_of(text, 0), AULA_BAD_FIELD);
    assert_int_equal(form_of(text, 1), AULA_OK);
    assert_int_equal(form_of(text, PASSPHRASE_BYTES_MAX), AULA_OK);
    assert_int_equal(form_of(text, PASSPHRASE_BYTES_MAX + 1), AULA_BAD_FIELD);
}

static void
a_letter_and_its_mark_are_refused_where_one_letter_is_not(void **state)
{
    (void)state;
    assert_int_equal(passphrase_check("\xd0\xb9", 2, NULL), AULA_OK);
    assert_int_equal(passphrase_check("\xd0\xb8\xcc\x86", 4, NULL),
                     AULA_BAD_FIELD);
    assert_int_equal(passphrase_check("\xcd\xaf", 2, NULL), AULA_BAD_FIELD);
    assert_int_equal(passphrase_check("\xcd\xb0", 2, NULL), AULA_OK);
    assert_int_equal(passphrase_check("\xcb\xbf", 2, NULL), AULA_OK);
}

static void strength_counts_letters_and_not_bytes(void **state)
{
    /* U+04D9, two bytes a letter */
    static const char letters[] = "\xd3\x99\xd3\x99\xd3\x99\xd3\x99\xd3\x99"
                                  "\xd3\x99\xd3\x99\xd3\x99\xd3\x99\xd3\x99"
                                  "\xd3\x99\xd3\x99\xd3\x99";

    (void)state;
    assert_int_equal(passphrase_check_strong(letters, 26, NULL), AULA_OK);
    assert_int_equal(passphrase_check_strong(letters, 24, NULL), AULA_KEY_WEAK);
    assert_int_equal(passphrase_check_strong("xxxxxxxxxxxxx", 13, NULL),
                     AULA_OK);
    assert_int_equal(passphrase_check_strong("xxxxxxxxxxxx", 12, NULL),
                     AULA_KEY_WEAK);
}

static void a_malformed_passphrase_is_malformed_before_it_is_weak(void **state)
{
    struct aula_error err = {AULA_OK, ""};

    (void)state;
    assert_int_equal(passphrase_check_strong("\xff", 1, &err), AULA_BAD_FIELD);
    assert_int_equal(err.code, AULA_BAD_FIELD);
    assert_int_equal(passphrase_check_strong("", 0, NULL), AULA_BAD_FIELD);
}

static void a_generated_passphrase_is_strong_and_not_the_last_one(void **state)
{
    char one[PASSPHRASE_GENERATED_BYTES];
    char two[PASSPHRASE_GENERATED_BYTES];

    (void)state;
    passphrase_generate(one);
    passphrase_generate(two);
    assert_int_equal(strlen(one), PASSPHRASE_STRONG_POINTS);
    assert_int_equal(passphrase_check_strong(one, strlen(one), NULL), AULA_OK);
    assert_string_not_equal(one, two);
}

static const char *counting_name(void)
{
    return "counting";
}

static uint32_t counting_random(void)
{
    return 0;
}

/* The last 13 of 32: the three high bits of a byte must not matter. */
static void counting_buffer(void *const buffer, const size_t size)
{
    for (size_t i = 0; i < size; i++) {
        ((uint8_t *)buffer)[i] = (uint8_t)(0xe0 + 19 + i);
    }
}

static void zero_buffer(void *const buffer, const size_t size)
{
    memset(buffer, 0x20, size);
}

static void five_bits_choose_each_character(void **state)
{
    struct randombytes_implementation fixed = {
        .implementation_name = counting_name,
        .random = counting_random,
        .buf = counting_buffer,
    };
    char passphrase[PASSPHRASE_GENERATED_BYTES];

    (void)state;
    randombytes_set_implementation(&fixed);
    passphrase_generate(passphrase);
    assert_string_equal(passphrase, "KMNPQRSTVWXYZ");
    fixed.buf = zero_buffer;
    passphrase_generate(passphrase);
    assert_string_equal(passphrase, "0000000000000");
    randombytes_set_implementation(&randombytes_sysrandom_implementation);
}

static void all_32_characters_occur_and_no_other(void **state)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    size_t seen[32] = {0};
    char passphrase[PASSPHRASE_GENERATED_BYTES];

    (void)state;
    for (size_t i = 0; i < 1000; i++) {
        passphrase_generate(passphrase);
        for (size_t k = 0; k < PASSPHRASE_STRONG_POINTS; k++) {
            const char *place = strchr(alphabet, passphrase[k]);

            assert_non_null(place);
            assert_true(*place != '\0');
            seen[place - alphabet]++;
        }
    }
    for (size_t i = 0; i < 32; i++) {
        assert_true(seen[i] > 0);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_string_of_one_to_three_bytes_is_judged_as_utf8),
        cmocka_unit_test(every_lead_of_four_bytes_is_judged_as_utf8),
        cmocka_unit_test(a_sequence_cut_short_at_the_end_is_refused),
        cmocka_unit_test(one_to_1024_bytes_are_accepted),
        cmocka_unit_test(
            a_letter_and_its_mark_are_refused_where_one_letter_is_not),
        cmocka_unit_test(strength_counts_letters_and_not_bytes),
        cmocka_unit_test(a_malformed_passphrase_is_malformed_before_it_is_weak),
        cmocka_unit_test(a_generated_passphrase_is_strong_and_not_the_last_one),
        cmocka_unit_test(five_bits_choose_each_character),
        cmocka_unit_test(all_32_characters_occur_and_no_other),
    };

    if (sodium_init() < 0) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
