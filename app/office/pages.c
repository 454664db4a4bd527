/* SPDX-License-Identifier: Apache-2.0 */
/* See pages.h: what the files are, and how they are counted. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "council.h"
#include "file.h"
#include "page_facts.h"
#include "page_tally.h"
#include "pages_name.h"
#include "pages_parts.h"

struct pages {
    const struct board *board;
    struct page_book book;
    struct tally *tallies; /* one a contest; all zero where none is counted */
    struct council council;
};

/* ---- counting and gathering */

static enum aula_code count_all(struct pages *pages, struct aula_error *err)
{
    const struct board *board = pages->board;
    size_t count = pages->book.facts.contest_count;
    enum aula_code code = AULA_OK;

    pages->tallies = calloc(count + 1, sizeof *pages->tallies);
    if (pages->tallies == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory for a result");
    }
    for (size_t i = 0; i < count && code == AULA_OK; i++) {
        const struct outcome_contest *opened = &board->results[i];

        if (opened->status != OUTCOME_COUNTED) {
            continue;
        }
        code = tally_open(&pages->tallies[i], &board->package, &board->election,
                          i, opened->rows, opened->count, board->pool, err);
        if (code == AULA_OK) {
            code = page_take_tally(&pages->book, i, &pages->tallies[i], err);
        }
    }
    return code;
}

static enum aula_code take_council(struct pages *pages, struct aula_error *err)
{
    uint8_t *bytes = NULL;
    char path[PLACE_BYTES];
    size_t size = 0;
    enum aula_code code;

    if (place_is_missing(pages->board->folder, PAGES_COUNCIL)) {
        return AULA_OK;
    }
    code = place_in(path, pages->board->folder, PAGES_COUNCIL, err);
    if (code == AULA_OK) {
        code = file_read(&bytes, &size, path, COUNCIL_BYTES_MAX, err);
    }
    if (code == AULA_OK) {
        code = council_open(&pages->council, NULL, bytes, size, err);
    }
    if (code == AULA_OK) {
        code = page_take_council(&pages->book, &pages->council, err);
    }
    free(bytes);
    return code;
}

static enum aula_code gather(struct pages *pages, struct board *board,
                             struct aula_error *err)
{
    enum aula_code code = page_book_open(&pages->book, &board->election, err);

    if (code == AULA_OK) {
        code = page_take_board(&pages->book, board, err);
    }
    if (code == AULA_OK) {
        code = count_all(pages, err);
    }
    if (code == AULA_OK) {
        code = page_take_records(&pages->book, board, err);
    }
    return code == AULA_OK ? take_council(pages, err) : code;
}

enum aula_code pages_open(struct pages **pages, struct board *board,
                          struct aula_error *err)
{
    struct pages *made;
    enum aula_code code;

    *pages = NULL;
    if (!board->has_election) {
        return aula_fail(err, AULA_SOURCE,
                         "content/election.json: none that this package can be "
                         "counted by");
    }
    made = calloc(1, sizeof *made);
    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory for a result");
    }
    made->board = board;
    code = gather(made, board, err);
    if (code != AULA_OK) {
        pages_close(made);
        return code;
    }
    *pages = made;
    return AULA_OK;
}

void pages_close(struct pages *pages)
{
    if (pages == NULL) {
        return;
    }
    for (size_t i = 0;
         pages->tallies != NULL && i < pages->book.facts.contest_count; i++) {
        tally_close(&pages->tallies[i]);
    }
    free(pages->tallies);
    council_close(&pages->council);
    page_book_close(&pages->book);
    free(pages);
}

const struct page_facts *pages_facts(const struct pages *pages)
{
    return &pages->book.facts;
}

const char *pages_folder(const struct pages *pages)
{
    return pages->board->folder;
}

/* ---- which file is made how */

typedef enum aula_code page_writer(const struct pabulib_sink *sink,
                                   const struct page_facts *facts,
                                   struct aula_error *err);

static const struct {
    const char *name;
    page_writer *write;
} writers[] = {
    {"index.html", page_write_index},
    {"report.html", page_write_report},
    {"protocol.html", page_write_protocol},
    {"result.json", page_write_result},
    {"projects.geojson", page_write_geojson},
    {"projects.csv", page_write_csv},
};

enum { WRITERS = sizeof writers / sizeof *writers };

size_t pages_count(const struct pages *pages)
{
    return WRITERS + pages->book.facts.contest_count;
}

bool pages_name(char name[static PAGES_NAME_BYTES], const struct pages *pages,
                size_t place)
{
    if (place < WRITERS) {
        (void)snprintf(name, PAGES_NAME_BYTES, "%s", writers[place].name);
        return true;
    }
    (void)snprintf(name, PAGES_NAME_BYTES, "ballots-%zu.pb", place - WRITERS);
    return pages->book.contests[place - WRITERS].ballots != NULL;
}

enum aula_code pages_make(const struct pages *pages, size_t place,
                          const struct pabulib_sink *sink,
                          struct aula_error *err)
{
    if (place < WRITERS) {
        return writers[place].write(sink, &pages->book.facts, err);
    }
    return page_write_ballots(sink, &pages->book.contests[place - WRITERS],
                              err);
}
