/* SPDX-License-Identifier: Apache-2.0 */
/* From the errors of the records: the numbers of terminals and contests, and
 * the counted lists. */
#include <stdlib.h>
#include <string.h>

#include "counting_parts.h"

static void clear(struct counting_terminal *terminal)
{
    *terminal = (struct counting_terminal){
        .tid = terminal->tid,
        .is_registered = terminal->is_registered,
        .is_late = terminal->is_late,
        .is_ruled = terminal->is_ruled,
    };
}

static void count_cast(struct counting_terminal *terminal,
                       struct counting_contest *contest, enum aula_code error)
{
    terminal->cast++;
    contest->cast++;
    if (error == AULA_OK) {
        contest->counted++;
        return;
    }
    terminal->excluded++;
    contest->excluded++;
    if (error == AULA_VOTED_ELSEWHERE) {
        terminal->voted_elsewhere++;
        contest->voted_elsewhere++;
    }
}

/* In order: the first at the highest seq has the smallest rh there. */
static void count_record(struct counting *set,
                         const struct counting_record *record)
{
    struct counting_terminal *terminal = &set->terminals[record->terminal];

    switch ((enum record_kind)record->kind) {
    case RECORD_CAST:
        count_cast(terminal, &set->contests[record->contest], record->error);
        break;
    case RECORD_CHALLENGED:
        terminal->challenged++;
        break;
    case RECORD_OPENED:
        terminal->opened++;
        break;
    case RECORD_CLOSED:
        terminal->closed++;
        break;
    case RECORD_EVENT:
        terminal->events++;
        break;
    }
    if (record->seq > terminal->seq_max) {
        terminal->seq_max = record->seq;
        terminal->head = record->hash;
    }
}

static int compare_ballots(const void *left, const void *right)
{
    return memcmp(((const struct counting_ballot *)left)->hash,
                  ((const struct counting_ballot *)right)->hash, HASH_BYTES);
}

static enum counting_status status_of(size_t counted, uint16_t min_anon)
{
    if (counted == 0) {
        return COUNTING_EMPTY;
    }
    return counted < min_anon ? COUNTING_WITHHELD_SMALL : COUNTING_COUNTED;
}

/* Each contest has its part of one list. */
static void list_ballots(struct counting *set, size_t contest_count,
                         struct counting_ballot **next)
{
    struct counting_ballot *start = set->ballots;

    for (size_t i = 0; i < contest_count; i++) {
        next[i] = start;
        set->contests[i].ballots = start;
        start += set->contests[i].counted;
    }
    for (size_t i = 0; i < set->count; i++) {
        const struct counting_record *record = set->order[i];

        if (record->kind == RECORD_CAST && record->error == AULA_OK) {
            *next[record->contest]++ = (struct counting_ballot){record->hash,
                                                                record->place};
        }
    }
    for (size_t i = 0; i < contest_count; i++) {
        struct counting_contest *contest = &set->contests[i];

        qsort(next[i] - contest->counted, contest->counted,
              sizeof set->ballots[0], compare_ballots);
        contest->status = status_of(contest->counted,
                                    set->election->package->min_anon);
    }
}

static size_t sum_counted(const struct counting *set, size_t contest_count)
{
    size_t counted = 0;

    for (size_t i = 0; i < contest_count; i++) {
        counted += set->contests[i].counted;
    }
    return counted;
}

enum aula_code counting_sum(struct counting *set, struct aula_error *err)
{
    size_t contest_count = set->election->package->contest_count;
    void *contests = set->contests;
    void *ballots = set->ballots;
    void *next = NULL;
    enum aula_code code = counting_memory(&contests, contest_count,
                                          sizeof *set->contests, err);

    set->contests = contests;
    if (code != AULA_OK) {
        return code;
    }
    for (size_t i = 0; i < set->terminal_count; i++) {
        clear(&set->terminals[i]);
    }
    for (size_t i = 0; i < set->count; i++) {
        count_record(set, set->order[i]);
    }
    code = counting_memory(&ballots, sum_counted(set, contest_count),
                           sizeof *set->ballots, err);
    set->ballots = ballots;
    if (code == AULA_OK) {
        code = counting_memory(&next, contest_count,
                               sizeof(struct counting_ballot *), err);
    }
    if (code == AULA_OK && next != NULL) {
        list_ballots(set, contest_count, next);
    }
    free(next);
    return code;
}
