/* SPDX-License-Identifier: Apache-2.0 */
/* See page_out.h. */
#include "page_out.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "bytes.h"

void page_begin(struct page_out *out, const struct pabulib_sink *sink,
                struct aula_error *err)
{
    out->sink = *sink;
    out->code = AULA_OK;
    out->err = err;
    out->used = 0;
}

static void flush(struct page_out *out)
{
    if (out->code == AULA_OK && out->used > 0) {
        out->code = out->sink.write(out->sink.context, out->buffer, out->used,
                                    out->err);
    }
    out->used = 0;
}

enum aula_code page_end(struct page_out *out)
{
    flush(out);
    return out->code;
}

void page_put_bytes(struct page_out *out, const void *bytes, size_t size)
{
    const uint8_t *next = bytes;

    while (size > 0) {
        size_t room = sizeof out->buffer - out->used;
        size_t part = size < room ? size : room;

        memcpy(out->buffer + out->used, next, part);
        out->used += part;
        next += part;
        size -= part;
        if (out->used == sizeof out->buffer) {
            flush(out);
        }
    }
}

void page_put(struct page_out *out, const char *string)
{
    page_put_bytes(out, string, strlen(string));
}

void page_put_number(struct page_out *out, uint64_t number)
{
    char text[24];

    (void)snprintf(text, sizeof text, "%" PRIu64, number);
    page_put(out, text);
}

void page_put_hex(struct page_out *out, const uint8_t *bytes, size_t size)
{
    char text[3];

    for (size_t i = 0; i < size; i++) {
        page_put(out, sodium_bin2hex(text, sizeof text, bytes + i, 1));
    }
}

void page_put_millionths(struct page_out *out, int32_t millionths)
{
    uint32_t size = millionths < 0 ? 0U - (uint32_t)millionths
                                   : (uint32_t)millionths;
    char text[24];

    (void)snprintf(text, sizeof text, "%s%" PRIu32 ".%06" PRIu32,
                   millionths < 0 ? "-" : "", size / 1000000, size % 1000000);
    page_put(out, text);
}

/* ---- texts, character by character */

/* What stands in place of one character; NULL: itself. */
typedef const char *page_escape(char character);

static void put_escaped(struct page_out *out, struct package_text text,
                        page_escape *escape)
{
    const uint8_t *next = (const uint8_t *)text.text;
    size_t left = text.size;

    while (left > 0) {
        uint32_t point;
        size_t size = bytes_utf8(next, left, &point);
        size_t used = size == 0 ? 1 : size;
        const char *other = NULL;

        if (*next == '\n') {
            other = " ";
        } else if (size == 0 || !bytes_are_text(next, size)) {
            other = "\xEF\xBF\xBD";
        } else if (size == 1) {
            other = escape((char)*next);
        }
        if (other != NULL) {
            page_put(out, other);
        } else {
            page_put_bytes(out, next, used);
        }
        next += used;
        left -= used;
    }
}

static const char *escape_html(char character)
{
    switch (character) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void page_put_html(struct page_out *out, struct package_text text)
{
    put_escaped(out, text, escape_html);
}

static const char *escape_json(char character)
{
    switch (character) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '<':
        return "\\u003c";
    default:
        return NULL;
    }
}

void page_put_json(struct page_out *out, struct package_text text)
{
    put_escaped(out, text, escape_json);
}

static const char *escape_csv(char character)
{
    return character == '"' ? "\"\"" : NULL;
}

/* Spreadsheets look past blanks for what begins a formula; tabs and line ends
 * are no text and never come so far. */
void page_put_csv(struct page_out *out, struct package_text text)
{
    size_t blanks = 0;

    while (blanks < text.size && text.text[blanks] == ' ') {
        blanks++;
    }
    page_put(out, "\"");
    if (blanks < text.size && strchr("=+-@", text.text[blanks]) != NULL) {
        page_put(out, "'");
    }
    put_escaped(out, text, escape_csv);
    page_put(out, "\"");
}
