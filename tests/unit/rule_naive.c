/* SPDX-License-Identifier: Apache-2.0 */
/* See rule_naive.h. */
#include "rule_naive.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

/* What a voter gives to a project. */
struct naive_work {
    const struct rule *rule;
    const struct naive_election *election;
    int64_t worth[NAIVE_VOTERS][NAIVE_PROJECTS];
    bool named[NAIVE_VOTERS][NAIVE_PROJECTS];
    uint64_t votes[NAIVE_PROJECTS];
    int64_t points[NAIVE_PROJECTS];
    bool is_funded[NAIVE_PROJECTS];
    struct naive_outcome *outcome;
};

/* Ranks are those of different projects. */
static int64_t worth_of(const struct naive_work *work,
                        const struct pabulib_vote *vote, size_t place,
                        size_t rank, size_t ranks)
{
    const struct pabulib *file = &work->election->file;
    int64_t most = file->max_length.is_there ? file->max_length.value
                                             : (int64_t)ranks;

    switch (work->rule->measure) {
    case RULE_VOTES:
        return 1;
    case RULE_POINTS:
        return file->points[vote->first + place];
    case RULE_RANK_POINTS:
        break;
    }
    return most > (int64_t)rank ? most - (int64_t)rank : 0;
}

static void read_ballot(struct naive_work *work, size_t v)
{
    const struct pabulib *file = &work->election->file;
    const struct pabulib_vote *vote = &file->votes[v];
    size_t ranks = 0;
    size_t rank = 0;

    for (size_t k = 0; k < vote->count; k++) {
        size_t project = file->choices[vote->first + k];

        ranks += !work->named[v][project];
        work->named[v][project] = true;
    }
    memset(work->named[v], 0, sizeof work->named[v]);
    for (size_t k = 0; k < vote->count; k++) {
        size_t project = file->choices[vote->first + k];
        bool is_again = work->named[v][project];

        if (!is_again || work->rule->measure == RULE_POINTS) {
            work->worth[v][project] = worth_of(work, vote, k, rank, ranks);
        }
        rank += !is_again;
        work->named[v][project] = true;
    }
}

static void read_ballots(struct naive_work *work)
{
    const struct pabulib *file = &work->election->file;

    for (size_t v = 0; v < file->vote_count; v++) {
        for (size_t p = 0; p < file->project_count; p++) {
            work->worth[v][p] = work->rule->measure == RULE_POINTS
                                    ? file->default_score.value
                                    : 0;
        }
        read_ballot(work, v);
        for (size_t p = 0; p < file->project_count; p++) {
            work->votes[p] += work->named[v][p];
            work->points[p] += work->worth[v][p];
        }
    }
}

/* Does a come before b among equals? */
static bool precedes(const struct naive_work *work, size_t a, size_t b)
{
    const struct naive_election *election = work->election;

    switch (election->ties) {
    case ELECTION_TIES_ID:
        break;
    case ELECTION_TIES_CHEAPER:
        if (election->costs[a] != election->costs[b]) {
            return election->costs[a] < election->costs[b];
        }
        break;
    case ELECTION_TIES_VOTES:
        if (work->votes[a] != work->votes[b]) {
            return work->votes[a] > work->votes[b];
        }
        break;
    case ELECTION_TIES_LOT:
        for (size_t i = 0; i < election->file.project_count; i++) {
            if (election->lot[i] == a || election->lot[i] == b) {
                return election->lot[i] == a;
            }
        }
        break;
    }
    return strcmp(election->ids[a], election->ids[b]) < 0;
}

static bool is_excluded(const struct naive_work *work, const bool *funded,
                        size_t project)
{
    for (size_t g = 0; g < work->election->group_count; g++) {
        const struct election_group *group = &work->election->groups[g];
        bool is_in = false;
        bool has_other = false;

        for (size_t i = 0; i < group->count; i++) {
            is_in = is_in || group->proposals[i] == project;
            has_other = has_other || (group->proposals[i] != project &&
                                      funded[group->proposals[i]]);
        }
        if (is_in && has_other) {
            return true;
        }
    }
    return false;
}

/* ---- greedy */

