/* SPDX-License-Identifier: Apache-2.0 */
/* Long public sums by buckets (Pippenger).
 *
 * Scalars are cut into signed digits of `bits` bits, from the lowest up. For
 * each digit position every point is added to (or taken from) the bucket of its
 * digit; the buckets' weighted sum is one running sum. The positions are put
 * together by doublings at the end. A block of n terms costs about
 * (n + 2^bits) additions a position; `bits` is chosen to make that least.
 */
#include <stdlib.h>
#include <string.h>

#include "msm_blocks.h"

enum {
    BLOCK = 4096,      /* terms; 1 MiB of points, within a core's cache */
    SCALAR_BITS = 253, /* l < 2^253 */
    BITS_MIN = 2,
    BITS_MAX = 12,
    POSITIONS_MAX = SCALAR_BITS / BITS_MIN + 1,
    BUCKETS_MAX = 1 << (BITS_MAX - 1)
};

struct scratch {
    struct curve_point buckets[BUCKETS_MAX];
    struct curve_point sums[POSITIONS_MAX];
    uint8_t carry[BLOCK];
};

static size_t positions_of(unsigned bits)
{
    return SCALAR_BITS / bits + 1;
}

static unsigned bits_for(size_t count)
{
    unsigned best = BITS_MIN;
    size_t least = SIZE_MAX;

    for (unsigned bits = BITS_MIN; bits <= BITS_MAX; bits++) {
        size_t cost = positions_of(bits) * (count + ((size_t)1 << bits));

        if (cost < least) {
            least = cost;
            best = bits;
        }
    }
    return best;
}

/* `bits` bits of a scalar from bit `from` on; zeros beyond its end. */
static uint32_t bits_at(const uint8_t scalar[static GROUP_SCALAR_BYTES],
                        size_t from, unsigned bits)
{
    uint32_t value = 0;

    for (size_t i = 0; i < 3; i++) {
        size_t at = from / 8 + i;

        if (at < GROUP_SCALAR_BYTES) {
            value |= (uint32_t)scalar[at] << (8 * i);
        }
    }
    return (value >> (from % 8)) & (((uint32_t)1 << bits) - 1);
}

/* The digit at `from`, -2^(bits-1) .. 2^(bits-1), and the carry to the next. */
static int32_t take_digit(const uint8_t scalar[static GROUP_SCALAR_BYTES],
                          size_t from, unsigned bits, uint8_t *carry)
{
    int32_t digit = (int32_t)(bits_at(scalar, from, bits) + *carry);
    int32_t half = (int32_t)1 << (bits - 1);

    *carry = digit > half;
    return *carry ? digit - 2 * half : digit;
}

static void fill_buckets(struct scratch *scratch,
                         const struct curve_point *points,
                         const uint8_t (*scalars)[GROUP_SCALAR_BYTES],
                         size_t count, size_t from, unsigned bits)
{
    for (size_t i = 0; i < (size_t)1 << (bits - 1); i++) {
        curve_set_identity(&scratch->buckets[i]);
    }
    for (size_t i = 0; i < count; i++) {
        int32_t digit = take_digit(scalars[i], from, bits, &scratch->carry[i]);

        if (digit > 0) {
            struct curve_point *bucket = &scratch->buckets[digit - 1];

            curve_add(bucket, bucket, &points[i]);
        } else if (digit < 0) {
            struct curve_point *bucket = &scratch->buckets[-digit - 1];

            curve_sub(bucket, bucket, &points[i]);
        }
    }
}

/* 1 * bucket[0] + 2 * bucket[1] + ..: the sum of the sums from the top. */
static void weigh_buckets(struct curve_point *sum,
                          const struct scratch *scratch, unsigned bits)
{
    struct curve_point running;

    curve_set_identity(&running);
    curve_set_identity(sum);
    for (size_t i = (size_t)1 << (bits - 1); i-- > 0;) {
        curve_add(&running, &running, &scratch->buckets[i]);
        curve_add(sum, sum, &running);
    }
}

static void add_block(struct curve_point *sum, void *memory,
                      const struct curve_point *points,
                      const uint8_t (*scalars)[GROUP_SCALAR_BYTES],
                      size_t count)
{
    struct scratch *scratch = memory;
    unsigned bits = bits_for(count);
    size_t positions = positions_of(bits);
    struct curve_point total;

    memset(scratch->carry, 0, sizeof scratch->carry);
    for (size_t i = 0; i < positions; i++) {
        fill_buckets(scratch, points, scalars, count, i * bits, bits);
        weigh_buckets(&scratch->sums[i], scratch, bits);
    }
    curve_set_identity(&total);
    for (size_t i = positions; i-- > 0;) {
        for (unsigned k = 0; k < bits; k++) {
            curve_double(&total, &total);
        }
        curve_add(&total, &total, &scratch->sums[i]);
    }
    curve_add(sum, sum, &total);
}

enum aula_code msm_public(struct curve_point *sum, struct pool *pool,
                          size_t count, msm_source *source, void *arg)
{
    size_t share = count / pool_threads(pool) + 1;
    size_t block = share < BLOCK ? share : BLOCK;

    return msm_run(sum, pool, count, block, sizeof(struct scratch), add_block,
                   source, arg);
}
