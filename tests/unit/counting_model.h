/* SPDX-License-Identifier: Apache-2.0 */
/* PROTOCOL.md 11.1 to 11.3 once more, in the words of the text: every record is
 * compared with every other and every chain is walked from its end. Slow, and
 * written without a look at the product. */
#ifndef AULA_TEST_COUNTING_MODEL_H
#define AULA_TEST_COUNTING_MODEL_H

#include "counting_pile.h"

struct model {
    const struct pile *pile;
    bool is_there[PILE_RECORDS]; /* it is in the set */
    bool is_named[PILE_RECORDS];
    bool is_on_chain[PILE_RECORDS];
    bool is_revoked[PILE_RECORDS];
    enum aula_code errors[PILE_RECORDS];
    struct counting_finding findings[8 * PILE_RECORDS];
    size_t finding_count;
    bool is_before_4; /* findings as rows of types 1 to 3 leave them */
};

static inline const struct record *model_at(const struct model *model, int i)
{
    return &model->pile->records[i].record;
}

static inline bool model_is_beside(const struct model *model, int i, int k)
{
    return model->is_there[i] && model->is_there[k] &&
           model_at(model, i)->tid == model_at(model, k)->tid &&
           model_at(model, i)->seq == model_at(model, k)->seq;
}

/* Along prev, through all records; with `findings` past none that is revoked.
 */
static inline int model_parent(const struct model *model, int i, bool findings)
{
    const struct record *record = model_at(model, i);

    for (int k = 0; k < (int)model->pile->count; k++) {
        if (model->is_there[k] && model_at(model, k)->tid == record->tid &&
            model_at(model, k)->seq + 1 == record->seq &&
            memcmp(model->pile->records[k].hash, record->prev, HASH_BYTES) ==
                0) {
            return findings && model->is_revoked[k] ? PILE_NONE : k;
        }
    }
    return PILE_NONE;
}

static inline bool model_is_row(const struct model *model,
                                const struct rulings_row *row, int i)
{
    return model->is_there[i] && model_at(model, i)->tid == row->tid &&
           model_at(model, i)->seq == row->seq &&
           memcmp(model->pile->records[i].hash, row->hash, HASH_BYTES) == 0;
}

static inline void model_chain(struct model *model,
                               const struct rulings_row *row, uint64_t *least)
{
    for (int i = 0; i < (int)model->pile->count; i++) {
        int at = model_is_row(model, row, i) ? i : PILE_NONE;

        while (at != PILE_NONE) {
            model->is_on_chain[at] = true;
            *least = model_at(model, at)->seq;
            at = model_parent(model, at, false);
        }
    }
}

static inline void model_revoke(struct model *model,
                                const struct rulings_row *row)
{
    uint64_t least = UINT64_MAX;

    if (row->type == RULINGS_CHAIN) {
        model_chain(model, row, &least);
    }
    for (int i = 0; i < (int)model->pile->count; i++) {
        const struct record *record = model_at(model, i);

        if (!model->is_there[i] || record->tid != row->tid) {
            continue;
        }
        if (row->type == RULINGS_REVOKE
                ? record->seq > row->seq
                : record->seq >= least && !model->is_on_chain[i] &&
                      !model->is_named[i]) {
            model->is_revoked[i] = true;
        }
    }
}

static inline void model_apply(struct model *model)
{
    const struct pile *pile = model->pile;

    for (size_t r = 0; r < pile->row_count; r++) {
        for (int i = 0; i < (int)pile->count; i++) {
            if (pile->rows[r].type == RULINGS_ADMIT &&
                model_is_row(model, &pile->rows[r], i)) {
                model->is_named[i] = true;
            }
        }
    }
    for (size_t r = 0; r < pile->row_count; r++) {
        if (pile->rows[r].type == RULINGS_REVOKE ||
            pile->rows[r].type == RULINGS_CHAIN) {
            model_revoke(model, &pile->rows[r]);
        }
    }
}