static int compare_worth(const struct naive_work *work, size_t a, size_t b,
                         bool is_filling)
{
    bool per_cost = work->rule->is_by_cost && !is_filling;
    mpq_t x;
    mpq_t y;
    int order;

    mpq_inits(x, y, NULL);
    mpq_set_si(x, is_filling ? (long)work->votes[a] : (long)work->points[a],
               per_cost ? work->election->costs[a] : 1);
    mpq_set_si(y, is_filling ? (long)work->votes[b] : (long)work->points[b],
               per_cost ? work->election->costs[b] : 1);
    mpq_canonicalize(x);
    mpq_canonicalize(y);
    order = mpq_cmp(x, y);
    mpq_clears(x, y, NULL);
    return order;
}

static void take(struct naive_work *work, size_t project)
{
    work->is_funded[project] = true;
    work->outcome->selected[work->outcome->count++] = (uint16_t)project;
    work->outcome->cost += work->election->costs[project];
}

static void greedy(struct naive_work *work, bool is_filling)
{
    const struct naive_election *election = work->election;
    bool seen[NAIVE_PROJECTS] = {false};

    for (size_t n = 0; n < election->file.project_count; n++) {
        size_t best = NAIVE_PROJECTS;

        for (size_t p = 0; p < election->file.project_count; p++) {
            int order = seen[p] ? -1
                        : best == NAIVE_PROJECTS
                            ? 1
                            : compare_worth(work, p, best, is_filling);

            if (order > 0 || (order == 0 && precedes(work, p, best))) {
                best = p;
            }
        }
        assert(best < NAIVE_PROJECTS);
        seen[best] = true;
        if (!work->is_funded[best] && work->votes[best] >= election->minimum &&
            !is_excluded(work, work->is_funded, best) &&
            work->outcome->cost + election->costs[best] <=
                (uint64_t)election->file.budget) {
            take(work, best);
        }
    }
}

/* ---- Equal Shares */

/* The price of a unit of worth; false: it cannot be bought. */
static bool price_of(mpq_t price, const struct naive_work *work, mpq_t *money,
                     size_t project)
{
    size_t voters = work->election->file.vote_count;
    bool is_poor[NAIVE_VOTERS] = {false};
    bool has_changed = true;
    int64_t units = 1;
    mpq_t each;

    mpq_init(each);
    while (has_changed && units > 0) {
        has_changed = false;
        units = 0;
        mpq_set_ui(price, work->election->costs[project], 1);
        for (size_t v = 0; v < voters; v++) {
            if (work->worth[v][project] > 0 && is_poor[v]) {
                mpq_sub(price, price, money[v]);
            } else if (work->worth[v][project] > 0) {
                units += work->worth[v][project];
            }
        }
        if (units == 0) {
            break;
        }
        mpq_set_ui(each, (unsigned long)units, 1);
        mpq_div(price, price, each);
        for (size_t v = 0; v < voters; v++) {
            if (work->worth[v][project] > 0 && !is_poor[v]) {
                mpq_set_ui(each, (unsigned long)work->worth[v][project], 1);
                mpq_mul(each, each, price);
                is_poor[v] = mpq_cmp(money[v], each) < 0;
                has_changed = has_changed || is_poor[v];
            }
        }
    }
    mpq_clear(each);
    return units > 0;
}

struct naive_run {
    uint16_t bought[NAIVE_PROJECTS];
    size_t count;
    uint64_t cost;
    uint64_t ties;
    bool is_exhaustive;
    bool is_complete;
};

static bool may_win(const struct naive_work *work, const bool *funded, size_t p)
{
    int64_t most = 0;

    for (size_t v = 0; v < work->election->file.vote_count; v++) {
        most = work->worth[v][p] > most ? work->worth[v][p] : most;
    }
    return most > 0 && !funded[p] && !is_excluded(work, funded, p) &&
           work->votes[p] >= work->election->minimum;
}

static void pay(const struct naive_work *work, mpq_t *money, const mpq_t price,
                size_t project)
{
    mpq_t each;

    mpq_init(each);
    for (size_t v = 0; v < work->election->file.vote_count; v++) {
        if (work->worth[v][project] > 0) {
            mpq_set_ui(each, (unsigned long)work->worth[v][project], 1);
            mpq_mul(each, each, price);
            mpq_sub(money[v], money[v], each);
            if (mpq_sgn(money[v]) < 0) {
                mpq_set_ui(money[v], 0, 1);
            }
        }
    }
    mpq_clear(each);
}

