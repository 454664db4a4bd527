/* SPDX-License-Identifier: Apache-2.0 */
/* See page_tally.h. */
#include "page_tally.h"

static void take_standing(struct page_proposal *proposal,
                          const struct rule_standing *standing,
                          const struct page_proposal *all)
{
    proposal->votes = standing->votes;
    proposal->points = standing->points > 0 ? (uint64_t)standing->points : 0;
    proposal->outcome_number = 0;
    switch (standing->fate) {
    case RULE_FUNDED:
        proposal->outcome = PAGE_FUNDED;
        break;
    case RULE_UNDER_MINIMUM:
        proposal->outcome = PAGE_UNDER_MINIMUM;
        break;
    case RULE_EXCLUDED:
        proposal->outcome = PAGE_EXCLUDED;
        proposal->outcome_number = all[standing->by].number;
        break;
    case RULE_TOO_DEAR:
        proposal->outcome = PAGE_TOO_DEAR;
        proposal->outcome_number = standing->short_by;
        break;
    case RULE_NO_VOTES:
        proposal->outcome = PAGE_NO_VOTES;
        break;
    case RULE_UNSUPPORTED:
        proposal->outcome = PAGE_UNSUPPORTED;
        proposal->outcome_number = standing->short_by;
        break;
    }
}

/* Those of the run that counts; what was equal on the way to it decided
 * nothing. */
static enum aula_code take_ties(struct page_book *book,
                                struct page_contest *contest,
                                const struct rule_outcome *outcome,
                                struct aula_error *err)
{
    struct page_tie *ties = page_book_take(book, outcome->tie_count,
                                           sizeof *ties);

    if (ties == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory for a result");
    }
    contest->ties = ties;
    contest->tie_count = 0;
    for (size_t i = 0; i < outcome->tie_count; i++) {
        const struct rule_tie *tie = &outcome->ties[i];

        if (tie->is_of_outcome) {
            ties[contest->tie_count++] = (struct page_tie){tie->projects,
                                                           tie->count};
        }
    }
    return AULA_OK;
}

enum aula_code page_take_tally(struct page_book *book, size_t contest,
                               const struct tally *tally,
                               struct aula_error *err)
{
    struct page_contest *to = &book->contests[contest];
    struct page_proposal *proposals = book->proposals[contest];

    for (size_t i = 0; i < to->proposal_count; i++) {
        take_standing(&proposals[i], &tally->outcome.standings[i], proposals);
        if (proposals[i].outcome == PAGE_UNDER_MINIMUM) {
            proposals[i].outcome_number = to->minimum_votes;
        }
    }
    to->status = PAGE_COUNTED;
    to->valid = tally->valid;
    to->blank = tally->blank;
    to->spent = tally->outcome.cost;
    to->ballots = &tally->ballots;
    return take_ties(book, to, &tally->outcome, err);
}
