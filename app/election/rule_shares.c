/* SPDX-License-Identifier: Apache-2.0 */
/* Equal Shares: the supporters of the projects, what a ballot starts with, and
 * what to say of the run that counts. */
#include "rule_shares.h"

#include <stdlib.h>
#include <string.h>

static enum aula_code no_memory(const struct shares *shares)
{
    return aula_fail(shares->count->err, AULA_MEMORY, "out of memory");
}

/* ---- supporters */

/* Hand each support to `take`: what a group gets from a project. */
static void each_support(struct shares *shares, uint32_t *seen,
                         void (*take)(struct shares *shares, size_t project,
                                      size_t group, int32_t worth))
{
    const struct rule_contest *contest = shares->count->contest;
    bool is_votes = shares->count->rule->measure == RULE_VOTES;
    bool has_default = !is_votes && contest->default_points > 0;

    for (size_t g = 0; g < contest->group_count; g++) {
        const struct rule_group *group = &contest->groups[g];

        for (size_t k = group->first; k < group->first + group->count; k++) {
            take(shares, contest->choices[k], g,
                 is_votes || contest->points == NULL ? 1 : contest->points[k]);
            seen[contest->choices[k]] = (uint32_t)g + 1;
        }
        for (size_t i = 0; has_default && i < contest->project_count; i++) {
            if (seen[i] != g + 1) {
                take(shares, i, g, contest->default_points);
            }
        }
    }
}

/* First pass: how many; projects stand at their place in the contest. */
static void count_support(struct shares *shares, size_t project, size_t group,
                          int32_t worth)
{
    if (worth > 0) {
        shares->projects[project].count++;
        shares->paid_first[group + 1]++;
        shares->support_count++;
    }
}

static void add_support(struct shares *shares, size_t project, size_t group,
                        int32_t worth)
{
    struct shares_project *to = &shares->projects[project];

    if (worth > 0) {
        uint32_t units = (uint32_t)worth;

        shares->supports[to->first + to->count++] =
            (struct shares_support){(uint32_t)group, units};
        to->units += shares->purses[group].times * units;
        to->worth_max = units > to->worth_max ? units : to->worth_max;
    }
}

/* Of all projects, those that may be bought. */
static void keep_projects(struct shares *shares)
{
    const struct rule_count *count = shares->count;
    size_t kept = 0;

    for (size_t i = 0; i < count->contest->project_count; i++) {
        struct shares_project project = shares->projects[i];
        struct rule_standing *standing = &count->outcome->standings[i];

        project.project = (uint16_t)i;
        project.cost = count->contest->projects[i].cost;
        project.scale = count->rule->is_by_cost ? project.cost : 1;
        if (standing->fate == RULE_UNDER_MINIMUM) {
            continue;
        }
        standing->fate = project.count == 0 ? RULE_NO_VOTES : RULE_UNSUPPORTED;
        if (project.count > 0) {
            shares->projects[kept++] = project;
        }
    }
    shares->project_count = kept;
}

static enum aula_code take_supports(struct shares *shares, uint32_t *seen)
{
    const struct rule_contest *contest = shares->count->contest;
    size_t first = 0;

    each_support(shares, seen, count_support);
    shares->supports = calloc(shares->support_count + 1,
                              sizeof *shares->supports);
    if (shares->supports == NULL) {
        return no_memory(shares);
    }
    for (size_t i = 0; i < contest->project_count; i++) {
        shares->projects[i].first = first;
        first += shares->projects[i].count;
        shares->projects[i].count = 0;
    }
    for (size_t g = 0; g < contest->group_count; g++) {
        shares->paid_first[g + 1] += shares->paid_first[g];
        shares->purses[g].times = contest->groups[g].times;
    }
    memset(seen, 0, contest->project_count * sizeof *seen);
    each_support(shares, seen, add_support);
    keep_projects(shares);
    return AULA_OK;
}

static enum aula_code open_shares(struct shares *shares)
{
    const struct rule_contest *contest = shares->count->contest;
    uint32_t *seen = calloc(contest->project_count + 1, sizeof *seen);
    enum aula_code code = AULA_OK;

