/* SPDX-License-Identifier: Apache-2.0 */
/* The content of a rehearsal's own election: the election.json that a Pabulib
 * file gives (source.h), in rehearsal mode, on days that the rehearsal wants,
 * from 9 to 19 h. */
#ifndef AULA_REHEARSE_CONTENT_H
#define AULA_REHEARSE_CONTENT_H

#include "pabulib.h"

/** Write it.
 *
 *  Returns: AULA_OK      the text may still have faults that election_open
 *                        tells
 *           AULA_SOURCE  no election can say what the file says
 *           AULA_TOO_LARGE, AULA_MEMORY
 *  Out:     text         `size` bytes of JSON
 *  In:      first, last  days of voting, since 1970-01-01
 *  Owner:   free(text)
 */
AULA_MUST_CHECK enum aula_code rehearse_content(char **text, size_t *size,
                                                const struct pabulib *file,
                                                int32_t first, int32_t last,
                                                struct aula_error *err);

#endif
