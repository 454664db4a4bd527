/* SPDX-License-Identifier: Apache-2.0 */
/* The counting set (PROTOCOL.md 11.1 to 11.3): which records of an election are
 * counted, which are not and why, and what is odd about them.
 *
 * Records come in any order and any number of times; all that follows is a
 * function of the set of them, and of what the office ruled. The steps, in the
 * order in which a board is checked:
 *
 *   counting_open     for an election
 *   counting_add      each record that passes CHECK_RECORD
 *   counting_add_bad  each other one, by its hash
 *   counting_find     with the rulings: do their rows fit the set? findings
 *   counting_count    with the tags of those who voted elsewhere: exclusions,
 *                     numbers, warnings, the counted lists
 *
 * The last two may be repeated with other rulings and other tags, and after
 * more records; so that a ruling can be tried before it is signed.
 *
 * Of a record 216 bytes are kept and 20 for each a_i, never the record. Every
 * step is a sort: 1,000,000 ballots of one chunk take 0.35 GB and a few seconds
 * (measured); of 34 chunks, the most there can be, 0.9 GB, and 0.7 GB more
 * while the a_i are sorted on a machine that has it.
 */
#ifndef AULA_COUNTING_H
#define AULA_COUNTING_H

#include <stdbool.h>

#include "closing.h"
#include "record.h"
#include "register.h"
#include "rulings.h"

/* What the set needs to know of an election. */
struct counting_election {
    const struct package *package;
    const struct certificate *certificates; /* ascending by tid */
    size_t certificate_count;
    const struct terminals_register *first; /* register.bin; NULL: none yet */
    const struct terminals_register *late;  /* register-late.bin, or NULL */
};

/* Findings in the order of their names. */
enum counting_finding_name {
    COUNTING_CHAIN_BREAK,
    COUNTING_CLOSE_COUNT,
    COUNTING_DAY_STATE,
    COUNTING_FORK,
    COUNTING_GAP,
    COUNTING_NO_CLOSE,
    COUNTING_NO_RECORDS,
    COUNTING_REPEATED_RANDOMNESS,
    COUNTING_SESSION_COUNT,
    COUNTING_TIME_REGRESSION
};

struct counting_finding {
    enum counting_finding_name name;
    const uint8_t *tid;
    uint64_t first; /* seq; 0 of NO_RECORDS */
    uint64_t last;  /* the same, but for GAP */
    bool is_open;   /* makes a board INCOMPLETE */
};

/* A record that is not counted for a reason. */
struct counting_exclusion {
    const uint8_t *hash; /* rh */
    enum aula_code error;
    const uint8_t *tid; /* NULL: kept apart, it fails CHECK_RECORD */
    uint64_t seq;       /* 0 then */
};

/* Warnings in the order of their names. */
enum counting_warning_name {
    COUNTING_LATE_REGISTER,
    COUNTING_LATE_TERMINAL,
    COUNTING_MANY_EXCLUDED,
    COUNTING_SMALL_CONTEST
};

enum { COUNTING_NO_CONTEST = -1 };

struct counting_warning {
    enum counting_warning_name name;
    int contest;        /* COUNTING_NO_CONTEST where it does not apply */
    const uint8_t *tid; /* NULL where it does not apply */
    uint64_t count;
    uint64_t of;
};

/* A terminal of a register, or one that is certified only. */
struct counting_terminal {
    const uint8_t *tid;
    bool is_registered; /* in one of the registers: closings list it */
    bool is_late;       /* in register-late.bin */
    bool is_ruled;      /* a ruling of type 2, 3 or 4 names it */

    /* records that pass CHECK_RECORD, by kind */
    uint64_t cast;
    uint64_t challenged;
    uint64_t opened;
    uint64_t closed;
    uint64_t events;

    uint64_t excluded;        /* cast records excluded by 2 to 6 */
    uint64_t voted_elsewhere; /* by 5 alone */
    uint64_t seq_max;         /* 0: it has no record */
    const uint8_t *head;      /* rh at seq_max, the smallest; NULL: none */
};

enum counting_status {
    COUNTING_EMPTY = 0,
    COUNTING_COUNTED = 1,
    COUNTING_WITHHELD_SMALL = 2
};

/* A counted record. */
struct counting_ballot {
    const uint8_t *hash; /* rh */
    uint64_t place;      /* as it was given to counting_add */
};

struct counting_contest {
    enum counting_status status;
    uint64_t cast; /* cast records that pass CHECK_RECORD */
    uint64_t excluded;
    uint64_t voted_elsewhere;
    size_t counted;
    const struct counting_ballot *ballots; /* `counted`, ascending by rh */
};

/* Everything that follows from the set. */
struct counting_outcome {
    uint64_t record_count;          /* kept-apart ones too, each rh once */
    uint8_t record_set[HASH_BYTES]; /* H32("record-set", rh ascending) */

    size_t finding_count; /* by name, tid, first, last; none twice */
    const struct counting_finding *findings;
    size_t open_count; /* of them */

