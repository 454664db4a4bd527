/* SPDX-License-Identifier: Apache-2.0 */
/* See page_book.h. */
#include "page_book.h"

#include <string.h>

#include "form.h"
#include "rule.h"

void *page_book_take(struct page_book *book, size_t count, size_t size)
{
    return form_memory_take(&book->memory, count > 0 ? count : 1, size);
}

static struct package_text text_of(const char *text)
{
    return text == NULL ? (struct package_text){"", 0}
                        : (struct package_text){text, strlen(text)};
}

static struct page_text both_of(const struct election *election,
                                const struct election_text *text)
{
    struct page_text both;

    both.of[PAGE_KK] = text_of(text->of[election->kk]);
    both.of[PAGE_RU] = text_of(text->of[election->ru]);
    return both;
}

static struct page_proposal proposal_of(const struct election *election,
                                        const struct election_proposal *from)
{
    struct page_proposal proposal = {
        .id = text_of(from->id),
        .number = from->number,
        .title = both_of(election, &from->title),
        .address = both_of(election, &from->address),
        .location = from->location,
        .cost = from->cost,
        .outcome = PAGE_NOT_COUNTED,
    };

    if (from->yard != NULL) {
        proposal.yard = both_of(election, &from->yard->name);
    }
    if (from->category != NULL) {
        proposal.category = both_of(election, &from->category->name);
    }
    return proposal;
}

static bool take_contest(struct page_book *book, size_t at,
                         const struct election *election)
{
    const struct election_contest *from = &election->contests[at];
    struct page_contest *contest = &book->contests[at];
    struct page_proposal *proposals = page_book_take(book, from->proposal_count,
                                                     sizeof *proposals);
    struct rule rule = {.measure = RULE_VOTES};

    if (proposals == NULL) {
        return false;
    }
    for (size_t i = 0; i < from->proposal_count; i++) {
        proposals[i] = proposal_of(election, &from->proposals[i]);
    }
    book->proposals[at] = proposals;
    *contest = (struct page_contest){
        .id = text_of(from->id),
        .name = both_of(election, &from->name),
        .type = from->type,
        .limit = from->limit,
        .cap = from->cap,
        .budget = from->budget,
        .rule = from->rule,
        .is_by_points = rule_read(&rule, from->rule) &&
                        rule.measure != RULE_VOTES,
        .ties_by = from->ties,
        .minimum_votes = from->minimum_votes,
        .min_anon = election->min_anon,
        .status = PAGE_EMPTY,
        .proposals = proposals,
        .proposal_count = from->proposal_count,
    };
    if (from->district != NULL) {
        contest->district = both_of(election, &from->district->name);
    }
    return true;
}

static void take_head(struct page_facts *facts, const struct election *election)
{
    facts->mode = election->mode;
    facts->title = both_of(election, &election->title);
    facts->place = both_of(election, &election->place);
    facts->currency = text_of(election->currency);
    facts->opens = election_opens(election);
    facts->closes = election_closes(election);
    facts->utc_offset_s = election->utc_offset_s;
    facts->first_day = election->first_day;
    facts->last_day = election->last_day;
    facts->small_cell = election->small_cell;
}

enum aula_code page_book_open(struct page_book *book,
                              const struct election *election,
                              struct aula_error *err)
{
    bool is_taken;

    *book = (struct page_book){0};
    take_head(&book->facts, election);
    book->contests = page_book_take(book, election->contest_count,
                                    sizeof *book->contests);
    book->proposals = page_book_take(book, election->contest_count,
                                     sizeof *book->proposals);
    is_taken = book->contests != NULL && book->proposals != NULL;
    for (size_t i = 0; is_taken && i < election->contest_count; i++) {
        is_taken = take_contest(book, i, election);
    }
    if (!is_taken) {
        page_book_close(book);
        return aula_fail(err, AULA_MEMORY, "no memory for a result");
    }
    book->facts.contests = book->contests;
    book->facts.contest_count = election->contest_count;
    return AULA_OK;
}

void page_book_close(struct page_book *book)
{
    form_memory_close(book->memory);
    *book = (struct page_book){0};
}

size_t page_book_terminal(const struct page_book *book, const uint8_t *tid)
{
    size_t low = 0;
    size_t high = book->facts.terminal_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (memcmp(book->terminals[middle].tid, tid, TERMINAL_ID_BYTES) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}
