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

/* A message that begins with another path is not looked into. */
enum aula_code blame_option(struct aula_error *err, enum aula_code code,
                            const char *option, const char *path)
{
    size_t size = strlen(path);
    struct aula_error met;
    const char *reason = "the file cannot be used";

    if (code == AULA_OK || err == NULL) {
        return code;
    }
    met = *err;
    if (strncmp(met.message, path, size) == 0 &&
        strncmp(met.message + size, ": ", 2) == 0) {
        reason = met.message + size + 2;
    }
    return aula_fail(err, code, "%s: %s", option, reason);
}
