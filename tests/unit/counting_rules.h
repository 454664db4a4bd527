/* SPDX-License-Identifier: Apache-2.0 */
/* The rest of counting_model.h: which rows fit (11.3), which records are
 * excluded (11.2). */
#ifndef AULA_TEST_COUNTING_RULES_H
#define AULA_TEST_COUNTING_RULES_H

#include "counting_model.h"

static inline int model_find_row(const struct model *model,
                                 const struct rulings_row *row)
{
    for (int i = 0; i < (int)model->pile->count; i++) {
        if (model_is_row(model, row, i)) {
            return i;
        }
    }
    return PILE_NONE;
}

static inline int model_count_beside(const struct model *model, int i)
{
    int count = 0;

    for (int k = 0; k < (int)model->pile->count; k++) {
        count += model_is_beside(model, i, k) ? 1 : 0;
    }
    return count;
}

static inline bool model_is_admitted(const struct model *model, int i)
{
    return model->is_named[i] || model->is_on_chain[i];
}

/* Rules 1 and 2. */
static inline bool model_rows_stand(const struct model *model,
                                    size_t registered)
{
    const struct pile *pile = model->pile;

    for (size_t r = 0; r < pile->row_count; r++) {
        const struct rulings_row *a = &pile->rows[r];
        bool is_registered = false;

        for (size_t t = 0; t < registered; t++) {
            is_registered |= a->tid == pile->tids[t];
        }
        if (!is_registered ||
            ((a->type == RULINGS_ADMIT || a->type == RULINGS_CHAIN) &&
             model_find_row(model, a) == PILE_NONE)) {
            return false;
        }
        for (size_t q = 0; q < r; q++) {
            const struct rulings_row *b = &pile->rows[q];
            bool is_strong =
                (a->type == RULINGS_REVOKE || a->type == RULINGS_CHAIN) &&
                (b->type == RULINGS_REVOKE || b->type == RULINGS_CHAIN);

            if (a->tid == b->tid &&
                (is_strong || (a->type == b->type && a->seq == b->seq &&
                               memcmp(a->hash, b->hash, HASH_BYTES) == 0))) {
                return false;
            }
        }
    }
    return true;
}

/* Rule 3. */
static inline bool model_is_needed(const struct model *model,
                                   const struct rulings_row *row)
{
    int i = model_find_row(model, row);
    bool has_chain = false;

    for (size_t r = 0; r < model->pile->row_count; r++) {
        has_chain |= model->pile->rows[r].type == RULINGS_CHAIN &&
                     model->pile->rows[r].tid == row->tid;
    }
    return model_count_beside(model, i) > 1 ||
           (has_chain && !model->is_on_chain[i]);
}

/* Rules 4 and 5, of two records at one place. */
static inline bool model_may_stand(const struct model *model, int i, int k)
{
    const struct record *a = model_at(model, i);
    const struct record *b = model_at(model, k);
    bool is_same = a->width == b->width && a->ciphertext != NULL &&
                   memcmp(a->ciphertext, b->ciphertext, 64 * a->width) == 0;

    if (model_is_admitted(model, i) && a->kind == RECORD_CAST &&
        b->kind == RECORD_CHALLENGED && is_same) {
        return false;
    }
    if (!model_is_admitted(model, i) || !model_is_admitted(model, k)) {
        return true;
    }
    return a->kind != RECORD_CHALLENGED && b->kind != RECORD_CHALLENGED &&
           !(a->kind == RECORD_CAST && b->kind == RECORD_CAST &&
             memcmp(a->voter, b->voter, TAG_BYTES) == 0);
}

/* Rule 6. */
static inline bool model_is_explaining(const struct model *model,
                                       const struct rulings_row *row)
{
    for (size_t i = 0; i < model->finding_count; i++) {
        if (model->findings[i].is_open && model->findings[i].tid == row->tid &&
            model->findings[i].first == row->seq) {
            return true;
        }
    }
    return false;
}

