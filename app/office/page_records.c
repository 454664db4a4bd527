/* SPDX-License-Identifier: Apache-2.0 */
/* What only the records say; see page_facts.h. */
#include <stdlib.h>
#include <string.h>

#include "page_facts.h"

/* The records as they come. */
struct reading {
    struct page_book *book;
    const struct board *board;
    uint32_t *turnout;
    struct page_code *codes;
    size_t code_count;
    size_t code_room;
};

static enum page_exclusion exclusion_of(enum aula_code code)
{
    if (code == AULA_REVOKED) {
        return PAGE_REVOKED;
    }
    if (code == AULA_FORK) {
        return PAGE_FORK;
    }
    if (code == AULA_TIME_OUTSIDE_WINDOW) {
        return PAGE_OUTSIDE_WINDOW;
    }
    return code == AULA_VOTED_ELSEWHERE ? PAGE_ELSEWHERE : PAGE_DUPLICATE;
}

static enum page_code_state state_of(const struct reading *reading,
                                     const struct board_record *item)
{
    if (item->record->kind == RECORD_CHALLENGED) {
        return PAGE_CODE_CHALLENGED;
    }
    if (item->excluded != AULA_OK) {
        return (enum page_code_state)exclusion_of(item->excluded);
    }
    return reading->book->contests[item->record->contest].status ==
                   PAGE_WITHHELD
               ? PAGE_CODE_WITHHELD
               : PAGE_CODE_COUNTED;
}

static enum aula_code add_code(struct reading *reading,
                               const struct board_record *item, size_t terminal,
                               struct aula_error *err)
{
    const struct record *record = item->record;
    uint8_t hash[BALLOT_CODE_HASH_BYTES];
    struct page_code *code;

    /* Their number was counted when the board was checked. */
    if (reading->code_count == reading->code_room) {
        return aula_fail(err, AULA_IO, "records changed while they were read");
    }
    record_code_hash(hash, record, &reading->board->package);
    code = &reading->codes[reading->code_count++];
    memcpy(code->code, hash, PAGE_CODE_BYTES);
    code->code[PAGE_CODE_BYTES - 1] &= 0xFE;
    code->state = (uint8_t)state_of(reading, item);
    code->contest = record->contest;
    code->terminal = (uint16_t)terminal;
    code->seq = (uint32_t)record->seq;
    code->time = record->time;
    return AULA_OK;
}

/* A counted ballot lies within the window, whose last moment is a midnight. */
static void add_turnout(struct reading *reading, size_t terminal, uint64_t time)
{
    const struct page_facts *facts = &reading->book->facts;
    int32_t day = election_day_of(&reading->board->election, time);

    day = day < facts->first_day ? facts->first_day : day;
    day = day > facts->last_day ? facts->last_day : day;
    reading->turnout[terminal * facts->day_count +
                     (size_t)(int64_t)(day - facts->first_day)]++;
}

static void add_cast(struct reading *reading, const struct board_record *item,
                     size_t terminal)
{
    struct page_contest *contest =
        &reading->book->contests[item->record->contest];

    if (item->excluded == AULA_OK) {
        add_turnout(reading, terminal, item->record->time);
    } else {
        contest->excluded[exclusion_of(item->excluded)]++;
    }
}

static enum aula_code visit(void *arg, const struct board_record *item,
                            struct aula_error *err)
{
    struct reading *reading = arg;
    const struct record *record = item->record;
    struct page_terminal *terminal;
    size_t place;

    if (item->is_apart) {
        return AULA_OK;
    }
    place = page_book_terminal(reading->book, record->tid);
    terminal = &reading->book->terminals[place];
    switch (record->kind) {
    case RECORD_CAST:
        add_cast(reading, item, place);
        return add_code(reading, item, place, err);
    case RECORD_CHALLENGED:
        return add_code(reading, item, place, err);
    case RECORD_CLOSED:
        if (item->excluded == AULA_OK) {
            terminal->issued += record->counts.issued;
            terminal->unfinished += record->counts.unfinished;
        }
        break;
    case RECORD_OPENED:
    case RECORD_EVENT:
        break;
    }
    return AULA_OK;
}

static int order(uint64_t one, uint64_t other)
{
    return (one > other) - (one < other);
}

/* Codes that are equal stand in an order too: the page is the same again. */
static int compare(const void *left, const void *right)
{
    const struct page_code *one = left;
    const struct page_code *other = right;
    int by = memcmp(one->code, other->code, PAGE_CODE_BYTES);

    by = by != 0 ? by : order(one->terminal, other->terminal);
    by = by != 0 ? by : order(one->seq, other->seq);
    by = by != 0 ? by : order(one->time, other->time);
    by = by != 0 ? by : order(one->contest, other->contest);
    return by != 0 ? by : order(one->state, other->state);
}

enum aula_code page_take_records(struct page_book *book, struct board *board,
                                 struct aula_error *err)
{
    struct page_facts *facts = &book->facts;
    struct reading reading = {.book = book, .board = board};
    enum aula_code code;

    facts->day_count = (size_t)((int64_t)facts->last_day - facts->first_day) +
                       1;
    for (size_t i = 0; i < facts->terminal_count; i++) {
        reading.code_room += book->terminals[i].cast;
        reading.code_room += book->terminals[i].challenged;
    }
    reading.turnout = page_book_take(book,
                                     facts->terminal_count * facts->day_count,
                                     sizeof *reading.turnout);
    reading.codes = page_book_take(book, reading.code_room,
                                   sizeof *reading.codes);
    if (reading.turnout == NULL || reading.codes == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory for a result");
    }
    code = board_each_record(board, visit, &reading, err);
    if (code != AULA_OK) {
        return code;
    }
    qsort(reading.codes, reading.code_count, sizeof *reading.codes, compare);
    facts->turnout = reading.turnout;
    facts->codes = reading.codes;
    facts->code_count = reading.code_count;
    return AULA_OK;
}
