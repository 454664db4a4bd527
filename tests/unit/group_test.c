/* SPDX-License-Identifier: Apache-2.0 */
/* Points and scalars from outside, and the group's corner cases. */
#include "group.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "draw.h"

static const uint8_t zero[32];
static const uint8_t one[32] = {1};

/* l, little-endian: 2^252 + 27742317777372353535851937790883648493. */
static const uint8_t order[32] = {
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
    0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
    0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};

/* 2^255 - 19. */
static const uint8_t prime[32] = {
    0xed, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f};

static void a_point_is_accepted(void **state)
{
    uint8_t point[32];

    (void)state;
    for (uint64_t i = 0; i < 50; i++) {
        draw_point(point, "point", i);
        assert_int_equal(group_check_point(point), AULA_OK);
    }
}

static void the_second_encoding_with_bit_255_is_refused(void **state)
{
    uint8_t point[32];

    (void)state;
    for (uint64_t i = 0; i < 50; i++) {
        draw_point(point, "point", i);
        point[31] |= 0x80;
        assert_int_equal(group_check_point(point), AULA_POINT_INVALID);
    }
}

static void the_identity_has_an_error_of_its_own(void **state)
{
    uint8_t high[32] = {0};

    (void)state;
    assert_int_equal(group_check_point(zero), AULA_POINT_IDENTITY);
    high[31] = 0x80;
    assert_int_equal(group_check_point(high), AULA_POINT_INVALID);
}

/* Field elements at and above p, and negative (odd) ones: RFC 9496 4.3.1. */
static void encodings_that_are_not_canonical_are_refused(void **state)
{
    uint8_t bytes[32];

    (void)state;
    memcpy(bytes, prime, sizeof bytes);
    for (unsigned i = 0; i < 19; i++) {
        bytes[0] = (uint8_t)(prime[0] + i);
        assert_int_equal(group_check_point(bytes), AULA_POINT_INVALID);
    }
    memcpy(bytes, one, sizeof bytes);
    assert_int_equal(group_check_point(bytes), AULA_POINT_INVALID);
    for (uint64_t i = 0; i < 50; i++) {
        draw_point(bytes, "point", i);
        bytes[0] |= 1;
        assert_int_equal(group_check_point(bytes), AULA_POINT_INVALID);
    }
}

static void a_scalar_is_below_the_group_order(void **state)
{
    uint8_t scalar[32];

    (void)state;
    assert_int_equal(group_check_scalar(zero), AULA_OK);
    memcpy(scalar, order, sizeof scalar);
    scalar[0]--;
    assert_int_equal(group_check_scalar(scalar), AULA_OK);
    assert_int_equal(group_check_scalar(order), AULA_SCALAR_INVALID);
    scalar[0] += 2;
    assert_int_equal(group_check_scalar(scalar), AULA_SCALAR_INVALID);
    memset(scalar, 0xff, sizeof scalar);
    assert_int_equal(group_check_scalar(scalar), AULA_SCALAR_INVALID);
    memcpy(scalar, one, sizeof scalar);
    scalar[31] = 0x80;
    assert_int_equal(group_check_scalar(scalar), AULA_SCALAR_INVALID);
}

static void a_transport_key_has_one_encoding(void **state)
{
    uint8_t key[32];

    (void)state;
    assert_true(group_is_transport(zero));
    memcpy(key, prime, sizeof key);
    for (unsigned i = 0; i < 19; i++) {
        key[0] = (uint8_t)(prime[0] + i);
        assert_false(group_is_transport(key));
    }
    key[0] = (uint8_t)(prime[0] - 1);
    assert_true(group_is_transport(key));
    memcpy(key, one, sizeof key);
    key[31] = 0x80;
    assert_false(group_is_transport(key));
}

static void a_product_that_is_the_identity_is_zeros(void **state)
{
    uint8_t point[32];
    uint8_t product[32];

    (void)state;
    draw_point(point, "point", 0);
    group_mul(product, zero, point);
    assert_memory_equal(product, zero, 32);
    memset(product, 0xff, sizeof product);
    group_mul_base(product, zero);
    assert_memory_equal(product, zero, 32);
    group_sub(product, point, point);
    assert_memory_equal(product, zero, 32);
    group_add(product, product, point);
    assert_memory_equal(product, point, 32);
}

static void multiplication_distributes_over_addition(void **state)
{
    uint8_t a[32];
    uint8_t b[32];
    uint8_t point[32];
    uint8_t left[32];
    uint8_t right[32];
    uint8_t sum[32];

    (void)state;
    draw_scalar(a, "a", 0);
    draw_scalar(b, "b", 0);
    draw_point(point, "point", 0);
    crypto_core_ristretto255_scalar_add(sum, a, b);
    group_mul(sum, sum, point);
    group_mul(left, a, point);
    group_mul(right, b, point);
    group_add(left, left, right);
    assert_memory_equal(left, sum, 32);
    group_sub(left, left, right);
    group_mul(right, a, point);
    assert_memory_equal(left, right, 32);
}

static void products_of_scalars_add_up(void **state)
{
    uint8_t sum[32];
    uint8_t three[32];
    uint8_t seven[32];
    uint8_t want[32];

    (void)state;
    group_scalar_of(sum, 5);
    group_scalar_of(three, 3);
    group_scalar_of(seven, 7);
    group_scalar_of(want, 26);
    group_scalar_add_product(sum, three, seven);
    assert_memory_equal(sum, want, 32);
    memcpy(sum, order, sizeof sum);
    sum[0]--;
    group_scalar_of(want, 0);
    group_scalar_add_product(sum, one, one);
    assert_memory_equal(sum, want, 32);
}

static void small_numbers_become_scalars(void **state)
{
    uint8_t scalar[32];
    static const uint8_t want[32] = {8, 7, 6, 5, 4, 3, 2, 1};

    (void)state;
    group_scalar_of(scalar, 0x0102030405060708);
    assert_memory_equal(scalar, want, 32);
}

static void generators_are_distinct_points(void **state)
{
    uint8_t points[20][32];

    (void)state;
    for (uint32_t i = 0; i < 20; i++) {
        group_generator(points[i], i);
        assert_int_equal(group_check_point(points[i]), AULA_OK);
        for (uint32_t j = 0; j < i; j++) {
            assert_memory_not_equal(points[i], points[j], 32);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_point_is_accepted),
        cmocka_unit_test(the_second_encoding_with_bit_255_is_refused),
        cmocka_unit_test(the_identity_has_an_error_of_its_own),
        cmocka_unit_test(encodings_that_are_not_canonical_are_refused),
        cmocka_unit_test(a_scalar_is_below_the_group_order),
        cmocka_unit_test(a_transport_key_has_one_encoding),
        cmocka_unit_test(a_product_that_is_the_identity_is_zeros),
        cmocka_unit_test(multiplication_distributes_over_addition),
        cmocka_unit_test(products_of_scalars_add_up),
        cmocka_unit_test(small_numbers_become_scalars),
        cmocka_unit_test(generators_are_distinct_points),
    };

    return sodium_init() < 0
               ? 1
               : cmocka_run_group_tests_name("group", tests, NULL, NULL);
}
