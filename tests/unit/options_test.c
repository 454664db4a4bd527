/* SPDX-License-Identifier: Apache-2.0 */
/* A command line taken apart, and whole numbers as people type them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "number.h"
#include "options.h"

enum { WORDS_MAX = 40 };

static const struct option_form forms[] = {
    {"--name", "NAME"}, {"--late", NULL}, {"--names", "LIST"}, {NULL, NULL}};

/* Words of a command line; the last is NULL. */
struct line {
    char texts[WORDS_MAX][32];
    char *words[WORDS_MAX];
    int count;
    struct options options;
    struct aula_error err;
};

static enum aula_code take(struct line *line, const char *const *words)
{
    *line = (struct line){.count = 0};
    for (; words[line->count] != NULL; line->count++) {
        (void)snprintf(line->texts[line->count], sizeof line->texts[0], "%s",
                       words[line->count]);
        line->words[line->count] = line->texts[line->count];
    }
    return options_read(&line->options, forms, line->count, line->words,
                        &line->err);
}

static void options_and_operands_stand_in_any_order(void **state)
{
    static const char *const words[] = {"in",      "--name", "Айгүл", "--late",
                                        "--names", "a,b",    "out",   NULL};
    struct line line;

    (void)state;
    assert_int_equal(take(&line, words), AULA_OK);
    assert_int_equal(line.options.operand_count, 2);
    assert_string_equal(line.options.operands[0], "in");
    assert_string_equal(line.options.operands[1], "out");
    assert_string_equal(options_last(&line.options, "--name"), "Айгүл");
    assert_string_equal(options_last(&line.options, "--names"), "a,b");
    assert_int_equal(options_count(&line.options, "--late"), 1);
}

static void a_value_may_follow_an_equals_sign(void **state)
{
    static const char *const words[] = {"--name=a=b", "--names=", NULL};
    struct line line;

    (void)state;
    assert_int_equal(take(&line, words), AULA_OK);
    assert_string_equal(options_last(&line.options, "--name"), "a=b");
    assert_string_equal(options_last(&line.options, "--names"), "");
    assert_int_equal(line.options.operand_count, 0);
}

static void a_value_may_look_like_an_option(void **state)
{
    static const char *const words[] = {"--name", "--late", NULL};
    struct line line;

    (void)state;
    assert_int_equal(take(&line, words), AULA_OK);
    assert_string_equal(options_last(&line.options, "--name"), "--late");
    assert_int_equal(options_count(&line.options, "--late"), 0);
}

static void the_last_of_several_values_counts(void **state)
{
    static const char *const words[] = {"--name", "a", "--name", "b", NULL};
    struct line line;

    (void)state;
    assert_int_equal(take(&line, words), AULA_OK);
    assert_int_equal(options_count(&line.options, "--name"), 2);
    assert_string_equal(options_value(&line.options, "--name", 0), "a");
    assert_string_equal(options_value(&line.options, "--name", 1), "b");
    assert_null(options_value(&line.options, "--name", 2));
    assert_string_equal(options_last(&line.options, "--name"), "b");
    assert_null(options_last(&line.options, "--names"));
}

static void two_dashes_end_the_options(void **state)
{
    static const char *const words[] = {"--late", "-",  "--",
                                        "--name", "--", NULL};
    struct line line;

    (void)state;
    assert_int_equal(take(&line, words), AULA_OK);
    assert_int_equal(options_count(&line.options, "--late"), 1);
    assert_int_equal(options_count(&line.options, "--name"), 0);
    assert_int_equal(line.options.operand_count, 3);
    assert_string_equal(line.options.operands[0], "-");
    assert_string_equal(line.options.operands[1], "--name");
    assert_string_equal(line.options.operands[2], "--");
}

static void what_the_table_lacks_is_refused(void **state)
{
    static const char *const lines[][2] = {
        {"--nam", NULL},  {"--namesake", NULL}, {"-n", NULL},
        {"--name", NULL}, {"--late=yes", NULL}, {"--=", NULL}};
    struct line line;

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        assert_int_equal(take(&line, lines[i]), AULA_BAD_FIELD);
    }
}

/* It may have been meant to stay unseen. */
static void what_was_typed_is_not_repeated_in_a_message(void **state)
{
    static const char *const words[] = {"in", "--secret=secret", NULL};
    struct line line;

    (void)state;
    assert_int_equal(take(&line, words), AULA_BAD_FIELD);
    assert_string_equal(line.err.message, "word 2: there is no such option");
}

static void options_are_bounded(void **state)
{
    const char *words[OPTIONS_GIVEN_MAX + 2];
    struct line line;

    (void)state;
    for (size_t i = 0; i <= OPTIONS_GIVEN_MAX; i++) {
        words[i] = "--late";
    }
    words[OPTIONS_GIVEN_MAX] = NULL;
    assert_int_equal(take(&line, words), AULA_OK);
    assert_int_equal(options_count(&line.options, "--late"), OPTIONS_GIVEN_MAX);
    words[OPTIONS_GIVEN_MAX] = "--late";
    words[OPTIONS_GIVEN_MAX + 1] = NULL;
    assert_int_equal(take(&line, words), AULA_BAD_FIELD);
}

static void a_whole_number_has_digits_only(void **state)
{
    static const char *const bad[] = {"",   "-1", "+1", " 1",  "1 ", "01",
                                      "00", "1a", "1,", "0x1", "1.0"};
    uint64_t value = 7;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(number_read(&value, bad[i], strlen(bad[i])));
    }
    assert_int_equal(value, 7);
    assert_true(number_read(&value, "0", 1));
    assert_int_equal(value, 0);
    assert_true(number_read(&value, "1203", 3));
    assert_int_equal(value, 120);
}

static void a_whole_number_has_64_bits(void **state)
{
    uint64_t value = 7;

    (void)state;
    assert_true(number_read(&value, "18446744073709551615", 20));
    assert_true(value == UINT64_MAX);
    value = 7;
    assert_false(number_read(&value, "18446744073709551616", 20));
    assert_false(number_read(&value, "99999999999999999999", 20));
    assert_false(number_read(&value, "184467440737095516150", 21));
    assert_int_equal(value, 7);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_and_operands_stand_in_any_order),
        cmocka_unit_test(a_value_may_follow_an_equals_sign),
        cmocka_unit_test(a_value_may_look_like_an_option),
        cmocka_unit_test(the_last_of_several_values_counts),
        cmocka_unit_test(two_dashes_end_the_options),
        cmocka_unit_test(what_the_table_lacks_is_refused),
        cmocka_unit_test(what_was_typed_is_not_repeated_in_a_message),
        cmocka_unit_test(options_are_bounded),
        cmocka_unit_test(a_whole_number_has_digits_only),
        cmocka_unit_test(a_whole_number_has_64_bits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