/* One purchase; false: there is none. */
static bool buy(struct naive_run *run, bool *funded,
                const struct naive_work *work, mpq_t *money)
{
    size_t best = NAIVE_PROJECTS;
    bool is_tie = false;
    mpq_t price;
    mpq_t by_worth;
    mpq_t best_price;
    mpq_t best_by_worth;

    mpq_inits(price, by_worth, best_price, best_by_worth, NULL);
    for (size_t p = 0; p < work->election->file.project_count; p++) {
        int order = -1;

        if (!may_win(work, funded, p) || !price_of(price, work, money, p)) {
            continue;
        }
        mpq_set_ui(by_worth, 1,
                   work->rule->is_by_cost ? work->election->costs[p] : 1);
        mpq_mul(by_worth, by_worth, price);
        order = best == NAIVE_PROJECTS ? -1 : mpq_cmp(by_worth, best_by_worth);
        is_tie = order == 0 || (is_tie && order > 0);
        if (order < 0 || (order == 0 && precedes(work, p, best))) {
            best = p;
            mpq_set(best_price, price);
            mpq_set(best_by_worth, by_worth);
        }
    }
    if (best < NAIVE_PROJECTS) {
        pay(work, money, best_price, best);
        funded[best] = true;
        run->bought[run->count++] = (uint16_t)best;
        run->cost += work->election->costs[best];
        run->ties += is_tie;
    }
    mpq_clears(price, by_worth, best_price, best_by_worth, NULL);
    return best < NAIVE_PROJECTS;
}

static void go(struct naive_run *run, const struct naive_work *work,
               uint64_t step)
{
    const struct pabulib *file = &work->election->file;
    bool funded[NAIVE_PROJECTS] = {false};
    mpq_t money[NAIVE_VOTERS];
    mpq_t more;

    *run = (struct naive_run){.is_exhaustive = true, .is_complete = true};
    mpq_init(more);
    mpq_set_ui(more, 100 * step * work->rule->add, 1);
    for (size_t v = 0; v < file->vote_count; v++) {
        mpq_init(money[v]);
        mpq_set_ui(money[v], (unsigned long)file->budget, file->vote_count);
        mpq_canonicalize(money[v]);
        if (work->rule->is_integral) {
            mpq_set_ui(money[v],
                       (unsigned long)file->budget / file->vote_count / 100 *
                           100,
                       1);
        }
        mpq_add(money[v], money[v], more);
    }
    while (buy(run, funded, work, money)) {
    }
    for (size_t p = 0; p < file->project_count; p++) {
        if (may_win(work, funded, p)) {
            run->is_complete = false;
            run->is_exhaustive = run->is_exhaustive &&
                                 run->cost + work->election->costs[p] >
                                     (uint64_t)file->budget;
        }
    }
    for (size_t v = 0; v < file->vote_count; v++) {
        mpq_clear(money[v]);
    }
    mpq_clear(more);
}

static void shares(struct naive_work *work)
{
    const struct rule *rule = work->rule;
    struct naive_run last = {.count = 0};
    struct naive_run run;

    for (uint64_t step = 0;; step++) {
        go(&run, work, step);
        work->outcome->ties += run.ties;
        if (run.cost > (uint64_t)work->election->file.budget) {
            break;
        }
        last = run;
        work->outcome->steps = step;
        if (rule->add == 0 || run.is_complete ||
            (run.is_exhaustive && rule->is_exhaustive)) {
            break;
        }
    }
    for (size_t i = 0; i < last.count; i++) {
        take(work, last.bought[i]);
    }
    if (rule->is_filled) {
        greedy(work, true);
        work->outcome->filled = work->outcome->count - last.count;
    }
}

void naive_count(struct naive_outcome *outcome, const struct rule *rule,
                 const struct naive_election *election)
{
    static struct naive_work work; /* large; one test at a time */

    memset(&work, 0, sizeof work);
    memset(outcome, 0, sizeof *outcome);
    work.rule = rule;
    work.election = election;
    work.outcome = outcome;
    read_ballots(&work);
    if (rule->method == RULE_GREEDY) {
        greedy(&work, false);
    } else {
        shares(&work);
    }
}
