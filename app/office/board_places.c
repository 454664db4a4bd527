/* SPDX-License-Identifier: Apache-2.0 */
/* Where each record of the board stands, by its hash. See board_parts.h. */
#include <stdlib.h>
#include <string.h>

#include "board_parts.h"

enum aula_code board_places_add(struct board *board,
                                const struct board_place *place,
                                struct aula_error *err)
{
    struct board_inside *inside = board->inside;

    if (inside->place_count == inside->place_room) {
        size_t room = inside->place_room + inside->place_room / 2 + 1024;
        struct board_place *grown = realloc(inside->places,
                                            room * sizeof *grown);

        if (grown == NULL) {
            return aula_fail(err, AULA_MEMORY, "no memory");
        }
        inside->places = grown;
        inside->place_room = room;
    }
    inside->places[inside->place_count++] = *place;
    return AULA_OK;
}

static int compare(const void *left, const void *right)
{
    return memcmp(((const struct board_place *)left)->hash,
                  ((const struct board_place *)right)->hash, HASH_BYTES);
}

void board_places_sort(struct board *board)
{
    if (board->inside->place_count > 0) {
        qsort(board->inside->places, board->inside->place_count,
              sizeof board->inside->places[0], compare);
    }
}

static int compare_hash(const void *hash, const void *place)
{
    return memcmp(hash, ((const struct board_place *)place)->hash, HASH_BYTES);
}

const struct board_place *
board_places_find(const struct board *board,
                  const uint8_t hash[static HASH_BYTES])
{
    const struct board_inside *inside = board->inside;

    return inside->place_count == 0
               ? NULL
               : bsearch(hash, inside->places, inside->place_count,
                         sizeof inside->places[0], compare_hash);
}
