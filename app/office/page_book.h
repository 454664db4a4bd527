/* SPDX-License-Identifier: Apache-2.0 */
/* The facts of a result with the memory that they stand in. It begins with what
 * the election says of itself: titles, places, money, rules; what was counted
 * comes from the board (page_facts.h).
 */
#ifndef AULA_PAGE_BOOK_H
#define AULA_PAGE_BOOK_H

#include "page.h"

struct page_book {
    struct page_facts facts;
    struct page_contest *contests;    /* the same as in facts, to be filled */
    struct page_proposal **proposals; /* likewise, by contest */
    struct page_terminal *terminals;  /* likewise, ascending by tid */
    struct form_memory *memory;
};

/** Begin a book: every contest is EMPTY, every proposal NOT_COUNTED.
 *
 *  Returns: AULA_OK or AULA_MEMORY
 *  Out:     book      all zero on failure
 *  In:      election  stays open until page_book_close: texts point into it
 */
AULA_MUST_CHECK enum aula_code page_book_open(struct page_book *book,
                                              const struct election *election,
                                              struct aula_error *err);
void page_book_close(struct page_book *book); /* accepts all zero */

/** Memory, all zero, that lives as long as the book.
 *
 *  Returns: NULL when there is none; never for a count of 0
 */
void *page_book_take(struct page_book *book, size_t count, size_t size);

/** The index of a terminal that is in the facts. */
size_t page_book_terminal(const struct page_book *book, const uint8_t *tid);

#endif
