/* SPDX-License-Identifier: Apache-2.0 */
/* The second half of the report: do the numbers agree, what did the check find
 * and who decided what about it, who holds the keys, how to count again. */
#include <inttypes.h>
#include <stdio.h>

#include "page_report_parts.h"
#include "report_words.h"

/* ---- sessions and ballots */

struct sums {
    uint64_t issued;
    uint64_t unfinished;
    uint64_t cast;
    uint64_t challenged;
    uint64_t excluded;
    uint64_t counted;
};

static struct sums sums_of(const struct page_facts *facts)
{
    struct sums sums = {0};

    for (size_t i = 0; i < facts->terminal_count; i++) {
        sums.issued += facts->terminals[i].issued;
        sums.unfinished += facts->terminals[i].unfinished;
        sums.challenged += facts->terminals[i].challenged;
    }
    for (size_t i = 0; i < facts->contest_count; i++) {
        sums.cast += facts->contests[i].cast;
        sums.counted += facts->contests[i].counted;
        for (int j = 0; j < PAGE_EXCLUSIONS; j++) {
            sums.excluded += facts->contests[i].excluded[j];
        }
    }
    return sums;
}

/* "2 000 = 1 980 + 20: сходится" */
static void put_equation(struct page *page, const struct sums *sums)
{
    char numbers[3][PAGE_NUMBER_BYTES];
    char text[4 * PAGE_NUMBER_BYTES];
    bool is_same = sums->cast == sums->counted + sums->excluded;

    page_number(numbers[0], sums->cast);
    page_number(numbers[1], sums->counted);
    page_number(numbers[2], sums->excluded);
    (void)snprintf(text, sizeof text, "%s %s %s + %s: ", numbers[0],
                   is_same ? "=" : "≠", numbers[1], numbers[2]);
    page_put(page->out, "<p>");
    page_put(page->out, text);
    page_html_word(page, "<b>",
                   is_same ? PAGE_WORD_AGREES : PAGE_WORD_DISAGREES,
                   "</b></p>\n");
}

static void put_sums(struct page *page)
{
    const struct page_facts *facts = page->facts;
    struct sums sums = sums_of(facts);

    page_put(page->out, "<dl>\n");
    page_html_row_number(page, PAGE_WORD_ISSUED, sums.issued);
    page_html_row_number(page, PAGE_WORD_UNFINISHED, sums.unfinished);
    page_html_row_number(page, PAGE_WORD_CHALLENGED, sums.challenged);
    page_html_row_number(page, PAGE_WORD_CAST, sums.cast);
    page_html_row_number(page, PAGE_WORD_COUNTED, sums.counted);
    page_html_row_number(page, PAGE_WORD_EXCLUDED, sums.excluded);
    page_put(page->out, "</dl>\n");
    put_equation(page, &sums);
    page_put(page->out, "<dl>\n");
    page_html_row_number(page, PAGE_WORD_RECORDS, facts->record_count);
    page_html_row_number(page, PAGE_WORD_QUARANTINED, facts->quarantined);
    page_html_row_number(page, PAGE_WORD_ELSEWHERE_LIST,
                         facts->elsewhere_count);
    page_put(page->out, "</dl>\n");
}

/* ---- findings and rulings */

static void put_terminal(struct page *page, size_t terminal)
{
    page_put(page->out, "<b>");
    page_put_html(page->out, page->facts->terminals[terminal].label);
    page_put(page->out, "</b>");
}

/* Those that a ruling has to explain; the others are told for information. */
static bool needs_ruling(enum page_finding_name name)
{
    return name <= PAGE_NO_RECORDS;
}

static void put_finding(struct page *page, const struct page_finding *finding)
{
    enum page_word state = finding->is_open              ? PAGE_WORD_OPEN
                           : needs_ruling(finding->name) ? PAGE_WORD_SETTLED
                                                         : PAGE_WORD_NOTED;

    page_put(page->out, "<li>");
    put_terminal(page, finding->terminal);
    page_put(page->out, ": ");
    page_say(page->out, page->language,
             (enum page_word)(PAGE_WORD_GAP + (int)finding->name));
    if (finding->first > 0) {
        page_put(page->out, ", №\xC2\xA0");
        page_put_number(page->out, finding->first);
        if (finding->last != finding->first) {
            page_put(page->out, "–");
            page_put_number(page->out, finding->last);
        }
    }
    page_html_word(page, finding->is_open ? " – <b>" : " – ", state,
                   finding->is_open ? "</b></li>\n" : "</li>\n");
}

