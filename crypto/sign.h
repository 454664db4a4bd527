/* SPDX-License-Identifier: Apache-2.0 */
/* Ed25519 identity keys and signatures with labels (PROTOCOL.md section 2).
 *
 *   SIGN(key, label, x..) = Ed25519 signature of the 64 bytes H64(label, x..)
 *
 * The caller hashes the fields (hash.h, HASH_WIDE_BYTES) and hands the open
 * hash over; both functions end and wipe it. So what was signed is on the page
 * where it is signed, and files of any size need no copy. Signing is constant
 * time in the key. Source: RFC 8032 as libsodium 1.0.18 verifies it: S < l, no
 * small-order key or R, canonical key, no cofactor.
 */
#ifndef AULA_SIGN_H
#define AULA_SIGN_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "hash.h"

enum {
    SIGN_SEED_BYTES = 32,   /* what is kept at rest */
    SIGN_PUBLIC_BYTES = 32, /* what others know */
    SIGN_SECRET_BYTES = 64, /* seed and public key, as libsodium wants it */
    SIGN_BYTES = 64         /* one signature */
};

/** Make the key pair of a seed.
 *
 *  Owner:   `secret` is the caller's, in sodium_malloc memory
 */
void sign_key_pair(uint8_t public_key[static SIGN_PUBLIC_BYTES],
                   uint8_t secret[static SIGN_SECRET_BYTES],
                   const uint8_t seed[static SIGN_SEED_BYTES]);

/** Sign what an open H64 has taken in; the hash is ended and wiped. */
void sign_end(struct hash *h, uint8_t signature[static SIGN_BYTES],
              const uint8_t secret[static SIGN_SECRET_BYTES]);

/** Check a signature of what an open H64 has taken in; the hash is ended.
 *
 *  Returns: AULA_OK, or AULA_SIG_INVALID
 */
AULA_MUST_CHECK enum aula_code
sign_check(struct hash *h, const uint8_t signature[static SIGN_BYTES],
           const uint8_t public_key[static SIGN_PUBLIC_BYTES]);

/** SIGN over one field, "all bytes before": sign `size` bytes at `file` and
 *  write the signature behind them, at file + size. */
void sign_file(uint8_t *file, size_t size, const char *label,
               const uint8_t secret[static SIGN_SECRET_BYTES]);

/** Check a file that ends with the signature of all bytes before it.
 *
 *  Returns: AULA_OK, or AULA_SIG_INVALID (also for size < SIGN_BYTES)
 *  In:      size  bytes of the file with the signature
 */
AULA_MUST_CHECK enum aula_code
sign_check_file(const uint8_t *file, size_t size, const char *label,
                const uint8_t public_key[static SIGN_PUBLIC_BYTES]);

#endif
