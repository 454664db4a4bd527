/* SPDX-License-Identifier: Apache-2.0 */
/* Writing into bounded memory, and UTF-8 as RFC 3629 defines it. */
#include "bytes.h"

#include <assert.h>
#include <string.h>

void bytes_put(struct bytes_writer *writer, const void *bytes, size_t size)
{
    assert(size <= writer->room - writer->size);
    if (size > 0) {
        memcpy(writer->start + writer->size, bytes, size);
    }
    writer->size += size;
}

void bytes_put_u8(struct bytes_writer *writer, uint8_t value)
{
    bytes_put(writer, &value, 1);
}

void bytes_put_u16(struct bytes_writer *writer, uint16_t value)
{
    uint8_t bytes[2];

    put_le16(bytes, value);
    bytes_put(writer, bytes, sizeof bytes);
}

void bytes_put_u32(struct bytes_writer *writer, uint32_t value)
{
    uint8_t bytes[4];

    put_le32(bytes, value);
    bytes_put(writer, bytes, sizeof bytes);
}

void bytes_put_u64(struct bytes_writer *writer, uint64_t value)
{
    uint8_t bytes[8];

    put_le64(bytes, value);
    bytes_put(writer, bytes, sizeof bytes);
}

/* Length of the sequence that a first byte announces, and the smallest code
 * point that may be written with it (anything less is an overlong form). */
static size_t sequence_of(uint8_t first, uint32_t *point, uint32_t *least)
{
    if (first < 0x80) {
        *point = first;
        *least = 0;
        return 1;
    }
    if ((first & 0xe0) == 0xc0) {
        *point = first & 0x1fU;
        *least = 0x80;
        return 2;
    }
    if ((first & 0xf0) == 0xe0) {
        *point = first & 0x0fU;
        *least = 0x800;
        return 3;
    }
    if ((first & 0xf8) == 0xf0) {
        *point = first & 0x07U;
        *least = 0x10000;
        return 4;
    }
    return 0;
}

size_t bytes_utf8(const uint8_t *text, size_t size, uint32_t *point)
{
    uint32_t value = 0;
    uint32_t least = 0;
    size_t length = size > 0 ? sequence_of(text[0], &value, &least) : 0;

    if (length == 0 || length > size) {
        return 0;
    }
    for (size_t i = 1; i < length; i++) {
        if ((text[i] & 0xc0) != 0x80) {
            return 0;
        }
        value = (value << 6) | (text[i] & 0x3fU);
    }
    if (value < least || value > 0x10ffff ||
        (value >= 0xd800 && value <= 0xdfff)) {
        return 0;
    }
    *point = value;
    return length;
}

static bool is_refused(uint32_t point)
{
    return point < 0x20 || (point >= 0x7f && point <= 0x9f) ||
           (point >= 0x2028 && point <= 0x202e) ||
           (point >= 0x2066 && point <= 0x2069);
}

bool bytes_are_text(const uint8_t *text, size_t size)
{
    size_t used = 0;
    uint32_t point = 0;

    while (used < size) {
        size_t length = bytes_utf8(text + used, size - used, &point);

        if (length == 0 || is_refused(point)) {
            return false;
        }
        used += length;
    }
    return true;
}
