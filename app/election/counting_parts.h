/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of counting.h share. Not for use outside of them.
 *
 * Invariants
 * 1. a record stands once in `records`; `index` finds it by rh
 * 2. while `stage` is COUNTING_ARRANGED or later, `order` holds all records by
 *    (terminal, seq, rh), and each knows its parent; a parent stands before its
 *    children there, so that one pass in this order follows every chain
 * 3. `parent` is the record at seq - 1 of the same terminal whose rh is prev,
 *    revoked or not
 */
#ifndef AULA_COUNTING_PARTS_H
#define AULA_COUNTING_PARTS_H

#include "counting.h"

enum {
    COUNTING_PRINT_BYTES = 16,

    /* Good and kept apart, each: the hashes of both together are one field of
     * H32("record-set"), shorter than 2^32 bytes. */
    COUNTING_RECORDS_MAX = (1 << 26) - 1
};

/* Whether a day is open behind a record (DAY_STATE). */
enum counting_day {
    COUNTING_DAY_UNKNOWN,
    COUNTING_DAY_OPEN,
    COUNTING_DAY_SHUT
};

/* What findings see along prev from a record, itself included. */
struct counting_along {
    uint64_t time; /* of the nearest record of kinds 1 to 3 */
    bool has_time;
    bool has_counts; /* a record of kind 3 or 4 was met: */
    uint32_t cast;   /* ballots since */
    uint32_t challenged;
    enum counting_day day;
};

struct counting_record {
    uint8_t hash[HASH_BYTES];
    uint8_t prev[HASH_BYTES];
    uint8_t tag[TAG_BYTES];                   /* kind 1 */
    uint8_t ciphertext[COUNTING_PRINT_BYTES]; /* kinds 1, 2: print of C */
    struct record_counts counts;              /* kind 4 */
    uint64_t time;
    uint64_t place;
    uint32_t seq;
    uint32_t terminal; /* index */
    uint16_t contest;
    uint8_t kind;

    struct counting_record *parent;
    bool has_twin; /* another one stands at its (tid, seq) */

    bool is_named;    /* by a row of type 1 */
    bool is_on_chain; /* of a row of type 3 */
    bool is_revoked;
    struct counting_along along;

    uint64_t latest; /* t of exclusion 6 */
    bool is_whole;   /* class 0 of exclusion 6 */
    enum aula_code error;
};

/* A print of an a_i, and the record that it stands in. */
struct counting_trace {
    uint8_t print[COUNTING_PRINT_BYTES];
    uint32_t record; /* index */
};

struct counting_bad {
    uint8_t hash[HASH_BYTES];
    enum aula_code error;
};

/* What is known of a terminal beside its numbers. */
struct counting_chain {
    const struct certificate *certificate; /* NULL: none */
    size_t first; /* its records: order[first .. end) */
    size_t end;
    bool is_cut; /* a row of type 2 revokes what is behind: */
    uint64_t cut_seq;
    const struct counting_record *tip; /* that a row of type 3 names, or NULL */
    uint64_t tip_seq_min;              /* the smallest seq on its chain */
};

enum counting_stage {
    COUNTING_LOOSE, /* records came since */
    COUNTING_ARRANGED,
    COUNTING_FOUND
};

struct counting {
    const struct counting_election *election;
    uint8_t print_key[16];

    struct counting_record *records;
    size_t count;
    size_t room;
    uint32_t *index; /* 0: free, else record + 1; a power of two of slots */
    size_t index_room;
    struct counting_trace *traces;
    size_t trace_count;
    size_t trace_room;
    struct counting_bad *bad;
    size_t bad_count;
    size_t bad_room;

    enum counting_stage stage;
    struct counting_record **order;
    struct counting_chain *chains;       /* one for each of the terminals */
    struct counting_terminal *terminals; /* by tid */
    size_t terminal_count;

