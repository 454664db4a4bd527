/* SPDX-License-Identifier: Apache-2.0 */
/* Paths inside of the terminal's folders. */
#ifndef AULA_PLACE_H
#define AULA_PLACE_H

#include <stdbool.h>

#include "error.h"

enum { PLACE_BYTES = 1024 };

/** A folder as it was named.
 *
 *  Returns: AULA_OK, or AULA_BAD_FIELD (empty, or longer than PLACE_BYTES - 1)
 */
AULA_MUST_CHECK enum aula_code place_at(char path[static PLACE_BYTES],
                                        const char *folder,
                                        struct aula_error *err);

/** folder/name.
 *
 *  Returns: AULA_OK, or AULA_BAD_FIELD (longer than PLACE_BYTES - 1)
 */
AULA_MUST_CHECK enum aula_code place_in(char path[static PLACE_BYTES],
                                        const char *folder, const char *name,
                                        struct aula_error *err);

/** Is there nothing of that name? False also when nobody can tell. */
bool place_is_missing(const char *folder, const char *name);

/** Wait for a folder, so that no two processes change it at once.
 *
 *  Returns: AULA_OK, or AULA_IO (it is not there)
 *  Out:     lock  -1 on failure
 *  Owner:   place_unlock, which accepts -1
 */
AULA_MUST_CHECK enum aula_code place_lock(int *lock, const char *folder,
                                          struct aula_error *err);
void place_unlock(int lock);

#endif
