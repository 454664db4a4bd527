/* SPDX-License-Identifier: Apache-2.0 */
/* The last checks of a package: limit, cap and ids of its contests against the
 * table of PROTOCOL.md section 4. They come after all signatures, so a refusal
 * here is the office's own mistake.
 */
#include "package_parts.h"

#include <stdlib.h>
#include <string.h>

enum { POINTS_CAP_MAX = 255, RANKING_LIMIT_MAX = 255 };

/* Any total order will do to bring equal ids together: the length first, since
 * most ids of a contest are equally long and a comparison is cheap. */
static int compare_ids(const void *left, const void *right)
{
    const struct package_text *a = *(const struct package_text *const *)left;
    const struct package_text *b = *(const struct package_text *const *)right;

    if (a->size != b->size) {
        return a->size < b->size ? -1 : 1;
    }
    return memcmp(a->text, b->text, a->size);
}

static bool are_ids_unique(const struct package_contest *contest)
{
    const struct package_text *order[PLAINTEXT_PROPOSALS_MAX] = {NULL};
    size_t count = contest->rule.n;

    for (size_t q = 0; q < count; q++) {
        order[q] = &contest->ids[q];
    }
    qsort(order, count, sizeof order[0], compare_ids);
    for (size_t q = 1; q < count; q++) {
        if (compare_ids(&order[q - 1], &order[q]) == 0) {
            return false;
        }
    }
    return true;
}

static bool are_numbers_allowed(const struct plaintext_rule *rule)
{
    switch (rule->type) {
    case PLAINTEXT_APPROVAL:
        return rule->limit >= 1 && rule->limit <= rule->n && rule->cap == 0;
    case PLAINTEXT_KNAPSACK:
        return rule->limit == 0 && rule->cap == 0;
    case PLAINTEXT_POINTS:
        return rule->limit >= 1 && rule->cap >= 1 &&
               rule->cap <= POINTS_CAP_MAX;
    case PLAINTEXT_RANKING:
        break;
    }
    return rule->limit >= 1 && rule->limit <= rule->n &&
           rule->limit <= RANKING_LIMIT_MAX && rule->cap == 0;
}

enum aula_code package_check_contests(const struct package *package,
                                      struct aula_error *err)
{
    for (size_t c = 0; c < package->contest_count; c++) {
        if (!are_numbers_allowed(&package->contests[c].rule)) {
            return aula_fail(err, AULA_PKG_CONTEST,
                             "package: contest %zu: limit or cap", c);
        }
        if (!are_ids_unique(&package->contests[c])) {
            return aula_fail(err, AULA_PKG_CONTEST,
                             "package: contest %zu: an id twice", c);
        }
    }
    return AULA_OK;
}