static void put_findings(struct page *page)
{
    const struct page_facts *facts = page->facts;

    page_html_word(page, "<h3>", PAGE_WORD_FINDINGS, "</h3>\n");
    if (facts->finding_count == 0) {
        page_html_word(page, "<p>", PAGE_WORD_NONE, "</p>\n");
        return;
    }
    page_put(page->out, "<ul>\n");
    for (size_t i = 0; i < facts->finding_count; i++) {
        put_finding(page, &facts->findings[i]);
    }
    page_put(page->out, "</ul>\n");
}

static void put_rulings(struct page *page)
{
    const struct page_facts *facts = page->facts;

    if (facts->ruling_count == 0) {
        return;
    }
    page_html_word(page, "<h3>", PAGE_WORD_RULINGS, "</h3>\n<ul>\n");
    for (size_t i = 0; i < facts->ruling_count; i++) {
        const struct page_ruling *ruling = &facts->rulings[i];

        page_put(page->out, "<li>");
        put_terminal(page, ruling->terminal);
        page_put(page->out, ", №\xC2\xA0");
        page_put_number(page->out, ruling->seq);
        page_put(page->out, ": ");
        page_say(page->out, page->language,
                 (enum page_word)(PAGE_WORD_ADMIT + (int)ruling->type -
                                  (int)PAGE_RULING_ADMIT));
        page_html_word(page, ". ", PAGE_WORD_REASON, ": ");
        page_put_html(page->out, ruling->reason);
        page_put(page->out, "</li>\n");
    }
    page_put(page->out, "</ul>\n");
}

void page_put_reconciliation(struct page *page)
{
    page_html_word(page, "<section><h2>", PAGE_WORD_RECONCILIATION, "</h2>\n");
    put_sums(page);
    put_findings(page);
    put_rulings(page);
    page_put(page->out, "</section>\n");
}

/* ---- trustees */

static void put_did(struct page *page, enum page_word what, bool has_done)
{
    page_html_row(page, what,
                  has_done ? page_word(page->language, PAGE_WORD_YES) : "–");
}

void page_put_trustees(struct page *page)
{
    const struct page_facts *facts = page->facts;
    char text[PAGE_NUMBER_BYTES];

    page_html_word(page, "<section><h2>", PAGE_WORD_TRUSTEES, "</h2>\n<p>");
    page_number(text, facts->threshold);
    page_say_with(page->out, page->language, PAGE_WORD_THRESHOLD, text);
    page_put(page->out, "</p>\n");
    for (size_t i = 0; i < facts->trustee_count; i++) {
        const struct page_trustee *trustee = &facts->trustees[i];

        page_put(page->out, "<h3>");
        page_put_number(page->out, i + 1);
        page_put(page->out, ". ");
        page_put_html(page->out, trustee->name);
        page_put(page->out, "</h3>\n<dl>\n");
        page_html_row_code(page, PAGE_WORD_KEY_CODE, trustee->key);
        put_did(page, PAGE_WORD_APPROVED, trustee->has_approved);
        put_did(page, PAGE_WORD_MIXED, trustee->has_mixed);
        put_did(page, PAGE_WORD_DECRYPTED, trustee->has_decrypted);
        page_put(page->out, "</dl>\n");
    }
    page_put(page->out, "</section>\n");
}

/* ---- to count again */

void page_put_codes(struct page *page)
{
    const struct page_facts *facts = page->facts;
    char time[REPORT_NUMBER_BYTES];

    page_html_word(page, "<section><h2>", PAGE_WORD_CHECK, "</h2>\n");
    page_html_word(page, "<p>", PAGE_WORD_CHECK_HOW,
                   " <code>aula verify BOARD --office-key KEY</code></p>\n");
    page_html_word(page, "<p>", PAGE_WORD_CHECK_COMPARE, "</p>\n<dl>\n");
    report_time_short(time, facts->closing_time, facts->utc_offset_s);
    page_html_row(page, PAGE_WORD_CLOSED_AT, time);
    page_html_row_code(page, PAGE_WORD_CODE_PACKAGE, facts->package_hash);
    page_html_row_code(page, PAGE_WORD_CODE_CLOSING, facts->closing_hash);
    page_html_row_code(page, PAGE_WORD_CODE_REGISTER, facts->register_hash);
    if (facts->has_elsewhere) {
        page_html_row_code(page, PAGE_WORD_CODE_ELSEWHERE,
                           facts->elsewhere_hash);
    }
    page_html_word(page, "</dl>\n<p class=\"away\"><a href=\"index.html\">",
                   PAGE_WORD_LOOK_UP, "</a></p></section>\n");
}
