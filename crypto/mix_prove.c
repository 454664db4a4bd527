/* SPDX-License-Identifier: Apache-2.0 */
/* Steps 5, 8, 10 and 11 of a mix (PROTOCOL.md 12.1): challenge and responses.
 * See mix_prover.h.
 */
#include <sodium.h>
#include <string.h>

#include "mix_prover.h"

void mix_prover_nonce(const struct mix_prover *prover,
                      uint8_t out[static GROUP_SCALAR_BYTES], uint8_t x,
                      size_t i)
{
    mix_nonce(out, prover->seed, prover->u, prover->v, x, (uint32_t)i);
}

void mix_permuted_u(const struct mix_prover *prover,
                    uint8_t out[static GROUP_SCALAR_BYTES], size_t i)
{
    mix_u(out, prover->u, prover->psi[i]);
}

/* file[at] = nonce(x, i) + c secret. */
static void respond(const struct mix_prover *prover, size_t at, uint8_t x,
                    size_t i, const uint8_t *secret)
{
    uint8_t sum[GROUP_SCALAR_BYTES];

    mix_prover_nonce(prover, sum, x, i);
    group_scalar_add_product(sum, prover->file + prover->at.c, secret);
    memcpy(prover->file + at, sum, sizeof sum);
    sodium_memzero(sum, sizeof sum);
}

static void respond_piece(void *arg, unsigned worker, size_t first, size_t end)
{
    const struct mix_prover *prover = arg;
    uint8_t secret[GROUP_SCALAR_BYTES];

    (void)worker;
    for (size_t i = first; i < end; i++) {
        size_t offset = i * GROUP_SCALAR_BYTES;

        mix_chain_random(secret, prover->seed, prover->u, (uint32_t)i);
        respond(prover, prover->at.sh + offset, NONCE_OH, i, secret);
        mix_permuted_u(prover, secret, i);
        respond(prover, prover->at.sp + offset, NONCE_OP, i, secret);
    }
    sodium_memzero(secret, sizeof secret);
}

static void respond_all(struct mix_prover *prover)
{
    const struct mix_layout *at = &prover->at;
    const struct mix_sums *sums = &prover->sums[0];
    size_t count = prover->input->count;

    respond(prover, at->s1, NONCE_O1, 0, sums->sbar);
    respond(prover, at->s2, NONCE_O2, 0, prover->base_parts[count - 1]);
    respond(prover, at->s3, NONCE_O3, 0, sums->stil);
    for (size_t k = 0; k < prover->input->width; k++) {
        respond(prover, at->s4 + k * GROUP_SCALAR_BYTES, NONCE_O4, k,
                sums->rhobar[k]);
    }
    pool_run(prover->pool, count, MIX_GRAIN, respond_piece, prover);
}

enum aula_code mix_prove(struct mix_prover *prover, struct aula_error *err)
{
    enum aula_code code;

    mix_u_hash(prover->u, prover->s0, prover->file, &prover->at);
    mix_make_chain(prover);
    code = mix_commit(prover);
    if (code != AULA_OK) {
        return aula_fail(err, code, "mix: no memory for the proof");
    }
    mix_challenge(prover->file + prover->at.c, prover->u, prover->file,
                  &prover->at, prover->t,
                  mix_t_size(prover->input->count, prover->input->width));
    respond_all(prover);
    return AULA_OK;
}
