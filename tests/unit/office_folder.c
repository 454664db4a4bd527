/* SPDX-License-Identifier: Apache-2.0 */
/* See office_folder.h. */
#include "office_folder.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "file.h"

enum { SIZE_MAX_OF_A_TEST = 1 << 20 };

int office_folder_make(void **state)
{
    char *folder = calloc(1, PLACE_BYTES);

    assert_non_null(folder);
    (void)snprintf(folder, PLACE_BYTES, "%s", "/tmp/aula-office-XXXXXX");
    assert_non_null(mkdtemp(folder));
    *state = folder;
    return 0;
}

static void clear(const char *folder)
{
    DIR *list = opendir(folder);

    assert_non_null(list);
    for (struct dirent *row = readdir(list); row != NULL; row = readdir(list)) {
        char path[PLACE_BYTES];

        if (strcmp(row->d_name, ".") == 0 || strcmp(row->d_name, "..") == 0) {
            continue;
        }
        office_path(path, folder, row->d_name);
        if (unlink(path) != 0) {
            clear(path);
        }
    }
    (void)closedir(list);
    assert_int_equal(rmdir(folder), 0);
}

int office_folder_clear(void **state)
{
    clear(*state);
    free(*state);
    return 0;
}

void office_path(char path[static PLACE_BYTES], const char *folder,
                 const char *name)
{
    assert_int_equal(place_in(path, folder, name, NULL), AULA_OK);
}

bool office_has(const char *folder, const char *name)
{
    return !place_is_missing(folder, name);
}

void office_put(const char *folder, const char *name, const void *bytes,
                size_t size)
{
    char path[PLACE_BYTES];

    office_path(path, folder, name);
    assert_int_equal(file_write(path, bytes, size, 0600, NULL), AULA_OK);
}

uint8_t *office_get(const char *folder, const char *name, size_t *size)
{
    char path[PLACE_BYTES];
    uint8_t *bytes = NULL;

    office_path(path, folder, name);
    assert_int_equal(file_read(&bytes, size, path, SIZE_MAX_OF_A_TEST, NULL),
                     AULA_OK);
    return bytes;
}

void office_copy(const char *folder, const char *from, const char *to)
{
    size_t size = 0;
    uint8_t *bytes = office_get(folder, from, &size);

    office_put(folder, to, bytes, size);
    free(bytes);
}

void office_remove(const char *folder, const char *name)
{
    char path[PLACE_BYTES];

    office_path(path, folder, name);
    assert_int_equal(unlink(path), 0);
}
