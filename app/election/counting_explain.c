/* SPDX-License-Identifier: Apache-2.0 */
/* The findings as a list without repetition, and the rows of type 4 that settle
 * some of them (PROTOCOL.md 11.1; 11.3, rule 6). */
#include <stdlib.h>
#include <string.h>

#include "counting_parts.h"
#include "rulings.h"

/* A place that findings are looked up by: they are sorted so at first. */
static int compare_places(const struct counting_finding *left,
                          const struct counting_finding *right)
{
    int order = memcmp(left->tid, right->tid, TERMINAL_ID_BYTES);

    return order != 0
               ? order
               : (left->first > right->first) - (left->first < right->first);
}

static int compare_by_place(const void *left, const void *right)
{
    return compare_places(left, right);
}

static int compare_by_name(const void *left, const void *right)
{
    const struct counting_finding *a = left;
    const struct counting_finding *b = right;
    int order = (a->name > b->name) - (a->name < b->name);

    if (order == 0) {
        order = compare_places(a, b);
    }
    return order != 0 ? order : (a->last > b->last) - (a->last < b->last);
}

/* Two branches of a fork can show the same at one seq: that is one finding. */
static void sort_findings(struct counting *set)
{
    size_t count = 0;

    qsort(set->findings, set->finding_count, sizeof set->findings[0],
          compare_by_name);
    for (size_t i = 0; i < set->finding_count; i++) {
        if (count == 0 || compare_by_name(&set->findings[count - 1],
                                          &set->findings[i]) != 0) {
            set->findings[count++] = set->findings[i];
        }
    }
    set->finding_count = count;
}

/* Settle what a row explains; whether it explains anything. */
static bool settle(struct counting *set, const struct rulings_row *row)
{
    struct counting_finding key = {.tid = row->tid, .first = row->seq};
    struct counting_finding *end = set->findings + set->finding_count;
    struct counting_finding *found = bsearch(&key, set->findings,
                                             set->finding_count, sizeof key,
                                             compare_by_place);
    bool is_needed = false;

    while (found != NULL && found > set->findings &&
           compare_places(found - 1, &key) == 0) {
        found--;
    }
    while (found != NULL && found < end && compare_places(found, &key) == 0) {
        is_needed |= found->is_open;
        found->is_open = false;
        found++;
    }
    return is_needed;
}

/* No two rows of type 4 are of one place (rule 2), so that one row does not
 * take what another explains. */
enum aula_code counting_explain(struct counting *set,
                                const struct rulings_row *rows,
                                size_t row_count, struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    if (set->finding_count > 0) {
        sort_findings(set);
        qsort(set->findings, set->finding_count, sizeof set->findings[0],
              compare_by_place);
    }
    for (size_t i = 0; code == AULA_OK && i < row_count; i++) {
        if (rows[i].type == RULINGS_EXPLAIN &&
            (set->finding_count == 0 || !settle(set, &rows[i]))) {
            code = counting_refuse(rows, i, "explains no open finding", err);
        }
    }
    if (set->finding_count > 0) {
        qsort(set->findings, set->finding_count, sizeof set->findings[0],
              compare_by_name);
    }
    return code;
}
