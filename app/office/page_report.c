/* SPDX-License-Identifier: Apache-2.0 */
/* report.html, from its top to its end; see page.h. */
#include "page_report_parts.h"

#include <stdio.h>

static void put_dates(struct page *page)
{
    char first[PAGE_NUMBER_BYTES];
    char last[PAGE_NUMBER_BYTES];

    page_day(first, page->facts->first_day);
    page_day(last, page->facts->last_day);
    page_html_word(page, "<p>", PAGE_WORD_DATES, ": ");
    page_put(page->out, first);
    page_put(page->out, " – ");
    page_put(page->out, last);
    page_put(page->out, "</p>\n");
}

/* Where something is not explained, the reader learns it first. */
static void put_open(struct page *page)
{
    for (size_t i = 0; i < page->facts->finding_count; i++) {
        if (page->facts->findings[i].is_open) {
            page_html_word(page, "<p class=\"warn\">", PAGE_WORD_OPEN_NOTE,
                           "</p>\n");
            return;
        }
    }
}

static void put_language(struct page *page, enum page_language language,
                         const struct page_cells *cells)
{
    page_html_open(page, language);
    page_html_title(page, PAGE_WORD_RESULT);
    put_dates(page);
    put_open(page);
    for (size_t i = 0; i < page->facts->contest_count; i++) {
        page_put_contest(page, &page->facts->contests[i]);
    }
    page_put_turnout(page, cells);
    page_put_reconciliation(page);
    page_put_trustees(page);
    page_put_codes(page);
    page_html_close(page);
}

enum aula_code page_write_report(const struct pabulib_sink *sink,
                                 const struct page_facts *facts,
                                 struct aula_error *err)
{
    struct page_out out;
    struct page page = {.out = &out, .facts = facts};
    struct page_cells cells;
    enum aula_code code;

    code = page_cells_open(&cells, facts->turnout, facts->terminal_count,
                           facts->day_count, facts->small_cell, err);
    if (code != AULA_OK) {
        return code;
    }
    page_begin(&out, sink, err);
    page_html_begin(&out, facts, PAGE_WORD_RESULT, NULL);
    page_html_switch(&out);
    put_language(&page, PAGE_KK, &cells);
    put_language(&page, PAGE_RU, &cells);
    page_html_end(&out, NULL);
    page_cells_close(&cells);
    return page_end(&out);
}
