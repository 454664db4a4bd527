/* SPDX-License-Identifier: Apache-2.0 */
/* A whole small election in memory, from the trustees' keys to the result, told
 * step by step: what the libraries can do so far. Voting, mixing and decrypting
 * are the real ones; records, files and the package come with later floors.
 */
#ifndef AULA_DEMO_H
#define AULA_DEMO_H

#include <stddef.h>
#include <stdint.h>

#include "ballot.h"
#include "dkg.h"
#include "mix.h"
#include "pool.h"
#include "seal.h"
#include "sign.h"

enum { TRUSTEES = 3, THRESHOLD = 2, PROPOSALS = 5, LIMIT = 2, VOTERS = 12 };

/* Everything that one trustee keeps at home, and hands out. */
struct demo_trustee {
    uint8_t sign_public[SIGN_PUBLIC_BYTES];
    uint8_t sign_secret[SIGN_SECRET_BYTES];
    uint8_t transport_public[SEAL_PUBLIC_BYTES];
    uint8_t transport_secret[SEAL_SECRET_BYTES];
    uint8_t seed[DKG_SEED_BYTES];
    uint8_t share[GROUP_SCALAR_BYTES];
    uint8_t round1[DKG_ROUND1_MAX_BYTES];
    size_t round1_size;
    uint8_t round2[DKG_ROUND2_BYTES(TRUSTEES)];
};

/* In sodium_malloc memory: it holds every secret of the demonstration. */
struct demo {
    struct pool *pool;
    struct demo_trustee trustees[TRUSTEES];
    struct dkg_set set;
    struct dkg_outcome outcome;
    uint8_t sign_keys[TRUSTEES][SIGN_PUBLIC_BYTES];
    uint8_t package_hash[32];
    struct plaintext_rule rule;
    uint8_t list[64 * VOTERS]; /* the counted ballots */
    unsigned cast[PROPOSALS];  /* what the voters tapped, for comparison */
    uint8_t *mixed;            /* the last mix file, or NULL */
};

/* Each step tells what it does and ends the program when something does not
 * hold. */
void demo_ceremony(struct demo *demo);
void demo_voting(struct demo *demo);
void demo_mixing(struct demo *demo);
void demo_counting(struct demo *demo);

/** Go on only when `code` is `expected`. */
void demo_expect(enum aula_code code, enum aula_code expected,
                 const char *what);

#endif
