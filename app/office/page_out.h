/* SPDX-License-Identifier: Apache-2.0 */
/* A file of the result in the making: bytes on their way to a sink, and texts
 * escaped for where they stand.
 *
 * The first failure of the sink stays and nothing is written after it;
 * page_end tells it. So what writes a page reads as a list of what stands on
 * it.
 */
#ifndef AULA_PAGE_OUT_H
#define AULA_PAGE_OUT_H

#include "page.h"

enum { PAGE_BUFFER_BYTES = 16 * 1024 };

struct page_out {
    struct pabulib_sink sink;
    enum aula_code code;
    struct aula_error *err;
    size_t used;
    uint8_t buffer[PAGE_BUFFER_BYTES];
};

/** Begin. Owner: the sink's context and `err` stay until page_end. */
void page_begin(struct page_out *out, const struct pabulib_sink *sink,
                struct aula_error *err);

/** Hand over what is left.
 *
 *  Returns: AULA_OK, or the first failure of the sink
 */
AULA_MUST_CHECK enum aula_code page_end(struct page_out *out);

/** Bytes as they are: markup of ours. */
void page_put(struct page_out *out, const char *string);
void page_put_bytes(struct page_out *out, const void *bytes, size_t size);

/** A number in decimal, without groups. */
void page_put_number(struct page_out *out, uint64_t number);

/** Bytes in lower-case hexadecimal. */
void page_put_hex(struct page_out *out, const uint8_t *bytes, size_t size);

/** Millionths as a decimal number with six places, "-0.000001". */
void page_put_millionths(struct page_out *out, int32_t millionths);

/** Text for HTML, between tags or within quotes of either kind. What is no text
 *  of PROTOCOL.md 2.2 becomes U+FFFD, a line feed a blank. */
void page_put_html(struct page_out *out, struct package_text text);

/** Text within the quotes of a JSON string; not the quotes. Also safe inside
 *  of a script element: every "<" is escaped. */
void page_put_json(struct page_out *out, struct package_text text);

/** One field of CSV, quoted (RFC 4180). A text that a spreadsheet would take
 *  for a formula gets an apostrophe in front. */
void page_put_csv(struct page_out *out, struct package_text text);

#endif
