/* SPDX-License-Identifier: Apache-2.0 */
/* What an office has received so far: its archive against its registers, with
 * the findings that a closing would have now. Nothing is written, and nothing
 * secret is needed. */
#ifndef AULA_STATUS_H
#define AULA_STATUS_H

#include "archive.h"
#include "counting.h"
#include "desk_ruled.h"
#include "import_certificates.h"

enum { STATUS_SHOWN_MAX = 20 /* quarantined records and missing batches */ };

/* A day of a terminal: what was recorded since it was opened on that date. */
struct status_day {
    uint64_t date; /* days since 1970; UTC's, which no open hall sees change */
    uint64_t cast;
    uint64_t challenged;
    bool is_closed;
};

/* What counting.h does not tell of a terminal. */
struct status_terminal {
    uint8_t tid[TERMINAL_ID_BYTES];
    uint64_t records; /* that pass CHECK_RECORD */
    uint64_t quarantined;
    uint64_t batches;
    uint32_t last_batch;
    uint64_t missing_count; /* numbers below it that were not imported */
    uint32_t missing[STATUS_SHOWN_MAX];
    bool has_twins;    /* two batches of one number */
    uint64_t imported; /* when the last batch was; unix seconds */
    struct status_day *days;
    size_t day_count;
};

struct status {
    const struct desk_election *election;
    struct import_certificates certificates;
    struct desk_registers registers;
    struct desk_ruled ruled;
    struct status_terminal *terminals; /* those of which something came */
    size_t terminal_count;             /* ascending by tid */
    struct archive_counts counts;
    struct {
        uint8_t hash[HASH_BYTES];
        enum aula_code error;
    } shown[STATUS_SHOWN_MAX]; /* quarantined records, by hash */
    size_t shown_count;
    struct counting_election counted; /* what the set stands on */
    struct counting *set;
    const struct counting_outcome *outcome; /* with the office's rulings */
};

/** Read it.
 *
 *  Returns: AULA_OK, also where nothing was imported yet; a code of
 *           archive_open (AULA_STORE_BUSY: somebody imports),
 *           desk_election_registers, desk_ruled_read, counting_find and
 *           counting_count
 *  Out:     status  all zero on failure; it stays where it is, for parts of it
 *                   point to others
 *  Owner:   status_close; `election` must outlive it
 */
AULA_MUST_CHECK enum aula_code status_read(struct status *status,
                                           const struct desk_election *election,
                                           struct aula_error *err);
void status_close(struct status *status); /* accepts one that is all zero */

/** Returns: NULL when nothing came of it */
const struct status_terminal *
status_find(const struct status *status,
            const uint8_t tid[static TERMINAL_ID_BYTES]);

#endif
