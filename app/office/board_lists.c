/* SPDX-License-Identifier: Apache-2.0 */
/* See board_lists.h. Records of many files are gathered until there is work for
 * all cores; what is said of them is then taken in their order. */
#include "board_lists.h"

#include <stdlib.h>
#include <string.h>

#include "bytes.h"

enum {
    ROOM = 8 * 1024 * 1024,
    ITEMS = 8192,
    LENGTH_BYTES = 4,
    LEAST = LENGTH_BYTES + RECORD_BYTES_MAX, /* room for any record */
    GRAIN = 16
};

/* What a file is blamed for. */
struct verdict {
    enum aula_code code;
    bool is_list; /* its form, not one of its records */
    struct aula_error found;
};

struct gather {
    struct board_walk *walk;
    size_t first; /* name of verdicts[0] */
    struct verdict *verdicts;
    uint8_t *bytes;
    size_t room; /* bytes at it, at most ROOM */
    size_t used;
    struct board_item *items;
    size_t item_room; /* at most ITEMS */
    size_t count;
    struct progress bar;
    uint64_t done;
    uint64_t total; /* bytes of all files */
};

static void check_piece(void *arg, unsigned worker, size_t first, size_t end)
{
    struct gather *gather = arg;
    const struct board *board = gather->walk->board;
    struct record_election election = {&board->package, board->inside->key,
                                       board->certificates,
                                       board->certificate_count};

    (void)worker;
    for (size_t i = first; i < end; i++) {
        struct board_item *item = &gather->items[i];

        item->code = gather->walk->is_checked
                         ? record_check(&item->record, &election, item->bytes,
                                        item->size)
                         : record_read(&item->record, &board->package,
                                       item->bytes, item->size);
        record_hash(item->hash, item->bytes, item->size);
    }
}

/* Check what was gathered, and begin again. */
static enum aula_code flush(struct gather *gather, struct aula_error *err)
{
    struct board_walk *walk = gather->walk;

    pool_run(walk->board->pool, gather->count, GRAIN, check_piece, gather);
    for (size_t i = 0; i < gather->count; i++) {
        struct board_item *item = &gather->items[i];
        struct verdict *verdict = &gather->verdicts[item->name - gather->first];

        if (verdict->code != AULA_OK) {
            continue;
        }
        verdict->code = walk->judge(walk->arg, item, &verdict->found);
        if (board_is_failure(verdict->code)) {
            return aula_fail(err, verdict->code, "%s", verdict->found.message);
        }
    }
    gather->done += gather->used;
    progress_step(&gather->bar, gather->done, gather->total);
    gather->used = 0;
    gather->count = 0;
    return AULA_OK;
}

/* Take the whole records out of `size` bytes at gather->used; `*taken` bytes
 * were used up. Beyond the last of them the file may go on. */
static enum aula_code take(struct gather *gather, size_t name, uint64_t offset,
                           size_t size, size_t *taken, struct aula_error *found)
{
    const uint8_t *start = gather->bytes + gather->used;
    struct bytes_reader reader = {start, size};
    bool is_wanted = gather->verdicts[name - gather->first].code == AULA_OK;

    *taken = 0;
    while (reader.left >= LENGTH_BYTES && gather->count < gather->item_room) {
        uint32_t length = get_le32(reader.next);

        if (length > RECORD_BYTES_MAX) {
            return aula_fail(found, AULA_TOO_LARGE,
                             "a record of %lu bytes, at most %d",
                             (unsigned long)length, (int)RECORD_BYTES_MAX);
        }
        if (reader.left - LENGTH_BYTES < length) {
            break;
        }
        if (is_wanted) {
            gather->items[gather->count++] =
                (struct board_item){.bytes = reader.next + LENGTH_BYTES,
                                    .size = length,
                                    .name = (uint32_t)name,
                                    .offset = offset + *taken + LENGTH_BYTES};
        }
        (void)bytes_take(&reader, LENGTH_BYTES + (size_t)length);
        *taken = size - reader.left;
    }
    return AULA_OK;
}

