/* SPDX-License-Identifier: Apache-2.0 */
/* Single values by their forms: numbers, words, strings, texts. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "bytes.h"
#include "election.h"
#include "form.h"

static bool read_number(struct form_reader *reader, uint64_t *number,
                        const struct form_field *field, const json_t *value)
{
    json_int_t whole = json_integer_value(value);

    if (!json_is_integer(value) || whole < field->min || whole > field->max) {
        form_fault(reader, "expected a whole number from %lld to %lld",
                   (long long)field->min, (long long)field->max);
        return false;
    }
    *number = (uint64_t)whole;
    return true;
}

void form_read_u16(struct form_reader *reader, void *out,
                   const struct form_field *field, json_t *value)
{
    uint64_t number;

    if (read_number(reader, &number, field, value)) {
        memcpy(out, &(uint16_t){(uint16_t)number}, sizeof(uint16_t));
    }
}

void form_read_u32(struct form_reader *reader, void *out,
                   const struct form_field *field, json_t *value)
{
    uint64_t number;

    if (read_number(reader, &number, field, value)) {
        memcpy(out, &(uint32_t){(uint32_t)number}, sizeof(uint32_t));
    }
}

void form_read_u64(struct form_reader *reader, void *out,
                   const struct form_field *field, json_t *value)
{
    uint64_t number;

    if (read_number(reader, &number, field, value)) {
        memcpy(out, &number, sizeof number);
    }
}

void form_read_bool(struct form_reader *reader, void *out,
                    const struct form_field *field, json_t *value)
{
    (void)field;
    if (!json_is_boolean(value)) {
        form_fault(reader, "expected true or false");
        return;
    }
    memcpy(out, &(bool){json_is_true(value)}, sizeof(bool));
}

void form_read_word(struct form_reader *reader, void *out,
                    const struct form_field *field, json_t *value)
{
    const char *text = json_string_value(value);
    char all[FAULT_LINE_BYTES] = "";
    size_t used = 0;
    unsigned number = 0;

    _Static_assert(sizeof(enum election_ties) == sizeof(unsigned),
                   "an enum is an unsigned");
    for (unsigned i = 0; field->words[i] != NULL; i++) {
        if (text != NULL && strcmp(text, field->words[i]) == 0) {
            number = (unsigned)field->min + i;
            memcpy(out, &number, sizeof number);
            return;
        }
        used += (size_t)snprintf(all + used, sizeof all - used, "%s\"%s\"",
                                 i == 0 ? "" : ", ", field->words[i]);
    }
    form_fault(reader, "expected one of %s", all);
}

/* ---- strings */

/* What is wrong with a text of one line, or of paragraphs; NULL: nothing. */
static const char *text_fault(const char *text, bool has_paragraphs)
{
    const char *line = text;

    if (*text == ' ' || *text == '\n') {
        return "begins with a blank";
    }
    if (*text != '\0' && strchr(" \n", text[strlen(text) - 1]) != NULL) {
        return "ends with a blank";
    }
    for (;;) {
        size_t size = has_paragraphs ? strcspn(line, "\n") : strlen(line);

        if (!bytes_are_text((const uint8_t *)line, size)) {
            return "holds a control character";
        }
        if (line[size] == '\0') {
            return NULL;
        }
        line += size + 1;
    }
}

/* A string of min..max characters, or NULL after a fault. */
static const char *read_string(struct form_reader *reader,
                               const struct form_field *field,
                               const json_t *value, bool has_paragraphs)
{
    const char *text = json_string_value(value);
    const char *fault;
    size_t count;

    if (text == NULL) {
        form_fault(reader, "expected a string of %lld to %lld characters",
                   (long long)field->min, (long long)field->max);
        return NULL;
    }
    count = form_characters(text);
    if (count < (size_t)field->min || count > (size_t)field->max) {
        form_fault(reader, "expected %lld to %lld characters, not %zu",
                   (long long)field->min, (long long)field->max, count);
        return NULL;
    }
    fault = text_fault(text, has_paragraphs);
    if (fault != NULL) {
        form_fault(reader, "the text %s", fault);
        return NULL;
    }
    return text;
}

