/* SPDX-License-Identifier: Apache-2.0 */
/* The register of terminals (PROTOCOL.md 5.4): `register.bin`, published before
 * the voting opens, and `register-late.bin` for those that came later.
 *
 *   "AULG" 1 PH 32 u64 time u16 count, count x tid 16
 *   SIGN(office, "sig-register", all before); tids strictly ascending
 */
#ifndef AULA_REGISTER_H
#define AULA_REGISTER_H

#include <stdbool.h>

#include "certificate.h"

enum {
    REGISTER_HEAD_BYTES = 47,
    REGISTER_COUNT_MAX = 65535,
    REGISTER_BYTES_MAX = 111 + TERMINAL_ID_BYTES * REGISTER_COUNT_MAX
};

#define REGISTER_BYTES(count)                                                  \
    ((size_t)111 + (size_t)TERMINAL_ID_BYTES * (count))

struct terminals_register {
    uint64_t time;
    size_t count; /* 1 or more */
    const uint8_t *tids;
};

/** Make a register; tids are brought into order.
 *
 *  Returns: AULA_OK
 *           AULA_BAD_FIELD       count not in 1..REGISTER_COUNT_MAX
 *           AULA_REGISTER_ORDER  a tid twice
 *  Out:     file    REGISTER_BYTES(count), unspecified on failure
 *  In:      office  signing key of the office, secret
 *           tids    `count` of them, in any order; sorted in place
 */
AULA_MUST_CHECK enum aula_code
register_make(uint8_t *file, const struct package *package,
              const uint8_t office[static SIGN_SECRET_BYTES], uint64_t time,
              uint8_t (*tids)[TERMINAL_ID_BYTES], size_t count,
              struct aula_error *err);

/** Check a register.
 *
 *  Returns: AULA_OK, or the first failed check: those of 2.2,
 *           AULA_WRONG_ELECTION, AULA_BAD_FIELD (count 0), AULA_TRUNCATED,
 *           AULA_TRAILING_BYTES, AULA_SIG_INVALID, AULA_REGISTER_ORDER
 *  Out:     found  on success only; points into `bytes`
 *  In:      first  register.bin, where a register-late.bin is checked; NULL
 *                  for register.bin itself
 */
AULA_MUST_CHECK enum aula_code
register_check(struct terminals_register *found, const struct package *package,
               const struct terminals_register *first, const uint8_t *bytes,
               size_t size, struct aula_error *err);

/** Is a terminal in it? */
bool register_has(const struct terminals_register *list,
                  const uint8_t tid[static TERMINAL_ID_BYTES]);

/** H32("register", file), which is published in an independent place. */
void register_hash(uint8_t hash[static HASH_BYTES], const uint8_t *bytes,
                   size_t size);

#endif
