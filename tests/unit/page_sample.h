/* SPDX-License-Identifier: Apache-2.0 */
/* A result for tests of the pages: the election of assets/samples/aktobe-2024
 * with counts that are made up, each outcome once at least. Programs run from
 * the top of the tree.
 */
#ifndef AULA_TEST_PAGE_SAMPLE_H
#define AULA_TEST_PAGE_SAMPLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "page_book.h"

enum {
    PAGE_SAMPLE_TERMINALS = 3,
    PAGE_SAMPLE_TRUSTEES = 3,
    PAGE_SAMPLE_CODES = 1000
};

struct page_sample {
    struct election election;
    struct page_book book;
    struct page_facts *facts; /* of the book */
    struct page_terminal terminals[PAGE_SAMPLE_TERMINALS];
    struct page_trustee trustees[PAGE_SAMPLE_TRUSTEES];
    struct page_finding findings[2];
    struct page_ruling rulings[1];
    struct page_tie ties[1];
    struct page_code codes[PAGE_SAMPLE_CODES];
    struct pabulib ballots;
};

/** Make it. Owner: page_sample_close. */
void page_sample_open(struct page_sample *sample);
void page_sample_close(struct page_sample *sample);

/** A string as a text. */
struct package_text page_sample_text(const char *text);

/* What a writer wrote. */
struct page_sample_file {
    char *text; /* with a NUL behind it */
    size_t size;
};

/** A writer of the whole result. */
typedef enum aula_code page_sample_writer(const struct pabulib_sink *sink,
                                          const struct page_facts *facts,
                                          struct aula_error *err);

/** Write into memory. Owner: free(file.text). */
struct page_sample_file page_sample_write(page_sample_writer *writer,
                                          const struct page_facts *facts);

/** A sink that appends to a struct page_sample_file. */
struct pabulib_sink page_sample_sink(struct page_sample_file *file);

/** Does the text stand in the file? */
bool page_sample_has(const struct page_sample_file *file, const char *text);

#endif
