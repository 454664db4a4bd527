/* SPDX-License-Identifier: Apache-2.0 */
/* The closing (PROTOCOL.md 11.4): the office freezes what is counted, and
 * everybody makes the same bytes again from the records.
 *
 *   "AULC" 1 PH 32 u64 time u64 record count, record set 32,
 *   rulings 32 elsewhere 32 register 32 late register 32
 *   u16 terminals, each: tid 16 u64 records u64 highest seq, rh 32
 *   u16 contests, each: u32 counted, H32("mix-list", ciphertexts) 32
 *   SIGN(office, "sig-closing", all before)
 *
 * Approvals, mixes and decryptions stand on its hash.
 */
#ifndef AULA_CLOSING_H
#define AULA_CLOSING_H

#include "certificate.h"

enum {
    CLOSING_HEAD_BYTES = 45,
    CLOSING_BYTES_MAX = 281 + 64 * 65535 + 36 * 65535
};

#define CLOSING_BYTES(terminals, contests)                                     \
    ((size_t)281 + (size_t)64 * (terminals) + (size_t)36 * (contests))

struct closing_terminal {
    uint8_t tid[TERMINAL_ID_BYTES];
    uint64_t count;           /* records that pass CHECK_RECORD */
    uint64_t seq_max;         /* 0: none */
    uint8_t head[HASH_BYTES]; /* rh at seq_max, the smallest; zeros: none */
};

struct closing_contest {
    uint32_t counted;
    uint8_t list_hash[HASH_BYTES]; /* mix_list_hash() of the counted list */
};

/* All that a closing says. */
struct closing {
    uint64_t time; /* later than `closes` of the package */
    uint64_t record_count;
    uint8_t record_set[HASH_BYTES];
    uint8_t rulings[HASH_BYTES];        /* zeros without that file */
    uint8_t elsewhere[HASH_BYTES];      /* likewise */
    uint8_t first_register[HASH_BYTES]; /* of register.bin */
    uint8_t late_register[HASH_BYTES];  /* zeros without */
    size_t terminal_count;              /* at most 65535 */
    struct closing_terminal *terminals; /* of the registers, by tid */
    size_t contest_count;               /* at most 65535 */
    struct closing_contest *contests;   /* of the package */
};

/** The bytes before the signature: what two closings of one board have in
 *  common to the byte.
 *
 *  Returns: their number, CLOSING_BYTES() - SIGN_BYTES
 *  Out:     body  CLOSING_BYTES() are room enough
 */
size_t closing_body(uint8_t *body, const struct package *package,
                    const struct closing *closing);

/** Write the signed file, CLOSING_BYTES(). */
void closing_make(uint8_t *file, const struct package *package,
                  const uint8_t office[static SIGN_SECRET_BYTES],
                  const struct closing *closing);

/** Check a closing as far as it stands for itself.
 *
 *  Returns: AULA_OK, or the first failed check: those of 2.2,
 *           AULA_WRONG_ELECTION, AULA_TRUNCATED, AULA_TRAILING_BYTES,
 *           AULA_SIG_INVALID, AULA_CLOSING_EARLY (not after `closes`)
 *  Out:     time  of it, on success only
 */
AULA_MUST_CHECK enum aula_code closing_check(uint64_t *time,
                                             const struct package *package,
                                             const uint8_t *bytes, size_t size,
                                             struct aula_error *err);

/** Compare a closing that passed closing_check with what was computed again.
 *
 *  Returns: AULA_OK
 *           AULA_CLOSING_MISMATCH  err names the first part that differs
 *           AULA_MEMORY
 *  In:      wanted  its time is not looked at: nobody can compute that
 */
AULA_MUST_CHECK enum aula_code
closing_compare(const struct package *package, const struct closing *wanted,
                const uint8_t *bytes, size_t size, struct aula_error *err);

/** H32("closing", file), which is published in an independent place. */
void closing_hash(uint8_t hash[static HASH_BYTES], const uint8_t *bytes,
                  size_t size);

#endif
