/* SPDX-License-Identifier: Apache-2.0 */
/* Steps 3 and 4 of a mix (PROTOCOL.md 12.1): re-encrypt, permute, and commit to
 * the permutation. See mix_prover.h.
 */
#include <sodium.h>

#include "mix_prover.h"

/* out = in + factor; false when `in` is no point or the sum is O. */
static int shift(uint8_t *out, const uint8_t *in, const struct curve_point *by)
{
    struct curve_point point;

    if (curve_decode(&point, in) != AULA_OK) {
        return 0;
    }
    curve_add(&point, &point, by);
    curve_encode(out, &point);
    return !sodium_is_zero(out, GROUP_POINT_BYTES);
}

/* (a + rho G, b + rho K). The fault is noted as the place of the point in the
 * input list, in points. */
static void reencrypt(struct mix_prover *prover, size_t row, size_t column)
{
    size_t width = prover->input->width;
    size_t from = (prover->psi[row] * width + column) * 2;
    const uint8_t *in = prover->input->list + from * GROUP_POINT_BYTES;
    uint8_t *out = prover->file + prover->at.output +
                   (row * width + column) * MIX_PAIR_BYTES;
    uint8_t rho[GROUP_SCALAR_BYTES];
    struct curve_point mask;

    mix_random(rho, prover->seed, prover->s0, 1, (uint32_t)row,
               (uint32_t)column);
    curve_mul_base(&mask, rho);
    if (!shift(out, in, &mask)) {
        pool_note_first(&prover->fault, from);
    }
    curve_table_mul(&mask, prover->key, rho);
    if (!shift(out + GROUP_POINT_BYTES, in + GROUP_POINT_BYTES, &mask)) {
        pool_note_first(&prover->fault, from + 1);
    }
    sodium_memzero(rho, sizeof rho);
    sodium_memzero(&mask, sizeof mask);
}

/* C_{psi(i)} = s_i G + h_i. */
static void commit(struct mix_prover *prover, size_t row)
{
    uint8_t s[GROUP_SCALAR_BYTES];
    struct curve_point commitment;
    struct curve_point generator;

    mix_random(s, prover->seed, prover->s0, 2, (uint32_t)row, 0);
    curve_mul_base(&commitment, s);
    curve_generator(&generator, (uint32_t)row + 1);
    curve_add(&commitment, &commitment, &generator);
    curve_encode(prover->file + prover->at.commitments +
                     (size_t)prover->psi[row] * GROUP_POINT_BYTES,
                 &commitment);
    sodium_memzero(s, sizeof s);
}

static void shuffle_piece(void *arg, unsigned worker, size_t first, size_t end)
{
    struct mix_prover *prover = arg;

    (void)worker;
    for (size_t row = first; row < end; row++) {
        for (size_t column = 0; column < prover->input->width; column++) {
            reencrypt(prover, row, column);
        }
        commit(prover, row);
    }
}

enum aula_code mix_shuffle(struct mix_prover *prover, struct aula_error *err)
{
    enum aula_code code;
    size_t fault;

    atomic_store(&prover->fault, SIZE_MAX);
    pool_run(prover->pool, prover->input->count, MIX_GRAIN, shuffle_piece,
             prover);
    fault = atomic_load(&prover->fault);
    if (fault == SIZE_MAX) {
        return AULA_OK;
    }
    code = group_check_point(prover->input->list + fault * GROUP_POINT_BYTES);
    if (code == AULA_OK) {
        return aula_fail(err, AULA_POINT_IDENTITY,
                         "mix: an output point is zero: mix with a new seed");
    }
    return aula_fail(err, code, "mix: input pair %zu: not a valid point",
                     fault / 2 + 1);
}
