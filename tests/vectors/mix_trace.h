/* SPDX-License-Identifier: Apache-2.0 */
/* One step of mix.json made again, with everything on the way. */
#ifndef AULA_VECTORS_MIX_TRACE_H
#define AULA_VECTORS_MIX_TRACE_H

#include "mix.h"
#include "trial.h"

/** Shuffle with the row's seed; compare the trace and then the whole file, in
 *  the order of 12.1. */
void mix_trace_check(struct trial *trial, const json_t *row,
                     const struct mix_input *input, uint8_t trustee,
                     const uint8_t secret[static SIGN_SECRET_BYTES],
                     struct span expected);

#endif
