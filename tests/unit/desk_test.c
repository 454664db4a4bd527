/* SPDX-License-Identifier: Apache-2.0 */
/* The office's folder and the folder of a ceremony: what makes them, and what
 * is refused in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "ceremony.h"
#include "cheap_pwhash.h"
#include "commands.h"
#include "desk.h"
#include "keyring.h"
#include "office_folder.h"

static char secret[] = "ABCDEFGHJKMNP";
static const struct passphrase passphrase = {secret, sizeof secret - 1};

struct place {
    void *folder; /* of office_folder_make */
    char office[PLACE_BYTES];
};

/* `aula office init`, with the passphrase in a file. Returns: its status */
static int init(const struct place *place, const char *office, const char *text)
{
    const struct command *const table[] = {&command_office_init, NULL};
    char words[][PLACE_BYTES] = {
        "aula", "office", "init", "", "--passphrase-file", ""};
    char *argv[6];
    char *said = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&said, &size);
    const struct command_place out = {file, file, clock_system()};
    int status;

    assert_non_null(file);
    office_put(place->folder, "pass", text, strlen(text));
    (void)snprintf(words[3], PLACE_BYTES, "%s", office);
    office_path(words[5], place->folder, "pass");
    for (size_t i = 0; i < 6; i++) {
        argv[i] = words[i];
    }
    status = command_main(table, &out, 6, argv);
    (void)fclose(file);
    assert_null(strstr(said, text));
    free(said);
    return status;
}

static void make(const struct place *place)
{
    assert_int_equal(init(place, place->office, secret), EXIT_DONE);
}

/* An office is opened with the key of its passphrase. */
static enum aula_code open_office(const struct place *place,
                                  const struct passphrase *with,
                                  bool with_transport)
{
    struct desk *desk = NULL;
    enum aula_code code = desk_open(&desk, place->office, with, with_transport,
                                    NULL);

    assert_true((desk != NULL) == (code == AULA_OK));
    desk_close(desk);
    return code;
}

static int start(void **state)
{
    struct place *place = calloc(1, sizeof *place);

    assert_non_null(place);
    (void)office_folder_make(&place->folder);
    office_path(place->office, place->folder, "office");
    *state = place;
    return 0;
}

static int end(void **state)
{
    struct place *place = *state;

    (void)office_folder_clear(&place->folder);
    free(place);
    return 0;
}

static void an_office_has_the_keys_that_it_publishes(void **state)
{
    const struct place *place = *state;
    struct desk *desk = NULL;
    uint8_t transport[SEAL_PUBLIC_BYTES];

    assert_false(desk_is_there(place->office));
    make(place);
    assert_true(desk_is_there(place->office));
    assert_int_equal(desk_open(&desk, place->office, &passphrase, true, NULL),
                     AULA_OK);
    assert_memory_equal(desk->sign_secret + SIGN_SEED_BYTES, desk->known.sign,
                        sizeof desk->known.sign);
    seal_public_key(transport, desk->transport_secret);
    assert_memory_equal(transport, desk->known.transport, sizeof transport);
    desk_close(desk);
    desk = NULL;
    assert_int_equal(desk_open(&desk, place->office, &passphrase, false, NULL),
                     AULA_OK);
    assert_null(desk->transport_secret);
    desk_close(desk);
    desk_close(NULL);
}

static void the_keys_of_an_office_are_never_replaced(void **state)
{
    static const char *const names[] = {
        "office.txt", "sign.key", "transport.key", "ceremony/ceremony.txt"};
    const struct place *place = *state;
    uint8_t *before[4];
    size_t sizes[4];

    make(place);
    for (size_t i = 0; i < 4; i++) {
        before[i] = office_get(place->office, names[i], &sizes[i]);
    }
    make(place);
    for (size_t i = 0; i < 4; i++) {
        size_t size = 0;
        uint8_t *after = office_get(place->office, names[i], &size);

        assert_int_equal(size, sizes[i]);
        assert_memory_equal(after, before[i], size);
        free(after);
        free(before[i]);
    }
}

static void a_start_that_was_cut_off_is_no_office(void **state)
{
    const struct place *place = *state;

    make(place);
    office_remove(place->office, "office.txt");
    assert_int_equal(open_office(place, &passphrase, false), AULA_STATE);
    make(place);
    assert_int_equal(open_office(place, &passphrase, true), AULA_OK);
}

static void a_weak_passphrase_makes_no_office(void **state)
{
    const struct place *place = *state;

    assert_int_equal(init(place, place->office, "ABCDEFGHJKMN"), EXIT_REFUSED);
    assert_false(desk_is_there(place->office));
}

static void another_passphrase_opens_nothing(void **state)
{
    static char other[] = "ABCDEFGHJKMNQ";
    const struct passphrase wrong = {other, sizeof other - 1};
    const struct place *place = *state;

    make(place);
    assert_int_equal(open_office(place, &wrong, false), AULA_KEY_OPEN);
}

/* Take a file of another office. */
static void exchange(const struct place *place, const char *other,
                     const char *name)
{
    size_t size = 0;
    uint8_t *bytes = office_get(other, name, &size);

    office_put(place->office, name, bytes, size);
    free(bytes);
}

