/* SPDX-License-Identifier: Apache-2.0 */
/* One run of Equal Shares.
 *
 * A heap has the projects by the lower bound of their price. What comes out of
 * it is looked at by the money that there is now, until the next bound is above
 * the lowest price found. Of those that may be the lowest, exact prices say
 * which is, and which are equal. */
#include <stdlib.h>
#include <string.h>

#include "rule_shares.h"

/* ---- memory */

enum aula_code shares_run_open(struct shares_run *run,
                               const struct shares *shares,
                               struct aula_error *err)
{
    size_t projects = shares->project_count + 1;
    size_t groups = shares->group_count + 1;
    size_t supports = shares->support_count + 1;

    *run = (struct shares_run){
        .shares = shares,
        .purses = malloc(groups * sizeof *run->purses),
        .supports = malloc(supports * sizeof *run->supports),
        .looks = calloc(projects, sizeof *run->looks),
        .heap = calloc(projects, sizeof *run->heap),
        .fresh = calloc(projects, sizeof *run->fresh),
        .equal = calloc(projects, sizeof *run->equal),
        .is_bought = calloc(shares->count->contest->project_count + 1,
                            sizeof *run->is_bought),
        .paid = malloc(supports * sizeof *run->paid),
        .paid_count = calloc(groups, sizeof *run->paid_count),
        .poor = malloc(groups * sizeof *run->poor),
        .purchases = calloc(projects, sizeof *run->purchases),
    };
    if (run->purses == NULL || run->supports == NULL || run->looks == NULL ||
        run->heap == NULL || run->fresh == NULL || run->equal == NULL ||
        run->is_bought == NULL || run->paid == NULL ||
        run->paid_count == NULL || run->poor == NULL ||
        run->purchases == NULL || !shares_exact_open(&run->exact, shares)) {
        shares_run_close(run);
        return aula_fail(err, AULA_MEMORY, "out of memory");
    }
    return AULA_OK;
}

void shares_run_close(struct shares_run *run)
{
    shares_exact_close(&run->exact, run->shares);
    free(run->purses);
    free(run->supports);
    free(run->looks);
    free(run->heap);
    free(run->fresh);
    free(run->equal);
    free(run->is_bought);
    free(run->paid);
    free(run->paid_count);
    free(run->poor);
    free(run->purchases);
    free(run->tied);
    free(run->ties);
    *run = (struct shares_run){.shares = NULL};
}

/* ---- start */

/* As many places behind the point as keep all money below 2^62. */
static unsigned shift_for(uint64_t money)
{
    unsigned shift = 0;

    while (shift < 61 && money < UINT64_C(1) << (61 - shift - 1)) {
        shift++;
    }
    return shift;
}

static void start_projects(struct shares_run *run, uint64_t money)
{
    const struct shares *shares = run->shares;

    for (size_t i = 0; i < shares->project_count; i++) {
        const struct shares_project *project = &shares->projects[i];
        struct shares_look *look = &run->looks[i];

        if (project->cost > money) {
            continue; /* all money of all would not do */
        }
        *look = (struct shares_look){.count = project->count};
        look->price = (project->cost << run->shift) / project->units;
        look->low = look->price;
        shares_heap_put(run, (uint16_t)i);
    }
}

static void start(struct shares_run *run, uint64_t share, uint64_t parts)
{
    const struct shares *shares = run->shares;
    uint64_t ballots = shares->count->contest->ballot_count;
    /* Whole shares, or all of it in as many parts as there are ballots. */
    uint64_t money = parts == 1 ? share * ballots : share;
    uint64_t each = 0;

    run->share = share;
    run->parts = parts;
    run->shift = shift_for(money);
    each = (share << run->shift) / parts;
    run->error = 1;
    run->error_max = (each >> 26) + 16;
    memcpy(run->supports, shares->supports,
           shares->support_count * sizeof *run->supports);
    for (size_t g = 0; g < shares->group_count; g++) {
        run->purses[g].money = each + (each == 0);
        run->purses[g].times = shares->purses[g].times;
    }
    memset(run->paid_count, 0, shares->group_count * sizeof *run->paid_count);
    memset(run->is_bought, 0,
           shares->count->contest->project_count * sizeof *run->is_bought);
    run->heap_count = 0;
    run->poor_count = 0;
    run->purchase_count = 0;
    run->cost = 0;
    run->tied_count = 0;
    run->tie_count = 0;
    run->is_short = false;
    shares_exact_start(run);
    start_projects(run, money);
}

/* ---- a round */

/* An incompatible one was bought. */
static bool is_excluded(const struct shares_run *run, size_t place)
{
    const struct shares *shares = run->shares;
    const struct rule_contest *contest = shares->count->contest;

    return contest->incompatible_count > 0 &&
           rule_excluded_by(contest, run->is_bought,
                            shares->projects[place].project) != SIZE_MAX;
}

/* Look at all whose price may be the lowest; `best` has the lowest upper
 * bound. */
static void look_around(struct shares_run *run, size_t *best)
{
    *best = SIZE_MAX;
    run->fresh_count = 0;
    while (run->heap_count > 0) {
        uint16_t place = run->heap[0];
        enum shares_found found = SHARES_NEVER;

        if (*best != SIZE_MAX &&
            shares_compare_bounds(run, place, run->looks[place].low, *best,
                                  run->looks[*best].high) > 0) {
            break;
        }
        (void)shares_heap_take(run);
        if (!is_excluded(run, place)) {
            found = shares_look_at(run, place, *best);
        }
        if (found == SHARES_BEYOND) {
            shares_heap_put(run, place);
        }
        if (found != SHARES_FOUND) {
            continue;
        }
        if (*best == SIZE_MAX ||
            shares_compare_bounds(run, place, run->looks[place].high, *best,
                                  run->looks[*best].high) < 0) {
            *best = place;
        }
        run->fresh[run->fresh_count++] = place;
    }
}

