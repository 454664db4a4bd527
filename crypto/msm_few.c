/* SPDX-License-Identifier: Apache-2.0 */
/* A few public terms with one chain of doublings.
 *
 * Each scalar becomes digits that are zero or odd, -15..15, with at least four
 * zeros between two of them (wNAF), so that a term costs about 42 additions of
 * a table of eight odd multiples.
 */
#include <assert.h>
#include <string.h>

#include "msm.h"

enum { WIDTH = 5, DIGITS = 256, MULTIPLES = 1 << (WIDTH - 2) };

struct term {
    struct curve_point multiples[MULTIPLES]; /* 1P, 3P, .., 15P */
    int8_t digits[DIGITS];
};

static unsigned bits_at(const uint8_t scalar[static GROUP_SCALAR_BYTES],
                        size_t at, size_t count)
{
    unsigned bits = 0;

    for (size_t i = 0; i < count && at + i < DIGITS; i++) {
        unsigned byte = scalar[(at + i) / 8];

        bits |= ((byte >> ((at + i) % 8)) & 1U) << i;
    }
    return bits;
}

/* A digit is taken where the bit differs from the carry; where they are equal
 * their sum is even, the digit zero and the carry stays. A scalar below 2^253
 * leaves no carry at the end. */
static void set_digits(int8_t digits[static DIGITS],
                       const uint8_t scalar[static GROUP_SCALAR_BYTES])
{
    unsigned carry = 0;
    size_t at = 0;

    memset(digits, 0, DIGITS);
    while (at < DIGITS) {
        unsigned word;

        if (bits_at(scalar, at, 1) == carry) {
            at++;
            continue;
        }
        word = bits_at(scalar, at, WIDTH) + carry;
        carry = (word >> (WIDTH - 1)) & 1U;
        digits[at] = (int8_t)((int)word - (carry != 0 ? 1 << WIDTH : 0));
        at += WIDTH;
    }
}

static void set_multiples(struct curve_point multiples[static MULTIPLES],
                          const struct curve_point *point)
{
    struct curve_point twice;

    curve_double(&twice, point);
    multiples[0] = *point;
    for (size_t i = 1; i < MULTIPLES; i++) {
        curve_add(&multiples[i], &multiples[i - 1], &twice);
    }
}

static void add_digit(struct curve_point *sum, const struct term *term,
                      size_t at)
{
    int digit = term->digits[at];

    if (digit > 0) {
        curve_add(sum, sum, &term->multiples[digit / 2]);
    } else if (digit < 0) {
        curve_sub(sum, sum, &term->multiples[-digit / 2]);
    }
}

void msm_few(struct curve_point *sum, const struct curve_point *points,
             const uint8_t (*scalars)[GROUP_SCALAR_BYTES], size_t count)
{
    struct term terms[MSM_FEW_MAX];
    struct curve_point total;

    assert(count <= MSM_FEW_MAX);
    for (size_t i = 0; i < count; i++) {
        set_digits(terms[i].digits, scalars[i]);
        set_multiples(terms[i].multiples, &points[i]);
    }
    curve_set_identity(&total);
    for (size_t at = DIGITS; at-- > 0;) {
        curve_double(&total, &total);
        for (size_t i = 0; i < count; i++) {
            add_digit(&total, &terms[i], at);
        }
    }
    *sum = total;
}
