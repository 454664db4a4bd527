/* SPDX-License-Identifier: Apache-2.0 */
/* The result file is what the decryptions give, and nothing else passes. */
#include "outcome.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bytes.h"
#include "mix.h"
#include "vector_board.h"

enum { OPENED = 2, CONTESTS = 5, T = 2 };

/* The contests of the vectors' board, opened by two of its trustees. */
struct counted {
    struct vector_board *board;
    struct outcome_contest contests[CONTESTS];
    uint8_t *rows[OPENED];
};

static struct counted counted;

/* A file of contest c that this trustee makes, as in `office result`. */
static uint8_t *decrypt(const struct decrypt_input *input, size_t trustee)
{
    const struct vector_board *board = counted.board;
    const uint8_t seed[DECRYPT_SEED_BYTES] = {(uint8_t)trustee, 7};
    uint8_t *file = malloc(decrypt_file_size(input->count, input->width));

    assert_non_null(file);
    assert_int_equal(decrypt_make(file, NULL, input, (uint8_t)(trustee + 1),
                                  board->trustee_secrets[trustee],
                                  board->shares[trustee], seed, NULL),
                     AULA_OK);
    return file;
}

static struct decrypt_input input_of(size_t contest, const uint8_t *mix)
{
    const struct package *package = &counted.board->package;

    return (struct decrypt_input){
        package->hash, (uint16_t)contest,
        (uint8_t)plaintext_width(&package->contests[contest].rule),
        counted.contests[contest].count, mix_output(mix)};
}

/* Open contest c with trustees i and j, which are counted from 0. */
static enum aula_code open_with(size_t contest, size_t i, size_t j,
                                size_t part_count, uint32_t *valid)
{
    const struct package *package = &counted.board->package;
    char name[32];
    size_t size = 0;
    uint8_t *mix;
    uint8_t *files[2];
    struct decrypt_input input;
    struct decrypt_part parts[2];
    enum aula_code code;

    (void)snprintf(name, sizeof name, "mix/%zu/2.mix", contest);
    mix = vector_board_get(counted.board, name, &size);
    input = input_of(contest, mix);
    files[0] = decrypt(&input, i);
    files[1] = decrypt(&input, j);
    parts[0] = (struct decrypt_part){(uint8_t)(i + 1),
                                     decrypt_points(files[0])};
    parts[1] = (struct decrypt_part){(uint8_t)(j + 1),
                                     decrypt_points(files[1])};
    code = outcome_open(counted.rows[contest], valid, NULL,
                        &package->contests[contest].rule, &input, parts,
                        part_count, T, NULL);
    free(files[0]);
    free(files[1]);
    free(mix);
    return code;
}

static int set_up(void **state)
{
    static const struct {
        enum outcome_status status;
        uint32_t count;
    } all[CONTESTS] = {{OUTCOME_COUNTED, 6},
                       {OUTCOME_COUNTED, 5},
                       {OUTCOME_WITHHELD_SMALL, 2},
                       {OUTCOME_EMPTY, 0},
                       {OUTCOME_EMPTY, 0}};
    const struct package *package;

    assert_int_equal(vector_board_open(state), 0);
    counted.board = *state;
    package = &counted.board->package;
    for (size_t i = 0; i < CONTESTS; i++) {
        counted.contests[i].status = all[i].status;
        counted.contests[i].count = all[i].count;
    }
    for (size_t i = 0; i < OPENED; i++) {
        counted.rows[i] =
            malloc(all[i].count * outcome_row_size(&package->contests[i].rule));
        assert_non_null(counted.rows[i]);
        counted.contests[i].rows = counted.rows[i];
        assert_int_equal(open_with(i, 0, 1, 2, &counted.contests[i].valid),
                         AULA_OK);
    }
    return 0;
}

static int tear_down(void **state)
{
    for (size_t i = 0; i < OPENED; i++) {
        free(counted.rows[i]);
    }
    return vector_board_close(state);
}

