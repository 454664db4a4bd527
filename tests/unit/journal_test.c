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
    assert_int_equal(journal_enter(path, key, key, key, NULL), AULA_BAD_FIELD);
}

enum { FACTS_TOO_LONG = 2000 };

static const uint8_t package[HASH_BYTES] = {7};
static const uint8_t closing[HASH_BYTES] = {8};

static void an_entry_is_written_once_and_holds(void **state)
{
    uint8_t *bytes;
    uint8_t *after;
    size_t size = 0;
    size_t size_after = 0;

    assert_int_equal(journal_make(*state, key, NULL), AULA_OK);
    assert_int_equal(journal_enter(*state, key, package, closing, NULL),
                     AULA_OK);
    bytes = office_get(*state, JOURNAL_FILE, &size);
    assert_non_null(strstr((const char *)bytes, "\npackage 07"));
    assert_non_null(strstr((const char *)bytes, "\nclosing 08"));
    assert_int_equal(journal_enter(*state, key, package, closing, NULL),
                     AULA_OK);
    after = office_get(*state, JOURNAL_FILE, &size_after);
    assert_int_equal(size_after, size);
    assert_memory_equal(after, bytes, size);
    free(after);
    free(bytes);
}

/* Refused with this word, and what lies there stays. */
static void enter_refused(const char *folder, const uint8_t *its_key,
                          const uint8_t *its_package,
                          const uint8_t *its_closing, const char *word)
{
    struct aula_error err = {AULA_OK, ""};
    size_t size = 0;
    size_t size_after = 0;
    uint8_t *bytes = office_get(folder, JOURNAL_FILE, &size);
    uint8_t *after;

    assert_int_equal(journal_enter(folder, its_key, its_package, its_closing,
                                   &err),
                     AULA_DEC_JOURNAL);
    assert_non_null(strstr(err.message, JOURNAL_FILE));
    assert_non_null(strstr(err.message, word));
    after = office_get(folder, JOURNAL_FILE, &size_after);
    assert_int_equal(size_after, size);
    assert_memory_equal(after, bytes, size);
    free(after);
    free(bytes);
}

static void what_differs_from_the_entry_is_named(void **state)
{
    const uint8_t other[HASH_BYTES] = {9};

    assert_int_equal(journal_make(*state, key, NULL), AULA_OK);
    enter_refused(*state, other, package, closing, "key");
    assert_int_equal(journal_enter(*state, key, package, closing, NULL),
                     AULA_OK);
    enter_refused(*state, other, package, closing, "key");
    enter_refused(*state, key, other, closing, "another election");
    enter_refused(*state, key, package, other, "another closing");
}

static void a_share_without_its_journal_is_not_used(void **state)
{
    struct aula_error err = {AULA_OK, ""};

    assert_int_equal(journal_enter(*state, key, package, closing, &err),
                     AULA_DEC_JOURNAL);
    assert_non_null(strstr(err.message, "no journal"));
}

static void a_damaged_journal_is_not_used(void **state)
{
    size_t size = 0;
    uint8_t *bytes;

    assert_int_equal(journal_make(*state, key, NULL), AULA_OK);
    assert_int_equal(journal_enter(*state, key, package, closing, NULL),
                     AULA_OK);
    bytes = office_get(*state, JOURNAL_FILE, &size);
    for (size_t cut = 0; cut < size; cut++) {
        if (cut != 84) { /* to its first two lines: an empty journal */
            office_put(*state, JOURNAL_FILE, bytes, cut);
            enter_refused(*state, key, package, closing, "journal");
        }
    }
    for (size_t bit = 0; bit < size * 8; bit += 3) {
        bytes[bit / 8] ^= (uint8_t)(1U << (bit % 8));
        office_put(*state, JOURNAL_FILE, bytes, size);
        enter_refused(*state, key, package, closing, JOURNAL_FILE);
        bytes[bit / 8] ^= (uint8_t)(1U << (bit % 8));
    }
    {
        char long_text[FACTS_TOO_LONG] = "aula journal 1\n";

        office_put(*state, JOURNAL_FILE, long_text, sizeof long_text);
    }
    enter_refused(*state, key, package, closing, "not a journal");
    free(bytes);
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
        TEST(an_entry_is_written_once_and_holds),
        TEST(what_differs_from_the_entry_is_named),
        TEST(a_share_without_its_journal_is_not_used),
        TEST(a_damaged_journal_is_not_used),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
