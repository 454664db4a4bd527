/* SPDX-License-Identifier: Apache-2.0 */
/* Comparing without rounding, and the order among equals. */
#include <stdlib.h>
#include <string.h>

#include "rule_parts.h"

struct rule_wide rule_multiply(uint64_t a, uint64_t b)
{
    uint64_t a_low = a & UINT32_MAX;
    uint64_t a_high = a >> 32;
    uint64_t b_low = b & UINT32_MAX;
    uint64_t b_high = b >> 32;
    uint64_t low = a_low * b_low;
    /* At most (2^32 - 1)^2 + 2 (2^32 - 1): it fits. */
    uint64_t middle = a_high * b_low + (low >> 32);
    uint64_t other = a_low * b_high + (middle & UINT32_MAX);

    return (struct rule_wide){
        .high = a_high * b_high + (middle >> 32) + (other >> 32),
        .low = (other << 32) | (low & UINT32_MAX),
    };
}

int rule_compare_wide(struct rule_wide a, struct rule_wide b)
{
    if (a.high != b.high) {
        return a.high < b.high ? -1 : 1;
    }
    return (a.low > b.low) - (a.low < b.low);
}

int rule_compare_ratios(uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
    return rule_compare_wide(rule_multiply(a, d), rule_multiply(c, b));
}

/* ---- the order among equals */

/* A project in the order of the ties; qsort has no other way to bring what
 * they are compared by. */
struct entry {
    const struct rule_project *project;
    uint64_t votes;
    size_t place; /* in the contest */
};

static int by_id(const void *a, const void *b)
{
    const struct rule_project *x = ((const struct entry *)a)->project;
    const struct rule_project *y = ((const struct entry *)b)->project;
    size_t size = x->id_size < y->id_size ? x->id_size : y->id_size;
    int order = memcmp(x->id, y->id, size);

    return order != 0 ? order
                      : (x->id_size > y->id_size) - (x->id_size < y->id_size);
}

static int by_cost(const void *a, const void *b)
{
    uint64_t x = ((const struct entry *)a)->project->cost;
    uint64_t y = ((const struct entry *)b)->project->cost;

    return x != y ? (x > y) - (x < y) : by_id(a, b);
}

static int by_votes(const void *a, const void *b)
{
    uint64_t x = ((const struct entry *)a)->votes;
    uint64_t y = ((const struct entry *)b)->votes;

    return x != y ? (x < y) - (x > y) : by_id(a, b);
}

static void sort(struct entry *entries, size_t count, enum election_ties ties)
{
    switch (ties) {
    case ELECTION_TIES_ID:
        qsort(entries, count, sizeof *entries, by_id);
        break;
    case ELECTION_TIES_CHEAPER:
        qsort(entries, count, sizeof *entries, by_cost);
        break;
    case ELECTION_TIES_VOTES:
        qsort(entries, count, sizeof *entries, by_votes);
        break;
    case ELECTION_TIES_LOT:
        break;
    }
}

enum aula_code rule_rank(struct rule_count *count)
{
    const struct rule_contest *contest = count->contest;
    size_t total = contest->project_count;
    struct entry *entries = calloc(total + 1, sizeof *entries);

    if (entries == NULL) {
        return aula_fail(count->err, AULA_MEMORY, "out of memory");
    }
    for (size_t i = 0; i < total; i++) {
        size_t place = contest->ties == ELECTION_TIES_LOT ? contest->lot[i] : i;

        entries[i] = (struct entry){&contest->projects[place],
                                    count->outcome->standings[place].votes,
                                    place};
    }
    sort(entries, total, contest->ties);
    for (size_t i = 0; i < total; i++) {
        count->ranks[entries[i].place] = (uint16_t)i;
    }
    free(entries);
    return AULA_OK;
}
