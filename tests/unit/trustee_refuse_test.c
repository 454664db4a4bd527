/* SPDX-License-Identifier: Apache-2.0 */
/* What a trustee's tool refuses: a dealer who cheats, files that were
 * exchanged, keys of another run, folders of another ceremony. Each time the
 * step is not done. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cheap_pwhash.h"
#include "journal.h"
#include "keyring.h"
#include "trustee_desk.h"

static enum aula_code look(const struct trustee_desk *desk, uint8_t index,
                           struct aula_error *err)
{
    struct ceremony *ceremony = trustees_ceremony(desk);
    struct trustee *trustee = NULL;
    enum aula_code code = trustee_open(&trustee, ceremony, desk->own[index - 1],
                                       err);

    if (code == AULA_OK) {
        code = trustee_hand_out(trustee, ceremony, err);
    }
    trustee_close(trustee);
    ceremony_close(ceremony);
    return code;
}

static void a_name_that_is_no_text_makes_nothing(void **state)
{
    const struct trustee_desk *desk = *state;

    assert_int_equal(trustees_new(desk, 1, "", NULL), AULA_BAD_FIELD);
    assert_int_equal(trustees_new(desk, 1, "a\nb", NULL), AULA_BAD_FIELD);
    assert_int_equal(trustees_new(desk, 1, "\xff", NULL), AULA_BAD_FIELD);
    assert_false(office_has(desk->own[0], "sign.key"));
}

static void a_place_outside_the_ceremony_makes_nothing(void **state)
{
    const struct trustee_desk *desk = *state;
    struct ceremony *ceremony = trustees_ceremony(desk);
    struct trustee *trustee = NULL;

    assert_int_equal(trustee_open(&trustee, ceremony, desk->own[0], NULL),
                     AULA_OK);
    assert_int_equal(trustee->index, 0);
    assert_int_equal(trustee_new(trustee, ceremony, 0, "A", &desk->passphrase,
                                 NULL),
                     AULA_DKG_INDEX);
    assert_int_equal(trustee_new(trustee, ceremony, DESK_TRUSTEES + 1, "A",
                                 &desk->passphrase, NULL),
                     AULA_DKG_INDEX);
    assert_false(office_has(desk->own[0], "sign.key"));
    trustee_close(trustee);
    ceremony_close(ceremony);
}

static void a_weak_passphrase_hands_nothing_out(void **state)
{
    struct trustee_desk *desk = *state;

    desk->passphrase.size--;
    assert_int_equal(trustees_new(desk, 1, "A", NULL), AULA_KEY_WEAK);
    assert_false(office_has(desk->own[0], "round1.bin"));
    assert_false(office_has(desk->stick, "round1/1.bin"));
}

static void a_wrong_passphrase_deals_and_accepts_nothing(void **state)
{
    struct trustee_desk *desk = *state;

    trustees_all_new(desk);
    desk->passphrase.text[0] ^= 1;
    assert_int_equal(trustees_deal(desk, 1, NULL), AULA_KEY_OPEN);
    assert_false(office_has(desk->stick, "round2/1.bin"));
    desk->passphrase.text[0] ^= 1;
    trustees_all_deal(desk);
    desk->passphrase.text[0] ^= 1;
    assert_int_equal(trustees_accept(desk, 1, NULL, NULL), AULA_KEY_OPEN);
    assert_false(office_has(desk->own[0], "share.key"));
    assert_false(office_has(desk->stick, "confirm/1.bin"));
}

/* Two runs at once: the files of one, the keys of the other. */
static void keys_of_another_run_deal_nothing(void **state)
{
    static const char *const keys[] = {"seed.key", "sign.key"};
    const struct trustee_desk *desk = *state;

    trustees_all_new(desk);
    for (size_t i = 0; i < 2; i++) {
        size_t size = 0;
        uint8_t *bytes = office_get(desk->own[1], keys[i], &size);
        struct aula_error err = {AULA_OK, ""};

        office_copy(desk->own[0], keys[i], "kept");
        office_put(desk->own[0], keys[i], bytes, size);
        assert_int_equal(trustees_deal(desk, 1, &err), AULA_STATE);
        assert_non_null(strstr(err.message, "round1.bin"));
        assert_false(office_has(desk->own[0], "round2.bin"));
        office_copy(desk->own[0], "kept", keys[i]);
        free(bytes);
    }
    trustees_all_deal(desk);
}

static void keys_of_another_run_accuse_nobody(void **state)
{
    static const char *const keys[] = {"transport.key", "sign.key"};
    const struct trustee_desk *desk = *state;

    trustees_all_new(desk);
    trustees_all_deal(desk);
    for (size_t i = 0; i < 2; i++) {
        size_t size = 0;
        uint8_t *bytes = office_get(desk->own[1], keys[i], &size);
        uint8_t accused = 9;

        office_copy(desk->own[0], keys[i], "kept");
        office_put(desk->own[0], keys[i], bytes, size);
        assert_int_equal(trustees_accept(desk, 1, &accused, NULL), AULA_STATE);
        assert_int_equal(accused, 0);
        assert_false(office_has(desk->own[0], "confirm.bin"));
        office_copy(desk->own[0], "kept", keys[i]);
        free(bytes);
    }
    trustees_all_accept(desk);
}

