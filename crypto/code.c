/* SPDX-License-Identifier: Apache-2.0 */
/* Hash to code, and what reading shares with it; see code.h.
 *
 * Check character: sum over i = 0..18 of alpha^(i+1) d_i in GF(32) =
 * GF(2)[x]/(x^5 + x^2 + 1), alpha = x. The twenty weights alpha^0..alpha^19 all
 * differ, since alpha has order 31: that is why an exchange is seen.
 */
#include "code.h"

#include <string.h>

#include "code_alphabet.h"

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

char code_char(unsigned value)
{
    return alphabet[value];
}

unsigned code_value(uint32_t point)
{
    for (unsigned value = 0; value < CODE_NO_VALUE; value++) {
        if ((uint32_t)(unsigned char)alphabet[value] == point) {
            return value;
        }
    }
    return CODE_NO_VALUE;
}

unsigned code_bits(const uint8_t *bytes, size_t size, size_t n)
{
    unsigned value = 0;

    for (size_t bit = 5 * n; bit < 5 * n + 5; bit++) {
        unsigned byte = bit / 8 < size ? bytes[bit / 8] : 0;

        value = value << 1 | (byte >> (7 - bit % 8) & 1U);
    }
    return value;
}

static unsigned times_alpha(unsigned value)
{
    return (value << 1 & 31U) ^ (value >> 4) * 5U;
}

unsigned code_check_value(const uint8_t values[static CODE_CHARS - 1])
{
    unsigned sum = 0;

    for (size_t i = CODE_CHARS - 1; i-- > 0;) {
        sum = times_alpha(sum ^ values[i]);
    }
    return sum;
}

void code_put_groups(char *text, const uint8_t values[static CODE_CHARS])
{
    for (size_t i = 0; i < CODE_CHARS; i++) {
        if (i > 0 && i % CODE_GROUP_CHARS == 0) {
            *text++ = '-';
        }
        *text++ = code_char(values[i]);
    }
    *text = '\0';
}

void code_write(char text[static CODE_TEXT_BYTES],
                const uint8_t hash[static CODE_HASH_BYTES])
{
    uint8_t values[CODE_CHARS];

    for (size_t i = 0; i < CODE_CHARS - 1; i++) {
        values[i] = (uint8_t)code_bits(hash, CODE_HASH_BYTES, i);
    }
    values[CODE_CHARS - 1] = (uint8_t)code_check_value(values);
    code_put_groups(text, values);
}
