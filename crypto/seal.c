/* SPDX-License-Identifier: Apache-2.0 */
/* crypto_box_seal with its lengths checked; see seal.h. */
#include "seal.h"

#include <sodium.h>

_Static_assert(SEAL_PUBLIC_BYTES == crypto_box_PUBLICKEYBYTES, "public key");
_Static_assert(SEAL_SECRET_BYTES == crypto_box_SECRETKEYBYTES, "secret key");
_Static_assert(SEAL_OVERHEAD_BYTES == crypto_box_SEALBYTES, "overhead");

void seal_key_pair(uint8_t public_key[static SEAL_PUBLIC_BYTES],
                   uint8_t secret[static SEAL_SECRET_BYTES])
{
    randombytes_buf(secret, SEAL_SECRET_BYTES);
    seal_public_key(public_key, secret);
}

void seal_public_key(uint8_t public_key[static SEAL_PUBLIC_BYTES],
                     const uint8_t secret[static SEAL_SECRET_BYTES])
{
    /* Cannot fail: the base is of prime order and the scalar is clamped. */
    (void)crypto_scalarmult_base(public_key, secret);
}

bool seal_bytes(uint8_t *sealed,
                const uint8_t public_key[static SEAL_PUBLIC_BYTES],
                const uint8_t *bytes, size_t size)
{
    if (crypto_box_seal(sealed, bytes, size, public_key) != 0) {
        sodium_memzero(sealed, SEAL_SIZE(size));
        return false;
    }
    return true;
}

bool seal_open(uint8_t *bytes, size_t size,
               const uint8_t public_key[static SEAL_PUBLIC_BYTES],
               const uint8_t secret[static SEAL_SECRET_BYTES],
               const uint8_t *sealed, size_t sealed_size)
{
    if (sealed_size < SEAL_OVERHEAD_BYTES ||
        sealed_size - SEAL_OVERHEAD_BYTES != size) {
        return false;
    }
    return crypto_box_seal_open(bytes, sealed, sealed_size, public_key,
                                secret) == 0;
}
