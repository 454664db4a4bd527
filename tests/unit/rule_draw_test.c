/* SPDX-License-Identifier: Apache-2.0 */
/* Drawn elections, other ones in each run, counted as the rules are defined
 * (rule_naive.h). */
#include "rule_desk.h"

struct drawing {
    enum pabulib_vote_type type;
    uint32_t projects; /* at most */
    uint32_t voters;
    uint32_t cost; /* likewise, in units of `grain` */
    uint32_t grain;
};

/* Is the project on the last ballot? */
static bool is_on(const struct naive_election *election, size_t project)
{
    const struct pabulib *file = &election->file;
    size_t i = file->votes[file->vote_count - 1].first;

    while (i < file->choice_count && file->choices[i] != project) {
        i++;
    }
    return i < file->choice_count;
}

static void draw_votes(struct naive_election *election, uint32_t voters,
                       uint32_t most)
{
    size_t projects = election->file.project_count;

    for (uint32_t v = 0; v < voters; v++) {
        uint32_t size = randombytes_uniform(most + 1);

        desk_start_vote(election);
        for (uint32_t k = 0; k < size; k++) {
            /* Some are popular, and now and then one comes twice. */
            uint32_t a = randombytes_uniform((uint32_t)projects);
            uint32_t b = randombytes_uniform((uint32_t)projects);
            bool is_again = randombytes_uniform(50) == 0;

            a = a < b ? a : b;
            if (is_again || !is_on(election, a)) {
                desk_add_choice(election, a,
                                (int32_t)randombytes_uniform(6) - 1);
            }
        }
    }
}

static void draw(struct naive_election *election, const struct drawing *drawing)
{
    uint32_t projects = 1 + randombytes_uniform(drawing->projects);
    uint32_t voters = 1 + randombytes_uniform(drawing->voters);
    uint64_t all = 0;

    memset(election, 0, sizeof *election);
    election->file.vote_type = drawing->type;
    for (uint32_t p = 0; p < projects; p++) {
        char id[12];

        (void)snprintf(id, sizeof id, "%u", p);
        desk_add_project(election, id,
                         (uint64_t)drawing->grain *
                             (1 + randombytes_uniform(drawing->cost)));
        all += election->costs[p];
        election->lot[p] = (uint16_t)(projects - 1 - p);
    }
    election->file.budget = (int64_t)(all / (1 + randombytes_uniform(4)));
    election->file.max_length.is_there = randombytes_uniform(2) == 0;
    election->file.max_length.value = 3;
    if (drawing->type == PABULIB_SCORING) {
        election->file.default_score.is_there = true;
        election->file.default_score.value = randombytes_uniform(2);
    }
    draw_votes(election, voters, projects < 5 ? projects : 5);
    election->ties = (enum election_ties)randombytes_uniform(4);
    election->minimum = randombytes_uniform(3);
    if (projects >= 3 && randombytes_uniform(2) == 0) {
        election->group_count = 1;
        election->members[0][0] = 0;
        election->members[0][1] = (uint16_t)(projects - 1);
        election->groups[0] = (struct election_group){election->members[0], 2};
    }
}

static void compare(const char *name, const struct naive_election *election)
{
    struct naive_outcome naive;
    struct rule_outcome outcome;
    struct rule rule;
    uint64_t ties = 0;

    assert_true(rule_read(&rule, name));
    naive_count(&naive, &rule, election);
    desk_count(&outcome, name, election);
    if (outcome.selected_count != naive.count ||
        memcmp(outcome.selected, naive.selected,
               naive.count * sizeof *naive.selected) != 0) {
        fail_msg("%s: %zu projects, %zu ballots: another outcome", name,
                 election->file.project_count, election->file.vote_count);
    }
    assert_int_equal(outcome.cost, naive.cost);
    assert_int_equal(outcome.steps, naive.steps);
    assert_int_equal(outcome.filled_count, naive.filled);
    for (size_t i = 0; i < outcome.tie_count; i++) {
        ties += outcome.ties[i].times;
    }
    if (rule.method == RULE_SHARES && !rule.is_filled) {
        assert_int_equal(ties, naive.ties);
    }
    rule_outcome_close(&outcome);
}

static void compare_all(const struct drawing *drawing, unsigned elections,
                        const char *const *rules)
{
    struct naive_election *election = malloc(sizeof *election);

    assert_non_null(election);
    for (unsigned i = 0; i < elections; i++) {
        draw(election, drawing);
        for (const char *const *rule = rules; *rule != NULL; rule++) {
            compare(*rule, election);
        }
    }
    free(election);
}

static const char *const approval_rules[] = {"greedy_votes",
                                             "greedy_votes_per_cost",
                                             "mes_cost",
                                             "mes_card",
                                             "mes_cost_add1",
                                             "mes_card_add1e",
                                             "mes_cost_add2u",
                                             "mes_cost_add1eu_integral",
                                             NULL};

static const char *const points_rules[] = {
    "greedy_points",     "greedy_points_per_cost", "greedy_votes",
    "mes_points",        "mes_points_cost",        "mes_cost",
    "mes_points_add1eu", "mes_points_cost_add3",   NULL};

static const char *const rank_rules[] = {
    "greedy_rank_points",   "greedy_rank_points_per_cost", "mes_rank_points",
    "mes_rank_points_cost", "mes_rank_points_add1eu",      NULL};

static void small_elections_are_counted_as_defined(void **state)
{
    const struct drawing drawings[] = {
        {PABULIB_APPROVAL, 6, 8, 5, 10},
        {PABULIB_APPROVAL, 8, 20, 40, 1},
    };

    (void)state;
    compare_all(&drawings[0], 400, approval_rules);
    compare_all(&drawings[1], 200, approval_rules);
}

static void points_are_counted_as_defined(void **state)
{
    const struct drawing drawings[] = {
        {PABULIB_CUMULATIVE, 6, 8, 5, 10},
        {PABULIB_SCORING, 6, 12, 20, 1},
    };

    (void)state;
    compare_all(&drawings[0], 200, points_rules);
    compare_all(&drawings[1], 200, points_rules);
}

static void ranks_are_counted_as_defined(void **state)
{
    const struct drawing drawing = {PABULIB_ORDINAL, 7, 15, 6, 7};

    (void)state;
    compare_all(&drawing, 200, rank_rules);
}

/* Long runs, whose numbers get long. */
static void larger_elections_are_counted_as_defined(void **state)
{
    static const char *const some[] = {"mes_cost", "mes_card", "mes_cost_add9e",
                                       NULL};
    const struct drawing drawing = {PABULIB_APPROVAL, 40, 300, 1000, 1};

    (void)state;
    compare_all(&drawing, 4, some);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_elections_are_counted_as_defined),
        cmocka_unit_test(points_are_counted_as_defined),
        cmocka_unit_test(ranks_are_counted_as_defined),
        cmocka_unit_test(larger_elections_are_counted_as_defined),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
