/* SPDX-License-Identifier: Apache-2.0 */
/* Steps 6 and 7 of a mix (PROTOCOL.md 12.1): the chain and the sums.
 *
 * The chain Ch_i = q_i G + u'_i Ch_{i-1} begins at h, so every Ch_i is a known
 * combination of G and h: with Q_i = q_i + u'_i Q_{i-1} and V_i = u'_i V_{i-1},
 * Ch_i = Q_i G + V_i h. Two scalar products in a row replace a multiplication
 * that would have to wait for the one before it; th_i of step 9 follows
 * likewise, and qhat of step 7 is Q_{N-1}.
 */
#include <sodium.h>
#include <string.h>

#include "mix_prover.h"

/* The worker's sums of step 7 over its rows. */
static void add_sums(const struct mix_prover *prover, struct mix_sums *sums,
                     const uint8_t *u, size_t row)
{
    uint8_t random[GROUP_SCALAR_BYTES];

    mix_random(random, prover->seed, prover->s0, 2, (uint32_t)row, 0);
    crypto_core_ristretto255_scalar_add(sums->sbar, sums->sbar, random);
    group_scalar_add_product(sums->stil, random, u);
    for (size_t k = 0; k < prover->input->width; k++) {
        mix_random(random, prover->seed, prover->s0, 1, (uint32_t)row,
                   (uint32_t)k);
        group_scalar_add_product(sums->rhobar[k], random, u);
    }
    sodium_memzero(random, sizeof random);
}

/* q_i and u'_i where Q_i and V_i will stand. */
static void derive_piece(void *arg, unsigned worker, size_t first, size_t end)
{
    struct mix_prover *prover = arg;

    for (size_t i = first; i < end; i++) {
        mix_chain_random(prover->base_parts[i], prover->seed, prover->u,
                         (uint32_t)i);
        mix_permuted_u(prover, prover->h_parts[i], i);
        add_sums(prover, &prover->sums[worker], prover->h_parts[i], i);
    }
}

static void gather_sums(struct mix_prover *prover)
{
    struct mix_sums *all = &prover->sums[0];

    for (unsigned i = 1; i < pool_threads(prover->pool); i++) {
        struct mix_sums *one = &prover->sums[i];

        crypto_core_ristretto255_scalar_add(all->sbar, all->sbar, one->sbar);
        crypto_core_ristretto255_scalar_add(all->stil, all->stil, one->stil);
        for (size_t k = 0; k < prover->input->width; k++) {
            crypto_core_ristretto255_scalar_add(all->rhobar[k], all->rhobar[k],
                                                one->rhobar[k]);
        }
    }
}

/* Row 0 stands as it is: Q_{-1} = 0, V_{-1} = 1. */
static void unroll_chain(struct mix_prover *prover)
{
    for (size_t i = 1; i < prover->input->count; i++) {
        group_scalar_add_product(prover->base_parts[i], prover->h_parts[i],
                                 prover->base_parts[i - 1]);
        crypto_core_ristretto255_scalar_mul(prover->h_parts[i],
                                            prover->h_parts[i],
                                            prover->h_parts[i - 1]);
    }
}

void mix_encode_parts(const struct mix_prover *prover,
                      uint8_t out[static GROUP_POINT_BYTES],
                      const uint8_t base_part[static GROUP_SCALAR_BYTES],
                      const uint8_t h_part[static GROUP_SCALAR_BYTES])
{
    struct curve_point sum;
    struct curve_point term;

    curve_mul_base(&sum, base_part);
    curve_table_mul(&term, prover->h, h_part);
    curve_add(&sum, &sum, &term);
    curve_encode(out, &sum);
    sodium_memzero(&term, sizeof term);
}

static void chain_piece(void *arg, unsigned worker, size_t first, size_t end)
{
    struct mix_prover *prover = arg;

    (void)worker;
    for (size_t i = first; i < end; i++) {
        mix_encode_parts(prover,
                         prover->file + prover->at.chain +
                             i * GROUP_POINT_BYTES,
                         prover->base_parts[i], prover->h_parts[i]);
    }
}

void mix_make_chain(struct mix_prover *prover)
{
    size_t count = prover->input->count;

    memset(prover->sums, 0, sizeof prover->sums);
    pool_run(prover->pool, count, MIX_GRAIN, derive_piece, prover);
    gather_sums(prover);
    unroll_chain(prover);
    pool_run(prover->pool, count, MIX_GRAIN, chain_piece, prover);
    mix_chain_hash(prover->v, prover->file, &prover->at);
}
