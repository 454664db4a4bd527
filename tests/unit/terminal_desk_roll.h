/* SPDX-License-Identifier: Apache-2.0 */
/* A voter roll for the terminal of terminal_desk.h. */
#ifndef AULA_TEST_TERMINAL_DESK_ROLL_H
#define AULA_TEST_TERMINAL_DESK_ROLL_H

#include "terminal_desk.h"

#include "roll.h"

enum { DESK_ROLL_ROWS = 8 };

struct desk_voter {
    const char *typed;
    uint16_t contest; /* or ROLL_ANY_CONTEST */
};

/* Make a roll of `count` rows, DESK_ROLL_ROWS at most, into `file`.
 *
 * Returns: its size */
static inline size_t desk_make_roll(uint8_t *file, const struct desk *desk,
                                    uint32_t number,
                                    const struct desk_voter *voters,
                                    size_t count)
{
    const struct package *package = &desk->package;
    struct roll_row rows[DESK_ROLL_ROWS];

    for (size_t i = 0; i < count; i++) {
        rows[i].contest = voters[i].contest;
        assert_int_equal(tag_make(rows[i].tag, desk->tag_key, package->hash,
                                  package->id_scheme, package->tag_stretch,
                                  voters[i].typed, strlen(voters[i].typed),
                                  NULL),
                         AULA_OK);
    }
    count = roll_sort(rows, count);
    assert_int_equal(roll_make(file, package, desk->office_secret, number, rows,
                               (uint32_t)count, NULL),
                     AULA_OK);
    return ROLL_BYTES(count);
}

/* Install a roll on its own. */
static inline enum aula_code desk_put_roll(struct desk *desk, uint32_t number,
                                           const struct desk_voter *voters,
                                           size_t count)
{
    uint8_t file[ROLL_BYTES(DESK_ROLL_ROWS)];
    struct setup_parts parts = {.roll = file};

    parts.roll_size = desk_make_roll(file, desk, number, voters, count);
    return setup_install(desk->terminal, &parts, NULL);
}

#endif
