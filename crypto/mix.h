/* SPDX-License-Identifier: Apache-2.0 */
/* The verifiable shuffle and its file (PROTOCOL.md section 12).
 *
 * A trustee takes N ciphertexts of width w, re-encrypts and permutes them, and
 * proves with a commitment to the permutation that nothing was added, left out
 * or changed (Terelius and Wikström; the form of Haenni, Locher, Koenig and
 * Dubuis). The output is a whole mix file, and the file is the proof:
 *
 *   header 78 bytes | E' 64Nw | C 32N | Ch 32N |
 *   c | s1 | s2 | s3 | s4 32w | sh 32N | sp 32N | signature 64
 *
 * Work and memory grow linearly with N; the result does not depend on the
 * number of threads. The order of memory accesses of the permutation is the one
 * thing that is not constant time (section 15: the mixing computer is offline
 * and single-user).
 */
#ifndef AULA_MIX_H
#define AULA_MIX_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "group.h"
#include "pool.h"
#include "sign.h"

enum {
    MIX_SEED_BYTES = 32,
    MIX_COUNT_MAX = 1000000,  /* N, section 2.2 */
    MIX_PAIRS_MAX = 50000000, /* N w, section 2.2 */
    MIX_TRUSTEES_MAX = 32,
    MIX_LIST_HASH_BYTES = 32
};

/* What a mix is about: everything but who mixes. */
struct mix_input {
    const uint8_t *package_hash; /* PH, 32 bytes */
    const uint8_t *key;          /* K, 32 bytes, a checked point */
    uint16_t contest;
    uint8_t position;    /* 1, 2, .. */
    uint8_t width;       /* w, 1..34 */
    uint32_t count;      /* N */
    const uint8_t *list; /* E: 64 N w bytes, checked points */
};

/** Bytes of a mix file: 270 + 32 w + N (128 + 64 w). */
size_t mix_file_size(size_t count, size_t width);

/** H32("mix-list", E) of N rows of w pairs. */
void mix_list_hash(uint8_t hash[static MIX_LIST_HASH_BYTES],
                   const uint8_t *list, size_t count, size_t width);

/** Shuffle a list and write the whole signed mix file.
 *
 *  Returns: AULA_OK
 *           AULA_MIX_SMALL      N < 2: one ballot cannot be mixed
 *           AULA_TOO_LARGE      more than section 2.2 allows
 *           AULA_POINT_INVALID, AULA_POINT_IDENTITY  K or a point of the list;
 *                               an output point that came out as O (never
 *                               seen; take a new seed)
 *           AULA_MEMORY         no memory
 *  Out:     file     mix_file_size() bytes; unspecified on failure
 *  In:      trustee  v, from 1
 *           secret   signing key of trustee v
 *           seed     fresh and secret, never stored; the caller wipes it
 */
AULA_MUST_CHECK enum aula_code
mix_make(uint8_t *file, struct pool *pool, const struct mix_input *input,
         uint8_t trustee, const uint8_t secret[static SIGN_SECRET_BYTES],
         const uint8_t seed[static MIX_SEED_BYTES], struct aula_error *err);

/** Check a mix file against the list that it claims to have mixed, in the order
 *  of 12.3.
 *
 *  Returns: AULA_OK, or the first failed check: AULA_TOO_LARGE (the input),
 *           AULA_TRUNCATED, AULA_BAD_MAGIC, AULA_BAD_VERSION,
 *           AULA_WRONG_ELECTION, AULA_MIX_CONTEST, AULA_MIX_ORDER,
 *           AULA_MIX_TRUSTEE, AULA_MIX_SIZE, AULA_TRAILING_BYTES,
 *           AULA_SIG_INVALID, AULA_MIX_INPUT, AULA_POINT_INVALID,
 *           AULA_POINT_IDENTITY, AULA_SCALAR_INVALID, AULA_MIX_SMALL,
 *           AULA_MIX_PROOF; AULA_MEMORY
 *  In:      input          the expected position and the input of it
 *           trustee_keys   `trustee_count` signing keys in index order
 *           used           bit v - 1 set: trustee v mixed this contest before
 *           file           `file_size` bytes from outside
 *  Out:     trustee        v, on success only; may be NULL
 */
AULA_MUST_CHECK enum aula_code
mix_check(uint8_t *trustee, struct pool *pool, const struct mix_input *input,
          const uint8_t (*trustee_keys)[SIGN_PUBLIC_BYTES],
          size_t trustee_count, uint32_t used, const uint8_t *file,
          size_t file_size, struct aula_error *err);

/** Where E' stands in a checked file: the input of the next mix. */
const uint8_t *mix_output(const uint8_t *file);

#endif
