/* SPDX-License-Identifier: Apache-2.0 */
/* See page_html.h. */
#include "page_html.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "code.h"

/* How a policy names a style or script. */
static void put_source(struct page_out *out, const char *const *parts)
{
    enum {
        HASH_TEXT = sodium_base64_ENCODED_LEN(crypto_hash_sha256_BYTES,
                                              sodium_base64_VARIANT_ORIGINAL)
    };
    uint8_t hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state state;
    char text[HASH_TEXT];

    (void)crypto_hash_sha256_init(&state);
    for (size_t i = 0; parts[i] != NULL; i++) {
        (void)crypto_hash_sha256_update(&state, (const uint8_t *)parts[i],
                                        strlen(parts[i]));
    }
    (void)crypto_hash_sha256_final(&state, hash);
    page_put(out, "'sha256-");
    page_put(out, sodium_bin2base64(text, sizeof text, hash, sizeof hash,
                                    sodium_base64_VARIANT_ORIGINAL));
    page_put(out, "'");
}

static void put_parts(struct page_out *out, const char *const *parts)
{
    for (size_t i = 0; parts[i] != NULL; i++) {
        page_put(out, parts[i]);
    }
}

static void put_policy(struct page_out *out, const char *const *script)
{
    page_put(out, "<meta http-equiv=\"Content-Security-Policy\" content=\""
                  "default-src 'none'; base-uri 'none'; form-action 'none'; "
                  "style-src ");
    put_source(out, page_style);
    if (script != NULL) {
        page_put(out, "; script-src ");
        put_source(out, script);
    }
    page_put(out, "\">\n");
}

void page_html_begin(struct page_out *out, const struct page_facts *facts,
                     enum page_word title, const char *const *script)
{
    page_put(out, "<!DOCTYPE html>\n<html lang=\"kk\">\n<head>\n"
                  "<meta charset=\"utf-8\">\n");
    put_policy(out, script);
    page_put(out, "<meta name=\"viewport\" content=\"width=device-width, "
                  "initial-scale=1\">\n<meta name=\"referrer\" "
                  "content=\"no-referrer\">\n<title>");
    page_say(out, PAGE_KK, title);
    page_put(out, " · ");
    page_say(out, PAGE_RU, title);
    page_put(out, " · ");
    page_put_html(out, facts->title.of[PAGE_KK]);
    page_put(out, "</title>\n<style>");
    put_parts(out, page_style);
    page_put(out, "</style>\n</head>\n<body>\n");
}

void page_html_end(struct page_out *out, const char *const *script)
{
    if (script != NULL) {
        page_put(out, "<script>");
        put_parts(out, script);
        page_put(out, "</script>\n");
    }
    page_put(out, "</body>\n</html>\n");
}

void page_html_switch(struct page_out *out)
{
    page_put(out, "<input type=\"radio\" name=\"l\" id=\"l-kk\" checked>\n"
                  "<input type=\"radio\" name=\"l\" id=\"l-ru\">\n"
                  "<nav><label for=\"l-kk\" lang=\"kk\">Қазақша</label>"
                  "<label for=\"l-ru\" lang=\"ru\">Русский</label></nav>\n");
}

void page_html_open(struct page *page, enum page_language language)
{
    page->language = language;
    page_put(page->out, language == PAGE_KK ? "<main id=\"kk\" lang=\"kk\">\n"
                                            : "<main id=\"ru\" lang=\"ru\">\n");
    if (page->facts->mode == PACKAGE_REHEARSAL) {
        page_html_word(page, "<p class=\"warn\">", PAGE_WORD_REHEARSAL,
                       "</p>\n");
    }
}

void page_html_close(struct page *page)
{
    page_put(page->out, "</main>\n");
}

void page_html_title(struct page *page, enum page_word what)
{
    page_html_word(page, "<header><p class=\"over\">", PAGE_WORD_PROGRAMME,
                   "</p>\n");
    page_html_word(page, "<h1>", what, "</h1>\n<p class=\"name\">");
    page_html_text(page, &page->facts->title);
    page_put(page->out, "</p>\n<p>");
    page_html_text(page, &page->facts->place);
    page_put(page->out, "</p></header>\n");
}

