/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of source.h share. */
#ifndef AULA_SOURCE_PARTS_H
#define AULA_SOURCE_PARTS_H

#include <jansson.h>

#include "pabulib.h"
#include "source.h"

#define SOURCE_PHOTOS "photos/"

/** Change what the office wants otherwise. What is missing or of another type
 *  is left to the reader of the election. False: no memory. */
bool source_apply(json_t *root, const struct source_wish *wish);

/** Write an election as text. NULL: no memory. Owner: free. */
char *source_dump(const json_t *root);

/** Check each photo that source->root names, whatever else is wrong with it,
 *  and add a row for each; list the files that nothing names.
 *
 *  Returns: AULA_OK, also when some have faults; AULA_IO or AULA_MEMORY
 */
AULA_MUST_CHECK enum aula_code source_read_photos(struct source *source,
                                                  struct progress *progress,
                                                  struct aula_error *err);

/** List the files below the folder that are not election.json and not among
 *  the names.
 *
 *  Returns: AULA_OK, AULA_IO or AULA_MEMORY
 *  In:      names  `count` paths of the content, ascending
 */
AULA_MUST_CHECK enum aula_code source_find_strangers(struct source *source,
                                                     const char *const *names,
                                                     size_t count,
                                                     struct aula_error *err);

/** The path of a file of the content in the folder, through folders only.
 *
 *  Returns: AULA_OK, AULA_BAD_FIELD (too long) or AULA_IO (a link, or no
 *           folder, on its way)
 */
AULA_MUST_CHECK enum aula_code source_place(char path[static PLACE_BYTES],
                                            const struct source *source,
                                            const char *name,
                                            struct aula_error *err);

/** The election of a Pabulib file: both languages from the file's own texts.
 *
 *  Returns: AULA_OK
 *           AULA_SOURCE, AULA_TOO_LARGE  no election can say it; err says what
 *           AULA_MEMORY
 *  Out:     root  a new reference
 */
AULA_MUST_CHECK enum aula_code source_of_pabulib(json_t **root,
                                                 const struct pabulib *file,
                                                 struct aula_error *err);

#endif
