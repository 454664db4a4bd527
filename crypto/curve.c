/* SPDX-License-Identifier: Apache-2.0 */
/* Points in memory, on libdecaf; see curve.h. */
#include "curve.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "verdict.h"

/* The multiples themselves: libdecaf says their size and alignment only when
 * the program runs. */
struct curve_table {
    decaf_255_precomputed_s *multiples;
};

/* A scalar as libdecaf holds it. Checked or computed scalars are below l, so
 * the reduction that comes with decoding changes nothing. */
static void load(decaf_255_scalar_t out,
                 const uint8_t scalar[static GROUP_SCALAR_BYTES])
{
    (void)!decaf_255_scalar_decode(out, scalar);
}

enum aula_code curve_decode(struct curve_point *point,
                            const uint8_t bytes[static GROUP_POINT_BYTES])
{
    struct curve_point made;
    decaf_error_t decoded;

    /* Explicit, whatever the library does with bit 255 (section 2.1). */
    if ((bytes[31] & 0x80) != 0) {
        return AULA_POINT_INVALID;
    }
    if (sodium_is_zero(bytes, GROUP_POINT_BYTES)) {
        return AULA_POINT_IDENTITY;
    }
    decoded = decaf_255_point_decode(made.at, bytes, DECAF_FALSE);
    if (!verdict_is_clean((uint32_t)decoded ^ (uint32_t)DECAF_SUCCESS)) {
        return AULA_POINT_INVALID;
    }
    *point = made;
    return AULA_OK;
}

void curve_encode(uint8_t bytes[static GROUP_POINT_BYTES],
                  const struct curve_point *point)
{
    decaf_255_point_encode(bytes, point->at);
}

void curve_set_identity(struct curve_point *point)
{
    decaf_255_point_copy(point->at, decaf_255_point_identity);
}

void curve_add(struct curve_point *out, const struct curve_point *a,
               const struct curve_point *b)
{
    decaf_255_point_add(out->at, a->at, b->at);
}

void curve_sub(struct curve_point *out, const struct curve_point *a,
               const struct curve_point *b)
{
    decaf_255_point_sub(out->at, a->at, b->at);
}

void curve_double(struct curve_point *out, const struct curve_point *a)
{
    decaf_255_point_double(out->at, a->at);
}

void curve_negate(struct curve_point *out, const struct curve_point *a)
{
    decaf_255_point_negate(out->at, a->at);
}

void curve_select(struct curve_point *out, const struct curve_point *a,
                  const struct curve_point *b, uint32_t pick_b)
{
    decaf_255_point_cond_sel(out->at, a->at, b->at, pick_b);
}

void curve_set_base(struct curve_point *point)
{
    decaf_255_point_copy(point->at, decaf_255_point_base);
}

void curve_mul(struct curve_point *out, const struct curve_point *point,
               const uint8_t scalar[static GROUP_SCALAR_BYTES])
{
    decaf_255_scalar_t factor;

    load(factor, scalar);
    decaf_255_point_scalarmul(out->at, point->at, factor);
    decaf_255_scalar_destroy(factor);
}

void curve_mul_base(struct curve_point *out,
                    const uint8_t scalar[static GROUP_SCALAR_BYTES])
{
    decaf_255_scalar_t factor;

    load(factor, scalar);
    decaf_255_precomputed_scalarmul(out->at, decaf_255_precomputed_base,
                                    factor);
    decaf_255_scalar_destroy(factor);
}

void curve_public_mul2(struct curve_point *out,
                       const uint8_t base_scalar[static GROUP_SCALAR_BYTES],
                       const struct curve_point *point,
                       const uint8_t scalar[static GROUP_SCALAR_BYTES])
{
    decaf_255_scalar_t base_factor;
    decaf_255_scalar_t factor;

    /* libdecaf 1.0.2 gives O here whatever the base's scalar is. */
    if (sodium_is_zero(scalar, GROUP_SCALAR_BYTES)) {
        curve_mul_base(out, base_scalar);
        return;
    }
    load(base_factor, base_scalar);
    load(factor, scalar);
    decaf_255_base_double_scalarmul_non_secret(out->at, base_factor, point->at,
                                               factor);
}

void curve_generator(struct curve_point *point, uint32_t index)
{
    uint8_t wide[HASH_WIDE_BYTES];
    struct hash h;

    hash_start(&h, HASH_WIDE_BYTES, "generator");
    hash_u32(&h, index);
    hash_end(&h, wide);
    decaf_255_point_from_hash_uniform(point->at, wide);
}

uint8_t curve_mask_valid(const uint8_t bytes[static GROUP_POINT_BYTES])
{
    struct curve_point made;
    unsigned top = bytes[31] >> 7;
    uint8_t decoded = (uint8_t)decaf_255_point_decode(made.at, bytes,
                                                      DECAF_FALSE);

    sodium_memzero(&made, sizeof made);
    return (uint8_t)(decoded & (uint8_t)(top - 1U));
}

enum aula_code curve_table_open(struct curve_table **table,
                                const struct curve_point *point,
                                struct aula_error *err)
{
    struct curve_table *made = calloc(1, sizeof *made);
    size_t align = decaf_255_alignof_precomputed_s;
    size_t size = (decaf_255_sizeof_precomputed_s + align - 1) / align * align;

    if (made != NULL) {
        made->multiples = aligned_alloc(align, size);
    }
    if (made == NULL || made->multiples == NULL) {
        free(made);
        return aula_fail(err, AULA_MEMORY, "table of a point: out of memory");
    }
    decaf_255_precompute(made->multiples, point->at);
    *table = made;
    return AULA_OK;
}

void curve_table_close(struct curve_table *table)
{
    if (table != NULL) {
        free(table->multiples);
        free(table);
    }
}

void curve_table_mul(struct curve_point *out, const struct curve_table *table,
                     const uint8_t scalar[static GROUP_SCALAR_BYTES])
{
    decaf_255_scalar_t factor;

    load(factor, scalar);
    decaf_255_precomputed_scalarmul(out->at, table->multiples, factor);
    decaf_255_scalar_destroy(factor);
}
