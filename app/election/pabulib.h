/* SPDX-License-Identifier: Apache-2.0 */
/* The Pabulib `.pb` file: one participatory-budgeting election with its
 * projects and every ballot.
 *
 * Reading is strict where a count or a choice could be misread and tolerant
 * where real files differ: a byte-order mark, LF or CRLF, blank lines, columns
 * in any order, unknown columns, `None` for nothing, section names in any case.
 * Whether ballots keep to the limits of META is not asked here; that is the
 * matter of pabulib_ballot.h, which reports those that do not.
 *
 * Money is a whole number of hundredths; a decimal with more places than two is
 * refused unless the rest are zeros. Nothing passes through floating point.
 *
 * Source: the Pabulib format, pabulib.org/format; D. Stolicki, S. Szufa,
 * N. Talmon, "Pabulib: A Participatory Budgeting Library", arXiv:2012.06539.
 */
#ifndef AULA_PABULIB_H
#define AULA_PABULIB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"

enum {
    PABULIB_BYTES_MAX = 256 * 1024 * 1024,
    PABULIB_PROJECTS_MAX = 10000,
    PABULIB_META_MAX = 256,     /* lines */
    PABULIB_COLUMNS_MAX = 256,  /* of a section */
    PABULIB_CHOICES_MAX = 65535 /* projects on one ballot */
};

/* UTF-8 without control characters of ASCII but the tabulator, with a NUL
 * behind it. Empty: the file does not say. */
struct pabulib_text {
    const char *text;
    size_t size; /* bytes, without the NUL */
};

/* A number that may be missing. */
struct pabulib_number {
    bool is_there;
    int64_t value;
};

struct pabulib_pair {
    struct pabulib_text key;
    struct pabulib_text value;
};

enum pabulib_vote_type {
    PABULIB_APPROVAL,
    PABULIB_CHOOSE_1,
    PABULIB_ORDINAL,    /* choices are ranks, best first */
    PABULIB_CUMULATIVE, /* with points */
    PABULIB_SCORING     /* likewise */
};

struct pabulib_project {
    struct pabulib_text id; /* never empty, unique, without a comma */
    struct pabulib_text name;
    struct pabulib_text category; /* a list with commas, as it stands */
    struct pabulib_text target;   /* column `beneficiaries` or `target` */
    struct pabulib_text neighborhood;
    struct pabulib_text subunit;
    struct pabulib_text district;
    struct pabulib_text description;
    struct pabulib_text proposer;
    struct pabulib_text public_id;
    struct pabulib_text latitude;
    struct pabulib_text longitude;
    struct pabulib_number votes; /* as the file says */
    struct pabulib_number score; /* likewise */
    struct pabulib_number selected;
};

/* One ballot: choices[first] .. choices[first + count - 1] of the file. */
struct pabulib_vote {
    const char *voter; /* never empty, unique, NUL-terminated */
    uint32_t first;
    uint16_t count; /* 0: a blank ballot */
    bool is_twice;  /* a project stands on it more than once: a defect */
    uint32_t line;  /* of the file, from 1 */
};

/* A whole file. Numbers of META that are money are hundredths. */
struct pabulib {
    struct pabulib_pair *meta; /* every line of it, in the file's order */
    size_t meta_count;
    enum pabulib_vote_type vote_type;
    int64_t budget;                   /* hundredths */
    struct pabulib_number min_length; /* projects on a ballot */
    struct pabulib_number max_length;
    struct pabulib_number min_sum_cost; /* hundredths */
    struct pabulib_number max_sum_cost; /* hundredths */
    struct pabulib_number min_points;   /* of one project on one ballot */
    struct pabulib_number max_points;
    struct pabulib_number min_sum_points; /* of one ballot */
    struct pabulib_number max_sum_points;
    struct pabulib_number default_score; /* of a project left out */

    struct pabulib_project *projects; /* in the file's order */
    uint64_t *costs;                  /* hundredths, above 0; one a project */
    size_t project_count;

    struct pabulib_vote *votes; /* in the file's order */
    size_t vote_count;
    uint16_t *choices; /* indices into projects, of all ballots */
    int32_t *points;   /* one a choice; NULL unless cumulative or scoring */
    size_t choice_count;
    size_t twice_count; /* ballots with is_twice */

