/* SPDX-License-Identifier: Apache-2.0 */
/* The records of a terminal's chain (PROTOCOL.md section 9).
 *
 *   offset  size  field
 *        0     4  "AULR"
 *        4     1  version, 1
 *        5     1  kind
 *        6     2  contest (kinds 1, 2), else 0xFFFF
 *        8    16  eid
 *       24    16  tid
 *       40     8  seq, 1 .. 2^20
 *       48     8  time, unix seconds
 *       56    32  prev: hash of record seq - 1, for seq 1 the chain start
 *       88        by kind:
 *                 1 cast        tag 32, tag_nonce 32, C 64 w, proof 32 + 32 w
 *                 2 challenged  tagc 32, seed 32, C, proof, plaintext P
 *                 3 day opened  software digest 32
 *                 4 day closed  u32 cast, challenged, issued, unfinished
 *                 5 event       u16 code, u16 0, u64 value
 *      end    64  SIGN(terminal, "sig-record", PH, all before)
 *
 * Making never fails: what goes in has been checked before. Reading takes
 * nothing for granted.
 */
#ifndef AULA_RECORD_H
#define AULA_RECORD_H

#include "ballot.h"
#include "certificate.h"
#include "code.h"
#include "pool.h"
#include "tag.h"

enum record_kind {
    RECORD_CAST = 1,
    RECORD_CHALLENGED = 2,
    RECORD_OPENED = 3,
    RECORD_CLOSED = 4,
    RECORD_EVENT = 5
};

/* Section 9.1. */
enum record_event {
    RECORD_STARTED = 1,
    RECORD_RECOVERED = 2,
    RECORD_UNLOCKED = 3,
    RECORD_LOCKED_OUT = 4,
    RECORD_EXPORTED = 5,      /* value: batch number */
    RECORD_CLOCK_CHANGED = 6, /* value: seconds, two's complement */
    RECORD_FAULT = 7,         /* value: error number */
    RECORD_PAUSED = 8,
    RECORD_RESUMED = 9,
    RECORD_EARLY_CLOSE = 10,
    RECORD_REOPENED = 11,
    RECORD_SETUP_CHANGED = 12 /* value: number of the kit or roll, else 0 */
};

enum {
    RECORD_HEAD_BYTES = 88,
    RECORD_BYTES_MAX = 8192, /* limit of 2.2; the largest that can be is 4512 */
    RECORD_SEQ_MAX = 1 << 20,
    RECORD_NO_CONTEST = 0xFFFF,
    RECORD_OPENED_BYTES = 184,
    RECORD_CLOSED_BYTES = 168,
    RECORD_EVENT_BYTES = 164,
    RECORD_DIGEST_BYTES = 32
};

#define RECORD_CAST_BYTES(w) ((size_t)248 + (size_t)96 * (w))
#define RECORD_CHALLENGED_BYTES(w, plaintext_size)                             \
    (RECORD_CAST_BYTES(w) + (plaintext_size))

/* Numbers of a day, all since its opening. */
struct record_counts {
    uint32_t cast;
    uint32_t challenged;
    uint32_t issued;     /* sessions */
    uint32_t unfinished; /* sessions that ended without a cast record */
};

/* A record that was read; the pointers go into its bytes. */
struct record {
    enum record_kind kind;
    uint16_t contest;
    const uint8_t *tid;
    uint64_t seq;
    uint64_t time;
    const uint8_t *prev;

    /* kinds 1 and 2 */
    size_t width;
    const uint8_t *voter;      /* tag (1) or tagc (2) */
    const uint8_t *nonce;      /* tag_nonce (1) or seed (2) */
    const uint8_t *ciphertext; /* 64 w */
    const uint8_t *proof;      /* 32 + 32 w */
    const uint8_t *plaintext;  /* 2 only */
    size_t plaintext_size;

    const uint8_t *digest;       /* kind 3 */
    struct record_counts counts; /* kind 4 */
    enum record_event event;     /* kind 5 */
    uint64_t value;              /* kind 5 */

    const uint8_t *bytes;
    size_t size;
};

/* Where a record stands, and who signs it. */
struct record_place {
    const struct package *package;
    const uint8_t *tid;
    const uint8_t *secret; /* signing key of the terminal, SIGN_SECRET_BYTES */
    uint64_t seq;
    uint64_t time;
    const uint8_t *prev;
};

