/* SPDX-License-Identifier: Apache-2.0 */
/* Opening a vector file and walking its lists; see source.h. */
#include "source.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trial.h"

bool source_open(struct source *source, struct run *run, const char *path)
{
    json_error_t error;
    struct trial trial;

    *source = (struct source){.run = run, .path = path};
    source->root = json_load_file(path, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL,
                                  &error);
    if (source->root != NULL && json_is_object(source->root)) {
        return true;
    }
    trial_start(&trial, source, "file", NULL);
    if (source->root == NULL) {
        trial_fail(&trial, "expected JSON, came line %d: %s", error.line,
                   error.text);
    } else {
        trial_fail(&trial, "expected a JSON object, came another value");
    }
    trial_end(&trial, NULL);
    return false;
}

void source_close(struct source *source)
{
    for (size_t i = 0; i < source->block_count; i++) {
        free(source->blocks[i]);
    }
    free(source->blocks);
    free(source->marks.slots);
    json_decref(source->root);
    *source = (struct source){0};
}

/* A test program without memory has nothing to say. */
static void *must_have(void *memory)
{
    if (memory == NULL) {
        (void)fputs("aula-vectors: out of memory\n", stderr);
        abort();
    }
    return memory;
}

void *source_memory(struct source *source, size_t size)
{
    size_t count = source->block_count + 1;

    source->blocks =
        must_have(realloc(source->blocks, count * sizeof source->blocks[0]));
    source->blocks[source->block_count] =
        must_have(calloc(1, size > 0 ? size : 1));
    source->block_count = count;
    return source->blocks[count - 1];
}

static void
check_one(struct source *source, const char *place, const json_t *row,
          void (*check)(struct trial *trial, const json_t *row, void *state),
          void *state)
{
    struct trial trial;

    trial_start(&trial, source, place, row);
    if (json_is_object(row)) {
        check(&trial, row, state);
    } else {
        trial_fail(&trial, "expected an object, came %s",
                   row == NULL ? "nothing" : "another value");
    }
    trial_end(&trial, row);
}

static void
check_list(struct source *source, const char *name, const json_t *list,
           void (*check)(struct trial *trial, const json_t *row, void *state),
           void *state)
{
    struct trial trial;
    char place[TRIAL_PLACE_BYTES];

    if (!json_is_array(list)) {
        trial_start(&trial, source, name, NULL);
        trial_fail(&trial, "expected a list, came %s",
                   list == NULL ? "nothing" : "another value");
        trial_end(&trial, NULL);
        return;
    }
    source_mark(source, list);
    for (size_t i = 0; i < json_array_size(list); i++) {
        (void)snprintf(place, sizeof place, "%s[%zu]", name, i);
        check_one(source, place, json_array_get(list, i), check, state);
    }
}

void source_each(struct source *source, const char *key,
                 void (*check)(struct trial *trial, const json_t *row,
                               void *state),
                 void *state)
{
    check_list(source, key, json_object_get(source->root, key), check, state);
}

static void check_no_others(struct source *source, const char *name,
                            const json_t *object)
{
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)object, key, value)
    {
        struct trial trial;

        if (source_is_remark(key) || source_is_marked(source, value)) {
            continue;
        }
        trial_start(&trial, source, name, NULL);
        trial_fail(&trial, "expected no key %s, came one", key);
        trial_end(&trial, NULL);
    }
}

void source_each_in(struct source *source, const char *parent, const char *key,
                    void (*check)(struct trial *trial, const json_t *row,
                                  void *state),
                    void *state)
{
    const json_t *object = json_object_get(source->root, parent);
    char name[TRIAL_PLACE_BYTES];

    (void)snprintf(name, sizeof name, "%s.%s", parent, key);
    source_mark(source, object);
    check_list(source, name, json_object_get(object, key), check, state);
    check_no_others(source, parent, object);
}

void source_single(struct source *source, const char *key,
                   void (*check)(struct trial *trial, const json_t *row,
                                 void *state),
                   void *state)
{
    const json_t *row = json_object_get(source->root, key);

    source_mark(source, row);
    check_one(source, key, row, check, state);
}

void source_values(struct source *source, const char *name,
                   void (*check)(struct trial *trial, const json_t *root,
                                 void *state),
                   void *state)
{
    struct trial trial;

    trial_start(&trial, source, name, NULL);
    check(&trial, source->root, state);
    trial_end(&trial, NULL);
}

void source_skip(struct source *source, const char *key)
{
    const json_t *value = json_object_get(source->root, key);

    if (value == NULL) {
        struct trial trial;

        trial_start(&trial, source, key, NULL);
        trial_fail(&trial, "expected a value, came nothing");
        trial_end(&trial, NULL);
        return;
    }
    source_mark(source, value);
    source->run->skipped++;
    (void)printf("%s: %s: skipped, a later floor\n", source->path, key);
}

void source_check_keys(struct source *source)
{
    if (!source->is_cut) {
        check_no_others(source, "file", source->root);
    }
}
