/* SPDX-License-Identifier: Apache-2.0 */
/* protocol.html: the protocol for signature on paper. Kazakh, then Russian on a
 * sheet of its own; both print, whatever the screen shows. It carries no date
 * of its own: who signs writes it. */
#include "page_rank.h"
#include "page_report_parts.h"

static void put_funded(struct page *page, const struct page_contest *contest)
{
    struct page_ranked ranked[PLAINTEXT_PROPOSALS_MAX];
    size_t count = page_funded_count(contest);
    char text[PAGE_NUMBER_BYTES];

    (void)page_rank(ranked, contest);
    page_html_word(page, "<h3>", PAGE_WORD_FUNDED_LIST, "</h3>\n");
    if (count == 0) {
        page_html_word(page, "<p>", PAGE_WORD_FUNDED_NONE, "</p>\n");
        return;
    }
    page_html_word(page, "<table><thead><tr><th>", PAGE_WORD_NUMBER, "</th>");
    page_html_word(page, "<th>", PAGE_WORD_PROPOSAL, "</th>");
    page_html_word(page, "<th class=\"n\">",
                   contest->is_by_points ? PAGE_WORD_POINTS : PAGE_WORD_VOTES,
                   "</th>");
    page_html_word(page, "<th class=\"n\">", PAGE_WORD_COST,
                   "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < count; i++) {
        page_put(page->out, "<tr><td>");
        page_put_number(page->out, ranked[i].proposal->number);
        page_put(page->out, "</td><td>");
        page_html_text(page, &ranked[i].proposal->title);
        page_put(page->out, "</td><td class=\"n\">");
        page_number(text, ranked[i].score);
        page_put(page->out, text);
        page_put(page->out, "</td><td class=\"n\">");
        page_money(text, page->facts, ranked[i].proposal->cost);
        page_put(page->out, text);
        page_put(page->out, "</td></tr>\n");
    }
    page_put(page->out, "</tbody></table>\n");
}

static void put_contest(struct page *page, const struct page_contest *contest)
{
    page_put(page->out, "<section><h2>");
    page_html_text(page, &contest->name);
    page_put(page->out, "</h2>\n");
    page_put_rule(page, contest);
    page_html_word(page, "<h3>", PAGE_WORD_BALLOTS, "</h3>\n<dl>\n");
    page_put_ballots(page, contest);
    page_put(page->out, "</dl>\n<dl>\n");
    page_html_row_money(page, PAGE_WORD_BUDGET, contest->budget);
    page_html_row_money(page, PAGE_WORD_SPENT, contest->spent);
    page_put(page->out, "</dl>\n");
    switch (contest->status) {
    case PAGE_COUNTED:
        put_funded(page, contest);
        break;
    case PAGE_EMPTY:
        page_html_word(page, "<p><b>", PAGE_WORD_EMPTY, "</b></p>\n");
        break;
    case PAGE_WITHHELD: {
        char text[PAGE_NUMBER_BYTES];

        page_number(text, contest->min_anon);
        page_put(page->out, "<p><b>");
        page_say_with(page->out, page->language, PAGE_WORD_WITHHELD, text);
        page_put(page->out, "</b></p>\n");
        break;
    }
    }
    page_put(page->out, "</section>\n");
}

static void put_line(struct page *page, enum page_word who,
                     struct package_text name)
{
    page_html_word(page, "<tr><td>", who, "</td><td>");
    page_put_html(page->out, name);
    page_put(page->out, "</td><td></td><td></td></tr>\n");
}

/* Trustees by their names; the others write theirs. */
static void put_signatures(struct page *page)
{
    static const enum page_word others[] = {
        PAGE_WORD_CHAIR, PAGE_WORD_MEMBER, PAGE_WORD_MEMBER, PAGE_WORD_OBSERVER,
        PAGE_WORD_OBSERVER};
    const struct page_facts *facts = page->facts;

    page_html_word(page, "<section><h2>", PAGE_WORD_SIGNATURES,
                   "</h2>\n<table class=\"sign\"><thead><tr><th></th><th>");
    page_say(page->out, page->language, PAGE_WORD_NAME);
    page_html_word(page, "</th><th>", PAGE_WORD_SIGNATURE, "</th>");
    page_html_word(page, "<th>", PAGE_WORD_DATE, "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        put_line(page, others[i], (struct package_text){"", 0});
    }
    for (size_t i = 0; i < facts->trustee_count; i++) {
        put_line(page, PAGE_WORD_TRUSTEE, facts->trustees[i].name);
    }
    page_put(page->out, "</tbody></table></section>\n");
}

static void put_language(struct page *page, enum page_language language)
{
    char day[PAGE_NUMBER_BYTES];

    page_html_open(page, language);
    page_html_title(page, PAGE_WORD_PROTOCOL);
    page_html_word(page, "<p>", PAGE_WORD_DATES, ": ");
    page_day(day, page->facts->first_day);
    page_put(page->out, day);
    page_day(day, page->facts->last_day);
    page_put(page->out, " – ");
    page_put(page->out, day);
    page_put(page->out, "</p>\n");
    for (size_t i = 0; i < page->facts->contest_count; i++) {
        put_contest(page, &page->facts->contests[i]);
    }
    page_put_codes(page);
    put_signatures(page);
    page_html_close(page);
}

enum aula_code page_write_protocol(const struct pabulib_sink *sink,
                                   const struct page_facts *facts,
                                   struct aula_error *err)
{
    struct page_out out;
    struct page page = {.out = &out, .facts = facts};

    page_begin(&out, sink, err);
    page_html_begin(&out, facts, PAGE_WORD_PROTOCOL, NULL);
    page_put(&out, "<div class=\"sheet\">\n");
    put_language(&page, PAGE_KK);
    put_language(&page, PAGE_RU);
    page_put(&out, "</div>\n");
    page_html_end(&out, NULL);
    return page_end(&out);
}
