/* SPDX-License-Identifier: Apache-2.0 */
/* Lines and fields of a Pabulib file.
 *
 * Fields are separated by `;`. One that starts with `"` ends at the next `"`
 * that is not doubled; `;` and doubled quotes may stand in it. A quote
 * elsewhere is plain text. A record is one line: no field goes on in the next.
 *
 * 1. A field is a text with a NUL behind it, written over what separated it.
 * 2. A line that is not UTF-8, or holds a control character of ASCII other than
 *    the tabulator, is refused before anything of it is used.
 */
#include "pabulib_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "bytes.h"

enum aula_code pabulib_fail(const struct pabulib_reader *reader, size_t line,
                            const char *format, ...)
{
    char text[AULA_MESSAGE_BYTES];
    va_list list;

    va_start(list, format);
    (void)vsnprintf(text, sizeof text, format, list);
    va_end(list);
    return aula_fail(reader->err, AULA_SOURCE, "line %zu: %s", line, text);
}

void pabulib_show(char shown[static PABULIB_SHOWN_BYTES],
                  const struct pabulib_text *text)
{
    size_t size = text->size;

    if (!bytes_are_text((const uint8_t *)text->text, size)) {
        (void)snprintf(shown, PABULIB_SHOWN_BYTES, "another text");
        return;
    }
    if (size > PABULIB_SHOWN_BYTES - 1) {
        size = PABULIB_SHOWN_BYTES - 1;
        /* Not in the middle of a character. */
        while ((text->text[size] & 0xc0) == 0x80) {
            size--;
        }
    }
    memcpy(shown, text->text, size);
    shown[size] = '\0';
}

static bool is_blank(const char *line, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (line[i] != ' ' && line[i] != '\t') {
            return false;
        }
    }
    return true;
}

/* The next line, blank or not; false at the end of the file. */
static bool take_line(struct pabulib_reader *reader)
{
    size_t left = (size_t)(reader->end - reader->next);
    char *end = NULL;

    if (left == 0) {
        reader->line = NULL;
        reader->line_size = 0;
        return false;
    }
    reader->line = reader->next;
    reader->line_number++;
    end = memchr(reader->next, '\n', left);
    reader->next = end != NULL ? end + 1 : reader->end;
    end = end != NULL ? end : reader->end;
    if (end > reader->line && end[-1] == '\r') {
        end--;
    }
    *end = '\0';
    reader->line_size = (size_t)(end - reader->line);
    return true;
}

enum aula_code pabulib_advance(struct pabulib_reader *reader)
{
    while (take_line(reader)) {
        if (!pabulib_is_line(reader->line, reader->line_size)) {
            return pabulib_fail(reader, reader->line_number,
                                "expected UTF-8 text without control "
                                "characters");
        }
        if (!is_blank(reader->line, reader->line_size)) {
            break;
        }
    }
    return AULA_OK;
}

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

bool pabulib_is_section(const struct pabulib_reader *reader, const char *name)
{
    size_t size = strlen(name);

    if (reader->line == NULL || reader->line_size < size ||
        !is_blank(reader->line + size, reader->line_size - size)) {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        if (lower(reader->line[i]) != lower(name[i])) {
            return false;
        }
    }
    return true;
}

/* A quoted field from behind its first quote, with the quotes taken off; what
 * is left of the line in *rest. NULL where no quote ends it. */
static char *unquote(struct pabulib_text *field, char *start, const char *end)
{
    char *to = start;
    char *from = start;

    while (from < end) {
        if (*from == '"') {
            from++;
            if (from == end || *from != '"') {
                *field = (struct pabulib_text){start, (size_t)(to - start)};
                *to = '\0';
                return from;
            }
        }
        *to++ = *from++;
    }
    return NULL;
}

/* One field from `start`; gives what ends it: a `;` or the end of the line. A
 * NUL may have been written over it. NULL: wrong quotes. */
static char *take_field(struct pabulib_text *field, char *start, char *end)
{
    char *stop = NULL;

    if (start < end && *start == '"') {
        stop = unquote(field, start + 1, end);
        return stop == NULL || stop == end || *stop == ';' ? stop : NULL;
    }
    stop = memchr(start, ';', (size_t)(end - start));
    stop = stop != NULL ? stop : end;
    *field = (struct pabulib_text){start, (size_t)(stop - start)};
    return stop;
}

static enum aula_code split(const struct pabulib_reader *reader,
                            struct pabulib_text *fields, size_t room,
                            size_t *count)
{
    char *end = reader->line + reader->line_size;
    char *at = reader->line;

    for (*count = 0; *count < room; (*count)++) {
        char *stop = take_field(&fields[*count], at, end);

        if (stop == NULL) {
            return pabulib_fail(reader, reader->line_number,
                                "expected a quote to end field %zu",
                                *count + 1);
        }
        if (stop == end) {
            (*count)++;
            return AULA_OK;
        }
        *stop = '\0';
        at = stop + 1;
    }
    return pabulib_fail(reader, reader->line_number,
                        "expected %zu field%s, found more", room,
                        room == 1 ? "" : "s");
}

enum aula_code pabulib_split(struct pabulib_reader *reader,
                             struct pabulib_text *fields, size_t room,
                             size_t *count)
{
    enum aula_code code;

    if (reader->line == NULL) {
        return pabulib_fail(reader, reader->line_number + 1,
                            "expected more, found the end of the file");
    }
    code = split(reader, fields, room, count);
    return code == AULA_OK ? pabulib_advance(reader) : code;
}

enum aula_code pabulib_take_record(struct pabulib_reader *reader,
                                   struct pabulib_text *fields)
{
    size_t line = reader->line_number;
    size_t count = 0;
    enum aula_code code = pabulib_split(reader, fields, reader->columns,
                                        &count);

    if (code == AULA_OK && count != reader->columns) {
        code = pabulib_fail(reader, line, "expected %zu fields, found %zu",
                            reader->columns, count);
    }
    return code;
}
