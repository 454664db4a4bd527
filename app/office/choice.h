/* SPDX-License-Identifier: Apache-2.0 */
/* Choices as they are typed in a rehearsal, turned into the plaintext of a
 * ballot (PROTOCOL.md 6.1). A list is proposal ids with commas between them.
 *
 * Choices stand in no message: what is wrong is said by its place in the list.
 */
#ifndef AULA_CHOICE_H
#define AULA_CHOICE_H

#include "package.h"

enum choice_form {
    CHOICE_BLANK,  /* nothing; fits every type */
    CHOICE_IDS,    /* ID,ID..: approval and knapsack */
    CHOICE_POINTS, /* ID=N,..: points */
    CHOICE_RANKS   /* ID,ID..: ranking, the best first */
};

/** Write the plaintext. Whether it keeps to the limits of the contest is left
 * to plaintext_check.
 *
 *  Returns: AULA_OK
 *           AULA_BAD_FIELD  a form that does not fit the contest; an id that it
 *                           does not have, or twice; no number of points
 *           AULA_PT_LIMIT   more points or ranks than a plaintext can say
 *  Out:     plaintext  plaintext_size(&contest->rule) bytes in locked memory;
 *                      zeros on failure
 *  In:      list       NULL for CHOICE_BLANK
 */
AULA_MUST_CHECK enum aula_code
choice_read(uint8_t *plaintext, const struct package_contest *contest,
            enum choice_form form, const char *list, struct aula_error *err);

#endif