static inline bool model_is_explained(const struct model *model,
                                      const uint8_t *tid, uint64_t first)
{
    for (size_t r = 0; r < model->pile->row_count; r++) {
        const struct rulings_row *row = &model->pile->rows[r];

        if (!model->is_before_4 && row->type == RULINGS_EXPLAIN &&
            row->tid == tid && row->seq == first) {
            return true;
        }
    }
    return false;
}

/* `open`: it is one of those marked *, and not settled by a row of type 1. */
static inline void model_note(struct model *model,
                              enum counting_finding_name name,
                              const uint8_t *tid, uint64_t first, uint64_t last,
                              bool open)
{
    for (size_t i = 0; i < model->finding_count; i++) {
        const struct counting_finding *there = &model->findings[i];

        if (there->name == name && there->tid == tid && there->first == first) {
            return;
        }
    }
    model->findings[model->finding_count++] = (struct counting_finding){
        name, tid, first, last, open && !model_is_explained(model, tid, first)};
}

static inline bool model_is_seen(const struct model *model, int i)
{
    return model->is_there[i] && !model->is_revoked[i];
}

static inline bool model_is_at(const struct model *model, const uint8_t *tid,
                               uint64_t seq)
{
    for (int i = 0; i < (int)model->pile->count; i++) {
        if (model_is_seen(model, i) && model_at(model, i)->tid == tid &&
            model_at(model, i)->seq == seq) {
            return true;
        }
    }
    return false;
}

static inline void model_find_day(struct model *model, int i)
{
    const struct record *record = model_at(model, i);
    int at = i;
    bool is_first = record->seq == 1;
    bool is_known = is_first;
    bool is_open = false;

    while ((at = model_parent(model, at, true)) != PILE_NONE) {
        is_first = model_at(model, at)->seq == 1;
        is_known = is_first || model_at(model, at)->kind != RECORD_EVENT;
        if (model_at(model, at)->kind != RECORD_EVENT) {
            is_open = model_at(model, at)->kind != RECORD_CLOSED;
            break;
        }
    }
    if (is_known && record->kind != RECORD_EVENT &&
        (record->kind == RECORD_OPENED) == is_open) {
        model_note(model, COUNTING_DAY_STATE, record->tid, record->seq,
                   record->seq, false);
    }
}

static inline void model_find_time(struct model *model, int i)
{
    const struct record *record = model_at(model, i);
    int at = i;

    if (record->kind > RECORD_OPENED) {
        return;
    }
    while ((at = model_parent(model, at, true)) != PILE_NONE) {
        if (model_at(model, at)->kind <= RECORD_OPENED) {
            if (record->time < model_at(model, at)->time) {
                model_note(model, COUNTING_TIME_REGRESSION, record->tid,
                           record->seq, record->seq, false);
            }
            return;
        }
    }
}

static inline void model_find_close(struct model *model, int i)
{
    const struct record *record = model_at(model, i);
    uint32_t counts[] = {0, 0, 0, 0, 0, 0};
    uint32_t least = record->counts.cast;
    int at = i;

    if (record->kind != RECORD_CLOSED) {
        return;
    }
    if (model->pile->package.one_per == PACKAGE_ONE_PER_CONTEST) {
        least = least / 2 + least % 2; /* two contests in each certificate */
    }
    if (record->counts.issued < record->counts.unfinished ||
        record->counts.issued - record->counts.unfinished < least) {
        model_note(model, COUNTING_SESSION_COUNT, record->tid, record->seq,
                   record->seq, false);
    }
    while ((at = model_parent(model, at, true)) != PILE_NONE &&
           model_at(model, at)->kind != RECORD_OPENED &&
           model_at(model, at)->kind != RECORD_CLOSED) {
        counts[model_at(model, at)->kind]++;
    }
    if (at != PILE_NONE &&
        (counts[RECORD_CAST] != record->counts.cast ||
         counts[RECORD_CHALLENGED] != record->counts.challenged)) {
        model_note(model, COUNTING_CLOSE_COUNT, record->tid, record->seq,
                   record->seq, true);
    }
}

