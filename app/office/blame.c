/* SPDX-License-Identifier: Apache-2.0 */
/* See blame.h. */
#include "blame.h"

#include <string.h>

enum { PATH_SHOWN_BYTES = 100 };

/* The end of a path, from a first byte of a character on. */
static const char *end_of(const char *path)
{
    size_t size = strlen(path);
    const char *end = path;

    if (size > PATH_SHOWN_BYTES) {
        end = path + size - PATH_SHOWN_BYTES;
        while (((unsigned char)*end & 0xC0) == 0x80) {
            end++;
        }
    }
    return end;
}

enum aula_code blame_file(struct aula_error *err, enum aula_code code,
                          const char *path)
{
    const char *end = end_of(path);
    struct aula_error met;

    if (code == AULA_OK || err == NULL) {
        return code;
    }
    met = *err;
    return aula_fail(err, code, "%s%s: %s", end == path ? "" : "...", end,
                     met.message);
}
