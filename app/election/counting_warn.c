/* SPDX-License-Identifier: Apache-2.0 */
/* Warnings (PROTOCOL.md 11.4), written down in their order. */
#include <stdlib.h>

#include "counting_parts.h"

enum {
    SMALL_FACTOR = 3,      /* fewer than 3 min_anon */
    EXCLUDED_PER_CENT = 2, /* more than 2 % */
    PER_CENT = 100
};

static void warn(struct counting *set, enum counting_warning_name name,
                 int contest, const uint8_t *tid, uint64_t count, uint64_t of)
{
    set->warnings[set->outcome.warning_count++] =
        (struct counting_warning){name, contest, tid, count, of};
}

static void warn_late(struct counting *set)
{
    const struct counting_election *election = set->election;

    if (election->first != NULL &&
        election->first->time > election->package->opens) {
        warn(set, COUNTING_LATE_REGISTER, COUNTING_NO_CONTEST, NULL, 0, 0);
    }
    for (size_t i = 0; i < set->terminal_count; i++) {
        if (set->terminals[i].is_late) {
            warn(set, COUNTING_LATE_TERMINAL, COUNTING_NO_CONTEST,
                 set->terminals[i].tid, 0, 0);
        }
    }
}

static bool is_many(uint64_t removed, uint64_t cast)
{
    return PER_CENT * removed > EXCLUDED_PER_CENT * cast;
}

static void warn_excluded(struct counting *set)
{
    for (size_t i = 0; i < set->terminal_count; i++) {
        const struct counting_terminal *terminal = &set->terminals[i];

        if (is_many(terminal->excluded, terminal->cast)) {
            warn(set, COUNTING_MANY_EXCLUDED, COUNTING_NO_CONTEST,
                 terminal->tid, terminal->excluded, terminal->cast);
        }
    }
    for (int i = 0; i < set->election->package->contest_count; i++) {
        const struct counting_contest *contest = &set->contests[i];

        if (is_many(contest->excluded, contest->cast)) {
            warn(set, COUNTING_MANY_EXCLUDED, i, NULL, contest->excluded,
                 contest->cast);
        }
    }
}

/* Ballots of terminals that no ruling touches: the others may be forged to fill
 * a contest up. */
static void warn_small(struct counting *set, uint64_t *counts)
{
    const struct package *package = set->election->package;

    for (size_t i = 0; i < set->count; i++) {
        const struct counting_record *record = &set->records[i];

        if (record->kind == RECORD_CAST && record->error == AULA_OK &&
            !set->terminals[record->terminal].is_ruled) {
            counts[record->contest]++;
        }
    }
    for (int i = 0; i < package->contest_count; i++) {
        if (counts[i] < (uint64_t)SMALL_FACTOR * package->min_anon) {
            warn(set, COUNTING_SMALL_CONTEST, i, NULL, counts[i],
                 set->contests[i].counted);
        }
    }
}

enum aula_code counting_warn(struct counting *set, struct aula_error *err)
{
    size_t contest_count = set->election->package->contest_count;
    void *warnings = set->warnings;
    void *counts = NULL;
    enum aula_code code =
        counting_memory(&warnings,
                        1 + 2 * set->terminal_count + 2 * contest_count,
                        sizeof *set->warnings, err);

    set->warnings = warnings;
    if (code == AULA_OK) {
        code = counting_memory(&counts, contest_count, sizeof(uint64_t), err);
    }
    if (code == AULA_OK && counts != NULL) {
        set->outcome.warning_count = 0;
        set->outcome.warnings = set->warnings;
        warn_late(set);
        warn_excluded(set);
        warn_small(set, counts);
    }
    free(counts);
    return code;
}
