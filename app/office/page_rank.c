/* SPDX-License-Identifier: Apache-2.0 */
/* See page_rank.h. */
#include "page_rank.h"

#include <assert.h>
#include <stdlib.h>

/* -1, 0 or 1. */
static int order(uint64_t one, uint64_t other)
{
    return (one > other) - (one < other);
}

static int compare(const void *left, const void *right)
{
    const struct page_ranked *one = left;
    const struct page_ranked *other = right;
    int by = order(other->proposal->outcome == PAGE_FUNDED,
                   one->proposal->outcome == PAGE_FUNDED);

    if (by == 0) {
        by = order(other->score, one->score);
    }
    if (by == 0) {
        by = order(one->proposal->number, other->proposal->number);
    }
    return by;
}

uint64_t page_rank(struct page_ranked ranked[static PLAINTEXT_PROPOSALS_MAX],
                   const struct page_contest *contest)
{
    uint64_t most = 0;

    assert(contest->proposal_count <= PLAINTEXT_PROPOSALS_MAX);
    for (size_t i = 0; i < contest->proposal_count; i++) {
        const struct page_proposal *proposal = &contest->proposals[i];
        uint64_t score = contest->is_by_points ? proposal->points
                                               : proposal->votes;

        ranked[i] = (struct page_ranked){proposal, score};
        most = score > most ? score : most;
    }
    qsort(ranked, contest->proposal_count, sizeof *ranked, compare);
    return most;
}

size_t page_funded_count(const struct page_contest *contest)
{
    size_t count = 0;

    for (size_t i = 0; i < contest->proposal_count; i++) {
        count += contest->proposals[i].outcome == PAGE_FUNDED;
    }
    return count;
}
