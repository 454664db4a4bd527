/* SPDX-License-Identifier: Apache-2.0 */
/* The table of the files that a board's pages are. Not for use outside of
 * pages*.c. */
#ifndef AULA_PAGES_PARTS_H
#define AULA_PAGES_PARTS_H

#include "pages.h"

enum { PAGES_NAME_BYTES = 32 };

/** How many there may be: one of ballots for each contest among them. */
size_t pages_count(const struct pages *pages);

/** The name of one.
 *
 *  Returns: false when there is none: the ballots of a contest that is not
 *           counted
 */
bool pages_name(char name[static PAGES_NAME_BYTES], const struct pages *pages,
                size_t place);

/** Write one that there is. Returns: AULA_OK, AULA_MEMORY, AULA_SOURCE, or what
 *  the sink says. */
AULA_MUST_CHECK enum aula_code pages_make(const struct pages *pages,
                                          size_t place,
                                          const struct pabulib_sink *sink,
                                          struct aula_error *err);

/** The folder of the board. */
const char *pages_folder(const struct pages *pages);

#endif
