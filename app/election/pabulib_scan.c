/* SPDX-License-Identifier: Apache-2.0 */
/* Walks over every byte of a file, eight at a time where that can be. */
#include <string.h>

#include "bytes.h"
#include "pabulib_parts.h"

/* Eight bytes as one number; which of them is the first does not matter. */
static const uint64_t ones = UINT64_C(0x0101010101010101);
static const uint64_t tops = UINT64_C(0x8080808080808080);

enum { WORD_BYTES = 8 };

static uint64_t take_word(const char *text)
{
    uint64_t word;

    memcpy(&word, text, sizeof word);
    return word;
}

/* Has each byte that is 0 its top bit, and no other any bit. */
static uint64_t zeros(uint64_t word)
{
    return ~(((word & ~tops) + ~tops) | word | ~tops);
}

/* Printable ASCII through and through? A false no costs time only. */
static bool is_plain(uint64_t word)
{
    uint64_t controls = (word - ones * 0x20) & ~word & tops;

    return ((word & tops) | controls | zeros(word ^ (ones * 0x7f))) == 0;
}

bool pabulib_is_line(const char *text, size_t size)
{
    const uint8_t *line = (const uint8_t *)text;
    size_t used = 0;

    while (used < size) {
        uint32_t point = line[used];
        size_t length = 1;

        if (size - used >= WORD_BYTES && is_plain(take_word(text + used))) {
            used += WORD_BYTES;
            continue;
        }
        if (point >= 0x80) {
            length = bytes_utf8(line + used, size - used, &point);
        }
        if (length == 0 || (point < 0x20 && point != '\t') || point == 0x7f) {
            return false;
        }
        used += length;
    }
    return true;
}

size_t pabulib_lines_left(const struct pabulib_reader *reader)
{
    /* The end of the line looked at is a NUL by now, and the last may have
     * none. */
    return pabulib_count_left(reader, '\n') + 2;
}

size_t pabulib_count_left(const struct pabulib_reader *reader, char mark)
{
    const uint64_t marks = ones * (uint8_t)mark;
    const char *at = reader->line;
    size_t count = 0;

    if (at == NULL) {
        return 0;
    }
    for (; reader->end - at >= WORD_BYTES; at += WORD_BYTES) {
        /* The product gathers the eight bits in the top byte. */
        count += ((zeros(take_word(at) ^ marks) >> 7) * ones) >> 56;
    }
    for (; at < reader->end; at++) {
        count += *at == mark;
    }
    return count;
}
