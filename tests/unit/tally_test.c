/* SPDX-License-Identifier: Apache-2.0 */
/* A contest counted from its opened ballots, and its file of ballots, which
 * anyone may count again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rule_pabulib.h"
#include "tally.h"

enum { ROWS = 12, TEXT_BYTES = 4096, FILE_BYTES = 16384 };

/* An election with one contest, the rows of its ballots, and its tally. */
struct desk {
    struct election election;
    struct election_draft draft;
    struct package package;
    uint8_t rows[ROWS * 8];
    size_t count;
    struct tally tally;
    uint8_t file[FILE_BYTES];
    size_t size;
};

static const char head[] =
    "{\"format\": \"aula-election-1\","
    "\"title\": {\"kk\": \"Аула таңдауы\", \"ru\": \"Выбор двора\"},"
    "\"place\": {\"kk\": \"Қала\", \"ru\": \"Қала\"},"
    "\"about\": {\"kk\": \"Өлшем\", \"ru\": \"Замер\"},"
    "\"mode\": \"rehearsal\","
    "\"dates\": {\"first\": \"2027-04-06\", \"last\": \"2027-04-24\","
    " \"utc_offset\": \"+05:00\"},"
    "\"hours\": {\"from\": \"09:00\", \"to\": \"18:00\"},"
    "\"voters\": {\"id_scheme\": \"iin\", \"tag_stretch\": \"none\","
    " \"one_per\": \"contest\"},"
    "\"publication\": {\"min_anon\": 10, \"small_cell\": 5},"
    "\"categories\": [{\"id\": \"play\", \"name\": {\"kk\": \"Алаң\", \"ru\": "
    "\"Площадка\"}}],"
    "\"districts\": [{\"id\": \"d\", \"name\": {\"kk\": \"А\", \"ru\": "
    "\"Р\"}}],"
    "\"yards\": [],"
    "\"contests\": [{\"id\": \"yards\", \"name\": {\"kk\": \"Аулалар\", "
    "\"ru\": \"Дворы\"}, \"budget\": 1000, ";

