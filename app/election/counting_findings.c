/* SPDX-License-Identifier: Apache-2.0 */
/* Findings (PROTOCOL.md 11.1): one pass along all chains. What a record sees
 * along prev follows from what its parent sees, so nothing is walked twice;
 * revoked records are not there. */
#include <string.h>

#include "counting_parts.h"

enum aula_code counting_note(struct counting *set,
                             enum counting_finding_name name, size_t terminal,
                             uint64_t first, uint64_t last, bool is_open,
                             struct aula_error *err)
{
    void *findings = set->findings;
    enum aula_code code = counting_grow(&findings, &set->finding_room,
                                        set->finding_count,
                                        sizeof *set->findings, err);

    set->findings = findings;
    if (code == AULA_OK) {
        set->findings[set->finding_count++] = (struct counting_finding){
            name, set->terminals[terminal].tid, first, last, is_open};
    }
    return code;
}

static enum aula_code note(struct counting *set,
                           enum counting_finding_name name,
                           const struct counting_record *record, bool is_open,
                           struct aula_error *err)
{
    return counting_note(set, name, record->terminal, record->seq, record->seq,
                         is_open, err);
}

static bool is_ballot(const struct counting_record *record)
{
    return record->kind == RECORD_CAST || record->kind == RECORD_CHALLENGED;
}

/* The parent that findings see. */
static const struct counting_record *
parent_of(const struct counting_record *record)
{
    const struct counting_record *parent = record->parent;

    return parent != NULL && parent->is_revoked ? NULL : parent;
}

/* What stands behind a record, before it. */
static struct counting_along before(const struct counting_record *record)
{
    const struct counting_record *parent = parent_of(record);
    struct counting_along start = {
        .day = record->seq == 1 ? COUNTING_DAY_SHUT : COUNTING_DAY_UNKNOWN};

    return parent != NULL ? parent->along : start;
}

static struct counting_along after(const struct counting_record *record,
                                   struct counting_along along)
{
    switch ((enum record_kind)record->kind) {
    case RECORD_CAST:
        along.cast++;
        along.day = COUNTING_DAY_OPEN;
        break;
    case RECORD_CHALLENGED:
        along.challenged++;
        along.day = COUNTING_DAY_OPEN;
        break;
    case RECORD_OPENED:
    case RECORD_CLOSED:
        along.has_counts = true;
        along.cast = 0;
        along.challenged = 0;
        along.day = record->kind == RECORD_OPENED ? COUNTING_DAY_OPEN
                                                  : COUNTING_DAY_SHUT;
        break;
    case RECORD_EVENT:
        break;
    }
    if (is_ballot(record) || record->kind == RECORD_OPENED) {
        along.has_time = true;
        along.time = record->time;
    }
    return along;
}

static bool breaks_day(const struct counting_record *record,
                       enum counting_day day)
{
    return record->kind == RECORD_OPENED
               ? day == COUNTING_DAY_OPEN
               : record->kind != RECORD_EVENT && day == COUNTING_DAY_SHUT;
}

/* More sessions are needed for the ballots than were issued. */
static bool breaks_sessions(const struct counting *set,
                            const struct counting_record *record)
{
    const struct certificate *certificate =
        set->chains[record->terminal].certificate;
    const struct record_counts *counts = &record->counts;
    uint64_t per_session = set->election->package->one_per ==
                                   PACKAGE_ONE_PER_CONTEST
                               ? certificate->count
                               : 1;
    uint64_t least = (counts->cast + per_session - 1) / per_session;

    return counts->issued < counts->unfinished ||
           counts->issued - counts->unfinished < least;
}

static enum aula_code walk_closing(struct counting *set,
                                   const struct counting_record *record,
                                   const struct counting_along *along,
                                   struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    if (along->has_counts && (along->cast != record->counts.cast ||
                              along->challenged != record->counts.challenged)) {
        code = note(set, COUNTING_CLOSE_COUNT, record, true, err);
    }
    if (code == AULA_OK && breaks_sessions(set, record)) {
        code = note(set, COUNTING_SESSION_COUNT, record, false, err);
    }
    return code;
}

