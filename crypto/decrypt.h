/* SPDX-License-Identifier: Apache-2.0 */
/* Partial decryption by one trustee, its proof and file, and the combination of
 * T of them (PROTOCOL.md section 13).
 *
 *   file: header 77 bytes | D 32Nw | c | z | signature 64
 *
 * One proof covers all N w points of a contest: a random combination that the
 * trustee cannot foresee (soundness error 2/l a trial).
 */
#ifndef AULA_DECRYPT_H
#define AULA_DECRYPT_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "group.h"
#include "plaintext.h"
#include "pool.h"
#include "sign.h"

enum { DECRYPT_SEED_BYTES = 32, DECRYPT_TRUSTEES_MAX = 32 };

/* What is decrypted: the output of the last mix of a contest. */
struct decrypt_input {
    const uint8_t *package_hash; /* PH, 32 bytes */
    uint16_t contest;
    uint8_t width;       /* w */
    uint32_t count;      /* N */
    const uint8_t *list; /* E: 64 N w bytes, checked points */
};

/** Bytes of a decryption file: 205 + 32 N w. */
size_t decrypt_file_size(size_t count, size_t width);

/** Decrypt with one share and write the whole signed file.
 *
 *  Returns: AULA_OK
 *           AULA_POINT_INVALID, AULA_POINT_IDENTITY  an a_m of the list
 *           AULA_SCALAR_INVALID  the share is not a scalar, or is zero
 *           AULA_TOO_LARGE       more than section 2.2 allows
 *           AULA_MEMORY          no memory
 *  Out:     file     decrypt_file_size() bytes; unspecified on failure
 *  In:      trustee  v, from 1
 *           secret   signing key of trustee v
 *           share    x_v, secret
 *           seed     fresh and secret for every run
 */
AULA_MUST_CHECK enum aula_code
decrypt_make(uint8_t *file, struct pool *pool,
             const struct decrypt_input *input, uint8_t trustee,
             const uint8_t secret[static SIGN_SECRET_BYTES],
             const uint8_t share[static GROUP_SCALAR_BYTES],
             const uint8_t seed[static DECRYPT_SEED_BYTES],
             struct aula_error *err);

/** Check a decryption file in the order of section 13.
 *
 *  Returns: AULA_OK, or the first failed check: AULA_TOO_LARGE,
 *           AULA_TRUNCATED, AULA_BAD_MAGIC, AULA_BAD_VERSION,
 *           AULA_WRONG_ELECTION, AULA_DEC_CONTEST, AULA_DEC_TRUSTEE,
 *           AULA_DEC_SIZE, AULA_TRAILING_BYTES, AULA_SIG_INVALID,
 *           AULA_DEC_INPUT, AULA_POINT_INVALID, AULA_POINT_IDENTITY,
 *           AULA_SCALAR_INVALID, AULA_DEC_PROOF; AULA_MEMORY
 *  In:      trustee_keys   `trustee_count` signing keys in index order
 *           shares         as many public shares X_v, checked points
 *           used           bit v - 1 set: trustee v decrypted it before
 *  Out:     trustee        v, on success only; may be NULL
 */
AULA_MUST_CHECK enum aula_code
decrypt_check(uint8_t *trustee, struct pool *pool,
              const struct decrypt_input *input,
              const uint8_t (*trustee_keys)[SIGN_PUBLIC_BYTES],
              const uint8_t (*shares)[GROUP_POINT_BYTES], size_t trustee_count,
              uint32_t used, const uint8_t *file, size_t file_size,
              struct aula_error *err);

/** Where D stands in a checked file: N w points. */
const uint8_t *decrypt_points(const uint8_t *file);

/* One trustee's checked partial decryption. */
struct decrypt_part {
    uint8_t trustee;       /* v, from 1 */
    const uint8_t *points; /* decrypt_points() of its file */
};

/** lambda_j of each of `count` distinct trustees, count 1..32. Public. */
void decrypt_lagrange(uint8_t (*lambda)[GROUP_SCALAR_BYTES],
                      const uint8_t *trustees, size_t count);

/** Combine: M = b - sum of lambda_j D_j, over the T smallest trustees present.
 *
 *  Returns: AULA_OK
 *           AULA_DEC_TOO_FEW  fewer than `threshold` distinct parts
 *           AULA_POINT_INVALID, AULA_POINT_IDENTITY  a point of list or part
 *  Out:     messages  N w points of GROUP_POINT_BYTES; O as zeros; unspecified
 *                     on failure
 *  In:      parts     `part_count` in any order, no trustee twice
 */
AULA_MUST_CHECK enum aula_code
decrypt_combine(uint8_t *messages, struct pool *pool,
                const struct decrypt_input *input,
                const struct decrypt_part *parts, size_t part_count,
                size_t threshold, struct aula_error *err);

#endif
