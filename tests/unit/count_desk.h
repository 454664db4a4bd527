/* SPDX-License-Identifier: Apache-2.0 */
/* Three trustees and their office at the board of the vectors, as far as it was
 * closed: the folders that they would have by then, with the secrets of the
 * vectors' world, and `aula` with its words. Whatever fails ends the test. */
#ifndef AULA_TESTS_COUNT_DESK_H
#define AULA_TESTS_COUNT_DESK_H

#include <stdint.h>

#include "ask.h"
#include "code.h"
#include "office_folder.h"
#include "vector_board.h"

/* The last words of a trustee's step, and the office's own. */
#define COUNT_BY " --office-key KEY --passphrase-file PASS --json"
#define COUNT_RESULT                                                           \
    "office result BOARD --office OFFICE --passphrase-file PASS --json"

struct count_desk {
    struct vector_board *vectors;
    void *folder;            /* of office_folder_make */
    char board[PLACE_BYTES]; /* without approvals and what comes later */
    char office[PLACE_BYTES];
    char own[VECTOR_TRUSTEES][PLACE_BYTES];
    char pass[PLACE_BYTES]; /* the passphrase of them all */
    struct passphrase passphrase;
    uint64_t now; /* of the clock: the day after the voting */
};

/* Test fixtures of cmocka; the group's *state is not used. */
int count_desk_make(void **state);
int count_desk_clear(void **state);

/* What one run said. */
struct count_said {
    int status;
    char *out;
    char *errors;
};

/** `aula WORDS`, separated by spaces: BOARD, OWN1 .. OWN3, KEY, PASS and OFFICE
 *  stand for what the desk has; COUNCIL and WRONG for the files `council` and
 *  `wrong` in its folder. */
struct count_said count_run(const struct count_desk *desk, const char *words);
void count_forget(struct count_said *said);

/** Run it and expect this status, and that each of these texts is said; NULL
 *  for none. */
void count_expect(const struct count_desk *desk, const char *words, int status,
                  const char *first, const char *second);

/** The code of the closing on the board, as the newspaper would have it. */
void count_closing_code(const struct count_desk *desk,
                        char code[static CODE_TEXT_BYTES]);

/** `approve`, `mix` or `decrypt` by trustee `index`, from 1, which succeeds. */
void count_step(const struct count_desk *desk, const char *step,
                unsigned index);

/** All three approve; two mix. */
void count_approve_all(const struct count_desk *desk);
void count_mix_by(const struct count_desk *desk, unsigned one, unsigned two);

/** Lay the files of a variant of the vectors' board, by its title, over the
 *  board, without what comes after the closing. */
void count_lay_variant(const struct count_desk *desk, const char *what);

#endif
