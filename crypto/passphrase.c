/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 without a branch on what it says; see passphrase.h.
 *
 * bytes_utf8 of base/bytes.h answers the same question, but it branches on
 * every byte. Here each byte is judged by itself and the three before it,
 * which is all that RFC 3629 needs:
 *
 *   80..BF stands     exactly 1 behind C2..F4, 2 behind E0..F4 and
 *                     3 behind F0..F4
 *   nowhere           C0, C1, F5..FF
 *   behind E0         not 80..9F    an overlong form
 *   behind ED         not A0..BF    a surrogate
 *   behind F0         not 80..8F    an overlong form
 *   behind F4         not 90..BF    above U+10FFFF
 *   behind CC         nothing       U+0300..U+033F
 *   behind CD         not 80..AF    U+0340..U+036F
 *
 * Three zeros are read behind the end: a sequence cut short meets one of them.
 */
#include "passphrase.h"

#include <sodium.h>
#include <stdint.h>

#include "verdict.h"

/* 1 when low <= byte <= high, else 0. */
static unsigned within(unsigned byte, unsigned low, unsigned high)
{
    return (((byte - low) | (high - byte)) >> 31) ^ 1U;
}

/* `b` with the three bytes before it, the nearest first. */
static unsigned faults_at(unsigned b, unsigned p1, unsigned p2, unsigned p3)
{
    unsigned follows = within(b, 0x80, 0xbf);
    unsigned owed = within(p1, 0xc2, 0xf4) | within(p2, 0xe0, 0xf4) |
                    within(p3, 0xf0, 0xf4);
    unsigned faults = follows ^ owed;

    faults |= within(b, 0xc0, 0xc1) | within(b, 0xf5, 0xff);
    faults |= within(p1, 0xe0, 0xe0) & within(b, 0x80, 0x9f);
    faults |= within(p1, 0xed, 0xed) & within(b, 0xa0, 0xbf);
    faults |= within(p1, 0xf0, 0xf0) & within(b, 0x80, 0x8f);
    faults |= within(p1, 0xf4, 0xf4) & within(b, 0x90, 0xbf);
    faults |= within(p1, 0xcc, 0xcc);
    faults |= within(p1, 0xcd, 0xcd) & within(b, 0x80, 0xaf);
    return faults;
}

/* 0 for UTF-8 without combining marks, else 1; and how many code points. */
static unsigned faults_of(const char *text, size_t size, size_t *points)
{
    unsigned faults = 0;
    unsigned before[3] = {0, 0, 0};

    *points = 0;
    for (size_t i = 0; i < size + 3; i++) {
        unsigned b = i < size ? (uint8_t)text[i] : 0;

        faults |= faults_at(b, before[0], before[1], before[2]);
        *points += i < size ? within(b, 0x80, 0xbf) ^ 1U : 0;
        before[2] = before[1];
        before[1] = before[0];
        before[0] = b;
    }
    sodium_memzero(before, sizeof before);
    return faults;
}

static enum aula_code check(size_t *points, const char *passphrase, size_t size,
                            struct aula_error *err)
{
    if (size == 0 || size > PASSPHRASE_BYTES_MAX) {
        return aula_fail(err, AULA_BAD_FIELD,
                         "passphrase: not 1 to 1024 bytes long");
    }
    if (!verdict_is_clean(faults_of(passphrase, size, points))) {
        return aula_fail(err, AULA_BAD_FIELD,
                         "passphrase: not UTF-8 in composed form");
    }
    return AULA_OK;
}

enum aula_code passphrase_check(const char *passphrase, size_t size,
                                struct aula_error *err)
{
    size_t points = 0;

    return check(&points, passphrase, size, err);
}

enum aula_code passphrase_check_strong(const char *passphrase, size_t size,
                                       struct aula_error *err)
{
    size_t points = 0;
    enum aula_code code = check(&points, passphrase, size, err);

    if (code == AULA_OK &&
        !verdict_is_clean(points < PASSPHRASE_STRONG_POINTS)) {
        code = aula_fail(err, AULA_KEY_WEAK,
                         "passphrase: fewer than 13 characters");
    }
    return code;
}

/* A digit, then letters: 7 places lie between '9' and 'A', and from I, L, O
 * and U on each letter is one further. No table: an index would be a secret. */
static char letter(unsigned five_bits)
{
    unsigned place = five_bits + 7 * within(five_bits, 10, 31) +
                     within(five_bits, 18, 31) + within(five_bits, 20, 31) +
                     within(five_bits, 22, 31) + within(five_bits, 27, 31);

    return (char)('0' + place);
}

void passphrase_generate(char passphrase[static PASSPHRASE_GENERATED_BYTES])
{
    randombytes_buf(passphrase, PASSPHRASE_STRONG_POINTS);
    for (size_t i = 0; i < PASSPHRASE_STRONG_POINTS; i++) {
        passphrase[i] = letter((uint8_t)passphrase[i] & 31U);
    }
    passphrase[PASSPHRASE_STRONG_POINTS] = '\0';
}
