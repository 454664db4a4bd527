/* SPDX-License-Identifier: Apache-2.0 */
/* What lies in a folder, and below. */
#include "terminal_desk.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"

/* Told of each file, and of each folder after what is in it. */
typedef void visit(void *context, const char *path, bool is_folder);

static void walk(const char *folder, visit *visit_each, void *context)
{
    DIR *open = opendir(folder);
    struct dirent *entry;

    assert_non_null(open);
    while ((entry = readdir(open)) != NULL) {
        char path[2 * DESK_PATH_BYTES];
        struct stat status;

        if (strcmp(entry->d_name, ".") == 0 ||
            strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        assert_int_equal(lstat(path, &status), 0);
        if (S_ISDIR(status.st_mode)) {
            walk(path, visit_each, context);
        } else {
            visit_each(context, path, false);
        }
    }
    (void)closedir(open);
    visit_each(context, folder, true);
}

static void drop(void *context, const char *path, bool is_folder)
{
    (void)context;
    assert_int_equal(is_folder ? rmdir(path) : unlink(path), 0);
}

struct finding {
    const uint8_t *bytes;
    size_t size;
    bool is_found;
};

static void find(void *context, const char *path, bool is_folder)
{
    struct finding *finding = context;
    uint8_t *bytes = NULL;
    size_t size = 0;

    if (is_folder) {
        return;
    }
    assert_int_equal(file_read(&bytes, &size, path, (size_t)1 << 28, NULL),
                     AULA_OK);
    for (const uint8_t *at = bytes, *end = bytes + size;
         at != NULL && (size_t)(end - at) >= finding->size; at++) {
        at = memchr(at, finding->bytes[0], (size_t)(end - at));
        if (at == NULL || (size_t)(end - at) < finding->size) {
            break;
        }
        finding->is_found = finding->is_found ||
                            memcmp(at, finding->bytes, finding->size) == 0;
    }
    free(bytes);
}

bool desk_finds(const char *folder, const void *bytes, size_t size)
{
    struct finding finding = {bytes, size, false};

    walk(folder, find, &finding);
    return finding.is_found;
}

void desk_clear_folder(const char *folder)
{
    walk(folder, drop, NULL);
}
