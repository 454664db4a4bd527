/* SPDX-License-Identifier: Apache-2.0 */
/* The staff's commands at the terminal of terminal_desk.h, as they are typed in
 * its folder: `data` the terminal, `second` its witness, `stick`, `pass` the
 * passphrase of Ainur and `pass2` that of Berik, `office.txt`, and what the
 * office sends back: election.aula, hall.cert, hall.kit.
 */
#ifndef AULA_TEST_STAFF_DESK_H
#define AULA_TEST_STAFF_DESK_H

#include "terminal_desk.h"

enum { STAFF_WORDS_MAX = 40, STAFF_SAID_BYTES = 16 * 1024 };

struct staff_desk {
    struct desk *desk;
    char back[DESK_PATH_BYTES]; /* where the program ran before */
    char out[STAFF_SAID_BYTES];
    char errors[STAFF_SAID_BYTES];
};

/* A terminal in state requested, and everything that the office sends. */
struct staff_desk *staff_desk_new(const struct desk_wish *wish);
int staff_desk_make(void **state);
int staff_desk_make_ready(void **state); /* and it is installed */
int staff_desk_make_open(void **state);  /* and a day is open */
int staff_desk_clear(void **state);

/* Run `aula terminal LINE`, words at blanks. At its end come --witness second
 * and, without another one, --passphrase-file pass.
 *
 *  Returns: the exit status; `out` and `errors` hold what was said
 */
int staff_desk_run(struct staff_desk *staff, const char *line);

/* The same for a run that has to end well, and one that has to be refused in
 * one line with this text in it; the warning that all lies on one disk aside.
 */
void staff_desk_done(struct staff_desk *staff, const char *line);
void staff_desk_refused(struct staff_desk *staff, const char *line,
                        const char *text);

void staff_desk_write(const char *name, const void *bytes, size_t size);

/* Does a file of this folder's, or what was said, hold a text? */
bool staff_desk_finds(const struct staff_desk *staff, const char *text);

#endif
