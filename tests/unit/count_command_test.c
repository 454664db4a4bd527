/* SPDX-License-Identifier: Apache-2.0 */
/* From the closing to the result with the commands of trustees and office: any
 * quorum comes to one result, and whoever cheats is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cheap_pwhash.h"
#include "count_desk.h"

enum { MIX_HEAD_BYTES = 78, DECRYPT_HEAD_BYTES = 77 };

static void expect_same(const struct count_desk *desk, const char *name,
                        const uint8_t *bytes, size_t size)
{
    size_t there_size = 0;
    uint8_t *there = office_get(desk->board, name, &there_size);

    assert_int_equal(there_size, size);
    assert_memory_equal(there, bytes, size);
    free(there);
}

/* A file of the board signed again by a trustee, counted from 1. */
static void put_signed(const struct count_desk *desk, const char *name,
                       uint8_t *bytes, size_t size, const char *label,
                       unsigned trustee)
{
    sign_file(bytes, size - SIGN_BYTES, label,
              desk->vectors->trustee_secrets[trustee - 1]);
    office_put(desk->board, name, bytes, size);
}

/* ---- the whole way */

/* How many valid ballots a contest has, by `office result`. */
static void expect_contest(const json_t *object, size_t i, const char *status,
                           int counted, int valid)
{
    const json_t *row = json_array_get(json_object_get(object, "contests"), i);

    assert_string_equal(json_string_value(json_object_get(row, "status")),
                        status);
    assert_int_equal(json_integer_value(json_object_get(row, "counted")),
                     counted);
    assert_int_equal(json_integer_value(json_object_get(row, "valid")), valid);
}

static void go_all_the_way(const struct count_desk *desk, const unsigned mix[2],
                           const unsigned decrypt[2])
{
    struct count_said said;
    json_t *object;

    count_approve_all(desk);
    count_mix_by(desk, mix[0], mix[1]);
    count_step(desk, "decrypt", decrypt[0]);
    count_step(desk, "decrypt", decrypt[1]);
    said = count_run(desk, COUNT_RESULT);
    assert_int_equal(said.status, 0);
    object = json_loads(said.out, 0, NULL);
    assert_non_null(object);
    expect_contest(object, 0, "COUNTED", 6, 5);
    expect_contest(object, 1, "COUNTED", 5, 5);
    expect_contest(object, 2, "WITHHELD_SMALL", 2, 0);
    expect_contest(object, 3, "EMPTY", 0, 0);
    expect_contest(object, 4, "EMPTY", 0, 0);
    json_decref(object);
    count_forget(&said);
    assert_false(office_has(desk->board, "mix/2"));
    assert_false(office_has(desk->board, "decrypt/2"));
    assert_false(office_has(desk->board, "mix/3"));
}

static void trustees_1_and_2_come_to_a_result(void **state)
{
    static const unsigned both[2] = {1, 2};

    go_all_the_way(*state, both, both);
}

static void trustees_3_and_1_mix_2_and_3_decrypt(void **state)
{
    static const unsigned mix[2] = {3, 1};
    static const unsigned decrypt[2] = {3, 2};

    go_all_the_way(*state, mix, decrypt);
}

static void all_three_may_mix_and_decrypt(void **state)
{
    static const unsigned both[2] = {2, 3};
    const struct count_desk *desk = *state;

    count_approve_all(desk);
    count_mix_by(desk, 2, 1);
    count_expect(desk, "trustee mix BOARD OWN3 --more" COUNT_BY, 0, NULL, NULL);
    assert_true(office_has(desk->board, "mix/1/3.mix"));
    count_step(desk, "decrypt", 1);
    go_all_the_way(desk, both, both);
}

static void a_step_that_is_done_changes_nothing(void **state)
{
    static const unsigned both[2] = {1, 2};
    static const char *const names[] = {"approve/1.app", "mix/0/1.mix",
                                        "decrypt/0/1.dec", "result.bin"};
    const struct count_desk *desk = *state;
    uint8_t *bytes[4];
    size_t sizes[4];

    go_all_the_way(desk, both, both);
    for (size_t i = 0; i < 4; i++) {
        bytes[i] = office_get(desk->board, names[i], &sizes[i]);
    }
    go_all_the_way(desk, both, both);
    count_expect(desk, "trustee mix BOARD OWN3 --more" COUNT_BY, 0, NULL, NULL);
    assert_false(office_has(desk->board, "mix/0/3.mix"));
    for (size_t i = 0; i < 4; i++) {
        expect_same(desk, names[i], bytes[i], sizes[i]);
        free(bytes[i]);
    }
}

/* ---- who cheats is named */

