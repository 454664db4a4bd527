/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of types 1 to 3 on a counting set (PROTOCOL.md 11.3): which records are
 * admitted, which are revoked, and whether the rows fit the set at all. Rules 4
 * and 5 stand in counting_admitted.c, rule 6 in counting_explain.c. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "counting_parts.h"
#include "rulings.h"

enum { TID_TEXT = 2 * TERMINAL_ID_BYTES + 1 };

enum aula_code counting_refuse(const struct rulings_row *rows, size_t row,
                               const char *reason, struct aula_error *err)
{
    char tid[TID_TEXT];

    (void)sodium_bin2hex(tid, sizeof tid, rows[row].tid, TERMINAL_ID_BYTES);
    return aula_fail(err, AULA_RULING_INVALID,
                     "rulings: row %zu, terminal %s, seq %llu: %s", row + 1,
                     tid, (unsigned long long)rows[row].seq, reason);
}

static bool is_of_record(const struct rulings_row *row)
{
    return row->type == RULINGS_ADMIT || row->type == RULINGS_CHAIN;
}

static struct counting_record *find(const struct counting *set,
                                    const struct rulings_row *row)
{
    struct counting_record *record = counting_by_hash(set, row->hash);

    return record == NULL || record->seq != row->seq ||
                   memcmp(set->terminals[record->terminal].tid, row->tid,
                          TERMINAL_ID_BYTES) != 0
               ? NULL
               : record;
}

/* Rule 1: NULL when the row passes. */
static const char *fault_of(const struct counting *set,
                            const struct rulings_row *row)
{
    size_t terminal = counting_terminal_of(set, row->tid);

    if (row->type < RULINGS_ADMIT || row->type > RULINGS_EXPLAIN) {
        return "no type of 1 to 4";
    }
    if (terminal == set->terminal_count ||
        !set->terminals[terminal].is_registered) {
        return "the terminal is in no register";
    }
    if (!is_of_record(row) && !sodium_is_zero(row->hash, HASH_BYTES)) {
        return "a hash where there is none";
    }
    if (is_of_record(row) && find(set, row) == NULL) {
        return "no such record at this place";
    }
    return NULL;
}

static int compare_rows(const void *left, const void *right)
{
    const struct rulings_row *a = *(const struct rulings_row *const *)left;
    const struct rulings_row *b = *(const struct rulings_row *const *)right;
    int order = memcmp(a->tid, b->tid, TERMINAL_ID_BYTES);

    if (order == 0) {
        order = (a->type > b->type) - (a->type < b->type);
    }
    if (order == 0) {
        order = (a->seq > b->seq) - (a->seq < b->seq);
    }
    return order != 0 ? order : memcmp(a->hash, b->hash, HASH_BYTES);
}

/* Rule 2, of two rows of one terminal that follow each other by type. */
static const char *clash_of(const struct rulings_row *row,
                            const struct rulings_row *next)
{
    bool is_single = row->type == RULINGS_REVOKE || row->type == RULINGS_CHAIN;

    if (compare_rows(&row, &next) == 0) {
        return "the same row twice";
    }
    if (is_single && row->type == next->type) {
        return "a second row of this type for the terminal";
    }
    if (row->type == RULINGS_REVOKE && next->type == RULINGS_CHAIN) {
        return "a chain beside a revocation";
    }
    return NULL;
}

static enum aula_code check_clashes(const struct rulings_row *rows,
                                    size_t row_count, struct aula_error *err)
{
    void *memory = NULL;
    enum aula_code code = counting_memory(&memory, row_count,
                                          sizeof(const struct rulings_row *),
                                          err);
    const struct rulings_row **sorted = memory;

    if (sorted == NULL) {
        return code;
    }
    for (size_t i = 0; i < row_count; i++) {
        sorted[i] = &rows[i];
    }
    qsort(sorted, row_count, sizeof sorted[0], compare_rows);
    for (size_t i = 1; code == AULA_OK && i < row_count; i++) {
        const char *clash = memcmp(sorted[i - 1]->tid, sorted[i]->tid,
                                   TERMINAL_ID_BYTES) == 0
                                ? clash_of(sorted[i - 1], sorted[i])
                                : NULL;

        if (clash != NULL) {
            code = counting_refuse(rows, (size_t)(sorted[i] - rows), clash,
                                   err);
        }
    }
    free(memory);
    return code;
}

