/* SPDX-License-Identifier: Apache-2.0 */
/* Counting: sums first, then the rule, then what is left to say. */
#include <stdlib.h>
#include <string.h>

#include "rule_parts.h"

size_t rule_excluded_by(const struct rule_contest *contest,
                        const bool *is_funded, size_t project)
{
    for (size_t i = 0; i < contest->incompatible_count; i++) {
        const struct election_group *group = &contest->incompatible[i];
        size_t by = SIZE_MAX;
        bool is_in = false;

        for (size_t k = 0; k < group->count; k++) {
            size_t other = group->proposals[k];

            is_in = is_in || other == project;
            if (other != project && is_funded[other]) {
                by = other;
            }
        }
        if (is_in && by != SIZE_MAX) {
            return by;
        }
    }
    return SIZE_MAX;
}

void rule_fund(struct rule_count *count, size_t project)
{
    struct rule_outcome *outcome = count->outcome;
    struct rule_standing *standing = &outcome->standings[project];

    standing->fate = RULE_FUNDED;
    standing->short_by = 0;
    standing->by = 0;
    outcome->selected[outcome->selected_count++] = (uint16_t)project;
    outcome->cost += count->contest->projects[project].cost;
    count->is_funded[project] = true;
}

/* ---- ties */

static bool is_tie(const struct rule_tie *tie, const uint16_t *projects,
                   size_t size)
{
    return tie->count == size &&
           memcmp(tie->projects, projects, size * sizeof *projects) == 0;
}

static enum aula_code add_tie(struct rule_count *count,
                              const uint16_t *projects, size_t size)
{
    struct rule_outcome *outcome = count->outcome;
    uint16_t *copy = malloc(size * sizeof *copy);

    if (copy != NULL && outcome->tie_count == count->tie_room) {
        size_t room = 2 * count->tie_room + 8;
        struct rule_tie *ties = realloc(outcome->ties, room * sizeof *ties);

        if (ties != NULL) {
            outcome->ties = ties;
            count->tie_room = room;
        }
    }
    if (copy == NULL || outcome->tie_count == count->tie_room) {
        free(copy);
        return aula_fail(count->err, AULA_MEMORY, "out of memory");
    }
    memcpy(copy, projects, size * sizeof *copy);
    outcome->ties[outcome->tie_count++] = (struct rule_tie){.projects = copy,
                                                            .count = size};
    return AULA_OK;
}

enum aula_code rule_note_tie(struct rule_count *count, const uint16_t *projects,
                             size_t size, uint64_t times, bool is_of_outcome)
{
    struct rule_outcome *outcome = count->outcome;
    size_t at = 0;

    while (at < outcome->tie_count &&
           !is_tie(&outcome->ties[at], projects, size)) {
        at++;
    }
    if (at == outcome->tie_count) {
        enum aula_code code = add_tie(count, projects, size);

        if (code != AULA_OK) {
            return code;
        }
    }
    outcome->ties[at].times += times;
    outcome->ties[at].is_of_outcome = outcome->ties[at].is_of_outcome ||
                                      is_of_outcome;
    return AULA_OK;
}

/* ---- sums */

static void add_up(struct rule_count *count)
{
    const struct rule_contest *contest = count->contest;
    struct rule_standing *standings = count->outcome->standings;
    bool is_votes = count->rule->measure == RULE_VOTES;

    for (size_t i = 0; i < contest->group_count; i++) {
        const struct rule_group *group = &contest->groups[i];

        for (size_t k = group->first; k < group->first + group->count; k++) {
            struct rule_standing *standing = &standings[contest->choices[k]];

            standing->votes += group->times;
            if (!is_votes && contest->points != NULL) {
                standing->points += (int64_t)group->times * contest->points[k];
            }
        }
    }
    for (size_t i = 0; i < contest->project_count; i++) {
        uint64_t others = contest->ballot_count - standings[i].votes;

        standings[i].points += is_votes
                                   ? (int64_t)standings[i].votes
                                   : (int64_t)others * contest->default_points;
        standings[i].fate = standings[i].votes < contest->minimum_votes
                                ? RULE_UNDER_MINIMUM
                                : RULE_TOO_DEAR;
    }
}

static bool is_exhaustive(const struct rule_count *count)
{
    const struct rule_contest *contest = count->contest;

    for (size_t i = 0; i < contest->project_count; i++) {
        if (!count->is_funded[i] &&
            contest->projects[i].cost <=
                contest->budget - count->outcome->cost) {
            return false;
        }
    }
    return true;
}

static enum aula_code apply(struct rule_count *count)
{
    size_t before;
    enum aula_code code;

    if (count->rule->method == RULE_GREEDY) {
        return rule_greedy(count, false);
    }
    code = rule_shares(count);
    before = count->outcome->selected_count;
    if (code == AULA_OK && count->rule->is_filled) {
        code = rule_greedy(count, true);
        count->outcome->filled_count = count->outcome->selected_count - before;
    }
    return code;
}

static enum aula_code take_memory(struct rule_count *count)
{
    size_t total = count->contest->project_count + 1;
    struct rule_outcome *outcome = count->outcome;

    outcome->standings = calloc(total, sizeof *outcome->standings);
    outcome->selected = calloc(total, sizeof *outcome->selected);
    count->ranks = calloc(total, sizeof *count->ranks);
    count->is_funded = calloc(total, sizeof *count->is_funded);
    return outcome->standings != NULL && outcome->selected != NULL &&
                   count->ranks != NULL && count->is_funded != NULL
               ? AULA_OK
               : aula_fail(count->err, AULA_MEMORY, "out of memory");
}

enum aula_code rule_count(struct rule_outcome *outcome, const struct rule *rule,
                          const struct rule_contest *contest, struct pool *pool,
                          struct aula_error *err)
{
    struct rule_outcome made = {.standings = NULL};
    struct rule_count count = {.rule = rule,
                               .contest = contest,
                               .outcome = &made,
                               .pool = pool,
                               .err = err};
    enum aula_code code = take_memory(&count);

    if (code == AULA_OK) {
        add_up(&count);
        code = rule_rank(&count);
    }
    if (code == AULA_OK) {
        code = apply(&count);
    }
    if (code == AULA_OK) {
        made.is_exhaustive = is_exhaustive(&count);
    } else {
        rule_outcome_close(&made);
    }
    free(count.ranks);
    free(count.is_funded);
    *outcome = made;
    return code;
}

void rule_outcome_close(struct rule_outcome *outcome)
{
    if (outcome == NULL) {
        return;
    }
    for (size_t i = 0; i < outcome->tie_count; i++) {
        free(outcome->ties[i].projects);
    }
    free(outcome->ties);
    free(outcome->standings);
    free(outcome->selected);
    *outcome = (struct rule_outcome){.standings = NULL};
}
