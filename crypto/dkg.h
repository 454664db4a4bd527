/* SPDX-License-Identifier: Apache-2.0 */
/* The trustee ceremony: N trustees make one election key of which any T of them
 * hold enough to decrypt (PROTOCOL.md section 3).
 *
 *   round 1 file    105 + m + 32 T + 64 + 64 bytes
 *     "AUL1" 1 cid N T i transport sign m name A_0..A_{T-1} c z signature
 *   round 2 file    72 + 114 (N - 1) + 64 bytes
 *     "AUL2" 1 cid N T i tr1 sealed_1..sealed_N (without i's own) signature
 *   confirmation    64 bytes, a signature over the whole outcome
 *
 * How trustee j goes through it:
 *   1. dkg_round1_make; hand the file out
 *   2. dkg_round1_check on each of the N files, dkg_set_check on all of them;
 *      the code of set.transcript (code.h) is read aloud by all
 *   3. dkg_round2_make; hand the file out
 *   4. dkg_round2_open on each file of another: the share s_ij
 *   5. dkg_outcome_find, dkg_secret_share, dkg_transcript2, dkg_confirm_make
 * Whoever makes or reads a package does 2, dkg_outcome_find and
 * dkg_confirm_check.
 *
 * A complaint ends the ceremony; the message of the error names the trustee by
 * its index. Nothing is kept between calls. Secrets (ceremony seed, shares,
 * x_j) are the caller's, in sodium_malloc memory; what is derived from them
 * here lives in sodium_malloc memory and is wiped. Constant time in secrets.
 * Source: PROTOCOL.md section 17 (Pedersen 1991, Feldman 1987).
 */
#ifndef AULA_DKG_H
#define AULA_DKG_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "group.h"
#include "sign.h"

enum {
    DKG_TRUSTEES_MAX = 32,
    DKG_CID_BYTES = 32,
    DKG_SEED_BYTES = 32,
    DKG_TRANSPORT_BYTES = 32,
    DKG_TRANSCRIPT_BYTES = 32,
    DKG_NAME_MAX_BYTES = 64,
    DKG_ROUND1_HEAD_BYTES = 105,
    DKG_ROUND2_HEAD_BYTES = 72,
    DKG_SEALED_BYTES = 114
};

/* Size of a round 1 file with a name of m bytes, and of a round 2 file. */
#define DKG_ROUND1_BYTES(m, T) ((size_t)233 + (size_t)(m) + (size_t)32 * (T))
#define DKG_ROUND2_BYTES(N)                                                    \
    ((size_t)136 + (size_t)DKG_SEALED_BYTES * ((size_t)(N)-1))
#define DKG_ROUND1_MAX_BYTES                                                   \
    DKG_ROUND1_BYTES(DKG_NAME_MAX_BYTES, DKG_TRUSTEES_MAX)
#define DKG_ROUND2_MAX_BYTES DKG_ROUND2_BYTES(DKG_TRUSTEES_MAX)

/* Which ceremony: picked by the office. 1 <= T <= N <= 32, else every function
 * that takes it from outside says AULA_DKG_PARAMS. */
struct dkg_params {
    uint8_t cid[DKG_CID_BYTES]; /* random */
    uint8_t count;              /* N */
    uint8_t threshold;          /* T */
};

/* A checked round 1 file, taken apart; all pointers go into the file. */
struct dkg_round1 {
    const uint8_t *file;
    size_t file_size;
    const uint8_t *transport;   /* DKG_TRANSPORT_BYTES */
    const uint8_t *sign_public; /* SIGN_PUBLIC_BYTES */
    const uint8_t *name;        /* UTF-8, not NUL-terminated */
    const uint8_t *commitments; /* A_0..A_{T-1}, checked points */
    uint8_t name_size;          /* 1..64 bytes */
    uint8_t index;              /* i, 1..N */
};

/* All round 1 files of one ceremony. */
struct dkg_set {
    struct dkg_params params;
    struct dkg_round1 members[DKG_TRUSTEES_MAX]; /* index i at i - 1 */
    uint8_t transcript[DKG_TRANSCRIPT_BYTES];    /* tr1 */
};

/* What the ceremony makes, known to everyone. */
struct dkg_outcome {
    uint8_t key[GROUP_POINT_BYTES];                      /* K */
    uint8_t shares[DKG_TRUSTEES_MAX][GROUP_POINT_BYTES]; /* X_j at j - 1 */
};

/** Coefficient f_k of trustee i: HS("dkg-coeff", seed, cid, N, T, i, k).
 *
 *  Out:     f     secret; zero means that the seed is of no use
 *  In:      k     0 .. T - 1
 */
void dkg_coefficient(uint8_t f[static GROUP_SCALAR_BYTES],
                     const struct dkg_params *params, uint8_t index, uint8_t k,
                     const uint8_t seed[static DKG_SEED_BYTES]);

