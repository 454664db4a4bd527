/* SPDX-License-Identifier: Apache-2.0 */
/* Files of a source that nothing names. A folder is listed, never followed
 * through a link; how deep and how many is bounded, since this is only advice.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "source_parts.h"

enum { FOLDERS_MAX = 1000, ENTRIES_MAX = 100000, NAME_MAX_BYTES = 512 };

/* Paths below the source; the first is the source itself, "". */
struct walk {
    struct source *source;
    const char *const *names;
    size_t name_count;
    char *folders[FOLDERS_MAX];
    size_t folder_count;
    size_t entry_count;
};

static int compare(const void *left, const void *right)
{
    const char *const *a = left;
    const char *const *b = right;

    return strcmp(*a, *b);
}

static bool is_named(const struct walk *walk, const char *name)
{
    return strcmp(name, SOURCE_JSON) == 0 ||
           (walk->name_count > 0 &&
            bsearch(&name, walk->names, walk->name_count, sizeof *walk->names,
                    compare) != NULL);
}

static enum aula_code add_folder(struct walk *walk, const char *name,
                                 struct aula_error *err)
{
    size_t size = strlen(name) + 1;
    char *copy;

    if (walk->folder_count == FOLDERS_MAX) {
        return AULA_OK;
    }
    copy = malloc(size);
    if (copy == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    memcpy(copy, name, size);
    walk->folders[walk->folder_count++] = copy;
    return AULA_OK;
}

static enum aula_code look_at(struct walk *walk, const char *folder,
                              const char *entry, struct aula_error *err)
{
    char name[NAME_MAX_BYTES];
    char path[PLACE_BYTES];
    struct stat status;
    int size = snprintf(name, sizeof name, "%s%s%s", folder,
                        *folder == '\0' ? "" : "/", entry);

    if (size >= NAME_MAX_BYTES ||
        place_in(path, walk->source->path, name, NULL) != AULA_OK ||
        lstat(path, &status) != 0) {
        return AULA_OK;
    }
    if (S_ISDIR(status.st_mode)) {
        return add_folder(walk, name, err);
    }
    if (!is_named(walk, name)) {
        faults_add(&walk->source->strangers, "", "%s", name);
    }
    return AULA_OK;
}

static enum aula_code list_folder(struct walk *walk, const char *folder,
                                  DIR *list, struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    while (code == AULA_OK && walk->entry_count < ENTRIES_MAX) {
        const struct dirent *entry = readdir(list);

        if (entry == NULL) {
            break;
        }
        if (strcmp(entry->d_name, ".") != 0 &&
            strcmp(entry->d_name, "..") != 0) {
            walk->entry_count++;
            code = look_at(walk, folder, entry->d_name, err);
        }
    }
    return code;
}

static enum aula_code open_folder(struct walk *walk, const char *folder,
                                  struct aula_error *err)
{
    char path[PLACE_BYTES];
    DIR *list;
    enum aula_code code = place_in(path, walk->source->path, folder, err);

    if (code != AULA_OK) {
        return code;
    }
    list = opendir(path);
    if (list == NULL) {
        return aula_fail(err, file_code_of(errno), "%s: %s", path,
                         strerror(errno));
    }
    code = list_folder(walk, folder, list, err);
    (void)closedir(list);
    return code;
}

static int by_text(const void *left, const void *right)
{
    const struct fault *a = left;
    const struct fault *b = right;

    return strcmp(a->text, b->text);
}

enum aula_code source_find_strangers(struct source *source,
                                     const char *const *names, size_t count,
                                     struct aula_error *err)
{
    struct walk *walk = calloc(1, sizeof *walk);
    struct faults *found = &source->strangers;
    enum aula_code code = AULA_OK;

    if (walk == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    walk->source = source;
    walk->names = names;
    walk->name_count = count;
    code = add_folder(walk, "", err);
    for (size_t i = 0; code == AULA_OK && i < walk->folder_count; i++) {
        code = open_folder(walk, walk->folders[i], err);
    }
    if (found->count > 0) {
        qsort(found->items, found->count, sizeof *found->items, by_text);
    }
    for (size_t i = 0; i < walk->folder_count; i++) {
        free(walk->folders[i]);
    }
    free(walk);
    return code;
}
