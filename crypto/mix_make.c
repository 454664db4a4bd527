/* SPDX-License-Identifier: Apache-2.0 */
/* A whole mix file (PROTOCOL.md 12.3):
 *
 *   offset  size  field
 *        0     4  "AULM"
 *        4     1  version, 1
 *        5    32  PH
 *       37     2  contest
 *       39     1  position p, from 1
 *       40     1  trustee v, from 1
 *       41     4  N
 *       45     1  w
 *       46    32  H32("mix-list", E)
 *       78        E' .. sp: struct mix_layout
 *
 * The steps stand in mix_shuffle.c and mix_prove.c.
 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "mix_prover.h"

static void put_header(uint8_t *file, const struct mix_input *input,
                       uint8_t trustee)
{
    memcpy(file, "AULM", 4);
    file[4] = 1;
    memcpy(file + 5, input->package_hash, 32);
    put_le16(file + 37, input->contest);
    file[39] = input->position;
    file[40] = trustee;
    put_le32(file + 41, input->count);
    file[45] = input->width;
    mix_list_hash(file + MIX_INPUT_HASH_AT, input->list, input->count,
                  input->width);
}

static enum aula_code open_tables(struct mix_prover *prover,
                                  struct aula_error *err)
{
    struct curve_point point;
    enum aula_code code;

    code = curve_decode(&point, prover->input->key);
    if (code != AULA_OK) {
        return aula_fail(err, code, "mix: the election key is no valid point");
    }
    code = curve_table_open(&prover->key, &point, err);
    if (code != AULA_OK) {
        return code;
    }
    curve_generator(&point, 0);
    return curve_table_open(&prover->h, &point, err);
}

static enum aula_code open_lists(struct mix_prover *prover,
                                 struct aula_error *err)
{
    size_t count = prover->input->count;

    prover->psi = sodium_allocarray(count, sizeof prover->psi[0]);
    prover->base_parts = sodium_allocarray(count, GROUP_SCALAR_BYTES);
    prover->h_parts = sodium_allocarray(count, GROUP_SCALAR_BYTES);
    prover->t = malloc(mix_t_size(count, prover->input->width));
    if (prover->psi == NULL || prover->base_parts == NULL ||
        prover->h_parts == NULL || prover->t == NULL) {
        return aula_fail(err, AULA_MEMORY, "mix: no memory for %zu ballots",
                         count);
    }
    return AULA_OK;
}

/* Accepts NULL and a half-made prover; locked memory wipes itself. */
static void close_prover(struct mix_prover *prover)
{
    if (prover == NULL) {
        return;
    }
    free(prover->t);
    sodium_free(prover->h_parts);
    sodium_free(prover->base_parts);
    sodium_free(prover->psi);
    curve_table_close(prover->h);
    curve_table_close(prover->key);
    sodium_free(prover);
}

static enum aula_code open_prover(struct mix_prover *prover, uint8_t *file,
                                  struct pool *pool,
                                  const struct mix_input *input,
                                  uint8_t trustee, const uint8_t *seed,
                                  struct aula_error *err)
{
    enum aula_code code;

    memset(prover, 0, sizeof *prover);
    prover->input = input;
    prover->pool = pool;
    prover->seed = seed;
    prover->file = file;
    mix_layout_of(&prover->at, input->count, input->width);
    code = open_tables(prover, err);
    if (code == AULA_OK) {
        code = open_lists(prover, err);
    }
    if (code == AULA_OK) {
        mix_input_hash(prover->s0, input, trustee);
        mix_permutation(prover->psi, input->count, seed, prover->s0);
    }
    return code;
}

enum aula_code mix_make(uint8_t *file, struct pool *pool,
                        const struct mix_input *input, uint8_t trustee,
                        const uint8_t secret[static SIGN_SECRET_BYTES],
                        const uint8_t seed[static MIX_SEED_BYTES],
                        struct aula_error *err)
{
    struct mix_prover *prover = NULL;
    enum aula_code code;

    code = mix_check_size(input, err);
    if (code != AULA_OK) {
        return code;
    }
    if (input->count < 2) {
        return aula_fail(err, AULA_MIX_SMALL,
                         "mix: fewer than two ballots hide nobody");
    }
    prover = sodium_malloc(sizeof *prover);
    if (prover == NULL) {
        return aula_fail(err, AULA_MEMORY, "mix: no locked memory");
    }
    code = open_prover(prover, file, pool, input, trustee, seed, err);
    if (code != AULA_OK) {
        goto out;
    }
    put_header(file, input, trustee);
    code = mix_shuffle(prover, err);
    if (code != AULA_OK) {
        goto out;
    }
    code = mix_prove(prover, err);
    if (code != AULA_OK) {
        goto out;
    }
    sign_file(file, prover->at.signature, "sig-mix", secret);
out:
    close_prover(prover);
    return code;
}