struct package_text page_text_of(const struct page *page,
                                 const struct page_text *text)
{
    enum page_language other = page->language == PAGE_KK ? PAGE_RU : PAGE_KK;

    return text->of[page->language].size > 0 ? text->of[page->language]
                                             : text->of[other];
}

void page_html_text(struct page *page, const struct page_text *text)
{
    page_put_html(page->out, page_text_of(page, text));
}

void page_html_word(struct page *page, const char *before, enum page_word word,
                    const char *after)
{
    page_put(page->out, before);
    page_say(page->out, page->language, word);
    page_put(page->out, after);
}

void page_html_row(struct page *page, enum page_word label, const char *value)
{
    page_html_word(page, "<div><dt>", label, "</dt><dd>");
    page_put(page->out, value);
    page_put(page->out, "</dd></div>\n");
}

void page_html_row_number(struct page *page, enum page_word label,
                          uint64_t number)
{
    char text[PAGE_NUMBER_BYTES];

    page_number(text, number);
    page_html_row(page, label, text);
}

void page_html_row_money(struct page *page, enum page_word label,
                         uint64_t amount)
{
    char text[PAGE_NUMBER_BYTES];

    page_money(text, page->facts, amount);
    page_html_row(page, label, text);
}

void page_html_row_code(struct page *page, enum page_word label,
                        const uint8_t hash[static HASH_BYTES])
{
    char text[CODE_TEXT_BYTES];

    code_write(text, hash);
    page_html_word(page, "<div><dt>", label, "</dt><dd class=\"code\">");
    page_put(page->out, text);
    page_put(page->out, "</dd></div>\n");
}

void page_html_outcome(struct page *page, const struct page_proposal *proposal)
{
    enum page_word word =
        (enum page_word)(PAGE_WORD_FUNDED + (int)proposal->outcome);
    uint64_t number = proposal->outcome_number;
    char text[PAGE_NUMBER_BYTES] = "";

    switch (proposal->outcome) {
    case PAGE_UNDER_MINIMUM:
        page_count_genitive(text, page->language, number, PAGE_UNIT_VOTES);
        break;
    case PAGE_TOO_DEAR:
    case PAGE_UNSUPPORTED:
        page_money(text, page->facts, number);
        break;
    case PAGE_EXCLUDED:
        (void)snprintf(text, sizeof text, "%" PRIu64, number);
        break;
    case PAGE_FUNDED:
    case PAGE_NO_VOTES:
    case PAGE_NOT_COUNTED:
    case PAGE_OUTCOMES:
        break;
    }
    page_say_with(page->out, page->language, word, text);
}

/* ---- bars */

/* A share in thousandths; of numbers whose product would not fit, of what is
 * left of them when both are cut alike. */
static unsigned thousandths(uint64_t part, uint64_t whole)
{
    while (whole > UINT64_MAX / 1000) {
        whole >>= 10;
        part >>= 10;
    }
    if (whole == 0) {
        return 0;
    }
    return part >= whole ? 1000 : (unsigned)(part * 1000 / whole);
}

static void put_percent(struct page_out *out, const char *name, unsigned share)
{
    char text[48];

    (void)snprintf(text, sizeof text, " %s=\"%u.%u%%\"", name, share / 10,
                   share % 10);
    page_put(out, text);
}

/* Lengths are per cent of what room there is: text beside a bar keeps its size
 * whether the page is a phone or a sheet. Words say the same beside it. */
void page_html_bar(struct page *page, bool is_full, uint64_t part,
                   uint64_t whole, uint64_t mark)
{
    page_put(page->out, "<svg class=\"bar\" width=\"100%\" height=\"12\" "
                        "aria-hidden=\"true\"><rect y=\"1\" height=\"10\"");
    page_put(page->out, is_full ? " class=\"full\"" : " class=\"open\"");
    put_percent(page->out, "width", thousandths(part, whole));
    page_put(page->out, "/>");
    if (mark > 0 && mark <= whole) {
        unsigned share = thousandths(mark, whole);

        page_put(page->out, "<line y1=\"0\" y2=\"12\"");
        put_percent(page->out, "x1", share);
        put_percent(page->out, "x2", share);
        page_put(page->out, "/>");
    }
    page_put(page->out, "</svg>");
}
