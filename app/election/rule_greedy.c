/* SPDX-License-Identifier: Apache-2.0 */
/* Greedy: down the list, whatever fits.
 *
 * A tie is told where it mattered: of equal projects, those that could be
 * funded when the first of them was looked at do not all go together. */
#include <stdlib.h>

#include "rule_parts.h"

/* A project and what it is sorted by: worth / per, then rank. */
struct entry {
    int64_t worth;
    uint64_t per;
    uint16_t rank;
    uint16_t project;
};

static int compare_worth(const struct entry *a, const struct entry *b)
{
    if ((a->worth < 0) != (b->worth < 0)) {
        return a->worth < 0 ? 1 : -1;
    }
    return a->worth < 0 ? rule_compare_ratios((uint64_t)-a->worth, a->per,
                                              (uint64_t)-b->worth, b->per)
                        : rule_compare_ratios((uint64_t)b->worth, b->per,
                                              (uint64_t)a->worth, a->per);
}

/* Most worth first. */
static int compare(const void *left, const void *right)
{
    const struct entry *a = left;
    const struct entry *b = right;
    int order = compare_worth(a, b);

    return order != 0 ? order : (a->rank > b->rank) - (a->rank < b->rank);
}

/* Greedy under way. */
struct greed {
    struct rule_count *count;
    struct entry *entries;
    size_t entry_count;
    uint64_t left; /* money */
    uint16_t *equals;
};

static void take_entries(struct greed *greed, bool is_filling)
{
    struct rule_count *count = greed->count;
    const struct rule_contest *contest = count->contest;
    bool is_per_cost = !is_filling && count->rule->is_by_cost;

    for (size_t i = 0; i < contest->project_count; i++) {
        const struct rule_standing *standing = &count->outcome->standings[i];

        if (count->is_funded[i] || standing->fate == RULE_UNDER_MINIMUM) {
            continue;
        }
        greed->entries[greed->entry_count++] = (struct entry){
            .worth = is_filling ? (int64_t)standing->votes : standing->points,
            .per = is_per_cost ? contest->projects[i].cost : 1,
            .rank = count->ranks[i],
            .project = (uint16_t)i,
        };
    }
    qsort(greed->entries, greed->entry_count, sizeof *greed->entries, compare);
}

/* Can it be funded now? */
static bool is_open(const struct greed *greed, size_t project)
{
    const struct rule_count *count = greed->count;

    return count->contest->projects[project].cost <= greed->left &&
           rule_excluded_by(count->contest, count->is_funded, project) ==
               SIZE_MAX;
}

/* Among `size` equals, those that can be funded now, when they do not all go
 * together; 0 when they do. */
static size_t tied(const struct greed *greed, const struct entry *equals,
                   size_t size)
{
    const struct rule_contest *contest = greed->count->contest;
    uint64_t cost = 0;
    bool is_crossed = false;
    size_t count = 0;

    for (size_t i = 0; i < size; i++) {
        if (is_open(greed, equals[i].project)) {
            greed->equals[count++] = equals[i].project;
            /* Once it is too much it stays so: no sum overflows. */
            cost += cost > greed->left
                        ? 0
                        : contest->projects[equals[i].project].cost;
        }
    }
    for (size_t i = 0; i < count; i++) {
        greed->count->is_funded[greed->equals[i]] = true;
    }
    for (size_t i = 0; i < count && !is_crossed; i++) {
        is_crossed = rule_excluded_by(contest, greed->count->is_funded,
                                      greed->equals[i]) != SIZE_MAX;
    }
    for (size_t i = 0; i < count; i++) {
        greed->count->is_funded[greed->equals[i]] = false;
    }
    return cost > greed->left || is_crossed ? count : 0;
}

static void look_at(struct greed *greed, size_t project)
{
    struct rule_count *count = greed->count;
    struct rule_standing *standing = &count->outcome->standings[project];
    uint64_t cost = count->contest->projects[project].cost;
    size_t by = rule_excluded_by(count->contest, count->is_funded, project);

    if (by != SIZE_MAX) {
        standing->fate = RULE_EXCLUDED;
        standing->by = (uint16_t)by;
        standing->short_by = 0;
    } else if (cost > greed->left) {
        standing->fate = RULE_TOO_DEAR;
        standing->short_by = cost - greed->left;
    } else {
        rule_fund(count, project);
        greed->left -= cost;
    }
}

static enum aula_code go_down(struct greed *greed)
{
    const struct entry *entries = greed->entries;
    size_t end = 0;

    for (size_t i = 0; i < greed->entry_count; i = end) {
        size_t size = 0;

        for (end = i + 1; end < greed->entry_count; end++) {
            if (compare_worth(&entries[i], &entries[end]) != 0) {
                break;
            }
        }
        size = end - i < 2 ? 0 : tied(greed, &entries[i], end - i);
        if (size > 0) {
            enum aula_code code = rule_note_tie(greed->count, greed->equals,
                                                size, 1, true);

            if (code != AULA_OK) {
                return code;
            }
        }
        for (size_t k = i; k < end; k++) {
            look_at(greed, entries[k].project);
        }
    }
    return AULA_OK;
}

enum aula_code rule_greedy(struct rule_count *count, bool is_filling)
{
    size_t total = count->contest->project_count;
    struct greed greed = {
        .count = count,
        .entries = calloc(total + 1, sizeof *greed.entries),
        .equals = calloc(total + 1, sizeof *greed.equals),
        .left = count->contest->budget - count->outcome->cost,
    };
    enum aula_code code = AULA_OK;

    if (greed.entries == NULL || greed.equals == NULL) {
        code = aula_fail(count->err, AULA_MEMORY, "out of memory");
    } else {
        take_entries(&greed, is_filling);
        code = go_down(&greed);
    }
    free(greed.entries);
    free(greed.equals);
    return code;
}
