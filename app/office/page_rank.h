/* SPDX-License-Identifier: Apache-2.0 */
/* The proposals of a contest in the order in which people want to read them. */
#ifndef AULA_PAGE_RANK_H
#define AULA_PAGE_RANK_H

#include "page.h"

/* A proposal with what it is counted by: votes, or points. */
struct page_ranked {
    const struct page_proposal *proposal;
    uint64_t score;
};

/** Winners first, then by score, then by number.
 *
 *  Out:     ranked  contest->proposal_count of them, which is at most
 *                   PLAINTEXT_PROPOSALS_MAX (asserted)
 *  Returns: the highest score
 */
uint64_t page_rank(struct page_ranked ranked[static PLAINTEXT_PROPOSALS_MAX],
                   const struct page_contest *contest);

/** How many win. */
size_t page_funded_count(const struct page_contest *contest);

#endif
