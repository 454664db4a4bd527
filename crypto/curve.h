/* SPDX-License-Identifier: Apache-2.0 */
/* ristretto255 points in memory, for work on many of them.
 *
 * libsodium takes and gives points as bytes: every addition pays for two
 * decodings and one encoding, a hundred times the addition itself. libdecaf
 * holds the same group's points in memory; here lists are decoded once, worked
 * on, and encoded once. Both libraries must agree on every byte: the unit test
 * compares them, and the vectors pass through both.
 *
 * All functions are constant time in points and scalars but those that have
 * `public` in their name, which are for values that anyone may know.
 * A struct curve_point may hold O. Source: RFC 9496; libdecaf 1.0.2.
 */
#ifndef AULA_CURVE_H
#define AULA_CURVE_H

#include <decaf/point_255.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "group.h"

struct curve_point {
    decaf_255_point_t at;
};

/* Multiples of one point that make its multiplications about three times as
 * fast. Immutable once open; threads may share it. */
struct curve_table;

/** POINT of section 2.1, and the point itself.
 *
 *  Returns: AULA_OK, AULA_POINT_INVALID or AULA_POINT_IDENTITY, as
 *           group_check_point for the same bytes
 *  Out:     point  written on success only
 */
AULA_MUST_CHECK enum aula_code
curve_decode(struct curve_point *point,
             const uint8_t bytes[static GROUP_POINT_BYTES]);

/** The one encoding of a point; O becomes 32 zero bytes. */
void curve_encode(uint8_t bytes[static GROUP_POINT_BYTES],
                  const struct curve_point *point);

void curve_set_identity(struct curve_point *point);

/** Sums and differences; out may be one of the inputs. */
void curve_add(struct curve_point *out, const struct curve_point *a,
               const struct curve_point *b);
void curve_sub(struct curve_point *out, const struct curve_point *a,
               const struct curve_point *b);

/** 2 * a; out may be a. */
void curve_double(struct curve_point *out, const struct curve_point *a);

/** -a; out may be a. */
void curve_negate(struct curve_point *out, const struct curve_point *a);

/** a where `pick_b` is 0, b where it is 1, by masks; out may be one of them. */
void curve_select(struct curve_point *out, const struct curve_point *a,
                  const struct curve_point *b, uint32_t pick_b);

/** scalar * point; the scalar is checked or computed, hence below l. */
void curve_mul(struct curve_point *out, const struct curve_point *point,
               const uint8_t scalar[static GROUP_SCALAR_BYTES]);

/** scalar * G. */
void curve_mul_base(struct curve_point *out,
                    const uint8_t scalar[static GROUP_SCALAR_BYTES]);

/** base_scalar * G + scalar * point, of public values only: its time tells the
 *  scalars. For the checks of proofs. */
void curve_public_mul2(struct curve_point *out,
                       const uint8_t base_scalar[static GROUP_SCALAR_BYTES],
                       const struct curve_point *point,
                       const uint8_t scalar[static GROUP_SCALAR_BYTES]);

/** G itself. */
void curve_set_base(struct curve_point *point);

/** Generator `index` of section 12, as group_generator. */
void curve_generator(struct curve_point *point, uint32_t index);

/** Is this chunk, as bytes of a point, a canonical encoding other than O?
 *  Constant time in the bytes: nothing branches on them.
 *
 *  Returns: 0xff or 0x00
 */
uint8_t curve_mask_valid(const uint8_t bytes[static GROUP_POINT_BYTES]);

/** Precompute multiples of a point.
 *
 *  Returns: AULA_OK or AULA_MEMORY
 *  Owner:   curve_table_close frees it
 */
AULA_MUST_CHECK enum aula_code curve_table_open(struct curve_table **table,
                                                const struct curve_point *point,
                                                struct aula_error *err);
void curve_table_close(struct curve_table *table);

/** scalar * (the point of the table). */
void curve_table_mul(struct curve_point *out, const struct curve_table *table,
                     const uint8_t scalar[static GROUP_SCALAR_BYTES]);

#endif
