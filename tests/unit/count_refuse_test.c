/* SPDX-License-Identifier: Apache-2.0 */
/* What the commands of the trustees refuse to sign, and for whom. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "cheap_pwhash.h"
#include "code.h"
#include "count_desk.h"
#include "journal.h"

/* ---- approvals */

static void a_code_that_differs_is_not_approved(void **state)
{
    const struct count_desk *desk = *state;
    const uint8_t other[HASH_BYTES] = {1};
    char code[CODE_TEXT_BYTES];
    char words[256];

    code_write(code, other);
    (void)snprintf(words, sizeof words,
                   "trustee approve BOARD OWN1" COUNT_BY " --closing-code %s",
                   code);
    count_expect(desk, words, 1, "\"CLOSING_MISMATCH\"", NULL);
    count_expect(desk,
                 "trustee approve BOARD OWN1" COUNT_BY " --closing-code 1234",
                 1, "\"CODE_FORMAT\"", NULL);
    assert_false(office_has(desk->board, "approve/1.app"));
}

static void a_register_that_differs_is_not_approved(void **state)
{
    const struct count_desk *desk = *state;
    const uint8_t other[HASH_BYTES] = {1};
    char closing[CODE_TEXT_BYTES];
    char code[CODE_TEXT_BYTES];
    char words[256];

    count_closing_code(desk, closing);
    code_write(code, other);
    (void)snprintf(words, sizeof words,
                   "trustee approve BOARD OWN1" COUNT_BY
                   " --closing-code %s --register-code %s",
                   closing, code);
    count_expect(desk, words, 1, "\"CLOSING_MISMATCH\"", NULL);
    (void)snprintf(words, sizeof words,
                   "trustee approve BOARD OWN1" COUNT_BY
                   " --closing-code %s --elsewhere-code %s",
                   closing, code);
    count_expect(desk, words, 1, "\"CLOSING_MISMATCH\"", NULL);
    assert_false(office_has(desk->board, "approve/1.app"));
}

static void before_the_end_of_the_voting_nothing_is_approved(void **state)
{
    struct count_desk *desk = *state;

    desk->now = desk->vectors->package.closes;
    count_expect(desk, "trustee approve BOARD OWN1" COUNT_BY, 1,
                 "\"CLOSING_EARLY\"", "the voting is not over");
    assert_false(office_has(desk->board, "approve/1.app"));
}

static void an_open_finding_is_not_approved(void **state)
{
    const struct count_desk *desk = *state;

    count_lay_variant(desk, "a day-closed record left out");
    count_expect(desk, "trustee approve BOARD OWN1" COUNT_BY, 1,
                 "findings are open", NULL);
    assert_false(office_has(desk->board, "approve/1.app"));
    count_lay_variant(desk, "the same, explained");
    count_step(desk, "approve", 1);
}

static void a_second_closing_is_never_approved(void **state)
{
    const struct count_desk *desk = *state;
    char words[256];
    char code[CODE_TEXT_BYTES];

    count_step(desk, "approve", 1);
    office_remove(desk->board, "approve/1.app");
    count_lay_variant(desk, "register dated after the opening");
    count_closing_code(desk, code);
    (void)snprintf(words, sizeof words,
                   "trustee approve BOARD OWN1" COUNT_BY " --closing-code %s",
                   code);
    count_expect(desk, words, 1, "\"DEC_JOURNAL\"", NULL);
    assert_false(office_has(desk->board, "approve/1.app"));
    count_step(desk, "approve", 2);
}

static void a_share_without_its_journal_signs_nothing(void **state)
{
    const struct count_desk *desk = *state;

    count_approve_all(desk);
    office_remove(desk->own[1], JOURNAL_FILE);
    count_expect(desk, "trustee mix BOARD OWN2" COUNT_BY, 1, "\"DEC_JOURNAL\"",
                 NULL);
    assert_false(office_has(desk->board, "mix/0"));
    count_mix_by(desk, 1, 3);
    count_expect(desk, "trustee decrypt BOARD OWN2" COUNT_BY, 1,
                 "\"DEC_JOURNAL\"", NULL);
    assert_false(office_has(desk->board, "decrypt/0"));
}

static void too_few_approvals_mix_nothing(void **state)
{
    const struct count_desk *desk = *state;

    count_step(desk, "approve", 1);
    count_step(desk, "approve", 3);
    count_expect(desk, "trustee mix BOARD OWN1" COUNT_BY, 1,
                 "\"APPROVE_TOO_FEW\"", NULL);
    assert_false(office_has(desk->board, "mix"));
}