static enum aula_code walk_record(struct counting *set,
                                  struct counting_record *record,
                                  bool has_before, struct aula_error *err)
{
    struct counting_along along = before(record);
    bool is_timed = is_ballot(record) || record->kind == RECORD_OPENED;
    enum aula_code code = AULA_OK;

    record->along = after(record, along);
    if (has_before && parent_of(record) == NULL) {
        code = note(set, COUNTING_CHAIN_BREAK, record, true, err);
    }
    if (code == AULA_OK && is_timed && along.has_time &&
        record->time < along.time) {
        code = note(set, COUNTING_TIME_REGRESSION, record, false, err);
    }
    if (code == AULA_OK && breaks_day(record, along.day)) {
        code = note(set, COUNTING_DAY_STATE, record, false, err);
    }
    if (code == AULA_OK && record->kind == RECORD_CLOSED) {
        code = walk_closing(set, record, &along, err);
    }
    return code;
}

/* What one terminal has shown so far. */
struct walk {
    size_t terminal;
    uint64_t seq;        /* the highest with a record that is not revoked */
    uint64_t ballot_seq; /* the highest with one not of kind 5 */
    bool is_closed;      /* and whether one there is of kind 4 */
};

static void see(struct walk *walk, const struct counting_record *record)
{
    if (record->kind == RECORD_EVENT) {
        return;
    }
    if (walk->ballot_seq != record->seq) {
        walk->ballot_seq = record->seq;
        walk->is_closed = false;
    }
    walk->is_closed |= record->kind == RECORD_CLOSED;
}

/* The records at one seq; it is a fork when two of them are not revoked. */
static enum aula_code walk_group(struct counting *set, struct walk *walk,
                                 size_t first, size_t end,
                                 struct aula_error *err)
{
    uint64_t seq = set->order[first]->seq;
    bool has_before = seq > 1 && walk->seq == seq - 1;
    bool is_named = false;
    size_t count = 0;
    enum aula_code code = AULA_OK;

    for (size_t i = first; code == AULA_OK && i < end; i++) {
        struct counting_record *record = set->order[i];

        is_named |= record->is_named;
        if (!record->is_revoked) {
            count++;
            see(walk, record);
            code = walk_record(set, record, has_before, err);
        }
    }
    if (code == AULA_OK && count > 0 && seq > walk->seq + 1) {
        code = counting_note(set, COUNTING_GAP, walk->terminal, walk->seq + 1,
                             seq - 1, true, err);
    }
    if (code == AULA_OK && count > 1) {
        code = note(set, COUNTING_FORK, set->order[first], !is_named, err);
    }
    if (count > 0) {
        walk->seq = seq;
    }
    return code;
}

static enum aula_code walk_terminal(struct counting *set, size_t terminal,
                                    struct aula_error *err)
{
    const struct counting_chain *chain = &set->chains[terminal];
    struct walk walk = {.terminal = terminal};
    enum aula_code code = AULA_OK;
    size_t end;

    if (chain->first == chain->end) {
        return set->terminals[terminal].is_registered
                   ? counting_note(set, COUNTING_NO_RECORDS, terminal, 0, 0,
                                   true, err)
                   : AULA_OK;
    }
    for (size_t i = chain->first; code == AULA_OK && i < chain->end; i = end) {
        end = counting_group_end(set, i);
        code = walk_group(set, &walk, i, end, err);
    }
    if (code == AULA_OK && walk.ballot_seq > 0 && !walk.is_closed) {
        code = counting_note(set, COUNTING_NO_CLOSE, terminal, walk.ballot_seq,
                             walk.ballot_seq, true, err);
    }
    return code;
}

enum aula_code counting_walk(struct counting *set, struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    set->finding_count = 0;
    for (size_t i = 0; code == AULA_OK && i < set->terminal_count; i++) {
        code = walk_terminal(set, i, err);
    }
    return code;
}
