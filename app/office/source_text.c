/* SPDX-License-Identifier: Apache-2.0 */
/* See source_text.h. */
#include "source_text.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "bytes.h"

#define ELLIPSIS "\xe2\x80\xa6"

/* Bytes of the character that begins here; the text is well-formed. */
static size_t character_size(const char *text)
{
    uint8_t first = (uint8_t)*text;

    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

/* The line as it grows. */
struct line {
    char *text;
    size_t size;
    size_t count;   /* characters */
    size_t whole;   /* size without the last character */
    bool has_blank; /* one is due before the next character */
};

static void put(struct line *line, const char *text, size_t size)
{
    line->whole = line->size;
    memcpy(line->text + line->size, text, size);
    line->size += size;
    line->count++;
}

/* False when there is no room for it. */
static bool add(struct line *line, const char *text, size_t size, size_t most)
{
    bool is_blank = *text == ' ' ||
                    !bytes_are_text((const uint8_t *)text, size);

    if (is_blank) {
        line->has_blank = line->count > 0;
        return true;
    }
    if (line->count + line->has_blank + 1 > most) {
        return false;
    }
    if (line->has_blank) {
        put(line, " ", 1);
        line->has_blank = false;
    }
    put(line, text, size);
    return true;
}

/* The last character makes room for the ellipsis where it must. */
static void cut(struct line *line, size_t most)
{
    if (line->count == most) {
        line->size = line->whole;
        line->count--;
    }
    while (line->size > 0 && line->text[line->size - 1] == ' ') {
        line->size--;
    }
    memcpy(line->text + line->size, ELLIPSIS, sizeof ELLIPSIS - 1);
    line->size += sizeof ELLIPSIS - 1;
}

bool source_text(char line[static SOURCE_TEXT_BYTES], const char *text,
                 size_t size, size_t most)
{
    struct line made = {.text = line};
    bool is_whole = true;

    assert(most >= 1 && most <= SOURCE_TEXT_CHARACTERS);
    for (size_t i = 0; is_whole && i < size;) {
        size_t bytes = character_size(text + i);

        is_whole = add(&made, text + i, bytes, most);
        i += bytes;
    }
    if (!is_whole) {
        cut(&made, most);
    }
    line[made.size] = '\0';
    return is_whole;
}