    char *bytes; /* what the texts point into */
};

/** Read a whole file.
 *
 *  Returns: AULA_OK
 *           AULA_TOO_LARGE  above PABULIB_BYTES_MAX or another of the limits
 *           AULA_SOURCE     the file is not what the format says; err names the
 *                           line and what was expected there
 *           AULA_MEMORY     no memory
 *  Out:     file   all zero on failure
 *  In:      bytes  `size` bytes from outside; may be NULL when size is 0
 *  Owner:   pabulib_close frees what the file holds; `bytes` are not kept.
 *           Memory is bounded by a small multiple of `size`
 */
AULA_MUST_CHECK enum aula_code pabulib_open(struct pabulib *file,
                                            const uint8_t *bytes, size_t size,
                                            struct aula_error *err);

/** Free what pabulib_open made. Accepts NULL and a file that is all zero. */
void pabulib_close(struct pabulib *file);

/** A value of META, or NULL when there is no such key or it says nothing. */
const struct pabulib_text *pabulib_meta(const struct pabulib *file,
                                        const char *key);

/** Is all money, budget and costs, whole units without hundredths? */
bool pabulib_is_whole(const struct pabulib *file);

/** The name of a vote type as META writes it. */
const char *pabulib_vote_type_name(enum pabulib_vote_type type);

/* Where written bytes go. */
struct pabulib_sink {
    /* Append `size` bytes: AULA_OK, or the sink's own code with err filled. */
    enum aula_code (*write)(void *context, const uint8_t *bytes, size_t size,
                            struct aula_error *err);
    void *context;
};

enum { PABULIB_BUFFER_BYTES = 16 * 1024 };

/* A file that is being written, ballot by ballot. */
struct pabulib_writer {
    struct pabulib_sink sink;
    const struct pabulib *head;
    size_t votes; /* written so far */
    size_t used;  /* of the buffer */
    enum aula_code code;
    struct aula_error *err; /* of the call under way */
    uint8_t buffer[PABULIB_BUFFER_BYTES];
};

/** Begin a file: META, PROJECTS and the header of VOTES.
 *
 *  The numbers of META are written from the fields of `head`, the texts from
 *  its pairs; a pair whose key has a field of its own is passed over. Columns
 *  of PROJECTS that are empty throughout are left out.
 *
 *  Returns: AULA_OK
 *           AULA_SOURCE  a required text of META is missing (description,
 *                        country, unit, instance, rule, date_begin, date_end),
 *                        or a text holds a line end or is not UTF-8
 *           whatever the sink says
 *  In:      head  all but votes, choices and points, which are not looked at;
 *                 vote_count is how many ballots will come
 *  Owner:   `head`, its texts and the sink's context stay until
 *           pabulib_write_end
 */
AULA_MUST_CHECK enum aula_code
pabulib_write_start(struct pabulib_writer *writer,
                    const struct pabulib_sink *sink, const struct pabulib *head,
                    struct aula_error *err);

/** Write one ballot.
 *
 *  Returns: AULA_OK, AULA_SOURCE when the voter's name is empty or is no text
 *           of one line, or whatever the sink says; after a failure that same
 *           code again
 *  In:      voter    NUL-terminated, another for each ballot; say a number
 *           choices  `count` indices below head->project_count (asserted)
 *           points   one a choice; NULL unless cumulative or scoring
 */
AULA_MUST_CHECK enum aula_code
pabulib_write_vote(struct pabulib_writer *writer, const char *voter,
                   const uint16_t *choices, const int32_t *points, size_t count,
                   struct aula_error *err);

/** End the file after head->vote_count ballots (asserted).
 *
 *  Returns: AULA_OK, or what an earlier step or the sink says
 */
AULA_MUST_CHECK enum aula_code pabulib_write_end(struct pabulib_writer *writer,
                                                 struct aula_error *err);

/** Write a whole file that pabulib_open read: the three steps above.
 *
 *  Returns: as pabulib_write_start
 */
AULA_MUST_CHECK enum aula_code pabulib_write(const struct pabulib_sink *sink,
                                             const struct pabulib *file,
                                             struct aula_error *err);

#endif
