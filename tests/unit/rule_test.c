/* SPDX-License-Identifier: Apache-2.0 */
/* Counting rules: their names, and small elections made by hand. */
#include "rule_desk.h"

/* ---- names */

static void names_are_read(void **state)
{
    struct rule rule;

    (void)state;
    assert_true(rule_read(&rule, "greedy_rank_points_per_cost"));
    assert_int_equal(rule.method, RULE_GREEDY);
    assert_int_equal(rule.measure, RULE_RANK_POINTS);
    assert_true(rule.is_by_cost);
    assert_true(rule_read(&rule, "mes_points_cost_add25eu_integral"));
    assert_int_equal(rule.method, RULE_SHARES);
    assert_int_equal(rule.measure, RULE_POINTS);
    assert_int_equal(rule.add, 25);
    assert_true(rule.is_by_cost && rule.is_exhaustive && rule.is_filled &&
                rule.is_integral);
    assert_true(rule_read(&rule, "mes_card"));
    assert_false(rule.is_by_cost || rule.is_exhaustive || rule.is_filled ||
                 rule.is_integral);
    assert_int_equal(rule.add, 0);
    assert_true(rule_read(&rule, "mes_cost_add999999999u"));
}

static void other_names_are_not(void **state)
{
    static const char *const names[] = {
        "",
        "greedy",
        "greedy_vote",
        "greedy_votess",
        "greedy_votes_add1",
        "greedy_votes_integral",
        "mes",
        "mes_costs",
        "mes_cost_add",
        "mes_cost_add0",
        "mes_cost_add01",
        "mes_cost_add1x",
        "mes_cost_add1ue",
        "mes_cost_add1ee",
        "mes_cost_add1000000000",
        "mes_cost_add-1",
        "mes_cost_add1e ",
        "mes_cost_add1_integral_integral",
        "Mes_cost",
        " mes_cost",
    };
    struct rule rule = {.add = 77};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_false(rule_read(&rule, names[i]));
    }
    assert_int_equal(rule.add, 77);
}

/* `times` ballots for projects named by the letters 'a', 'b', .. in places 0,
 * 1, .. */
static void add_votes(struct naive_election *election, unsigned times,
                      const char *letters)
{
    while (times-- > 0) {
        desk_start_vote(election);
        for (const char *at = letters; *at != '\0'; at++) {
            desk_add_choice(election, (size_t)(*at - 'a'), 1);
        }
    }
}

static void assert_selected(const struct rule_outcome *outcome,
                            const char *letters)
{
    char found[NAIVE_PROJECTS + 1] = "";

    for (size_t i = 0; i < outcome->selected_count; i++) {
        found[i] = (char)('a' + outcome->selected[i]);
    }
    assert_string_equal(found, letters);
}

static void expect(const struct naive_election *election, const char *rule,
                   const char *letters)
{
    struct rule_outcome outcome;

    desk_count(&outcome, rule, election);
    assert_selected(&outcome, letters);
    rule_outcome_close(&outcome);
}

static void greedy_goes_on_where_one_does_not_fit(void **state)
{
    struct naive_election *election = *state;
    struct rule_outcome outcome;

    election->file.budget = 100000;
    desk_add_project(election, "x", 700);
    desk_add_project(election, "y", 500);
    desk_add_project(election, "z", 300);
    add_votes(election, 3, "a");
    add_votes(election, 2, "b");
    add_votes(election, 1, "c");
    add_votes(election, 1, "");
    desk_count(&outcome, "greedy_votes", election);
    assert_selected(&outcome, "ac");
    assert_int_equal(outcome.cost, 100000);
    assert_int_equal(outcome.standings[1].fate, RULE_TOO_DEAR);
    assert_int_equal(outcome.standings[1].short_by, 20000);
    assert_true(outcome.is_exhaustive);
    assert_int_equal(outcome.tie_count, 0);
    rule_outcome_close(&outcome);
    /* 3/700, 2/500, 1/300 */
    expect(election, "greedy_votes_per_cost", "ac");
}

static void greedy_funds_what_nobody_named(void **state)
{
    struct naive_election *election = *state;

    election->file.budget = 100000;
    desk_add_project(election, "x", 700);
    desk_add_project(election, "y", 100);
    add_votes(election, 1, "a");
    expect(election, "greedy_votes", "ab");
    election->minimum = 1;
    expect(election, "greedy_votes", "a");
}

