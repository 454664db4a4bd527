/* SPDX-License-Identifier: Apache-2.0 */
/* The photos of a source. They are looked for in the text as it stands, not in
 * a struct election: a slip in a cost must not hide that a photo is missing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "json_place.h"
#include "photo.h"
#include "source_parts.h"

static const char *const kinds[] = {"now", "planned"};

/* A place that names a photo. */
struct naming {
    const char *file; /* "photos/a.jpg" */
    uint32_t contest;
    uint32_t proposal;
    uint32_t kind;
};

struct namings {
    struct naming *items;
    size_t count;
};

/* ---- what is named */

/* A name of another form is a fault of the text, and told already. */
static const char *name_of(const json_t *proposal, size_t kind)
{
    const json_t *photos = json_object_get(proposal, "photos");
    const char *file = json_string_value(json_object_get(photos, kinds[kind]));

    return file != NULL && strncmp(file, SOURCE_PHOTOS, 7) == 0 &&
                   manifest_is_path(file, strlen(file))
               ? file
               : NULL;
}

/* Count them, and keep them where there is room. */
static size_t collect(struct naming *items, const json_t *contests)
{
    size_t count = 0;

    for (size_t c = 0; c < json_array_size(contests); c++) {
        const json_t *list = json_object_get(json_array_get(contests, c),
                                             "proposals");

        for (size_t p = 0; p < json_array_size(list); p++) {
            for (size_t kind = 0; kind < 2; kind++) {
                const char *file = name_of(json_array_get(list, p), kind);

                if (file != NULL && items != NULL) {
                    items[count] = (struct naming){file, (uint32_t)c,
                                                   (uint32_t)p, (uint32_t)kind};
                }
                count += file != NULL;
            }
        }
    }
    return count;
}

static int by_file(const void *left, const void *right)
{
    const struct naming *a = left;
    const struct naming *b = right;
    int order = strcmp(a->file, b->file);

    if (order != 0) {
        return order;
    }
    if (a->contest != b->contest) {
        return a->contest < b->contest ? -1 : 1;
    }
    if (a->proposal != b->proposal) {
        return a->proposal < b->proposal ? -1 : 1;
    }
    return a->kind < b->kind ? -1 : a->kind > b->kind;
}

static bool find_namings(struct namings *namings, const json_t *root)
{
    const json_t *contests = json_object_get(root, "contests");

    *namings = (struct namings){NULL, collect(NULL, contests)};
    if (namings->count == 0) {
        return true;
    }
    namings->items = calloc(namings->count, sizeof *namings->items);
    if (namings->items == NULL) {
        return false;
    }
    (void)collect(namings->items, contests);
    qsort(namings->items, namings->count, sizeof *namings->items, by_file);
    return true;
}

/* ---- one photo */

static enum photo_form form_of(const char *file)
{
    const char *dot = strrchr(file, '.');

    return dot != NULL && strcmp(dot, ".png") == 0 ? PHOTO_PNG : PHOTO_JPEG;
}

enum aula_code source_place(char path[static PLACE_BYTES],
                            const struct source *source, const char *name,
                            struct aula_error *err)
{
    struct stat status;
    enum aula_code code = place_in(path, source->path, name, err);
    char *slash =
        code != AULA_OK ? NULL : strchr(path + strlen(source->path) + 1, '/');

    while (slash != NULL) {
        *slash = '\0';
        if (lstat(path, &status) == 0 && !S_ISDIR(status.st_mode)) {
            return aula_fail(err, AULA_IO, "%s: not a folder", path);
        }
        *slash = '/';
        slash = strchr(slash + 1, '/');
    }
    return code;
}

/* The reason of a file that cannot be read, without the path before it. */
static const char *reason_of(const struct aula_error *err, const char *path)
{
    size_t size = strlen(path);

    return strncmp(err->message, path, size) == 0 && err->message[size] == ':'
               ? err->message + size + 2
               : err->message;
}

static enum aula_code read_photo(struct manifest_row *row,
                                 char reason[static PHOTO_REASON_BYTES],
                                 const struct source *source, const char *file)
{
    struct aula_error err = {.message = ""};
    char path[PLACE_BYTES] = "";
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code = source_place(path, source, file, &err);

    if (code == AULA_OK) {
        code = file_read(&bytes, &size, path, PHOTO_BYTES_MAX, &err);
    }
    if (code != AULA_OK) {
        (void)snprintf(reason, PHOTO_REASON_BYTES, "%.150s",
                       reason_of(&err, path));
        return code == AULA_MEMORY ? code : AULA_SOURCE;
    }
    if (!photo_check(reason, form_of(file), bytes, size)) {
        code = AULA_SOURCE;
    } else {
        row->path = file;
        row->path_size = strlen(file);
        row->size = size;
        manifest_hash_file(row->hash, bytes, size);
    }
    free(bytes);
    return code;
}

/* Told at the first place that names it, with how many more do. */
static void add_fault(struct source *source, const struct naming *first,
                      size_t count, const char *reason)
{
    char path[JSON_PLACE_PATH_MAX];

    (void)snprintf(path, sizeof path, "contests[%u].proposals[%u].photos.%s",
                   (unsigned)first->contest, (unsigned)first->proposal,
                   kinds[first->kind]);
    if (count > 1) {
        faults_add(&source->faults, path, "%s: %s (it is named %zu times)",
                   first->file, reason, count);
    } else {
        faults_add(&source->faults, path, "%s: %s", first->file, reason);
    }
}

static enum aula_code read_all(struct source *source,
                               const struct namings *namings,
                               struct progress *progress,
                               struct aula_error *err)
{
    char reason[PHOTO_REASON_BYTES];
    size_t next;

    for (size_t i = 0; i < namings->count; i = next) {
        const struct naming *first = &namings->items[i];
        enum aula_code code;

        next = i + 1;
        while (next < namings->count &&
               strcmp(namings->items[next].file, first->file) == 0) {
            next++;
        }
        progress_step(progress, i, namings->count);
        code = read_photo(&source->rows[source->count], reason, source,
                          first->file);
        if (code == AULA_MEMORY) {
            return aula_fail(err, code, "%s: no memory", first->file);
        }
        if (code == AULA_OK) {
            source->count++;
        } else {
            add_fault(source, first, next - i, reason);
        }
    }
    return AULA_OK;
}

static enum aula_code find_strangers(struct source *source,
                                     const struct namings *namings,
                                     struct aula_error *err)
{
    const char **names = calloc(namings->count + 1, sizeof *names);
    enum aula_code code;

    if (names == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    for (size_t i = 0; i < namings->count; i++) {
        names[i] = namings->items[i].file;
    }
    code = source_find_strangers(source, names, namings->count, err);
    free(names);
    return code;
}

enum aula_code source_read_photos(struct source *source,
                                  struct progress *progress,
                                  struct aula_error *err)
{
    struct namings namings;
    enum aula_code code = AULA_OK;

    if (!find_namings(&namings, source->root)) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    /* One more: election.json. */
    source->rows = calloc(namings.count + 1, sizeof *source->rows);
    if (source->rows == NULL) {
        code = aula_fail(err, AULA_MEMORY, "no memory");
    } else {
        code = read_all(source, &namings, progress, err);
    }
    if (code == AULA_OK) {
        code = find_strangers(source, &namings, err);
    }
    free(namings.items);
    return code;
}
