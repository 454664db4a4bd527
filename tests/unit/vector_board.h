/* SPDX-License-Identifier: Apache-2.0 */
/* The board of the test vectors (tests/data/vectors/board.json) with the
 * secrets of its world, for tests that go on from a board: no ceremony, no
 * derivation. Whatever fails ends the test. */
#ifndef AULA_TESTS_VECTOR_BOARD_H
#define AULA_TESTS_VECTOR_BOARD_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "group.h"
#include "package.h"
#include "sign.h"

enum { VECTOR_TRUSTEES = 3 };

struct vector_board {
    json_t *world;
    json_t *board;
    uint8_t office_public[SIGN_PUBLIC_BYTES];
    uint8_t office_secret[SIGN_SECRET_BYTES];
    uint8_t trustee_secrets[VECTOR_TRUSTEES][SIGN_SECRET_BYTES];
    uint8_t trustee_seeds[VECTOR_TRUSTEES][SIGN_SEED_BYTES];
    uint8_t shares[VECTOR_TRUSTEES][GROUP_SCALAR_BYTES];
    uint8_t *package_bytes;
    size_t package_size;
    struct package package;
};

/* Group fixtures of cmocka: *state is the board. */
int vector_board_open(void **state);
int vector_board_close(void **state);

/** Bytes that stand in hexadecimal in a vector.
 *
 *  Returns: `size` of them, to be freed
 */
uint8_t *vector_bytes(const json_t *text, size_t *size);

/** A file of the board. Returns: its bytes, to be freed */
uint8_t *vector_board_get(const struct vector_board *board, const char *name,
                          size_t *size);

/** Write the files of `files`, a table of names and bytes, below a folder;
 * those whose name begins with a text of `without` are left out, and a null
 * takes a file away.
 *
 *  In:  without  ends with NULL
 */
void vector_board_lay(json_t *files, const char *folder,
                      const char *const *without);

/** The contents of the package's `number`th trustee's round 1 file, from 0.
 *
 *  Returns: where they stand in the package
 */
const uint8_t *vector_board_round1(const struct vector_board *board,
                                   size_t number, size_t *size);

#endif
