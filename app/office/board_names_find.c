/* SPDX-License-Identifier: Apache-2.0 */
/* Looking names up, and what has to be there. See board_names.h. */
#include <string.h>

#include "board_names.h"

const char *board_names_path(const struct board_names *names, size_t place)
{
    return names->text + names->items[place].at;
}

/* The first name that is not before `path`. */
static size_t lower_bound(const struct board_names *names, const char *path)
{
    size_t low = 0;
    size_t high = names->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(board_names_path(names, middle), path) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool has(const struct board_names *names, const char *path,
                bool is_folder)
{
    size_t place = lower_bound(names, path);

    return place < names->count &&
           strcmp(board_names_path(names, place), path) == 0 &&
           names->items[place].is_folder == is_folder;
}

bool board_names_has(const struct board_names *names, const char *path)
{
    return has(names, path, false);
}

bool board_names_has_folder(const struct board_names *names, const char *path)
{
    return has(names, path, true);
}

void board_names_below(const struct board_names *names, size_t *first,
                       size_t *end, const char *folder)
{
    size_t size = strlen(folder);

    *first = lower_bound(names, folder);
    *end = *first;
    while (*end < names->count &&
           strncmp(board_names_path(names, *end), folder, size) == 0) {
        (*end)++;
    }
}

enum aula_code board_names_check(const struct board_names *names,
                                 enum board_stage stage, struct aula_error *err)
{
    static const char *const files[] = {"package.bin", "content/manifest.bin",
                                        "register.bin", "closing.bin",
                                        "result.bin"};
    static const char *const folders[] = {"terminals", "records", "approve"};
    size_t file_count = sizeof files / sizeof files[0] -
                        (stage < BOARD_RESULT ? 1 : 0);

    for (size_t i = 0; i < file_count; i++) {
        if (!board_names_has(names, files[i])) {
            return aula_fail(err, AULA_BOARD_FILES, "%s is missing", files[i]);
        }
    }
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        if (!board_names_has_folder(names, folders[i])) {
            return aula_fail(err, AULA_BOARD_FILES, "the folder %s is missing",
                             folders[i]);
        }
    }
    return AULA_OK;
}
