/* SPDX-License-Identifier: Apache-2.0 */
/* ristretto255 points and scalars as bytes (PROTOCOL.md sections 2 and 2.1).
 *
 * The group is written additively: base G, prime order l, identity O. Points
 * and scalars are 32 bytes each; scalars are little-endian integers below l.
 * Everything that comes from outside passes group_check_point or
 * group_check_scalar before it is used; computed values may be O. Arithmetic
 * on scalars is libsodium's own (crypto_core_ristretto255_scalar_*).
 *
 * For a few points, secret or not; curve.h holds points in memory for lists.
 * Constant time in the scalars. Source: RFC 9496; libsodium 1.0.18.
 */
#ifndef AULA_GROUP_H
#define AULA_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "hash.h"

enum { GROUP_POINT_BYTES = 32, GROUP_SCALAR_BYTES = 32 };

/** POINT of section 2.1.
 *
 *  Returns: AULA_OK              a canonical encoding of a point other than O
 *           AULA_POINT_INVALID   bit 255 set, or no canonical encoding
 *           AULA_POINT_IDENTITY  the encoding of O
 */
AULA_MUST_CHECK enum aula_code
group_check_point(const uint8_t point[static GROUP_POINT_BYTES]);

/** SCALAR of section 2.1: AULA_OK below l, else AULA_SCALAR_INVALID. */
AULA_MUST_CHECK enum aula_code
group_check_scalar(const uint8_t scalar[static GROUP_SCALAR_BYTES]);

/** TRANSPORT of section 2.1: is this the canonical form of an X25519 key,
 *  bit 255 clear and below 2^255 - 19? The caller names the error. */
AULA_MUST_CHECK bool group_is_transport(const uint8_t key[static 32]);

/** Multiply a checked point; the product may be O. Out may be one of the
 *  inputs. */
void group_mul(uint8_t out[static GROUP_POINT_BYTES],
               const uint8_t scalar[static GROUP_SCALAR_BYTES],
               const uint8_t point[static GROUP_POINT_BYTES]);

/** Multiply the base G; the product may be O. */
void group_mul_base(uint8_t out[static GROUP_POINT_BYTES],
                    const uint8_t scalar[static GROUP_SCALAR_BYTES]);

/** Add or subtract two checked or computed points; O is accepted. */
void group_add(uint8_t out[static GROUP_POINT_BYTES],
               const uint8_t a[static GROUP_POINT_BYTES],
               const uint8_t b[static GROUP_POINT_BYTES]);
void group_sub(uint8_t out[static GROUP_POINT_BYTES],
               const uint8_t a[static GROUP_POINT_BYTES],
               const uint8_t b[static GROUP_POINT_BYTES]);

/** sum = sum + a * b mod l. Constant time; the product is wiped. */
void group_scalar_add_product(uint8_t sum[static GROUP_SCALAR_BYTES],
                              const uint8_t a[static GROUP_SCALAR_BYTES],
                              const uint8_t b[static GROUP_SCALAR_BYTES]);

/** End an H64 as HG: a point (RFC 9496 section 4.3.4). */
void group_end_hash(struct hash *h, uint8_t point[static GROUP_POINT_BYTES]);

/** Generator `index` of section 12: HG("generator", u32 index); index 0 is h,
 *  index i + 1 is h_i. Nobody knows a relation between them. */
void group_generator(uint8_t point[static GROUP_POINT_BYTES], uint32_t index);

/** value mod l as a scalar. */
void group_scalar_of(uint8_t scalar[static GROUP_SCALAR_BYTES], uint64_t value);

#endif
