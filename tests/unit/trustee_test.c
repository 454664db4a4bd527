/* SPDX-License-Identifier: Apache-2.0 */
/* The three steps of a trustee: what they leave, and what is done again after
 * the power went in between. What ends a ceremony is in trustee_refuse_test.c.
 */
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

static void each_share_fits_the_public_key_of_its_trustee(void **state)
{
    const struct trustee_desk *desk = *state;
    struct ceremony *ceremony = NULL;

    trustees_all_new(desk);
    trustees_all_deal(desk);
    trustees_all_accept(desk);
    assert_int_equal(ceremony_open(&ceremony, desk->stick, NULL), AULA_OK);
    assert_int_equal(ceremony_finish(ceremony, NULL), AULA_OK);
    for (size_t i = 0; i < DESK_TRUSTEES; i++) {
        uint8_t point[GROUP_POINT_BYTES];
        uint8_t *share = NULL;

        assert_int_equal(keyring_load(&share, desk->own[i], "share.key",
                                      KEYFILE_TRUSTEE_SHARE, &desk->passphrase,
                                      NULL),
                         AULA_OK);
        group_mul_base(point, share);
        assert_memory_equal(point, ceremony->outcome.shares[i], sizeof point);
        sodium_free(share);
    }
    ceremony_close(ceremony);
}

static void after_the_last_step_the_seed_is_gone(void **state)
{
    const struct trustee_desk *desk = *state;

    trustees_all_new(desk);
    trustees_all_deal(desk);
    assert_true(office_has(desk->own[0], "seed.key"));
    assert_int_equal(trustees_accept(desk, 1, NULL, NULL), AULA_OK);
    assert_false(office_has(desk->own[0], "seed.key"));
    assert_true(office_has(desk->own[0], JOURNAL_FILE));
    assert_true(office_has(desk->own[1], "seed.key"));
}

static void a_seed_that_outlived_the_last_step_goes_later(void **state)
{
    const struct trustee_desk *desk = *state;
    struct ceremony *ceremony;
    struct trustee *trustee = NULL;

    trustees_all_new(desk);
    trustees_all_deal(desk);
    office_copy(desk->own[0], "seed.key", "kept");
    assert_int_equal(trustees_accept(desk, 1, NULL, NULL), AULA_OK);
    office_copy(desk->own[0], "kept", "seed.key");
    ceremony = trustees_ceremony(desk);
    assert_int_equal(trustee_open(&trustee, ceremony, desk->own[0], NULL),
                     AULA_OK);
    assert_int_equal(trustee_forget_seed(trustee, NULL), AULA_OK);
    assert_false(office_has(desk->own[0], "seed.key"));
    assert_int_equal(trustee_forget_seed(trustee, NULL), AULA_OK);
    trustee_close(trustee);
    ceremony_close(ceremony);
}

/* The keys were there, the file that ends the step was not. */
static void a_first_step_that_was_cut_off_is_done_anew(void **state)
{
    const struct trustee_desk *desk = *state;

    assert_int_equal(trustees_new(desk, 1, "A", NULL), AULA_OK);
    office_remove(desk->own[0], "round1.bin");
    office_remove(desk->stick, "round1/1.bin");
    trustees_all_new(desk);
    trustees_all_deal(desk);
    trustees_all_accept(desk);
}

static void a_last_step_that_was_cut_off_is_done_anew(void **state)
{
    const struct trustee_desk *desk = *state;

    trustees_all_new(desk);
    trustees_all_deal(desk);
    office_copy(desk->own[0], "seed.key", "kept");
    assert_int_equal(trustees_accept(desk, 1, NULL, NULL), AULA_OK);
    office_copy(desk->own[0], "kept", "seed.key");
    office_remove(desk->own[0], "confirm.bin");
    office_remove(desk->stick, "confirm/1.bin");
    trustees_all_accept(desk);
}

static void a_share_without_its_journal_is_made_again_with_one(void **state)
{
    const struct trustee_desk *desk = *state;

    trustees_all_new(desk);
    trustees_all_deal(desk);
    office_put(desk->own[0], "share.key", "cut", 3);
    assert_int_equal(trustees_accept(desk, 1, NULL, NULL), AULA_OK);
    assert_true(office_has(desk->own[0], JOURNAL_FILE));
}

static void what_is_missing_on_the_stick_is_handed_out_again(void **state)
{
    const struct trustee_desk *desk = *state;
    struct ceremony *ceremony;
    struct trustee *trustee = NULL;

    trustees_all_new(desk);
    trustees_all_deal(desk);
    office_remove(desk->stick, "round1/2.bin");
    office_remove(desk->stick, "round2/2.bin");
    ceremony = trustees_ceremony(desk);
    assert_true(ceremony_lacks(ceremony, CEREMONY_ROUND1, 2));
    assert_int_equal(trustee_open(&trustee, ceremony, desk->own[1], NULL),
                     AULA_OK);
    assert_int_equal(trustee->index, 2);
    assert_int_equal(trustee_hand_out(trustee, ceremony, NULL), AULA_OK);
    assert_true(office_has(desk->stick, "round1/2.bin"));
    assert_true(office_has(desk->stick, "round2/2.bin"));
    trustee_close(trustee);
    ceremony_close(ceremony);
    trustees_all_accept(desk);
}

static void who_is_missing_is_listed(void **state)
{
    const struct trustee_desk *desk = *state;
    char list[CEREMONY_LIST_BYTES];
    struct aula_error err = {AULA_OK, ""};
    struct ceremony *ceremony;

    assert_int_equal(trustees_new(desk, 2, "B", NULL), AULA_OK);
    ceremony = trustees_ceremony(desk);
    ceremony_list_missing(list, ceremony, CEREMONY_ROUND1);
    assert_string_equal(list, "1, 3");
    assert_int_equal(ceremony_need(ceremony, CEREMONY_ROUND1, &err),
                     AULA_STATE);
    assert_non_null(strstr(err.message, "1, 3"));
    ceremony_close(ceremony);
}

/* q = ceil((N + T) / 2): two of three need three approvals. */
static void the_quorum_is_half_of_both_numbers_rounded_up(void **state)
{
    const struct dkg_params numbers[] = {{.count = 3, .threshold = 2},
                                         {.count = 5, .threshold = 3},
                                         {.count = 1, .threshold = 1},
                                         {.count = 32, .threshold = 31}};

    (void)state;
    assert_int_equal(ceremony_quorum(&numbers[0]), 3);
    assert_int_equal(ceremony_quorum(&numbers[1]), 4);
    assert_int_equal(ceremony_quorum(&numbers[2]), 1);
    assert_int_equal(ceremony_quorum(&numbers[3]), 32);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, trustee_desk_make, trustee_desk_clear)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(each_share_fits_the_public_key_of_its_trustee),
        TEST(after_the_last_step_the_seed_is_gone),
        TEST(a_seed_that_outlived_the_last_step_goes_later),
        TEST(a_first_step_that_was_cut_off_is_done_anew),
        TEST(a_last_step_that_was_cut_off_is_done_anew),
        TEST(a_share_without_its_journal_is_made_again_with_one),
        TEST(what_is_missing_on_the_stick_is_handed_out_again),
        TEST(who_is_missing_is_listed),
        TEST(the_quorum_is_half_of_both_numbers_rounded_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
