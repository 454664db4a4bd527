/* SPDX-License-Identifier: Apache-2.0 */
/* Records of a counting set without a signature or a proof: what stands in
 * them is what a test says. Their hashes are drawn. */
#ifndef AULA_TEST_COUNTING_PILE_H
#define AULA_TEST_COUNTING_PILE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "counting.h"
#include "draw.h"
#include "rulings.h"

enum {
    PILE_TERMINALS = 4,
    PILE_CONTESTS = 3,
    PILE_RECORDS = 128,
    PILE_ROWS = 8,
    PILE_TAGS = 8,
    PILE_WIDTH = 2,
    PILE_NONE = -1 /* no parent: prev is of a record that is not there */
};

static const uint64_t pile_opens = 1000000;
static const uint64_t pile_closes = 2000000;

struct pile_record {
    struct record record;
    uint8_t hash[HASH_BYTES];
    uint8_t prev[HASH_BYTES];
    uint8_t tag[TAG_BYTES];
    uint8_t ciphertext[BALLOT_CIPHERTEXT_BYTES(PILE_WIDTH)];
};

struct pile {
    struct package package;
    uint8_t tids[PILE_TERMINALS][TERMINAL_ID_BYTES];
    struct certificate certificates[PILE_TERMINALS];
    struct terminals_register first; /* the first two terminals */
    struct terminals_register late;  /* none, until a test says so */
    struct counting_election election;

    struct pile_record records[PILE_RECORDS];
    size_t count;
    struct rulings_row rows[PILE_ROWS];
    size_t row_count;
    uint8_t tags[PILE_TAGS][TAG_BYTES]; /* voted elsewhere, ascending */
    size_t tag_count;
    struct counting *set;
};

/* tids ascend; contests 0 and 1 are offered. */
static inline void pile_start(struct pile *pile)
{
    static const uint8_t offered[] = {0, 0, 1, 0};

    pile->package.opens = pile_opens;
    pile->package.closes = pile_closes;
    pile->package.min_anon = 2;
    pile->package.contest_count = PILE_CONTESTS;
    for (size_t i = 0; i < PILE_TERMINALS; i++) {
        memset(pile->tids[i], (int)(0x10 * (i + 1)), TERMINAL_ID_BYTES);
        memcpy(pile->certificates[i].tid, pile->tids[i], TERMINAL_ID_BYTES);
        pile->certificates[i].contests = offered;
        pile->certificates[i].count = 2;
    }
    pile->first = (struct terminals_register){pile_opens, 2, pile->tids[0]};
    pile->election = (struct counting_election){
        .package = &pile->package,
        .certificates = pile->certificates,
        .certificate_count = PILE_TERMINALS,
        .first = &pile->first,
    };
}

static inline int pile_make(void **state)
{
    struct pile *pile = calloc(1, sizeof *pile);

    assert_non_null(pile);
    pile_start(pile);
    *state = pile;
    return 0;
}

static inline int pile_clear(void **state)
{
    struct pile *pile = *state;

    counting_close(pile->set);
    free(pile);
    return 0;
}

#define WITH_PILE(test)                                                        \
    cmocka_unit_test_setup_teardown(test, pile_make, pile_clear)

/** Put a record behind another one of the same terminal, or with PILE_NONE at
 *  seq 1; a test changes what it likes of it. Returns its index. */
static inline int pile_put(struct pile *pile, size_t terminal, int parent,
                           enum record_kind kind)
{
    struct pile_record *made = &pile->records[pile->count];
    uint64_t number = pile->count;

    assert_true(pile->count < PILE_RECORDS);
    draw_bytes(made->hash, sizeof made->hash, "rh", number);
    draw_bytes(made->prev, sizeof made->prev, "prev", number);
    draw_bytes(made->tag, sizeof made->tag, "tag", number);
    draw_bytes(made->ciphertext, sizeof made->ciphertext, "C", number);
    if (parent != PILE_NONE) {
        memcpy(made->prev, pile->records[parent].hash, HASH_BYTES);
    }
    made->record = (struct record){
        .kind = kind,
        .tid = pile->tids[terminal],
        .seq = parent == PILE_NONE ? 1 : pile->records[parent].record.seq + 1,
        .time = pile_opens + number,
        .prev = made->prev,
        .width = 1,
        .voter = made->tag,
        .ciphertext = made->ciphertext,
    };
    pile->count++;
    return (int)number;
}

static inline struct record *pile_at(struct pile *pile, int record)
{
    return &pile->records[record].record;
}

/** A day's closing with the right numbers. */
static inline int pile_close_day(struct pile *pile, size_t terminal, int parent,
                                 uint32_t cast, uint32_t challenged)
{
    int made = pile_put(pile, terminal, parent, RECORD_CLOSED);

    pile_at(pile, made)->counts = (struct record_counts){cast, challenged, cast,
                                                         0};
    return made;
}

/** A day of `cast` ballots; returns its last record, or fills `all`. */
static inline int pile_day(struct pile *pile, size_t terminal, int cast)
{
    int last = pile_put(pile, terminal, PILE_NONE, RECORD_OPENED);

    for (int i = 0; i < cast; i++) {
        last = pile_put(pile, terminal, last, RECORD_CAST);
    }
    return pile_close_day(pile, terminal, last, (uint32_t)cast, 0);
}

/** A row of a ruling; of a record for types 1 and 3. */
static inline void pile_rule_place(struct pile *pile, enum rulings_type type,
                                   size_t terminal, uint64_t seq)
{
    static const uint8_t zeros[HASH_BYTES];

    assert_true(pile->row_count < PILE_ROWS);
    pile->rows[pile->row_count++] = (struct rulings_row){
        (uint8_t)type, pile->tids[terminal], seq, zeros, {"why", 3}};
}

static inline void pile_rule(struct pile *pile, enum rulings_type type,
                             int record)
{
    assert_true(pile->row_count < PILE_ROWS);
    pile->rows[pile->row_count++] =
        (struct rulings_row){(uint8_t)type,
                             pile_at(pile, record)->tid,
                             pile_at(pile, record)->seq,
                             pile->records[record].hash,
                             {"why", 3}};
}

static inline void pile_add(struct pile *pile, size_t record)
{
    assert_int_equal(counting_add(pile->set, &pile->records[record].record,
                                  pile->records[record].hash, record, NULL),
                     AULA_OK);
}

/** A new set with all records, as they stand. */
static inline void pile_fill(struct pile *pile)
{
    counting_close(pile->set);
    assert_int_equal(counting_open(&pile->set, &pile->election, NULL), AULA_OK);
    for (size_t i = 0; i < pile->count; i++) {
        pile_add(pile, i);
    }
}

/** What follows from the pile's records, rulings and tags. */
static inline const struct counting_outcome *pile_count(struct pile *pile)
{
    struct aula_error err = {AULA_OK, ""};

    pile_fill(pile);
    assert_int_equal(counting_find(pile->set, pile->rows, pile->row_count,
                                   &err),
                     AULA_OK);
    assert_int_equal(counting_count(pile->set, pile->tags[0], pile->tag_count,
                                    &err),
                     AULA_OK);
    return counting_outcome(pile->set);
}

#endif