static uint8_t *make(size_t *size)
{
    const struct package *package = &counted.board->package;
    uint8_t *file;

    *size = outcome_size(package, counted.contests);
    file = malloc(*size + 1);
    assert_non_null(file);
    outcome_make(file, package, counted.contests, counted.board->office_secret);
    return file;
}

static enum aula_code check(const uint8_t *file, size_t size)
{
    return outcome_check(&counted.board->package, counted.contests, file, size,
                         NULL);
}

static void sign_again(uint8_t *file, size_t size)
{
    sign_file(file, size - SIGN_BYTES, "sig-result",
              counted.board->office_secret);
}

static void the_file_is_that_of_the_vectors(void **state)
{
    size_t want_size = 0;
    size_t size = 0;
    uint8_t *want = vector_board_get(*state, "result.bin", &want_size);
    uint8_t *file = make(&size);

    assert_int_equal(size, want_size);
    assert_memory_equal(file, want, size);
    assert_int_equal(check(file, size), AULA_OK);
    free(want);
    free(file);
}

static void any_two_trustees_give_the_same(void **state)
{
    static const size_t pairs[][2] = {{0, 2}, {1, 2}, {2, 1}, {1, 0}};
    size_t size = 0;
    size_t again_size = 0;
    uint8_t *file = make(&size);

    (void)state;
    for (size_t p = 0; p < 4; p++) {
        uint8_t *again;

        for (size_t i = 0; i < OPENED; i++) {
            memset(counted.rows[i], 0xee, 6);
            assert_int_equal(open_with(i, pairs[p][0], pairs[p][1], 2,
                                       &counted.contests[i].valid),
                             AULA_OK);
        }
        again = make(&again_size);
        assert_int_equal(size, again_size);
        assert_memory_equal(file, again, size);
        free(again);
    }
    free(file);
}

static void one_trustee_opens_nothing(void **state)
{
    uint32_t valid = 77;

    (void)state;
    assert_int_equal(open_with(0, 0, 1, 1, &valid), AULA_DEC_TOO_FEW);
    assert_int_equal(valid, 77);
    assert_int_equal(open_with(0, 0, 1, 2, &valid), AULA_OK);
    assert_int_equal(valid, 5);
}

static void a_part_that_is_no_point_opens_nothing(void **state)
{
    const struct package *package = &counted.board->package;
    size_t size = 0;
    uint8_t *mix = vector_board_get(*state, "mix/0/2.mix", &size);
    struct decrypt_input input = input_of(0, mix);
    uint8_t points[6 * GROUP_POINT_BYTES];
    const struct decrypt_part parts[2] = {{1, points}, {2, points}};
    uint32_t valid = 0;
    uint8_t rows[6 * 64];

    memset(points, 0, sizeof points);
    assert_int_equal(outcome_open(rows, &valid, NULL,
                                  &package->contests[0].rule, &input, parts, 2,
                                  T, NULL),
                     AULA_POINT_IDENTITY);
    memset(points, 0xff, sizeof points);
    assert_int_equal(outcome_open(rows, &valid, NULL,
                                  &package->contests[0].rule, &input, parts, 2,
                                  T, NULL),
                     AULA_POINT_INVALID);
    free(mix);
}

static void each_flipped_bit_is_refused(void **state)
{
    size_t size = 0;
    uint8_t *file = make(&size);

    (void)state;
    for (size_t i = 0; i < size; i++) {
        file[i] ^= (uint8_t)(1U << (i % 8));
        assert_int_not_equal(check(file, size), AULA_OK);
        file[i] ^= (uint8_t)(1U << (i % 8));
    }
    assert_int_equal(check(file, size), AULA_OK);
    free(file);
}

/* Signed again by the office: the board says otherwise. */
static void what_the_office_alters_is_a_mismatch(void **state)
{
    static const size_t places[] = {39 + 1,  /* N: the length is another */
                                    39 + 5,  /* valid */
                                    48 + 1}; /* a ballot */
    size_t size = 0;
    uint8_t *file = make(&size);

    (void)state;
    for (size_t i = 1; i < 3; i++) {
        file[places[i]] ^= 1;
        sign_again(file, size);
        assert_int_equal(check(file, size), AULA_RESULT_MISMATCH);
        file[places[i]] ^= 1;
    }
    file[places[0]] += 1;
    sign_again(file, size);
    assert_int_not_equal(check(file, size), AULA_OK);
    free(file);
}

