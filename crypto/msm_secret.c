/* SPDX-License-Identifier: Apache-2.0 */
/* Long sums with secret scalars, in constant time.
 *
 * Scalars become 64 signed digits of four bits, -8..8. A block of points shares
 * one chain of doublings; for each digit all eight multiples of the point are
 * read and one is kept by masks, its sign likewise. What is done and which
 * memory is touched depends on the number of terms alone.
 */
#include <sodium.h>
#include <string.h>

#include "msm_blocks.h"

enum { BLOCK = 64, DIGITS = 64, MULTIPLES = 8 };

struct scratch {
    struct curve_point multiples[BLOCK][MULTIPLES]; /* 1P .. 8P */
    int8_t digits[BLOCK][DIGITS];
    struct curve_point picked;
    struct curve_point negated;
    struct curve_point total;
};

static void set_digits(int8_t digits[static DIGITS],
                       const uint8_t scalar[static GROUP_SCALAR_BYTES])
{
    int carry = 0;

    for (size_t i = 0; i < DIGITS; i++) {
        int digit = ((scalar[i / 2] >> (4 * (i % 2))) & 15) + carry;

        carry = (digit + 8) >> 4;
        digits[i] = (int8_t)(digit - 16 * carry);
    }
    /* scalar < 2^253: the last digit is at most 2 and nothing is carried. */
}

static void set_multiples(struct curve_point *multiples,
                          const struct curve_point *point)
{
    multiples[0] = *point;
    for (size_t i = 1; i < MULTIPLES; i++) {
        curve_add(&multiples[i], &multiples[i - 1], point);
    }
}

/* picked = digit * P, with digit in -8..8. */
static void pick(struct scratch *scratch, const struct curve_point *multiples,
                 int8_t digit)
{
    uint32_t sign = (uint32_t)(int32_t)digit >> 31;
    uint32_t size = ((uint32_t)(int32_t)digit ^ (0U - sign)) + sign;

    curve_set_identity(&scratch->picked);
    for (uint32_t i = 0; i < MULTIPLES; i++) {
        curve_select(&scratch->picked, &scratch->picked, &multiples[i],
                     ((size ^ (i + 1)) - 1U) >> 31);
    }
    curve_negate(&scratch->negated, &scratch->picked);
    curve_select(&scratch->picked, &scratch->picked, &scratch->negated, sign);
}

static void add_block(struct curve_point *sum, void *memory,
                      const struct curve_point *points,
                      const uint8_t (*scalars)[GROUP_SCALAR_BYTES],
                      size_t count)
{
    struct scratch *scratch = memory;
    struct curve_point *total = &scratch->total;

    for (size_t i = 0; i < count; i++) {
        set_digits(scratch->digits[i], scalars[i]);
        set_multiples(scratch->multiples[i], &points[i]);
    }
    curve_set_identity(total);
    for (size_t d = DIGITS; d-- > 0;) {
        for (unsigned k = 0; k < 4; k++) {
            curve_double(total, total);
        }
        for (size_t i = 0; i < count; i++) {
            pick(scratch, scratch->multiples[i], scratch->digits[i][d]);
            curve_add(total, total, &scratch->picked);
        }
    }
    curve_add(sum, sum, total);
}

enum aula_code msm_secret(struct curve_point *sum, struct pool *pool,
                          size_t count, msm_source *source, void *arg)
{
    return msm_run(sum, pool, count, BLOCK, sizeof(struct scratch), add_block,
                   source, arg);
}
