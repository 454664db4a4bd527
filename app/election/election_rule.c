/* SPDX-License-Identifier: Apache-2.0 */
/* How a contest is voted on and counted: its limits by the table of PROTOCOL.md
 * section 4, and the name of its counting rule. */
#include "election_parts.h"
#include "rule.h"

bool election_is_rule(const char *name, enum plaintext_type type)
{
    struct rule rule;

    /* What is rounded down is a name of comparisons only. */
    if (!rule_read(&rule, name) || rule.is_integral) {
        return false;
    }
    switch (rule.measure) {
    case RULE_VOTES:
        return true;
    case RULE_POINTS:
        return type == PLAINTEXT_POINTS;
    case RULE_RANK_POINTS:
        break;
    }
    return type == PLAINTEXT_RANKING;
}

/* ---- limits */

/* A key that has to be there, or may not be, by the type of the contest. */
static void check_key(struct form_reader *reader, const json_t *value,
                      const char *key, bool is_wanted)
{
    bool is_there = json_object_get(value, key) != NULL;

    if (is_wanted && !is_there) {
        form_fault(reader, "key \"%s\" is missing for this type", key);
    } else if (!is_wanted && is_there) {
        election_fault(reader, NULL, 0, key,
                       "ballots of this type have no such limit");
    }
}

static void check_limit(struct form_reader *reader,
                        const struct election_contest *contest)
{
    size_t most = contest->proposal_count;

    if (contest->type == PLAINTEXT_RANKING && most > 255) {
        most = 255;
    }
    if (contest->type != PLAINTEXT_POINTS && most > 0 &&
        contest->limit > most) {
        election_fault(reader, NULL, 0, "limit",
                       "expected at most %zu with %zu proposals", most,
                       contest->proposal_count);
    }
    if (contest->limit != 0 && contest->cap > contest->limit) {
        election_fault(reader, NULL, 0, "cap", "expected at most \"limit\", %u",
                       contest->limit);
    }
}

static void check_money(struct form_reader *reader,
                        struct election_contest *contest, bool is_official)
{
    if (contest->budget == 0) {
        return;
    }
    if (contest->project_cap == 0) {
        contest->project_cap = contest->budget;
    }
    if (is_official && contest->project_cap > contest->budget) {
        election_fault(reader, NULL, 0, "project_cap",
                       "it is above the budget");
    }
    for (size_t i = 0; i < contest->proposal_count; i++) {
        uint64_t cost = contest->proposals[i].cost;

        if (cost > contest->project_cap) {
            election_fault(reader, "proposals", i, "cost",
                           "%llu is above the most for a project, %llu",
                           (unsigned long long)cost,
                           (unsigned long long)contest->project_cap);
        }
    }
}

void election_check_rule(struct form_reader *reader,
                         struct election_contest *contest, const json_t *value,
                         bool is_official)
{
    enum plaintext_type type = contest->type;

    check_money(reader, contest, is_official);
    if ((unsigned)type == 0) {
        return;
    }
    check_key(reader, value, "limit", type != PLAINTEXT_KNAPSACK);
    check_key(reader, value, "cap", type == PLAINTEXT_POINTS);
    check_limit(reader, contest);
    if (contest->rule != NULL && !election_is_rule(contest->rule, type)) {
        election_fault(reader, NULL, 0, "rule",
                       "no counting rule \"%s\" for this type of ballot",
                       form_show(contest->rule));
    }
}
