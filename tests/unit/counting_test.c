/* SPDX-License-Identifier: Apache-2.0 */
/* Counting sets: adding, numbers, warnings. What a set of records means is
 * compared with the text in counting_random_test.c. */
#include "counting_parts.h"
#include "counting_pile.h"

/* ---- records as they come */

static void a_record_of_an_unknown_terminal_is_refused(void **state)
{
    struct pile *pile = *state;
    int record = pile_put(pile, 0, PILE_NONE, RECORD_CAST);
    static const uint8_t stranger[TERMINAL_ID_BYTES] = {1};

    pile->election.certificate_count = 1;
    pile->count = 0;
    pile_fill(pile);
    pile_at(pile, record)->tid = stranger;
    assert_int_equal(counting_add(pile->set, pile_at(pile, record),
                                  pile->records[record].hash, 0, NULL),
                     AULA_REC_UNKNOWN_TERMINAL);
    pile_at(pile, record)->tid = pile->tids[1]; /* registered, not certified */
    assert_int_equal(counting_add(pile->set, pile_at(pile, record),
                                  pile->records[record].hash, 0, NULL),
                     AULA_REC_UNKNOWN_TERMINAL);
    assert_int_equal(pile_count(pile)->record_count, 0);
}

static void a_set_has_a_bound(void **state)
{
    struct pile *pile = *state;
    size_t count;

    (void)pile_put(pile, 0, PILE_NONE, RECORD_CAST);
    (void)pile_put(pile, 1, PILE_NONE, RECORD_CAST);
    pile->count = 1;
    pile_fill(pile);
    assert_int_equal(counting_add_bad(pile->set, pile->records[1].hash,
                                      AULA_REC_SEQ, NULL),
                     AULA_OK);
    count = pile->set->bad_count;
    pile->set->bad_count = COUNTING_RECORDS_MAX;
    assert_int_equal(counting_add_bad(pile->set, pile->records[1].hash,
                                      AULA_REC_SEQ, NULL),
                     AULA_TOO_LARGE);
    pile->set->bad_count = count;
    count = pile->set->count;
    pile->set->count = COUNTING_RECORDS_MAX;
    assert_int_equal(counting_add(pile->set, pile_at(pile, 1),
                                  pile->records[1].hash, 1, NULL),
                     AULA_TOO_LARGE);
    pile->set->count = count;
}

static void a_counted_record_is_found_again_by_its_place(void **state)
{
    struct pile *pile = *state;
    int opened = pile_put(pile, 0, PILE_NONE, RECORD_OPENED);
    int cast = pile_put(pile, 0, opened, RECORD_CAST);
    const struct counting_outcome *outcome;

    pile_fill(pile);
    assert_int_equal(counting_add(pile->set, pile_at(pile, cast),
                                  pile->records[cast].hash, 77, NULL),
                     AULA_OK); /* there already, at its first place */
    assert_int_equal(counting_find(pile->set, NULL, 0, NULL), AULA_OK);
    assert_int_equal(counting_count(pile->set, NULL, 0, NULL), AULA_OK);
    outcome = counting_outcome(pile->set);
    assert_int_equal(outcome->contests[0].counted, 1);
    assert_int_equal(outcome->contests[0].ballots[0].place, cast);
    assert_memory_equal(outcome->contests[0].ballots[0].hash,
                        pile->records[cast].hash, HASH_BYTES);
    assert_int_equal(outcome->record_count, 2);
}

static void add_bad(struct pile *pile, const uint8_t *hash,
                    enum aula_code error)
{
    assert_int_equal(counting_add_bad(pile->set, hash, error, NULL), AULA_OK);
}

static const struct counting_outcome *count_again(struct pile *pile)
{
    assert_int_equal(counting_find(pile->set, NULL, 0, NULL), AULA_OK);
    assert_int_equal(counting_count(pile->set, NULL, 0, NULL), AULA_OK);
    return counting_outcome(pile->set);
}

static void what_is_kept_apart_is_listed_by_its_hash(void **state)
{
    struct pile *pile = *state;
    int good = pile_put(pile, 0, PILE_NONE, RECORD_OPENED);
    static const uint8_t low[HASH_BYTES] = {0};
    static const uint8_t high[HASH_BYTES] = {0xff, 0xff};
    const uint8_t *hash = pile->records[good].hash;
    const struct counting_outcome *outcome;
    uint8_t expected[HASH_BYTES];
    struct hash h;

    pile_fill(pile);
    for (int i = 0; i < 2; i++) {
        add_bad(pile, high, AULA_BALLOT_PROOF);
        add_bad(pile, hash, AULA_SIG_INVALID); /* it is a good one */
        add_bad(pile, low, AULA_TRUNCATED);
    }
    outcome = count_again(pile);
    assert_int_equal(outcome->record_count, 3);
    assert_int_equal(outcome->exclusion_count, 2);
    assert_memory_equal(outcome->exclusions[0].hash, low, HASH_BYTES);
    assert_null(outcome->exclusions[0].tid);
    assert_int_equal(outcome->exclusions[0].seq, 0);
    assert_int_equal(counting_error_of(outcome, low), AULA_TRUNCATED);
    assert_int_equal(counting_error_of(outcome, high), AULA_BALLOT_PROOF);
    assert_int_equal(counting_error_of(outcome, hash), AULA_OK);
    hash_start(&h, HASH_BYTES, "record-set");
    hash_open_field(&h, 3 * HASH_BYTES);
    hash_more(&h, low, HASH_BYTES);
    hash_more(&h, hash, HASH_BYTES);
    hash_more(&h, high, HASH_BYTES);
    hash_end(&h, expected);
    assert_memory_equal(outcome->record_set, expected, HASH_BYTES);
    assert_int_equal(count_again(pile)->exclusion_count, 2);
}

