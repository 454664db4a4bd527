/* SPDX-License-Identifier: Apache-2.0 */
/* Counting sets: rulings that are refused, each for a reason that is named, and
 * what a closing says of a set. */
#include "counting_pile.h"

static void expect_refusal(struct pile *pile, const char *row,
                           const char *reason)
{
    struct aula_error err = {AULA_OK, ""};

    pile_fill(pile);
    assert_int_equal(counting_find(pile->set, pile->rows, pile->row_count,
                                   &err),
                     AULA_RULING_INVALID);
    assert_non_null(strstr(err.message, row));
    assert_non_null(strstr(err.message, reason));
    assert_null(counting_outcome(pile->set)->findings);
    pile->row_count = 0;
}

/* A fork at seq 2: 1 and 2 behind 0. */
static void put_fork(struct pile *pile, enum record_kind left,
                     enum record_kind right)
{
    int opened = pile_put(pile, 0, PILE_NONE, RECORD_OPENED);

    (void)pile_put(pile, 0, opened, left);
    (void)pile_put(pile, 0, opened, right);
}

static void a_row_that_does_not_fit_is_named(void **state)
{
    struct pile *pile = *state;
    static const uint8_t hash[HASH_BYTES] = {1};

    put_fork(pile, RECORD_CAST, RECORD_CAST);
    pile_rule(pile, RULINGS_ADMIT, 1);
    pile_rule_place(pile, RULINGS_REVOKE, 2, 1);
    expect_refusal(pile, "row 2,", "in no register");
    pile_rule(pile, RULINGS_ADMIT, 1);
    pile->rows[0].type = 5;
    expect_refusal(pile, "row 1,", "no type");
    pile_rule(pile, RULINGS_CHAIN, 1);
    pile->rows[0].seq++;
    expect_refusal(pile, "seq 3", "no such record");
    pile_rule_place(pile, RULINGS_EXPLAIN, 0, 2);
    pile->rows[0].hash = hash;
    expect_refusal(pile, "row 1,", "a hash");
    pile_rule(pile, RULINGS_ADMIT, 0);
    expect_refusal(pile, "row 1,", "in no fork");
    pile_rule_place(pile, RULINGS_EXPLAIN, 0, 1);
    expect_refusal(pile, "row 1,", "no open finding");
    pile_rule_place(pile, RULINGS_EXPLAIN, 0, 2);
    assert_int_equal(pile_count(pile)->open_count, 1); /* NO_RECORDS of 1 */
}

static void rows_that_clash_are_refused(void **state)
{
    struct pile *pile = *state;

    put_fork(pile, RECORD_CAST, RECORD_CAST);
    pile_rule(pile, RULINGS_ADMIT, 1);
    pile_rule(pile, RULINGS_ADMIT, 1);
    expect_refusal(pile, "row", "the same row twice");
    pile_rule_place(pile, RULINGS_REVOKE, 0, 1);
    pile_rule_place(pile, RULINGS_REVOKE, 0, 2);
    expect_refusal(pile, "row", "a second row");
    pile_rule(pile, RULINGS_CHAIN, 1);
    pile_rule(pile, RULINGS_CHAIN, 2);
    expect_refusal(pile, "row", "a second row");
    pile_rule(pile, RULINGS_CHAIN, 1);
    pile_rule_place(pile, RULINGS_REVOKE, 0, 1);
    expect_refusal(pile, "row", "beside a revocation");
    pile_rule_place(pile, RULINGS_REVOKE, 0, 1);
    pile_rule_place(pile, RULINGS_REVOKE, 1, 1);
    assert_int_equal(pile_count(pile)->exclusion_count, 2);
}

/* Two records at one place: which pairs may be admitted beside each other. */
static void some_records_may_not_be_admitted_together(void **state)
{
    struct pile *pile = *state;

    put_fork(pile, RECORD_CAST, RECORD_CHALLENGED);
    pile_rule(pile, RULINGS_ADMIT, 1);
    (void)pile_count(pile);
    memcpy(pile->records[2].ciphertext, pile->records[1].ciphertext,
           sizeof pile->records[1].ciphertext);
    expect_refusal(pile, "row 1,", "seed was revealed");
    pile_rule(pile, RULINGS_ADMIT, 2); /* the opened one alone */
    (void)pile_count(pile);
    pile_at(pile, 1)->kind = RECORD_EVENT;
    pile_rule(pile, RULINGS_ADMIT, 1);
    expect_refusal(pile, "row", "a challenged ballot beside");
    pile_at(pile, 1)->kind = RECORD_CAST;
    pile_at(pile, 2)->kind = RECORD_CAST;
    pile_rule(pile, RULINGS_ADMIT, 1);
    pile_rule(pile, RULINGS_CHAIN, 2);
    (void)pile_count(pile);
    memcpy(pile->records[2].tag, pile->records[1].tag, TAG_BYTES);
    expect_refusal(pile, "row 1,", "two ballots of one voter");
}

