/* SPDX-License-Identifier: Apache-2.0 */
/* The projects of a run by the lower bound of their price. */
#include "rule_shares.h"

int shares_compare_bounds(const struct shares_run *run, size_t a,
                          uint64_t price_a, size_t b, uint64_t price_b)
{
    const struct shares_project *projects = run->shares->projects;

    return rule_compare_ratios(price_a, projects[a].scale, price_b,
                               projects[b].scale);
}

static bool is_lower(const struct shares_run *run, size_t a, size_t b)
{
    return shares_compare_bounds(run, a, run->looks[a].low, b,
                                 run->looks[b].low) < 0;
}

void shares_heap_put(struct shares_run *run, uint16_t place)
{
    size_t at = run->heap_count++;

    while (at > 0 && is_lower(run, place, run->heap[(at - 1) / 2])) {
        run->heap[at] = run->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    run->heap[at] = place;
}

uint16_t shares_heap_take(struct shares_run *run)
{
    uint16_t first = run->heap[0];
    uint16_t last = run->heap[--run->heap_count];
    size_t at = 0;

    for (;;) {
        size_t child = 2 * at + 1;

        if (child + 1 < run->heap_count &&
            is_lower(run, run->heap[child + 1], run->heap[child])) {
            child++;
        }
        if (child >= run->heap_count ||
            !is_lower(run, run->heap[child], last)) {
            break;
        }
        run->heap[at] = run->heap[child];
        at = child;
    }
    run->heap[at] = last;
    return first;
}