void form_read_label(struct form_reader *reader, void *out,
                     const struct form_field *field, json_t *value)
{
    const char *text = read_string(reader, field, value, false);

    memcpy(out, &text, sizeof text);
}

void form_read_serial(struct form_reader *reader, void *out,
                      const struct form_field *field, json_t *value)
{
    const char *text = read_string(reader, field, value, false);

    for (size_t i = 0; text != NULL && text[i] != '\0'; i++) {
        if (text[i] < '!' || text[i] > '~') {
            form_fault(reader, "expected characters from ! to ~ only");
            return;
        }
    }
    memcpy(out, &text, sizeof text);
}

static bool is_id(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    size_t size = strlen(text);

    return size >= 1 && size <= ELECTION_ID_MAX && text[0] != '-' &&
           strspn(text, letters) == size;
}

void form_read_id(struct form_reader *reader, void *out,
                  const struct form_field *field, json_t *value)
{
    const char *text = json_string_value(value);

    (void)field;
    if (text == NULL || !is_id(text)) {
        form_fault(reader, "expected an id: 1 to %d of a-z, 0-9 and -",
                   ELECTION_ID_MAX);
        return;
    }
    memcpy(out, &text, sizeof text);
}

void form_read_ids(struct form_reader *reader, void *out,
                   const struct form_field *field, json_t *value)
{
    size_t count = json_array_size(value);
    struct election_ids *ids = out;

    if (!json_is_array(value) || count < (size_t)field->min ||
        count > (size_t)field->max) {
        form_fault(reader, "expected a list of %lld to %lld ids",
                   (long long)field->min, (long long)field->max);
        return;
    }
    ids->ids = count == 0 ? NULL : form_take(reader, count, sizeof *ids->ids);
    if (ids->ids == NULL) {
        return;
    }
    ids->count = count;
    for (size_t i = 0; i < count; i++) {
        ids->ids[i] = json_string_value(json_array_get(value, i));
        if (ids->ids[i] == NULL) {
            size_t mark = form_enter_element(reader, i);

            form_fault(reader, "expected an id");
            form_leave(reader, mark);
        }
    }
}

/* ---- texts in all languages */

static bool is_language(const struct form_reader *reader, const char *key)
{
    for (size_t i = 0; i < reader->language_count; i++) {
        if (strcmp(reader->languages[i], key) == 0) {
            return true;
        }
    }
    return false;
}

static void refuse_languages(struct form_reader *reader, json_t *value)
{
    const char *key;
    json_t *ignored;

    json_object_foreach(value, key, ignored)
    {
        if (!is_language(reader, key)) {
            form_fault(reader, "language \"%s\" is not among \"languages\"",
                       form_show(key));
        }
    }
}

static void read_text(struct form_reader *reader, void *out,
                      const struct form_field *field, json_t *value,
                      bool has_paragraphs)
{
    struct election_text *text = out;

    if (!json_is_object(value)) {
        form_fault(reader, "expected a text in each language, {\"kk\": "
                           "\"\xe2\x80\xa6\", \"ru\": \"\xe2\x80\xa6\"}");
        return;
    }
    refuse_languages(reader, value);
    for (size_t i = 0; i < reader->language_count; i++) {
        const json_t *one = json_object_get(value, reader->languages[i]);
        size_t mark;

        if (one == NULL) {
            form_fault(reader, "language \"%s\" is missing",
                       reader->languages[i]);
            continue;
        }
        mark = form_enter_key(reader, reader->languages[i]);
        text->of[i] = read_string(reader, field, one, has_paragraphs);
        form_leave(reader, mark);
    }
}

void form_read_text(struct form_reader *reader, void *out,
                    const struct form_field *field, json_t *value)
{
    read_text(reader, out, field, value, false);
}

void form_read_paragraphs(struct form_reader *reader, void *out,
                          const struct form_field *field, json_t *value)
{
    read_text(reader, out, field, value, true);
}
