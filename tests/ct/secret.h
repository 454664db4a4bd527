/* SPDX-License-Identifier: Apache-2.0 */
/* What the constant-time programs share: bytes are marked as secret, and as
 * public again where the protocol publishes them. Under valgrind a branch, an
 * address or a system call that depends on marked bytes is an error.
 *
 * A call that is refused tells so to everybody: it is no leak that a tag did
 * not fit. Such verdicts go through libsodium's comparing functions alone (see
 * crypto/verdict.h), and the ones below take their place: they give the same
 * answer and mark it as public. The linker takes a program's own functions
 * before those of the shared libsodium, whose own calls come here too.
 *
 * Included once in a program.
 */
#ifndef AULA_CT_SECRET_H
#define AULA_CT_SECRET_H

#include <assert.h>
#include <sodium.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <valgrind/memcheck.h>

static inline void secret_hide(const void *bytes, size_t size)
{
    (void)VALGRIND_MAKE_MEM_UNDEFINED(bytes, size);
}

static inline void secret_show(const void *bytes, size_t size)
{
    (void)VALGRIND_MAKE_MEM_DEFINED(bytes, size);
}

/* Bytes that must have come from a secret, and may be seen from here on. That
 * the mark is on all of them shows that the program tests something: it got
 * through the code under test, where nothing took it off. */
static inline void secret_publish(const void *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        uint8_t marks = 0;

        if (VALGRIND_GET_VBITS((const uint8_t *)bytes + i, &marks, 1) == 1) {
            assert(marks != 0);
        }
    }
    secret_show(bytes, size);
}

/* 0 when all bytes are the same, whatever they are. */
static inline int secret_differ(const void *a, const void *b, size_t size)
{
    const volatile uint8_t *one = a;
    const volatile uint8_t *two = b;
    unsigned bits = 0;

    for (size_t i = 0; i < size; i++) {
        bits |= (unsigned)(one[i] ^ two[i]);
    }
    secret_show(&bits, sizeof bits);
    return bits != 0 ? -1 : 0;
}

int sodium_memcmp(const void *const a, const void *const b, size_t size)
{
    return secret_differ(a, b, size);
}

int sodium_is_zero(const unsigned char *bytes, const size_t size)
{
    static const uint8_t zeros[1024];

    assert(size <= sizeof zeros);
    return secret_differ(bytes, zeros, size) == 0;
}

/* What Poly1305 compares with. */
int crypto_verify_16(const unsigned char *a, const unsigned char *b)
{
    return secret_differ(a, b, 16);
}

#endif
