/* SPDX-License-Identifier: Apache-2.0 */
/* The commitments of a mix from its responses (PROTOCOL.md 12.2).
 *
 * Everything here is public. The long sums go through msm_public: what the
 * protocol writes as s G + sum sp_i P_i - c sum u_j Q_j becomes one sum with
 * the scalars sp_i and -c u_j. Each th_i must be known by itself, since it is
 * hashed; it takes one chain of doublings for its three terms.
 */
#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "mix_steps.h"
#include "msm.h"

/* Sums of 12.2, one set for each worker. */
struct partial {
    struct curve_point cbar;       /* sum C_j - sum h_i */
    uint8_t u[GROUP_SCALAR_BYTES]; /* product of u_j */
};

struct recompute {
    struct pool *pool;
    const struct mix_input *input;
    const uint8_t *u;
    const uint8_t *file;
    struct mix_layout at;
    uint8_t minus_c[GROUP_SCALAR_BYTES];
    struct curve_point key;
    uint8_t *t;
    struct partial partials[POOL_THREADS_MAX];
};

enum { GRAIN = 64 };

static const uint8_t scalar_one[GROUP_SCALAR_BYTES] = {1};

static const uint8_t *scalar_at(const struct recompute *run, size_t at,
                                size_t i)
{
    return run->file + at + i * GROUP_SCALAR_BYTES;
}

/* The file's points were checked before: they decode. */
static void point_at(const struct recompute *run, struct curve_point *point,
                     size_t at, size_t i)
{
    enum aula_code code = curve_decode(point,
                                       run->file + at + i * GROUP_POINT_BYTES);

    assert(code == AULA_OK);
    (void)code;
}

/* Ch_i, with h as Ch_{-1}: place i + 1 of a list that begins with h. */
static void chain_before(const struct recompute *run, struct curve_point *point,
                         size_t i)
{
    if (i == 0) {
        curve_generator(point, 0);
    } else {
        point_at(run, point, run->at.chain, i - 1);
    }
}

static void partial_piece(void *arg, unsigned worker, size_t first, size_t end)
{
    struct recompute *run = arg;
    struct partial *partial = &run->partials[worker];
    uint8_t u[GROUP_SCALAR_BYTES];
    struct curve_point point;

    for (size_t i = first; i < end; i++) {
        point_at(run, &point, run->at.commitments, i);
        curve_add(&partial->cbar, &partial->cbar, &point);
        curve_generator(&point, (uint32_t)i + 1);
        curve_sub(&partial->cbar, &partial->cbar, &point);
        mix_u(u, run->u, (uint32_t)i);
        crypto_core_ristretto255_scalar_mul(partial->u, partial->u, u);
    }
}

static void gather_partials(struct recompute *run)
{
    struct partial *all = &run->partials[0];

    for (unsigned i = 0; i < pool_threads(run->pool); i++) {
        curve_set_identity(&run->partials[i].cbar);
        memcpy(run->partials[i].u, scalar_one, sizeof scalar_one);
    }
    pool_run(run->pool, run->input->count, GRAIN, partial_piece, run);
    for (unsigned i = 1; i < pool_threads(run->pool); i++) {
        curve_add(&all->cbar, &all->cbar, &run->partials[i].cbar);
        crypto_core_ristretto255_scalar_mul(all->u, all->u, run->partials[i].u);
    }
}

/* Chat = Ch_{N-1} - u h. */
static void set_chat(const struct recompute *run, struct curve_point *chat)
{
    struct curve_point h;

    curve_generator(&h, 0);
    curve_mul(&h, &h, run->partials[0].u);
    chain_before(run, chat, run->input->count);
    curve_sub(chat, chat, &h);
}

/* t1 = s1 G - c Cbar, t2 = s2 G - c Chat. */
static void recompute_t1_t2(struct recompute *run)
{
    struct curve_point chat;
    struct curve_point t;

    gather_partials(run);
    curve_public_mul2(&t, scalar_at(run, run->at.s1, 0), &run->partials[0].cbar,
                      run->minus_c);
    curve_encode(run->t + MIX_T1, &t);
    set_chat(run, &chat);
    curve_public_mul2(&t, scalar_at(run, run->at.s2, 0), &chat, run->minus_c);
    curve_encode(run->t + MIX_T2, &t);
}

static void challenge_of(const struct recompute *run,
                         uint8_t scalar[static GROUP_SCALAR_BYTES], size_t j)
{
    mix_u(scalar, run->u, (uint32_t)j);
    crypto_core_ristretto255_scalar_mul(scalar, scalar, run->minus_c);
}

/* The sum of t3: terms 0 .. N-1 are sp_i h_i, N .. 2N-1 are -c u_j C_j. */
static enum aula_code give_t3(void *arg, size_t first, size_t count,
                              struct curve_point *points,
                              uint8_t (*scalars)[GROUP_SCALAR_BYTES])
{
    const struct recompute *run = arg;
    size_t rows = run->input->count;

    for (size_t i = 0; i < count; i++) {
        size_t row = (first + i) % rows;

        if (first + i < rows) {
            curve_generator(&points[i], (uint32_t)row + 1);
            memcpy(scalars[i], scalar_at(run, run->at.sp, row),
                   GROUP_SCALAR_BYTES);
        } else {
            point_at(run, &points[i], run->at.commitments, row);
            challenge_of(run, scalars[i], row);
        }
    }
    return AULA_OK;
}

