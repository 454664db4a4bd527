/* SPDX-License-Identifier: Apache-2.0 */
/* See rehearse_voter.h. */
#include "rehearse_voter.h"

#include <assert.h>
#include <stdio.h>

enum { COUNTED_DIGITS = 11, NO_CHECK_DIGIT = 10 };

/* The check digit of PROTOCOL.md 7.1, or NO_CHECK_DIGIT. */
static unsigned check_digit(const char *digits)
{
    unsigned first = 0;
    unsigned second = 0;

    for (unsigned k = 0; k < COUNTED_DIGITS; k++) {
        unsigned digit = (unsigned)(digits[k] - '0');

        first += (k + 1) * digit;
        second += ((k + 2) % COUNTED_DIGITS + 1) * digit;
    }
    return first % 11 < 10 ? first % 11 : second % 11;
}

void rehearse_voter(char typed[static REHEARSE_VOTER_BYTES],
                    enum tag_scheme scheme, uint64_t place)
{
    unsigned check = 0;

    assert(place < REHEARSE_VOTERS_MAX);
    (void)snprintf(typed, REHEARSE_VOTER_BYTES, "%02u99%06u00",
                   (unsigned)(place / 1000000), (unsigned)(place % 1000000));
    if (scheme == TAG_SCHEME_DIGITS) {
        return;
    }
    /* Of the ten that digit 11 gives, some have a check digit. */
    for (char digit = '0'; digit <= '9'; digit++) {
        typed[COUNTED_DIGITS - 1] = digit;
        check = check_digit(typed);
        if (check != NO_CHECK_DIGIT) {
            break;
        }
    }
    assert(check != NO_CHECK_DIGIT);
    typed[COUNTED_DIGITS] = (char)('0' + check);
}
