/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of many scalar multiples: sum over i of scalar_i * point_i.
 *
 * Three ways, by who may know the scalars and how many terms there are:
 *   msm_public  long lists of public values, by buckets (Pippenger), in blocks
 *               on all cores; about a tenth of the separate multiplications
 *   msm_few     a few public terms with one chain of doublings (Straus, wNAF)
 *   msm_secret  long lists with secret scalars, one chain of doublings a block,
 *               in constant time: fixed windows, every table entry is read
 *
 * Terms come from a source that fills a block at a time, so a list needs no
 * copy and memory does not grow with its length. A sum of group elements has
 * one encoding, whatever the blocks and threads. Source: N. Pippenger 1980; E.
 * Straus 1964.
 */
#ifndef AULA_MSM_H
#define AULA_MSM_H

#include <stddef.h>
#include <stdint.h>

#include "curve.h"
#include "error.h"
#include "pool.h"

enum { MSM_FEW_MAX = 34 };

/** Give terms first .. first + count - 1.
 *
 *  Returns: AULA_OK, or what is wrong with a term: the sum then fails with it
 *  Out:     points, scalars  `count` places each
 */
typedef enum aula_code msm_source(void *arg, size_t first, size_t count,
                                  struct curve_point *points,
                                  uint8_t (*scalars)[GROUP_SCALAR_BYTES]);

/** Sum `count` public terms; none gives O.
 *
 *  Returns: AULA_OK, AULA_MEMORY, or a code of the source (some one of them
 *           when several terms are wrong: a caller that must name the first
 *           looks for it in order)
 *  Out:     sum  written on success only
 */
AULA_MUST_CHECK enum aula_code msm_public(struct curve_point *sum,
                                          struct pool *pool, size_t count,
                                          msm_source *source, void *arg);

/** The same in constant time of the scalars. */
AULA_MUST_CHECK enum aula_code msm_secret(struct curve_point *sum,
                                          struct pool *pool, size_t count,
                                          msm_source *source, void *arg);

/** Sum up to MSM_FEW_MAX public terms in this thread. */
void msm_few(struct curve_point *sum, const struct curve_point *points,
             const uint8_t (*scalars)[GROUP_SCALAR_BYTES], size_t count);

#endif
