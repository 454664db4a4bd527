/* SPDX-License-Identifier: Apache-2.0 */
/* JSON written piece by piece. Commas come by themselves; that objects and
 * lists are closed as they were opened is the caller's.
 *
 * Why not the JSON library that reads: it would hold the whole tree in memory,
 * and coordinates would pass through floating point.
 */
#ifndef AULA_PAGE_JSON_H
#define AULA_PAGE_JSON_H

#include "page_out.h"

struct page_json {
    struct page_out *out;
    bool has_before; /* a value on this level: a comma is due */
};

/** `with` is one of { } [ ]. */
void page_json_open(struct page_json *json, const char *with);
void page_json_close(struct page_json *json, const char *with);

/** A key of ours; its value or what opens it comes next. */
void page_json_key(struct page_json *json, const char *key);

/** A value of a list. */
void page_json_add_text(struct page_json *json, struct package_text text);
void page_json_add_number(struct page_json *json, uint64_t number);
void page_json_add_millionths(struct page_json *json, int32_t millionths);
void page_json_add_seconds(struct page_json *json, int32_t seconds);
void page_json_add_null(struct page_json *json);

/** A key with its value. */
void page_json_text(struct page_json *json, const char *key,
                    struct package_text text);
void page_json_name(struct page_json *json, const char *key, const char *name);
void page_json_number(struct page_json *json, const char *key, uint64_t number);
void page_json_flag(struct page_json *json, const char *key, bool value);
void page_json_hex(struct page_json *json, const char *key,
                   const uint8_t *bytes, size_t size);
void page_json_null(struct page_json *json, const char *key);

/** {"kk": .., "ru": ..}, or null where neither is given. */
void page_json_both(struct page_json *json, const char *key,
                    const struct page_text *text);

#endif
