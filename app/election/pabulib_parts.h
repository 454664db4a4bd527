/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of pabulib.h share. Not for use outside of them. */
#ifndef AULA_PABULIB_PARTS_H
#define AULA_PABULIB_PARTS_H

#include <sodium.h>

#include "pabulib.h"

/* The walk over the lines of a file. The bytes are a copy of our own: quotes
 * are taken off in place and a NUL is put behind each field. */
struct pabulib_reader {
    char *next;         /* behind the line */
    char *end;          /* of the file; there is room for a NUL */
    char *line;         /* the line that is looked at; NULL: the end */
    size_t line_size;   /* without its end */
    size_t line_number; /* from 1 */
    size_t columns;     /* of the section, by its header */
    struct aula_error *err;
};

/** Go on to the next line that is not blank: AULA_OK or AULA_SOURCE. */
AULA_MUST_CHECK enum aula_code pabulib_advance(struct pabulib_reader *reader);

/** Is the line a section name, in any case? */
bool pabulib_is_section(const struct pabulib_reader *reader, const char *name);

/** Take the line apart into fields and go on to the next.
 *
 *  Returns: AULA_OK, or AULA_SOURCE when there is no line, its quotes are
 *           wrong, or it has more fields than room
 */
AULA_MUST_CHECK enum aula_code pabulib_split(struct pabulib_reader *reader,
                                             struct pabulib_text *fields,
                                             size_t room, size_t *count);

/** The same for a record: as many fields as the section has columns. */
AULA_MUST_CHECK enum aula_code
pabulib_take_record(struct pabulib_reader *reader, struct pabulib_text *fields);

/** Take a section name and its column header.
 *
 *  Returns: AULA_OK
 *           AULA_SOURCE  another line, a required column is missing, or one of
 *                        the names stands twice
 *  Out:     places  for each name its column; reader->columns: not there
 *  In:      names   `count` of them; the first `required` must be there
 */
AULA_MUST_CHECK enum aula_code
pabulib_start_section(struct pabulib_reader *reader, size_t *places,
                      const char *section, const char *const *names,
                      size_t count, size_t required);

/** Fail on a line: "line 12: " and the text. */
enum aula_code pabulib_fail(const struct pabulib_reader *reader, size_t line,
                            const char *format, ...);

/** Is this UTF-8 without control characters of ASCII but the tabulator? What is
 *  text in other programs may hold more than section 2.2 allows. */
bool pabulib_is_line(const char *text, size_t size);

/** Does a field say nothing: empty, or the literal None? */
bool pabulib_is_nothing(const struct pabulib_text *text);

bool pabulib_is(const struct pabulib_text *text, const char *expected);

enum { PABULIB_SHOWN_BYTES = 48 };

/** A text for an error line: its first bytes where it is text of 2.2. */
void pabulib_show(char shown[static PABULIB_SHOWN_BYTES],
                  const struct pabulib_text *text);

/** Read a decimal as hundredths; false for anything else, or beyond 15 digits
 *  before the point. */
bool pabulib_read_money(int64_t *hundredths, const char *text, size_t size);

/** Read a whole number of at most 10^9, with a sign perhaps, and perhaps with a
 *  fraction of zeros. */
bool pabulib_read_whole(int64_t *number, const char *text, size_t size);

/* Texts with a number each, found by SipHash: a file cannot choose its
 * collisions. */
struct pabulib_slot {
    const char *text; /* NULL: free */
    uint32_t size;
    uint32_t value;
};

struct pabulib_index {
    struct pabulib_slot *slots;
    size_t room; /* a power of two, at least twice what is put */
    uint8_t key[crypto_shorthash_KEYBYTES];
};

/** Room for `count` texts: AULA_OK or AULA_MEMORY. free(index->slots). */
AULA_MUST_CHECK enum aula_code pabulib_index_start(struct pabulib_index *index,
                                                   size_t count,
                                                   struct aula_error *err);

/** The slot of a text, or the free one where it would be. */
struct pabulib_slot *pabulib_index_at(const struct pabulib_index *index,
                                      const char *text, size_t size);

/* The keys of META that have a field in struct pabulib, in the order of
 * writing, with those of people that the format requires among them. */
enum pabulib_kind {
    PABULIB_TEXT,    /* no field: a pair */
    PABULIB_RECORDS, /* num_projects, num_votes */
    PABULIB_BUDGET,  /* hundredths, 0 or more */
    PABULIB_TYPE,    /* vote_type */
    PABULIB_MONEY,   /* hundredths, 0 or more */
    PABULIB_COUNT,   /* whole, 0 or more */
    PABULIB_POINTS   /* whole */
};

struct pabulib_key {
    const char *name;
    enum pabulib_kind kind;
    bool is_required; /* to read; to write every text is */
    size_t offset;    /* in struct pabulib, of a struct pabulib_number */
};

enum { PABULIB_KEYS = 20 };
extern const struct pabulib_key pabulib_keys[PABULIB_KEYS];

/* What META announces, to be compared with what came. */
struct pabulib_announced {
    int64_t projects;
    size_t projects_line;
    int64_t votes;
    size_t votes_line;
};

/** The three sections: AULA_OK, AULA_SOURCE, AULA_TOO_LARGE or AULA_MEMORY.
 *  What they took, pabulib_close frees, on failure too. */
AULA_MUST_CHECK enum aula_code
pabulib_read_meta(struct pabulib *file, struct pabulib_announced *announced,
                  struct pabulib_reader *reader);
AULA_MUST_CHECK enum aula_code
pabulib_read_projects(struct pabulib *file, struct pabulib_reader *reader);
AULA_MUST_CHECK enum aula_code
pabulib_read_votes(struct pabulib *file, struct pabulib_reader *reader);

/** At most so many lines may still come, the one looked at among them. */
size_t pabulib_lines_left(const struct pabulib_reader *reader);

/** How often a character stands in them. */
size_t pabulib_count_left(const struct pabulib_reader *reader, char mark);

/** Pieces of a file on their way to the sink. A failure stays in writer->code;
 *  `what` names the field that is no text of one line. */
void pabulib_flush(struct pabulib_writer *writer);
void pabulib_put_bytes(struct pabulib_writer *writer, const char *bytes,
                       size_t size);
void pabulib_put(struct pabulib_writer *writer, const char *text);
void pabulib_put_number(struct pabulib_writer *writer, int64_t number);
void pabulib_put_money(struct pabulib_writer *writer, uint64_t hundredths);
void pabulib_put_field(struct pabulib_writer *writer, const char *what,
                       const struct pabulib_text *text);
void pabulib_put_fails(struct pabulib_writer *writer, const char *what);

/** What a field between quotes takes: is it one, and its text in it. */
bool pabulib_needs_quotes(const struct pabulib_text *text);
void pabulib_put_doubled(struct pabulib_writer *writer,
                         const struct pabulib_text *text);

/** Whole sections. */
void pabulib_put_meta(struct pabulib_writer *writer);
void pabulib_put_projects(struct pabulib_writer *writer);

#endif
