/* SPDX-License-Identifier: Apache-2.0 */
/* Codes that people type (code.h). */
#include "code.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

enum { CHARS = 20, SAMPLES = 40 };

/* Letters that a person may type for a character, as UTF-8: what PROTOCOL.md
 * section 8 lists, and nothing else. */
struct typed_as {
    const char *typed;
    char meant;
};

static const struct typed_as table[] = {
    {"А", 'A'}, {"а", 'A'}, {"В", 'B'}, {"в", 'B'}, {"Е", 'E'}, {"е", 'E'},
    {"З", '3'}, {"з", '3'}, {"К", 'K'}, {"к", 'K'}, {"М", 'M'}, {"м", 'M'},
    {"Н", 'H'}, {"н", 'H'}, {"О", '0'}, {"о", '0'}, {"Р", 'P'}, {"р", 'P'},
    {"С", 'C'}, {"с", 'C'}, {"Т", 'T'}, {"т", 'T'}, {"У", 'Y'}, {"у", 'Y'},
    {"Х", 'X'}, {"х", 'X'}, {"І", '1'}, {"і", '1'}, {"Ү", 'Y'}, {"ү", 'Y'},
    {"Һ", 'H'}, {"һ", 'H'}, {"O", '0'}, {"o", '0'}, {"I", '1'}, {"i", '1'},
    {"L", '1'}, {"l", '1'}};

static enum aula_code read_bytes(char code[static CODE_TEXT_BYTES],
                                 const void *text, size_t size)
{
    return code_read(code, text, size, NULL);
}

static enum aula_code read_text(const char *text)
{
    char code[CODE_TEXT_BYTES];

    return read_bytes(code, text, strlen(text));
}

/* The code of some hash, other for each n. */
static void sample(char code[static CODE_TEXT_BYTES], uint8_t n)
{
    uint8_t from[randombytes_SEEDBYTES] = {n};
    uint8_t hash[CODE_HASH_BYTES];

    randombytes_buf_deterministic(hash, sizeof hash, from);
    code_write(code, hash);
}

/* A code that begins with this character of the alphabet. */
static void sample_with(char code[static CODE_TEXT_BYTES], char first)
{
    uint8_t hash[CODE_HASH_BYTES] = {0, 0x5a, 0xc3};
    size_t value = (size_t)(strchr(alphabet, first) - alphabet);

    hash[0] = (uint8_t)(value << 3);
    code_write(code, hash);
    assert_int_equal(code[0], first);
}

static size_t place_of(size_t character)
{
    return character + character / 4; /* past the hyphens */
}

static void a_code_is_five_groups_of_four_characters(void **state)
{
    char code[CODE_TEXT_BYTES];

    (void)state;
    for (uint8_t n = 0; n < SAMPLES; n++) {
        sample(code, n);
        assert_int_equal(strlen(code), 24);
        for (size_t i = 0; i < 24; i++) {
            if (i % 5 == 4) {
                assert_int_equal(code[i], '-');
            } else {
                assert_non_null(strchr(alphabet, code[i]));
            }
        }
    }
}

static void a_code_reads_as_it_was_written(void **state)
{
    char code[CODE_TEXT_BYTES];
    char found[CODE_TEXT_BYTES];

    (void)state;
    for (uint8_t n = 0; n < SAMPLES; n++) {
        sample(code, n);
        assert_int_equal(read_bytes(found, code, strlen(code)), AULA_OK);
        assert_string_equal(found, code);
    }
}

static void a_code_says_the_first_95_bits_of_a_hash(void **state)
{
    static const char zero[] = "0000-0000-0000-0000-0000";
    char code[CODE_TEXT_BYTES];

    (void)state;
    for (size_t bit = 0; bit < 256; bit++) {
        uint8_t hash[CODE_HASH_BYTES] = {0};

        code_write(code, hash);
        assert_string_equal(code, zero);
        hash[bit / 8] = (uint8_t)(0x80U >> bit % 8);
        code_write(code, hash);
        if (bit < 95) {
            assert_int_equal(code[place_of(bit / 5)], alphabet[16U >> bit % 5]);
        } else {
            assert_string_equal(code, zero);
        }
    }
}

