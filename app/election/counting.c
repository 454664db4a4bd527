/* SPDX-License-Identifier: Apache-2.0 */
/* See counting.h: records as they come. */
#include "counting.h"

#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "counting_parts.h"

enum { ROOM_FIRST = 64 };

static enum aula_code no_memory(struct aula_error *err)
{
    return aula_fail(err, AULA_MEMORY, "counting set: no memory");
}

enum aula_code counting_grow(void **list, size_t *room, size_t count,
                             size_t item_size, struct aula_error *err)
{
    size_t wanted = *room == 0 ? ROOM_FIRST : 2 * *room;
    void *more;

    if (count < *room) {
        return AULA_OK;
    }
    more = wanted > SIZE_MAX / item_size ? NULL
                                         : realloc(*list, wanted * item_size);
    if (more == NULL) {
        return no_memory(err);
    }
    *list = more;
    *room = wanted;
    return AULA_OK;
}

enum aula_code counting_memory(void **list, size_t count, size_t item_size,
                               struct aula_error *err)
{
    free(*list);
    *list = calloc(count > 0 ? count : 1, item_size);
    return *list == NULL ? no_memory(err) : AULA_OK;
}

enum aula_code counting_open(struct counting **set,
                             const struct counting_election *election,
                             struct aula_error *err)
{
    struct counting *made = calloc(1, sizeof *made);
    enum aula_code code;

    *set = NULL;
    if (made == NULL) {
        return no_memory(err);
    }
    made->election = election;
    randombytes_buf(made->print_key, sizeof made->print_key);
    code = counting_set_terminals(made, err);
    if (code != AULA_OK) {
        counting_close(made);
        return code;
    }
    *set = made;
    return AULA_OK;
}

void counting_close(struct counting *set)
{
    if (set == NULL) {
        return;
    }
    free(set->ballots);
    free(set->contests);
    free(set->warnings);
    free(set->exclusions);
    free(set->findings);
    free(set->terminals);
    free(set->chains);
    free(set->order);
    free(set->bad);
    free(set->traces);
    free(set->index);
    free(set->records);
    free(set);
}

/* A short name for bytes from outside. Its key is drawn for each set, so that
 * nobody can make two that meet by other than chance (2^-77 among 2^26). */
static void print(uint8_t out[static COUNTING_PRINT_BYTES],
                  const struct counting *set, const uint8_t *bytes, size_t size)
{
    (void)crypto_shorthash_siphashx24(out, bytes, size, set->print_key);
}

/* The slot where a hash stands in the index, or a free one. */
static size_t slot_of(const struct counting *set, const uint8_t *hash)
{
    uint8_t key[COUNTING_PRINT_BYTES];
    size_t slot;

    print(key, set, hash, HASH_BYTES);
    slot = (size_t)get_le64(key) & (set->index_room - 1);
    while (set->index[slot] != 0 &&
           memcmp(set->records[set->index[slot] - 1].hash, hash, HASH_BYTES) !=
               0) {
        slot = (slot + 1) & (set->index_room - 1);
    }
    return slot;
}

struct counting_record *counting_by_hash(const struct counting *set,
                                         const uint8_t hash[static HASH_BYTES])
{
    size_t slot;

    if (set->index_room == 0) {
        return NULL;
    }
    slot = slot_of(set, hash);
    return set->index[slot] == 0 ? NULL : &set->records[set->index[slot] - 1];
}

/* At most half of the slots are taken. */
static enum aula_code grow_index(struct counting *set, struct aula_error *err)
{
    size_t room = set->index_room == 0 ? (size_t)2 * ROOM_FIRST
                                       : 2 * set->index_room;
    uint32_t *more;

    if (2 * (set->count + 1) <= set->index_room) {
        return AULA_OK;
    }
    more = calloc(room, sizeof *more);
    if (more == NULL) {
        return no_memory(err);
    }
    free(set->index);
    set->index = more;
    set->index_room = room;
    for (size_t i = 0; i < set->count; i++) {
        set->index[slot_of(set, set->records[i].hash)] = (uint32_t)i + 1;
    }
    return AULA_OK;
}

/* One step of growth has room for the widest ballot. */
static enum aula_code grow_traces(struct counting *set, size_t width,
                                  struct aula_error *err)
{
    void *traces = set->traces;
    enum aula_code code = AULA_OK;

