/* SPDX-License-Identifier: Apache-2.0 */
/* The witness of a terminal (PROTOCOL.md 9.2): its signed head, kept in a
 * second place, which shows that records were taken away or put back.
 *
 *   "AULW" 1 eid 16 tid 16 u64 seq rh 32 SIGN(terminal, "sig-head", PH, ..)
 */
#ifndef AULA_WITNESS_H
#define AULA_WITNESS_H

#include <stdbool.h>

#include "certificate.h"

enum { WITNESS_HEAD_BYTES = 77, WITNESS_BYTES = 141 };

struct witness {
    uint64_t seq; /* 0 at installation */
    uint8_t hash[HASH_BYTES];
};

/** prev of seq 1: H32("chain-start", PH, tid). */
void witness_chain_start(uint8_t hash[static HASH_BYTES],
                         const uint8_t package_hash[static HASH_BYTES],
                         const uint8_t tid[static TERMINAL_ID_BYTES]);

/** Make a witness.
 *
 *  Out:     file    WITNESS_BYTES
 *  In:      secret  the terminal's signing key
 */
void witness_make(uint8_t file[static WITNESS_BYTES],
                  const struct package *package,
                  const uint8_t secret[static SIGN_SECRET_BYTES],
                  const struct witness *witness);

/** Check a witness of this terminal.
 *
 *  Returns: AULA_OK, or the first failed check: those of 2.2,
 *           AULA_WRONG_ELECTION, AULA_TRUNCATED, AULA_TRAILING_BYTES,
 *           AULA_CERT_TERMINAL_ID, AULA_SIG_INVALID
 *  Out:     witness  on success only
 *  In:      key      the terminal's own public key
 */
AULA_MUST_CHECK enum aula_code
witness_check(struct witness *witness, const struct package *package,
              const uint8_t key[static SIGN_PUBLIC_BYTES], const uint8_t *bytes,
              size_t size, struct aula_error *err);

/** The table of 9.2, before anything is recorded.
 *
 *  Returns: AULA_OK, or the first of
 *           AULA_WITNESS_MISSING  no file, or one that fails its checks
 *           AULA_STORE_BEHIND     it names a record that is not there
 *           AULA_STORE_FORK       it names a record of another hash
 *           AULA_WITNESS_STALE    more than one record behind
 *  In:      witness   NULL for a file that is missing or fails its checks
 *           last_seq  of the store, 0 when empty
 *           found     hash of the store's record `witness->seq` (the chain
 *                     start for 0); not read where that is above last_seq
 */
AULA_MUST_CHECK enum aula_code witness_compare(const struct witness *witness,
                                               uint64_t last_seq,
                                               const uint8_t *found,
                                               struct aula_error *err);

/** The same for the copy on a stick, before an export: one that is missing or
 *  old is usual.
 *
 *  Returns: AULA_OK, AULA_STORE_BEHIND or AULA_STORE_FORK
 */
AULA_MUST_CHECK enum aula_code witness_compare_copy(const struct witness *copy,
                                                    uint64_t last_seq,
                                                    const uint8_t *found,
                                                    struct aula_error *err);

#endif
