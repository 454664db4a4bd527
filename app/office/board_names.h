/* SPDX-License-Identifier: Apache-2.0 */
/* The names on a board: its listing, and step 1 of PROTOCOL.md section 14,
 * which looks at nothing but that.
 *
 * A folder may hold any number of names: what no board can need is not kept.
 */
#ifndef AULA_BOARD_NAMES_H
#define AULA_BOARD_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "board.h"

struct board_name {
    uint32_t at; /* of the path in the text */
    bool is_folder;
    uint64_t size; /* of a file when it was listed: for a bar */
};

/* Paths from the board's folder on, ascending as byte strings. */
struct board_names {
    char *text;
    size_t text_size;
    size_t text_room;
    struct board_name *items;
    size_t count;
    size_t room;
};

/** List a folder with all that is below it.
 *
 *  Returns: AULA_OK
 *           AULA_BOARD_FILES  a path of another form than section 14's, or
 *                             something that is neither a regular file nor a
 *                             folder; the others are listed all the same
 *           AULA_IO, AULA_MEMORY
 *  Out:     names  to be closed whatever the result
 */
AULA_MUST_CHECK enum aula_code board_names_read(struct board_names *names,
                                                const char *folder,
                                                struct aula_error *err);
void board_names_close(struct board_names *names); /* accepts all zero */

/** Is everything there that has to be?
 *
 *  Returns: AULA_OK or AULA_BOARD_FILES
 */
AULA_MUST_CHECK enum aula_code
board_names_check(const struct board_names *names, enum board_stage stage,
                  struct aula_error *err);

const char *board_names_path(const struct board_names *names, size_t place);

/** Is there a file of that path? A folder? */
bool board_names_has(const struct board_names *names, const char *path);
bool board_names_has_folder(const struct board_names *names, const char *path);

/** The names below a folder.
 *
 *  Out:  first, end  places; what is below its folders stands among them
 *  In:   folder      "content/", with its slash
 */
void board_names_below(const struct board_names *names, size_t *first,
                       size_t *end, const char *folder);

/** May a path of this form be on a board (section 14, and what stands beside)?
 */
bool board_names_is_path(const char *path, bool is_folder);

/** Compare two decimal numbers without leading zeros, of any length. */
int board_names_compare_numbers(const char *left, const char *right);

#endif
