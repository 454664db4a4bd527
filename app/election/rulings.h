/* SPDX-License-Identifier: Apache-2.0 */
/* Rulings of the office on single records and findings (PROTOCOL.md 11.3):
 * `rulings.bin`, public with all its reasons.
 *
 *   "AULU" 1 PH 32 u16 count, count x
 *     (u8 type tid 16 u64 seq hash 32 lp16 reason)
 *   SIGN(office, "sig-rulings", all before)
 *
 * What is checked here are bytes and signature; whether a row fits the records
 * is the counting set's to say (counting_find), also its type.
 */
#ifndef AULA_RULINGS_H
#define AULA_RULINGS_H

#include "certificate.h"

enum rulings_type {
    RULINGS_ADMIT = 1, /* this record of a fork, or beside a chain */
    RULINGS_REVOKE,    /* every record of tid with a higher seq */
    RULINGS_CHAIN,     /* the terminal's true chain ends in this record */
    RULINGS_EXPLAIN    /* the open findings of tid at seq are settled */
};

enum {
    RULINGS_HEAD_BYTES = 39,
    RULINGS_REASON_MAX = 1000, /* bytes */
    RULINGS_ROW_BYTES = 59,    /* without the reason */
    RULINGS_COUNT_MAX = 65535,
    RULINGS_BYTES_MAX = RULINGS_HEAD_BYTES + SIGN_BYTES +
                        RULINGS_COUNT_MAX *
                            (RULINGS_ROW_BYTES + RULINGS_REASON_MAX)
};

/* A row as it stands in the file, its type and hash not yet checked; the
 * pointers go into the file. */
struct rulings_row {
    uint8_t type;
    const uint8_t *tid;
    uint64_t seq;
    const uint8_t *hash; /* rh for ADMIT and CHAIN, else zeros */
    struct package_text reason;
};

struct rulings {
    struct rulings_row *rows;
    size_t count;
};

/** Bytes of a file with these rows. */
size_t rulings_size(const struct rulings_row *rows, size_t count);

/** Make a file.
 *
 *  Returns: AULA_OK
 *           AULA_BAD_FIELD  a reason is no text of 1..RULINGS_REASON_MAX bytes,
 *                           or too many rows
 *  Out:     file    rulings_size(), unspecified on failure
 *  In:      office  signing key of the office, secret
 */
AULA_MUST_CHECK enum aula_code
rulings_make(uint8_t *file, const struct package *package,
             const uint8_t office[static SIGN_SECRET_BYTES],
             const struct rulings_row *rows, size_t count,
             struct aula_error *err);

/** Check a file as far as it stands for itself.
 *
 *  Returns: AULA_OK, or the first failed check: those of 2.2,
 *           AULA_WRONG_ELECTION, AULA_BAD_FIELD (a reason), AULA_TRUNCATED,
 *           AULA_TRAILING_BYTES, AULA_SIG_INVALID
 *           AULA_MEMORY
 *  Out:     found  its rows point into `bytes`; all zero on failure
 *  Owner:   rulings_close
 */
AULA_MUST_CHECK enum aula_code rulings_check(struct rulings *found,
                                             const struct package *package,
                                             const uint8_t *bytes, size_t size,
                                             struct aula_error *err);
void rulings_close(struct rulings *rulings); /* accepts one all zero */

/** H32("rulings", file), which the closing names. */
void rulings_hash(uint8_t hash[static HASH_BYTES], const uint8_t *bytes,
                  size_t size);

#endif