static void a_dealer_who_cheats_is_accused(void **state)
{
    const struct trustee_desk *desk = *state;
    struct aula_error err = {AULA_OK, ""};
    uint8_t accused = 0;

    trustees_all_new(desk);
    trustees_all_deal(desk);
    trustees_cheat(desk, 2);
    assert_int_equal(trustees_accept(desk, 1, &accused, &err), AULA_DKG_SHARE);
    assert_int_equal(accused, 2);
    assert_non_null(strstr(err.message, "stick/round2/2.bin"));
    assert_false(office_has(desk->own[0], "share.key"));
    assert_false(office_has(desk->own[0], "confirm.bin"));
    assert_false(office_has(desk->stick, "confirm/1.bin"));
    assert_true(office_has(desk->own[0], "seed.key"));
}

static void another_file_in_the_place_of_the_own_is_refused(void **state)
{
    const struct trustee_desk *desk = *state;
    struct aula_error err = {AULA_OK, ""};

    trustees_all_new(desk);
    trustees_all_deal(desk);
    trustees_cheat(desk, 2);
    assert_int_equal(look(desk, 2, &err), AULA_DKG_TRANSCRIPT);
    assert_non_null(strstr(err.message, "stick/round2/2.bin"));
    assert_int_equal(look(desk, 1, NULL), AULA_OK);
}

static void a_folder_of_another_ceremony_is_refused(void **state)
{
    const struct trustee_desk *desk = *state;
    struct aula_error err = {AULA_OK, ""};
    struct ceremony *ceremony = NULL;
    struct trustee *trustee = NULL;
    char other[PLACE_BYTES];

    assert_int_equal(trustees_new(desk, 1, "A", NULL), AULA_OK);
    office_path(other, desk->folder, "other");
    assert_int_equal(ceremony_make(other, DESK_TRUSTEES, DESK_THRESHOLD, NULL),
                     AULA_OK);
    assert_int_equal(ceremony_open(&ceremony, other, NULL), AULA_OK);
    assert_int_equal(trustee_open(&trustee, ceremony, desk->own[0], &err),
                     AULA_DKG_PARAMS);
    assert_null(trustee);
    assert_non_null(strstr(err.message, "own1/round1.bin"));
    ceremony_close(ceremony);
}

static void a_folder_that_lost_its_files_is_refused(void **state)
{
    const struct trustee_desk *desk = *state;

    trustees_all_new(desk);
    trustees_all_deal(desk);
    office_copy(desk->own[0], "round1.bin", "kept");
    office_remove(desk->own[0], "round1.bin");
    assert_int_equal(look(desk, 1, NULL), AULA_STATE);
    office_copy(desk->own[0], "kept", "round1.bin");
    assert_int_equal(trustees_accept(desk, 1, NULL, NULL), AULA_OK);
    office_remove(desk->own[0], "round2.bin");
    assert_int_equal(look(desk, 1, NULL), AULA_STATE);
    office_remove(desk->own[0], "confirm.bin");
    assert_int_equal(look(desk, 1, NULL), AULA_STATE);
}

static void an_own_file_that_was_altered_is_named(void **state)
{
    const struct trustee_desk *desk = *state;
    struct aula_error err = {AULA_OK, ""};
    size_t size = 0;
    uint8_t *bytes;

    assert_int_equal(trustees_new(desk, 1, "A", NULL), AULA_OK);
    bytes = office_get(desk->own[0], "round1.bin", &size);
    bytes[size - 1] ^= 1;
    office_put(desk->own[0], "round1.bin", bytes, size);
    assert_int_equal(look(desk, 1, &err), AULA_SIG_INVALID);
    assert_non_null(strstr(err.message, "own1/round1.bin"));
    free(bytes);
}

static void a_journal_of_another_key_stops_the_last_step(void **state)
{
    const struct trustee_desk *desk = *state;
    const uint8_t other[GROUP_POINT_BYTES] = {1};

    trustees_all_new(desk);
    trustees_all_deal(desk);
    assert_int_equal(journal_make(desk->own[0], other, NULL), AULA_OK);
    assert_int_equal(trustees_accept(desk, 1, NULL, NULL), AULA_STATE);
    assert_false(office_has(desk->own[0], "confirm.bin"));
    assert_false(office_has(desk->stick, "confirm/1.bin"));
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, trustee_desk_make, trustee_desk_clear)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(a_name_that_is_no_text_makes_nothing),
        TEST(a_place_outside_the_ceremony_makes_nothing),
        TEST(a_weak_passphrase_hands_nothing_out),
        TEST(a_wrong_passphrase_deals_and_accepts_nothing),
        TEST(keys_of_another_run_deal_nothing),
        TEST(keys_of_another_run_accuse_nobody),
        TEST(a_dealer_who_cheats_is_accused),
        TEST(another_file_in_the_place_of_the_own_is_refused),
        TEST(a_folder_of_another_ceremony_is_refused),
        TEST(a_folder_that_lost_its_files_is_refused),
        TEST(an_own_file_that_was_altered_is_named),
        TEST(a_journal_of_another_key_stops_the_last_step),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
