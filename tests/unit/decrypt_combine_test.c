/* SPDX-License-Identifier: Apache-2.0 */
/* Any T trustees open the list, and fewer open nothing. */
#include "decrypt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "decrypt_example.h"

static void any_two_of_three_open_the_list(void **state)
{
    static const size_t pairs[][2] = {{0, 1}, {0, 2}, {1, 2}, {2, 0}, {2, 1}};
    struct decrypt_example *example = decrypt_example_open(40, 3);
    uint8_t *want = list_decrypt(example->list, example->list->pairs);
    uint8_t *got = malloc((size_t)32 * 40 * 3);

    (void)state;
    for (size_t i = 0; i < 5; i++) {
        struct decrypt_part parts[2] = {
            decrypt_example_part(example, pairs[i][0]),
            decrypt_example_part(example, pairs[i][1])};

        assert_int_equal(decrypt_combine(got, NULL, &example->input, parts, 2,
                                         THRESHOLD, NULL),
                         AULA_OK);
        assert_memory_equal(got, want, (size_t)32 * 40 * 3);
    }
    free(got);
    free(want);
    decrypt_example_close(example);
}

static void three_parts_give_what_the_first_two_give(void **state)
{
    const struct decrypt_example *example = *state;
    struct decrypt_part parts[3] = {decrypt_example_part(example, 2),
                                    decrypt_example_part(example, 1),
                                    decrypt_example_part(example, 0)};
    uint8_t wrong[6 * 32];
    uint8_t want[6 * 32];
    uint8_t got[6 * 32];

    assert_int_equal(decrypt_combine(want, NULL, &example->input, parts + 1, 2,
                                     THRESHOLD, NULL),
                     AULA_OK);
    for (size_t i = 0; i < 6; i++) {
        draw_point(wrong + 32 * i, "wrong", i);
    }
    parts[0].points = wrong;
    assert_int_equal(decrypt_combine(got, NULL, &example->input, parts, 3,
                                     THRESHOLD, NULL),
                     AULA_OK);
    assert_memory_equal(got, want, sizeof want);
}

static void too_few_parts_open_nothing(void **state)
{
    const struct decrypt_example *example = *state;
    struct decrypt_part parts[2] = {decrypt_example_part(example, 2),
                                    decrypt_example_part(example, 2)};
    uint8_t got[6 * 32];

    assert_int_equal(decrypt_combine(got, NULL, &example->input, parts, 0,
                                     THRESHOLD, NULL),
                     AULA_DEC_TOO_FEW);
    assert_int_equal(decrypt_combine(got, NULL, &example->input, parts, 1,
                                     THRESHOLD, NULL),
                     AULA_DEC_TOO_FEW);
    assert_int_equal(decrypt_combine(got, NULL, &example->input, parts, 2,
                                     THRESHOLD, NULL),
                     AULA_DEC_TOO_FEW);
}

static void a_bad_point_in_a_part_or_the_list_ends_the_combination(void **state)
{
    struct decrypt_example *example = decrypt_example_open(3, 1);
    struct decrypt_part parts[2] = {decrypt_example_part(example, 0),
                                    decrypt_example_part(example, 1)};
    uint8_t got[3 * 32];

    (void)state;
    memset(example->list->pairs + 96, 0, 32);
    assert_int_equal(decrypt_combine(got, NULL, &example->input, parts, 2,
                                     THRESHOLD, NULL),
                     AULA_POINT_IDENTITY);
    memcpy(example->list->pairs + 96, example->list->key, 32);
    memset(example->files[1] + DECRYPT_HEADER_BYTES, 0xff, 32);
    assert_int_equal(decrypt_combine(got, NULL, &example->input, parts, 2,
                                     THRESHOLD, NULL),
                     AULA_POINT_INVALID);
    decrypt_example_close(example);
}

/* sum of lambda_j f(j) = f(0) for a polynomial of degree count - 1. */
static void coefficients_interpolate_at_zero(void **state)
{
    (void)state;
    for (size_t count = 1; count <= DECRYPT_TRUSTEES_MAX; count++) {
        uint8_t trustees[DECRYPT_TRUSTEES_MAX];
        uint8_t lambda[DECRYPT_TRUSTEES_MAX][32];
        uint8_t sum[32] = {0};
        uint8_t want[32];

        draw_scalar(want, "polynomial", 0);
        for (size_t j = 0; j < count; j++) {
            trustees[j] = (uint8_t)(DECRYPT_TRUSTEES_MAX - j);
        }
        decrypt_lagrange(lambda, trustees, count);
        for (size_t j = 0; j < count; j++) {
            uint8_t value[32] = {0};
            uint8_t index[32];

            group_scalar_of(index, trustees[j]);
            for (size_t k = count; k-- > 0;) {
                uint8_t term[32];

                draw_scalar(term, "polynomial", k);
                group_scalar_add_product(term, value, index);
                memcpy(value, term, sizeof value);
            }
            group_scalar_add_product(sum, lambda[j], value);
        }
        assert_memory_equal(sum, want, sizeof want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_two_of_three_open_the_list),
        cmocka_unit_test(three_parts_give_what_the_first_two_give),
        cmocka_unit_test(too_few_parts_open_nothing),
        cmocka_unit_test(
            a_bad_point_in_a_part_or_the_list_ends_the_combination),
        cmocka_unit_test(coefficients_interpolate_at_zero),
    };

    return sodium_init() < 0
               ? 1
               : cmocka_run_group_tests_name("decrypt combine", tests,
                                             decrypt_small_open,
                                             decrypt_small_close);
}
