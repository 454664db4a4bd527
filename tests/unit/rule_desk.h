/* SPDX-License-Identifier: Apache-2.0 */
/* Elections for tests of rules, put together ballot by ballot. */
#ifndef AULA_TEST_RULE_DESK_H
#define AULA_TEST_RULE_DESK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rule_naive.h"

static inline void desk_add_project(struct naive_election *election,
                                    const char *id, uint64_t cost)
{
    struct pabulib *file = &election->file;
    size_t p = file->project_count++;

    (void)snprintf(election->ids[p], sizeof election->ids[p], "%s", id);
    election->projects[p].id = (struct pabulib_text){election->ids[p],
                                                     strlen(id)};
    election->costs[p] = 100 * cost;
    file->projects = election->projects;
    file->costs = election->costs;
}

static inline void desk_start_vote(struct naive_election *election)
{
    struct pabulib *file = &election->file;

    file->votes = election->votes;
    file->choices = election->choices;
    if (file->vote_type == PABULIB_CUMULATIVE ||
        file->vote_type == PABULIB_SCORING) {
        file->points = election->points;
    }
    election->votes[file->vote_count++] =
        (struct pabulib_vote){.first = (uint32_t)file->choice_count};
}

static inline void desk_add_choice(struct naive_election *election,
                                   size_t project, int32_t points)
{
    struct pabulib *file = &election->file;
    struct pabulib_vote *vote = &election->votes[file->vote_count - 1];

    for (size_t i = vote->first; i < file->choice_count; i++) {
        vote->is_twice = vote->is_twice || file->choices[i] == project;
    }
    election->choices[file->choice_count] = (uint16_t)project;
    election->points[file->choice_count++] = points;
    vote->count++;
}

static inline void desk_count(struct rule_outcome *outcome, const char *name,
                              const struct naive_election *election)
{
    struct rule_source source;
    struct rule rule;

    assert_true(rule_read(&rule, name));
    assert_int_equal(rule_source_open(&source, &rule, &election->file, NULL),
                     AULA_OK);
    source.contest.ties = election->ties;
    source.contest.lot = election->lot;
    source.contest.minimum_votes = election->minimum;
    source.contest.incompatible = election->groups;
    source.contest.incompatible_count = election->group_count;
    assert_int_equal(rule_count(outcome, &rule, &source.contest, NULL, NULL),
                     AULA_OK);
    rule_source_close(&source);
}

#endif
