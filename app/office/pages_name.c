/* SPDX-License-Identifier: Apache-2.0 */
/* See pages_name.h. */
#include "pages_name.h"

#include <stddef.h>
#include <string.h>

static const char *const names[] = {
    "index.html",       "report.html",  "protocol.html", "result.json",
    "projects.geojson", "projects.csv", PAGES_COUNCIL,
};

/* "0".."999": a package has at most 1000 contests. */
static bool is_contest(const char *digits, size_t size)
{
    return size >= 1 && size <= 3 && (digits[0] != '0' || size == 1) &&
           strspn(digits, "0123456789") == size;
}

bool pages_is_name(const char *path)
{
    static const char begin[] = "ballots-";
    static const char end[] = ".pb";
    size_t size = strlen(path);

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(path, names[i]) == 0) {
            return true;
        }
    }
    return size > sizeof begin - 1 + sizeof end - 1 &&
           strncmp(path, begin, sizeof begin - 1) == 0 &&
           strcmp(path + size - (sizeof end - 1), end) == 0 &&
           is_contest(path + sizeof begin - 1,
                      size - (sizeof begin - 1) - (sizeof end - 1));
}