static void every_wrong_character_is_seen(void **state)
{
    char code[CODE_TEXT_BYTES];

    (void)state;
    for (uint8_t n = 0; n < SAMPLES; n++) {
        sample(code, n);
        for (size_t i = 0; i < CHARS; i++) {
            char *at = &code[place_of(i)];
            char kept = *at;

            for (size_t value = 0; value < 32; value++) {
                *at = alphabet[value];
                assert_int_equal(read_text(code),
                                 *at == kept ? AULA_OK : AULA_CODE_CHECK);
            }
            *at = kept;
        }
    }
}

static void exchange(char *a, char *b)
{
    char kept = *a;

    *a = *b;
    *b = kept;
}

static void every_exchange_of_two_characters_is_seen(void **state)
{
    char code[CODE_TEXT_BYTES];
    size_t differing = 0;

    (void)state;
    for (uint8_t n = 0; n < SAMPLES; n++) {
        sample(code, n);
        for (size_t i = 0; i < CHARS; i++) {
            for (size_t j = 0; j < i; j++) {
                char *a = &code[place_of(i)];
                char *b = &code[place_of(j)];

                exchange(a, b);
                differing += *a != *b;
                assert_int_equal(read_text(code),
                                 *a == *b ? AULA_OK : AULA_CODE_CHECK);
                exchange(a, b);
            }
        }
    }
    assert_true(differing > (size_t)SAMPLES * 150);
}

static void letters_that_look_alike_are_read(void **state)
{
    char code[CODE_TEXT_BYTES];
    char found[CODE_TEXT_BYTES];
    char text[2 * CODE_TEXT_BYTES];

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        sample_with(code, table[i].meant);
        memcpy(text, table[i].typed, strlen(table[i].typed) + 1);
        memcpy(text + strlen(text), code + 1, strlen(code));
        assert_int_equal(read_bytes(found, text, strlen(text)), AULA_OK);
        assert_string_equal(found, code);
    }
}

static size_t put_utf8(uint8_t *text, uint32_t point)
{
    if (point < 0x80) {
        text[0] = (uint8_t)point;
        return 1;
    }
    if (point < 0x800) {
        text[0] = (uint8_t)(0xc0 | point >> 6);
        text[1] = (uint8_t)(0x80 | (point & 0x3f));
        return 2;
    }
    text[0] = (uint8_t)(0xe0 | point >> 12);
    text[1] = (uint8_t)(0x80 | (point >> 6 & 0x3f));
    text[2] = (uint8_t)(0x80 | (point & 0x3f));
    return 3;
}

/* Is this a character, or one that may be typed for it? */
static bool may_be_typed(const uint8_t *utf8, size_t size)
{
    if (size == 1 && utf8[0] != 0 &&
        (strchr(alphabet, utf8[0]) != NULL ||
         (utf8[0] >= 'a' && utf8[0] <= 'z' && utf8[0] != 'u'))) {
        return true;
    }
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (strlen(table[i].typed) == size &&
            memcmp(table[i].typed, utf8, size) == 0) {
            return true;
        }
    }
    return false;
}

static void no_other_letter_is_folded(void **state)
{
    uint8_t text[CODE_TEXT_BYTES + 3];
    char code[CODE_TEXT_BYTES];
    char found[CODE_TEXT_BYTES];
    size_t readable = 0;

    (void)state;
    sample(code, 1);
    for (uint32_t point = 0; point < 0x10000; point++) {
        size_t size = put_utf8(text, point);
        bool is_read;

        if (point == ' ' || point == '-') {
            continue; /* dropped; see below */
        }
        memcpy(text + size, code + 1, strlen(code) - 1);
        is_read = read_bytes(found, text, size + strlen(code) - 1) !=
                  AULA_CODE_FORMAT;
        assert_int_equal(is_read, may_be_typed(text, size));
        readable += is_read;
    }
    assert_int_equal(readable, 32 + 3 + 25 + 32);
}

