/* SPDX-License-Identifier: Apache-2.0 */
/* The hashed steps of a mix (PROTOCOL.md 12.1), shared by prover and checker,
 * and the places of a mix file. Not for use outside of mix_*.c and of whoever
 * traces a difference.
 */
#ifndef AULA_MIX_STEPS_H
#define AULA_MIX_STEPS_H

#include "hash.h"
#include "mix.h"

enum {
    MIX_HEADER_BYTES = 78, /* with the input hash at its end */
    MIX_INPUT_HASH_AT = 46,
    MIX_PAIR_BYTES = 2 * GROUP_POINT_BYTES,
    MIX_WIDTH_MAX = 34
};

/* Offsets into a mix file of N rows and width w. */
struct mix_layout {
    size_t output;      /* E', 64 N w */
    size_t commitments; /* C, 32 N */
    size_t chain;       /* Ch, 32 N */
    size_t c;           /* 32, then the responses */
    size_t s1;
    size_t s2;
    size_t s3;
    size_t s4; /* 32 w */
    size_t sh; /* 32 N */
    size_t sp; /* 32 N */
    size_t signature;
    size_t size; /* of the file */
};

void mix_layout_of(struct mix_layout *at, size_t count, size_t width);

/* Places in T = t1 || t2 || t3 || t4_0 || .. || th_0 || .., the commitments
 * that step 10 hashes: the pairs t4 from MIX_T4 on, then th. */
enum { MIX_T1 = 0, MIX_T2 = 32, MIX_T3 = 64, MIX_T4 = 96 };

static inline size_t mix_th(size_t width)
{
    return MIX_T4 + width * MIX_PAIR_BYTES;
}

static inline size_t mix_t_size(size_t count, size_t width)
{
    return mix_th(width) + count * GROUP_POINT_BYTES;
}

/** Is a list of this size within section 2.2?
 *
 *  Returns: AULA_OK or AULA_TOO_LARGE
 */
AULA_MUST_CHECK enum aula_code mix_check_size(const struct mix_input *input,
                                              struct aula_error *err);

/** S0 of step 1. */
void mix_input_hash(uint8_t s0[static HASH_WIDE_BYTES],
                    const struct mix_input *input, uint8_t trustee);

/** rnd(x, i, k) of step 1: rho with x = 1, s with x = 2. Secret. */
void mix_random(uint8_t out[static GROUP_SCALAR_BYTES],
                const uint8_t seed[static MIX_SEED_BYTES],
                const uint8_t s0[static HASH_WIDE_BYTES], uint8_t x, uint32_t i,
                uint32_t k);

/** psi of step 2, `count` places. Secret. */
void mix_permutation(uint32_t *psi, uint32_t count,
                     const uint8_t seed[static MIX_SEED_BYTES],
                     const uint8_t s0[static HASH_WIDE_BYTES]);

/** U of step 5, from E' and C as they stand in a file. */
void mix_u_hash(uint8_t u[static HASH_WIDE_BYTES],
                const uint8_t s0[static HASH_WIDE_BYTES], const uint8_t *file,
                const struct mix_layout *at);

/** u_j of step 5. */
void mix_u(uint8_t u_j[static GROUP_SCALAR_BYTES],
           const uint8_t u[static HASH_WIDE_BYTES], uint32_t j);

/** q_i of step 6. Secret. */
void mix_chain_random(uint8_t q[static GROUP_SCALAR_BYTES],
                      const uint8_t seed[static MIX_SEED_BYTES],
                      const uint8_t u[static HASH_WIDE_BYTES], uint32_t i);

/** V of step 8, from Ch as it stands in a file. */
void mix_chain_hash(uint8_t v[static HASH_BYTES], const uint8_t *file,
                    const struct mix_layout *at);

/** nonce(x, i) of step 8. Secret. */
void mix_nonce(uint8_t out[static GROUP_SCALAR_BYTES],
               const uint8_t seed[static MIX_SEED_BYTES],
               const uint8_t u[static HASH_WIDE_BYTES],
               const uint8_t v[static HASH_BYTES], uint8_t x, uint32_t i);

/** c of step 10, from U, Ch as it stands in a file, and T. */
void mix_challenge(uint8_t c[static GROUP_SCALAR_BYTES],
                   const uint8_t u[static HASH_WIDE_BYTES], const uint8_t *file,
                   const struct mix_layout *at, const uint8_t *t,
                   size_t t_size);

/** T as 12.2 computes it from a file whose points and scalars are checked.
 *
 *  Returns: AULA_OK or AULA_MEMORY
 *  Out:     t  mix_t_size() bytes
 */
AULA_MUST_CHECK enum aula_code
mix_recompute(uint8_t *t, struct pool *pool, const struct mix_input *input,
              const uint8_t u[static HASH_WIDE_BYTES], const uint8_t *file,
              struct aula_error *err);

#endif
