/* SPDX-License-Identifier: Apache-2.0 */
/* What `aula tally` prints: one object,
 *
 *   {"rule": name, "selected": [ids], "cost": money, "budget": money,
 *    "votes": ballots, "exhaustive": flag, "increments": steps of a completion,
 *    "added": [ids of those by filling up], "ties_by": order,
 *    "ties": [{"projects": [ids], "times": runs, "of_outcome": flag}],
 *    "projects": [{"id", "cost", "votes", "points", "outcome": why,
 *                  "by": the id that excluded it, "short_by": money}]}
 *
 * Money is a whole number, or a decimal with two places as text. */
#ifndef AULA_TALLY_REPORT_H
#define AULA_TALLY_REPORT_H

#include "output.h"
#include "pabulib.h"
#include "rule.h"

struct tally_view {
    const char *name; /* of the rule */
    const struct rule *rule;
    const struct pabulib *file;
    const struct rule_outcome *outcome;
    const char *ties; /* the order among equals */
};

void tally_report(struct output *out, const struct tally_view *view);

#endif