/* The list of one file. */
static enum aula_code scan(struct gather *gather, size_t name,
                           const struct board_pieces *pieces,
                           struct aula_error *err)
{
    struct verdict *verdict = &gather->verdicts[name - gather->first];
    struct aula_error found;
    enum aula_code code = AULA_OK;
    uint64_t offset = 0;

    if (pieces->size == 0) {
        code = aula_fail(&found, AULA_BOARD_FILES, "empty");
    }
    while (code == AULA_OK && offset < pieces->size) {
        size_t size = gather->room - gather->used;
        size_t taken = 0;

        if (size < LEAST || gather->count == gather->item_room) {
            code = flush(gather, err);
            if (code != AULA_OK) {
                return code;
            }
            size = gather->room;
        }
        if (size > pieces->size - offset) {
            size = (size_t)(pieces->size - offset);
        }
        code = board_pieces_read(pieces, offset, gather->bytes + gather->used,
                                 size, err);
        if (code != AULA_OK) {
            return code;
        }
        code = take(gather, name, offset, size, &taken, &found);
        if (code == AULA_OK && taken == 0) {
            code = aula_fail(&found, AULA_TRUNCATED,
                             "the last record is cut off");
        }
        offset += taken;
        gather->used += taken;
    }
    if (code != AULA_OK) {
        *verdict = (struct verdict){code, true, found};
    }
    return AULA_OK;
}

static enum aula_code scan_file(struct gather *gather, size_t name,
                                struct aula_error *err)
{
    const struct board *board = gather->walk->board;
    struct board_pieces pieces = {.file = -1};
    char path[PLACE_BYTES];
    enum aula_code code =
        place_in(path, board->folder,
                 board_names_path(&board->inside->names, name), err);

    if (code == AULA_OK) {
        code = board_pieces_open(&pieces, path, err);
    }
    if (code == AULA_OK) {
        code = scan(gather, name, &pieces, err);
    }
    board_pieces_close(&pieces);
    return code;
}

static enum aula_code walk_all(struct gather *gather, size_t first, size_t end,
                               struct aula_error *err)
{
    struct board *board = gather->walk->board;
    enum aula_code code = AULA_OK;

    for (size_t i = first; i < end && code == AULA_OK; i++) {
        code = scan_file(gather, i, err);
    }
    if (code == AULA_OK) {
        code = flush(gather, err);
    }
    for (size_t i = first;
         i < end && code == AULA_OK && gather->walk->is_checked; i++) {
        struct verdict *verdict = &gather->verdicts[i - first];

        code = board_blame(board, verdict->code,
                           board_names_path(&board->inside->names, i), 0,
                           &verdict->found, err);
    }
    return code;
}

enum aula_code board_lists_walk(struct board_walk *walk, size_t first,
                                size_t end, struct aula_error *err)
{
    struct gather gather = {.walk = walk, .first = first};
    enum aula_code code;

    gather.verdicts = calloc(end - first + 1, sizeof *gather.verdicts);
    for (size_t i = first; i < end; i++) {
        gather.total += walk->board->inside->names.items[i].size;
    }
    /* A small board needs less, and a check of it is quick. */
    gather.room = gather.total < ROOM - LEAST ? gather.total + LEAST : ROOM;
    gather.item_room = gather.total < ITEMS ? gather.total / LENGTH_BYTES + 1
                                            : ITEMS;
    gather.bytes = malloc(gather.room);
    gather.items = calloc(gather.item_room, sizeof *gather.items);
    if (gather.verdicts == NULL || gather.bytes == NULL ||
        gather.items == NULL) {
        code = aula_fail(err, AULA_MEMORY, "no memory");
        goto out;
    }
    board_bar_start(&gather.bar, walk->board, walk->what);
    code = walk_all(&gather, first, end, err);
    progress_end(&gather.bar);
out:
    free(gather.items);
    free(gather.bytes);
    free(gather.verdicts);
    return code;
}