static inline void model_find_fork(struct model *model, int i)
{
    const struct record *record = model_at(model, i);
    bool is_named = false;
    int count = 0;

    for (int k = 0; k < (int)model->pile->count; k++) {
        if (model_is_beside(model, i, k)) {
            count += model->is_revoked[k] ? 0 : 1;
            is_named |= model->is_named[k];
        }
    }
    if (count > 1) {
        model_note(model, COUNTING_FORK, record->tid, record->seq, record->seq,
                   !is_named);
    }
}

static inline int model_compare(const struct model *model, int i, int k)
{
    const struct record *a = model_at(model, i);
    const struct record *b = model_at(model, k);

    if (a->tid != b->tid) {
        return memcmp(a->tid, b->tid, TERMINAL_ID_BYTES);
    }
    if (a->seq != b->seq) {
        return a->seq < b->seq ? -1 : 1;
    }
    return memcmp(model->pile->records[i].hash, model->pile->records[k].hash,
                  HASH_BYTES);
}

static inline void model_find_repeated(struct model *model, int i, int k)
{
    const struct record *a = model_at(model, i);
    const struct record *b = model_at(model, k);
    const struct record *later = model_compare(model, i, k) < 0 ? b : a;

    if (a->kind > RECORD_CHALLENGED || b->kind > RECORD_CHALLENGED) {
        return;
    }
    for (size_t x = 0; x < a->width; x++) {
        for (size_t y = 0; y < b->width; y++) {
            if ((i != k || x != y) && memcmp(a->ciphertext + 64 * x,
                                             b->ciphertext + 64 * y, 32) == 0) {
                model_note(model, COUNTING_REPEATED_RANDOMNESS, later->tid,
                           later->seq, later->seq, false);
            }
        }
    }
}

static inline void model_find_record(struct model *model, int i)
{
    const struct record *record = model_at(model, i);

    if (record->seq > 1 && model_is_at(model, record->tid, record->seq - 1) &&
        model_parent(model, i, true) == PILE_NONE) {
        model_note(model, COUNTING_CHAIN_BREAK, record->tid, record->seq,
                   record->seq, true);
    }
    model_find_day(model, i);
    model_find_time(model, i);
    model_find_close(model, i);
    model_find_fork(model, i);
    for (int k = 0; k < (int)model->pile->count; k++) {
        if (model_is_seen(model, k)) {
            model_find_repeated(model, i, k);
        }
    }
}

static inline void model_find_terminal(struct model *model, const uint8_t *tid)
{
    uint64_t most = 0;
    uint64_t busy = 0; /* the highest seq not of kind 5 */
    bool is_closed = false;
    bool has_any = false;

    for (int i = 0; i < (int)model->pile->count; i++) {
        const struct record *record = model_at(model, i);

        has_any |= model->is_there[i] && record->tid == tid;
        if (!model_is_seen(model, i) || record->tid != tid) {
            continue;
        }
        most = record->seq > most ? record->seq : most;
        busy = record->kind != RECORD_EVENT && record->seq > busy ? record->seq
                                                                  : busy;
    }
    for (int i = 0; i < (int)model->pile->count; i++) {
        is_closed |= model_is_seen(model, i) &&
                     model_at(model, i)->tid == tid &&
                     model_at(model, i)->seq == busy &&
                     model_at(model, i)->kind == RECORD_CLOSED;
    }
    if (!has_any) {
        model_note(model, COUNTING_NO_RECORDS, tid, 0, 0, true);
    }
    if (busy > 0 && !is_closed) {
        model_note(model, COUNTING_NO_CLOSE, tid, busy, busy, true);
    }
    for (uint64_t seq = 1, end = 1; seq < most; seq = end + 1) {
        end = seq;
        while (!model_is_at(model, tid, end)) {
            end++;
        }
        if (end > seq) {
            model_note(model, COUNTING_GAP, tid, seq, end - 1, true);
        }
    }
}

/* Everything of 11.1; terminals of the registers are the first `registered`. */
static inline void model_find(struct model *model, size_t registered)
{
    model->finding_count = 0;
    for (int i = 0; i < (int)model->pile->count; i++) {
        if (model_is_seen(model, i)) {
            model_find_record(model, i);
        }
    }
    for (size_t i = 0; i < registered; i++) {
        model_find_terminal(model, model->pile->tids[i]);
    }
}

#endif
