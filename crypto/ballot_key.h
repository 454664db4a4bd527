/* SPDX-License-Identifier: Apache-2.0 */
/* What ballot.c, ballot_check.c and ballot_key.c share. Not for use outside of
 * them.
 */
#ifndef AULA_BALLOT_KEY_H
#define AULA_BALLOT_KEY_H

#include <stdatomic.h>

#include "ballot.h"
#include "curve.h"

/* The secrets of one ballot under way: the padded plaintext, r and t, and the
 * points that would give M away. */
struct ballot_secrets {
    uint8_t chunks[PLAINTEXT_WIDTH_MAX][EMBED_CHUNK_BYTES];
    uint8_t r[PLAINTEXT_WIDTH_MAX][GROUP_SCALAR_BYTES];
    uint8_t t[PLAINTEXT_WIDTH_MAX][GROUP_SCALAR_BYTES];
    uint8_t embedded[GROUP_POINT_BYTES];
    struct curve_point message;
    struct curve_point mask;
};

/* Locked memory for one ballot at a time: to get it and to give it back costs
 * as much as a multiplication, so a key keeps a piece. Zeros while nobody has
 * it. */
struct ballot_spare {
    atomic_flag is_taken;
    struct ballot_secrets secrets;
};

struct ballot_key {
    struct curve_table *table;  /* multiples of K */
    struct ballot_spare *spare; /* in locked memory */
};

/** Locked memory for one ballot: the spare of the key, or a piece of its own
 *  while another thread has that.
 *
 *  Returns: NULL when there is none
 *  Owner:   ballot_give_secrets takes it back, with the same key
 */
struct ballot_secrets *ballot_take_secrets(const struct ballot_key *key);

/** Wipe it and give it back. */
void ballot_give_secrets(const struct ballot_key *key,
                         struct ballot_secrets *secrets);

/** c = HS("ballot-challenge", B, C, T_0 || .. || T_{w-1}) of step 6. */
void ballot_challenge(uint8_t c[static GROUP_SCALAR_BYTES],
                      const uint8_t context[static BALLOT_CONTEXT_BYTES],
                      const uint8_t *ciphertext, const uint8_t *commitments,
                      size_t width);

#endif
