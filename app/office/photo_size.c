/* SPDX-License-Identifier: Apache-2.0 */
/* Width and height from the head of a picture.
 * Source: PNG (ISO/IEC 15948) 11.2.2; JPEG (ITU-T T.81) annex B. */
#include <string.h>

#include "bytes.h"
#include "photo.h"

enum {
    MARK = 0xFF,
    SOI = 0xD8,
    EOI = 0xD9,
    SOS = 0xDA,
    FRAME_FIRST = 0xC0, /* frames say the size, all but these three */
    FRAME_LAST = 0xCF,
    DHT = 0xC4,
    JPG = 0xC8,
    DAC = 0xCC
};

static uint32_t get_be(const uint8_t *bytes, size_t size)
{
    uint32_t value = 0;

    for (size_t i = 0; i < size; i++) {
        value = value << 8 | bytes[i];
    }
    return value;
}

/* Signature and the first chunk: length 13, "IHDR", width, height. */
static bool find_png(struct photo_size *found, struct bytes_reader *reader)
{
    static const uint8_t head[16] = {0x89, 'P',  'N', 'G', '\r', '\n',
                                     0x1a, '\n', 0,   0,   0,    13,
                                     'I',  'H',  'D', 'R'};
    const uint8_t *bytes = bytes_take(reader, sizeof head + 8);

    if (bytes == NULL || memcmp(bytes, head, sizeof head) != 0) {
        return false;
    }
    found->width = get_be(bytes + sizeof head, 4);
    found->height = get_be(bytes + sizeof head + 4, 4);
    return true;
}

static bool is_frame(uint8_t mark)
{
    return mark >= FRAME_FIRST && mark <= FRAME_LAST && mark != DHT &&
           mark != JPG && mark != DAC;
}

/* The next mark, behind any number of bytes that fill; 0: there is none. */
static uint8_t next_mark(struct bytes_reader *reader)
{
    const uint8_t *byte = bytes_take(reader, 1);

    if (byte == NULL || *byte != MARK) {
        return 0;
    }
    while (byte != NULL && *byte == MARK) {
        byte = bytes_take(reader, 1);
    }
    return byte == NULL ? 0 : *byte;
}

/* A segment without its mark: length with itself, then the rest. */
static const uint8_t *take_segment(struct bytes_reader *reader, size_t *size)
{
    const uint8_t *length = bytes_take(reader, 2);

    if (length == NULL || get_be(length, 2) < 2) {
        return NULL;
    }
    *size = get_be(length, 2) - 2;
    return bytes_take(reader, *size);
}

/* The decoder fills with grey what was cut off, so that the end is looked for
 * here. Pictures inside of segments (a preview) were passed over. */
static bool has_end(const struct bytes_reader *reader)
{
    for (size_t i = 1; i < reader->left; i++) {
        if (reader->next[i - 1] == MARK && reader->next[i] == EOI) {
            return true;
        }
    }
    return false;
}

/* Segments up to the picture itself; one of them is the frame. */
static bool find_jpeg(struct photo_size *found, struct bytes_reader *reader)
{
    bool is_found = false;

    if (next_mark(reader) != SOI) {
        return false;
    }
    for (;;) {
        uint8_t mark = next_mark(reader);
        size_t size = 0;
        const uint8_t *bytes = mark == 0 ? NULL : take_segment(reader, &size);

        if (bytes == NULL) {
            return false;
        }
        if (mark == SOS) {
            return is_found && has_end(reader);
        }
        if (is_frame(mark)) {
            if (is_found || size < 5) {
                return false;
            }
            found->height = get_be(bytes + 1, 2);
            found->width = get_be(bytes + 3, 2);
            is_found = true;
        }
    }
}

bool photo_find_size(struct photo_size *found, enum photo_form form,
                     const uint8_t *bytes, size_t size)
{
    struct bytes_reader reader = {bytes, size};
    struct photo_size made = {0, 0};
    bool is_found = form == PHOTO_PNG ? find_png(&made, &reader)
                                      : find_jpeg(&made, &reader);

    if (is_found) {
        *found = made;
    }
    return is_found;
}
