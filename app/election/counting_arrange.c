/* SPDX-License-Identifier: Apache-2.0 */
/* The terminals of a counting set, and its records in the order of their
 * chains. */
#include <stdlib.h>
#include <string.h>

#include "counting_parts.h"

static int compare_tids(const void *left, const void *right)
{
    return memcmp(((const struct counting_terminal *)left)->tid,
                  ((const struct counting_terminal *)right)->tid,
                  TERMINAL_ID_BYTES);
}

static void add_register(struct counting *set,
                         const struct terminals_register *list, bool is_late)
{
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        struct counting_terminal *terminal =
            &set->terminals[set->terminal_count++];

        terminal->tid = list->tids + TERMINAL_ID_BYTES * i;
        terminal->is_registered = true;
        terminal->is_late = is_late;
    }
}

/* Those that are certified and in a register stand there twice. */
static void unite(struct counting *set)
{
    size_t count = 0;

    qsort(set->terminals, set->terminal_count, sizeof set->terminals[0],
          compare_tids);
    for (size_t i = 0; i < set->terminal_count; i++) {
        struct counting_terminal *last = &set->terminals[count - (count > 0)];

        if (count > 0 && compare_tids(last, &set->terminals[i]) == 0) {
            last->is_registered |= set->terminals[i].is_registered;
            last->is_late |= set->terminals[i].is_late;
        } else {
            set->terminals[count++] = set->terminals[i];
        }
    }
    set->terminal_count = count;
}

enum aula_code counting_set_terminals(struct counting *set,
                                      struct aula_error *err)
{
    const struct counting_election *election = set->election;
    size_t room = election->certificate_count +
                  (election->first != NULL ? election->first->count : 0) +
                  (election->late != NULL ? election->late->count : 0);
    void *terminals = NULL;
    void *chains = NULL;
    enum aula_code code = counting_memory(&terminals, room,
                                          sizeof *set->terminals, err);

    if (code == AULA_OK) {
        code = counting_memory(&chains, room, sizeof *set->chains, err);
    }
    set->terminals = terminals;
    set->chains = chains;
    if (code != AULA_OK) {
        return code;
    }
    add_register(set, election->first, false);
    add_register(set, election->late, true);
    for (size_t i = 0; i < election->certificate_count; i++) {
        set->terminals[set->terminal_count++].tid =
            election->certificates[i].tid;
    }
    unite(set);
    for (size_t i = 0; i < election->certificate_count; i++) {
        const struct certificate *certificate = &election->certificates[i];

        set->chains[counting_terminal_of(set, certificate->tid)].certificate =
            certificate;
    }
    return AULA_OK;
}

size_t counting_terminal_of(const struct counting *set,
                            const uint8_t tid[static TERMINAL_ID_BYTES])
{
    struct counting_terminal key = {.tid = tid};
    const struct counting_terminal *found =
        bsearch(&key, set->terminals, set->terminal_count,
                sizeof set->terminals[0], compare_tids);

    return found == NULL ? set->terminal_count
                         : (size_t)(found - set->terminals);
}

int counting_compare(const struct counting_record *left,
                     const struct counting_record *right)
{
    if (left->terminal != right->terminal) {
        return left->terminal < right->terminal ? -1 : 1;
    }
    if (left->seq != right->seq) {
        return left->seq < right->seq ? -1 : 1;
    }
    return memcmp(left->hash, right->hash, HASH_BYTES);
}

static int compare_records(const void *left, const void *right)
{
    return counting_compare(*(struct counting_record *const *)left,
                            *(struct counting_record *const *)right);
}

static int compare_traces(const void *left, const void *right)
{
    return memcmp(((const struct counting_trace *)left)->print,
                  ((const struct counting_trace *)right)->print,
                  COUNTING_PRINT_BYTES);
}

size_t counting_group_end(const struct counting *set, size_t first)
{
    const struct counting_record *start = set->order[first];
    size_t end = first + 1;

    while (end < set->count && set->order[end]->terminal == start->terminal &&
           set->order[end]->seq == start->seq) {
        end++;
    }
    return end;
}

static int compare_hashes(const void *hash, const void *record)
{
    return memcmp(hash, (*(struct counting_record *const *)record)->hash,
                  HASH_BYTES);
}

/* The parents of the records at one seq stand among those at the one before. */
static void link_group(struct counting *set, size_t before, size_t first,
                       size_t end)
{
    bool is_next = first > 0 &&
                   set->order[before]->terminal ==
                       set->order[first]->terminal &&
                   set->order[before]->seq + 1 == set->order[first]->seq;

    for (size_t i = first; i < end; i++) {
        struct counting_record **found = NULL;

        set->order[i]->has_twin = end - first > 1;
        if (is_next) {
            found = bsearch(set->order[i]->prev, set->order + before,
                            first - before, sizeof set->order[0],
                            compare_hashes);
        }
        set->order[i]->parent = found == NULL ? NULL : *found;
    }
}

static void link_records(struct counting *set)
{
    size_t before = 0;
    size_t end;

    for (size_t i = 0; i < set->terminal_count; i++) {
        set->chains[i].first = 0;
        set->chains[i].end = 0;
    }
    for (size_t first = 0; first < set->count; first = end) {
        struct counting_chain *chain =
            &set->chains[set->order[first]->terminal];

        end = counting_group_end(set, first);
        link_group(set, before, first, end);
        if (chain->end == 0) {
            chain->first = first;
        }
        chain->end = end;
        before = first;
    }
}

enum aula_code counting_arrange(struct counting *set, struct aula_error *err)
{
    void *order = set->order;
    enum aula_code code;

    if (set->stage != COUNTING_LOOSE) {
        return AULA_OK;
    }
    code = counting_memory(&order, set->count, sizeof *set->order, err);
    set->order = order;
    if (code != AULA_OK) {
        return code;
    }
    for (size_t i = 0; i < set->count; i++) {
        set->order[i] = &set->records[i];
    }
    qsort(set->order, set->count, sizeof set->order[0], compare_records);
    if (set->trace_count > 0) {
        qsort(set->traces, set->trace_count, sizeof set->traces[0],
              compare_traces);
    }
    link_records(set);
    set->stage = COUNTING_ARRANGED;
    return AULA_OK;
}
