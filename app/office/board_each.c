/* SPDX-License-Identifier: Apache-2.0 */
/* The records once more: for whoever looks a code up, and for the pages. See
 * board.h. */
#include <string.h>

#include "board_lists.h"

struct again {
    struct board *board;
    size_t next; /* of the places */
    bool is_apart;
    enum aula_code (*visit)(void *arg, const struct board_record *record,
                            struct aula_error *err);
    void *arg;
};

static enum aula_code judge(void *arg, const struct board_item *item,
                            struct aula_error *found)
{
    struct again *again = arg;
    const struct board_inside *inside = again->board->inside;
    struct board_record record = {.record = &item->record,
                                  .hash = item->hash,
                                  .is_apart = again->is_apart};

    if (!again->is_apart) {
        /* Those behind a fault were never taken. */
        if (again->next == inside->place_count ||
            inside->places[again->next].name != item->name) {
            return AULA_OK;
        }
        if (memcmp(inside->places[again->next++].hash, item->hash,
                   HASH_BYTES) != 0) {
            return aula_fail(found, AULA_IO, "%s: changed while it was read",
                             board_names_path(&inside->names, item->name));
        }
    }
    if (item->code != AULA_OK) {
        return AULA_OK;
    }
    if (again->board->outcome != NULL) {
        record.excluded = counting_error_of(again->board->outcome, item->hash);
    }
    return again->visit(again->arg, &record, found);
}

enum aula_code
board_each_record(struct board *board,
                  enum aula_code (*visit)(void *arg,
                                          const struct board_record *record,
                                          struct aula_error *err),
                  void *arg, struct aula_error *err)
{
    const struct board_names *names = &board->inside->names;
    struct again again = {.board = board, .visit = visit, .arg = arg};
    struct board_walk walk = {.board = board,
                              .judge = judge,
                              .arg = &again,
                              .what = "reading records"};
    size_t first;
    size_t end;
    enum aula_code code;

    if (!board_passed(board, BOARD_STEP_PACKAGE)) {
        return AULA_OK;
    }
    board_names_below(names, &first, &end, BOARD_RECORDS);
    code = board_lists_walk(&walk, first, end, err);
    if (code != AULA_OK) {
        return code;
    }
    again.is_apart = true;
    board_names_below(names, &first, &end, "quarantine.rec");
    return board_lists_walk(&walk, first, end, err);
}
