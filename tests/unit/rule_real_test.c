/* SPDX-License-Identifier: Apache-2.0 */
/* Every rule on real elections against what another program found, in exact
 * fractions: expected.json beside the files, in ../shared/data/pabulib or where
 * AULA_PABULIB says. Without them the tests are skipped and say so.
 */
#include "pabulib_sample.h"

#include <jansson.h>

#include "rule_pabulib.h"

static const char *folder(void)
{
    const char *named = getenv("AULA_PABULIB");

    return named != NULL ? named : "../shared/data/pabulib";
}

/* One rule of one file, as it came out and as it should. */
struct pair {
    const char *name; /* of the rule */
    const struct pabulib *file;
    struct rule rule;
    struct rule_source source;
    struct rule_outcome outcome;
    const json_t *row;      /* of the rule */
    const json_t *file_row; /* of the file */
};

static void each_rule(void (*check)(const struct pair *pair),
                      const struct pabulib *file, const json_t *file_row,
                      struct pool *pool, enum election_ties ties)
{
    json_t *row = NULL;
    const char *name = NULL;

    json_object_foreach(json_object_get(file_row, "rules"), name, row)
    {
        struct pair pair = {
            .name = name, .file = file, .row = row, .file_row = file_row};

        assert_true(rule_read(&pair.rule, name));
        assert_int_equal(rule_source_open(&pair.source, &pair.rule, file, NULL),
                         AULA_OK);
        pair.source.contest.ties = ties;
        assert_int_equal(rule_count(&pair.outcome, &pair.rule,
                                    &pair.source.contest, pool, NULL),
                         AULA_OK);
        check(&pair);
        rule_outcome_close(&pair.outcome);
        rule_source_close(&pair.source);
    }
}

static void each(void (*check)(const struct pair *pair), unsigned threads,
                 enum election_ties ties)
{
    char path[256];
    json_t *root = NULL;
    json_t *row = NULL;
    const char *name = NULL;
    struct pool *pool = NULL;

    (void)snprintf(path, sizeof path, "%s/expected.json", folder());
    root = json_load_file(path, 0, NULL);
    if (root == NULL) {
        print_message("no real files in %s: skipped\n", folder());
        skip();
    }
    if (threads > 0) {
        assert_int_equal(pool_open(&pool, threads, NULL), AULA_OK);
    }
    json_object_foreach(json_object_get(root, "files"), name, row)
    {
        struct loaded loaded = pb_load(folder(), name);
        struct pabulib file;

        assert_non_null(loaded.bytes);
        assert_int_equal(pabulib_open(&file, loaded.bytes, loaded.size, NULL),
                         AULA_OK);
        each_rule(check, &file, row, pool, ties);
        pabulib_close(&file);
        free(loaded.bytes);
    }
    pool_close(pool);
    json_decref(root);
}

static size_t place_of(const struct pabulib *file, const json_t *id)
{
    const char *text = json_string_value(id);

    for (size_t i = 0; i < file->project_count; i++) {
        if (strcmp(file->projects[i].id.text, text) == 0) {
            return i;
        }
    }
    fail_msg("no project %s", text);
    return 0;
}

static bool is_selected(const struct rule_outcome *outcome, size_t project)
{
    for (size_t i = 0; i < outcome->selected_count; i++) {
        if (outcome->selected[i] == project) {
            return true;
        }
    }
    return false;
}

/* The same set; of Equal Shares without a completion in the same order. */
static void compare_selected(const struct pair *pair, const json_t *expected)
{
    const struct rule_outcome *outcome = &pair->outcome;
    json_t *id = NULL;
    size_t i = 0;

    assert_int_equal(outcome->selected_count, json_array_size(expected));
    json_array_foreach(expected, i, id)
    {
        size_t project = place_of(pair->file, id);

        if (!is_selected(outcome, project)) {
            fail_msg("%s does not select %s", pair->name,
                     json_string_value(id));
        }
        if (pair->rule.method == RULE_SHARES && pair->rule.add == 0) {
            assert_int_equal(outcome->selected[i], project);
        }
        assert_int_equal(outcome->standings[project].fate, RULE_FUNDED);
    }
}

static void compare_number(const json_t *row, const char *key, uint64_t number)
{
    const json_t *value = json_object_get(row, key);

    if (value != NULL) {
        assert_int_equal(number, json_integer_value(value));
    }
}

