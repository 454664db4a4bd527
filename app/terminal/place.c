/* SPDX-License-Identifier: Apache-2.0 */
/* See place.h. */
#include "place.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

enum aula_code place_at(char path[static PLACE_BYTES], const char *folder,
                        struct aula_error *err)
{
    int size = snprintf(path, PLACE_BYTES, "%s", folder);

    if (size <= 0 || size >= PLACE_BYTES) {
        return aula_fail(err, AULA_BAD_FIELD,
                         "%.80s..: no path, or too long a one", folder);
    }
    return AULA_OK;
}

enum aula_code place_in(char path[static PLACE_BYTES], const char *folder,
                        const char *name, struct aula_error *err)
{
    int size = snprintf(path, PLACE_BYTES, "%s/%s", folder, name);

    if (size < 0 || size >= PLACE_BYTES) {
        return aula_fail(err, AULA_BAD_FIELD, "%.80s..: the path is too long",
                         folder);
    }
    return AULA_OK;
}

bool place_is_missing(const char *folder, const char *name)
{
    char path[PLACE_BYTES];
    struct stat status;

    return place_in(path, folder, name, NULL) == AULA_OK &&
           lstat(path, &status) != 0 && errno == ENOENT;
}
