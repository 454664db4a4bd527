/* SPDX-License-Identifier: Apache-2.0 */
/* Little-endian integers in byte strings (PROTOCOL.md section 2), and a reader
 * that cannot run past the end of what it was given.
 *
 * A struct is never written to disk or hashed: every layout goes through
 * these, field by field. This file includes nothing of ours.
 */
#ifndef AULA_BASE_BYTES_H
#define AULA_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline void put_le16(uint8_t out[2], uint16_t value)
{
    out[0] = (uint8_t)value;
    out[1] = (uint8_t)(value >> 8);
}

static inline void put_le32(uint8_t out[4], uint32_t value)
{
    put_le16(out, (uint16_t)value);
    put_le16(out + 2, (uint16_t)(value >> 16));
}

static inline void put_le64(uint8_t out[8], uint64_t value)
{
    put_le32(out, (uint32_t)value);
    put_le32(out + 4, (uint32_t)(value >> 32));
}

static inline uint16_t get_le16(const uint8_t in[2])
{
    return (uint16_t)(in[0] | ((unsigned)in[1] << 8));
}

static inline uint32_t get_le32(const uint8_t in[4])
{
    return (uint32_t)get_le16(in) | ((uint32_t)get_le16(in + 2) << 16);
}

static inline uint64_t get_le64(const uint8_t in[8])
{
    return (uint64_t)get_le32(in) | ((uint64_t)get_le32(in + 4) << 32);
}

/* What is left of a byte string that is being taken apart. */
struct bytes_reader {
    const uint8_t *next;
    size_t left; /* bytes */
};

/** Take `size` bytes off the front.
 *
 *  Returns: where they stand, or NULL when fewer are left (nothing is taken)
 */
static inline const uint8_t *bytes_take(struct bytes_reader *reader,
                                        size_t size)
{
    const uint8_t *start = reader->next;

    if (size > reader->left) {
        return NULL;
    }
    reader->next += size;
    reader->left -= size;
    return start;
}

/* Bytes that are being put together in caller's memory of known size. The
 * caller computed the size from the same layout; the writer asserts it. */
struct bytes_writer {
    uint8_t *start;
    size_t size; /* bytes written so far */
    size_t room; /* bytes at start */
};

/** Append `size` bytes; the caller guarantees room for them (asserted). */
void bytes_put(struct bytes_writer *writer, const void *bytes, size_t size);
void bytes_put_u8(struct bytes_writer *writer, uint8_t value);
void bytes_put_u16(struct bytes_writer *writer, uint16_t value);
void bytes_put_u32(struct bytes_writer *writer, uint32_t value);
void bytes_put_u64(struct bytes_writer *writer, uint64_t value);

/** Is this text of PROTOCOL.md 2.2: RFC 3629 UTF-8 without control characters,
 *  line and paragraph separators and the marks that turn the reading direction
 *  (U+0000..1F, 7F..9F, 2028..202E, 2066..2069)? The length is the caller's
 *  check. An empty string passes.
 */
bool bytes_are_text(const uint8_t *text, size_t size);

/** Decode one code point of RFC 3629 UTF-8 (no surrogates, no overlong form).
 *
 *  Returns: bytes used, 1..4, or 0 when the text is empty or not UTF-8
 *  Out:     point  the code point, written on success only
 */
size_t bytes_utf8(const uint8_t *text, size_t size, uint32_t *point);

#endif