static enum aula_code check_rows(const struct counting *set,
                                 const struct rulings_row *rows,
                                 size_t row_count, struct aula_error *err)
{
    for (size_t i = 0; i < row_count; i++) {
        const char *fault = fault_of(set, &rows[i]);

        if (fault != NULL) {
            return counting_refuse(rows, i, fault, err);
        }
    }
    return row_count == 0 ? AULA_OK : check_clashes(rows, row_count, err);
}

static void forget(struct counting *set)
{
    for (size_t i = 0; i < set->count; i++) {
        set->records[i].is_named = false;
        set->records[i].is_on_chain = false;
        set->records[i].is_revoked = false;
    }
    for (size_t i = 0; i < set->terminal_count; i++) {
        set->terminals[i].is_ruled = false;
        set->chains[i].is_cut = false;
        set->chains[i].tip = NULL;
    }
}

/* The chain ends where a parent is missing. */
static void walk_chain(struct counting_chain *chain,
                       struct counting_record *record)
{
    chain->tip = record;
    while (record != NULL) {
        record->is_on_chain = true;
        chain->tip_seq_min = record->seq;
        record = record->parent;
    }
}

static void apply_row(struct counting *set, const struct rulings_row *row)
{
    size_t terminal = counting_terminal_of(set, row->tid);
    struct counting_chain *chain = &set->chains[terminal];

    switch ((enum rulings_type)row->type) {
    case RULINGS_ADMIT:
        find(set, row)->is_named = true;
        return;
    case RULINGS_REVOKE:
        chain->is_cut = true;
        chain->cut_seq = row->seq;
        break;
    case RULINGS_CHAIN:
        walk_chain(chain, find(set, row));
        break;
    case RULINGS_EXPLAIN:
        break;
    }
    set->terminals[terminal].is_ruled = true;
}

static void revoke(struct counting *set)
{
    for (size_t i = 0; i < set->count; i++) {
        struct counting_record *record = &set->records[i];
        const struct counting_chain *chain = &set->chains[record->terminal];
        bool is_aside = chain->tip != NULL &&
                        record->seq >= chain->tip_seq_min &&
                        !record->is_on_chain && !record->is_named;

        record->is_revoked = is_aside ||
                             (chain->is_cut && record->seq > chain->cut_seq);
    }
}

/* Rule 3. */
static enum aula_code check_needed(const struct counting *set,
                                   const struct rulings_row *rows,
                                   size_t row_count, struct aula_error *err)
{
    for (size_t i = 0; i < row_count; i++) {
        const struct counting_record *record = NULL;

        if (rows[i].type == RULINGS_ADMIT) {
            record = find(set, &rows[i]);
        }
        if (record != NULL && !record->has_twin &&
            (set->chains[record->terminal].tip == NULL ||
             record->is_on_chain)) {
            return counting_refuse(rows, i,
                                   "admits a record that is in no fork", err);
        }
    }
    return AULA_OK;
}

enum aula_code counting_apply(struct counting *set,
                              const struct rulings_row *rows, size_t row_count,
                              struct aula_error *err)
{
    enum aula_code code = check_rows(set, rows, row_count, err);

    forget(set);
    if (code != AULA_OK) {
        return code;
    }
    for (size_t i = 0; i < row_count; i++) {
        apply_row(set, &rows[i]);
    }
    revoke(set);
    code = check_needed(set, rows, row_count, err);
    return code == AULA_OK && row_count > 0
               ? counting_check_admitted(set, rows, row_count, err)
               : code;
}
