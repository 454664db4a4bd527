/* SPDX-License-Identifier: Apache-2.0 */
/* The life of one case, and comparing; see trial.h. */
#include "trial.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    SHOWN_BYTES = 16, /* of a value that differs */
    NESTING_MAX = 16  /* of objects and lists in a case; the format has 5 */
};

/* Remarks come from a file: what could confuse a terminal becomes '?'. */
static void add_remark(char *place, size_t room, const char *remark)
{
    size_t used = strlen(place);

    (void)snprintf(place + used, room - used, " (%s)", remark);
    for (char *at = place + used; *at != '\0'; at++) {
        if ((unsigned char)*at < 0x20 || *at == 0x7f) {
            *at = '?';
        }
    }
}

void trial_start(struct trial *trial, struct source *source, const char *place,
                 const json_t *row)
{
    const char *remark = json_string_value(json_object_get(row, "what"));

    *trial = (struct trial){.source = source};
    (void)snprintf(trial->place, sizeof trial->place, "%s", place);
    if (remark != NULL) {
        add_remark(trial->place, sizeof trial->place, remark);
    }
}

/* An object or a list that is being walked. */
struct level {
    const json_t *value;
    size_t index; /* the next element of a list */
    void *at;     /* the next member of an object */
};

static struct level enter(const json_t *value)
{
    struct level level = {.value = value};

    level.at = json_object_iter((json_t *)(uintptr_t)value);
    return level;
}

/* The next member that counts; it must have been read. NULL at the end. */
static const json_t *next_member(struct trial *trial, struct level *level)
{
    while (level->at != NULL) {
        const char *key = json_object_iter_key(level->at);
        const json_t *value = json_object_iter_value(level->at);

        level->at = json_object_iter_next((json_t *)(uintptr_t)level->value,
                                          level->at);
        if (source_is_remark(key) || json_is_null(value)) {
            continue;
        }
        if (!source_is_marked(trial->source, value)) {
            trial_fail(trial, "expected no key %s, came one", key);
        }
        return value;
    }
    return NULL;
}

/* Every member of every object in a value, with a stack of our own: how deep a
 * file is nested is its own choice. */
static void check_all_read(struct trial *trial, const json_t *value)
{
    struct level levels[NESTING_MAX];
    size_t depth = 1;

    levels[0] = enter(value);
    while (depth > 0) {
        struct level *level = &levels[depth - 1];
        const json_t *child = json_is_array(level->value)
                                  ? json_array_get(level->value, level->index++)
                                  : next_member(trial, level);

        if (child == NULL) {
            depth--;
        } else if (json_is_object(child) || json_is_array(child)) {
            if (depth == NESTING_MAX) {
                trial_fail(trial, "expected less nesting, came more");
                return;
            }
            levels[depth++] = enter(child);
        }
    }
}

void trial_end(struct trial *trial, const json_t *row)
{
    struct run *run = trial->source->run;

    if (!trial->is_bad && row != NULL) {
        trial_at(trial, "%s", "");
        check_all_read(trial, row);
    }
    if (!trial->is_bad) {
        run->passed++;
        return;
    }
    run->failed++;
    (void)printf("%s: %s%s%s: %s\n", trial->source->path, trial->place,
                 trial->part[0] != '\0' ? " " : "", trial->part,
                 trial->message);
}

bool trial_is_bad(const struct trial *trial)
{
    return trial->is_bad;
}

void trial_at(struct trial *trial, const char *format, ...)
{
    va_list list;

    if (trial->is_bad) {
        return; /* the message belongs to the part that failed */
    }
    va_start(list, format);
    (void)vsnprintf(trial->part, sizeof trial->part, format, list);
    va_end(list);
}

void trial_fail(struct trial *trial, const char *format, ...)
{
    va_list list;

    if (trial->is_bad) {
        return;
    }
    trial->is_bad = true;
    va_start(list, format);
    (void)vsnprintf(trial->message, sizeof trial->message, format, list);
    va_end(list);
}

static void show(char out[static 2 * SHOWN_BYTES + 4], const uint8_t *bytes,
                 size_t size)
{
    size_t shown = size < SHOWN_BYTES ? size : SHOWN_BYTES;

    for (size_t i = 0; i < shown; i++) {
        (void)snprintf(out + 2 * i, 3, "%02x", bytes[i]);
    }
    (void)snprintf(out + 2 * shown, 4, "%s", shown < size ? ".." : "");
}

void trial_expect_bytes(struct trial *trial, const char *name,
                        const void *expected, size_t expected_size,
                        const void *came, size_t came_size)
{
    const uint8_t *a = expected;
    const uint8_t *b = came;
    char left[2 * SHOWN_BYTES + 4];
    char right[2 * SHOWN_BYTES + 4];
    size_t i = 0;

    if (expected_size != came_size) {
        trial_fail(trial, "%s: expected %zu bytes, came %zu", name,
                   expected_size, came_size);
        return;
    }
    while (i < came_size && a[i] == b[i]) {
        i++;
    }
    if (i < came_size) {
        show(left, a + i, came_size - i);
        show(right, b + i, came_size - i);
        trial_fail(trial, "%s: expected %s, came %s at byte %zu of %zu", name,
                   left, right, i, came_size);
    }
}

void trial_expect_number(struct trial *trial, const char *name,
                         uint64_t expected, uint64_t came)
{
    if (expected != came) {
        trial_fail(trial, "%s: expected %" PRIu64 ", came %" PRIu64, name,
                   expected, came);
    }
}

void trial_expect_code(struct trial *trial, enum aula_code expected,
                       enum aula_code came)
{
    if (expected != came) {
        trial_fail(trial, "expected %s, came %s", aula_code_name(expected),
                   aula_code_name(came));
    }
}
