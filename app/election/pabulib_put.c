/* SPDX-License-Identifier: Apache-2.0 */
/* Fields on their way into a Pabulib file, through the writer's buffer. After
 * the first failure nothing more goes to the sink.
 */
#include "pabulib_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void pabulib_flush(struct pabulib_writer *writer)
{
    if (writer->code == AULA_OK && writer->used > 0) {
        writer->code = writer->sink.write(writer->sink.context, writer->buffer,
                                          writer->used, writer->err);
    }
    writer->used = 0;
}

void pabulib_put_bytes(struct pabulib_writer *writer, const char *bytes,
                       size_t size)
{
    while (size > 0) {
        size_t room = sizeof writer->buffer - writer->used;
        size_t part = size < room ? size : room;

        memcpy(writer->buffer + writer->used, bytes, part);
        writer->used += part;
        bytes += part;
        size -= part;
        if (writer->used == sizeof writer->buffer) {
            pabulib_flush(writer);
        }
    }
}

void pabulib_put(struct pabulib_writer *writer, const char *text)
{
    pabulib_put_bytes(writer, text, strlen(text));
}

void pabulib_put_number(struct pabulib_writer *writer, int64_t number)
{
    char text[24];

    (void)snprintf(text, sizeof text, "%" PRId64, number);
    pabulib_put(writer, text);
}

void pabulib_put_money(struct pabulib_writer *writer, uint64_t hundredths)
{
    char text[32];

    if (hundredths % 100 == 0) {
        (void)snprintf(text, sizeof text, "%" PRIu64, hundredths / 100);
    } else {
        (void)snprintf(text, sizeof text, "%" PRIu64 ".%02u", hundredths / 100,
                       (unsigned)(hundredths % 100));
    }
    pabulib_put(writer, text);
}

void pabulib_put_fails(struct pabulib_writer *writer, const char *what)
{
    if (writer->code == AULA_OK) {
        writer->code = aula_fail(writer->err, AULA_SOURCE,
                                 "%s: expected text of one line", what);
    }
}

bool pabulib_needs_quotes(const struct pabulib_text *text)
{
    return text->size > 0 && (memchr(text->text, ';', text->size) != NULL ||
                              memchr(text->text, '"', text->size) != NULL);
}

void pabulib_put_doubled(struct pabulib_writer *writer,
                         const struct pabulib_text *text)
{
    for (size_t i = 0; i < text->size; i++) {
        pabulib_put_bytes(writer, text->text + i, 1);
        if (text->text[i] == '"') {
            pabulib_put(writer, "\"");
        }
    }
}

void pabulib_put_field(struct pabulib_writer *writer, const char *what,
                       const struct pabulib_text *text)
{
    if (!pabulib_is_line(text->text, text->size)) {
        pabulib_put_fails(writer, what);
    } else if (pabulib_needs_quotes(text)) {
        pabulib_put(writer, "\"");
        pabulib_put_doubled(writer, text);
        pabulib_put(writer, "\"");
    } else {
        pabulib_put_bytes(writer, text->text, text->size);
    }
}
