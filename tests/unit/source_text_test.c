/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of other programs, as an election may show them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <string.h>

#include "bytes.h"
#include "source_text.h"

static void expect(const char *text, size_t most, const char *wanted,
                   bool is_whole)
{
    char line[SOURCE_TEXT_BYTES];

    assert_int_equal(source_text(line, text, strlen(text), most), is_whole);
    assert_string_equal(line, wanted);
}

static void a_plain_text_stays_as_it_is(void **state)
{
    (void)state;
    expect("Двор №7; «Ақжол»", 80, "Двор №7; «Ақжол»", true);
    expect("", 80, "", true);
}

static void blanks_are_single_and_none_is_outside(void **state)
{
    (void)state;
    expect("  a \t b\n\nc  ", 80, "a b c", true);
    expect(" \r\n ", 80, "", true);
}

static void what_may_not_be_shown_becomes_a_blank(void **state)
{
    (void)state;
    expect("a\x01"
           "b",
           80, "a b", true);
    expect("a\xe2\x80\xa8"
           "b\xc2\x85",
           80, "a b", true);
}

static void a_long_text_ends_in_an_ellipsis(void **state)
{
    (void)state;
    expect("abcde", 5, "abcde", true);
    expect("abcdef", 5, "abcd\xe2\x80\xa6", false);
    expect("abc def", 5, "abc\xe2\x80\xa6", false);
    expect("abcd ef", 5, "abcd\xe2\x80\xa6", false);
    expect("абвгде", 5, "абвг\xe2\x80\xa6", false);
    expect("ab", 1, "\xe2\x80\xa6", false);
    expect("abcde   ", 5, "abcde", true);
}

static void the_longest_characters_have_room(void **state)
{
    char text[4 * (SOURCE_TEXT_CHARACTERS + 1)];
    char line[SOURCE_TEXT_BYTES];

    (void)state;
    for (size_t i = 0; i < sizeof text; i += 4) {
        memcpy(text + i, "\xf0\x9f\x8f\xa0", 4);
    }
    assert_true(source_text(line, text, sizeof text - 4,
                            SOURCE_TEXT_CHARACTERS));
    assert_int_equal(strlen(line), 4 * SOURCE_TEXT_CHARACTERS);
    assert_false(source_text(line, text, sizeof text, SOURCE_TEXT_CHARACTERS));
    assert_true(bytes_are_text((const uint8_t *)line, strlen(line)));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_text_stays_as_it_is),
        cmocka_unit_test(blanks_are_single_and_none_is_outside),
        cmocka_unit_test(what_may_not_be_shown_becomes_a_blank),
        cmocka_unit_test(a_long_text_ends_in_an_ellipsis),
        cmocka_unit_test(the_longest_characters_have_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
