/* SPDX-License-Identifier: Apache-2.0 */
/* Points in memory (libdecaf) against points as bytes (libsodium): the two must
 * agree on every byte. */
#include "curve.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "draw.h"

enum { ROUNDS = 64 };

static const uint8_t zero[32];

static void load_point(struct curve_point *point, const uint8_t *bytes)
{
    assert_int_equal(curve_decode(point, bytes), AULA_OK);
}

static void assert_point(const struct curve_point *point, const uint8_t *want)
{
    uint8_t got[32];

    curve_encode(got, point);
    assert_memory_equal(got, want, 32);
}

/* Scalars that make carries and borrows: small, near l, near powers of two. */
static void special_scalar(uint8_t scalar[static 32], unsigned i)
{
    group_scalar_of(scalar, i / 2);
    if (i % 2 == 1) {
        crypto_core_ristretto255_scalar_negate(scalar, scalar);
    }
    if (i >= 16) {
        memset(scalar, 0, 32);
        scalar[i % 31] = 0x80;
        memset(scalar, 0xff, i % 31);
    }
}

static void some_scalar(uint8_t scalar[static 32], unsigned i)
{
    if (i < 40) {
        special_scalar(scalar, i);
    } else {
        draw_scalar(scalar, "scalar", i);
    }
}

static void random_bytes_are_judged_alike(void **state)
{
    uint8_t bytes[32];
    unsigned accepted = 0;

    (void)state;
    for (uint64_t i = 0; i < 4000; i++) {
        struct curve_point point;
        enum aula_code code;

        draw_bytes(bytes, sizeof bytes, "bytes", i);
        bytes[0] &= i % 2 == 0 ? 0xfe : 0xff;
        bytes[31] &= i % 4 == 3 ? 0xff : 0x7f;
        code = curve_decode(&point, bytes);
        assert_int_equal(code, group_check_point(bytes));
        assert_int_equal(curve_mask_valid(bytes), code == AULA_OK ? 0xff : 0);
        accepted += code == AULA_OK;
    }
    assert_in_range(accepted, 100, 3900);
}

static void bytes_of_few_bits_are_judged_alike(void **state)
{
    uint8_t bytes[32];

    (void)state;
    for (unsigned i = 0; i < 256; i++) {
        for (unsigned fill = 0; fill < 2; fill++) {
            struct curve_point point;

            memset(bytes, fill == 0 ? 0 : 0xff, sizeof bytes);
            bytes[i / 8] ^= (uint8_t)(1U << (i % 8));
            assert_int_equal(curve_decode(&point, bytes),
                             group_check_point(bytes));
            assert_int_equal(curve_mask_valid(bytes),
                             group_check_point(bytes) == AULA_OK ? 0xff : 0);
        }
    }
}

static void the_identity_is_no_input_and_encodes_as_zeros(void **state)
{
    struct curve_point point;

    (void)state;
    assert_int_equal(curve_decode(&point, zero), AULA_POINT_IDENTITY);
    assert_int_equal(curve_mask_valid(zero), 0);
    curve_set_identity(&point);
    assert_point(&point, zero);
}

static void sums_and_differences_agree(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < ROUNDS; i++) {
        uint8_t bytes[2][32];
        uint8_t want[32];
        struct curve_point a;
        struct curve_point b;
        struct curve_point out;

        draw_point(bytes[0], "a", i);
        draw_point(bytes[1], i == 0 ? "a" : "b", i);
        load_point(&a, bytes[0]);
        load_point(&b, bytes[1]);
        group_add(want, bytes[0], bytes[1]);
        curve_add(&out, &a, &b);
        assert_point(&out, want);
        group_sub(want, bytes[0], bytes[1]);
        curve_sub(&out, &a, &b);
        assert_point(&out, want);
        group_add(want, bytes[0], bytes[0]);
        curve_double(&out, &a);
        assert_point(&out, want);
        group_sub(want, zero, bytes[0]);
        curve_negate(&out, &a);
        assert_point(&out, want);
    }
}

static void products_agree(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 80; i++) {
        uint8_t scalar[32];
        uint8_t bytes[32];
        uint8_t want[32];
        struct curve_point point;
        struct curve_point out;

        some_scalar(scalar, i);
        draw_point(bytes, "point", i);
        load_point(&point, bytes);
        group_mul(want, scalar, bytes);
        curve_mul(&out, &point, scalar);
        assert_point(&out, want);
        group_mul_base(want, scalar);
        curve_mul_base(&out, scalar);
        assert_point(&out, want);
    }
}