static void too_few_mixes_decrypt_nothing(void **state)
{
    const struct count_desk *desk = *state;

    count_approve_all(desk);
    count_step(desk, "mix", 1);
    count_expect(desk, "trustee decrypt BOARD OWN1" COUNT_BY, 1,
                 "\"MIX_TOO_FEW\"", "mix/0");
    assert_false(office_has(desk->board, "decrypt"));
    count_step(desk, "mix", 2);
    count_step(desk, "decrypt", 1);
    count_expect(desk, COUNT_RESULT, 1, "\"DEC_TOO_FEW\"", "decrypt/0");
    assert_false(office_has(desk->board, "result.bin"));
}

/* ---- who is who */

static void a_stranger_is_refused(void **state)
{
    const struct count_desk *desk = *state;
    char path[PLACE_BYTES];
    size_t size = 0;
    uint8_t *bytes = office_get(desk->own[0], "round1.bin", &size);

    count_approve_all(desk);
    office_remove(desk->own[0], "round1.bin");
    count_expect(desk, "trustee mix BOARD OWN1" COUNT_BY, 1,
                 "own1: no trustee here", NULL);
    office_put(desk->own[0], "round1.bin", bytes, size - 1);
    count_expect(desk, "trustee mix BOARD OWN1" COUNT_BY, 1, "round1.bin",
                 NULL);
    office_put(desk->own[0], "round1.bin", bytes, 50);
    count_expect(desk, "trustee mix BOARD OWN1" COUNT_BY, 1, "round1.bin",
                 NULL);
    office_remove(desk->own[0], "round1.bin");
    office_path(path, desk->own[0], "round1.bin");
    assert_int_equal(mkfifo(path, 0600), 0);
    count_expect(desk, "trustee mix BOARD OWN1" COUNT_BY, 1, "round1.bin",
                 NULL);
    assert_false(office_has(desk->board, "mix"));
    free(bytes);
}

/* The keys in the folder have to be those of its round1.bin. */
static void the_keys_of_another_trustee_are_refused(void **state)
{
    const struct count_desk *desk = *state;
    char from[PLACE_BYTES];
    char to[PLACE_BYTES];

    count_approve_all(desk);
    count_mix_by(desk, 1, 2);
    office_path(from, desk->own[1], "share.key");
    office_path(to, desk->own[0], "share.key");
    assert_int_equal(rename(from, to), 0);
    count_expect(desk, "trustee decrypt BOARD OWN1" COUNT_BY, 1,
                 "not the share of this election", NULL);
    office_path(from, desk->own[1], "sign.key");
    office_path(to, desk->own[0], "sign.key");
    assert_int_equal(rename(from, to), 0);
    count_expect(desk, "trustee decrypt BOARD OWN1" COUNT_BY, 1,
                 "not the key of round1.bin", NULL);
    assert_false(office_has(desk->board, "decrypt"));
}

static void a_wrong_passphrase_signs_nothing(void **state)
{
    const struct count_desk *desk = *state;

    count_approve_all(desk);
    office_put(desk->folder, "pass", "BCDEFGHJKMNPQ", 13);
    count_expect(desk, "trustee mix BOARD OWN1" COUNT_BY, 1, "\"KEY_OPEN\"",
                 "sign.key");
    assert_false(office_has(desk->board, "mix"));
}

static void without_the_office_key_nothing_is_checked(void **state)
{
    const struct count_desk *desk = *state;

    count_expect(desk, "trustee mix BOARD OWN1", 2, "--office-key is missing",
                 NULL);
    count_expect(desk, "trustee approve BOARD OWN1 --office-key pass", 1, NULL,
                 NULL);
    count_expect(desk, "trustee decrypt BOARD", 2, NULL, NULL);
}

int main(void)
{
#define AT_A_DESK(test)                                                        \
    cmocka_unit_test_setup_teardown(test, count_desk_make, count_desk_clear)
    const struct CMUnitTest tests[] = {
        AT_A_DESK(a_code_that_differs_is_not_approved),
        AT_A_DESK(a_register_that_differs_is_not_approved),
        AT_A_DESK(before_the_end_of_the_voting_nothing_is_approved),
        AT_A_DESK(an_open_finding_is_not_approved),
        AT_A_DESK(a_second_closing_is_never_approved),
        AT_A_DESK(a_share_without_its_journal_signs_nothing),
        AT_A_DESK(too_few_approvals_mix_nothing),
        AT_A_DESK(too_few_mixes_decrypt_nothing),
        AT_A_DESK(a_stranger_is_refused),
        AT_A_DESK(the_keys_of_another_trustee_are_refused),
        AT_A_DESK(a_wrong_passphrase_signs_nothing),
        AT_A_DESK(without_the_office_key_nothing_is_checked),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
