/* SPDX-License-Identifier: Apache-2.0 */
/* The office of the vectors' board on the evening before its closing: its
 * archive, register, content and list, and `aula` with its words. Passphrases
 * cost nothing here (cheap_pwhash.h). Whatever fails ends the test. */
#ifndef AULA_TESTS_CLOSE_DESK_H
#define AULA_TESTS_CLOSE_DESK_H

#include <stdint.h>

#include "archive.h"
#include "desk_election.h"
#include "office_folder.h"
#include "vector_board.h"

/* The last words of a command of this office. */
#define CLOSE_BY " --office OFFICE --passphrase-file PASS --json"

struct close_desk {
    struct vector_board *vectors;
    void *folder; /* of office_folder_make */
    char office[PLACE_BYTES];
    char pass[PLACE_BYTES];
    char board[PLACE_BYTES]; /* not there */
    struct desk_election *election;
    struct passphrase passphrase;
    uint64_t now; /* of the clock: when the vectors' closing was signed */
    uint8_t skipped[TERMINAL_ID_BYTES];
    uint64_t skipped_seq; /* a record that did not come; 0: all came */
};

/* Test fixtures of cmocka: an office with everything but its archive, and with
 * it. */
int close_desk_make(void **state);
int close_desk_make_full(void **state);
int close_desk_clear(void **state);

/** Put the records of the vectors' board into the archive, in another order. */
void close_desk_import(struct close_desk *desk);

/** Write a file into the folder of the test. */
void close_desk_write(const struct close_desk *desk, const char *name,
                      const char *text);

/** `aula WORDS`, separated by spaces: OFFICE, PASS, BOARD and ELECTION stand
 *  for their paths, and what begins with ./ for a file of the test's folder.
 *  Expect this status, and each of these texts on standard output or error;
 *  NULL for none. */
void close_desk_run(const struct close_desk *desk, const char *words,
                    int status, const char *first, const char *second);

#endif
