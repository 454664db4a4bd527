/* SPDX-License-Identifier: Apache-2.0 */
/* The state of a mix that is being made, shared by mix_make.c, mix_shuffle.c
 * and mix_prove.c. Not for use outside of them.
 *
 * For each ballot it keeps psi and two scalars in locked memory, and one
 * commitment; everything else is derived again from the seed where it is
 * needed. With the list and the file that is under 400 bytes a ballot of
 * width 1.
 */
#ifndef AULA_MIX_PROVER_H
#define AULA_MIX_PROVER_H

#include <stdatomic.h>

#include "curve.h"
#include "mix_steps.h"

/* Sums of step 7, one set for each worker. */
struct mix_sums {
    uint8_t sbar[GROUP_SCALAR_BYTES];
    uint8_t stil[GROUP_SCALAR_BYTES];
    uint8_t rhobar[MIX_WIDTH_MAX][GROUP_SCALAR_BYTES];
};

/* In sodium_malloc memory, as are psi, base_parts and h_parts. */
struct mix_prover {
    const struct mix_input *input;
    struct pool *pool;
    const uint8_t *seed;
    uint8_t *file;
    struct mix_layout at;
    uint8_t s0[HASH_WIDE_BYTES];
    uint8_t u[HASH_WIDE_BYTES];
    uint8_t v[HASH_BYTES];
    struct curve_table *key; /* K */
    struct curve_table *h;   /* the generator h */
    uint32_t *psi;
    /* Ch_i = base_parts[i] G + h_parts[i] h: the chain of step 6 unrolled, so
     * that its points are made independently, by fixed-base tables. */
    uint8_t (*base_parts)[GROUP_SCALAR_BYTES];
    uint8_t (*h_parts)[GROUP_SCALAR_BYTES];
    uint8_t *t; /* T of step 10; public */
    struct mix_sums sums[POOL_THREADS_MAX];
    atomic_size_t fault; /* smallest place of a bad point, else SIZE_MAX */
};

/* Pieces of work that a thread takes at once. */
enum { MIX_GRAIN = 64 };

/** Steps 3 and 4 into the file: E' and C.
 *
 *  Returns: AULA_OK; AULA_POINT_INVALID or AULA_POINT_IDENTITY, the first bad
 *           point of the list, or an output that came out as O
 */
AULA_MUST_CHECK enum aula_code mix_shuffle(struct mix_prover *prover,
                                           struct aula_error *err);

/** Steps 5 to 11 into the file: U, the chain and the responses.
 *
 *  Returns: AULA_OK or AULA_MEMORY
 */
AULA_MUST_CHECK enum aula_code mix_prove(struct mix_prover *prover,
                                         struct aula_error *err);

/* --- parts of mix_prove --- */

/* The numbers of the nonces in step 8. */
enum {
    NONCE_O1 = 4,
    NONCE_O2 = 5,
    NONCE_O3 = 6,
    NONCE_O4 = 7,
    NONCE_OH = 8,
    NONCE_OP = 9
};

/** nonce(x, i) of step 8. */
void mix_prover_nonce(const struct mix_prover *prover,
                      uint8_t out[static GROUP_SCALAR_BYTES], uint8_t x,
                      size_t i);

/** u'_i = u_{psi(i)} of step 5. */
void mix_permuted_u(const struct mix_prover *prover,
                    uint8_t out[static GROUP_SCALAR_BYTES], size_t i);

/** base_part G + h_part h, encoded. */
void mix_encode_parts(const struct mix_prover *prover,
                      uint8_t out[static GROUP_POINT_BYTES],
                      const uint8_t base_part[static GROUP_SCALAR_BYTES],
                      const uint8_t h_part[static GROUP_SCALAR_BYTES]);

/** Steps 6 to 8: Ch into the file, base_parts and h_parts, the sums (gathered
 *  in sums[0]), V. */
void mix_make_chain(struct mix_prover *prover);

/** Step 9: T.
 *
 *  Returns: AULA_OK or AULA_MEMORY
 */
AULA_MUST_CHECK enum aula_code mix_commit(struct mix_prover *prover);

#endif
