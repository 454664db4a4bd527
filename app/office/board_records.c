/* SPDX-License-Identifier: Apache-2.0 */
/* Steps 6 and 7 of PROTOCOL.md section 14: the records of the terminals, and
 * those that fail their own check. */
#include <stdlib.h>
#include <string.h>

#include "board_lists.h"

/* The record before, of the same file. */
struct reading {
    struct board *board;
    uint32_t name;
    bool has_one; /* of this file */
    uint64_t seq;
    uint8_t hash[HASH_BYTES];
};

/* Is this the first of its file? */
static bool is_first(struct reading *reading, const struct board_item *item)
{
    bool is_new = !reading->has_one || reading->name != item->name;

    reading->has_one = true;
    reading->name = item->name;
    return is_new;
}

static enum aula_code judge_record(void *arg, const struct board_item *item,
                                   struct aula_error *found)
{
    struct reading *reading = arg;
    struct board *board = reading->board;
    uint8_t tid[TERMINAL_ID_BYTES];
    struct board_place place = {.offset = item->offset,
                                .name = item->name,
                                .size = (uint16_t)item->size};
    bool is_sorted;
    enum aula_code code;

    if (item->code != AULA_OK) {
        return aula_fail(found, item->code,
                         "the record at byte %llu fails its check",
                         (unsigned long long)item->offset);
    }
    board_tid_of(tid, board_names_path(&board->inside->names, item->name),
                 BOARD_RECORDS);
    if (memcmp(tid, item->record.tid, sizeof tid) != 0) {
        return aula_fail(found, AULA_BOARD_FILES,
                         "the record at byte %llu is of another terminal",
                         (unsigned long long)item->offset);
    }
    is_sorted = is_first(reading, item) || reading->seq < item->record.seq ||
                (reading->seq == item->record.seq &&
                 memcmp(reading->hash, item->hash, HASH_BYTES) < 0);
    if (!is_sorted) {
        return aula_fail(found, AULA_BOARD_FILES,
                         "record %llu is out of order, or twice",
                         (unsigned long long)item->record.seq);
    }
    reading->seq = item->record.seq;
    memcpy(reading->hash, item->hash, HASH_BYTES);
    memcpy(place.hash, item->hash, HASH_BYTES);
    code = board_places_add(board, &place, found);
    if (code == AULA_OK && board->set != NULL) {
        code = counting_add(board->set, &item->record, item->hash,
                            board->inside->place_count - 1, found);
    }
    return code;
}

/* A terminal whose certificate was refused is told already; all its records
 * would be refused for that alone. */
static bool is_told(const struct board *board, const char *path)
{
    char certificate[BOARD_OBJECT_BYTES];
    uint8_t tid[TERMINAL_ID_BYTES];

    board_tid_of(tid, path, BOARD_RECORDS);
    (void)snprintf(certificate, sizeof certificate, BOARD_TERMINALS "%.*s.cert",
                   (int)BOARD_TID_DIGITS, path + strlen(BOARD_RECORDS));
    return board_certificate(board, tid) == NULL &&
           board_names_has(&board->inside->names, certificate);
}

/* Without all terminals there is no counting set: findings and exclusions would
 * be false. */
static enum aula_code open_set(struct board *board, struct aula_error *err)
{
    struct counting_election *election = &board->inside->election;

    if (!board_passed(board, BOARD_STEP_CERTIFICATES | BOARD_STEP_REGISTERS)) {
        return AULA_OK;
    }
    *election = (struct counting_election){
        .package = &board->package,
        .certificates = board->certificates,
        .certificate_count = board->certificate_count,
        .first = &board->registers[0],
        .late = board->registers[1].count > 0 ? &board->registers[1] : NULL};
    return counting_open(&board->set, election, err);
}

enum aula_code board_step_records(struct board *board, struct aula_error *err)
{
    const struct board_names *names = &board->inside->names;
    struct reading reading = {.board = board};
    struct board_walk walk = {.board = board,
                              .is_checked = true,
                              .judge = judge_record,
                              .arg = &reading,
                              .what = "checking records"};
    size_t first;
    size_t end;
    enum aula_code code = open_set(board, err);

    board_names_below(names, &first, &end, BOARD_RECORDS);
    while (first < end && code == AULA_OK) {
        size_t next = first;

        while (next < end && !is_told(board, board_names_path(names, next))) {
            next++;
        }
        code = board_lists_walk(&walk, first, next, err);
        first = next + 1;
    }
    return code;
}

/* ---- step 7 */

static enum aula_code judge_bad(void *arg, const struct board_item *item,
                                struct aula_error *found)
{
    struct reading *reading = arg;

    if (item->code == AULA_OK) {
        return aula_fail(found, AULA_BOARD_FILES,
                         "the record at byte %llu passes its check",
                         (unsigned long long)item->offset);
    }
    if (item->code == AULA_REC_UNKNOWN_TERMINAL) {
        return aula_fail(found, AULA_BOARD_FILES,
                         "the record at byte %llu is of an unknown terminal",
                         (unsigned long long)item->offset);
    }
    if (board_is_failure(item->code)) {
        return aula_fail(found, item->code, "no memory");
    }
    if (!is_first(reading, item) &&
        memcmp(reading->hash, item->hash, HASH_BYTES) >= 0) {
        return aula_fail(found, AULA_BOARD_FILES,
                         "the record at byte %llu is out of order, or twice",
                         (unsigned long long)item->offset);
    }
    memcpy(reading->hash, item->hash, HASH_BYTES);
    return reading->board->set == NULL
               ? AULA_OK
               : counting_add_bad(reading->board->set, item->hash, item->code,
                                  found);
}

enum aula_code board_step_quarantine(struct board *board,
                                     struct aula_error *err)
{
    const struct board_names *names = &board->inside->names;
    struct reading reading = {.board = board};
    struct board_walk walk = {.board = board,
                              .is_checked = true,
                              .judge = judge_bad,
                              .arg = &reading,
                              .what = "checking the quarantine"};
    size_t first;
    size_t end;

    board_names_below(names, &first, &end, "quarantine.rec");
    return first == end ? AULA_OK : board_lists_walk(&walk, first, end, err);
}