/** Apply the rows of the pile, and find. False: some row is RULING_INVALID. */
static inline bool model_rule(struct model *model, size_t registered)
{
    const struct pile *pile = model->pile;

    if (!model_rows_stand(model, registered)) {
        return false;
    }
    model_apply(model);
    for (int i = 0; i < (int)pile->count; i++) {
        for (int k = 0; k < (int)pile->count; k++) {
            if (i != k && model_is_beside(model, i, k) &&
                !model_may_stand(model, i, k)) {
                return false;
            }
        }
    }
    model->is_before_4 = true;
    model_find(model, registered);
    for (size_t r = 0; r < pile->row_count; r++) {
        const struct rulings_row *row = &pile->rows[r];

        if ((row->type == RULINGS_ADMIT && !model_is_needed(model, row)) ||
            (row->type == RULINGS_EXPLAIN &&
             !model_is_explaining(model, row))) {
            return false;
        }
    }
    model->is_before_4 = false;
    model_find(model, registered);
    return true;
}

static inline enum aula_code model_error(const struct model *model, int i)
{
    const struct record *record = model_at(model, i);
    int others = 0;

    if (model->is_revoked[i]) {
        return AULA_REVOKED;
    }
    for (int k = 0; k < (int)model->pile->count; k++) {
        others +=
            k != i && model_is_beside(model, i, k) && !model->is_revoked[k] ? 1
                                                                            : 0;
    }
    if (others > 0 && !model_is_admitted(model, i)) {
        return AULA_FORK;
    }
    if (record->kind <= RECORD_OPENED &&
        (record->time < pile_opens || record->time > pile_closes)) {
        return AULA_TIME_OUTSIDE_WINDOW;
    }
    for (size_t t = 0; t < model->pile->tag_count; t++) {
        if (record->kind == RECORD_CAST &&
            memcmp(record->voter, model->pile->tags[t], TAG_BYTES) == 0) {
            return AULA_VOTED_ELSEWHERE;
        }
    }
    return AULA_OK;
}

/* class and t of exclusion 6. */
static inline void model_rank(const struct model *model, int i, int *class,
                              uint64_t *t)
{
    int at = i;

    *class = 0;
    *t = 0;
    for (;;) {
        const struct record *record = model_at(model, at);

        if (record->kind != RECORD_EVENT && record->time > *t) {
            *t = record->time;
        }
        if (model->errors[at] == AULA_REVOKED ||
            model->errors[at] == AULA_FORK) {
            *class = 1;
        }
        if (record->seq == 1) {
            return;
        }
        at = model_parent(model, at, false);
        if (at == PILE_NONE) {
            *class = 1;
            return;
        }
    }
}

static inline bool model_is_first(const struct model *model, int i, int k)
{
    int class_i;
    int class_k;
    uint64_t t_i;
    uint64_t t_k;

    model_rank(model, i, &class_i, &t_i);
    model_rank(model, k, &class_k, &t_k);
    if (class_i != class_k) {
        return class_i < class_k;
    }
    return t_i != t_k ? t_i < t_k
                      : memcmp(model->pile->records[i].hash,
                               model->pile->records[k].hash, HASH_BYTES) < 0;
}

/** Give each record its error. */
static inline void model_exclude(struct model *model)
{
    enum aula_code errors[PILE_RECORDS] = {AULA_OK};
    bool is_contest = model->pile->package.one_per == PACKAGE_ONE_PER_CONTEST;

    for (int i = 0; i < (int)model->pile->count; i++) {
        model->errors[i] = model->is_there[i] ? model_error(model, i) : AULA_OK;
    }
    memcpy(errors, model->errors, sizeof errors);
    for (int i = 0; i < (int)model->pile->count; i++) {
        for (int k = 0; k < (int)model->pile->count; k++) {
            const struct record *a = model_at(model, i);
            const struct record *b = model_at(model, k);

            if (i != k && model->is_there[i] && model->is_there[k] &&
                a->kind == RECORD_CAST && b->kind == RECORD_CAST &&
                errors[i] == AULA_OK && errors[k] == AULA_OK &&
                memcmp(a->voter, b->voter, TAG_BYTES) == 0 &&
                (!is_contest || a->contest == b->contest) &&
                model_is_first(model, k, i)) {
                model->errors[i] = AULA_DUPLICATE_VOTER;
            }
        }
    }
}

#endif
