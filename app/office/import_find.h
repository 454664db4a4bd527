/* SPDX-License-Identifier: Apache-2.0 */
/* Which files `aula office import` looks at: those that were named, and of a
 * folder, such as a stick, those with a name that one of ours would have. */
#ifndef AULA_IMPORT_FIND_H
#define AULA_IMPORT_FIND_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

struct import_path {
    char *path;
    uint64_t bytes;
};

struct import_paths {
    struct import_path *items;
    size_t count;
    uint64_t bytes; /* of all of them, as far as anyone can tell */
};

/** Add what a path stands for: itself, or the batches and archives right in the
 *  folder, by name. Links, pipes and devices in a folder are passed over; one
 *  that is named is added, and refused when it is opened.
 *
 *  Returns: AULA_OK
 *           AULA_IO      nothing is there, or the folder cannot be read
 *           AULA_STATE   a folder without any batch or archive
 *           AULA_MEMORY
 *  Owner:   import_paths_close
 */
AULA_MUST_CHECK enum aula_code import_find(struct import_paths *paths,
                                           const char *path,
                                           struct aula_error *err);
void import_paths_close(struct import_paths *paths);

#endif