/* What kinds 1 and 2 hold of a ballot. */
struct record_ballot {
    uint16_t contest;
    const uint8_t *voter;
    const uint8_t *nonce;
    const uint8_t *ciphertext;
    const uint8_t *proof;
};

/** Make a record of each kind.
 *
 *  Returns: its size
 *  Out:     out  RECORD_BYTES_MAX are room enough for each
 */
size_t record_make_cast(uint8_t *out, const struct record_place *place,
                        const struct record_ballot *ballot);
size_t record_make_challenged(uint8_t *out, const struct record_place *place,
                              const struct record_ballot *ballot,
                              const uint8_t *plaintext);
size_t record_make_opened(uint8_t *out, const struct record_place *place,
                          const uint8_t digest[static RECORD_DIGEST_BYTES]);
size_t record_make_closed(uint8_t *out, const struct record_place *place,
                          const struct record_counts *counts);

/** As above; that the value is one that 9.1 allows is the caller's (asserted).
 */
size_t record_make_event(uint8_t *out, const struct record_place *place,
                         enum record_event event, uint64_t value);

/** rh = H32("record", whole record with its signature). */
void record_hash(uint8_t hash[static HASH_BYTES], const uint8_t *bytes,
                 size_t size);

/** Checks 1 to 6 of CHECK_RECORD: what the bytes are.
 *
 *  Returns: AULA_OK, or the first failed check: AULA_TOO_LARGE,
 *           AULA_TRUNCATED, AULA_BAD_MAGIC, AULA_BAD_VERSION, AULA_REC_KIND,
 *           AULA_WRONG_ELECTION, AULA_REC_CONTEST, AULA_TRUNCATED,
 *           AULA_TRAILING_BYTES, AULA_REC_SEQ, AULA_BAD_FIELD
 *  Out:     record  on success only
 */
AULA_MUST_CHECK enum aula_code record_read(struct record *record,
                                           const struct package *package,
                                           const uint8_t *bytes, size_t size);

/** Checks 8 and 9: the terminal signed it, and a first record begins its chain.
 *
 *  Returns: AULA_OK, AULA_SIG_INVALID or AULA_CHAIN_START
 */
AULA_MUST_CHECK enum aula_code
record_check_signature(const struct record *record,
                       const struct package *package,
                       const uint8_t key[static SIGN_PUBLIC_BYTES]);

/* What CHECK_RECORD knows of an election. */
struct record_election {
    const struct package *package;
    const struct ballot_key *key;           /* of the package's K */
    const struct certificate *certificates; /* ascending by tid */
    size_t certificate_count;
};

/** CHECK_RECORD: all 13 checks in order.
 *
 *  Returns: AULA_OK, a code of record_read, or the first of
 *           AULA_REC_UNKNOWN_TERMINAL, AULA_SIG_INVALID, AULA_CHAIN_START,
 *           AULA_REC_CONTEST_TERMINAL, AULA_POINT_INVALID,
 *           AULA_POINT_IDENTITY, AULA_SCALAR_INVALID, AULA_BALLOT_PROOF,
 *           AULA_CHALLENGE_MISMATCH; AULA_MEMORY
 *  Out:     record  on success only
 */
AULA_MUST_CHECK enum aula_code
record_check(struct record *record, const struct record_election *election,
             const uint8_t *bytes, size_t size);

/* One record of a list to be checked. */
struct record_claim {
    const uint8_t *bytes;
    size_t size;
    enum aula_code code;  /* out: what record_check says of it */
    struct record record; /* out: when it is AULA_OK */
};

/** record_check for each of a list, on all cores; the results do not depend on
 *  how many there are. */
void record_check_list(struct pool *pool,
                       const struct record_election *election,
                       struct record_claim *claims, size_t count);

/** B of a record of kind 1 or 2 (section 7.2). */
void record_context(uint8_t context[static BALLOT_CONTEXT_BYTES],
                    const struct record *record, const struct package *package);

/** code_hash of a record of kind 1 or 2 (section 8). */
void record_code_hash(uint8_t hash[static BALLOT_CODE_HASH_BYTES],
                      const struct record *record,
                      const struct package *package);

#endif
