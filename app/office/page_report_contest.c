/* SPDX-License-Identifier: Apache-2.0 */
/* One contest on the report: its money, how it was counted, each proposal with
 * its outcome in plain words, every tie and how it fell. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "page_rank.h"
#include "page_report_parts.h"

/* ---- money and rules */

static void put_money(struct page *page, const struct page_contest *contest)
{
    page_put(page->out, "<dl class=\"sums\">\n");
    page_html_row_money(page, PAGE_WORD_BUDGET, contest->budget);
    page_html_row_money(page, PAGE_WORD_SPENT, contest->spent);
    page_html_row_money(page, PAGE_WORD_LEFT,
                        contest->spent < contest->budget
                            ? contest->budget - contest->spent
                            : 0);
    page_html_row_number(page, PAGE_WORD_FUNDED_COUNT,
                         page_funded_count(contest));
    page_put(page->out, "</dl>\n");
}

void page_put_rule(struct page *page, const struct page_contest *contest)
{
    const char *words = page_rule_words(page->language, contest->rule);

    page_html_word(page, "<p class=\"small\">", PAGE_WORD_RULE, ": ");
    page_put(page->out, words != NULL ? words : "");
    page_put(page->out, " (<code>");
    page_put_html(page->out,
                  (struct package_text){contest->rule, strlen(contest->rule)});
    page_put(page->out, "</code>). ");
    if (contest->minimum_votes > 0) {
        char text[PAGE_NUMBER_BYTES];

        page_number(text, contest->minimum_votes);
        page_html_word(page, "", PAGE_WORD_MINIMUM, ": ");
        page_put(page->out, text);
        page_put(page->out, ". ");
    }
    page_html_word(page, "", PAGE_WORD_TIES_BY, ": ");
    page_say(page->out, page->language,
             (enum page_word)(PAGE_WORD_TIES_ID + (int)contest->ties_by));
    page_put(page->out, ".</p>\n");
}

/* ---- ballots */

static uint64_t excluded_in_all(const struct page_contest *contest)
{
    uint64_t sum = 0;

    for (int i = 0; i < PAGE_EXCLUSIONS; i++) {
        sum += contest->excluded[i];
    }
    return sum;
}

static void put_status(struct page *page, const struct page_contest *contest)
{
    char text[PAGE_NUMBER_BYTES];

    switch (contest->status) {
    case PAGE_EMPTY:
        page_html_word(page, "<p class=\"warn\">", PAGE_WORD_EMPTY, "</p>\n");
        break;
    case PAGE_WITHHELD:
        page_number(text, contest->min_anon);
        page_put(page->out, "<p class=\"warn\">");
        page_say_with(page->out, page->language, PAGE_WORD_WITHHELD, text);
        page_put(page->out, "</p>\n");
        break;
    case PAGE_COUNTED:
        break;
    }
}

void page_put_ballots(struct page *page, const struct page_contest *contest)
{
    page_html_row_number(page, PAGE_WORD_CAST, contest->cast);
    page_html_row_number(page, PAGE_WORD_EXCLUDED, excluded_in_all(contest));
    page_put(page->out, "</dl><dl class=\"in\">\n");
    for (int i = 0; i < PAGE_EXCLUSIONS; i++) {
        if (contest->excluded[i] > 0) {
            page_html_row_number(page, (enum page_word)(PAGE_WORD_REVOKED + i),
                                 contest->excluded[i]);
        }
    }
    page_put(page->out, "</dl><dl>\n");
    page_html_row_number(page, PAGE_WORD_COUNTED, contest->counted);
    if (contest->status == PAGE_COUNTED) {
        page_put(page->out, "</dl><dl class=\"in\">\n");
        page_html_row_number(page, PAGE_WORD_VALID, contest->valid);
        page_html_row_number(page, PAGE_WORD_BLANK, contest->blank);
        page_html_row_number(page, PAGE_WORD_INVALID,
                             contest->counted - contest->valid);
    }
}

/* ---- proposals */

static void put_advice(struct page *page, const struct page_proposal *proposal)
{
    if (proposal->advice == PAGE_NO_ADVICE) {
        return;
    }
    page_html_word(page, "<br><span class=\"small\">", PAGE_WORD_COUNCIL, ": ");
    page_say(page->out, page->language,
             proposal->advice == PAGE_ACCEPTED ? PAGE_WORD_COUNCIL_ACCEPTED
                                               : PAGE_WORD_COUNCIL_REFUSED);
    if (page_text_of(page, &proposal->advice_reason).size > 0) {
        page_put(page->out, ". ");
        page_html_text(page, &proposal->advice_reason);
    }
    page_put(page->out, "</span>");
}

/* Where it is: yard, and the address where that says more. */
static void put_where(struct page *page, const struct page_proposal *proposal)
{
    struct package_text yard = page_text_of(page, &proposal->yard);
    struct package_text address = page_text_of(page, &proposal->address);

    if (yard.size == 0 && address.size == 0) {
        return;
    }
    page_put(page->out, "<br><span class=\"small\">");
    page_put_html(page->out, yard);
    if (yard.size != address.size ||
        memcmp(yard.text, address.text, yard.size) != 0) {
        page_put(page->out, yard.size > 0 && address.size > 0 ? ", " : "");
        page_put_html(page->out, address);
    }
    page_put(page->out, "</span>");
}

static void begin_cell(struct page *page, const char *of, enum page_word label)
{
    page_put(page->out, "<td class=\"");
    page_put(page->out, of);
    page_html_word(page, "\" data-l=\"", label, "\">");
}

