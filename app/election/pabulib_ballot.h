/* SPDX-License-Identifier: Apache-2.0 */
/* Pabulib ballots and the plaintexts of a contest (PROTOCOL.md 6.1).
 *
 *   vote_type    contest    limit                     cap
 *   approval     approval   max_length, else n
 *   choose-1     approval   1
 *   ordinal      ranking    max_length, else n
 *   cumulative   points     max_sum_points            max_points, else 255
 *   scoring      points     max_sum_points, else all  max_points, else the
 *                           that n projects may get   most that was given
 *
 * Approval is knapsack where max_sum_cost is the budget and max_length does not
 * bind: then a ballot is bounded by its cost. Limits beyond what the table of
 * section 4 allows become the most that it allows where that still says the
 * same.
 *
 * What a contest cannot say is left to the voter: least lengths and sums, and a
 * bound on a ballot's cost other than the budget. A ballot that the contest's
 * rule does not allow is refused with the code of its rule, never changed.
 */
#ifndef AULA_PABULIB_BALLOT_H
#define AULA_PABULIB_BALLOT_H

#include "pabulib.h"
#include "package.h"
#include "plaintext.h"

/** The rule of a contest for this file's ballots.
 *
 *  Returns: AULA_OK
 *           AULA_TOO_LARGE  more than PLAINTEXT_PROPOSALS_MAX projects
 *           AULA_SOURCE     no contest has such a rule: no project, a limit of
 *                           0, cumulative without max_sum_points, points that
 *                           may be negative or do not fit
 *  Out:     rule  its costs are file->costs and its budget, both hundredths
 *  Owner:   the rule points into the file
 */
AULA_MUST_CHECK enum aula_code pabulib_rule(struct plaintext_rule *rule,
                                            const struct pabulib *file,
                                            struct aula_error *err);

/** Find each project of the file among the proposals of a contest, by id.
 *
 *  Returns: AULA_OK
 *           AULA_SOURCE  a project that the contest does not offer, or a vote
 *                        type that is not the contest's
 *  Out:     places  file->project_count proposals, from 0
 */
AULA_MUST_CHECK enum aula_code
pabulib_match(uint16_t *places, const struct pabulib *file,
              const struct package_contest *contest, struct aula_error *err);

/** One ballot of the file as the plaintext of a contest.
 *
 *  A project with 0 points, which the file tells from one left out, is left
 *  out. In a scoring file a project left out gets default_score.
 *
 *  Returns: AULA_OK
 *           AULA_PT_LIMIT, AULA_PT_RANK  not allowed by the rule
 *           AULA_SOURCE  a project stands on it twice, or the type of the rule
 *                        is not that of the file
 *  Out:     plaintext  plaintext_size(rule) bytes; zeros on failure
 *  In:      rule       of pabulib_rule or of a package
 *           places     of pabulib_match; NULL: proposals are the file's
 *                      projects in its order
 *           vote       below file->vote_count
 */
AULA_MUST_CHECK enum aula_code
pabulib_plaintext(uint8_t *plaintext, const struct plaintext_rule *rule,
                  const struct pabulib *file, const uint16_t *places,
                  size_t vote, struct aula_error *err);

/** The other way: the choices of a plaintext, as pabulib_write_vote takes them.
 *
 *  Returns: how many
 *  Out:     choices  room for rule->n; proposals ascending, ranked ones best
 *                    first
 *           points   room for rule->n; written for points only, else may be
 *                    NULL
 *  In:      plaintext  one that plaintext_check allows
 */
size_t pabulib_choices(uint16_t *choices, int32_t *points,
                       const struct plaintext_rule *rule,
                       const uint8_t *plaintext);

/** Say a contest's rule in META: vote_type and its limits. Other fields of the
 *  file, the budget among them, are left as they are.
 *
 *  In:  rule    its budget in hundredths, as file->budget
 */
void pabulib_set_rule(struct pabulib *file, const struct plaintext_rule *rule);

#endif