    struct counting_finding *findings;
    size_t finding_count;
    size_t finding_room;
    struct counting_exclusion *exclusions;
    struct counting_warning *warnings;
    struct counting_contest *contests; /* those of the package */
    struct counting_ballot *ballots;
    struct counting_outcome outcome;
};

/** A list that has to take one thing more.
 *
 *  Returns: AULA_OK or AULA_MEMORY
 *  Out:     list, room  grown where they have to be
 */
AULA_MUST_CHECK enum aula_code counting_grow(void **list, size_t *room,
                                             size_t count, size_t item_size,
                                             struct aula_error *err);

/** Memory for `count` things, at least one; zeroed. AULA_OK or AULA_MEMORY. */
AULA_MUST_CHECK enum aula_code counting_memory(void **list, size_t count,
                                               size_t item_size,
                                               struct aula_error *err);

/** The record of a hash, or NULL. */
struct counting_record *counting_by_hash(const struct counting *set,
                                         const uint8_t hash[static HASH_BYTES]);

/** The terminal of a tid as an index; terminal_count when there is none. */
size_t counting_terminal_of(const struct counting *set,
                            const uint8_t tid[static TERMINAL_ID_BYTES]);

/** Make the list of terminals: those of the registers and those certified. */
AULA_MUST_CHECK enum aula_code counting_set_terminals(struct counting *set,
                                                      struct aula_error *err);

/** Bring the records into order and find their parents (invariant 2). */
AULA_MUST_CHECK enum aula_code counting_arrange(struct counting *set,
                                                struct aula_error *err);

/** By terminal, seq and rh: less than 0, 0 or more, as qsort wants it. */
int counting_compare(const struct counting_record *left,
                     const struct counting_record *right);

/** Where the records at one (tid, seq) end that begin at order[first]. */
size_t counting_group_end(const struct counting *set, size_t first);

/** Apply the rows of types 1 to 3, and check all rows but for rule 6. */
AULA_MUST_CHECK enum aula_code counting_apply(struct counting *set,
                                              const struct rulings_row *rows,
                                              size_t row_count,
                                              struct aula_error *err);

/** Rules 4 and 5: which records may not be admitted beside each other. */
AULA_MUST_CHECK enum aula_code
counting_check_admitted(const struct counting *set,
                        const struct rulings_row *rows, size_t row_count,
                        struct aula_error *err);

/** Rule 6, and settle the findings that rows of type 4 explain. */
AULA_MUST_CHECK enum aula_code counting_explain(struct counting *set,
                                                const struct rulings_row *rows,
                                                size_t row_count,
                                                struct aula_error *err);

/** Refuse a row: AULA_RULING_INVALID, with its number, terminal and seq. */
enum aula_code counting_refuse(const struct rulings_row *rows, size_t row,
                               const char *reason, struct aula_error *err);

/** Fill the list of findings, in no order and with repetitions. */
AULA_MUST_CHECK enum aula_code counting_walk(struct counting *set,
                                             struct aula_error *err);
AULA_MUST_CHECK enum aula_code counting_walk_traces(struct counting *set,
                                                    struct aula_error *err);
AULA_MUST_CHECK enum aula_code counting_note(struct counting *set,
                                             enum counting_finding_name name,
                                             size_t terminal, uint64_t first,
                                             uint64_t last, bool is_open,
                                             struct aula_error *err);

/** Give each record its error (11.2). */
AULA_MUST_CHECK enum aula_code counting_exclude(struct counting *set,
                                                const uint8_t *tags,
                                                size_t tag_count,
                                                struct aula_error *err);

/** From the errors: numbers, and the counted lists. */
AULA_MUST_CHECK enum aula_code counting_sum(struct counting *set,
                                            struct aula_error *err);

/** The set itself: exclusions, record count, H32("record-set"). */
AULA_MUST_CHECK enum aula_code counting_list(struct counting *set,
                                             struct aula_error *err);

/** Warnings (11.4). */
AULA_MUST_CHECK enum aula_code counting_warn(struct counting *set,
                                             struct aula_error *err);

#endif
