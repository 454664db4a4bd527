/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the ceremony share: the head of both rounds, and
 * polynomials at small places. Not for use outside of dkg_*.c.
 */
#ifndef AULA_DKG_STEPS_H
#define AULA_DKG_STEPS_H

#include <stdbool.h>

#include "bytes.h"
#include "curve.h"
#include "dkg.h"

/* Both rounds begin with magic(4) version(1) cid(32) N T i. */
enum { DKG_INDEX_OFFSET = 39, DKG_COMMON_BYTES = 40 };

/** 1 <= T <= N <= 32? */
bool dkg_params_fit(const struct dkg_params *params);

/** Is bit i - 1 set, for i in 1..32? */
bool dkg_is_used(uint32_t used, uint8_t index);

void dkg_put_head(struct bytes_writer *writer, const char *magic,
                  const struct dkg_params *params, uint8_t index);

/** The checks that both rounds begin with: length of the fixed header, magic,
 *  version, the ceremony (AULA_DKG_PARAMS), the index (AULA_DKG_INDEX).
 *
 *  In:  round  1 or 2, which also names the file in messages
 */
AULA_MUST_CHECK enum aula_code
dkg_check_head(const struct dkg_params *params, unsigned round, uint32_t used,
               const uint8_t *file, size_t file_size, struct aula_error *err);

/** sum over k of place^k A_k, of public points; place is small (1..32). */
void dkg_evaluate(struct curve_point *sum, const struct curve_point *points,
                  size_t count, uint8_t place);

#endif
