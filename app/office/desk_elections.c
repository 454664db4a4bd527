/* SPDX-License-Identifier: Apache-2.0 */
/* Which elections an office has; see desk_election.h. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk_election_parts.h"
#include "file.h"

enum { EID_DIGITS = DESK_EID_TEXT - 1 };

bool desk_is_hex_name(const char *name, size_t size, const char *end)
{
    return strspn(name, "0123456789abcdef") == size &&
           strcmp(name + size, end) == 0;
}

/* A folder whose start was cut off is none: promise 1. */
static bool is_election(const char *elections, const char *name)
{
    char package[DESK_EID_TEXT + sizeof DESK_PACKAGE_FILE];

    if (!desk_is_hex_name(name, EID_DIGITS, "")) {
        return false;
    }
    (void)snprintf(package, sizeof package, "%.32s/" DESK_PACKAGE_FILE, name);
    return !place_is_missing(elections, package);
}

static enum aula_code add(struct desk_elections *list, const char *name,
                          struct aula_error *err)
{
    char(*more)[DESK_EID_TEXT] = realloc(list->eids,
                                         (list->count + 1) * sizeof *more);

    if (more == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    list->eids = more;
    (void)snprintf(more[list->count], DESK_EID_TEXT, "%.32s", name);
    list->count++;
    return AULA_OK;
}

static enum aula_code read_folder(struct desk_elections *list, DIR *folder,
                                  const char *path, struct aula_error *err)
{
    const struct dirent *entry;
    enum aula_code code = AULA_OK;

    for (;;) {
        errno = 0;
        entry = readdir(folder);
        if (entry == NULL) {
            break;
        }
        if (is_election(path, entry->d_name)) {
            code = add(list, entry->d_name, err);
            if (code != AULA_OK) {
                return code;
            }
        }
    }
    if (errno != 0) {
        return aula_fail(err, file_code_of(errno), "%s: %s", path,
                         strerror(errno));
    }
    return AULA_OK;
}

static int compare(const void *a, const void *b)
{
    return strcmp(a, b);
}

enum aula_code desk_elections_list(struct desk_elections *list,
                                   const char *office, struct aula_error *err)
{
    struct desk_elections made = {NULL, 0};
    char path[PLACE_BYTES];
    DIR *folder;
    enum aula_code code = place_in(path, office, DESK_ELECTIONS, err);

    *list = made;
    if (code != AULA_OK || place_is_missing(office, DESK_ELECTIONS)) {
        return code;
    }
    folder = opendir(path);
    if (folder == NULL) {
        return aula_fail(err, file_code_of(errno), "%s: %s", path,
                         strerror(errno));
    }
    code = read_folder(&made, folder, path, err);
    (void)closedir(folder);
    if (code != AULA_OK) {
        free(made.eids);
        return code;
    }
    if (made.count > 0) {
        qsort(made.eids, made.count, sizeof *made.eids, compare);
    }
    *list = made;
    return AULA_OK;
}
