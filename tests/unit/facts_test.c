/* SPDX-License-Identifier: Apache-2.0 */
/* Small public files: one way to write them, and nothing else is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "facts.h"
#include "office_folder.h"

#define HEX "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define TEXT "aula test 1\nkey " HEX "\ncount 3\n"

struct sample {
    uint8_t key[FACTS_HEX_BYTES];
    uint64_t count;
};

static struct facts facts_of(struct sample *sample)
{
    return (struct facts){
        .title = "aula test 1",
        .facts = {{"key", sample->key, NULL}, {"count", NULL, &sample->count}}};
}

static enum aula_code read_bytes(const char *folder, struct sample *sample,
                                 const char *text, size_t size)
{
    const struct facts facts = facts_of(sample);
    struct aula_error err = {AULA_OK, ""};
    char path[PLACE_BYTES];
    enum aula_code code;

    office_put(folder, "facts.txt", text, size);
    office_path(path, folder, "facts.txt");
    code = facts_read(&facts, path, &err);
    if (code != AULA_OK) {
        assert_non_null(strstr(err.message, "facts.txt"));
    }
    return code;
}

static enum aula_code read_text(const char *folder, const char *text)
{
    struct sample sample;

    return read_bytes(folder, &sample, text, strlen(text));
}

static void facts_are_written_in_one_way(void **state)
{
    struct sample sample = {.count = 3};
    const struct facts facts = facts_of(&sample);
    char text[FACTS_BYTES_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof sample.key; i++) {
        sample.key[i] = (uint8_t)i;
    }
    assert_int_equal(facts_write(text, &facts), strlen(TEXT));
    assert_memory_equal(text, TEXT, strlen(TEXT));
}

static void what_was_written_is_read_again(void **state)
{
    struct sample sample;

    assert_int_equal(read_bytes(*state, &sample, TEXT, strlen(TEXT)), AULA_OK);
    assert_int_equal(sample.count, 3);
    assert_int_equal(sample.key[31], 31);
}

static void another_first_line_is_refused(void **state)
{
    assert_int_equal(read_text(*state, ""), AULA_BAD_MAGIC);
    assert_int_equal(read_text(*state, "aula test 2\nkey " HEX "\ncount 3\n"),
                     AULA_BAD_MAGIC);
    assert_int_equal(read_text(*state, "aula test 1"), AULA_BAD_MAGIC);
    assert_int_equal(read_text(*state, "aula test 1 \nkey " HEX "\n"),
                     AULA_BAD_MAGIC);
}

static void any_other_form_is_refused(void **state)
{
    static const char *const texts[] = {
        "aula test 1\n",
        "aula test 1\nkey " HEX "\n",
        "aula test 1\ncount 3\nkey " HEX "\n",
        "aula test 1\nkey  " HEX "\ncount 3\n",
        "aula test 1\nkey " HEX "0\ncount 3\n",
        "aula test 1\nkey 00\ncount 3\n",
        "aula test 1\nkey " HEX "\ncount 03\n",
        "aula test 1\nkey " HEX "\ncount -3\n",
        "aula test 1\nkey " HEX "\ncount \n",
        "aula test 1\nkey " HEX "\ncount 3",
        "aula test 1\nkey " HEX "\ncount 3\n\n",
        "aula test 1\nkey " HEX "\ncount 3\nmore 4\n",
    };

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_int_equal(read_text(*state, texts[i]), AULA_BAD_FIELD);
    }
    assert_int_equal(read_text(*state, "aula test 1\r\nkey " HEX "\r\n"),
                     AULA_BAD_MAGIC);
}

static void capitals_are_another_way_to_write(void **state)
{
    char text[] = TEXT;
    char *letter = strchr(text, 'f');

    assert_non_null(letter);
    *letter = 'F';
    assert_int_equal(read_text(*state, text), AULA_BAD_FIELD);
}

static void a_text_with_a_zero_in_it_is_none(void **state)
{
    struct sample sample;
    char text[] = TEXT;

    text[strlen(TEXT) - 2] = '\0';
    assert_int_equal(read_bytes(*state, &sample, text, sizeof text - 1),
                     AULA_BAD_FIELD);
}

static void each_cut_is_refused(void **state)
{
    for (size_t size = 0; size < strlen(TEXT); size++) {
        struct sample sample;

        assert_int_not_equal(read_bytes(*state, &sample, TEXT, size), AULA_OK);
    }
}

static void a_long_file_is_not_read(void **state)
{
    struct sample sample;
    char text[FACTS_BYTES_MAX + 1];

    memset(text, 'a', sizeof text);
    assert_int_equal(read_bytes(*state, &sample, text, sizeof text),
                     AULA_TOO_LARGE);
    assert_int_equal(read_bytes(*state, &sample, text, sizeof text - 1),
                     AULA_BAD_MAGIC);
}

static void a_file_that_is_not_there_is_an_error(void **state)
{
    struct sample sample;
    const struct facts facts = facts_of(&sample);
    char path[PLACE_BYTES];

    office_path(path, *state, "nowhere");
    assert_int_equal(facts_read(&facts, path, NULL), AULA_IO);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, office_folder_make,                  \
                                    office_folder_clear)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(facts_are_written_in_one_way),
        TEST(what_was_written_is_read_again),
        TEST(another_first_line_is_refused),
        TEST(any_other_form_is_refused),
        TEST(capitals_are_another_way_to_write),
        TEST(a_text_with_a_zero_in_it_is_none),
        TEST(each_cut_is_refused),
        TEST(a_long_file_is_not_read),
        TEST(a_file_that_is_not_there_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