/* Three proposals, p-1 to p-3, that cost 600, 500 and 400. */
static void open_desk(struct desk *desk, const char *how)
{
    static const unsigned costs[] = {600, 500, 400};
    char text[TEXT_BYTES];
    int size = snprintf(text, sizeof text, "%s%s, \"proposals\": [", head, how);
    struct aula_error err = {0};

    for (unsigned i = 0; i < 3; i++) {
        size += snprintf(text + size, sizeof text - (size_t)size,
                         "%s{\"number\": %u, \"id\": \"p-%u\", \"title\": "
                         "{\"kk\": \"A;%u\", \"ru\": \"B\\\"%u\"}, \"short\": "
                         "{\"kk\": \"A\", \"ru\": \"B\"}, \"cost\": %u, "
                         "\"category\": \"play\"}",
                         i == 0 ? "" : ",", i + 1, i + 1, i, i, costs[i]);
    }
    size += snprintf(text + size, sizeof text - (size_t)size, "]}]}");
    if (election_open(&desk->election, NULL, (uint8_t *)text, (size_t)size,
                      &err) != AULA_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(election_draft_open(&desk->draft, &desk->election, NULL),
                     AULA_OK);
    desk->package.contests = desk->draft.contests;
    desk->package.contest_count = 1;
}

/* `times` rows: a code and the plaintext. */
static void add(struct desk *desk, unsigned times, uint8_t code,
                const uint8_t *plaintext)
{
    size_t size = plaintext_size(&desk->package.contests[0].rule);

    while (times-- > 0) {
        uint8_t *row = desk->rows + desk->count++ * (1 + size);

        assert_true(desk->count <= ROWS);
        row[0] = code;
        memcpy(row + 1, plaintext, size);
    }
}

static void marks(struct desk *desk, unsigned times, uint8_t code, uint8_t bits)
{
    add(desk, times, code, &bits);
}

static enum aula_code tally(struct desk *desk, struct aula_error *err)
{
    return tally_open(&desk->tally, &desk->package, &desk->election, 0,
                      desk->rows, desk->count, NULL, err);
}

static void assert_selected(const struct rule_outcome *outcome,
                            const char *letters)
{
    char found[8] = "";

    for (size_t i = 0; i < outcome->selected_count; i++) {
        found[i] = (char)('1' + outcome->selected[i]);
    }
    assert_string_equal(found, letters);
}

static enum aula_code keep(void *context, const uint8_t *bytes, size_t size,
                           struct aula_error *err)
{
    struct desk *desk = context;

    (void)err;
    assert_true(desk->size + size < FILE_BYTES);
    memcpy(desk->file + desk->size, bytes, size);
    desk->size += size;
    return AULA_OK;
}

/* The published file, read and counted by the same rule, gives the same. */
static void assert_counted_again(struct desk *desk)
{
    const struct election_contest *contest = &desk->election.contests[0];
    const struct pabulib_sink sink = {keep, desk};
    struct rule_outcome outcome;
    struct rule_source source;
    struct pabulib file;

    assert_int_equal(pabulib_write(&sink, &desk->tally.ballots, NULL), AULA_OK);
    assert_int_equal(pabulib_open(&file, desk->file, desk->size, NULL),
                     AULA_OK);
    assert_int_equal(rule_source_open(&source, &desk->tally.rule, &file, NULL),
                     AULA_OK);
    source.contest.ties = contest->ties;
    source.contest.lot = contest->lot;
    source.contest.minimum_votes = contest->minimum_votes;
    source.contest.incompatible = contest->incompatible;
    source.contest.incompatible_count = contest->incompatible_count;
    assert_int_equal(rule_count(&outcome, &desk->tally.rule, &source.contest,
                                NULL, NULL),
                     AULA_OK);
    assert_int_equal(outcome.selected_count,
                     desk->tally.outcome.selected_count);
    assert_memory_equal(outcome.selected, desk->tally.outcome.selected,
                        outcome.selected_count * sizeof *outcome.selected);
    assert_int_equal(outcome.cost, 100 * desk->tally.outcome.cost);
    for (size_t i = 0; i < file.project_count; i++) {
        assert_int_equal(outcome.standings[i].votes,
                         file.projects[i].votes.value);
        assert_int_equal(outcome.standings[i].fate == RULE_FUNDED,
                         file.projects[i].selected.value);
    }
    rule_outcome_close(&outcome);
    rule_source_close(&source);
    pabulib_close(&file);
}

static void valid_ballots_are_counted(void **state)
{
    struct desk *desk = *state;
    const struct rule_standing *standings;

    open_desk(desk, "\"type\": \"approval\", \"limit\": 2, \"rule\": "
                    "\"greedy_votes\", \"ties\": \"id\"");
    marks(desk, 3, 0, 3);
    marks(desk, 1, 0, 1);
    marks(desk, 2, 0, 4);
    marks(desk, 2, 0, 0);
    marks(desk, 4, 4, 0); /* 4 more that are no ballots */
    assert_int_equal(tally(desk, NULL), AULA_OK);
    standings = desk->tally.outcome.standings;
    assert_int_equal(desk->tally.valid, 8);
    assert_int_equal(desk->tally.blank, 2);
    assert_selected(&desk->tally.outcome, "13");
    assert_int_equal(desk->tally.outcome.cost, 1000);
    assert_int_equal(standings[0].votes, 4);
    assert_int_equal(standings[1].fate, RULE_TOO_DEAR);
    assert_int_equal(standings[1].short_by, 100);
    assert_counted_again(desk);
    assert_non_null(strstr((char *)desk->file, "date_end;24.04.2027\n"));
    assert_non_null(strstr((char *)desk->file, "instance;2027\n"));
    assert_non_null(strstr((char *)desk->file, "unit;Қала\n"));
    assert_non_null(strstr((char *)desk->file, "experimental;1\n"));
    assert_non_null(strstr((char *)desk->file,
                           "counted by greedy_votes; among equals: "
                           "the smaller id"));
}

static void what_the_contest_declares_decides(void **state)
{
    struct desk *desk = *state;

    open_desk(desk, "\"type\": \"approval\", \"limit\": 3, \"rule\": "
                    "\"greedy_votes\", \"ties\": \"lot\", \"lot\": [\"p-3\", "
                    "\"p-2\", \"p-1\"], \"minimum_votes\": 2, "
                    "\"incompatible\": [[\"p-1\", \"p-3\"]]");
    marks(desk, 2, 0, 5);
    marks(desk, 1, 0, 2);
    assert_int_equal(tally(desk, NULL), AULA_OK);
    assert_selected(&desk->tally.outcome, "3");
    assert_int_equal(desk->tally.outcome.standings[0].fate, RULE_EXCLUDED);
    assert_int_equal(desk->tally.outcome.standings[0].by, 2);
    assert_int_equal(desk->tally.outcome.standings[1].fate, RULE_UNDER_MINIMUM);
    assert_int_equal(desk->tally.outcome.tie_count, 1);
    assert_int_equal(desk->tally.outcome.ties[0].projects[0], 2);
    assert_int_equal(desk->tally.outcome.ties[0].projects[1], 0);
    assert_counted_again(desk);
}

/* 1000 in three shares: 333 1/3 is short of 400 by 66 2/3. */
static void what_is_missing_is_rounded_up(void **state)
{
    struct desk *desk = *state;

    open_desk(desk, "\"type\": \"approval\", \"limit\": 3, \"rule\": "
                    "\"mes_cost\", \"ties\": \"cheaper\"");
    marks(desk, 1, 0, 4);
    marks(desk, 2, 0, 0);
    assert_int_equal(tally(desk, NULL), AULA_OK);
    assert_selected(&desk->tally.outcome, "");
    assert_int_equal(desk->tally.outcome.standings[2].fate, RULE_UNSUPPORTED);
    assert_int_equal(desk->tally.outcome.standings[2].short_by, 67);
    assert_int_equal(desk->tally.outcome.standings[0].fate, RULE_NO_VOTES);
    assert_counted_again(desk);
}

static void points_and_ranks_are_counted(void **state)
{
    static const uint8_t points[][3] = {{3, 0, 1}, {0, 2, 2}, {0, 0, 0}};
    static const uint8_t ranks[][3] = {{1, 2, 0}, {0, 2, 1}, {0, 0, 0}};
    struct desk *desk = *state;

    open_desk(desk, "\"type\": \"points\", \"limit\": 4, \"cap\": 3, \"rule\": "
                    "\"mes_points_add1eu\", \"ties\": \"id\"");
    for (size_t i = 0; i < 3; i++) {
        add(desk, 1, 0, points[i]);
    }
    assert_int_equal(tally(desk, NULL), AULA_OK);
    assert_int_equal(desk->tally.outcome.standings[2].points, 3);
    assert_counted_again(desk);
    tally_close(&desk->tally);
    election_draft_close(&desk->draft);
    election_close(&desk->election);
    desk->count = 0;
    desk->size = 0;
    open_desk(desk, "\"type\": \"ranking\", \"limit\": 2, \"rule\": "
                    "\"greedy_rank_points\", \"ties\": \"votes\"");
    for (size_t i = 0; i < 3; i++) {
        add(desk, 1, 0, ranks[i]);
    }
    assert_int_equal(tally(desk, NULL), AULA_OK);
    assert_int_equal(desk->tally.outcome.standings[0].points, 2);
    assert_int_equal(desk->tally.outcome.standings[1].points, 2);
    assert_int_equal(desk->tally.outcome.standings[2].points, 2);
    assert_selected(&desk->tally.outcome, "23"); /* more votes, then the id */
    assert_counted_again(desk);
}

static void without_ballots_there_is_a_tally(void **state)
{
    struct desk *desk = *state;

    open_desk(desk, "\"type\": \"knapsack\", \"rule\": \"greedy_votes\", "
                    "\"ties\": \"cheaper\"");
    assert_int_equal(tally_open(&desk->tally, &desk->package, &desk->election,
                                0, NULL, 0, NULL, NULL),
                     AULA_OK);
    assert_int_equal(desk->tally.valid, 0);
    assert_selected(&desk->tally.outcome, "32");
    assert_counted_again(desk);
}

static void what_cannot_be_counted_is_refused(void **state)
{
    static const struct tally nothing;
    struct desk *desk = *state;
    struct aula_error err = {0};
    uint64_t costs[3] = {600, 500, UINT64_C(1000000000000001)};

    open_desk(desk, "\"type\": \"approval\", \"limit\": 3, \"rule\": "
                    "\"greedy_votes\", \"ties\": \"id\"");
    desk->package.contests[0].rule.costs = costs;
    assert_int_equal(tally(desk, &err), AULA_SOURCE);
    assert_memory_equal(&desk->tally, &nothing, sizeof nothing);
    costs[2] = 400;
    desk->package.contests[0].rule.budget = UINT64_C(1000000000000001);
    assert_int_equal(tally(desk, &err), AULA_SOURCE);
    desk->package.contests[0].rule.budget = 1000;
    desk->election.contests[0].rule = "greedy_points";
    assert_int_equal(tally(desk, &err), AULA_SOURCE);
    assert_non_null(strstr(err.message, "yards"));
    assert_memory_equal(&desk->tally, &nothing, sizeof nothing);
    tally_close(NULL);
}

static int make_desk(void **state)
{
    *state = calloc(1, sizeof(struct desk));
    return *state == NULL;
}

static int drop_desk(void **state)
{
    struct desk *desk = *state;

    tally_close(&desk->tally);
    election_draft_close(&desk->draft);
    election_close(&desk->election);
    free(desk);
    return 0;
}

#define DESK(name) cmocka_unit_test_setup_teardown(name, make_desk, drop_desk)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK(valid_ballots_are_counted),
        DESK(what_the_contest_declares_decides),
        DESK(what_is_missing_is_rounded_up),
        DESK(points_and_ranks_are_counted),
        DESK(without_ballots_there_is_a_tally),
        DESK(what_cannot_be_counted_is_refused),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
