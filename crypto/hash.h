/* SPDX-License-Identifier: Apache-2.0 */
/* Hashing with labels: enc, H32, H64 and HS of PROTOCOL.md section 2.
 *
 *   enc(label, x1..xk) = u32 len(label) || label || u32 len(x1) || x1 || ...
 *   H32 = BLAKE2b-256(enc(..)), H64 = BLAKE2b-512(enc(..)), unkeyed
 *   HS  = H64 as little-endian integer mod l
 *
 * A hash is written field by field as it comes, so that lists of any length
 * need no copy. Labels are given without their prefix "aula/v1/", exactly as
 * PROTOCOL.md writes them. The length of every field is part of what is
 * hashed: no two different lists of fields give the same bytes.
 *
 * May be used on secrets: nothing branches on field contents, and the state is
 * wiped when the hash ends.
 */
#ifndef AULA_HASH_H
#define AULA_HASH_H

#include <sodium.h>
#include <stddef.h>
#include <stdint.h>

enum {
    HASH_BYTES = 32,
    HASH_WIDE_BYTES = 64,
    HASH_SCALAR_BYTES = 32,
    HASH_KEY_BYTES = 32
};

/* A hash under way. `left` counts the bytes that the open field still owes. */
struct hash {
    crypto_generichash_state state;
    size_t size; /* of the digest: HASH_BYTES or HASH_WIDE_BYTES */
    size_t left;
};

/** Begin H32 or H64 under a label.
 *
 *  Out:  h
 *  In:   size   HASH_BYTES or HASH_WIDE_BYTES (HS, signatures)
 *        label  NUL-terminated ASCII without the prefix, e.g. "ballot-r"
 */
void hash_start(struct hash *h, size_t size, const char *label);

/** The same with a secret key: BLAKE2b's own keyed mode over the same enc(). */
void hash_start_keyed(struct hash *h, size_t size,
                      const uint8_t key[static HASH_KEY_BYTES],
                      const char *label);

/** Add one whole field. `bytes` may be NULL when `size` is 0.
 *  A field is shorter than 2^32 bytes (asserted), as the format demands. */
void hash_field(struct hash *h, const void *bytes, size_t size);
void hash_u8(struct hash *h, uint8_t value);
void hash_u16(struct hash *h, uint16_t value);
void hash_u32(struct hash *h, uint32_t value);
void hash_u64(struct hash *h, uint64_t value);

/** Open a field of `size` bytes that arrives in pieces; hash_more adds them.
 *  All of them must have come before the next field or the end (asserted). */
void hash_open_field(struct hash *h, size_t size);
void hash_more(struct hash *h, const void *bytes, size_t size);

/** End: write the digest (the size given at the start) and wipe the state. */
void hash_end(struct hash *h, uint8_t *digest);

/** End an H64 as HS: a scalar, reduced mod l; state and digest are wiped. */
void hash_end_scalar(struct hash *h, uint8_t scalar[static HASH_SCALAR_BYTES]);

/** H32 of one field, for whole files: H32(label, bytes). */
void hash_bytes(uint8_t digest[static HASH_BYTES], const char *label,
                const void *bytes, size_t size);

#endif
