/* SPDX-License-Identifier: Apache-2.0 */
/* The text inside a QR picture; see code.h.
 *
 *   offset  size   field
 *        0     6   "AULA1:" or "AULC1:"
 *        6    52   hash, 256 bits and 4 that are zero
 *       58     1   ":"
 *       59    26   tid, 128 bits and 2 that are zero
 *       85     1   ":"
 *       86  1..20  seq, decimal without leading zeros
 */
#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "bytes.h"
#include "code.h"
#include "code_alphabet.h"

enum { HEAD_CHARS = 6, HASH_CHARS = 52, TID_CHARS = 26, SEQ_CHARS_MAX = 20 };

static_assert(HEAD_CHARS + HASH_CHARS + 1 + TID_CHARS + 1 + SEQ_CHARS_MAX + 1 ==
                  (int)CODE_QR_BYTES,
              "room for the longest text");

static const char *head_text(enum code_head head)
{
    const char *text = NULL;

    switch (head) {
    case CODE_HEAD_BALLOT:
        text = "AULA1:";
        break;
    case CODE_HEAD_CLOSING:
        text = "AULC1:";
        break;
    }
    assert(text != NULL);
    return text;
}

static void put_chars(char *text, size_t chars, const uint8_t *bytes,
                      size_t size)
{
    for (size_t n = 0; n < chars; n++) {
        text[n] = code_char(code_bits(bytes, size, n));
    }
}

void code_qr_write(char text[static CODE_QR_BYTES], enum code_head head,
                   const struct code_qr *qr)
{
    char *at = text;

    assert(qr->seq > 0);
    memcpy(at, head_text(head), HEAD_CHARS);
    at += HEAD_CHARS;
    put_chars(at, HASH_CHARS, qr->hash, sizeof qr->hash);
    at += HASH_CHARS;
    *at++ = ':';
    put_chars(at, TID_CHARS, qr->tid, sizeof qr->tid);
    at += TID_CHARS;
    *at++ = ':';
    (void)snprintf(at, SEQ_CHARS_MAX + 1, "%" PRIu64, qr->seq);
}

/* Take `chars` characters as `size` bytes and bits to spare, which are zero. */
static bool take_bytes(uint8_t *bytes, size_t size, struct bytes_reader *reader,
                       size_t chars)
{
    const uint8_t *text = bytes_take(reader, chars);
    unsigned held = 0; /* bits that fill no byte yet, on the right */
    unsigned held_count = 0;
    size_t done = 0;

    for (size_t n = 0; text != NULL && n < chars; n++) {
        unsigned value = code_value(text[n]);

        if (value == CODE_NO_VALUE) {
            return false;
        }
        held = held << 5 | value;
        held_count += 5;
        if (held_count >= 8 && done < size) {
            held_count -= 8;
            bytes[done] = (uint8_t)(held >> held_count);
            done++;
            held &= (1U << held_count) - 1U;
        }
    }
    return text != NULL && held == 0;
}

static bool take_text(struct bytes_reader *reader, const char *text,
                      size_t size)
{
    const uint8_t *start = bytes_take(reader, size);

    return start != NULL && memcmp(start, text, size) == 0;
}

/* The rest is seq: 1..2^64 - 1, no sign, no leading zero. */
static bool take_seq(uint64_t *seq, struct bytes_reader *reader)
{
    uint64_t value = 0;

    if (reader->left == 0 || *reader->next == '0') {
        return false;
    }
    for (; reader->left > 0; reader->left--, reader->next++) {
        unsigned digit = *reader->next - (unsigned)'0';

        if (digit > 9 || value > (UINT64_MAX - digit) / 10) {
            return false;
        }
        value = 10 * value + digit;
    }
    *seq = value;
    return true;
}

enum aula_code code_qr_read(struct code_qr *qr, enum code_head head,
                            const uint8_t *text, size_t text_size,
                            struct aula_error *err)
{
    struct bytes_reader reader = {text, text_size};
    struct code_qr found = {0};

    if (!take_text(&reader, head_text(head), HEAD_CHARS) ||
        !take_bytes(found.hash, sizeof found.hash, &reader, HASH_CHARS) ||
        !take_text(&reader, ":", 1) ||
        !take_bytes(found.tid, sizeof found.tid, &reader, TID_CHARS) ||
        !take_text(&reader, ":", 1) || !take_seq(&found.seq, &reader)) {
        return aula_fail(err, AULA_CODE_FORMAT, "QR: not a text of ours");
    }
    *qr = found;
    return AULA_OK;
}
