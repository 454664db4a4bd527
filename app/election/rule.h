/* SPDX-License-Identifier: Apache-2.0 */
/* Counting rules of participatory budgeting: from ballots to funded projects.
 *
 *   greedy_votes, greedy_points, greedy_rank_points, each also _per_cost
 *       By votes or points (divided by cost), most first; each project whose
 *       cost still fits in the money left is funded, the others are passed
 *       over. There is no minimum of one vote.
 *   mes_card, mes_cost, mes_points, mes_points_cost, mes_rank_points,
 *   mes_rank_points_cost
 *       The Method of Equal Shares: every ballot, blank ones too, starts with
 *       an equal share of the budget. A project is bought by those who named
 *       it, each paying in proportion to what it is worth to them, or all that
 *       they have left. Again and again the one is bought that costs least for
 *       what it is worth.
 *   .._add<N>[e][u]
 *       Equal Shares again and again with N currency units more a ballot, until
 *       it overspends: the outcome before counts. With e the first outcome that
 *       leaves no room for another supported project ends it and counts. With u
 *       it is completed by greedy_votes.
 *   .._integral
 *       The first share is rounded down to a whole currency unit.
 *
 * Nothing is rounded and no number is a float: who wins depends on exact
 * comparisons, and every tie is one. Where ids are compared, it is by bytes:
 * "10" comes before "9".
 *
 * Source: D. Peters, G. Pierczyński, P. Skowron, "Proportional participatory
 * budgeting with additive utilities", NeurIPS 2021; completions as in
 * pabutools; names as in the expected outcomes of the tally tests.
 */
#ifndef AULA_RULE_H
#define AULA_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "election.h"
#include "error.h"
#include "pool.h"

enum {
    RULE_PROJECTS_MAX = 10000,
    RULE_STEPS_MAX = 1000000 /* of a completion, as a stop for absurd costs */
};

enum rule_method { RULE_GREEDY, RULE_SHARES };

/* What a named project gets from a ballot. */
enum rule_measure { RULE_VOTES, RULE_POINTS, RULE_RANK_POINTS };

struct rule {
    enum rule_method method;
    enum rule_measure measure;
    bool is_by_cost;    /* greedy: divided by cost; Equal Shares: times cost */
    uint32_t add;       /* currency units of a step; 0: no completion */
    bool is_exhaustive; /* e */
    bool is_filled;     /* u */
    bool is_integral;
};

/** Read the name of a rule.
 *
 *  Returns: false when there is none of that name; `rule` is untouched
 */
bool rule_read(struct rule *rule, const char *name);

struct rule_project {
    const char *id; /* all different */
    size_t id_size;
    uint64_t cost; /* above 0 */
};

/* Equal ballots: choices[first] .. choices[first + count - 1], each project at
 * most once. */
struct rule_group {
    size_t first;
    uint16_t count;
    uint32_t times;
};

/* What is counted. Money is in any one unit below 2^57 in all. */
struct rule_contest {
    const struct rule_project *projects;
    size_t project_count;
    uint64_t budget;
    uint64_t unit;         /* so much money is a currency unit: 1 or 100 */
    uint64_t ballot_count; /* blank ones too */
    const struct rule_group *groups;
    size_t group_count; /* blank ones need not be there */
    const uint16_t *choices;
    const int32_t *points;  /* one a choice; NULL where the measure is votes */
    int32_t default_points; /* of a project that a ballot does not name */

    enum election_ties ties;
    const uint16_t *lot; /* projects in drawn order; for ELECTION_TIES_LOT */
    uint32_t minimum_votes;
    const struct election_group *incompatible;
    size_t incompatible_count;
};

/* Why a project is funded or not. */
enum rule_fate {
    RULE_FUNDED,
    RULE_UNDER_MINIMUM, /* fewer votes than the contest asks for */
    RULE_EXCLUDED,      /* an incompatible one, `by`, was funded first */
    RULE_TOO_DEAR,      /* greedy: the money left was short by `short_by` */
    RULE_NO_VOTES,      /* Equal Shares: nobody gave it anything */
    RULE_UNSUPPORTED    /* Equal Shares: its supporters' money did not suffice,
                           short by `short_by`, rounded up */
};

struct rule_standing {
    uint64_t votes; /* ballots that name it */
    int64_t points; /* of the measure; votes where that is votes */
    enum rule_fate fate;
    uint64_t short_by;
    uint16_t by;
};

/* Projects that were equal where it mattered, in the order that the contest's
 * ties put them: in Equal Shares the first of them was bought; in greedy rules
 * they were looked at in this order, and not all fitted. */
struct rule_tie {
    uint16_t *projects;
    size_t count;
    uint64_t times;     /* it was met in so many runs of a completion */
    bool is_of_outcome; /* in the run that counts, or in filling up */
};

struct rule_outcome {
    struct rule_standing *standings; /* one a project */
    uint16_t *selected;              /* in the order of selection */
    size_t selected_count;
    size_t filled_count; /* the last of them, by filling up */
    uint64_t cost;       /* of the selected */
    uint64_t steps;      /* of a completion that were added */
    bool is_exhaustive;  /* nothing left over would still fit, whether it may
                            be funded or not */
    struct rule_tie *ties;
    size_t tie_count;
};

/** Count.
 *
 *  Returns: AULA_OK
 *           AULA_TOO_LARGE  a completion does not end in RULE_STEPS_MAX steps
 *           AULA_MEMORY     no memory
 *  Out:     outcome  all zero on failure
 *  In:      pool     for completions, whose runs do not depend on each other;
 *                    NULL: this thread alone. The outcome is the same
 *  Owner:   rule_outcome_close frees what the outcome holds
 */
AULA_MUST_CHECK enum aula_code rule_count(struct rule_outcome *outcome,
                                          const struct rule *rule,
                                          const struct rule_contest *contest,
                                          struct pool *pool,
                                          struct aula_error *err);

/** Free what rule_count made. Accepts NULL and an outcome all zero. */
void rule_outcome_close(struct rule_outcome *outcome);

#endif