static void compare_ties(const struct pair *pair)
{
    const char *said = json_string_value(json_object_get(pair->row, "tie"));
    bool is_none = strcmp(said, "none") == 0;

    if (pair->outcome.tie_count > 0 && is_none) {
        fail_msg("%s: ties met, not by the other program", pair->name);
    }
    if (pair->outcome.tie_count == 0 && !is_none) {
        fail_msg("%s: no tie met, but by the other program", pair->name);
    }
}

static void compare_tied(const struct pair *pair)
{
    const json_t *examples = json_object_get(pair->row, "tied_examples");
    json_t *example = NULL;
    size_t i = 0;

    json_array_foreach(examples, i, example)
    {
        bool is_met = false;

        for (size_t t = 0; t < pair->outcome.tie_count; t++) {
            const struct rule_tie *tie = &pair->outcome.ties[t];

            is_met = is_met ||
                     (tie->count == json_array_size(example) &&
                      tie->projects[0] ==
                          place_of(pair->file, json_array_get(example, 0)));
        }
        assert_true(is_met);
    }
}

static void compare_sums(const struct pair *pair)
{
    const struct rule_standing *standings = pair->outcome.standings;
    const json_t *votes = json_object_get(pair->file_row, "votes_per_project");
    const json_t *points = json_object_get(pair->file_row,
                                           "points_per_project");

    for (size_t i = 0; i < pair->file->project_count; i++) {
        const char *id = pair->file->projects[i].id.text;

        compare_number(votes, id, standings[i].votes);
        if (pair->rule.measure != RULE_VOTES) {
            assert_non_null(points);
            compare_number(points, id, (uint64_t)standings[i].points);
        }
    }
}

/* budget_per_voter is a whole number or a fraction as text. */
static void compare_share(const struct pair *pair)
{
    const json_t *share = json_object_get(pair->file_row, "budget_per_voter");
    const struct rule_contest *contest = &pair->source.contest;
    char text[48];
    unsigned long long above = (unsigned long long)json_integer_value(share);
    unsigned long long below = 1;

    if (json_is_string(share)) {
        (void)snprintf(text, sizeof text, "%s", json_string_value(share));
        assert_non_null(strchr(text, '/'));
        below = strtoull(strchr(text, '/') + 1, NULL, 10);
        above = strtoull(text, NULL, 10);
    }
    assert_int_equal(above * contest->ballot_count * contest->unit,
                     contest->budget * below);
}

static void check_all(const struct pair *pair)
{
    const json_t *row = pair->row;
    const json_t *added = json_object_get(row, "added");

    compare_selected(pair, json_object_get(row, "selected"));
    compare_number(row, "total_cost", pair->outcome.cost / 100);
    assert_int_equal(pair->outcome.cost % 100, 0);
    compare_number(row, "increments", pair->outcome.steps);
    compare_number(row, "increment", pair->rule.add);
    if (json_object_get(row, "exhaustive") != NULL) {
        assert_int_equal(pair->outcome.is_exhaustive,
                         json_is_true(json_object_get(row, "exhaustive")));
    }
    if (added != NULL) {
        assert_int_equal(pair->outcome.filled_count, json_array_size(added));
    }
    compare_ties(pair);
    compare_tied(pair);
    compare_sums(pair);
    compare_share(pair);
}

static void outcomes_are_those_of_another_program(void **state)
{
    (void)state;
    each(check_all, 0, ELECTION_TIES_ID);
}

static void threads_change_nothing(void **state)
{
    (void)state;
    each(check_all, 3, ELECTION_TIES_ID);
}

/* Where another order of ties gives another outcome the file says so. */
static void check_cheaper(const struct pair *pair)
{
    const json_t *by = json_object_get(pair->row, "selected_by_tie_breaking");
    const json_t *other = json_object_get(by, "mincost_maxvotes");

    compare_selected(pair, other != NULL
                               ? other
                               : json_object_get(pair->row, "selected"));
}

static void cheaper_first_gives_what_the_other_program_found(void **state)
{
    (void)state;
    each(check_cheaper, 2, ELECTION_TIES_CHEAPER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outcomes_are_those_of_another_program),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(cheaper_first_gives_what_the_other_program_found),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