static void put_proposal(struct page *page, const struct page_contest *contest,
                         const struct page_ranked *ranked, uint64_t most)
{
    const struct page_proposal *proposal = ranked->proposal;
    bool is_won = proposal->outcome == PAGE_FUNDED;
    char text[PAGE_NUMBER_BYTES];

    page_put(page->out, is_won ? "<tr class=\"won\">" : "<tr>");
    page_put(page->out, "<td class=\"c1\">№\xC2\xA0");
    page_put_number(page->out, proposal->number);
    page_put(page->out, "</td><td class=\"c2\"><span class=\"title\">");
    page_html_text(page, &proposal->title);
    page_put(page->out, "</span>");
    put_where(page, proposal);
    page_put(page->out, "</td>");
    begin_cell(page, "c3",
               contest->is_by_points ? PAGE_WORD_POINTS : PAGE_WORD_VOTES);
    page_number(text, ranked->score);
    page_put(page->out, text);
    page_html_bar(page, is_won, ranked->score, most,
                  contest->is_by_points ? 0 : contest->minimum_votes);
    page_put(page->out, "</td>");
    begin_cell(page, "c4 n", PAGE_WORD_COST);
    page_money(text, page->facts, proposal->cost);
    page_put(page->out, text);
    page_put(page->out, "</td><td class=\"c5 out\">");
    page_put(page->out, is_won ? "<b>" : "");
    page_html_outcome(page, proposal);
    page_put(page->out, is_won ? "</b>" : "");
    put_advice(page, proposal);
    page_put(page->out, "</td></tr>\n");
}

static void put_legend(struct page *page, const struct page_contest *contest)
{
    static const char key[] = "<svg class=\"key bar\">";

    page_put(page->out, "<p class=\"small legend\"><span>");
    page_put(page->out, key);
    page_put(page->out, "<rect class=\"full\" width=\"28\" height=\"10\"/>"
                        "</svg>");
    page_html_word(page, "", PAGE_WORD_CHART_FUNDED, "</span> <span>");
    page_put(page->out, key);
    page_put(page->out, "<rect class=\"open\" x=\"1\" y=\"1\" width=\"26\" "
                        "height=\"8\"/></svg>");
    page_html_word(page, "", PAGE_WORD_CHART_OTHER, "</span>");
    if (contest->minimum_votes > 0 && !contest->is_by_points) {
        page_put(page->out, " <span>");
        page_put(page->out, key);
        page_put(page->out, "<line x1=\"14\" x2=\"14\" y1=\"0\" y2=\"10\"/>"
                            "</svg>");
        page_html_word(page, "", PAGE_WORD_CHART_MINIMUM, "</span>");
    }
    page_put(page->out, "</p>\n");
}

static void put_proposals(struct page *page, const struct page_contest *contest)
{
    struct page_ranked ranked[PLAINTEXT_PROPOSALS_MAX];
    uint64_t most = page_rank(ranked, contest);

    put_legend(page, contest);
    page_html_word(page, "<table class=\"res\"><thead><tr><th class=\"c1\">",
                   PAGE_WORD_NUMBER, "</th>");
    page_html_word(page, "<th>", PAGE_WORD_PROPOSAL, "</th>");
    page_html_word(page, "<th class=\"c3\">",
                   contest->is_by_points ? PAGE_WORD_POINTS : PAGE_WORD_VOTES,
                   "</th>");
    page_html_word(page, "<th class=\"c4 n\">", PAGE_WORD_COST, "</th>");
    page_html_word(page, "<th class=\"c5\">", PAGE_WORD_OUTCOME,
                   "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < contest->proposal_count; i++) {
        put_proposal(page, contest, &ranked[i], most);
    }
    page_put(page->out, "</tbody></table>\n");
    for (size_t i = 0; i < contest->proposal_count; i++) {
        if (contest->proposals[i].advice != PAGE_NO_ADVICE) {
            page_html_word(page, "<p class=\"small\">", PAGE_WORD_COUNCIL_NOTE,
                           "</p>\n");
            break;
        }
    }
}

/* ---- ties */

static void put_tie(struct page *page, const struct page_contest *contest,
                    const struct page_tie *tie)
{
    page_put(page->out, "<li>");
    for (size_t i = 0; i < tie->count; i++) {
        page_put(page->out, i > 0 ? ", №\xC2\xA0" : "№\xC2\xA0");
        page_put_number(page->out,
                        contest->proposals[tie->proposals[i]].number);
    }
    page_html_word(page, ": ", PAGE_WORD_TIES_ORDER, "</li>\n");
}

static void put_ties(struct page *page, const struct page_contest *contest)
{
    page_html_word(page, "<h3>", PAGE_WORD_TIES_MET, "</h3>\n");
    if (contest->tie_count == 0) {
        page_html_word(page, "<p>", PAGE_WORD_TIES_NONE, "</p>\n");
        return;
    }
    page_put(page->out, "<ul>\n");
    for (size_t i = 0; i < contest->tie_count; i++) {
        put_tie(page, contest, &contest->ties[i]);
    }
    page_put(page->out, "</ul>\n");
}

void page_put_contest(struct page *page, const struct page_contest *contest)
{
    page_put(page->out, "<section><h2>");
    page_html_text(page, &contest->name);
    page_put(page->out, "</h2>\n");
    put_status(page, contest);
    put_money(page, contest);
    page_put_rule(page, contest);
    put_proposals(page, contest);
    if (contest->status == PAGE_COUNTED) {
        put_ties(page, contest);
    }
    page_html_word(page, "<h3>", PAGE_WORD_BALLOTS, "</h3>\n<dl>\n");
    page_put_ballots(page, contest);
    page_put(page->out, "</dl></section>\n");
}
