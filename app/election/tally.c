/* SPDX-License-Identifier: Apache-2.0 */
/* Counting a contest; see tally.h. The ballots as a file are tally_ballots.c.
 */
#include "tally.h"

#include <string.h>

#include "rule_pabulib.h"
#include "tally_parts.h"

static enum aula_code read_rule(struct tally *tally,
                                const struct election_contest *contest,
                                struct aula_error *err)
{
    if (!election_is_rule(contest->rule, contest->type) ||
        !rule_read(&tally->rule, contest->rule)) {
        return aula_fail(err, AULA_SOURCE,
                         "contest %s: no counting rule of that name for this "
                         "type of ballot",
                         contest->id);
    }
    return AULA_OK;
}

/* Hundredths as whole units; what is missing is rounded up. */
static void use_units(struct rule_outcome *outcome, size_t projects)
{
    outcome->cost /= TALLY_HUNDREDTHS;
    for (size_t i = 0; i < projects; i++) {
        uint64_t *by = &outcome->standings[i].short_by;

        *by = *by / TALLY_HUNDREDTHS + (*by % TALLY_HUNDREDTHS != 0);
    }
}

static void mark_projects(struct tally *tally)
{
    struct pabulib *file = &tally->ballots;
    bool has_points = tally->rule.measure != RULE_VOTES;

    for (size_t i = 0; i < file->project_count; i++) {
        const struct rule_standing *standing = &tally->outcome.standings[i];
        struct pabulib_project *project = &file->projects[i];
        bool is_funded = standing->fate == RULE_FUNDED;

        project->votes = (struct pabulib_number){true,
                                                 (int64_t)standing->votes};
        project->selected = (struct pabulib_number){true, is_funded ? 1 : 0};
        if (has_points) {
            project->score = (struct pabulib_number){true, standing->points};
        }
    }
}

static enum aula_code count_ballots(struct tally *tally,
                                    const struct election_contest *contest,
                                    struct pool *pool, struct aula_error *err)
{
    struct rule_source source;
    enum aula_code code = rule_source_open(&source, &tally->rule,
                                           &tally->ballots, err);

    if (code != AULA_OK) {
        return code;
    }
    source.contest.ties = contest->ties;
    source.contest.lot = contest->lot;
    source.contest.minimum_votes = contest->minimum_votes;
    source.contest.incompatible = contest->incompatible;
    source.contest.incompatible_count = contest->incompatible_count;
    code = rule_count(&tally->outcome, &tally->rule, &source.contest, pool,
                      err);
    rule_source_close(&source);
    if (code == AULA_OK) {
        use_units(&tally->outcome, contest->proposal_count);
        mark_projects(tally);
    }
    return code;
}

enum aula_code tally_open(struct tally *tally, const struct package *package,
                          const struct election *election, size_t place,
                          const uint8_t *rows, size_t count, struct pool *pool,
                          struct aula_error *err)
{
    const struct election_contest *contest = &election->contests[place];
    struct tally made = {.valid = 0};
    enum aula_code code = read_rule(&made, contest, err);

    if (code == AULA_OK) {
        code = tally_take_ballots(&made, package, election, place, rows, count,
                                  err);
    }
    if (code == AULA_OK) {
        code = count_ballots(&made, contest, pool, err);
    }
    if (code != AULA_OK) {
        tally_close(&made);
    }
    *tally = made;
    return code;
}

void tally_close(struct tally *tally)
{
    if (tally != NULL) {
        rule_outcome_close(&tally->outcome);
        pabulib_close(&tally->ballots);
        *tally = (struct tally){.valid = 0};
    }
}
