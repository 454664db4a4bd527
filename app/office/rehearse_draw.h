/* SPDX-License-Identifier: Apache-2.0 */
/* The draws of a rehearsal that can be repeated: which choices ballots have and
 * in which order they come follows from one number, its seed. Keys, nonces and
 * everything else of cryptography are never drawn here.
 *
 *   stream  randombytes_buf_deterministic under a key that is
 *           seed u64, purpose u8, 7 zeros, index u64, number of the block u64
 */
#ifndef AULA_REHEARSE_DRAW_H
#define AULA_REHEARSE_DRAW_H

#include <stddef.h>
#include <stdint.h>

#include "plaintext.h"

enum rehearse_purpose {
    REHEARSE_ORDER,     /* in which order ballots come */
    REHEARSE_CONTEST,   /* which contest a drawn ballot is for */
    REHEARSE_CHOICES,   /* what it says */
    REHEARSE_CHALLENGE, /* what a ballot says that is opened */
    REHEARSE_VISITOR    /* what one says that must not count */
};

enum { REHEARSE_BLOCK_BYTES = 128 };

struct rehearse_draw {
    uint64_t seed;
    enum rehearse_purpose purpose;
    uint64_t index;
    uint64_t blocks; /* drawn so far */
    size_t used;     /* bytes of the last one */
    uint8_t block[REHEARSE_BLOCK_BYTES];
};

/** Begin the stream of one thing, counted by `index`. */
void rehearse_draw_start(struct rehearse_draw *draw, uint64_t seed,
                         enum rehearse_purpose purpose, uint64_t index);

/** A number below `bound` (1 or more, asserted), each equally likely. */
uint32_t rehearse_draw_below(struct rehearse_draw *draw, uint32_t bound);

/** A ballot that the rule allows; one in 32 is blank. Some proposals are more
 *  popular than others: which, follows from the seed.
 *
 *  Out:     plaintext  plaintext_size(rule) bytes
 */
void rehearse_draw_plaintext(uint8_t *plaintext,
                             const struct plaintext_rule *rule,
                             struct rehearse_draw *draw);

/** Bring a list into an order that follows from the seed. */
void rehearse_draw_order(uint32_t *list, size_t count, uint64_t seed);

#endif
