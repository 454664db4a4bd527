/* SPDX-License-Identifier: Apache-2.0 */
/* A folder of its own for a test of the office's files, and what a test does to
 * them behind the program's back. Whatever fails ends the test. */
#ifndef AULA_TESTS_OFFICE_FOLDER_H
#define AULA_TESTS_OFFICE_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "place.h"

/* Group or test fixtures of cmocka: *state is the path, PLACE_BYTES. */
int office_folder_make(void **state);
int office_folder_clear(void **state);

/** folder/name, for whoever needs a path. */
void office_path(char path[static PLACE_BYTES], const char *folder,
                 const char *name);

bool office_has(const char *folder, const char *name);
void office_put(const char *folder, const char *name, const void *bytes,
                size_t size);
/** Returns: the bytes, to be freed */
uint8_t *office_get(const char *folder, const char *name, size_t *size);
void office_copy(const char *folder, const char *from, const char *to);
void office_remove(const char *folder, const char *name);

#endif
