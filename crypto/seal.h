/* SPDX-License-Identifier: Apache-2.0 */
/* Sealing bytes to the holder of an X25519 transport key: whoever seals stays
 * unnamed, only the holder of the secret key opens (crypto_box_seal).
 *
 * Round 2 files, kits and batch keys are sealed so (PROTOCOL.md 3.2, 5.2, 10),
 * each with an error name of its own: these functions say only yes or no, and
 * the caller names the error. A box proves nothing about its sender; that is
 * what the signatures of those files are for. A public key from a file passes
 * group_is_transport first (2.1): X25519 ignores bit 255, so a key would have
 * two encodings.
 *
 * Source: libsodium 1.0.18 sealed boxes: X25519, XSalsa20-Poly1305, the nonce
 * is BLAKE2b of both public keys.
 */
#ifndef AULA_SEAL_H
#define AULA_SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"

enum {
    SEAL_PUBLIC_BYTES = 32,
    SEAL_SECRET_BYTES = 32, /* what is kept at rest */
    SEAL_OVERHEAD_BYTES = 48
};

/** Bytes of a box that holds `size` bytes. */
#define SEAL_SIZE(size) ((size_t)(size) + SEAL_OVERHEAD_BYTES)

/** Make a fresh key pair.
 *
 *  Owner:   `secret` is the caller's, in sodium_malloc memory
 */
void seal_key_pair(uint8_t public_key[static SEAL_PUBLIC_BYTES],
                   uint8_t secret[static SEAL_SECRET_BYTES]);

/** The public key of a secret one: any 32 bytes are a secret key. */
void seal_public_key(uint8_t public_key[static SEAL_PUBLIC_BYTES],
                     const uint8_t secret[static SEAL_SECRET_BYTES]);

/** Seal `size` bytes; twice the same gives two different boxes.
 *
 *  Returns: false when the public key is of low order: nobody could be kept
 *           from opening such a box
 *  Out:     sealed  SEAL_SIZE(size) bytes, zeros on failure
 *  In:      bytes   may be secret; apart from `sealed`
 */
AULA_MUST_CHECK bool
seal_bytes(uint8_t *sealed, const uint8_t public_key[static SEAL_PUBLIC_BYTES],
           const uint8_t *bytes, size_t size);

/** Open a box that must hold exactly `size` bytes.
 *
 *  Returns: false when the box is of another length, was altered, or was sealed
 *           to another key
 *  Out:     bytes  `size` bytes, written on success only
 *  In:      sealed  `sealed_size` bytes from outside
 */
AULA_MUST_CHECK bool
seal_open(uint8_t *bytes, size_t size,
          const uint8_t public_key[static SEAL_PUBLIC_BYTES],
          const uint8_t secret[static SEAL_SECRET_BYTES], const uint8_t *sealed,
          size_t sealed_size);

#endif
