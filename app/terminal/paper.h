/* SPDX-License-Identifier: Apache-2.0 */
/* A strip of paper of fixed width that text is set on, line by line.
 *
 * A code point takes one column: so it is for Kazakh and Russian. Lines break
 * at spaces, and inside of a word only where it is longer than the paper. What
 * is no text of PROTOCOL.md 2.2 becomes a question mark, so that nothing that
 * is printed moves a cursor or a printer's head.
 *
 * Memory that runs out is found at the end, by paper_take.
 */
#ifndef AULA_PAPER_H
#define AULA_PAPER_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "package.h"

enum { PAPER_COLUMNS = 48 };

/* All zero at first. */
struct paper {
    char *text;
    size_t size; /* bytes, without the NUL */
    size_t room;
    bool is_short; /* of memory: the rest is not kept */
};

/** A string as a text. */
struct package_text paper_text_of(const char *string);

/** An empty line. */
void paper_skip(struct paper *paper);

/** A line all across, of one ASCII character. */
void paper_rule(struct paper *paper, char of);

/** A paragraph; `indent` columns, below PAPER_COLUMNS / 2, stay free. */
void paper_put(struct paper *paper, size_t indent, struct package_text text);

/** The same, each line in the middle. */
void paper_centre(struct paper *paper, struct package_text text);

/** The same within a frame of stars. */
void paper_frame(struct paper *paper, struct package_text text);

/** A label at the left and its value at the right, of one line if it fits. */
void paper_row(struct paper *paper, size_t indent, struct package_text label,
               struct package_text value);

/** Take the text off.
 *
 *  Returns: AULA_OK, or AULA_MEMORY
 *  Out:     text  NUL-terminated, on success only
 *  Owner:   free(text); the paper is empty again, whatever the result
 */
AULA_MUST_CHECK enum aula_code paper_take(struct paper *paper, char **text,
                                          struct aula_error *err);

#endif