static void a_further_record_takes_what_came_out(void **state)
{
    struct pile *pile = *state;
    int last = pile_day(pile, 0, 3);
    int more = pile_put(pile, 0, last, RECORD_CAST);

    pile->count--;
    assert_int_equal(pile_count(pile)->contests[0].counted, 3);
    pile_add(pile, (size_t)more);
    assert_null(counting_outcome(pile->set)->contests);
    assert_int_equal(counting_outcome(pile->set)->record_count, 0);
    assert_int_equal(count_again(pile)->contests[0].counted, 4);
}

/* ---- numbers */

static void terminals_and_contests_have_their_numbers(void **state)
{
    struct pile *pile = *state;
    const struct counting_outcome *outcome;
    int last = pile_day(pile, 0, 3); /* 0 opened, 1 2 3 cast, 4 closed */
    int event = pile_put(pile, 0, last, RECORD_EVENT);
    int twin = pile_put(pile, 0, last, RECORD_EVENT);
    int opened = pile_put(pile, 3, PILE_NONE, RECORD_CHALLENGED);
    int head = memcmp(pile->records[event].hash, pile->records[twin].hash,
                      HASH_BYTES) < 0
                   ? event
                   : twin;

    (void)opened;
    pile_at(pile, 2)->contest = 1;
    memcpy(pile->tags[0], pile->records[2].tag, TAG_BYTES);
    pile->tag_count = 1;
    pile_at(pile, 3)->time = pile_closes + 1;
    outcome = pile_count(pile);
    assert_int_equal(outcome->terminal_count, PILE_TERMINALS);
    assert_int_equal(outcome->terminals[0].cast, 3);
    assert_int_equal(outcome->terminals[0].opened, 1);
    assert_int_equal(outcome->terminals[0].closed, 1);
    assert_int_equal(outcome->terminals[0].events, 2);
    assert_int_equal(outcome->terminals[0].excluded, 2);
    assert_int_equal(outcome->terminals[0].voted_elsewhere, 1);
    assert_int_equal(outcome->terminals[0].seq_max, 6);
    assert_memory_equal(outcome->terminals[0].head, pile->records[head].hash,
                        HASH_BYTES);
    assert_true(outcome->terminals[0].is_registered);
    assert_int_equal(outcome->terminals[1].seq_max, 0);
    assert_null(outcome->terminals[1].head);
    assert_false(outcome->terminals[3].is_registered);
    assert_int_equal(outcome->terminals[3].challenged, 1);
    assert_int_equal(outcome->contest_count, PILE_CONTESTS);
    assert_int_equal(outcome->contests[0].cast, 2);
    assert_int_equal(outcome->contests[0].excluded, 1);
    assert_int_equal(outcome->contests[0].counted, 1);
    assert_int_equal(outcome->contests[1].voted_elsewhere, 1);
    assert_int_equal(outcome->contests[1].counted, 0);
}

static void a_small_contest_is_withheld(void **state)
{
    static const enum counting_status wanted[] = {
        COUNTING_EMPTY, COUNTING_WITHHELD_SMALL, COUNTING_WITHHELD_SMALL,
        COUNTING_COUNTED, COUNTING_COUNTED};
    struct pile *pile = *state;

    pile->package.min_anon = 3;
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        pile->count = 0;
        (void)pile_day(pile, 0, (int)i);
        assert_int_equal(pile_count(pile)->contests[0].status, wanted[i]);
    }
}

static void the_window_includes_its_ends(void **state)
{
    struct pile *pile = *state;
    const struct counting_outcome *outcome;

    (void)pile_day(pile, 0, 4);
    pile_at(pile, 0)->time = pile_opens - 1; /* the opening */
    pile_at(pile, 1)->time = pile_opens;
    pile_at(pile, 2)->time = pile_closes;
    pile_at(pile, 3)->time = pile_closes + 1;
    pile_at(pile, 4)->time = pile_opens - 1;
    pile_at(pile, 5)->time = pile_closes + 1; /* the closing is free */
    outcome = pile_count(pile);
    assert_int_equal(outcome->contests[0].counted, 2);
    assert_int_equal(outcome->exclusion_count, 3);
    assert_int_equal(counting_error_of(outcome, pile->records[0].hash),
                     AULA_TIME_OUTSIDE_WINDOW);
    assert_int_equal(counting_error_of(outcome, pile->records[5].hash),
                     AULA_OK);
}

