/* SPDX-License-Identifier: Apache-2.0 */
/* What the HTML pages share: head, switch of languages, banner, rows.
 *
 * A page is one file that asks for nothing: no font, picture, script or style
 * from anywhere, and its policy forbids even trying. Style and script are
 * constants of ours whose hashes the policy names; what comes from outside is
 * text only. Both languages stand in it one after the other; the style shows
 * one of them, by two radio buttons, so that nothing depends on a script.
 */
#ifndef AULA_PAGE_HTML_H
#define AULA_PAGE_HTML_H

#include "page_words.h"

/* A page that is being written, in one of its languages. */
struct page {
    struct page_out *out;
    const struct page_facts *facts;
    enum page_language language;
};

/* Style of every page, in parts with a NULL behind them. */
extern const char *const page_style[];

/** Everything before the first language, and after the last one. `script` is in
 *  parts too, or NULL. */
void page_html_begin(struct page_out *out, const struct page_facts *facts,
                     enum page_word title, const char *const *script);
void page_html_end(struct page_out *out, const char *const *script);

/** The switch; before the languages. */
void page_html_switch(struct page_out *out);

/** Begin and end what is in one language, with the banner of a rehearsal. */
void page_html_open(struct page *page, enum page_language language);
void page_html_close(struct page *page);

/** <h1> with the title of the election below what the page is. */
void page_html_title(struct page *page, enum page_word what);

/** A text in the page's language, or in the other one where it has none. */
struct package_text page_text_of(const struct page *page,
                                 const struct page_text *text);
void page_html_text(struct page *page, const struct page_text *text);

/** A word between two tags: page_html_word(page, "<h2>", word, "</h2>"). */
void page_html_word(struct page *page, const char *before, enum page_word word,
                    const char *after);

/** A row of a list of labels and values; the value is text of ours. */
void page_html_row(struct page *page, enum page_word label, const char *value);
void page_html_row_number(struct page *page, enum page_word label,
                          uint64_t number);
void page_html_row_money(struct page *page, enum page_word label,
                         uint64_t amount);
/** .. whose value is the code of a hash. */
void page_html_row_code(struct page *page, enum page_word label,
                        const uint8_t hash[static HASH_BYTES]);

/** What became of a proposal, in plain words. */
void page_html_outcome(struct page *page, const struct page_proposal *proposal);

/** A bar as SVG: how much `part` is of `whole`; a mark at `mark`, 0: none. */
void page_html_bar(struct page *page, bool is_full, uint64_t part,
                   uint64_t whole, uint64_t mark);

#endif
