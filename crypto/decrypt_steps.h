/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of a partial decryption that prover and checker share (PROTOCOL.md
 * section 13), and the places of its file. Not for use outside of decrypt_*.c
 * and of whoever traces a difference.
 *
 *   offset  size  field
 *        0     4  "AULD"
 *        4     1  version, 1
 *        5    32  PH
 *       37     2  contest
 *       39     1  trustee v, from 1
 *       40     4  N
 *       44     1  w
 *       45    32  H32("mix-list", E)
 *       77  32Nw  D_m
 *        .    32  c
 *        .    32  z
 *        .    64  SIGN(v, "sig-decrypt", all before)
 */
#ifndef AULA_DECRYPT_STEPS_H
#define AULA_DECRYPT_STEPS_H

#include "curve.h"
#include "decrypt.h"
#include "hash.h"

enum {
    DECRYPT_HEADER_BYTES = 77, /* with the input hash at its end */
    DECRYPT_INPUT_HASH_AT = 45,
    DECRYPT_PAIR_BYTES = 2 * GROUP_POINT_BYTES
};

/* N w, the number of points. */
static inline size_t decrypt_count(const struct decrypt_input *input)
{
    return (size_t)input->count * input->width;
}

/* Where c stands: the end of the points. */
static inline size_t decrypt_c_at(size_t point_count)
{
    return DECRYPT_HEADER_BYTES + point_count * GROUP_POINT_BYTES;
}

/** R of step 2, from the points D as they stand in a file. */
void decrypt_hash(uint8_t r[static HASH_WIDE_BYTES],
                  const struct decrypt_input *input, uint8_t trustee,
                  const uint8_t share[static GROUP_POINT_BYTES],
                  const uint8_t *points);

/** A or D of step 2: the sum of e_m P_m over `count` public points that stand
 *  `stride` bytes apart.
 *
 *  Returns: AULA_OK, AULA_POINT_INVALID, AULA_POINT_IDENTITY or AULA_MEMORY
 */
AULA_MUST_CHECK enum aula_code
decrypt_sum(struct curve_point *sum, struct pool *pool,
            const uint8_t r[static HASH_WIDE_BYTES], const uint8_t *points,
            size_t stride, size_t count);

/* The points that step 3 hashes, encoded. */
struct decrypt_claim {
    uint8_t a[GROUP_POINT_BYTES];
    uint8_t d[GROUP_POINT_BYTES];
    uint8_t t1[GROUP_POINT_BYTES];
    uint8_t t2[GROUP_POINT_BYTES];
};

/** c of step 3. */
void decrypt_challenge(uint8_t c[static GROUP_SCALAR_BYTES],
                       const uint8_t r[static HASH_WIDE_BYTES],
                       const struct decrypt_claim *claim);

/** Is a list of this size within section 2.2? AULA_OK or AULA_TOO_LARGE. */
AULA_MUST_CHECK enum aula_code
decrypt_check_size(const struct decrypt_input *input, struct aula_error *err);

#endif
