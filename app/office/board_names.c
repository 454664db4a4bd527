/* SPDX-License-Identifier: Apache-2.0 */
/* See board_names.h. The folders that are still to be read are names of the
 * list itself, so nothing is called again for what lies deeper. */
#include "board_names.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* More than the largest board: 131,070 terminals, 20,000 files of content. */
enum { TEXT_MAX = 64 * 1024 * 1024, COMPONENT_MAX = 255 };

static enum aula_code add_name(struct board_names *names, const char *path,
                               bool is_folder, uint64_t bytes,
                               struct aula_error *err)
{
    size_t size = strlen(path) + 1;

    if (names->text_size + size > TEXT_MAX) {
        return aula_fail(err, AULA_BOARD_FILES,
                         "more names than a board can have");
    }
    if (names->text_size + size > names->text_room) {
        size_t room = 2 * names->text_room + 4096;
        char *grown = realloc(names->text, room);

        if (grown == NULL) {
            return aula_fail(err, AULA_MEMORY, "no memory");
        }
        names->text = grown;
        names->text_room = room;
    }
    if (names->count == names->room) {
        size_t room = 2 * names->room + 64;
        struct board_name *grown = realloc(names->items, room * sizeof *grown);

        if (grown == NULL) {
            return aula_fail(err, AULA_MEMORY, "no memory");
        }
        names->items = grown;
        names->room = room;
    }
    memcpy(names->text + names->text_size, path, size);
    names->items[names->count++] =
        (struct board_name){(uint32_t)names->text_size, is_folder, bytes};
    names->text_size += size;
    return AULA_OK;
}

/* One entry of a folder; `prefix` is "" or ends with a slash. */
static enum aula_code take_entry(struct board_names *names, int folder,
                                 const char *prefix, const char *name,
                                 struct aula_error *err)
{
    char path[BOARD_OBJECT_BYTES + COMPONENT_MAX + 1];
    struct stat status;
    bool is_folder;
    int size = snprintf(path, sizeof path, "%s%s", prefix, name);

    if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return aula_fail(err, AULA_IO, "%s: %s", path, strerror(errno));
    }
    is_folder = S_ISDIR(status.st_mode);
    if (!is_folder && !S_ISREG(status.st_mode)) {
        return aula_fail(err, AULA_BOARD_FILES,
                         "%s: neither a regular file nor a folder", path);
    }
    if (size >= BOARD_OBJECT_BYTES || !board_names_is_path(path, is_folder)) {
        return aula_fail(err, AULA_BOARD_FILES, "%s: no %s of a board", path,
                         is_folder ? "folder" : "file");
    }
    return add_name(names, path, is_folder, (uint64_t)status.st_size, err);
}

/* Read a folder; the first fault is kept, and does not end it. */
static enum aula_code read_entries(struct board_names *names, DIR *entries,
                                   const char *prefix, struct aula_error *err)
{
    enum aula_code first = AULA_OK;
    const struct dirent *entry;

    errno = 0;
    while ((entry = readdir(entries)) != NULL) {
        struct aula_error found;
        enum aula_code code;

        if (strcmp(entry->d_name, ".") == 0 ||
            strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        code = take_entry(names, dirfd(entries), prefix, entry->d_name, &found);
        if (code != AULA_OK && first == AULA_OK) {
            first = aula_fail(err, code, "%s", found.message);
        }
        if (code != AULA_OK &&
            (code != AULA_BOARD_FILES || names->text_size > TEXT_MAX - 4096)) {
            return code;
        }
        errno = 0;
    }
    return errno != 0
               ? aula_fail(err, AULA_IO, "%s: %s", prefix, strerror(errno))
               : first;
}

static enum aula_code read_folder(struct board_names *names, const char *root,
                                  const char *path, struct aula_error *err)
{
    char whole[PLACE_BYTES];
    char prefix[BOARD_OBJECT_BYTES + 1];
    bool is_root = path[0] == '\0';
    DIR *entries = NULL;
    int file;
    enum aula_code code = is_root ? place_at(whole, root, err)
                                  : place_in(whole, root, path, err);

    if (code != AULA_OK) {
        return code;
    }
    (void)snprintf(prefix, sizeof prefix, "%s%s", path, is_root ? "" : "/");
    /* The board itself may be named by a link, nothing on it may be one. */
    file = open(whole, O_RDONLY | O_DIRECTORY | O_CLOEXEC |
                           (is_root ? 0 : O_NOFOLLOW));
    if (file >= 0) {
        entries = fdopendir(file);
    }
    if (entries == NULL) {
        code = aula_fail(err, AULA_IO, "%s: %s", whole, strerror(errno));
        if (file >= 0) {
            (void)close(file);
        }
        return code;
    }
    code = read_entries(names, entries, prefix, err);
    (void)closedir(entries);
    return code;
}

/* qsort has no place for the text that the names stand in. */
struct row {
    const char *path;
    struct board_name name;
};

static int compare_rows(const void *left, const void *right)
{
    return strcmp(((const struct row *)left)->path,
                  ((const struct row *)right)->path);
}

static enum aula_code sort_names(struct board_names *names,
                                 struct aula_error *err)
{
    struct row *rows = calloc(names->count + 1, sizeof *rows);

    if (rows == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    for (size_t i = 0; i < names->count; i++) {
        rows[i] = (struct row){board_names_path(names, i), names->items[i]};
    }
    qsort(rows, names->count, sizeof *rows, compare_rows);
    for (size_t i = 0; i < names->count; i++) {
        names->items[i] = rows[i].name;
    }
    free(rows);
    return AULA_OK;
}

enum aula_code board_names_read(struct board_names *names, const char *folder,
                                struct aula_error *err)
{
    enum aula_code first = read_folder(names, folder, "", err);

    if (first != AULA_OK && first != AULA_BOARD_FILES) {
        return first;
    }
    for (size_t i = 0; i < names->count; i++) {
        char path[BOARD_OBJECT_BYTES];
        struct aula_error found;
        enum aula_code code;

        if (!names->items[i].is_folder) {
            continue;
        }
        (void)snprintf(path, sizeof path, "%s", board_names_path(names, i));
        code = read_folder(names, folder, path, &found);
        if (code != AULA_OK && (first == AULA_OK || code != AULA_BOARD_FILES)) {
            first = aula_fail(err, code, "%s", found.message);
        }
        if (code != AULA_OK && code != AULA_BOARD_FILES) {
            return code;
        }
    }
    if (sort_names(names, err) != AULA_OK) {
        return AULA_MEMORY;
    }
    return first;
}

void board_names_close(struct board_names *names)
{
    free(names->items);
    free(names->text);
    *names = (struct board_names){0};
}
