/* SPDX-License-Identifier: Apache-2.0 */
/* See number.h. */
#include "number.h"

bool number_read(uint64_t *value, const char *text, size_t size)
{
    uint64_t sum = 0;

    if (size == 0 || (size > 1 && text[0] == '0')) {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        uint64_t digit = (uint64_t)(unsigned char)text[i] - '0';

        if (digit > 9 || sum > (UINT64_MAX - digit) / 10) {
            return false;
        }
        sum = sum * 10 + digit;
    }
    *value = sum;
    return true;
}