/* Somebody puts an office.txt of an own key there. */
static void keys_that_are_not_those_of_the_key_files_are_refused(void **state)
{
    const struct place *place = *state;
    char other[PLACE_BYTES];

    office_path(other, place->folder, "other");
    make(place);
    assert_int_equal(init(place, other, secret), EXIT_DONE);
    exchange(place, other, "office.txt");
    assert_int_equal(open_office(place, &passphrase, false), AULA_SOURCE);
    exchange(place, other, "sign.key");
    assert_int_equal(open_office(place, &passphrase, false), AULA_OK);
    assert_int_equal(open_office(place, &passphrase, true), AULA_SOURCE);
    exchange(place, other, "transport.key");
    assert_int_equal(open_office(place, &passphrase, true), AULA_OK);
}

static void a_key_file_serves_its_purpose_only(void **state)
{
    const struct place *place = *state;
    const uint8_t key[KEYFILE_SECRET_BYTES] = {3};
    uint8_t *read = NULL;

    assert_int_equal(keyring_save(place->folder, "a.key", KEYFILE_OFFICE_SIGN,
                                  &passphrase, key, NULL),
                     AULA_OK);
    assert_int_equal(keyring_load(&read, place->folder, "a.key",
                                  KEYFILE_TRUSTEE_SIGN, &passphrase, NULL),
                     AULA_BAD_FIELD);
    assert_int_equal(keyring_load(&read, place->folder, "b.key",
                                  KEYFILE_OFFICE_SIGN, &passphrase, NULL),
                     AULA_IO);
    assert_null(read);
    assert_int_equal(keyring_load(&read, place->folder, "a.key",
                                  KEYFILE_OFFICE_SIGN, &passphrase, NULL),
                     AULA_OK);
    assert_memory_equal(read, key, sizeof key);
    sodium_free(read);
}

static void a_ceremony_has_proper_numbers(void **state)
{
    static const uint8_t bad[][2] = {{3, 4}, {3, 0}, {0, 0}, {33, 1}};
    const struct place *place = *state;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(ceremony_make(place->office, bad[i][0], bad[i][1],
                                       NULL),
                         AULA_DKG_PARAMS);
        assert_false(ceremony_is_there(place->office));
    }
    assert_int_equal(ceremony_make(place->office, 32, 32, NULL), AULA_OK);
}

static void a_ceremony_is_never_replaced(void **state)
{
    const struct place *place = *state;
    size_t size = 0;
    size_t size_again = 0;
    uint8_t *bytes;
    uint8_t *again;

    assert_int_equal(ceremony_make(place->office, 3, 2, NULL), AULA_OK);
    bytes = office_get(place->office, "ceremony.txt", &size);
    assert_int_equal(ceremony_make(place->office, 3, 2, NULL), AULA_OK);
    assert_int_equal(ceremony_make(place->office, 3, 3, NULL), AULA_STATE);
    assert_int_equal(ceremony_make(place->office, 4, 2, NULL), AULA_STATE);
    again = office_get(place->office, "ceremony.txt", &size_again);
    assert_int_equal(size_again, size);
    assert_memory_equal(again, bytes, size);
    free(again);
    free(bytes);
}

static void numbers_that_were_altered_are_refused(void **state)
{
    static const char *const bad[] = {
        "trustees 33\nthreshold 2\n", "trustees 3\nthreshold 4\n",
        "trustees 3\nthreshold 0\n", "trustees 259\nthreshold 2\n"};
    const struct place *place = *state;
    struct ceremony *ceremony = NULL;
    char text[200];

    assert_int_equal(ceremony_open(&ceremony, place->office, NULL), AULA_STATE);
    assert_int_equal(ceremony_make(place->office, 3, 2, NULL), AULA_OK);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        size_t size = 0;
        uint8_t *bytes;
        char *end_of_cid;

        bytes = office_get(place->office, "ceremony.txt", &size);
        assert_true(size < sizeof text);
        memcpy(text, bytes, size + 1);
        end_of_cid = strstr(text, "trustees");
        assert_non_null(end_of_cid);
        (void)strcpy(end_of_cid, bad[i]);
        office_put(place->office, "ceremony.txt", text, strlen(text));
        free(bytes);
        assert_int_equal(ceremony_open(&ceremony, place->office, NULL),
                         AULA_DKG_PARAMS);
        assert_null(ceremony);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(an_office_has_the_keys_that_it_publishes),
        TEST(the_keys_of_an_office_are_never_replaced),
        TEST(a_start_that_was_cut_off_is_no_office),
        TEST(a_weak_passphrase_makes_no_office),
        TEST(another_passphrase_opens_nothing),
        TEST(keys_that_are_not_those_of_the_key_files_are_refused),
        TEST(a_key_file_serves_its_purpose_only),
        TEST(a_ceremony_has_proper_numbers),
        TEST(a_ceremony_is_never_replaced),
        TEST(numbers_that_were_altered_are_refused),
    };

    if (sodium_init() == -1) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
