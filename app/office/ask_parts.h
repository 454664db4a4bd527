/* SPDX-License-Identifier: Apache-2.0 */
/* What the files ask_*.c share. */
#ifndef AULA_ASK_PARTS_H
#define AULA_ASK_PARTS_H

#include "ask.h"

/** Read the one line of a file that a script brings; its end, \n or \r\n, does
 *  not count.
 *
 *  Returns: AULA_OK
 *           AULA_BAD_FIELD  a second line, or a NUL: it may be another secret
 *           AULA_IO, AULA_TOO_LARGE, AULA_MEMORY
 *  Out:     line  on success only
 *  In:      option  what named the file; no message has its path
 *           room    bytes of the longest line, its end and a NUL
 */
AULA_MUST_CHECK enum aula_code ask_file(struct passphrase *line,
                                        const char *option, const char *file,
                                        size_t room, struct aula_error *err);

/** Prompt at the terminal, and read a line with the echo off.
 *
 *  Returns: AULA_OK, AULA_BAD_FIELD or AULA_IO
 *  Out:     line->size, and the text where line->text has `room` bytes
 */
AULA_MUST_CHECK enum aula_code ask_hidden(struct passphrase *line, size_t room,
                                          int tty, const char *prompt,
                                          struct aula_error *err);

#endif