/** The share that trustee `from` deals to trustee `to`: s = sum of f_k to^k.
 *
 *  Returns: AULA_OK, or AULA_MEMORY (no locked memory)
 *  Out:     share  secret, written on success only
 *  In:      seed   the ceremony seed of `from`
 */
AULA_MUST_CHECK enum aula_code
dkg_dealt_share(uint8_t share[static GROUP_SCALAR_BYTES],
                const struct dkg_params *params, uint8_t from, uint8_t to,
                const uint8_t seed[static DKG_SEED_BYTES],
                struct aula_error *err);

/** Make the round 1 file of one trustee.
 *
 *  Returns: AULA_OK
 *           AULA_DKG_PARAMS      not 1 <= T <= N <= 32
 *           AULA_DKG_INDEX       index not in 1..N
 *           AULA_DKG_KEY         `transport` is no canonical X25519 key
 *           AULA_BAD_FIELD       the name: length, UTF-8, or what 2.2 forbids
 *           AULA_SCALAR_INVALID  the seed gives a zero coefficient (never
 *                                seen; take a new seed)
 *           AULA_MEMORY          no locked memory for the secrets
 *  Out:     file       DKG_ROUND1_BYTES(name_size, T) bytes, written on success
 *                      only
 *  In:      name       `name_size` bytes of UTF-8, 1..64
 *           secret     signing key of this trustee (with its public key in it)
 *           transport  X25519 public key of this trustee
 *           seed       ceremony seed, fresh; needed again in round 2
 */
AULA_MUST_CHECK enum aula_code
dkg_round1_make(uint8_t *file, const struct dkg_params *params, uint8_t index,
                const uint8_t *name, size_t name_size,
                const uint8_t secret[static SIGN_SECRET_BYTES],
                const uint8_t transport[static DKG_TRANSPORT_BYTES],
                const uint8_t seed[static DKG_SEED_BYTES],
                struct aula_error *err);

/** Check one round 1 file, in the order of section 3.1.
 *
 *  Returns: AULA_OK, or the first failed check: AULA_TRUNCATED,
 *           AULA_BAD_MAGIC, AULA_BAD_VERSION, AULA_DKG_PARAMS,
 *           AULA_DKG_INDEX, AULA_DKG_KEY, AULA_BAD_FIELD,
 *           AULA_TRAILING_BYTES, AULA_SIG_INVALID, AULA_POINT_INVALID,
 *           AULA_POINT_IDENTITY, AULA_SCALAR_INVALID, AULA_DKG_POP
 *  Out:     view   the parts, written on success only
 *  In:      used   bit i - 1 set: a file of trustee i was accepted before
 *           file   `file_size` bytes, any
 *  Owner:   `view` points into `file`, which must outlive it
 */
AULA_MUST_CHECK enum aula_code
dkg_round1_check(struct dkg_round1 *view, const struct dkg_params *params,
                 uint32_t used, const uint8_t *file, size_t file_size,
                 struct aula_error *err);

/** Check the files of a ceremony as a set and compute tr1.
 *
 *  Returns: AULA_OK
 *           AULA_DKG_PARAMS     not 1 <= T <= N <= 32
 *           AULA_DKG_INDEX      not exactly the indices 1..N in order
 *           AULA_DKG_KEY_REUSE  two of the 2N transport and signing keys agree
 *  Out:     set    written on success only
 *  In:      views  `view_count` files that passed dkg_round1_check
 *  Owner:   the set points into the files, which must outlive it
 */
AULA_MUST_CHECK enum aula_code dkg_set_check(struct dkg_set *set,
                                             const struct dkg_params *params,
                                             const struct dkg_round1 *views,
                                             size_t view_count,
                                             struct aula_error *err);

/** Make the round 2 file of trustee `index`: a sealed share for each other.
 *
 *  Returns: AULA_OK
 *           AULA_DKG_INDEX  index not in 1..N
 *           AULA_DKG_KEY    the transport key of a trustee, named in the
 *                           message, cannot be sealed to (low order)
 *           AULA_MEMORY     no locked memory for the secrets
 *  Out:     file    DKG_ROUND2_BYTES(N) bytes; unspecified on failure, without
 *                   any secret in the clear
 *  In:      secret  signing key of trustee `index`
 *           seed    the ceremony seed of its round 1 file
 */
AULA_MUST_CHECK enum aula_code
dkg_round2_make(uint8_t *file, const struct dkg_set *set, uint8_t index,
                const uint8_t secret[static SIGN_SECRET_BYTES],
                const uint8_t seed[static DKG_SEED_BYTES],
                struct aula_error *err);

