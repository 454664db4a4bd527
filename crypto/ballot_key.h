/* SPDX-License-Identifier: Apache-2.0 */
/* What ballot.c and ballot_check.c share. Not for use outside of them. */
#ifndef AULA_BALLOT_KEY_H
#define AULA_BALLOT_KEY_H

#include "ballot.h"
#include "curve.h"

struct ballot_key {
    struct curve_table *table; /* multiples of K */
};

/** c = HS("ballot-challenge", B, C, T_0 || .. || T_{w-1}) of step 6. */
void ballot_challenge(uint8_t c[static GROUP_SCALAR_BYTES],
                      const uint8_t context[static BALLOT_CONTEXT_BYTES],
                      const uint8_t *ciphertext, const uint8_t *commitments,
                      size_t width);

#endif
