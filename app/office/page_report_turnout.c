/* SPDX-License-Identifier: Apache-2.0 */
/* Turnout by hall and day on the report: a bar for each, then the whole table,
 * a week at a time so that it fits a phone and a sheet. */
#include "page_report_parts.h"

enum { DAYS_IN_A_ROW = 7 };

/* A bar with its number; both are left out where it is hidden. */
static void put_bar(struct page *page, const struct page_cells *cells,
                    size_t row, size_t column, uint64_t most)
{
    char text[PAGE_NUMBER_BYTES] = "–";
    bool is_hidden = page_cells_is_hidden(cells, row, column);
    uint64_t count = page_cells_count(cells, row, column);

    if (!is_hidden) {
        page_number(text, count);
    }
    page_html_bar(page, true, is_hidden ? 0 : count, most, 0);
    page_put(page->out, "<span class=\"n\">");
    page_put(page->out, text);
    page_put(page->out, "</span></li>\n");
}

static void put_label(struct page *page, const struct page_terminal *terminal)
{
    page_put_html(page->out, terminal->label);
    if (terminal->is_late) {
        page_html_word(page, " (", PAGE_WORD_LATE, ")");
    }
}

static void put_terminals(struct page *page, const struct page_cells *cells)
{
    uint64_t most = 0;

    for (size_t i = 0; i < cells->rows; i++) {
        uint64_t count = page_cells_count(cells, i, cells->columns);

        most = count > most ? count : most;
    }
    page_html_word(page, "<h3>", PAGE_WORD_BY_TERMINAL,
                   "</h3>\n<ul class=\"bars\">\n");
    for (size_t i = 0; i < cells->rows; i++) {
        page_put(page->out, "<li><span>");
        put_label(page, &page->facts->terminals[i]);
        page_put(page->out, "</span>");
        put_bar(page, cells, i, cells->columns, most);
    }
    page_put(page->out, "</ul>\n");
}

static void put_day(struct page *page, size_t column)
{
    char text[PAGE_NUMBER_BYTES];

    page_day(text, page->facts->first_day + (int32_t)column);
    page_put(page->out, text);
}

static void put_days(struct page *page, const struct page_cells *cells)
{
    uint64_t most = 0;

    for (size_t i = 0; i < cells->columns; i++) {
        uint64_t count = page_cells_count(cells, cells->rows, i);

        most = count > most ? count : most;
    }
    page_html_word(page, "<h3>", PAGE_WORD_BY_DAY,
                   "</h3>\n<ul class=\"bars\">\n");
    for (size_t i = 0; i < cells->columns; i++) {
        page_put(page->out, "<li><span>");
        put_day(page, i);
        page_put(page->out, "</span>");
        put_bar(page, cells, cells->rows, i, most);
    }
    page_put(page->out, "</ul>\n");
}

static void put_cells(struct page *page, const struct page_cells *cells,
                      size_t row, size_t first, size_t count)
{
    char text[PAGE_NUMBER_BYTES];

    for (size_t column = first; column < first + count; column++) {
        page_put(page->out, "<td class=\"n\">");
        if (page_cells_is_hidden(cells, row, column)) {
            page_put(page->out, "–");
        } else {
            page_number(text, page_cells_count(cells, row, column));
            page_put(page->out, text);
        }
        page_put(page->out, "</td>");
    }
    page_put(page->out, "</tr>\n");
}

/* "06.04": the year stands above. */
static void put_week(struct page *page, const struct page_cells *cells,
                     size_t first, size_t count)
{
    char text[PAGE_NUMBER_BYTES];

    page_html_word(page, "<table class=\"days\"><thead><tr><th>",
                   PAGE_WORD_TERMINAL, "</th>");
    for (size_t column = first; column < first + count; column++) {
        page_day(text, page->facts->first_day + (int32_t)column);
        page_put(page->out, "<th class=\"n\">");
        page_put_bytes(page->out, text, 5);
        page_put(page->out, "</th>");
    }
    page_put(page->out, "</tr></thead><tbody>\n");
    for (size_t row = 0; row < cells->rows; row++) {
        page_put(page->out, "<tr><td>");
        put_label(page, &page->facts->terminals[row]);
        page_put(page->out, "</td>");
        put_cells(page, cells, row, first, count);
    }
    page_html_word(page, "<tr><td><b>", PAGE_WORD_TOTAL, "</b></td>");
    put_cells(page, cells, cells->rows, first, count);
    page_put(page->out, "</tbody></table>\n");
}

void page_put_turnout(struct page *page, const struct page_cells *cells)
{
    char text[PAGE_NUMBER_BYTES];

    page_html_word(page, "<section><h2>", PAGE_WORD_TURNOUT, "</h2>\n<p>");
    page_say(page->out, page->language, PAGE_WORD_TURNOUT_NOTE);
    page_number(text, page_cells_count(cells, cells->rows, cells->columns));
    page_html_word(page, " ", PAGE_WORD_TOTAL, ": <b>");
    page_put(page->out, text);
    page_put(page->out, "</b>.</p>\n");
    if (page->facts->small_cell > 0) {
        page_number(text, page->facts->small_cell);
        page_put(page->out, "<p class=\"small\">");
        page_say_with(page->out, page->language, PAGE_WORD_TURNOUT_HIDDEN,
                      text);
        page_put(page->out, "</p>\n");
    }
    put_terminals(page, cells);
    put_days(page, cells);
    for (size_t first = 0; first < cells->columns; first += DAYS_IN_A_ROW) {
        size_t left = cells->columns - first;

        put_week(page, cells, first,
                 left < DAYS_IN_A_ROW ? left : DAYS_IN_A_ROW);
    }
    page_put(page->out, "</section>\n");
}