    shares->group_count = contest->group_count;
    shares->projects = calloc(contest->project_count + 1,
                              sizeof *shares->projects);
    shares->purses = calloc(contest->group_count + 1, sizeof *shares->purses);
    shares->paid_first = calloc(contest->group_count + 2,
                                sizeof *shares->paid_first);
    if (seen == NULL || shares->projects == NULL || shares->purses == NULL ||
        shares->paid_first == NULL) {
        code = no_memory(shares);
    } else {
        code = take_supports(shares, seen);
    }
    free(seen);
    return code;
}

static void close_shares(struct shares *shares)
{
    free(shares->projects);
    free(shares->supports);
    free(shares->purses);
    free(shares->paid_first);
}

/* ---- what a ballot starts with */

static void take_share(struct shares *shares)
{
    const struct rule_contest *contest = shares->count->contest;

    shares->share = contest->budget;
    shares->parts = contest->ballot_count;
    if (shares->parts == 0) {
        shares->parts = 1; /* nobody pays anyway */
    }
    if (shares->count->rule->is_integral) {
        uint64_t whole = contest->budget / shares->parts / contest->unit;

        shares->share = whole * contest->unit;
        shares->parts = 1;
    }
}

void shares_go_step(struct shares_run *run, uint64_t step)
{
    const struct shares *shares = run->shares;
    const struct rule_contest *contest = shares->count->contest;
    uint64_t more = step * contest->unit * shares->count->rule->add;

    shares_go(run, shares->share + more * shares->parts, shares->parts);
}

enum aula_code shares_note_ties(struct rule_count *count, const uint16_t *tied,
                                const struct shares_tie *ties, size_t tie_count,
                                uint64_t times, bool is_of_outcome)
{
    for (size_t i = 0; i < tie_count; i++) {
        enum aula_code code = rule_note_tie(count, tied + ties[i].first,
                                            ties[i].count, times,
                                            is_of_outcome);

        if (code != AULA_OK) {
            return code;
        }
    }
    return AULA_OK;
}

/* ---- the outcome */

static void say_why_not(struct shares_run *run, size_t place)
{
    const struct rule_count *count = run->shares->count;
    size_t project = run->shares->projects[place].project;
    struct rule_standing *standing = &count->outcome->standings[project];
    size_t by = rule_excluded_by(count->contest, count->is_funded, project);

    if (by != SIZE_MAX) {
        standing->fate = RULE_EXCLUDED;
        standing->by = (uint16_t)by;
    } else {
        standing->short_by = shares_exact_short(run, place);
    }
}

static enum aula_code take_outcome(struct shares_run *run)
{
    struct rule_count *count = run->shares->count;

    for (size_t i = 0; i < run->purchase_count; i++) {
        size_t place = run->purchases[i].place;

        rule_fund(count, run->shares->projects[place].project);
    }
    for (size_t i = 0; i < run->shares->project_count; i++) {
        if (!count->is_funded[run->shares->projects[i].project]) {
            say_why_not(run, i);
        }
    }
    /* A completion has met them already. */
    return shares_note_ties(count, run->tied, run->ties, run->tie_count,
                            count->rule->add > 0 ? 0 : 1, true);
}

enum aula_code rule_shares(struct rule_count *count)
{
    struct shares shares = {.count = count};
    struct shares_run run = {.shares = NULL};
    enum aula_code code = open_shares(&shares);

    if (code == AULA_OK) {
        take_share(&shares);
    }
    if (code == AULA_OK && count->rule->add > 0) {
        code = shares_complete(&shares, &count->outcome->steps);
    }
    if (code == AULA_OK) {
        code = shares_run_open(&run, &shares, count->err);
    }
    if (code == AULA_OK) {
        shares_go_step(&run, count->outcome->steps);
        code = run.is_short ? no_memory(&shares) : take_outcome(&run);
    }
    if (run.shares != NULL) {
        shares_run_close(&run);
    }
    close_shares(&shares);
    return code;
}
