/* SPDX-License-Identifier: Apache-2.0 */
/* See page_facts.h: all that stands in the board's memory. */
#include "page_facts.h"

#include <string.h>

static enum aula_code no_memory(struct aula_error *err)
{
    return aula_fail(err, AULA_MEMORY, "no memory for a result");
}

/* ---- terminals */

static struct package_text label_of(const struct board *board,
                                    const uint8_t *tid)
{
    for (size_t i = 0; i < board->certificate_count; i++) {
        if (memcmp(board->certificates[i].tid, tid, TERMINAL_ID_BYTES) == 0) {
            return board->certificates[i].label;
        }
    }
    return (struct package_text){"", 0};
}

static enum aula_code take_terminals(struct page_book *book,
                                     const struct board *board,
                                     struct aula_error *err)
{
    const struct counting_outcome *outcome = board->outcome;

    book->terminals = page_book_take(book, outcome->terminal_count,
                                     sizeof *book->terminals);
    if (book->terminals == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < outcome->terminal_count; i++) {
        const struct counting_terminal *from = &outcome->terminals[i];
        struct page_terminal *to = &book->terminals[i];

        *to = (struct page_terminal){
            .label = label_of(board, from->tid),
            .is_late = from->is_late,
            .cast = from->cast,
            .challenged = from->challenged,
            .excluded = from->excluded,
            .counted = from->cast - from->excluded,
            .opened = from->opened,
            .closed = from->closed,
        };
        memcpy(to->tid, from->tid, TERMINAL_ID_BYTES);
    }
    book->facts.terminals = book->terminals;
    book->facts.terminal_count = outcome->terminal_count;
    return AULA_OK;
}

/* ---- contests */

static void take_contests(struct page_book *book, const struct board *board)
{
    static const enum page_status statuses[] = {
        [COUNTING_EMPTY] = PAGE_EMPTY,
        [COUNTING_COUNTED] = PAGE_COUNTED,
        [COUNTING_WITHHELD_SMALL] = PAGE_WITHHELD,
    };

    for (size_t i = 0; i < book->facts.contest_count; i++) {
        const struct counting_contest *from = &board->outcome->contests[i];
        struct page_contest *to = &book->contests[i];

        to->status = statuses[from->status];
        to->cast = from->cast;
        to->counted = from->counted;
        to->min_anon = board->package.min_anon;
    }
}

/* ---- findings and rulings */

static enum aula_code take_findings(struct page_book *book,
                                    const struct counting_outcome *outcome,
                                    struct aula_error *err)
{
    static const enum page_finding_name names[] = {
        [COUNTING_CHAIN_BREAK] = PAGE_CHAIN_BREAK,
        [COUNTING_CLOSE_COUNT] = PAGE_CLOSE_COUNT,
        [COUNTING_DAY_STATE] = PAGE_DAY_STATE,
        [COUNTING_FORK] = PAGE_FORKED,
        [COUNTING_GAP] = PAGE_GAP,
        [COUNTING_NO_CLOSE] = PAGE_NO_CLOSE,
        [COUNTING_NO_RECORDS] = PAGE_NO_RECORDS,
        [COUNTING_REPEATED_RANDOMNESS] = PAGE_REPEATED_RANDOMNESS,
        [COUNTING_SESSION_COUNT] = PAGE_SESSION_COUNT,
        [COUNTING_TIME_REGRESSION] = PAGE_TIME_REGRESSION,
    };
    struct page_finding *findings = page_book_take(book, outcome->finding_count,
                                                   sizeof *findings);

    if (findings == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < outcome->finding_count; i++) {
        const struct counting_finding *from = &outcome->findings[i];

        findings[i] = (struct page_finding){
            .name = names[from->name],
            .terminal = page_book_terminal(book, from->tid),
            .first = from->first,
            .last = from->last,
            .is_open = from->is_open,
        };
    }
    book->facts.findings = findings;
    book->facts.finding_count = outcome->finding_count;
    return AULA_OK;
}

static enum aula_code take_rulings(struct page_book *book,
                                   const struct rulings *rulings,
                                   struct aula_error *err)
{
    struct page_ruling *made = page_book_take(book, rulings->count,
                                              sizeof *made);

    if (made == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < rulings->count; i++) {
        const struct rulings_row *row = &rulings->rows[i];

        made[i] = (struct page_ruling){
            .type = (enum page_ruling_type)row->type,
            .terminal = page_book_terminal(book, row->tid),
            .seq = row->seq,
            .reason = row->reason,
        };
    }
    book->facts.rulings = made;
    book->facts.ruling_count = rulings->count;
    return AULA_OK;
}

/* ---- trustees */

/* What trustees did, in whatever contest. */
static void take_deeds(struct page_trustee *trustees, const struct board *board)
{
    for (size_t i = 0; i < board->package.contest_count; i++) {
        const struct board_contest *contest = &board->contests[i];

        for (size_t j = 0; j < contest->mix_count; j++) {
            trustees[contest->mixers[j] - 1].has_mixed = true;
        }
        for (size_t j = 0; j < contest->part_count; j++) {
            trustees[contest->parts[j].trustee - 1].has_decrypted = true;
        }
    }
}

static enum aula_code take_trustees(struct page_book *book,
                                    const struct board *board,
                                    struct aula_error *err)
{
    const struct package *package = &board->package;
    struct page_trustee *trustees = page_book_take(book, package->trustee_count,
                                                   sizeof *trustees);

    if (trustees == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < package->trustee_count; i++) {
        trustees[i].name = package->trustee_names[i];
        memcpy(trustees[i].key, package->trustee_keys[i], SIGN_PUBLIC_BYTES);
        trustees[i].has_approved = (board->approvals >> i & 1U) != 0;
    }
    if (board->contests != NULL) {
        take_deeds(trustees, board);
    }
    book->facts.trustees = trustees;
    book->facts.trustee_count = package->trustee_count;
    book->facts.threshold = package->threshold;
    return AULA_OK;
}

/* ---- head */

static uint64_t count_apart(const struct counting_outcome *outcome)
{
    uint64_t count = 0;

    for (size_t i = 0; i < outcome->exclusion_count; i++) {
        count += outcome->exclusions[i].tid == NULL;
    }
    return count;
}

static void take_head(struct page_facts *facts, const struct board *board)
{
    const struct board_file *first = &board->register_files[0];

    facts->mode = board->package.mode;
    facts->opens = board->package.opens;
    facts->closes = board->package.closes;
    memcpy(facts->package_hash, board->package.hash, HASH_BYTES);
    memcpy(facts->closing_hash, board->closing_hash, HASH_BYTES);
    facts->closing_time = board->closing_time;
    register_hash(facts->register_hash, first->bytes, first->size);
    facts->has_elsewhere = board->elsewhere_file.bytes != NULL;
    if (facts->has_elsewhere) {
        elsewhere_hash(facts->elsewhere_hash, board->elsewhere_file.bytes,
                       board->elsewhere_file.size);
    }
    facts->elsewhere_count = board->elsewhere.count;
    facts->record_count = board->outcome->record_count;
    facts->quarantined = count_apart(board->outcome);
}

enum aula_code page_take_board(struct page_book *book,
                               const struct board *board,
                               struct aula_error *err)
{
    enum aula_code code;

    take_head(&book->facts, board);
    take_contests(book, board);
    code = take_terminals(book, board, err);
    if (code == AULA_OK) {
        code = take_findings(book, board->outcome, err);
    }
    if (code == AULA_OK) {
        code = take_rulings(book, &board->rulings, err);
    }
    if (code == AULA_OK) {
        code = take_trustees(book, board, err);
    }
    return code;
}
