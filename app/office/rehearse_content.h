/* SPDX-License-Identifier: Apache-2.0 */
/* The content of a rehearsal's own election: an election.json (election.h) for
 * the projects and the rules of a Pabulib file.
 *
 * Its texts stand in the file in one language; both of ours show them. What is
 * too long is cut, what may not stand in a text becomes a blank. Costs are the
 * file's whole units, or its hundredths where one of them has hundredths, so
 * that no cost is rounded.
 */
#ifndef AULA_REHEARSE_CONTENT_H
#define AULA_REHEARSE_CONTENT_H

#include "pabulib.h"

/** Write it.
 *
 *  Returns: AULA_OK      the text may still have faults that election_open
 *                        tells, such as an id that is too long
 *           AULA_SOURCE  no contest has such rules (pabulib_rule)
 *           AULA_TOO_LARGE, AULA_MEMORY
 *  Out:     text        `size` bytes of JSON
 *  In:      first, last  days of voting, since 1970-01-01
 *  Owner:   free(text)
 */
AULA_MUST_CHECK enum aula_code rehearse_content(char **text, size_t *size,
                                                const struct pabulib *file,
                                                int32_t first, int32_t last,
                                                struct aula_error *err);

/* A text of ours and its greatest length in characters. */
enum { REHEARSE_TEXT_BYTES = 4 * 300 + 1 };

/** A text of a file as one of ours: one line, no blank at its ends.
 *
 *  Out:     clean    NUL-terminated; `other` where nothing is left
 *  In:      most     characters, up to 300
 */
void rehearse_clean(char clean[static REHEARSE_TEXT_BYTES],
                    const struct pabulib_text *text, size_t most,
                    const char *other);

#endif