static void small_letters_are_read(void **state)
{
    char code[CODE_TEXT_BYTES];
    char small[CODE_TEXT_BYTES];
    char found[CODE_TEXT_BYTES];

    (void)state;
    for (uint8_t n = 0; n < SAMPLES; n++) {
        sample(code, n);
        for (size_t i = 0; i < sizeof code; i++) {
            bool is_letter = code[i] >= 'A' && code[i] <= 'Z';

            small[i] = (char)(is_letter ? code[i] - 'A' + 'a' : code[i]);
        }
        assert_int_equal(read_bytes(found, small, strlen(small)), AULA_OK);
        assert_string_equal(found, code);
    }
}

static void spaces_and_hyphens_anywhere_are_dropped(void **state)
{
    enum { LONG_BYTES = 100000 };
    char *text = malloc(LONG_BYTES);
    char code[CODE_TEXT_BYTES];
    char found[CODE_TEXT_BYTES];

    (void)state;
    assert_non_null(text);
    sample(code, 3);
    for (size_t i = 0; i < LONG_BYTES; i++) {
        text[i] = i % 3 == 0 ? '-' : ' ';
    }
    assert_int_equal(read_bytes(found, text, LONG_BYTES), AULA_CODE_FORMAT);
    for (size_t i = 0; i < CHARS; i++) {
        text[5000 * i] = code[place_of(i)];
    }
    assert_int_equal(read_bytes(found, text, LONG_BYTES), AULA_OK);
    assert_string_equal(found, code);
    free(text);
}

static void any_other_number_of_characters_is_refused(void **state)
{
    char code[CODE_TEXT_BYTES + 1] = {0};
    char found[CODE_TEXT_BYTES];

    (void)state;
    sample(code, 4);
    for (size_t size = 0; size < 24; size++) {
        assert_int_equal(read_bytes(found, code, size), AULA_CODE_FORMAT);
    }
    code[24] = '0';
    assert_int_equal(read_bytes(found, code, 25), AULA_CODE_FORMAT);
    code[24] = '\0'; /* no end of the text, but a character outside */
    assert_int_equal(read_bytes(found, code, 25), AULA_CODE_FORMAT);
}

static void bytes_that_are_no_utf8_are_refused(void **state)
{
    static const char *const broken[] = {"\xd0",
                                         "\xff",
                                         "\x80",
                                         "\xc1\x81",
                                         "\xed\xa0\x80",
                                         "\xe0\x90\x90",
                                         "\xf0\x80\x90",
                                         "\xf4\x90\x80\x80",
                                         "\xf8\x88\x80\x80\x80"};
    char code[CODE_TEXT_BYTES];
    char text[2 * CODE_TEXT_BYTES];

    (void)state;
    sample(code, 5);
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        for (size_t place = 0; place <= 24; place++) {
            size_t size = strlen(broken[i]);

            memcpy(text, code, place);
            memcpy(text + place, broken[i], size);
            memcpy(text + place + size, code + place, sizeof code - place);
            assert_int_equal(read_text(text), AULA_CODE_FORMAT);
        }
    }
}

static void a_refused_text_writes_nothing(void **state)
{
    char found[CODE_TEXT_BYTES] = "untouched";

    (void)state;
    assert_int_equal(read_bytes(found, "0000-0000-0000-0000-0001", 24),
                     AULA_CODE_CHECK);
    assert_int_equal(read_bytes(found, "0000-0000-0000-0000-000U", 24),
                     AULA_CODE_FORMAT);
    assert_string_equal(found, "untouched");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_is_five_groups_of_four_characters),
        cmocka_unit_test(a_code_reads_as_it_was_written),
        cmocka_unit_test(a_code_says_the_first_95_bits_of_a_hash),
        cmocka_unit_test(every_wrong_character_is_seen),
        cmocka_unit_test(every_exchange_of_two_characters_is_seen),
        cmocka_unit_test(letters_that_look_alike_are_read),
        cmocka_unit_test(no_other_letter_is_folded),
        cmocka_unit_test(small_letters_are_read),
        cmocka_unit_test(spaces_and_hyphens_anywhere_are_dropped),
        cmocka_unit_test(any_other_number_of_characters_is_refused),
        cmocka_unit_test(bytes_that_are_no_utf8_are_refused),
        cmocka_unit_test(a_refused_text_writes_nothing),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
