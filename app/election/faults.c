/* SPDX-License-Identifier: Apache-2.0 */
/* The list of faults, and their places in a text. */
#include "faults.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json_place.h"

static char *copy_of(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);

    if (copy != NULL) {
        memcpy(copy, text, size);
    }
    return copy;
}

/* Room for one more, or NULL. */
static struct fault *room_for_one(struct faults *faults)
{
    struct fault *items;

    if (faults->count >= FAULTS_MAX) {
        return NULL;
    }
    if ((faults->count & (faults->count - 1)) == 0) {
        size_t room = faults->count == 0 ? 1 : 2 * faults->count;

        items = realloc(faults->items, room * sizeof *items);
        if (items == NULL) {
            return NULL;
        }
        faults->items = items;
    }
    return &faults->items[faults->count];
}

static void add(struct faults *faults, const struct fault *place,
                const char *format, va_list list)
{
    char text[FAULT_LINE_BYTES];
    struct fault *fault = room_for_one(faults);

    if (fault == NULL) {
        faults->more++;
        return;
    }
    (void)vsnprintf(text, sizeof text, format, list);
    *fault = *place;
    fault->path = copy_of(place->path);
    fault->text = copy_of(text);
    if (fault->path == NULL || fault->text == NULL) {
        free(fault->path);
        free(fault->text);
        faults->more++;
        return;
    }
    faults->count++;
}

void faults_add(struct faults *faults, const char *path, const char *format,
                ...)
{
    char copy[JSON_PLACE_PATH_MAX];
    va_list list;

    (void)snprintf(copy, sizeof copy, "%s", path);
    va_start(list, format);
    add(faults, &(struct fault){.path = copy}, format, list);
    va_end(list);
}

void faults_add_at(struct faults *faults, uint32_t line, uint32_t column,
                   const char *format, ...)
{
    char none[] = "";
    va_list list;

    va_start(list, format);
    add(faults, &(struct fault){.path = none, .line = line, .column = column},
        format, list);
    va_end(list);
}

size_t faults_count(const struct faults *faults)
{
    return faults->count + faults->more;
}

/* ---- places */

static int by_path(const void *left, const void *right)
{
    const struct json_place *a = left;
    const struct json_place *b = right;

    return strcmp(a->path, b->path);
}

static int by_place(const void *left, const void *right)
{
    const struct fault *a = left;
    const struct fault *b = right;

    if (a->line != b->line) {
        return a->line < b->line ? -1 : 1;
    }
    if (a->column != b->column) {
        return a->column < b->column ? -1 : 1;
    }
    return strcmp(a->text, b->text);
}

/* "a.b[2]" becomes "a.b", that "a", and that "". */
static void cut_last_piece(char *path)
{
    char *dot = strrchr(path, '.');
    char *bracket = strrchr(path, '[');

    if (dot == NULL || (bracket != NULL && bracket > dot)) {
        dot = bracket;
    }
    *(dot == NULL ? path : dot) = '\0';
}

/* Look for each path once; returns how many still have no place. */
static size_t look_once(struct fault *faults, size_t count, char **paths,
                        struct json_place *places, const char *text,
                        size_t size)
{
    size_t wanted = 0;
    size_t missing = 0;

    for (size_t i = 0; i < count; i++) {
        if (faults[i].line == 0) {
            places[wanted++] = (struct json_place){.path = paths[i]};
        }
    }
    qsort(places, wanted, sizeof *places, by_path);
    json_place_find(places, wanted, text, size);
    for (size_t i = 0; i < count; i++) {
        const struct json_place *place;

        if (faults[i].line != 0) {
            continue;
        }
        place = bsearch(&(struct json_place){.path = paths[i]}, places, wanted,
                        sizeof *places, by_path);
        if (place != NULL && place->line != 0) {
            faults[i].line = place->line;
            faults[i].column = place->column;
        } else {
            missing++;
        }
    }
    return missing;
}

static void look_for_all(struct fault *faults, size_t count, char **paths,
                         const char *text, size_t size)
{
    struct json_place *places = calloc(count, sizeof *places);
    bool is_deeper = places != NULL;

    while (is_deeper &&
           look_once(faults, count, paths, places, text, size) > 0) {
        is_deeper = false;
        for (size_t i = 0; i < count; i++) {
            if (faults[i].line == 0 && paths[i][0] != '\0') {
                cut_last_piece(paths[i]);
                is_deeper = true;
            }
        }
    }
    free(places);
}

void faults_locate(struct faults *faults, size_t first, const char *text,
                   size_t size)
{
    size_t count = faults->count - first;
    char **paths;

    if (count == 0) {
        return;
    }
    paths = calloc(count, sizeof *paths);
    if (paths == NULL) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        paths[i] = copy_of(faults->items[first + i].path);
        if (paths[i] == NULL) {
            goto out;
        }
    }
    look_for_all(faults->items + first, count, paths, text, size);
    qsort(faults->items + first, count, sizeof *faults->items, by_place);
out:
    for (size_t i = 0; i < count; i++) {
        free(paths[i]);
    }
    free(paths);
}

void faults_write(char line[static FAULT_LINE_BYTES], const struct fault *fault)
{
    char place[32] = "";

    if (fault->line != 0) {
        (void)snprintf(place, sizeof place, "%u:%u: ", fault->line,
                       fault->column);
    }
    (void)snprintf(line, FAULT_LINE_BYTES, "%s%s%s%s", place, fault->path,
                   fault->path[0] == '\0' ? "" : ": ", fault->text);
}

void faults_close(struct faults *faults)
{
    if (faults == NULL) {
        return;
    }
    for (size_t i = 0; i < faults->count; i++) {
        free(faults->items[i].path);
        free(faults->items[i].text);
    }
    free(faults->items);
    *faults = (struct faults){0};
}
