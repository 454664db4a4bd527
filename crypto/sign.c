/* SPDX-License-Identifier: Apache-2.0 */
/* Ed25519 over H64; see sign.h. */
#include "sign.h"

#include <assert.h>
#include <sodium.h>

void sign_key_pair(uint8_t public_key[static SIGN_PUBLIC_BYTES],
                   uint8_t secret[static SIGN_SECRET_BYTES],
                   const uint8_t seed[static SIGN_SEED_BYTES])
{
    (void)crypto_sign_seed_keypair(public_key, secret, seed);
}

void sign_end(struct hash *h, uint8_t signature[static SIGN_BYTES],
              const uint8_t secret[static SIGN_SECRET_BYTES])
{
    uint8_t digest[HASH_WIDE_BYTES];

    assert(h->size == HASH_WIDE_BYTES);
    hash_end(h, digest);
    (void)crypto_sign_detached(signature, NULL, digest, sizeof digest, secret);
}

enum aula_code sign_check(struct hash *h,
                          const uint8_t signature[static SIGN_BYTES],
                          const uint8_t public_key[static SIGN_PUBLIC_BYTES])
{
    uint8_t digest[HASH_WIDE_BYTES];

    assert(h->size == HASH_WIDE_BYTES);
    hash_end(h, digest);
    if (crypto_sign_verify_detached(signature, digest, sizeof digest,
                                    public_key) != 0) {
        return AULA_SIG_INVALID;
    }
    return AULA_OK;
}

void sign_file(uint8_t *file, size_t size, const char *label,
               const uint8_t secret[static SIGN_SECRET_BYTES])
{
    struct hash h;

    hash_start(&h, HASH_WIDE_BYTES, label);
    hash_field(&h, file, size);
    sign_end(&h, file + size, secret);
}

enum aula_code
sign_check_file(const uint8_t *file, size_t size, const char *label,
                const uint8_t public_key[static SIGN_PUBLIC_BYTES])
{
    struct hash h;

    if (size < SIGN_BYTES) {
        return AULA_SIG_INVALID;
    }
    hash_start(&h, HASH_WIDE_BYTES, label);
    hash_field(&h, file, size - SIGN_BYTES);
    return sign_check(&h, file + size - SIGN_BYTES, public_key);
}
