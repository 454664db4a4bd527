/* SPDX-License-Identifier: Apache-2.0 */
/* See paper.h. */
#include "paper.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"

enum { ROOM_AT_FIRST = 4096, GAP = 2 };

struct package_text paper_text_of(const char *string)
{
    return (struct package_text){string, strlen(string)};
}

static void put(struct paper *paper, const char *bytes, size_t size)
{
    if (!paper->is_short && size >= paper->room - paper->size) {
        size_t room = 2 * (paper->size + size) + ROOM_AT_FIRST;
        char *text = malloc(room);

        if (text != NULL && paper->size > 0) {
            memcpy(text, paper->text, paper->size);
        }
        free(paper->text);
        paper->text = text;
        paper->room = room;
        paper->is_short = text == NULL;
    }
    if (!paper->is_short) {
        memcpy(paper->text + paper->size, bytes, size);
        paper->size += size;
        paper->text[paper->size] = '\0';
    }
}

static void put_times(struct paper *paper, char of, size_t times)
{
    for (size_t i = 0; i < times; i++) {
        put(paper, &of, 1);
    }
}

/* Bytes of the first character; 0 at the end. What is no UTF-8 goes byte by
 * byte. */
static size_t character(struct package_text text)
{
    uint32_t point;
    size_t size = bytes_utf8((const uint8_t *)text.text, text.size, &point);

    return size == 0 && text.size > 0 ? 1 : size;
}

static struct package_text after(struct package_text text, size_t size)
{
    return (struct package_text){text.text + size, text.size - size};
}

static size_t columns_of(struct package_text text)
{
    size_t columns = 0;

    while (text.size > 0) {
        text = after(text, character(text));
        columns++;
    }
    return columns;
}

/* Take the next line of a text, at most `columns` wide: it ends before a space,
 * or where the paper does. An empty one at the end. */
static struct package_text next_line(struct package_text *rest, size_t columns)
{
    struct package_text line;
    size_t at_space = 0;
    size_t size = 0;

    while (rest->size > 0 && rest->text[0] == ' ') {
        *rest = after(*rest, 1);
    }
    for (size_t i = 0; i < columns && size < rest->size; i++) {
        if (rest->text[size] == ' ' && rest->text[size - 1] != ' ') {
            at_space = size;
        }
        size += character(after(*rest, size));
    }
    if (size < rest->size && rest->text[size] != ' ' && at_space > 0) {
        size = at_space;
    }
    line = (struct package_text){rest->text, size};
    *rest = after(*rest, size);
    while (line.size > 0 && line.text[line.size - 1] == ' ') {
        line.size--;
    }
    return line;
}

static void put_line(struct paper *paper, struct package_text line)
{
    while (line.size > 0) {
        size_t size = character(line);

        if (bytes_are_text((const uint8_t *)line.text, size)) {
            put(paper, line.text, size);
        } else {
            put(paper, "?", 1);
        }
        line = after(line, size);
    }
}

void paper_skip(struct paper *paper)
{
    put(paper, "\n", 1);
}

void paper_rule(struct paper *paper, char of)
{
    put_times(paper, of, PAPER_COLUMNS);
    paper_skip(paper);
}

void paper_put(struct paper *paper, size_t indent, struct package_text text)
{
    assert(indent < PAPER_COLUMNS / 2);
    for (;;) {
        struct package_text line = next_line(&text, PAPER_COLUMNS - indent);

        if (line.size == 0) {
            return;
        }
        put_times(paper, ' ', indent);
        put_line(paper, line);
        paper_skip(paper);
    }
}

void paper_centre(struct paper *paper, struct package_text text)
{
    for (;;) {
        struct package_text line = next_line(&text, PAPER_COLUMNS);

        if (line.size == 0) {
            return;
        }
        put_times(paper, ' ', (PAPER_COLUMNS - columns_of(line)) / 2);
        put_line(paper, line);
        paper_skip(paper);
    }
}

void paper_frame(struct paper *paper, struct package_text text)
{
    enum { INSIDE = PAPER_COLUMNS - 4 };

    paper_rule(paper, '*');
    for (;;) {
        struct package_text line = next_line(&text, INSIDE);
        size_t free = INSIDE - columns_of(line);

        if (line.size == 0) {
            break;
        }
        put(paper, "* ", 2);
        put_times(paper, ' ', free / 2);
        put_line(paper, line);
        put_times(paper, ' ', free - free / 2);
        put(paper, " *\n", 3);
    }
    paper_rule(paper, '*');
}

/* From `columns` on: dots that lead the eye, and the value at the end. */
static void put_value(struct paper *paper, size_t columns,
                      struct package_text value)
{
    size_t free = PAPER_COLUMNS - columns - columns_of(value);

    for (size_t i = 0; i < free; i++) {
        bool is_dot = columns > 0 && i > 0 && i + 1 < free && free > 2 * GAP;

        put(paper, is_dot ? "." : " ", 1);
    }
    put_line(paper, value);
    paper_skip(paper);
}

void paper_row(struct paper *paper, size_t indent, struct package_text label,
               struct package_text value)
{
    size_t columns = columns_of(value);

    assert(indent < PAPER_COLUMNS / 2);
    for (;;) {
        struct package_text line = next_line(&label, PAPER_COLUMNS - indent);
        size_t used = indent + columns_of(line);

        put_times(paper, ' ', indent);
        put_line(paper, line);
        if (label.size == 0 && used + GAP + columns <= PAPER_COLUMNS) {
            put_value(paper, used, value);
            return;
        }
        paper_skip(paper);
        if (label.size == 0) {
            break;
        }
    }
    if (columns <= PAPER_COLUMNS - indent) {
        put_value(paper, 0, value);
    } else {
        paper_put(paper, indent, value);
    }
}

enum aula_code paper_take(struct paper *paper, char **text,
                          struct aula_error *err)
{
    char *made = paper->text;

    *paper = (struct paper){0};
    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory for a report");
    }
    *text = made;
    return AULA_OK;
}