static void equals_go_by_the_order_of_ties(void **state)
{
    struct naive_election *election = *state;
    struct rule_outcome outcome;

    election->file.budget = 100000;
    desk_add_project(election, "9", 600);
    desk_add_project(election, "10", 800);
    add_votes(election, 2, "ab");
    desk_count(&outcome, "greedy_votes", election);
    assert_selected(&outcome, "b"); /* "10" before "9" */
    assert_int_equal(outcome.tie_count, 1);
    assert_int_equal(outcome.ties[0].count, 2);
    assert_int_equal(outcome.ties[0].projects[0], 1);
    assert_int_equal(outcome.ties[0].times, 1);
    assert_true(outcome.ties[0].is_of_outcome);
    rule_outcome_close(&outcome);
    election->ties = ELECTION_TIES_CHEAPER;
    expect(election, "greedy_votes", "a");
    election->ties = ELECTION_TIES_VOTES;
    expect(election, "greedy_votes", "b");
    election->ties = ELECTION_TIES_LOT;
    election->lot[0] = 0;
    election->lot[1] = 1;
    expect(election, "greedy_votes", "a");
    expect(election, "mes_cost_add1", "a");
}

/* Each has a price of 100 a unit, and money for one only. */
static void more_votes_decide_among_equals(void **state)
{
    struct naive_election *election = *state;

    election->file.budget = 40000;
    desk_add_project(election, "x", 200);
    desk_add_project(election, "y", 300);
    add_votes(election, 2, "a");
    add_votes(election, 3, "b");
    expect(election, "mes_card", "");
    expect(election, "mes_card_add10u", "b");
    election->file.budget = 50000;
    expect(election, "mes_card", "ab");
    election->ties = ELECTION_TIES_VOTES;
    expect(election, "mes_card", "ba");
}

static void a_tie_without_consequence_is_none(void **state)
{
    struct naive_election *election = *state;
    struct rule_outcome outcome;

    election->file.budget = 100000;
    desk_add_project(election, "x", 600);
    desk_add_project(election, "y", 400);
    desk_add_project(election, "z", 2000);
    add_votes(election, 2, "abc");
    desk_count(&outcome, "greedy_votes", election);
    assert_selected(&outcome, "ab");
    assert_int_equal(outcome.tie_count, 0);
    rule_outcome_close(&outcome);
}

static void of_incompatible_ones_the_first_wins(void **state)
{
    static const char *const rules[] = {"greedy_votes", "mes_cost",
                                        "mes_cost_add1", "mes_cost_add1eu"};
    struct naive_election *election = *state;
    struct rule_outcome outcome;

    election->file.budget = 100000;
    desk_add_project(election, "x", 100);
    desk_add_project(election, "y", 100);
    desk_add_project(election, "z", 100);
    add_votes(election, 3, "ab");
    add_votes(election, 1, "b");
    add_votes(election, 2, "c");
    election->group_count = 1;
    election->members[0][0] = 0;
    election->members[0][1] = 1;
    election->groups[0] = (struct election_group){election->members[0], 2};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        desk_count(&outcome, rules[i], election);
        assert_selected(&outcome, "bc");
        assert_int_equal(outcome.standings[0].fate, RULE_EXCLUDED);
        assert_int_equal(outcome.standings[0].by, 1);
        rule_outcome_close(&outcome);
    }
}

static void under_the_minimum_nobody_wins(void **state)
{
    static const char *const rules[] = {"greedy_votes", "mes_cost",
                                        "mes_cost_add1u"};
    struct naive_election *election = *state;
    struct rule_outcome outcome;

    election->file.budget = 100000;
    desk_add_project(election, "x", 100);
    desk_add_project(election, "y", 100);
    add_votes(election, 3, "a");
    add_votes(election, 2, "b");
    election->minimum = 3;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        desk_count(&outcome, rules[i], election);
        assert_selected(&outcome, "a");
        assert_int_equal(outcome.standings[1].fate, RULE_UNDER_MINIMUM);
        assert_int_equal(outcome.standings[1].votes, 2);
        rule_outcome_close(&outcome);
    }
}

/* 1000 in four shares of 250: x costs its three supporters 200 each, and then
 * y's have 50 and 250: 300 of the 301 that it takes. */
static void shares_say_what_is_missing(void **state)
{
    struct naive_election *election = *state;
    struct rule_outcome outcome;

    election->file.budget = 100000;
    desk_add_project(election, "x", 600);
    desk_add_project(election, "y", 301);
    desk_add_project(election, "z", 1);
    add_votes(election, 2, "a");
    add_votes(election, 1, "ab");
    add_votes(election, 1, "b");
    desk_count(&outcome, "mes_cost", election);
    assert_selected(&outcome, "a");
    assert_int_equal(outcome.standings[1].fate, RULE_UNSUPPORTED);
    assert_int_equal(outcome.standings[1].short_by, 100);
    assert_int_equal(outcome.standings[2].fate, RULE_NO_VOTES);
    assert_false(outcome.is_exhaustive);
    rule_outcome_close(&outcome);
    election->costs[1] = 30000;
    expect(election, "mes_cost", "ab"); /* to the last */
}

