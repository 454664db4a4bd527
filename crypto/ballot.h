/* SPDX-License-Identifier: Apache-2.0 */
/* One encrypted ballot with its proof (PROTOCOL.md 7.2) and code hash (8).
 *
 *   ciphertext C   64 w bytes: a_0 || b_0 || .. || a_{w-1} || b_{w-1}
 *   proof          32 + 32 w bytes: c || z_0 || .. || z_{w-1}
 *   context B      64 bytes: election, key, contest, terminal, place in the
 *                  chain, time and voter; a ciphertext fits no other record
 *
 * Everything follows from the seed, the context and the plaintext: the same
 * three give the same bytes, which is how a challenged ballot is opened. The
 * caller draws a fresh seed for every ballot and keeps seed and plaintext in
 * sodium_malloc memory.
 */
#ifndef AULA_BALLOT_H
#define AULA_BALLOT_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "group.h"
#include "plaintext.h"
#include "pool.h"

enum {
    BALLOT_CONTEXT_BYTES = 64,
    BALLOT_SEED_BYTES = 32,
    BALLOT_CODE_HASH_BYTES = 32
};

#define BALLOT_CIPHERTEXT_BYTES(w) ((size_t)64 * (w))
#define BALLOT_PROOF_BYTES(w) ((size_t)32 + (size_t)32 * (w))

/* What B binds a ballot to: the fields of the record to be written. */
struct ballot_place {
    const uint8_t *package_hash; /* PH, 32 bytes */
    const uint8_t *key;          /* K, 32 bytes */
    uint16_t contest;
    uint8_t width;       /* w */
    const uint8_t *tid;  /* 16 bytes */
    uint64_t seq;        /* of the record */
    uint64_t time;       /* unix seconds, of the record */
    const uint8_t *prev; /* 32 bytes, of the record */
    const uint8_t *tagc; /* 32 bytes: H32("tag-bind", nonce, tag) */
};

/** B = H64("ballot-context", PH, K, contest, w, tid, seq, time, prev, tagc). */
void ballot_context(uint8_t context[static BALLOT_CONTEXT_BYTES],
                    const struct ballot_place *place);

/* The election key K, ready for many ballots; with locked memory for one of
 * them at a time. Threads may share it. */
struct ballot_key;

/** Returns: AULA_OK, AULA_POINT_INVALID, AULA_POINT_IDENTITY or AULA_MEMORY
 *  Owner:   ballot_key_close frees it (NULL accepted)
 */
AULA_MUST_CHECK enum aula_code
ballot_key_open(struct ballot_key **key,
                const uint8_t point[static GROUP_POINT_BYTES],
                struct aula_error *err);
void ballot_key_close(struct ballot_key *key);

/** Encrypt a plaintext and prove knowledge of it.
 *
 *  Returns: AULA_OK
 *           AULA_PT_PADDING, AULA_PT_LIMIT, AULA_PT_RANK  an invalid plaintext
 *                  is never encrypted
 *           AULA_PT_EMBED, AULA_SCALAR_INVALID  a chunk without embedding, or a
 *                  seed that gives r_i = 0 or b_i = O (never seen; take a new
 *                  seed)
 *           AULA_MEMORY    no locked memory for the secrets, while another
 *                          thread has that of the key
 *  Out:     ciphertext  BALLOT_CIPHERTEXT_BYTES(w), written on success only
 *           proof       BALLOT_PROOF_BYTES(w), likewise
 *  In:      context     B of the record to be written
 *           seed        BALLOT_SEED_BYTES, fresh and secret; wiped by caller
 *           plaintext   plaintext_size(rule) bytes, secret
 */
AULA_MUST_CHECK enum aula_code
ballot_encrypt(uint8_t *ciphertext, uint8_t *proof,
               const struct ballot_key *key,
               const uint8_t context[static BALLOT_CONTEXT_BYTES],
               const struct plaintext_rule *rule, const uint8_t *plaintext,
               size_t plaintext_bytes,
               const uint8_t seed[static BALLOT_SEED_BYTES],
               struct aula_error *err);

/** Check the points, the scalars and the proof of a ballot, in that order.
 *
 *  Returns: AULA_OK, AULA_POINT_INVALID, AULA_POINT_IDENTITY,
 *           AULA_SCALAR_INVALID or AULA_BALLOT_PROOF
 */
AULA_MUST_CHECK enum aula_code
ballot_check(const uint8_t context[static BALLOT_CONTEXT_BYTES], size_t width,
             const uint8_t *ciphertext, const uint8_t *proof);

/** Check that an opened ballot is what its seed and plaintext say: the rules of
 *  6.1 hold and 7.2 run again gives C and proof byte for byte.
 *
 *  Returns: AULA_OK, AULA_CHALLENGE_MISMATCH, or AULA_MEMORY
 */
AULA_MUST_CHECK enum aula_code
ballot_check_opening(const struct ballot_key *key,
                     const uint8_t context[static BALLOT_CONTEXT_BYTES],
                     const struct plaintext_rule *rule,
                     const uint8_t *plaintext, size_t plaintext_bytes,
                     const uint8_t seed[static BALLOT_SEED_BYTES],
                     const uint8_t *ciphertext, const uint8_t *proof,
                     struct aula_error *err);

/* One ballot of a list to be checked. */
struct ballot_claim {
    const uint8_t *context;
    const uint8_t *ciphertext;
    const uint8_t *proof;
    size_t width;
    enum aula_code code; /* out: what ballot_check says of it */
};

/** ballot_check for each of a list, on all cores. */
void ballot_check_list(struct pool *pool, struct ballot_claim *claims,
                       size_t count);

/** code_hash = H32("ballot-code", B, C, proof); code.h writes it for people. */
void ballot_code_hash(uint8_t hash[static BALLOT_CODE_HASH_BYTES],
                      const uint8_t context[static BALLOT_CONTEXT_BYTES],
                      size_t width, const uint8_t *ciphertext,
                      const uint8_t *proof);

/** The scalars of 7.2, for whoever traces a difference: r_i of step 3, and t_i
 *  of step 5. Secret. */
void ballot_derive_r(uint8_t r[static GROUP_SCALAR_BYTES],
                     const uint8_t context[static BALLOT_CONTEXT_BYTES],
                     const uint8_t seed[static BALLOT_SEED_BYTES],
                     const uint8_t *plaintext, size_t plaintext_bytes,
                     uint32_t chunk);
void ballot_derive_t(uint8_t t[static GROUP_SCALAR_BYTES],
                     const uint8_t context[static BALLOT_CONTEXT_BYTES],
                     const uint8_t seed[static BALLOT_SEED_BYTES],
                     const uint8_t *plaintext, size_t plaintext_bytes,
                     const uint8_t *ciphertext, size_t width, uint32_t chunk);

#endif
