/* SPDX-License-Identifier: Apache-2.0 */
/* index.html: is my ballot in the record? Looked up in a table that is part of
 * the page, so that it works from a stick and tells nobody who looked.
 *
 * The table: 24 bytes a ballot in base64, which are 32 characters, sorted.
 *
 *   offset  size  field
 *        0    12  the first 95 bits of the code hash, and a zero: what a code
 *                 of 19 characters and its check character says
 *       12     2  index of the terminal, little-endian like all that follows
 *       14     2  contest
 *       16     1  enum page_code_state
 *       17     3  seq; at most 2^20 (record.h)
 *       20     4  time, unix seconds; what is later than they can say is all
 *                 ones
 */
#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "bytes.h"
#include "page_index_parts.h"
#include "page_index_words.h"
#include "page_json.h"

enum { ROW_BYTES = 24, ROW_CHARS = 32 };

static void put_row(struct page_out *out, const struct page_code *code)
{
    uint8_t row[ROW_BYTES];
    char text[ROW_CHARS + 1];

    assert(code->seq < 1U << 24);
    memcpy(row, code->code, PAGE_CODE_BYTES);
    put_le16(row + 12, code->terminal);
    put_le16(row + 14, code->contest);
    row[16] = code->state;
    put_le16(row + 17, (uint16_t)code->seq);
    row[19] = (uint8_t)(code->seq >> 16);
    put_le32(row + 20,
             code->time < UINT32_MAX ? (uint32_t)code->time : UINT32_MAX);
    page_put_bytes(out,
                   sodium_bin2base64(text, sizeof text, row, sizeof row,
                                     sodium_base64_VARIANT_ORIGINAL),
                   ROW_CHARS);
}

/* Neither block is a script: a browser keeps them as text. */
static void put_table(struct page_out *out, const struct page_facts *facts)
{
    page_put(out, "<script type=\"application/octet-stream\" id=\"table\">");
    for (size_t i = 0; i < facts->code_count; i++) {
        put_row(out, &facts->codes[i]);
    }
    page_put(out, "</script>\n");
}

static void put_names(struct page *page, struct page_json *json,
                      enum page_language language, const char *key)
{
    page->language = language;
    page_json_key(json, key);
    page_json_open(json, "[");
    for (size_t i = 0; i < page->facts->contest_count; i++) {
        page_json_add_text(json,
                           page_text_of(page, &page->facts->contests[i].name));
    }
    page_json_close(json, "]");
}

static void put_about(struct page *page)
{
    struct page_json json = {.out = page->out};

    page_put(page->out, "<script type=\"application/json\" id=\"about\">");
    page_json_open(&json, "{");
    page_json_number(&json, "count", page->facts->code_count);
    page_json_key(&json, "offset");
    page_json_add_seconds(&json, page->facts->utc_offset_s);
    page_json_key(&json, "terminals");
    page_json_open(&json, "[");
    for (size_t i = 0; i < page->facts->terminal_count; i++) {
        page_json_add_text(&json, page->facts->terminals[i].label);
    }
    page_json_close(&json, "]");
    put_names(page, &json, PAGE_KK, "kk");
    put_names(page, &json, PAGE_RU, "ru");
    page_json_close(&json, "}");
    page_put(page->out, "</script>\n");
}

static void say(struct page *page, const char *before,
                enum page_index_word word, const char *after)
{
    page_put(page->out, before);
    page_put(page->out, page_index_word(page->language, word));
    page_put(page->out, after);
}

static void put_form(struct page *page)
{
    say(page, "<p>", PAGE_INDEX_LEAD, "</p>\n");
    /* Hidden until there is a script to look up with. */
    say(page, "<form hidden autocomplete=\"off\"><label><b>", PAGE_INDEX_ENTER,
        "</b><input type=\"text\" maxlength=\"400\" "
        "spellcheck=\"false\" autocapitalize=\"characters\" "
        "placeholder=\"XXXX-XXXX-XXXX-XXXX-XXXX\"></label>");
    say(page, "<p class=\"small\">", PAGE_INDEX_HINT, "</p>");
    say(page, "<button>", PAGE_INDEX_FIND, "</button></form>\n");
    say(page, "<noscript><p class=\"warn\">", PAGE_INDEX_WITHOUT,
        "</p><p><code>aula verify BOARD --code CODE</code></p></noscript>\n");
}

