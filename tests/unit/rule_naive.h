/* SPDX-License-Identifier: Apache-2.0 */
/* Counting rules as they are defined, slowly: every voter has a fraction of
 * GMP, every project is looked at in every round. What rule_count says has to
 * be the same. */
#ifndef AULA_TEST_RULE_NAIVE_H
#define AULA_TEST_RULE_NAIVE_H

#include <gmp.h>

#include "rule_pabulib.h"

enum {
    NAIVE_PROJECTS = 40,
    NAIVE_VOTERS = 400,
    NAIVE_TIES = 2000,
    NAIVE_GROUPS = 4
};

/* An election in memory of its own. */
struct naive_election {
    struct pabulib file;
    struct pabulib_project projects[NAIVE_PROJECTS];
    char ids[NAIVE_PROJECTS][12];
    uint64_t costs[NAIVE_PROJECTS];
    struct pabulib_vote votes[NAIVE_VOTERS];
    uint16_t choices[NAIVE_VOTERS * NAIVE_PROJECTS];
    int32_t points[NAIVE_VOTERS * NAIVE_PROJECTS];
    enum election_ties ties;
    uint16_t lot[NAIVE_PROJECTS];
    uint32_t minimum;
    struct election_group groups[NAIVE_GROUPS];
    uint16_t members[NAIVE_GROUPS][4];
    size_t group_count;
};

struct naive_outcome {
    uint16_t selected[NAIVE_PROJECTS];
    size_t count;
    size_t filled;
    uint64_t cost;
    uint64_t steps;
    uint64_t ties; /* met in all runs; sets may come again */
};

void naive_count(struct naive_outcome *outcome, const struct rule *rule,
                 const struct naive_election *election);

#endif
