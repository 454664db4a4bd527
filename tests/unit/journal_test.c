/* SPDX-License-Identifier: Apache-2.0 */
/* The journal that lies beside a share: an empty one is made once for a key,
 * and nothing else passes for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "journal.h"
#include "office_folder.h"

static const uint8_t key[GROUP_POINT_BYTES] = {1, 2, 3};

static void an_empty_journal_names_its_key(void **state)
{
    static const char text[] =
        "aula journal 1\nkey "
        "0102030000000000000000000000000000000000000000000000000000000000\n";
    size_t size = 0;
    uint8_t *bytes;

    assert_int_equal(journal_make(*state, key, NULL), AULA_OK);
    bytes = office_get(*state, JOURNAL_FILE, &size);
    assert_int_equal(size, sizeof text - 1);
    assert_memory_equal(bytes, text, size);
    free(bytes);
}

static void the_same_journal_may_be_there_already(void **state)
{
    assert_int_equal(journal_make(*state, key, NULL), AULA_OK);
    assert_int_equal(journal_make(*state, key, NULL), AULA_OK);
}

/* Whatever is there in its place stays, to the byte. */
static void refused(const char *folder, const void *bytes, size_t size)
{
    struct aula_error err = {AULA_OK, ""};
    size_t size_after = 0;
    uint8_t *after;

    office_put(folder, JOURNAL_FILE, bytes, size);
    assert_int_equal(journal_make(folder, key, &err), AULA_STATE);
    assert_non_null(strstr(err.message, JOURNAL_FILE));
    after = office_get(folder, JOURNAL_FILE, &size_after);
    assert_int_equal(size_after, size);
    assert_memory_equal(after, bytes, size);
    free(after);
}

static void a_journal_of_another_key_is_refused(void **state)
{
    const uint8_t other[GROUP_POINT_BYTES] = {1, 2, 4};
    size_t size = 0;
    uint8_t *bytes;

    assert_int_equal(journal_make(*state, other, NULL), AULA_OK);
    bytes = office_get(*state, JOURNAL_FILE, &size);
    refused(*state, bytes, size);
    free(bytes);
}

static void a_journal_with_an_entry_is_not_an_empty_one(void **state)
{
    size_t size = 0;
    uint8_t *bytes;
    uint8_t more[200] = {0};

    assert_int_equal(journal_make(*state, key, NULL), AULA_OK);
    bytes = office_get(*state, JOURNAL_FILE, &size);
    memcpy(more, bytes, size);
    memcpy(more + size, "package ", 8);
    refused(*state, more, size + 8);
    free(bytes);
}

static void a_journal_that_was_cut_is_not_an_empty_one(void **state)
{
    size_t size = 0;
    uint8_t *bytes;

    assert_int_equal(journal_make(*state, key, NULL), AULA_OK);
    bytes = office_get(*state, JOURNAL_FILE, &size);
    for (size_t cut = 0; cut < size; cut++) {
        refused(*state, bytes, cut);
    }
    free(bytes);
}

static void a_flipped_bit_is_refused(void **state)
{
    size_t size = 0;
    uint8_t *bytes;

    assert_int_equal(journal_make(*state, key, NULL), AULA_OK);
    bytes = office_get(*state, JOURNAL_FILE, &size);
    for (size_t bit = 0; bit < size * 8; bit += 3) {
        bytes[bit / 8] ^= (uint8_t)(1U << (bit % 8));
        refused(*state, bytes, size);
        bytes[bit / 8] ^= (uint8_t)(1U << (bit % 8));
    }
    free(bytes);
}

static void without_a_folder_there_is_no_journal(void **state)
{
    char path[PLACE_BYTES];

    office_path(path, *state, "nowhere");
    assert_int_equal(journal_make(path, key, NULL), AULA_IO);
    memset(path, 'a', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    assert_int_equal(journal_make(path, key, NULL), AULA_BAD_FIELD);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, office_folder_make,                  \
                                    office_folder_clear)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(an_empty_journal_names_its_key),
        TEST(the_same_journal_may_be_there_already),
        TEST(a_journal_of_another_key_is_refused),
        TEST(a_journal_with_an_entry_is_not_an_empty_one),
        TEST(a_journal_that_was_cut_is_not_an_empty_one),
        TEST(a_flipped_bit_is_refused),
        TEST(without_a_folder_there_is_no_journal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
