/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of rule.h share. Not for use outside of them. */
#ifndef AULA_RULE_PARTS_H
#define AULA_RULE_PARTS_H

#include "rule.h"

/* A product that does not fit in 64 bits. */
struct rule_wide {
    uint64_t high;
    uint64_t low;
};

struct rule_wide rule_multiply(uint64_t a, uint64_t b);
int rule_compare_wide(struct rule_wide a, struct rule_wide b);

/** a / b against c / d, all of them above 0 but a and c: below 0, 0, above 0.
 */
int rule_compare_ratios(uint64_t a, uint64_t b, uint64_t c, uint64_t d);

/* A count under way. */
struct rule_count {
    const struct rule *rule;
    const struct rule_contest *contest;
    struct rule_outcome *outcome; /* standings have room, and so has selected */
    uint16_t *ranks;              /* of the projects: the place among equals */
    bool *is_funded;              /* projects of outcome->selected */
    struct pool *pool;
    struct aula_error *err;
    size_t tie_room;
};

/** Put projects in the order of the contest's ties, in `ranks`. */
AULA_MUST_CHECK enum aula_code rule_rank(struct rule_count *count);

/** An incompatible project that was funded; SIZE_MAX: none.
 *
 *  In:  is_funded  one a project
 */
size_t rule_excluded_by(const struct rule_contest *contest,
                        const bool *is_funded, size_t project);

/** Fund a project: it comes last in `selected`. */
void rule_fund(struct rule_count *count, size_t project);

/** Note a tie, or that it was met once more.
 *
 *  Returns: AULA_OK or AULA_MEMORY
 *  In:      projects  `size` of them in the order of the ties
 *           times     how often it was met
 */
AULA_MUST_CHECK enum aula_code rule_note_tie(struct rule_count *count,
                                             const uint16_t *projects,
                                             size_t size, uint64_t times,
                                             bool is_of_outcome);

/** Greedy, with the money that the selected leave, over projects that have
 *  enough votes; those that it does not fund get their fate.
 *
 *  Returns: AULA_OK or AULA_MEMORY
 *  In:      is_filling  greedy_votes, whatever the rule
 */
AULA_MUST_CHECK enum aula_code rule_greedy(struct rule_count *count,
                                           bool is_filling);

/** Equal Shares with its completion.
 *
 *  Returns: AULA_OK, AULA_TOO_LARGE or AULA_MEMORY
 */
AULA_MUST_CHECK enum aula_code rule_shares(struct rule_count *count);

#endif