/* One of the 2w columns of E' and of E. */
struct column {
    const struct recompute *run;
    size_t offset; /* bytes from the start of a row */
};

/* A sum of t4: terms 0 .. N-1 are sp_i E'_i, N .. 2N-1 are -c u_j E_j. */
static enum aula_code give_column(void *arg, size_t first, size_t count,
                                  struct curve_point *points,
                                  uint8_t (*scalars)[GROUP_SCALAR_BYTES])
{
    const struct column *column = arg;
    const struct recompute *run = column->run;
    size_t rows = run->input->count;
    size_t row_size = (size_t)run->input->width * MIX_PAIR_BYTES;
    enum aula_code code = AULA_OK;

    for (size_t i = 0; i < count && code == AULA_OK; i++) {
        size_t row = (first + i) % rows;
        size_t offset = row * row_size + column->offset;

        if (first + i < rows) {
            code = curve_decode(&points[i],
                                run->file + run->at.output + offset);
            memcpy(scalars[i], scalar_at(run, run->at.sp, row),
                   GROUP_SCALAR_BYTES);
        } else {
            code = curve_decode(&points[i], run->input->list + offset);
            challenge_of(run, scalars[i], row);
        }
    }
    return code;
}

static enum aula_code recompute_t3(struct recompute *run)
{
    struct curve_point sum;
    struct curve_point base;
    enum aula_code code;

    code = msm_public(&sum, run->pool, (size_t)2 * run->input->count, give_t3,
                      run);
    if (code != AULA_OK) {
        return code;
    }
    curve_mul_base(&base, scalar_at(run, run->at.s3, 0));
    curve_add(&sum, &sum, &base);
    curve_encode(run->t + MIX_T3, &sum);
    return AULA_OK;
}

/* The column's sum less s4_k times G (the first half) or K (the second). */
static enum aula_code recompute_column(struct recompute *run, size_t k,
                                       size_t half)
{
    struct column column = {run, k * MIX_PAIR_BYTES + half * GROUP_POINT_BYTES};
    struct curve_point sum;
    struct curve_point term;
    enum aula_code code;

    code = msm_public(&sum, run->pool, (size_t)2 * run->input->count,
                      give_column, &column);
    if (code != AULA_OK) {
        return code;
    }
    if (half == 0) {
        curve_mul_base(&term, scalar_at(run, run->at.s4, k));
    } else {
        curve_mul(&term, &run->key, scalar_at(run, run->at.s4, k));
    }
    curve_sub(&sum, &sum, &term);
    curve_encode(run->t + MIX_T4 + column.offset, &sum);
    return AULA_OK;
}

/* th_i = sh_i G + sp_i Ch_{i-1} - c Ch_i. */
static void link_piece(void *arg, unsigned worker, size_t first, size_t end)
{
    struct recompute *run = arg;
    struct curve_point points[3];
    uint8_t scalars[3][GROUP_SCALAR_BYTES];
    struct curve_point sum;
    uint8_t *th = run->t + mix_th(run->input->width);

    (void)worker;
    curve_set_base(&points[0]);
    chain_before(run, &points[2], first);
    memcpy(scalars[2], run->minus_c, GROUP_SCALAR_BYTES);
    for (size_t i = first; i < end; i++) {
        points[1] = points[2];
        point_at(run, &points[2], run->at.chain, i);
        memcpy(scalars[0], scalar_at(run, run->at.sh, i), GROUP_SCALAR_BYTES);
        memcpy(scalars[1], scalar_at(run, run->at.sp, i), GROUP_SCALAR_BYTES);
        msm_few(&sum, points, (const uint8_t(*)[GROUP_SCALAR_BYTES])scalars, 3);
        curve_encode(th + i * GROUP_POINT_BYTES, &sum);
    }
}

static enum aula_code recompute_all(struct recompute *run)
{
    enum aula_code code;

    recompute_t1_t2(run);
    code = recompute_t3(run);
    for (size_t k = 0; k < run->input->width && code == AULA_OK; k++) {
        code = recompute_column(run, k, 0);
        if (code == AULA_OK) {
            code = recompute_column(run, k, 1);
        }
    }
    pool_run(run->pool, run->input->count, GRAIN, link_piece, run);
    return code;
}

enum aula_code mix_recompute(uint8_t *t, struct pool *pool,
                             const struct mix_input *input,
                             const uint8_t u[static HASH_WIDE_BYTES],
                             const uint8_t *file, struct aula_error *err)
{
    struct recompute *run = calloc(1, sizeof *run);
    enum aula_code code;

    if (run == NULL) {
        return aula_fail(err, AULA_MEMORY, "mix: no memory to check it");
    }
    run->pool = pool;
    run->input = input;
    run->u = u;
    run->file = file;
    run->t = t;
    mix_layout_of(&run->at, input->count, input->width);
    crypto_core_ristretto255_scalar_negate(run->minus_c, file + run->at.c);
    code = curve_decode(&run->key, input->key);
    if (code == AULA_OK) {
        code = recompute_all(run);
    }
    if (code != AULA_OK) {
        code = aula_fail(err, code, "mix: cannot be checked");
    }
    free(run);
    return code;
}
