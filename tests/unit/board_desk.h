/* SPDX-License-Identifier: Apache-2.0 */
/* The board of the vectors and a rehearsal without ballots, both on disk, for
 * tests that damage them. Whatever fails ends the test. */
#ifndef AULA_TESTS_BOARD_DESK_H
#define AULA_TESTS_BOARD_DESK_H

#include "board.h"
#include "vector_board.h"

struct board_desk {
    struct vector_board *vectors;
    char *folder;           /* PLACE_BYTES, of the whole fixture */
    char full[PLACE_BYTES]; /* boards below it */
    char small[PLACE_BYTES];
    struct pool *pool; /* of one thread */
};

/* Group fixtures of cmocka: *state is the desk. */
int board_desk_open(void **state);
int board_desk_close(void **state);

/* What a check says: its code, and the object of its first fault. */
struct board_said {
    enum aula_code code;
    size_t fault_count;
    char object[BOARD_OBJECT_BYTES];
};

struct board_said board_desk_check(const struct board_desk *desk,
                                   const char *folder, enum board_stage stage);
void board_desk_expect(const struct board_desk *desk, const char *folder,
                       enum board_stage stage, enum aula_code code,
                       const char *object);

#endif
