/* SPDX-License-Identifier: Apache-2.0 */
/* The list of those who voted elsewhere, online or on paper (PROTOCOL.md 11.3):
 * `elsewhere.bin`, public. It holds tags, never an identifier.
 *
 *   "AULY" 1 PH 32 u32 count, count x tag 32
 *   SIGN(office, "sig-elsewhere", all before); tags strictly ascending
 */
#ifndef AULA_ELSEWHERE_H
#define AULA_ELSEWHERE_H

#include "package.h"

enum {
    ELSEWHERE_HEAD_BYTES = 41,
    ELSEWHERE_BYTES_MAX = 512 * 1024 * 1024,
    ELSEWHERE_COUNT_MAX = (ELSEWHERE_BYTES_MAX - 105) / TAG_BYTES
};

#define ELSEWHERE_BYTES(count) ((size_t)105 + (size_t)TAG_BYTES * (count))

struct elsewhere {
    size_t count;
    const uint8_t *tags; /* TAG_BYTES each, strictly ascending */
};

/** Make a list; tags are brought into order.
 *
 *  Returns: AULA_OK
 *           AULA_TOO_LARGE        more than ELSEWHERE_COUNT_MAX
 *           AULA_ELSEWHERE_ORDER  a tag twice
 *  Out:     file    ELSEWHERE_BYTES(count), unspecified on failure
 *  In:      office  signing key of the office, secret
 *           tags    `count` of them, in any order; sorted in place
 */
AULA_MUST_CHECK enum aula_code
elsewhere_make(uint8_t *file, const struct package *package,
               const uint8_t office[static SIGN_SECRET_BYTES],
               uint8_t (*tags)[TAG_BYTES], size_t count,
               struct aula_error *err);

/** Check a list.
 *
 *  Returns: AULA_OK, or the first failed check: those of 2.2,
 *           AULA_WRONG_ELECTION, AULA_TRUNCATED, AULA_TRAILING_BYTES,
 *           AULA_SIG_INVALID, AULA_ELSEWHERE_ORDER
 *  Out:     found  on success only; points into `bytes`
 */
AULA_MUST_CHECK enum aula_code
elsewhere_check(struct elsewhere *found, const struct package *package,
                const uint8_t *bytes, size_t size, struct aula_error *err);

/** H32("elsewhere", file), which is published in an independent place. */
void elsewhere_hash(uint8_t hash[static HASH_BYTES], const uint8_t *bytes,
                    size_t size);

#endif
