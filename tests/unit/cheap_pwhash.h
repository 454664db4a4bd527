/* SPDX-License-Identifier: Apache-2.0 */
/* A stand-in for crypto_pwhash, so that a test may try thousands of damaged
 * files: Argon2id costs 0.1 s a guess by design. A program that includes this
 * file defines the symbol itself, and the linker then prefers it to the one of
 * the shared libsodium. All inputs still reach the key.
 *
 * Included once in a program. The state is at file scope because the function's
 * arguments are libsodium's.
 */
#ifndef AULA_CHEAP_PWHASH_H
#define AULA_CHEAP_PWHASH_H

#include <sodium.h>
#include <stdint.h>
#include <string.h>

#include "bytes.h"

enum cheap_pwhash_mode { PWHASH_CHEAP, PWHASH_REAL, PWHASH_NO_MEMORY };

static struct {
    enum cheap_pwhash_mode mode;
    unsigned calls;
} cheap_pwhash;

/* BLAKE2b of the passphrase under the key salt || ops || memory. */
static void cheap_derive(uint8_t *out, size_t out_size, const char *passphrase,
                         size_t size, const uint8_t *salt, uint64_t ops,
                         uint64_t memory)
{
    uint8_t key[crypto_pwhash_SALTBYTES + 16];

    memcpy(key, salt, crypto_pwhash_SALTBYTES);
    put_le64(key + crypto_pwhash_SALTBYTES, ops);
    put_le64(key + crypto_pwhash_SALTBYTES + 8, memory);
    (void)crypto_generichash(out, out_size, (const uint8_t *)passphrase, size,
                             key, sizeof key);
}

int crypto_pwhash(unsigned char *const out, unsigned long long out_size,
                  const char *const passphrase, unsigned long long size,
                  const unsigned char *const salt, unsigned long long ops,
                  size_t memory, int algorithm)
{
    cheap_pwhash.calls++;
    if (cheap_pwhash.mode == PWHASH_NO_MEMORY) {
        return -1;
    }
    if (cheap_pwhash.mode == PWHASH_REAL) {
        return crypto_pwhash_argon2id(out, out_size, passphrase, size, salt,
                                      ops, memory, algorithm);
    }
    cheap_derive(out, (size_t)out_size, passphrase, (size_t)size, salt, ops,
                 memory);
    return 0;
}

#endif
