/* SPDX-License-Identifier: Apache-2.0 */
/* What hangs on the wall of a hall: the zero report of the first opening, and
 * the reconciliation of each close, as plain text.
 *
 * PAPER_COLUMNS wide (paper.h), so that a receipt printer and a sheet of A4
 * both take it; UTF-8, lines end in a line feed. All of it in Kazakh, then all
 * of it in Russian, then once what both share: the closing code, and room to
 * sign.
 *
 * A report is a function of a plain view: it opens nothing and knows no store.
 * Nothing in it names a resident, and no number in it depends on a choice.
 */
#ifndef AULA_REPORT_H
#define AULA_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "certificate.h"
#include "error.h"
#include "hash.h"
#include "package.h"
#include "record.h"

enum report_language { REPORT_KK, REPORT_RU, REPORT_LANGUAGES };

enum { REPORT_OFFICIALS_MAX = 2 };

/* One contest that is offered at the terminal, counted in the chain. */
struct report_contest {
    struct package_text name[REPORT_LANGUAGES];
    uint64_t cast; /* since the last opening */
    uint64_t challenged;
    uint64_t total_cast; /* since the first */
    uint64_t total_challenged;
};

/* Sessions and ballots since the last opening. Each is counted on its own, when
 * it happens: a number that is the difference of others would make the balance
 * agree whatever went wrong. */
struct report_day {
    struct record_counts counts; /* of the record of the close */
    uint64_t finished;           /* sessions that ended with a ballot cast */

    /* Ballots that sessions were entitled to: session_left when they began;
     * and those that were left when they ended. */
    bool knows_entitled;
    uint64_t entitled;
    uint64_t unused;
};

/* All times are unix seconds, all texts are those of PROTOCOL.md 2.2. Nothing
 * is kept. */
struct report_view {
    enum package_mode mode;
    enum package_one_per one_per;
    struct package_text title[REPORT_LANGUAGES];
    int32_t utc_offset_s; /* of the election's local time */

    struct package_text label; /* of the terminal: hall and number */
    uint8_t tid[TERMINAL_ID_BYTES];
    uint8_t package_hash[HASH_BYTES];
    uint8_t digest[RECORD_DIGEST_BYTES]; /* of the program, in the opening */
    uint32_t kit_number;
    bool has_guests;
    uint32_t roll_number; /* 0: none */
    uint32_t roll_count;

    /* Who opened (zero report) or closed. */
    struct package_text officials[REPORT_OFFICIALS_MAX];
    size_t official_count;

    uint32_t day_number; /* openings so far, with this one */
    uint64_t opened_time;
    const struct report_contest *contests;
    size_t contest_count;
    uint64_t total_cast;
    uint64_t total_challenged;

    /* The rest is of a close only. */
    uint64_t closed_time;
    bool is_reopened; /* a second official let it open again, .. */
    bool is_early;    /* .. or close before the hour */
    struct report_day day;
    uint64_t closed_seq; /* of its record, 1 or more (asserted) */
    uint8_t closed_hash[HASH_BYTES];
};

/** Do the numbers of a close agree? What report_close says in words. */
bool report_is_balanced(const struct report_view *view);

/** Write the zero report. That the numbers are not zero is no failure: then it
 *  says so, as loud as text can.
 *
 *  Returns: AULA_OK, or AULA_MEMORY
 *  Out:     text  NUL-terminated, on success only
 *  Owner:   free(text)
 */
AULA_MUST_CHECK enum aula_code report_zero(char **text,
                                           const struct report_view *view,
                                           struct aula_error *err);

/** Write the reconciliation of a close, with its closing code. The same
 *  returns. */
AULA_MUST_CHECK enum aula_code report_close(char **text,
                                            const struct report_view *view,
                                            struct aula_error *err);

#endif
