/* SPDX-License-Identifier: Apache-2.0 */
/* Finding by id, and faults below the path that is read. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "election_parts.h"

void election_fault(struct form_reader *reader, const char *key, size_t index,
                    const char *below, const char *format, ...)
{
    char text[FAULT_LINE_BYTES];
    size_t mark = strlen(reader->path);
    va_list list;

    va_start(list, format);
    (void)vsnprintf(text, sizeof text, format, list);
    va_end(list);
    if (key != NULL) {
        if (*key != '\0') {
            (void)form_enter_key(reader, key);
        }
        (void)form_enter_element(reader, index);
    }
    if (below != NULL) {
        (void)form_enter_key(reader, below);
    }
    form_fault(reader, "%s", text);
    form_leave(reader, mark);
}

static int by_id(const void *left, const void *right)
{
    const struct election_key *a = left;
    const struct election_key *b = right;
    int order = strcmp(a->id, b->id);

    if (order != 0) {
        return order;
    }
    return a->place < b->place ? -1 : a->place > b->place;
}

/* Index the ids of `count` things of `stride` bytes from `first` on; the id is
 * the first member of each. */
static struct election_index make_index(struct form_reader *reader,
                                        const char *key, const void *first,
                                        size_t stride, size_t count)
{
    struct election_index index = {0};

    if (count == 0) {
        return index;
    }
    index.keys = form_take(reader, count, sizeof *index.keys);
    if (index.keys == NULL) {
        return index;
    }
    for (size_t i = 0; i < count; i++) {
        const char *id;

        memcpy(&id, (const char *)first + i * stride, sizeof id);
        if (id != NULL) {
            index.keys[index.count++] = (struct election_key){.id = id,
                                                              .place = i};
        }
    }
    qsort(index.keys, index.count, sizeof *index.keys, by_id);
    for (size_t i = 1; i < index.count; i++) {
        if (strcmp(index.keys[i - 1].id, index.keys[i].id) == 0) {
            election_fault(reader, key, index.keys[i].place, "id",
                           "the id \"%s\" stands twice", index.keys[i].id);
        }
    }
    return index;
}

static int to_id(const void *id, const void *key)
{
    return strcmp(id, ((const struct election_key *)key)->id);
}

size_t election_index_find(const struct election_index *index, const char *id)
{
    const struct election_key *found = NULL;

    if (index->count > 0) {
        found = bsearch(id, index->keys, index->count, sizeof *index->keys,
                        to_id);
    }
    return found == NULL ? SIZE_MAX : found->place;
}

void election_know(struct form_reader *reader, struct election_known *known,
                   const struct election *election)
{
    known->categories = make_index(reader, "categories", election->categories,
                                   sizeof *election->categories,
                                   election->category_count);
    known->districts = make_index(reader, "districts", election->districts,
                                  sizeof *election->districts,
                                  election->district_count);
    known->yards = make_index(reader, "yards", election->yards,
                              sizeof *election->yards, election->yard_count);
    known->halls = make_index(reader, "halls", election->halls,
                              sizeof *election->halls, election->hall_count);
    known->contests = make_index(reader, "contests", election->contests,
                                 sizeof *election->contests,
                                 election->contest_count);
}

struct election_index
election_know_proposals(struct form_reader *reader,
                        const struct election_contest *contest)
{
    return make_index(reader, "proposals", contest->proposals,
                      sizeof *contest->proposals, contest->proposal_count);
}