static void a_table_multiplies_as_the_point_does(void **state)
{
    uint8_t bytes[32];
    struct curve_point point;
    struct curve_table *table = NULL;

    (void)state;
    draw_point(bytes, "point", 0);
    load_point(&point, bytes);
    assert_int_equal(curve_table_open(&table, &point, NULL), AULA_OK);
    for (unsigned i = 0; i < 80; i++) {
        uint8_t scalar[32];
        uint8_t want[32];
        struct curve_point out;

        some_scalar(scalar, i);
        group_mul(want, scalar, bytes);
        curve_table_mul(&out, table, scalar);
        assert_point(&out, want);
    }
    curve_table_close(table);
    curve_table_close(NULL);
}

static void the_sum_of_two_products_agrees(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 80; i++) {
        uint8_t scalars[2][32];
        uint8_t bytes[32];
        uint8_t left[32];
        uint8_t right[32];
        struct curve_point point;
        struct curve_point out;

        some_scalar(scalars[0], i);
        some_scalar(scalars[1], 79 - i);
        draw_point(bytes, "point", i);
        load_point(&point, bytes);
        group_mul_base(left, scalars[0]);
        group_mul(right, scalars[1], bytes);
        group_add(left, left, right);
        curve_public_mul2(&out, scalars[0], &point, scalars[1]);
        assert_point(&out, left);
    }
}

static void a_choice_by_mask_takes_one_or_the_other(void **state)
{
    uint8_t bytes[2][32];
    struct curve_point a;
    struct curve_point b;
    struct curve_point out;

    (void)state;
    draw_point(bytes[0], "a", 0);
    draw_point(bytes[1], "b", 0);
    load_point(&a, bytes[0]);
    load_point(&b, bytes[1]);
    curve_select(&out, &a, &b, 0);
    assert_point(&out, bytes[0]);
    curve_select(&out, &a, &b, 1);
    assert_point(&out, bytes[1]);
    curve_select(&a, &a, &b, 1);
    assert_point(&a, bytes[1]);
}

static void sums_of_the_two_products_hold_where_a_scalar_is_zero(void **state)
{
    static const unsigned cases[][2] = {{0, 0}, {0, 5}, {5, 0}};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        uint8_t scalars[2][32];
        uint8_t bytes[32];
        uint8_t left[32];
        uint8_t right[32];
        struct curve_point point;

        group_scalar_of(scalars[0], cases[i][0]);
        group_scalar_of(scalars[1], cases[i][1]);
        draw_point(bytes, "point", i);
        load_point(&point, bytes);
        group_mul_base(left, scalars[0]);
        group_mul(right, scalars[1], bytes);
        group_add(left, left, right);
        curve_public_mul2(&point, scalars[0], &point, scalars[1]);
        assert_point(&point, left);
    }
}

static void the_identity_is_neutral_and_stays_itself(void **state)
{
    uint8_t bytes[32];
    uint8_t scalar[32];
    uint8_t want[32];
    struct curve_point none;
    struct curve_point point;
    struct curve_point out;

    (void)state;
    curve_set_identity(&none);
    draw_point(bytes, "point", 0);
    draw_scalar(scalar, "scalar", 0);
    load_point(&point, bytes);
    curve_add(&out, &point, &none);
    assert_point(&out, bytes);
    curve_sub(&out, &none, &point);
    curve_negate(&out, &out);
    assert_point(&out, bytes);
    curve_double(&out, &none);
    assert_point(&out, zero);
    curve_mul(&out, &none, scalar);
    assert_point(&out, zero);
    curve_public_mul2(&out, scalar, &none, scalar);
    group_mul_base(want, scalar);
    assert_point(&out, want);
}

static void generators_and_base_agree(void **state)
{
    static const uint8_t one[32] = {1};
    uint8_t want[32];
    struct curve_point point;

    (void)state;
    for (uint32_t i = 0; i < ROUNDS; i++) {
        group_generator(want, i * i);
        curve_generator(&point, i * i);
        assert_point(&point, want);
    }
    group_mul_base(want, one);
    curve_set_base(&point);
    assert_point(&point, want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_bytes_are_judged_alike),
        cmocka_unit_test(bytes_of_few_bits_are_judged_alike),
        cmocka_unit_test(the_identity_is_no_input_and_encodes_as_zeros),
        cmocka_unit_test(sums_and_differences_agree),
        cmocka_unit_test(products_agree),
        cmocka_unit_test(a_table_multiplies_as_the_point_does),
        cmocka_unit_test(the_sum_of_two_products_agrees),
        cmocka_unit_test(sums_of_the_two_products_hold_where_a_scalar_is_zero),
        cmocka_unit_test(the_identity_is_neutral_and_stays_itself),
        cmocka_unit_test(a_choice_by_mask_takes_one_or_the_other),
        cmocka_unit_test(generators_and_base_agree),
    };

    return sodium_init() < 0
               ? 1
               : cmocka_run_group_tests_name("curve", tests, NULL, NULL);
}
