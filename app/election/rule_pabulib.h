/* SPDX-License-Identifier: Apache-2.0 */
/* The ballots of a Pabulib file, as a rule counts them.
 *
 * A project that stands twice on a ballot counts once: in a ranking at its
 * first place, with points as the last of them says. Points of a rank are
 * max_length for the first and one less for each further one, or where the file
 * has no max_length, by the ballot's own length. In a scoring file a project
 * left out gets default_score.
 */
#ifndef AULA_RULE_PABULIB_H
#define AULA_RULE_PABULIB_H

#include "pabulib.h"
#include "rule.h"

/* `contest` points into the other fields and into the file. Its ties are by id,
 * without minimum or incompatible projects: who knows better sets them. */
struct rule_source {
    struct rule_contest contest;
    struct rule_project *projects;
    struct rule_group *groups;
    uint16_t *choices;
    int32_t *points;
};

/** Prepare a file for a rule. For Equal Shares equal ballots become one group.
 *
 *  Returns: AULA_OK
 *           AULA_SOURCE  the rule counts points that ballots of this vote_type
 *                        do not have
 *           AULA_MEMORY  no memory
 *  Out:     source  all zero on failure
 *  Owner:   the file stays until rule_source_close
 */
AULA_MUST_CHECK enum aula_code rule_source_open(struct rule_source *source,
                                                const struct rule *rule,
                                                const struct pabulib *file,
                                                struct aula_error *err);

/** Free what rule_source_open made. Accepts NULL and a source all zero. */
void rule_source_close(struct rule_source *source);

#endif
