/* SPDX-License-Identifier: Apache-2.0 */
/* A completion of Equal Shares: runs with more and more money.
 *
 * They do not depend on each other, so they are made ahead, as many at a time
 * as keep all threads busy, and looked through in order: what comes out is the
 * same with any number of threads. The run that counts is made once more at the
 * end, for what only it has to say. */
#include <stdlib.h>

#include "rule_shares.h"

enum {
    AHEAD_FOR_A_THREAD = 16,
    PATIENCE = 10000 /* steps, before an outcome that is settled ends it */
};

/* Money of all ballots that a run can take. */
static const uint64_t money_most = UINT64_C(1) << 60;

/* The last step by which all ballots have no more than money_most. */
static uint64_t steps_most(const struct shares *shares)
{
    const struct rule_contest *contest = shares->count->contest;
    uint64_t step = contest->unit * shares->count->rule->add;
    uint64_t ballots = contest->ballot_count;
    uint64_t most = RULE_STEPS_MAX;

    if (ballots > 0 &&
        (money_most - contest->budget) / ballots / step < RULE_STEPS_MAX) {
        most = (money_most - contest->budget) / ballots / step;
    }
    return most;
}

/* What is kept of a run: is it the end, and its ties. */
struct result {
    bool is_over; /* it overspends */
    bool is_last; /* it counts, none need come after it */
    bool is_settled;
    bool is_short;
    uint16_t *tied;
    size_t tied_count;
    struct shares_tie *ties;
    size_t tie_count;
};

struct search {
    struct shares *shares;
    struct shares_run *runs; /* one a worker */
    unsigned run_count;
    struct result *results; /* from step `first` on */
    uint64_t first;
    uint64_t chosen;
    bool is_found;
};

/* Its ties are moved out of the run. */
static void take_result(struct result *result, struct shares_run *run)
{
    const struct rule_count *count = run->shares->count;

    *result = (struct result){
        .is_over = run->cost > count->contest->budget,
        .is_last = run->is_complete ||
                   (run->is_exhaustive && count->rule->is_exhaustive),
        .is_settled = run->is_settled,
        .is_short = run->is_short,
        .tied = run->tied,
        .tied_count = run->tied_count,
        .ties = run->ties,
        .tie_count = run->tie_count,
    };
    run->tied = NULL;
    run->tied_room = 0;
    run->ties = NULL;
    run->tie_room = 0;
}

static void run_some(void *arg, unsigned worker, size_t first, size_t end)
{
    struct search *search = arg;

    for (size_t i = first; i < end; i++) {
        struct shares_run *run = &search->runs[worker];

        shares_go_step(run, search->first + i);
        take_result(&search->results[i], run);
    }
}

/* Look through runs in order. */
static enum aula_code look_through(struct search *search, size_t count)
{
    for (size_t i = 0; i < count && !search->is_found; i++) {
        const struct result *result = &search->results[i];
        uint64_t step = search->first + i;
        enum aula_code code =
            result->is_short
                ? aula_fail(search->shares->count->err, AULA_MEMORY,
                            "out of memory")
                : shares_note_ties(search->shares->count, result->tied,
                                   result->ties, result->tie_count, 1, false);

        if (code != AULA_OK) {
            return code;
        }
        if (result->is_over || result->is_last ||
            (result->is_settled && step >= PATIENCE)) {
            search->is_found = true;
            search->chosen = result->is_over && step > 0 ? step - 1 : step;
        }
    }
    return AULA_OK;
}

static void forget(struct result *results, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(results[i].tied);
        free(results[i].ties);
        results[i] = (struct result){.tied = NULL};
    }
}

static enum aula_code search_steps(struct search *search)
{
    uint64_t most = steps_most(search->shares);
    size_t ahead = search->run_count;
    enum aula_code code = AULA_OK;

    while (code == AULA_OK && !search->is_found) {
        if (search->first > most) {
            return aula_fail(search->shares->count->err, AULA_TOO_LARGE,
                             "the completion does not end in %llu steps",
                             (unsigned long long)most);
        }
        if (ahead > most - search->first + 1) {
            ahead = (size_t)(most - search->first) + 1;
        }
        pool_run(search->shares->count->pool, ahead, 1, run_some, search);
        code = look_through(search, ahead);
        forget(search->results, ahead);
        search->first += ahead;
        if (ahead < AHEAD_FOR_A_THREAD * (size_t)search->run_count) {
            ahead *= 2;
        }
    }
    return code;
}

enum aula_code shares_complete(struct shares *shares, uint64_t *step)
{
    struct pool *pool = shares->count->pool;
    struct search search = {
        .shares = shares,
        .run_count = pool == NULL ? 1 : pool_threads(pool),
    };
    enum aula_code code = AULA_OK;

    search.runs = calloc(search.run_count, sizeof *search.runs);
    search.results = calloc(2 * AHEAD_FOR_A_THREAD * (size_t)search.run_count,
                            sizeof *search.results);
    if (search.runs == NULL || search.results == NULL) {
        code = aula_fail(shares->count->err, AULA_MEMORY, "out of memory");
    }
    for (unsigned i = 0; i < search.run_count && code == AULA_OK; i++) {
        code = shares_run_open(&search.runs[i], shares, shares->count->err);
    }
    if (code == AULA_OK) {
        code = search_steps(&search);
    }
    for (unsigned i = 0; search.runs != NULL && i < search.run_count; i++) {
        shares_run_close(&search.runs[i]);
    }
    free(search.runs);
    free(search.results);
    *step = search.chosen;
    return code;
}
