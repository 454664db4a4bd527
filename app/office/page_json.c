/* SPDX-License-Identifier: Apache-2.0 */
/* See page_json.h. */
#include "page_json.h"

#include "paper.h"

static void comma(struct page_json *json)
{
    if (json->has_before) {
        page_put(json->out, ",");
    }
    json->has_before = true;
}

void page_json_open(struct page_json *json, const char *with)
{
    comma(json);
    page_put(json->out, with);
    json->has_before = false;
}

void page_json_close(struct page_json *json, const char *with)
{
    page_put(json->out, with);
    json->has_before = true;
}

void page_json_key(struct page_json *json, const char *key)
{
    comma(json);
    page_put(json->out, "\"");
    page_put(json->out, key);
    page_put(json->out, "\":");
    json->has_before = false;
}

void page_json_add_text(struct page_json *json, struct package_text text)
{
    comma(json);
    page_put(json->out, "\"");
    page_put_json(json->out, text);
    page_put(json->out, "\"");
}

void page_json_add_number(struct page_json *json, uint64_t number)
{
    comma(json);
    page_put_number(json->out, number);
}

void page_json_add_millionths(struct page_json *json, int32_t millionths)
{
    comma(json);
    page_put_millionths(json->out, millionths);
}

void page_json_add_seconds(struct page_json *json, int32_t seconds)
{
    comma(json);
    page_put(json->out, seconds < 0 ? "-" : "");
    page_put_number(json->out,
                    seconds < 0 ? 0U - (uint32_t)seconds : (uint32_t)seconds);
}

void page_json_add_null(struct page_json *json)
{
    comma(json);
    page_put(json->out, "null");
}

void page_json_text(struct page_json *json, const char *key,
                    struct package_text text)
{
    page_json_key(json, key);
    page_json_add_text(json, text);
}

void page_json_name(struct page_json *json, const char *key, const char *name)
{
    page_json_text(json, key, paper_text_of(name));
}

void page_json_number(struct page_json *json, const char *key, uint64_t number)
{
    page_json_key(json, key);
    page_json_add_number(json, number);
}

void page_json_flag(struct page_json *json, const char *key, bool value)
{
    page_json_key(json, key);
    comma(json);
    page_put(json->out, value ? "true" : "false");
}

void page_json_hex(struct page_json *json, const char *key,
                   const uint8_t *bytes, size_t size)
{
    page_json_key(json, key);
    comma(json);
    page_put(json->out, "\"");
    page_put_hex(json->out, bytes, size);
    page_put(json->out, "\"");
}

void page_json_null(struct page_json *json, const char *key)
{
    page_json_key(json, key);
    page_json_add_null(json);
}

void page_json_both(struct page_json *json, const char *key,
                    const struct page_text *text)
{
    page_json_key(json, key);
    if (text->of[PAGE_KK].size == 0 && text->of[PAGE_RU].size == 0) {
        page_json_add_null(json);
        return;
    }
    page_json_open(json, "{");
    page_json_text(json, "kk", text->of[PAGE_KK]);
    page_json_text(json, "ru", text->of[PAGE_RU]);
    page_json_close(json, "}");
}