    if (width > 0) {
        code = counting_grow(&traces, &set->trace_room,
                             set->trace_count + width - 1, sizeof *set->traces,
                             err);
    }
    set->traces = traces;
    return code;
}

static enum aula_code too_many(struct aula_error *err)
{
    return aula_fail(err, AULA_TOO_LARGE, "counting set: more than %d records",
                     (int)COUNTING_RECORDS_MAX);
}

static enum aula_code grow_records(struct counting *set, struct aula_error *err)
{
    void *records = set->records;
    enum aula_code code;

    if (set->count >= COUNTING_RECORDS_MAX) {
        return too_many(err);
    }
    code = counting_grow(&records, &set->room, set->count, sizeof *set->records,
                         err);
    set->records = records;
    return code;
}

/* What came out before holds no longer. */
static void loosen(struct counting *set)
{
    set->stage = COUNTING_LOOSE;
    memset(&set->outcome, 0, sizeof set->outcome);
}

static void keep_ballot(struct counting *set, struct counting_record *kept,
                        const struct record *record)
{
    if (record->kind == RECORD_CAST) {
        memcpy(kept->tag, record->voter, sizeof kept->tag);
    }
    print(kept->ciphertext, set, record->ciphertext,
          BALLOT_CIPHERTEXT_BYTES(record->width));
    for (size_t i = 0; i < record->width; i++) {
        struct counting_trace *trace = &set->traces[set->trace_count++];

        trace->record = (uint32_t)set->count;
        print(trace->print, set,
              record->ciphertext + BALLOT_CIPHERTEXT_BYTES(i),
              GROUP_POINT_BYTES);
    }
}

static void keep(struct counting *set, const struct record *record,
                 const uint8_t *hash, size_t terminal, uint64_t place)
{
    struct counting_record *kept = &set->records[set->count];

    memset(kept, 0, sizeof *kept);
    memcpy(kept->hash, hash, sizeof kept->hash);
    memcpy(kept->prev, record->prev, sizeof kept->prev);
    kept->counts = record->counts;
    kept->time = record->time;
    kept->place = place;
    kept->seq = (uint32_t)record->seq;
    kept->terminal = (uint32_t)terminal;
    kept->contest = record->contest;
    kept->kind = (uint8_t)record->kind;
    if (record->kind == RECORD_CAST || record->kind == RECORD_CHALLENGED) {
        keep_ballot(set, kept, record);
    }
    set->index[slot_of(set, hash)] = (uint32_t)set->count + 1;
    set->count++;
}

enum aula_code counting_add(struct counting *set, const struct record *record,
                            const uint8_t hash[static HASH_BYTES],
                            uint64_t place, struct aula_error *err)
{
    size_t terminal = counting_terminal_of(set, record->tid);
    bool is_ballot = record->kind == RECORD_CAST ||
                     record->kind == RECORD_CHALLENGED;
    enum aula_code code;

    if (terminal == set->terminal_count ||
        set->chains[terminal].certificate == NULL) {
        return aula_fail(err, AULA_REC_UNKNOWN_TERMINAL,
                         "counting set: a record of an unknown terminal");
    }
    if (counting_by_hash(set, hash) != NULL) {
        return AULA_OK;
    }
    code = grow_records(set, err);
    if (code == AULA_OK) {
        code = grow_index(set, err);
    }
    if (code == AULA_OK) {
        code = grow_traces(set, is_ballot ? record->width : 0, err);
    }
    if (code == AULA_OK) {
        loosen(set);
        keep(set, record, hash, terminal, place);
    }
    return code;
}

enum aula_code counting_add_bad(struct counting *set,
                                const uint8_t hash[static HASH_BYTES],
                                enum aula_code error, struct aula_error *err)
{
    void *bad = set->bad;
    enum aula_code code;

    if (set->bad_count >= COUNTING_RECORDS_MAX) {
        return too_many(err);
    }
    code = counting_grow(&bad, &set->bad_room, set->bad_count, sizeof *set->bad,
                         err);
    set->bad = bad;
    if (code == AULA_OK) {
        loosen(set);
        memcpy(set->bad[set->bad_count].hash, hash, HASH_BYTES);
        set->bad[set->bad_count].error = error;
        set->bad_count++;
    }
    return code;
}
