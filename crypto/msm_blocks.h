/* SPDX-License-Identifier: Apache-2.0 */
/* What msm_public and msm_secret share: a list cut into blocks, a scratch and a
 * partial sum for each worker, and the sum of the partial sums at the end.
 * Not for use outside of msm_*.c. */
#ifndef AULA_MSM_BLOCKS_H
#define AULA_MSM_BLOCKS_H

#include "msm.h"

/** Add one block to a partial sum.
 *
 *  In:  scratch  the worker's own memory, `scratch_size` bytes
 *       points, scalars  the block's terms, inside or beside the scratch
 */
typedef void msm_block(struct curve_point *sum, void *scratch,
                       const struct curve_point *points,
                       const uint8_t (*scalars)[GROUP_SCALAR_BYTES],
                       size_t count);

/** Run `add` over all blocks of at most `block` terms and sum up.
 *  Scratch and scalars live in sodium_malloc memory: scalars may be secret. */
AULA_MUST_CHECK enum aula_code
msm_run(struct curve_point *sum, struct pool *pool, size_t count, size_t block,
        size_t scratch_size, msm_block *add, msm_source *source, void *arg);

#endif