/* The first ballot becomes a copy of the second, and that is signed. */
static void a_mixer_who_cheats_is_named(void **state)
{
    const struct count_desk *desk = *state;
    uint8_t *bytes;
    size_t size = 0;

    count_approve_all(desk);
    count_step(desk, "mix", 2);
    bytes = office_get(desk->board, "mix/0/1.mix", &size);
    memcpy(bytes + MIX_HEAD_BYTES, bytes + MIX_HEAD_BYTES + 64, 64);
    put_signed(desk, "mix/0/1.mix", bytes, size, "sig-mix", 2);
    free(bytes);
    count_expect(desk, "trustee mix BOARD OWN3" COUNT_BY, 1,
                 "aula: mix/0/1.mix: made by trustee 2, ",
                 "To go on, remove mix/0/1.mix");
    count_expect(desk, "trustee decrypt BOARD OWN3" COUNT_BY, 1, "trustee 2",
                 "\"MIX_PROOF\"");
    office_remove(desk->board, "mix/0/1.mix");
    count_mix_by(desk, 1, 3);
    count_step(desk, "mix", 3);
    count_step(desk, "decrypt", 1);
}

/* What another put there in a trustee's name accuses nobody. */
static void a_mix_with_a_flipped_bit_accuses_nobody(void **state)
{
    const struct count_desk *desk = *state;
    struct count_said said;
    uint8_t *bytes;
    size_t size = 0;

    count_approve_all(desk);
    count_step(desk, "mix", 2);
    bytes = office_get(desk->board, "mix/0/1.mix", &size);
    bytes[200] ^= 1;
    office_put(desk->board, "mix/0/1.mix", bytes, size);
    free(bytes);
    said = count_run(desk, "trustee mix BOARD OWN3" COUNT_BY);
    assert_int_equal(said.status, 1);
    assert_non_null(strstr(said.errors, "mix/0/1.mix"));
    assert_null(strstr(said.errors, "made by trustee"));
    count_forget(&said);
}

static void a_decryptor_who_cheats_is_named(void **state)
{
    const struct count_desk *desk = *state;
    uint8_t *bytes;
    size_t size = 0;

    count_approve_all(desk);
    count_mix_by(desk, 1, 2);
    count_step(desk, "decrypt", 1);
    count_step(desk, "decrypt", 3);
    bytes = office_get(desk->board, "decrypt/1/3.dec", &size);
    memcpy(bytes + DECRYPT_HEAD_BYTES, bytes + DECRYPT_HEAD_BYTES + 32, 32);
    put_signed(desk, "decrypt/1/3.dec", bytes, size, "sig-decrypt", 3);
    free(bytes);
    count_expect(desk, COUNT_RESULT, 1,
                 "aula: decrypt/1/3.dec: made by trustee 3, ",
                 "To go on, remove decrypt/1/3.dec");
    assert_false(office_has(desk->board, "result.bin"));
    office_remove(desk->board, "decrypt/1/3.dec");
    count_step(desk, "decrypt", 2);
    count_expect(desk, COUNT_RESULT, 0, NULL, NULL);
}

static void another_result_is_not_replaced(void **state)
{
    static const unsigned both[2] = {1, 2};
    const struct count_desk *desk = *state;
    uint8_t *bytes;
    size_t size = 0;

    go_all_the_way(desk, both, both);
    bytes = office_get(desk->board, "result.bin", &size);
    bytes[size - 1] ^= 1;
    office_put(desk->board, "result.bin", bytes, size);
    count_expect(desk, COUNT_RESULT, 1, "result.bin", NULL);
    expect_same(desk, "result.bin", bytes, size);
    free(bytes);
}

/* The board of the vectors has no election.json that decisions could be about:
 * what was there before comes back. */
static void decisions_that_do_not_fit_leave_the_board(void **state)
{
    static const unsigned both[2] = {1, 2};
    static const char good[] =
        "{\"format\": \"aula-council-1\", \"election\": "
        "\"00112233445566778899aabbccddeeff\", \"decisions\": []}";
    static const char bad[] = "{\"format\": 7}";
    const struct count_desk *desk = *state;

    go_all_the_way(desk, both, both);
    office_put(desk->folder, "council", good, sizeof good - 1);
    office_put(desk->folder, "wrong", bad, sizeof bad - 1);
    count_expect(desk, COUNT_RESULT " --council WRONG", 1, "\"SOURCE\"",
                 "wrong");
    count_expect(desk, COUNT_RESULT " --council COUNCIL", 1, "\"SOURCE\"",
                 "election.json");
    assert_false(office_has(desk->board, "council.json"));
    office_put(desk->board, "council.json", bad, sizeof bad - 1);
    count_expect(desk, COUNT_RESULT " --council COUNCIL", 1, "\"SOURCE\"",
                 "election.json");
    expect_same(desk, "council.json", (const uint8_t *)bad, sizeof bad - 1);
}

int main(void)
{
#define AT_A_DESK(test)                                                        \
    cmocka_unit_test_setup_teardown(test, count_desk_make, count_desk_clear)
    const struct CMUnitTest tests[] = {
        AT_A_DESK(trustees_1_and_2_come_to_a_result),
        AT_A_DESK(trustees_3_and_1_mix_2_and_3_decrypt),
        AT_A_DESK(all_three_may_mix_and_decrypt),
        AT_A_DESK(a_step_that_is_done_changes_nothing),
        AT_A_DESK(a_mixer_who_cheats_is_named),
        AT_A_DESK(a_mix_with_a_flipped_bit_accuses_nobody),
        AT_A_DESK(a_decryptor_who_cheats_is_named),
        AT_A_DESK(another_result_is_not_replaced),
        AT_A_DESK(decisions_that_do_not_fit_leave_the_board),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
