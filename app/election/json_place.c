/* SPDX-License-Identifier: Apache-2.0 */
/* One walk over the text with a stack of our own: for each open list or object
 * how long the path was in front of it, and for a list the number of the
 * element. A value is looked up where it begins. */
#include "json_place.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct json_level {
    bool is_list;
    size_t path_size; /* of the list or object itself */
    uint32_t next;    /* element of a list that comes */
};

struct json_walk {
    struct json_place *places;
    size_t count;
    const char *next;
    const char *end;
    uint32_t line;
    uint32_t column;
    struct json_level levels[JSON_PLACE_DEPTH_MAX];
    size_t depth;
    char path[JSON_PLACE_PATH_MAX];
    size_t path_size; /* JSON_PLACE_PATH_MAX: too long to be looked for */
};

/* Go one byte on; a character counts once, by its first byte. */
static void json_step(struct json_walk *walk)
{
    char byte = *walk->next++;

    if (byte == '\n') {
        walk->line++;
        walk->column = 1;
    } else if (((unsigned char)byte & 0xc0) != 0x80) {
        walk->column++;
    }
}

/* Behind the string that begins here. */
static void json_pass_string(struct json_walk *walk)
{
    json_step(walk);
    while (walk->next < walk->end && *walk->next != '"') {
        if (*walk->next == '\\') {
            json_step(walk);
        }
        if (walk->next < walk->end) {
            json_step(walk);
        }
    }
    if (walk->next < walk->end) {
        json_step(walk);
    }
}

/* Behind the list or object that begins here and is too deep to be known. */
static void json_pass_deep(struct json_walk *walk)
{
    size_t open = 0;

    do {
        char byte = *walk->next;

        if (byte == '"') {
            json_pass_string(walk);
            continue;
        }
        if (byte == '[' || byte == '{') {
            open++;
        } else if (byte == ']' || byte == '}') {
            open--;
        }
        json_step(walk);
    } while (walk->next < walk->end && open > 0);
}

/* Cut the path to `base` and put a piece behind it. */
static void json_set_path(struct json_walk *walk, size_t base,
                          const char *piece, size_t size)
{
    if (base >= JSON_PLACE_PATH_MAX || size >= JSON_PLACE_PATH_MAX - base) {
        walk->path_size = JSON_PLACE_PATH_MAX;
        return;
    }
    memcpy(walk->path + base, piece, size);
    walk->path_size = base + size;
    walk->path[walk->path_size] = '\0';
}

/* The first place that is not before the path. */
static size_t json_look_up(const struct json_walk *walk)
{
    size_t low = 0;
    size_t high = walk->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(walk->places[middle].path, walk->path) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void json_note(struct json_walk *walk)
{
    if (walk->path_size == JSON_PLACE_PATH_MAX) {
        return;
    }
    for (size_t i = json_look_up(walk);
         i < walk->count && strcmp(walk->places[i].path, walk->path) == 0;
         i++) {
        walk->places[i].line = walk->line;
        walk->places[i].column = walk->column;
    }
}

static void json_name_element(struct json_walk *walk, struct json_level *level)
{
    char piece[16];
    int size = snprintf(piece, sizeof piece, "[%u]", level->next);

    level->next++;
    json_set_path(walk, level->path_size, piece, (size_t)size);
}

/* The key that begins here, as the name of the value behind it. */
static void json_name_member(struct json_walk *walk,
                             const struct json_level *level)
{
    const char *start = walk->next + 1;

    json_pass_string(walk);
    if (walk->next < start + 1) {
        return;
    }
    if (level->path_size == 0) {
        json_set_path(walk, 0, start, (size_t)(walk->next - start) - 1);
        return;
    }
    json_set_path(walk, level->path_size, ".", 1);
    json_set_path(walk, walk->path_size, start,
                  (size_t)(walk->next - start) - 1);
}

static void json_enter(struct json_walk *walk, bool is_list)
{
    if (walk->depth == JSON_PLACE_DEPTH_MAX) {
        json_pass_deep(walk);
        return;
    }
    walk->levels[walk->depth++] = (struct json_level){
        .is_list = is_list, .path_size = walk->path_size, .next = 0};
    json_step(walk);
}

/* A value begins here. */
static void json_value(struct json_walk *walk)
{
    json_note(walk);
    switch (*walk->next) {
    case '[':
        json_enter(walk, true);
        break;
    case '{':
        json_enter(walk, false);
        break;
    case '"':
        json_pass_string(walk);
        break;
    default:
        while (walk->next < walk->end &&
               strchr(",]} \t\r\n", *walk->next) == NULL) {
            json_step(walk);
        }
    }
}

/* One token within the innermost list or object. */
static void json_inside(struct json_walk *walk, struct json_level *level,
                        bool *is_named)
{
    char byte = *walk->next;

    if (byte == ']' || byte == '}') {
        walk->depth--;
        *is_named = false;
        json_step(walk);
    } else if (level->is_list) {
        json_name_element(walk, level);
        json_value(walk);
    } else if (!*is_named && byte == '"') {
        json_name_member(walk, level);
        *is_named = true;
    } else if (*is_named) {
        *is_named = false;
        json_value(walk);
    } else {
        json_step(walk);
    }
}

void json_place_find(struct json_place *places, size_t count, const char *text,
                     size_t size)
{
    struct json_walk walk = {.places = places,
                             .count = count,
                             .next = text,
                             .end = text + size,
                             .line = 1,
                             .column = 1};
    bool is_named = false; /* a key was read, its value comes */
    bool is_begun = false;

    while (walk.next < walk.end) {
        bool is_between = strchr(" \t\r\n,:", *walk.next) != NULL;

        if (!is_between && walk.depth > 0) {
            json_inside(&walk, &walk.levels[walk.depth - 1], &is_named);
        } else if (!is_between && !is_begun) {
            is_begun = true;
            json_value(&walk);
        } else {
            json_step(&walk);
        }
    }
}