/* A blank ballot has its share, which nobody spends. */
static void blank_ballots_have_their_share(void **state)
{
    struct naive_election *election = *state;

    election->file.budget = 100000;
    desk_add_project(election, "x", 1000);
    add_votes(election, 4, "a");
    expect(election, "mes_cost", "a");
    add_votes(election, 1, "");
    expect(election, "mes_cost", "");
    expect(election, "mes_cost_add1", "a");
}

static void without_ballots_or_projects_it_ends(void **state)
{
    struct naive_election *election = *state;

    election->file.budget = 100000;
    expect(election, "greedy_votes", "");
    expect(election, "mes_cost_add1u", "");
    desk_add_project(election, "x", 100);
    expect(election, "mes_cost_add1e", "");
    expect(election, "mes_cost_add1u", "a");
    expect(election, "mes_cost_integral", "");
    election->file.budget = 0;
    add_votes(election, 2, "a");
    expect(election, "greedy_votes", "");
    expect(election, "mes_card", "");
    expect(election, "mes_card_add1u", "");
}

static void a_completion_that_does_not_end_is_refused(void **state)
{
    struct naive_election *election = *state;
    struct rule_source source;
    struct rule_outcome outcome;
    struct rule rule;
    struct aula_error err;

    election->file.budget = 100000000000000000;
    desk_add_project(election, "x", 1000000000000000);
    add_votes(election, 1, "a");
    add_votes(election, 399, "");
    assert_true(rule_read(&rule, "mes_cost_add999999999"));
    assert_int_equal(rule_source_open(&source, &rule, &election->file, NULL),
                     AULA_OK);
    assert_int_equal(rule_count(&outcome, &rule, &source.contest, NULL, &err),
                     AULA_TOO_LARGE);
    assert_null(outcome.standings);
    rule_source_close(&source);
}

/* x was withdrawn: it costs more than there is, and will not be waited for. */
static void a_project_beyond_the_budget_is_not_waited_for(void **state)
{
    struct naive_election *election = *state;

    election->file.budget = 100000;
    desk_add_project(election, "x", 999999999);
    desk_add_project(election, "y", 600);
    desk_add_project(election, "z", 300);
    add_votes(election, 2, "ab");
    add_votes(election, 3, "bc");
    add_votes(election, 1, "");
    expect(election, "mes_cost_add1", "bc");
}

static void rules_want_ballots_of_their_kind(void **state)
{
    struct naive_election *election = *state;
    struct rule_source source;
    struct rule rule;
    struct aula_error err;

    desk_add_project(election, "x", 100);
    add_votes(election, 1, "a");
    assert_true(rule_read(&rule, "greedy_points"));
    assert_int_equal(rule_source_open(&source, &rule, &election->file, &err),
                     AULA_SOURCE);
    assert_null(source.projects);
    assert_true(rule_read(&rule, "mes_rank_points"));
    assert_int_equal(rule_source_open(&source, &rule, &election->file, &err),
                     AULA_SOURCE);
    assert_non_null(strstr(err.message, "ranks"));
    election->file.vote_type = PABULIB_ORDINAL;
    assert_int_equal(rule_source_open(&source, &rule, &election->file, NULL),
                     AULA_OK);
    rule_source_close(&source);
    rule_source_close(NULL);
    rule_outcome_close(NULL);
}

static int make_election(void **state)
{
    *state = calloc(1, sizeof(struct naive_election));
    return *state == NULL;
}

static int drop_election(void **state)
{
    free(*state);
    return 0;
}

#define HAND(name)                                                             \
    cmocka_unit_test_setup_teardown(name, make_election, drop_election)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_read),
        cmocka_unit_test(other_names_are_not),
        HAND(greedy_goes_on_where_one_does_not_fit),
        HAND(greedy_funds_what_nobody_named),
        HAND(equals_go_by_the_order_of_ties),
        HAND(more_votes_decide_among_equals),
        HAND(a_tie_without_consequence_is_none),
        HAND(of_incompatible_ones_the_first_wins),
        HAND(under_the_minimum_nobody_wins),
        HAND(shares_say_what_is_missing),
        HAND(blank_ballots_have_their_share),
        HAND(without_ballots_or_projects_it_ends),
        HAND(a_completion_that_does_not_end_is_refused),
        HAND(a_project_beyond_the_budget_is_not_waited_for),
        HAND(rules_want_ballots_of_their_kind),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
