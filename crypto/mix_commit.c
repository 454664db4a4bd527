/* SPDX-License-Identifier: Apache-2.0 */
/* Step 9 of a mix (PROTOCOL.md 12.1): the commitments T; see mix_prover.h.
 * The sums over all ballots have secret scalars, so they take msm_secret.
 */
#include <sodium.h>

#include "mix_prover.h"
#include "msm.h"

/* th_i = oh_i G + op_i Ch_{i-1} = (oh_i + op_i Q_{i-1}) G + op_i V_{i-1} h. */
static void commit_link(const struct mix_prover *prover, size_t i)
{
    uint8_t base_part[GROUP_SCALAR_BYTES];
    uint8_t h_part[GROUP_SCALAR_BYTES];

    mix_prover_nonce(prover, base_part, NONCE_OH, i);
    mix_prover_nonce(prover, h_part, NONCE_OP, i);
    if (i > 0) {
        group_scalar_add_product(base_part, h_part, prover->base_parts[i - 1]);
        crypto_core_ristretto255_scalar_mul(h_part, h_part,
                                            prover->h_parts[i - 1]);
    }
    mix_encode_parts(prover,
                     prover->t + mix_th(prover->input->width) +
                         i * GROUP_POINT_BYTES,
                     base_part, h_part);
    sodium_memzero(base_part, sizeof base_part);
    sodium_memzero(h_part, sizeof h_part);
}

static void link_piece(void *arg, unsigned worker, size_t first, size_t end)
{
    (void)worker;
    for (size_t i = first; i < end; i++) {
        commit_link(arg, i);
    }
}

static enum aula_code give_generators(void *arg, size_t first, size_t count,
                                      struct curve_point *points,
                                      uint8_t (*scalars)[GROUP_SCALAR_BYTES])
{
    const struct mix_prover *prover = arg;

    for (size_t i = 0; i < count; i++) {
        curve_generator(&points[i], (uint32_t)(first + i) + 1);
        mix_prover_nonce(prover, scalars[i], NONCE_OP, first + i);
    }
    return AULA_OK;
}

/* One of the 2w columns of E'. */
struct column {
    const struct mix_prover *prover;
    const uint8_t *first; /* point of row 0 */
};

static enum aula_code give_column(void *arg, size_t first, size_t count,
                                  struct curve_point *points,
                                  uint8_t (*scalars)[GROUP_SCALAR_BYTES])
{
    const struct column *column = arg;
    size_t row_size = (size_t)column->prover->input->width * MIX_PAIR_BYTES;
    enum aula_code code = AULA_OK;

    for (size_t i = 0; i < count && code == AULA_OK; i++) {
        code = curve_decode(&points[i], column->first + (first + i) * row_size);
        mix_prover_nonce(column->prover, scalars[i], NONCE_OP, first + i);
    }
    return code;
}

/* t4_k: the column's sum of op_i E'_i, less o4_k times G or K. */
static enum aula_code commit_column(struct mix_prover *prover, size_t k,
                                    size_t half)
{
    size_t offset = k * MIX_PAIR_BYTES + half * GROUP_POINT_BYTES;
    struct column column = {prover, prover->file + prover->at.output + offset};
    uint8_t o4[GROUP_SCALAR_BYTES];
    struct curve_point sum;
    struct curve_point term;
    enum aula_code code;

    code = msm_secret(&sum, prover->pool, prover->input->count, give_column,
                      &column);
    if (code != AULA_OK) {
        return code;
    }
    mix_prover_nonce(prover, o4, NONCE_O4, k);
    if (half == 0) {
        curve_mul_base(&term, o4);
    } else {
        curve_table_mul(&term, prover->key, o4);
    }
    curve_sub(&sum, &sum, &term);
    curve_encode(prover->t + MIX_T4 + offset, &sum);
    sodium_memzero(o4, sizeof o4);
    return AULA_OK;
}

static enum aula_code commit_t3(struct mix_prover *prover)
{
    uint8_t o3[GROUP_SCALAR_BYTES];
    struct curve_point sum;
    struct curve_point term;
    enum aula_code code;

    code = msm_secret(&sum, prover->pool, prover->input->count, give_generators,
                      prover);
    if (code != AULA_OK) {
        return code;
    }
    mix_prover_nonce(prover, o3, NONCE_O3, 0);
    curve_mul_base(&term, o3);
    curve_add(&sum, &sum, &term);
    curve_encode(prover->t + MIX_T3, &sum);
    sodium_memzero(o3, sizeof o3);
    return AULA_OK;
}

static void commit_base(const struct mix_prover *prover, uint8_t *out,
                        uint8_t x)
{
    uint8_t o[GROUP_SCALAR_BYTES];
    struct curve_point point;

    mix_prover_nonce(prover, o, x, 0);
    curve_mul_base(&point, o);
    curve_encode(out, &point);
    sodium_memzero(o, sizeof o);
}

enum aula_code mix_commit(struct mix_prover *prover)
{
    enum aula_code code;

    commit_base(prover, prover->t + MIX_T1, NONCE_O1);
    commit_base(prover, prover->t + MIX_T2, NONCE_O2);
    code = commit_t3(prover);
    for (size_t k = 0; k < prover->input->width && code == AULA_OK; k++) {
        code = commit_column(prover, k, 0);
        if (code == AULA_OK) {
            code = commit_column(prover, k, 1);
        }
    }
    pool_run(prover->pool, prover->input->count, MIX_GRAIN, link_piece, prover);
    return code;
}
