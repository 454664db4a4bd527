/* SPDX-License-Identifier: Apache-2.0 */
/* See import_find.h. */
#include "import_find.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "archive.h"
#include "batch.h"
#include "blame.h"
#include "file.h"
#include "place.h"

enum { ID_DIGITS = 32, NUMBER_DIGITS_MAX = 10 };

/* aula-<eid hex>-<tid hex>-<number>.batch */
static bool is_batch_name(const char *name)
{
    static const char hex[] = "0123456789abcdef";
    size_t digits;

    if (strncmp(name, "aula-", 5) != 0) {
        return false;
    }
    name += 5;
    for (int i = 0; i < 2; i++) {
        if (strspn(name, hex) != ID_DIGITS || name[ID_DIGITS] != '-') {
            return false;
        }
        name += ID_DIGITS + 1;
    }
    digits = strspn(name, "0123456789");
    return digits >= 1 && digits <= NUMBER_DIGITS_MAX &&
           strcmp(name + digits, ".batch") == 0;
}

static bool is_ours(const char *name)
{
    return is_batch_name(name) || strcmp(name, ARCHIVE_FILE) == 0;
}

static enum aula_code add(struct import_paths *paths, const char *path,
                          const struct stat *status, struct aula_error *err)
{
    struct import_path *more = realloc(paths->items,
                                       (paths->count + 1) * sizeof *more);
    char *copy = strdup(path);

    if (more != NULL) {
        paths->items = more;
    }
    if (more == NULL || copy == NULL) {
        free(copy);
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    more[paths->count].path = copy;
    more[paths->count].bytes = (uint64_t)status->st_size;
    paths->bytes += more[paths->count].bytes;
    paths->count++;
    return AULA_OK;
}

static enum aula_code add_entry(struct import_paths *paths, const char *folder,
                                const char *name, struct aula_error *err)
{
    char path[PLACE_BYTES];
    struct stat status;
    enum aula_code code = AULA_OK;

    if (!is_ours(name)) {
        return AULA_OK;
    }
    code = place_in(path, folder, name, err);
    if (code != AULA_OK || lstat(path, &status) != 0 ||
        !S_ISREG(status.st_mode)) {
        return code;
    }
    return add(paths, path, &status, err);
}

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct import_path *)a)->path,
                  ((const struct import_path *)b)->path);
}

static enum aula_code read_folder(struct import_paths *paths, DIR *folder,
                                  const char *path, struct aula_error *err)
{
    const struct dirent *entry;
    enum aula_code code = AULA_OK;

    while (code == AULA_OK) {
        errno = 0;
        entry = readdir(folder);
        if (entry == NULL) {
            break;
        }
        code = add_entry(paths, path, entry->d_name, err);
    }
    return code == AULA_OK && errno != 0
               ? aula_fail(err, file_code_of(errno), "%s", strerror(errno))
               : code;
}

static enum aula_code add_folder(struct import_paths *paths, const char *path,
                                 struct aula_error *err)
{
    size_t first = paths->count;
    DIR *folder = opendir(path);
    enum aula_code code;

    if (folder == NULL) {
        return aula_fail(err, file_code_of(errno), "%s", strerror(errno));
    }
    code = read_folder(paths, folder, path, err);
    (void)closedir(folder);
    if (code == AULA_OK && paths->count == first) {
        code = aula_fail(err, AULA_STATE, "no batch and no archive in it");
    }
    if (code == AULA_OK) {
        qsort(paths->items + first, paths->count - first, sizeof *paths->items,
              compare);
    }
    return code;
}

enum aula_code import_find(struct import_paths *paths, const char *path,
                           struct aula_error *err)
{
    struct stat status;
    enum aula_code code;

    if (lstat(path, &status) != 0) {
        code = aula_fail(err, AULA_IO, "%s", strerror(errno));
    } else if (S_ISDIR(status.st_mode)) {
        code = add_folder(paths, path, err);
    } else {
        code = add(paths, path, &status, err);
    }
    return blame_file(err, code, path);
}

void import_paths_close(struct import_paths *paths)
{
    for (size_t i = 0; i < paths->count; i++) {
        free(paths->items[i].path);
    }
    free(paths->items);
    *paths = (struct import_paths){NULL, 0, 0};
}
