/* SPDX-License-Identifier: Apache-2.0 */
/* The three long sums against one multiplication after the other. */
#include "msm.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draw.h"

enum { TERMS_MAX = 9000 };

typedef enum aula_code long_sum(struct curve_point *sum, struct pool *pool,
                                size_t count, msm_source *source, void *arg);

struct terms {
    struct curve_point *points;
    uint8_t (*scalars)[GROUP_SCALAR_BYTES];
    size_t broken; /* this term is refused */
};

/* Scalars at every kind of edge: 0, 1, -1, -2, 2^k - 1, 2^k, and any. Some
 * points stand several times and some stand against each other. */
static void set_term(struct terms *terms, size_t i)
{
    uint8_t bytes[32];

    draw_point(bytes, "point", i % 7 == 3 ? 3 : i);
    assert_int_equal(curve_decode(&terms->points[i], bytes), AULA_OK);
    if (i % 14 == 3) {
        curve_negate(&terms->points[i], &terms->points[i]);
    }
    memset(terms->scalars[i], 0, 32);
    switch (i % 5) {
    case 0:
        group_scalar_of(terms->scalars[i], i / 5);
        break;
    case 1:
        group_scalar_of(terms->scalars[i], i / 5);
        crypto_core_ristretto255_scalar_negate(terms->scalars[i],
                                               terms->scalars[i]);
        break;
    case 2:
        memset(terms->scalars[i], 0xff, i % 31);
        break;
    case 3:
        terms->scalars[i][i % 31] = (uint8_t)(1U << (i % 8));
        break;
    default:
        draw_scalar(terms->scalars[i], "scalar", i);
        break;
    }
}

static int open_terms(void **state)
{
    struct terms *terms = calloc(1, sizeof *terms);

    terms->points = calloc(TERMS_MAX, sizeof terms->points[0]);
    terms->scalars = calloc(TERMS_MAX, GROUP_SCALAR_BYTES);
    terms->broken = SIZE_MAX;
    for (size_t i = 0; i < TERMS_MAX; i++) {
        set_term(terms, i);
    }
    *state = terms;
    return 0;
}

static int close_terms(void **state)
{
    struct terms *terms = *state;

    free(terms->points);
    free(terms->scalars);
    free(terms);
    return 0;
}

static enum aula_code give(void *arg, size_t first, size_t count,
                           struct curve_point *points,
                           uint8_t (*scalars)[GROUP_SCALAR_BYTES])
{
    const struct terms *terms = arg;

    if (terms->broken >= first && terms->broken - first < count) {
        return AULA_POINT_INVALID;
    }
    memcpy(points, terms->points + first, count * sizeof points[0]);
    memcpy(scalars, terms->scalars + first, count * GROUP_SCALAR_BYTES);
    return AULA_OK;
}

static void encode_naive(uint8_t out[static 32], const struct terms *terms,
                         size_t count)
{
    struct curve_point sum;
    struct curve_point term;

    curve_set_identity(&sum);
    for (size_t i = 0; i < count; i++) {
        curve_mul(&term, &terms->points[i], terms->scalars[i]);
        curve_add(&sum, &sum, &term);
    }
    curve_encode(out, &sum);
}

static void assert_sums(long_sum *sum_up, struct terms *terms, size_t count)
{
    uint8_t want[32];
    uint8_t got[32];

    encode_naive(want, terms, count);
    for (unsigned threads = 1; threads <= 4; threads++) {
        struct pool *pool = NULL;
        struct curve_point sum;

        assert_int_equal(pool_open(&pool, threads, NULL), AULA_OK);
        assert_int_equal(sum_up(&sum, pool, count, give, terms), AULA_OK);
        pool_close(pool);
        curve_encode(got, &sum);
        assert_memory_equal(got, want, 32);
    }
}

static void assert_long_sum(long_sum *sum_up, struct terms *terms)
{
    static const size_t counts[] = {0, 1, 2, 3, 10, 63, 64, 65, 127, 129, 1000};

    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        assert_sums(sum_up, terms, counts[i]);
    }
}

static void a_public_sum_is_the_sum_of_the_products(void **state)
{
    assert_long_sum(msm_public, *state);
}

static void a_public_sum_of_many_blocks_is_too(void **state)
{
    assert_sums(msm_public, *state, TERMS_MAX);
}

static void a_secret_sum_is_the_sum_of_the_products(void **state)
{
    assert_long_sum(msm_secret, *state);
}

static void a_few_terms_are_summed_in_any_number(void **state)
{
    struct terms *terms = *state;
    uint8_t want[32];
    uint8_t got[32];
    struct curve_point sum;

    for (size_t count = 0; count <= MSM_FEW_MAX; count++) {
        encode_naive(want, terms, count);
        msm_few(&sum, terms->points,
                (const uint8_t(*)[GROUP_SCALAR_BYTES])terms->scalars, count);
        curve_encode(got, &sum);
        assert_memory_equal(got, want, 32);
    }
}

static void the_largest_scalar_is_summed_right(void **state)
{
    struct terms *terms = *state;
    struct terms one = {terms->points, calloc(1, 32), SIZE_MAX};
    uint8_t want[32];
    uint8_t got[32];
    struct curve_point sum;

    one.scalars[0][0] = 1;
    crypto_core_ristretto255_scalar_negate(one.scalars[0], one.scalars[0]);
    assert_sums(msm_public, &one, 1);
    assert_sums(msm_secret, &one, 1);
    encode_naive(want, &one, 1);
    msm_few(&sum, one.points, (const uint8_t(*)[32])one.scalars, 1);
    curve_encode(got, &sum);
    assert_memory_equal(got, want, 32);
    free(one.scalars);
}

static void a_source_that_refuses_ends_the_sum(void **state)
{
    struct terms *terms = *state;
    struct curve_point sum;
    struct curve_point before;

    memset(&sum, 7, sizeof sum);
    before = sum;
    for (terms->broken = 0; terms->broken < 300; terms->broken += 23) {
        assert_int_equal(msm_public(&sum, NULL, 300, give, terms),
                         AULA_POINT_INVALID);
        assert_int_equal(msm_secret(&sum, NULL, 300, give, terms),
                         AULA_POINT_INVALID);
    }
    terms->broken = SIZE_MAX;
    assert_memory_equal(&sum, &before, sizeof sum);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_public_sum_is_the_sum_of_the_products),
        cmocka_unit_test(a_public_sum_of_many_blocks_is_too),
        cmocka_unit_test(a_secret_sum_is_the_sum_of_the_products),
        cmocka_unit_test(a_few_terms_are_summed_in_any_number),
        cmocka_unit_test(the_largest_scalar_is_summed_right),
        cmocka_unit_test(a_source_that_refuses_ends_the_sum),
    };

    return sodium_init() < 0
               ? 1
               : cmocka_run_group_tests_name("msm", tests, open_terms,
                                             close_terms);
}
