/* SPDX-License-Identifier: Apache-2.0 */
/* A conversation with whoever sits at the terminal; for ask_*.c. */
#ifndef AULA_TTY_H
#define AULA_TTY_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"

/** Open /dev/tty.
 *
 *  Returns: AULA_OK, or AULA_IO (no terminal)
 *  Out:     tty  a file descriptor, to be closed
 */
AULA_MUST_CHECK enum aula_code tty_open(int *tty, const char *instead,
                                        struct aula_error *err);

/** Returns: AULA_OK or AULA_IO */
AULA_MUST_CHECK enum aula_code tty_put(int tty, const char *text,
                                       struct aula_error *err);

/** Read one line, without its end.
 *
 *  Returns: AULA_OK
 *           AULA_BAD_FIELD  the line is longer than `room` - 1
 *           AULA_IO         the terminal went away, or its end was typed
 *  Out:     line  NUL-terminated; zeros on failure
 *           size  bytes without the NUL
 *  In:      is_seen  false: the echo is off meanwhile, and comes back whatever
 *                    happens
 */
AULA_MUST_CHECK enum aula_code tty_line(int tty, char *line, size_t *size,
                                        size_t room, bool is_seen,
                                        struct aula_error *err);

#endif
