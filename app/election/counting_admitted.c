/* SPDX-License-Identifier: Apache-2.0 */
/* Records that may not be admitted beside each other (PROTOCOL.md 11.3, rules 4
 * and 5). A stolen key can put any number of records at one place, so they are
 * sorted rather than compared each with each. */
#include <stdlib.h>
#include <string.h>

#include "counting_parts.h"
#include "rulings.h"

static bool is_admitted(const struct counting_record *record)
{
    return record->is_named || record->is_on_chain;
}

static int compare_places(const struct counting_record *left,
                          const struct counting_record *right)
{
    if (left->terminal != right->terminal) {
        return left->terminal < right->terminal ? -1 : 1;
    }
    return (left->seq > right->seq) - (left->seq < right->seq);
}

/* By place and C; a cast record before a challenged one. */
static int compare_ciphertexts(const void *left, const void *right)
{
    const struct counting_record *a = *(struct counting_record *const *)left;
    const struct counting_record *b = *(struct counting_record *const *)right;
    int order = compare_places(a, b);

    if (order == 0) {
        order = memcmp(a->ciphertext, b->ciphertext, sizeof a->ciphertext);
    }
    return order != 0 ? order : (a->kind > b->kind) - (a->kind < b->kind);
}

/* By place, kind and tag: those of kind 1 and of one voter side by side. */
static int compare_voters(const void *left, const void *right)
{
    const struct counting_record *a = *(struct counting_record *const *)left;
    const struct counting_record *b = *(struct counting_record *const *)right;
    int order = compare_places(a, b);

    if (order == 0) {
        order = (a->kind > b->kind) - (a->kind < b->kind);
    }
    return order != 0 ? order : memcmp(a->tag, b->tag, sizeof a->tag);
}

/* The row that admits a record: that of type 1, or of its terminal's chain. */
static enum aula_code refuse(const struct counting *set,
                             const struct rulings_row *rows, size_t row_count,
                             const struct counting_record *record,
                             const char *reason, struct aula_error *err)
{
    const uint8_t *tid = set->terminals[record->terminal].tid;
    size_t row = 0;

    for (size_t i = 0; i < row_count; i++) {
        bool is_it = record->is_named
                         ? rows[i].type == RULINGS_ADMIT &&
                               memcmp(rows[i].hash, record->hash, HASH_BYTES) ==
                                   0
                         : rows[i].type == RULINGS_CHAIN &&
                               memcmp(rows[i].tid, tid, TERMINAL_ID_BYTES) == 0;

        row = is_it ? i : row;
    }
    return counting_refuse(rows, row, reason, err);
}

/* Rule 4, of neighbours; rule 5 likewise. NULL when they may stand so. */
static const char *opened_clash(const struct counting_record *record,
                                const struct counting_record *next)
{
    return compare_places(record, next) == 0 && record->kind != next->kind &&
                   memcmp(record->ciphertext, next->ciphertext,
                          sizeof record->ciphertext) == 0
               ? "admits a ballot whose seed was revealed"
               : NULL;
}

static const char *beside_clash(const struct counting_record *record,
                                const struct counting_record *next)
{
    if (compare_places(record, next) != 0) {
        return NULL;
    }
    if (record->kind == RECORD_CHALLENGED || next->kind == RECORD_CHALLENGED) {
        return "admits a challenged ballot beside another record";
    }
    return record->kind == RECORD_CAST && next->kind == RECORD_CAST &&
                   memcmp(record->tag, next->tag, sizeof record->tag) == 0
               ? "admits two ballots of one voter"
               : NULL;
}

/* What a rule compares, how, and when two of them clash. */
struct rule {
    bool (*is_part)(const struct counting_record *record);
    int (*compare)(const void *left, const void *right);
    const char *(*clash)(const struct counting_record *record,
                         const struct counting_record *next);
};

static bool is_in_rule_4(const struct counting_record *record)
{
    return record->kind == RECORD_CHALLENGED ||
           (record->kind == RECORD_CAST && is_admitted(record));
}

static const struct rule rules[] = {
    {is_in_rule_4, compare_ciphertexts, opened_clash},
    {is_admitted, compare_voters, beside_clash},
};

static enum aula_code check(const struct counting *set,
                            const struct rulings_row *rows, size_t row_count,
                            const struct rule *rule,
                            struct counting_record **sorted,
                            struct aula_error *err)
{
    size_t count = 0;

    for (size_t i = 0; i < set->count; i++) {
        if (set->order[i]->has_twin && rule->is_part(set->order[i])) {
            sorted[count++] = set->order[i];
        }
    }
    qsort(sorted, count, sizeof sorted[0], rule->compare);
    for (size_t i = 1; i < count; i++) {
        const char *clash = rule->clash(sorted[i - 1], sorted[i]);

        if (clash != NULL) {
            const struct counting_record *blamed =
                sorted[i]->is_named ? sorted[i] : sorted[i - 1];

            return refuse(set, rows, row_count, blamed, clash, err);
        }
    }
    return AULA_OK;
}

enum aula_code counting_check_admitted(const struct counting *set,
                                       const struct rulings_row *rows,
                                       size_t row_count, struct aula_error *err)
{
    void *memory = NULL;
    enum aula_code code = counting_memory(&memory, set->count,
                                          sizeof(struct counting_record *),
                                          err);
    struct counting_record **sorted = memory;

    if (sorted == NULL) {
        return code;
    }
    for (size_t i = 0; code == AULA_OK && i < sizeof rules / sizeof rules[0];
         i++) {
        code = check(set, rows, row_count, &rules[i], sorted, err);
    }
    free(memory);
    return code;
}
