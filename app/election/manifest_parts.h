/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of manifest.h share. Not for use outside of them. */
#ifndef AULA_MANIFEST_PARTS_H
#define AULA_MANIFEST_PARTS_H

#include "manifest.h"

enum { MANIFEST_ROW_BYTES = 2 + 8 + HASH_BYTES }; /* without the path */

/** Two paths as byte strings: below, equal or above 0. */
int manifest_compare(const char *a, size_t a_size, const char *b,
                     size_t b_size);

/** One row and its place behind `before` (NULL: the first): AULA_OK,
 *  AULA_CONTENT_MANIFEST or AULA_TOO_LARGE. */
AULA_MUST_CHECK enum aula_code
manifest_check_row(const struct manifest_row *row,
                   const struct manifest_row *before);

/** What only all rows together show: no path below another, and election.json.
 *
 *  Returns: AULA_OK or AULA_CONTENT_MANIFEST
 */
AULA_MUST_CHECK enum aula_code
manifest_check_whole(const struct manifest *manifest, struct aula_error *err);

#endif