/* A contest that was never opened gets ballots, and one that was loses them. */
static void a_status_that_is_another_is_a_mismatch(void **state)
{
    struct outcome_contest kept = counted.contests[0];
    size_t size = 0;
    uint8_t *file;

    (void)state;
    counted.contests[0] = (struct outcome_contest){OUTCOME_WITHHELD_SMALL, 6, 0,
                                                   NULL};
    file = make(&size);
    counted.contests[0] = kept;
    assert_int_equal(check(file, size), AULA_RESULT_MISMATCH);
    free(file);
}

static void the_checks_come_in_their_order(void **state)
{
    size_t size = 0;
    uint8_t *file = make(&size);

    (void)state;
    assert_int_equal(check(NULL, 0), AULA_TRUNCATED);
    assert_int_equal(check(file, OUTCOME_HEAD_BYTES - 1), AULA_TRUNCATED);
    for (size_t cut = OUTCOME_HEAD_BYTES; cut < size; cut++) {
        assert_int_equal(check(file, cut), AULA_TRUNCATED);
    }
    file[size] = 0;
    assert_int_equal(check(file, size + 1), AULA_TRAILING_BYTES);
    file[size - 1] ^= 1;
    assert_int_equal(check(file, size), AULA_SIG_INVALID);
    file[39] = 3;
    assert_int_equal(check(file, size), AULA_BAD_FIELD);
    file[37] ^= 1;
    assert_int_equal(check(file, size), AULA_BAD_FIELD);
    file[5] ^= 1;
    assert_int_equal(check(file, size), AULA_WRONG_ELECTION);
    file[4] = 2;
    assert_int_equal(check(file, size), AULA_BAD_VERSION);
    file[3] = 'X';
    assert_int_equal(check(file, size), AULA_BAD_MAGIC);
    free(file);
}

/* The largest N there is does not fit into the file. */
static void a_row_count_from_outside_is_no_length(void **state)
{
    size_t size = 0;
    uint8_t *file = make(&size);

    (void)state;
    put_le32(file + 40, UINT32_MAX);
    sign_again(file, size);
    assert_int_equal(check(file, size), AULA_TRUNCATED);
    free(file);
}

static void a_contest_is_opened_from_its_floor_on(void **state)
{
    struct package package = {.min_anon = 5};

    (void)state;
    assert_int_equal(outcome_status(&package, 0), OUTCOME_EMPTY);
    assert_int_equal(outcome_status(&package, 1), OUTCOME_WITHHELD_SMALL);
    assert_int_equal(outcome_status(&package, 4), OUTCOME_WITHHELD_SMALL);
    assert_int_equal(outcome_status(&package, 5), OUTCOME_COUNTED);
    assert_string_equal(outcome_status_name(OUTCOME_EMPTY), "EMPTY");
    assert_string_equal(outcome_status_name(OUTCOME_COUNTED), "COUNTED");
    assert_string_equal(outcome_status_name(OUTCOME_WITHHELD_SMALL),
                        "WITHHELD_SMALL");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_file_is_that_of_the_vectors),
        cmocka_unit_test(any_two_trustees_give_the_same),
        cmocka_unit_test(one_trustee_opens_nothing),
        cmocka_unit_test(a_part_that_is_no_point_opens_nothing),
        cmocka_unit_test(each_flipped_bit_is_refused),
        cmocka_unit_test(what_the_office_alters_is_a_mismatch),
        cmocka_unit_test(a_status_that_is_another_is_a_mismatch),
        cmocka_unit_test(the_checks_come_in_their_order),
        cmocka_unit_test(a_row_count_from_outside_is_no_length),
        cmocka_unit_test(a_contest_is_opened_from_its_floor_on),
    };

    return sodium_init() < 0 ? 1
                             : cmocka_run_group_tests(tests, set_up, tear_down);
}