static void put_answers(struct page *page)
{
    page_put(page->out, "<div aria-live=\"polite\">\n");
    say(page, "<p class=\"warn\" data-w=\"format\" hidden>", PAGE_INDEX_FORMAT,
        "</p>\n");
    say(page, "<p class=\"warn\" data-w=\"check\" hidden>", PAGE_INDEX_CHECK,
        "</p>\n");
    say(page, "<p class=\"warn\" data-w=\"qr\" hidden>", PAGE_INDEX_QR,
        "</p>\n");
    say(page, "<p class=\"warn\" data-w=\"several\" hidden>",
        PAGE_INDEX_SEVERAL, "</p>\n");
    say(page,
        "<div class=\"found bad\" data-w=\"absent\" hidden>"
        "<p class=\"state\">",
        PAGE_INDEX_ABSENT, "</p><p class=\"code\" data-a></p>");
    say(page, "<p>", PAGE_INDEX_ABSENT_DO, "</p></div>\n");
    page_put(page->out, "<div class=\"results\"></div></div>\n");
}

static void put_field(struct page *page, enum page_index_word word,
                      const char *field)
{
    say(page, "<div><dt>", word, "</dt><dd data-f=\"");
    page_put(page->out, field);
    page_put(page->out, "\"></dd></div>\n");
}

/* What stands for a ballot that was found. */
static void put_card(struct page *page)
{
    page_put(page->out, "<template><div class=\"found\">\n");
    for (int i = 0; i < PAGE_CODE_STATES; i++) {
        enum page_code_state state = (enum page_code_state)i;

        page_put(page->out, "<div data-s=\"");
        page_put_number(page->out, (uint64_t)i);
        page_put(page->out, "\" hidden><p class=\"state\">");
        page_put(page->out, page_index_state(page->language, state));
        page_put(page->out, "</p><p>");
        page_put(page->out, page_index_meaning(page->language, state));
        page_put(page->out, "</p></div>\n");
    }
    page_put(page->out, "<dl>\n");
    put_field(page, PAGE_INDEX_CODE, "code");
    put_field(page, PAGE_INDEX_TERMINAL, "terminal");
    put_field(page, PAGE_INDEX_SEQ, "seq");
    put_field(page, PAGE_INDEX_TIME, "time");
    put_field(page, PAGE_INDEX_CONTEST, "contest");
    say(page, "</dl><p><b>", PAGE_INDEX_ASK, "</b></p>\n");
    say(page, "<details><summary>", PAGE_INDEX_YES, "</summary>");
    say(page, "<p>", PAGE_INDEX_YES_MEANS, "</p></details>\n");
    say(page, "<details><summary>", PAGE_INDEX_NO, "</summary>");
    say(page, "<p>", PAGE_INDEX_NO_MEANS, "</p></details>\n");
    page_put(page->out, "</div></template>\n");
}

static void put_language(struct page *page, enum page_language language)
{
    page_html_open(page, language);
    page_html_title(page, PAGE_WORD_LOOK_UP);
    put_form(page);
    put_answers(page);
    put_card(page);
    say(page, "<p class=\"small\">", PAGE_INDEX_SECRET, "</p>\n");
    say(page, "<p><a href=\"report.html\">", PAGE_INDEX_REPORT, "</a></p>\n");
    page_html_close(page);
}

enum aula_code page_write_index(const struct pabulib_sink *sink,
                                const struct page_facts *facts,
                                struct aula_error *err)
{
    struct page_out out;
    struct page page = {.out = &out, .facts = facts};

    page_begin(&out, sink, err);
    page_html_begin(&out, facts, PAGE_WORD_LOOK_UP, page_index_script);
    page_html_switch(&out);
    put_language(&page, PAGE_KK);
    put_language(&page, PAGE_RU);
    put_about(&page);
    put_table(&out, facts);
    page_html_end(&out, page_index_script);
    return page_end(&out);
}
