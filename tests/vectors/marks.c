/* SPDX-License-Identifier: Apache-2.0 */
/* Which values of a file were read: a set of addresses, open addressing.
 * jansson makes a value of its own for every number, text, list and object of a
 * file, so the address stands for the place.
 */
#include "source.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where a value is or would be; there is always an empty slot. */
static size_t slot_of(const struct marks *marks, const json_t *value)
{
    size_t slot = (size_t)((uintptr_t)value >> 4) & (marks->room - 1);

    while (marks->slots[slot] != NULL && marks->slots[slot] != value) {
        slot = (slot + 1) & (marks->room - 1);
    }
    return slot;
}

static void grow(struct marks *marks)
{
    struct marks bigger = {.room = marks->room > 0 ? 2 * marks->room : 256};

    bigger.slots = calloc(bigger.room, sizeof bigger.slots[0]);
    if (bigger.slots == NULL) {
        (void)fputs("aula-vectors: out of memory\n", stderr);
        abort();
    }
    for (size_t i = 0; i < marks->room; i++) {
        if (marks->slots[i] != NULL) {
            bigger.slots[slot_of(&bigger, marks->slots[i])] = marks->slots[i];
        }
    }
    bigger.used = marks->used;
    free(marks->slots);
    *marks = bigger;
}

void source_mark(struct source *source, const json_t *value)
{
    struct marks *marks = &source->marks;
    size_t slot;

    if (value == NULL) {
        return;
    }
    if (2 * (marks->used + 1) > marks->room) {
        grow(marks);
    }
    slot = slot_of(marks, value);
    if (marks->slots[slot] == NULL) {
        marks->slots[slot] = value;
        marks->used++;
    }
}

bool source_is_marked(const struct source *source, const json_t *value)
{
    return source->marks.room > 0 &&
           source->marks.slots[slot_of(&source->marks, value)] == value;
}

bool source_is_remark(const char *key)
{
    static const char ending[] = "_note";
    size_t size = strlen(key);

    return strcmp(key, "what") == 0 || strcmp(key, "note") == 0 ||
           (size >= sizeof ending - 1 &&
            strcmp(key + size - (sizeof ending - 1), ending) == 0);
}