    size_t exclusion_count; /* by rh */
    const struct counting_exclusion *exclusions;

    size_t warning_count; /* by name, contest, tid; none before numbers */
    const struct counting_warning *warnings;

    size_t terminal_count; /* by tid */
    const struct counting_terminal *terminals;

    size_t contest_count; /* those of the package */
    const struct counting_contest *contests;
};

struct counting;

/** Begin an empty set.
 *
 *  Returns: AULA_OK or AULA_MEMORY
 *  Out:     set       NULL on failure
 *  In:      election  all that it points to must stay until counting_close
 *  Owner:   counting_close
 */
AULA_MUST_CHECK enum aula_code
counting_open(struct counting **set, const struct counting_election *election,
              struct aula_error *err);

/** Accepts NULL. */
void counting_close(struct counting *set);

/** Add a record that passed CHECK_RECORD; one that is there already changes
 *  nothing.
 *
 *  Returns: AULA_OK
 *           AULA_REC_UNKNOWN_TERMINAL  no certificate of its terminal
 *           AULA_TOO_LARGE             2^26 - 1 records are there
 *           AULA_MEMORY                the set is as it was
 *  In:      hash   rh
 *           place  where the caller finds the record again; handed back with
 *                  the counted lists
 *  Owner:   nothing of the record is kept
 */
AULA_MUST_CHECK enum aula_code
counting_add(struct counting *set, const struct record *record,
             const uint8_t hash[static HASH_BYTES], uint64_t place,
             struct aula_error *err);

/** Add a record that fails CHECK_RECORD, by its hash and its error. A hash that
 *  is also that of a good record counts as the good one.
 *
 *  Returns: AULA_OK, AULA_TOO_LARGE or AULA_MEMORY (the set is as it was)
 */
AULA_MUST_CHECK enum aula_code
counting_add_bad(struct counting *set, const uint8_t hash[static HASH_BYTES],
                 enum aula_code error, struct aula_error *err);

/** Apply rulings and compute the findings.
 *
 *  Returns: AULA_OK
 *           AULA_RULING_INVALID  a row does not fit the set (11.3, rows 1 to
 *                                6); err names the row, from 1, and the reason
 *           AULA_MEMORY
 *  In:      rows  of a file that passed its other checks; NULL for none. Not
 *                 kept
 */
AULA_MUST_CHECK enum aula_code counting_find(struct counting *set,
                                             const struct rulings_row *rows,
                                             size_t row_count,
                                             struct aula_error *err);

/** Exclude, and count what is left; after counting_find succeeded (asserted).
 *
 *  Returns: AULA_OK or AULA_MEMORY
 *  In:      tags  those who voted elsewhere, TAG_BYTES each, strictly
 *                 ascending; NULL for none. Not kept
 */
AULA_MUST_CHECK enum aula_code counting_count(struct counting *set,
                                              const uint8_t *tags,
                                              size_t tag_count,
                                              struct aula_error *err);

/** What came out: after counting_find the findings alone, after counting_count
 *  everything; nothing after a failure and after a further record.
 *
 *  Owner: the set's; stays until the next call that is not one of those below
 */
const struct counting_outcome *counting_outcome(const struct counting *set);

/** Why a record is not counted; AULA_OK when it is not excluded, or not there.
 */
enum aula_code counting_error_of(const struct counting_outcome *outcome,
                                 const uint8_t hash[static HASH_BYTES]);

/* Where the ciphertexts of counted ballots come from, since the set has none.
 */
struct counting_source {
    /** Returns: AULA_OK or any failure, which ends what is under way
     *  Out:     ciphertext  64 w bytes, valid until the next call
     *  In:      ballot      the calls come contest by contest, ascending by rh
     */
    enum aula_code (*read)(void *arg, const uint8_t **ciphertext,
                           uint16_t contest,
                           const struct counting_ballot *ballot,
                           struct aula_error *err);
    void *arg;
};

/** Fill what a closing says of the set; after counting_count succeeded
 *  (asserted).
 *
 *  Returns: AULA_OK
 *           AULA_TOO_LARGE  the list of a contest cannot be hashed: 2^32 bytes
 *           AULA_MEMORY
 *           what reading a ciphertext returned
 *  Out:     closing  record_count, record_set, terminals (those of the
 *                    registers) and contests; other members are left alone. On
 *                    failure it holds no list
 *  Owner:   counting_closing_clear
 */
AULA_MUST_CHECK enum aula_code
counting_closing(const struct counting *set, struct closing *closing,
                 const struct counting_source *source, struct aula_error *err);

/** Free the lists of a closing that counting_closing made; accepts one without
 *  any. */
void counting_closing_clear(struct closing *closing);

/** Names as PROTOCOL.md writes them. */
const char *counting_finding_text(enum counting_finding_name name);
const char *counting_warning_text(enum counting_warning_name name);
const char *counting_status_text(enum counting_status status);

#endif
