/* SPDX-License-Identifier: Apache-2.0 */
/* Projects of a Pabulib file as proposals of an election; for source_pabulib.c.
 */
#ifndef AULA_SOURCE_PROJECT_H
#define AULA_SOURCE_PROJECT_H

#include "source_parts.h"

enum { SOURCE_HUNDREDTHS = 100 }; /* in one unit of money */

extern const struct pabulib_text source_no_text;

/** The first of some texts that says anything; the list ends with NULL. */
const struct pabulib_text *
source_first_of(const struct pabulib_text *const *texts);

/** Two texts as an election has them; NULL: no memory. */
json_t *source_in_both(const char *kk, const char *ru);

/** A text in both languages, cut at `most` characters; one of which nothing is
 *  left becomes `instead`. */
json_t *source_say(const struct pabulib_text *text, size_t most,
                   const char *instead);

/** Append a proposal for each project, in the order of the file, numbered from
 *  1, and a category for each that is met: c1, c2, ..
 *
 *  Returns: false without memory; a list that is NULL is none either
 */
bool source_add_projects(json_t *proposals, json_t *categories,
                         const struct pabulib *file);

#endif