/* ---- warnings */

static const struct counting_warning *
find_warning(const struct counting_outcome *outcome,
             enum counting_warning_name name, int contest, const uint8_t *tid)
{
    for (size_t i = 0; i < outcome->warning_count; i++) {
        const struct counting_warning *warning = &outcome->warnings[i];

        if (warning->name == name && warning->contest == contest &&
            (tid == NULL) == (warning->tid == NULL) &&
            (tid == NULL ||
             memcmp(tid, warning->tid, TERMINAL_ID_BYTES) == 0)) {
            return warning;
        }
    }
    return NULL;
}

static void late_registers_and_terminals_are_named(void **state)
{
    struct pile *pile = *state;
    const struct counting_outcome *outcome = pile_count(pile);

    assert_null(find_warning(outcome, COUNTING_LATE_REGISTER,
                             COUNTING_NO_CONTEST, NULL));
    pile->first.time = pile_opens + 1;
    pile->late = (struct terminals_register){pile_opens + 1, 1, pile->tids[2]};
    pile->election.late = &pile->late;
    outcome = pile_count(pile);
    assert_non_null(find_warning(outcome, COUNTING_LATE_REGISTER,
                                 COUNTING_NO_CONTEST, NULL));
    assert_non_null(find_warning(outcome, COUNTING_LATE_TERMINAL,
                                 COUNTING_NO_CONTEST, pile->tids[2]));
    assert_null(find_warning(outcome, COUNTING_LATE_TERMINAL,
                             COUNTING_NO_CONTEST, pile->tids[1]));
    assert_true(outcome->terminals[2].is_late);
}

static void more_than_two_in_a_hundred_are_many(void **state)
{
    struct pile *pile = *state;
    const struct counting_outcome *outcome;

    (void)pile_day(pile, 0, 100);
    pile_at(pile, 1)->time = pile_opens - 1;
    pile_at(pile, 2)->time = pile_opens - 1;
    outcome = pile_count(pile);
    assert_null(find_warning(outcome, COUNTING_MANY_EXCLUDED, 0, NULL));
    pile_at(pile, 3)->time = pile_opens - 1;
    outcome = pile_count(pile);
    assert_int_equal(
        find_warning(outcome, COUNTING_MANY_EXCLUDED, 0, NULL)->count, 3);
    assert_int_equal(find_warning(outcome, COUNTING_MANY_EXCLUDED,
                                  COUNTING_NO_CONTEST, pile->tids[0])
                         ->of,
                     100);
}

static void ballots_of_a_ruled_terminal_fill_no_contest(void **state)
{
    struct pile *pile = *state;
    const struct counting_warning *warning;
    int last = pile_day(pile, 0, 6); /* 3 min_anon */

    assert_null(find_warning(pile_count(pile), COUNTING_SMALL_CONTEST, 0,
                             NULL));
    assert_non_null(find_warning(pile_count(pile), COUNTING_SMALL_CONTEST, 1,
                                 NULL));
    pile_rule_place(pile, RULINGS_REVOKE, 0, pile_at(pile, last)->seq);
    warning = find_warning(pile_count(pile), COUNTING_SMALL_CONTEST, 0, NULL);
    assert_non_null(warning);
    assert_int_equal(warning->count, 0);
    assert_int_equal(warning->of, 6);
}

static void everything_has_its_name(void **state)
{
    (void)state;
    for (int i = COUNTING_CHAIN_BREAK; i < COUNTING_TIME_REGRESSION; i++) {
        assert_true(strcmp(counting_finding_text((enum counting_finding_name)i),
                           counting_finding_text(
                               (enum counting_finding_name)(i + 1))) < 0);
    }
    for (int i = COUNTING_LATE_REGISTER; i < COUNTING_SMALL_CONTEST; i++) {
        assert_true(strcmp(counting_warning_text((enum counting_warning_name)i),
                           counting_warning_text(
                               (enum counting_warning_name)(i + 1))) < 0);
    }
    assert_string_equal(counting_status_text(COUNTING_WITHHELD_SMALL),
                        "WITHHELD_SMALL");
    counting_close(NULL);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_PILE(a_record_of_an_unknown_terminal_is_refused),
        WITH_PILE(a_set_has_a_bound),
        WITH_PILE(a_counted_record_is_found_again_by_its_place),
        WITH_PILE(what_is_kept_apart_is_listed_by_its_hash),
        WITH_PILE(a_further_record_takes_what_came_out),
        WITH_PILE(terminals_and_contests_have_their_numbers),
        WITH_PILE(a_small_contest_is_withheld),
        WITH_PILE(the_window_includes_its_ends),
        WITH_PILE(late_registers_and_terminals_are_named),
        WITH_PILE(more_than_two_in_a_hundred_are_many),
        WITH_PILE(ballots_of_a_ruled_terminal_fill_no_contest),
        cmocka_unit_test(everything_has_its_name),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
