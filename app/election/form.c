/* SPDX-License-Identifier: Apache-2.0 */
/* Objects and lists by their forms. */
#include "form.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"

/* ---- memory: blocks in a list, each freed when all are */

struct form_memory {
    struct form_memory *next;
    max_align_t bytes[];
};

void *form_memory_take(struct form_memory **memory, size_t count, size_t size)
{
    struct form_memory *block;

    if (count == 0 || size > (SIZE_MAX - sizeof *block) / count) {
        return NULL;
    }
    block = calloc(1, sizeof *block + count * size);
    if (block == NULL) {
        return NULL;
    }
    block->next = *memory;
    *memory = block;
    return block->bytes;
}

void form_memory_close(struct form_memory *memory)
{
    while (memory != NULL) {
        struct form_memory *next = memory->next;

        free(memory);
        memory = next;
    }
}

void *form_take(struct form_reader *reader, size_t count, size_t size)
{
    void *taken = form_memory_take(reader->memory, count, size);

    if (taken == NULL) {
        reader->is_out_of_memory = true;
    }
    return taken;
}

/* ---- the path, and faults at it */

void form_fault(struct form_reader *reader, const char *format, ...)
{
    char text[FAULT_LINE_BYTES];
    va_list list;

    va_start(list, format);
    (void)vsnprintf(text, sizeof text, format, list);
    va_end(list);
    faults_add(reader->faults, reader->path, "%s", text);
}

/* A path that gets too long is cut: it then names what is nearest above. */
size_t form_enter_key(struct form_reader *reader, const char *key)
{
    size_t size = strlen(reader->path);

    if (size + strlen(key) + 1 < sizeof reader->path) {
        (void)snprintf(reader->path + size, sizeof reader->path - size, "%s%s",
                       size == 0 ? "" : ".", key);
    }
    return size;
}

size_t form_enter_element(struct form_reader *reader, size_t index)
{
    char piece[24];
    size_t size = strlen(reader->path);

    (void)snprintf(piece, sizeof piece, "[%zu]", index);
    if (size + strlen(piece) < sizeof reader->path) {
        memcpy(reader->path + size, piece, strlen(piece) + 1);
    }
    return size;
}

void form_leave(struct form_reader *reader, size_t path_size)
{
    reader->path[path_size] = '\0';
}

size_t form_characters(const char *text)
{
    size_t count = 0;

    for (; *text != '\0'; text++) {
        count += ((unsigned char)*text & 0xc0) != 0x80;
    }
    return count;
}

const char *form_show(const char *text)
{
    size_t size = strlen(text);
    bool is_shown = size <= 80 && bytes_are_text((const uint8_t *)text, size);

    return is_shown ? text : "\xe2\x80\xa6";
}

/* ---- objects */

static bool is_known(const struct form *form, const char *key)
{
    for (size_t i = 0; i < form->count; i++) {
        if (strcmp(form->fields[i].key, key) == 0) {
            return true;
        }
    }
    return false;
}

/* Can the key stand in a path, so that its place is found? */
static bool is_plain(const char *key)
{
    size_t size = strlen(key);

    return size >= 1 && size <= 40 && strpbrk(key, ".[]\\\"") == NULL &&
           bytes_are_text((const uint8_t *)key, size);
}

static void refuse_key(struct form_reader *reader, const struct form *form,
                       const char *key)
{
    char known[FAULT_LINE_BYTES] = "";
    size_t used = 0;
    size_t mark = strlen(reader->path);

    for (size_t i = 0; i < form->count && used < sizeof known - 40; i++) {
        used += (size_t)snprintf(known + used, sizeof known - used, "%s%s",
                                 i == 0 ? "" : ", ", form->fields[i].key);
    }
    if (is_plain(key)) {
        (void)form_enter_key(reader, key);
        form_fault(reader, "unknown key; expected one of %s", known);
    } else {
        form_fault(reader, "unknown key \"%s\"; expected one of %s",
                   form_show(key), known);
    }
    form_leave(reader, mark);
}

static void read_field(struct form_reader *reader, void *out,
                       const struct form_field *field, json_t *object)
{
    json_t *value = json_object_get(object, field->key);
    size_t mark;

    if (value == NULL) {
        if (!field->is_optional) {
            form_fault(reader, "key \"%s\" is missing", field->key);
        }
        return;
    }
    mark = form_enter_key(reader, field->key);
    field->read(reader, (char *)out + field->offset, field, value);
    form_leave(reader, mark);
}

void form_read_fields(struct form_reader *reader, void *out,
                      const struct form *form, json_t *value)
{
    const char *key;
    json_t *ignored;

    if (!json_is_object(value)) {
        form_fault(reader, "expected an object { }");
        return;
    }
    json_object_foreach(value, key, ignored)
    {
        if (!is_known(form, key)) {
            refuse_key(reader, form, key);
        }
    }
    for (size_t i = 0; i < form->count; i++) {
        read_field(reader, out, &form->fields[i], value);
    }
}

void form_read_object(struct form_reader *reader, void *out,
                      const struct form_field *field, json_t *value)
{
    form_read_fields(reader, out, field->form, value);
}

/* The count stands in the same struct as the pointer. */
static void set_count(void *out, const struct form_field *field, size_t count)
{
    memcpy((char *)out - field->offset + field->count_offset, &count,
           sizeof count);
}

void form_read_list(struct form_reader *reader, void *out,
                    const struct form_field *field, json_t *value)
{
    size_t count = json_array_size(value);
    char *items;

    if (!json_is_array(value) || count < (size_t)field->min ||
        count > (size_t)field->max) {
        form_fault(reader, "expected a list of %lld to %lld",
                   (long long)field->min, (long long)field->max);
        return;
    }
    if (count == 0) {
        return;
    }
    items = form_take(reader, count, field->form->size);
    if (items == NULL) {
        return;
    }
    memcpy(out, &items, sizeof items);
    set_count(out, field, count);
    for (size_t i = 0; i < count; i++) {
        size_t mark = form_enter_element(reader, i);

        form_read_fields(reader, items + i * field->form->size, field->form,
                         json_array_get(value, i));
        form_leave(reader, mark);
    }
}

void form_pass(struct form_reader *reader, void *out,
               const struct form_field *field, json_t *value)
{
    (void)reader;
    (void)out;
    (void)field;
    (void)value;
}