static bool is_simple(const struct shares_look *look)
{
    return look->is_sure && look->poor_weight == 0;
}

/* Prices by worth, exactly: below 0, 0, above 0. Where nobody is poor they are
 * cost by units. */
static int compare(struct shares_run *run, size_t a, size_t b)
{
    const struct shares_project *x = &run->shares->projects[a];
    const struct shares_project *y = &run->shares->projects[b];
    uint64_t x_units = run->looks[a].rich_units;
    uint64_t y_units = run->looks[b].rich_units;

    if (is_simple(&run->looks[a]) && is_simple(&run->looks[b])) {
        return run->shares->count->rule->is_by_cost
                   ? (x_units < y_units) - (x_units > y_units)
                   : rule_compare_ratios(x->cost, x_units, y->cost, y_units);
    }
    (void)shares_exact_look(run, a);
    (void)shares_exact_look(run, b);
    return shares_exact_compare(run, a, b);
}

/* Of those that were looked at, all that have the lowest price. */
static void find_equal(struct shares_run *run, size_t best)
{
    uint64_t high = run->looks[best].high;

    run->equal[0] = (uint16_t)best;
    run->equal_count = 1;
    for (size_t i = 0; i < run->fresh_count; i++) {
        uint16_t place = run->fresh[i];
        int order = 1;

        if (place == best ||
            shares_compare_bounds(run, place, run->looks[place].low, best,
                                  high) > 0) {
            continue;
        }
        order = compare(run, place, run->equal[0]);
        if (order < 0) {
            run->equal_count = 0;
        }
        if (order <= 0) {
            run->equal[run->equal_count++] = place;
        }
    }
}

static uint16_t rank_of(const struct shares_run *run, size_t place)
{
    return run->shares->count->ranks[run->shares->projects[place].project];
}

/* Few are ever equal. */
static void sort_equal(struct shares_run *run)
{
    for (size_t i = 1; i < run->equal_count; i++) {
        uint16_t place = run->equal[i];
        size_t at = i;

        while (at > 0 &&
               rank_of(run, run->equal[at - 1]) > rank_of(run, place)) {
            run->equal[at] = run->equal[at - 1];
            at--;
        }
        run->equal[at] = place;
    }
}

static bool has_room(struct shares_run *run)
{
    size_t tied = run->tied_count + run->equal_count;

    if (tied > run->tied_room) {
        uint16_t *more = realloc(run->tied, 2 * tied * sizeof *more);

        if (more == NULL) {
            return false;
        }
        run->tied = more;
        run->tied_room = 2 * tied;
    }
    if (run->tie_count == run->tie_room) {
        size_t room = 2 * run->tie_room + 4;
        struct shares_tie *more = realloc(run->ties, room * sizeof *more);

        if (more == NULL) {
            return false;
        }
        run->ties = more;
        run->tie_room = room;
    }
    return true;
}

static void note_tie(struct shares_run *run)
{
    sort_equal(run);
    if (!has_room(run)) {
        run->is_short = true;
        return;
    }
    run->ties[run->tie_count++] = (struct shares_tie){run->tied_count,
                                                      run->equal_count};
    for (size_t i = 0; i < run->equal_count; i++) {
        run->tied[run->tied_count++] =
            run->shares->projects[run->equal[i]].project;
    }
}

/* ---- all rounds */

static bool go_round(struct shares_run *run)
{
    size_t best = 0;

    look_around(run, &best);
    if (run->fresh_count == 0) {
        return false;
    }
    find_equal(run, best);
    if (run->equal_count > 1) {
        note_tie(run);
    }
    for (size_t i = 0; i < run->fresh_count; i++) {
        if (run->fresh[i] != run->equal[0]) {
            shares_heap_put(run, run->fresh[i]);
        }
    }
    shares_buy(run, run->equal[0]);
    return true;
}

/* What the run leaves.
 *
 * Where nobody was poor, everybody paid the least that the projects can cost,
 * and with more money would do so again, in whatever order: these are bought in
 * each further run. When each of the others alone is beyond the budget, buying
 * one ends a completion; so the outcome is found (is_settled). */
static void sum_up(struct shares_run *run)
{
    const struct shares *shares = run->shares;
    uint64_t budget = shares->count->contest->budget;

    run->is_complete = true;
    run->is_exhaustive = true;
    run->is_settled = run->poor_count == 0 &&
                      shares->count->contest->incompatible_count == 0;
    for (size_t i = 0; i < shares->project_count; i++) {
        const struct shares_project *project = &shares->projects[i];

        if (!run->is_bought[project->project] && !is_excluded(run, i)) {
            run->is_complete = false;
            run->is_exhaustive = run->is_exhaustive &&
                                 (run->cost > budget ||
                                  project->cost > budget - run->cost);
            run->is_settled = run->is_settled && project->cost > budget;
        }
    }
}

void shares_go(struct shares_run *run, uint64_t share, uint64_t parts)
{
    start(run, share, parts);
    while (share > 0 && !run->is_short && go_round(run)) {
    }
    sum_up(run);
}