/** Check what anyone can check of a round 2 file.
 *
 *  Returns: AULA_OK, or the first failed check: AULA_TRUNCATED,
 *           AULA_BAD_MAGIC, AULA_BAD_VERSION, AULA_DKG_PARAMS,
 *           AULA_DKG_INDEX, AULA_TRAILING_BYTES, AULA_SIG_INVALID,
 *           AULA_DKG_TRANSCRIPT
 *  Out:     index  i, who dealt; on success only; may be NULL
 *  In:      used   bit i - 1 set: the file of trustee i was there before
 *           file   `file_size` bytes, any
 */
AULA_MUST_CHECK enum aula_code
dkg_round2_check(uint8_t *index, const struct dkg_set *set, uint32_t used,
                 const uint8_t *file, size_t file_size, struct aula_error *err);

/** Check a round 2 file of another and open the share for trustee `own`, in the
 *  order of section 3.2. A failure accuses the trustee that the message names.
 *
 *  Returns: AULA_OK, a code of dkg_round2_check (AULA_DKG_INDEX also for the
 *           own file), or then the first of
 *           AULA_DKG_SEAL        the box does not open, or was made for
 *                                another ceremony or pair of trustees
 *           AULA_SCALAR_INVALID  the share is no scalar
 *           AULA_DKG_SHARE       the share is not the committed one
 *           and, accusing nobody,
 *           AULA_DKG_KEY         `transport_secret` is not the key of `own`;
 *                                looked at after dkg_round2_check
 *           AULA_MEMORY          no locked memory
 *  Out:     index  i, who dealt; on success only; may be NULL
 *           share  s_ij, secret; on success only
 *  In:      own    j, 1..N (asserted)
 *           transport_secret  X25519 secret key of trustee j
 *           used   bit i - 1 set: the file of trustee i was there before
 *           file   `file_size` bytes, any
 */
AULA_MUST_CHECK enum aula_code
dkg_round2_open(uint8_t *index, uint8_t share[static GROUP_SCALAR_BYTES],
                const struct dkg_set *set, uint8_t own,
                const uint8_t transport_secret[static DKG_TRANSPORT_BYTES],
                uint32_t used, const uint8_t *file, size_t file_size,
                struct aula_error *err);

/** tr2 = H32("dkg-transcript2", r2_1, .., r2_N).
 *
 *  In:      files  the N checked round 2 files in index order, each of
 *                  DKG_ROUND2_BYTES(N)
 */
void dkg_transcript2(uint8_t transcript[static DKG_TRANSCRIPT_BYTES],
                     const struct dkg_set *set, const uint8_t *const *files);

/** Compute K and the N public shares from the commitments.
 *
 *  Returns: AULA_OK, or AULA_DKG_KEY (K or an X_j is O)
 *  Out:     outcome  written on success only; shares past N are zero
 */
AULA_MUST_CHECK enum aula_code dkg_outcome_find(struct dkg_outcome *outcome,
                                                const struct dkg_set *set,
                                                struct aula_error *err);

/** Add up what trustee `own` was dealt: x_j, checked against X_j.
 *
 *  Returns: AULA_OK
 *           AULA_DKG_SHARE  x_j G is not X_j
 *           AULA_MEMORY     no locked memory
 *  Out:     x       secret, written on success only
 *  In:      own     j, 1..N (asserted)
 *           dealt   s_1j .. s_Nj in index order, the own s_jj
 *                   (dkg_dealt_share) among them; secret
 */
AULA_MUST_CHECK enum aula_code
dkg_secret_share(uint8_t x[static GROUP_SCALAR_BYTES],
                 const struct dkg_set *set, const struct dkg_outcome *outcome,
                 uint8_t own, const uint8_t (*dealt)[GROUP_SCALAR_BYTES],
                 struct aula_error *err);

/** Sign the outcome: conf_j = SIGN(j, "sig-confirm", cid, tr1, tr2, K,
 *  X_1 || .. || X_N). Only after dkg_secret_share passed: without N of these
 *  there is no package, since shares that never arrived lose all votes. */
void dkg_confirm_make(uint8_t confirmation[static SIGN_BYTES],
                      const struct dkg_set *set,
                      const struct dkg_outcome *outcome,
                      const uint8_t transcript2[static DKG_TRANSCRIPT_BYTES],
                      const uint8_t secret[static SIGN_SECRET_BYTES]);

/** Check the confirmation of trustee `index`, 1..N (asserted).
 *
 *  Returns: AULA_OK, or AULA_PKG_CONFIRM
 */
AULA_MUST_CHECK enum aula_code
dkg_confirm_check(const struct dkg_set *set, const struct dkg_outcome *outcome,
                  const uint8_t transcript2[static DKG_TRANSCRIPT_BYTES],
                  uint8_t index, const uint8_t confirmation[static SIGN_BYTES],
                  struct aula_error *err);

#endif
