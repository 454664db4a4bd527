/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks, workers and partial sums; see msm_blocks.h. */
#include "msm_blocks.h"

#include <sodium.h>
#include <string.h>

struct worker {
    struct curve_point sum;
    enum aula_code code;
    struct curve_point *points;
    uint8_t (*scalars)[GROUP_SCALAR_BYTES];
    void *scratch;
};

struct run {
    msm_block *add;
    msm_source *source;
    void *arg;
    struct worker workers[POOL_THREADS_MAX];
};

static void add_piece(void *arg, unsigned number, size_t first, size_t end)
{
    struct run *run = arg;
    struct worker *worker = &run->workers[number];
    enum aula_code code;

    code = run->source(run->arg, first, end - first, worker->points,
                       worker->scalars);
    if (code != AULA_OK) {
        worker->code = code;
        return;
    }
    run->add(&worker->sum, worker->scratch, worker->points,
             (const uint8_t(*)[GROUP_SCALAR_BYTES])worker->scalars,
             end - first);
}

static enum aula_code open_worker(struct worker *worker, size_t block,
                                  size_t scratch_size)
{
    curve_set_identity(&worker->sum);
    worker->code = AULA_OK;
    worker->points = sodium_allocarray(block, sizeof worker->points[0]);
    worker->scalars = sodium_allocarray(block, GROUP_SCALAR_BYTES);
    worker->scratch = sodium_malloc(scratch_size);
    if (worker->points == NULL || worker->scalars == NULL ||
        worker->scratch == NULL) {
        return AULA_MEMORY;
    }
    return AULA_OK;
}

static void close_worker(struct worker *worker)
{
    sodium_free(worker->points);
    sodium_free(worker->scalars);
    sodium_free(worker->scratch);
}

enum aula_code msm_run(struct curve_point *sum, struct pool *pool, size_t count,
                       size_t block, size_t scratch_size, msm_block *add,
                       msm_source *source, void *arg)
{
    struct run *run = sodium_malloc(sizeof *run);
    enum aula_code code = AULA_OK;

    if (run == NULL) {
        return AULA_MEMORY;
    }
    memset(run, 0, sizeof *run);
    run->add = add;
    run->source = source;
    run->arg = arg;
    for (unsigned i = 0; i < pool_threads(pool) && code == AULA_OK; i++) {
        code = open_worker(&run->workers[i], block, scratch_size);
    }
    if (code != AULA_OK) {
        goto out;
    }
    pool_run(pool, count, block, add_piece, run);
    for (unsigned i = 1; i < pool_threads(pool); i++) {
        curve_add(&run->workers[0].sum, &run->workers[0].sum,
                  &run->workers[i].sum);
    }
    for (unsigned i = 0; i < pool_threads(pool) && code == AULA_OK; i++) {
        code = run->workers[i].code;
    }
    if (code == AULA_OK) {
        *sum = run->workers[0].sum;
    }
out:
    for (unsigned i = 0; i < pool_threads(pool); i++) {
        close_worker(&run->workers[i]);
    }
    sodium_free(run);
    return code;
}