static void a_ruling_that_is_withdrawn_leaves_nothing(void **state)
{
    struct pile *pile = *state;
    const struct counting_outcome *outcome;

    put_fork(pile, RECORD_CAST, RECORD_CAST);
    pile_rule(pile, RULINGS_ADMIT, 1);
    pile_rule_place(pile, RULINGS_EXPLAIN, 1, 0);
    outcome = pile_count(pile);
    assert_int_equal(outcome->exclusion_count, 1);
    assert_int_equal(outcome->open_count, 1); /* NO_CLOSE */
    assert_int_equal(counting_find(pile->set, NULL, 0, NULL), AULA_OK);
    assert_int_equal(counting_outcome(pile->set)->open_count, 3);
    assert_null(counting_outcome(pile->set)->contests);
    assert_int_equal(counting_count(pile->set, NULL, 0, NULL), AULA_OK);
    assert_int_equal(counting_outcome(pile->set)->exclusion_count, 2);
    assert_false(counting_outcome(pile->set)->terminals[1].is_ruled);
}

/* ---- closings */

struct reading {
    struct pile *pile;
    size_t left; /* reads that succeed */
};

static enum aula_code read_ciphertext(void *arg, const uint8_t **ciphertext,
                                      uint16_t contest,
                                      const struct counting_ballot *ballot,
                                      struct aula_error *err)
{
    struct reading *reading = arg;
    const struct pile_record *record = &reading->pile->records[ballot->place];

    assert_int_equal(record->record.contest, contest);
    if (reading->left == 0) {
        return aula_fail(err, AULA_IO, "a ballot cannot be read");
    }
    reading->left--;
    *ciphertext = record->ciphertext;
    return AULA_OK;
}

/* Approvals of 3 proposals are one chunk wide. */
static void offer(struct pile *pile, struct package_contest *contests)
{
    for (size_t i = 0; i < PILE_CONTESTS; i++) {
        contests[i].rule = (struct plaintext_rule){
            .type = PLAINTEXT_APPROVAL, .n = 3, .limit = 1};
    }
    pile->package.contests = contests;
}

static void expect_list(const struct pile *pile,
                        const struct closing_contest *contest, int low,
                        int high)
{
    uint8_t expected[HASH_BYTES];
    struct hash h;

    if (memcmp(pile->records[low].hash, pile->records[high].hash, HASH_BYTES) >
        0) {
        int swap = low;

        low = high;
        high = swap;
    }
    hash_start(&h, HASH_BYTES, "mix-list");
    hash_open_field(&h, 2 * (size_t)64);
    hash_more(&h, pile->records[low].ciphertext, 64);
    hash_more(&h, pile->records[high].ciphertext, 64);
    hash_end(&h, expected);
    assert_memory_equal(contest->list_hash, expected, HASH_BYTES);
}

static void a_closing_says_what_is_in_the_set(void **state)
{
    struct pile *pile = *state;
    struct package_contest contests[PILE_CONTESTS] = {0};
    struct reading reading = {pile, SIZE_MAX};
    struct counting_source source = {read_ciphertext, &reading};
    struct closing closing = {.time = 5, .rulings = {6}};
    int last = pile_day(pile, 0, 2);

    offer(pile, contests);
    (void)pile_put(pile, 3, PILE_NONE, RECORD_EVENT); /* in no register */
    (void)pile_count(pile);
    assert_int_equal(counting_closing(pile->set, &closing, &source, NULL),
                     AULA_OK);
    assert_int_equal(closing.time, 5);
    assert_int_equal(closing.rulings[0], 6);
    assert_int_equal(closing.record_count, 5);
    assert_memory_equal(closing.record_set,
                        counting_outcome(pile->set)->record_set, HASH_BYTES);
    assert_int_equal(closing.terminal_count, 2);
    assert_memory_equal(closing.terminals[0].tid, pile->tids[0],
                        TERMINAL_ID_BYTES);
    assert_int_equal(closing.terminals[0].count, 4);
    assert_int_equal(closing.terminals[0].seq_max, 4);
    assert_memory_equal(closing.terminals[0].head, pile->records[last].hash,
                        HASH_BYTES);
    assert_int_equal(closing.terminals[1].count, 0);
    assert_true(sodium_is_zero(closing.terminals[1].head, HASH_BYTES));
    assert_int_equal(closing.contest_count, PILE_CONTESTS);
    assert_int_equal(closing.contests[0].counted, 2);
    assert_int_equal(closing.contests[1].counted, 0);
    expect_list(pile, &closing.contests[0], 1, 2);
    counting_closing_clear(&closing);
    assert_null(closing.terminals);
    counting_closing_clear(&closing);
}

static void a_ballot_that_cannot_be_read_ends_a_closing(void **state)
{
    struct pile *pile = *state;
    struct package_contest contests[PILE_CONTESTS] = {0};

    (void)pile_day(pile, 0, 3);
    offer(pile, contests);
    (void)pile_count(pile);
    for (size_t i = 0; i < 3; i++) {
        struct reading reading = {pile, i};
        struct counting_source source = {read_ciphertext, &reading};
        struct closing closing = {0};

        assert_int_equal(counting_closing(pile->set, &closing, &source, NULL),
                         AULA_IO);
        assert_null(closing.terminals);
        assert_null(closing.contests);
        assert_int_equal(closing.contest_count, 0);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_PILE(a_row_that_does_not_fit_is_named),
        WITH_PILE(rows_that_clash_are_refused),
        WITH_PILE(some_records_may_not_be_admitted_together),
        WITH_PILE(a_ruling_that_is_withdrawn_leaves_nothing),
        WITH_PILE(a_closing_says_what_is_in_the_set),
        WITH_PILE(a_ballot_that_cannot_be_read_ends_a_closing),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
