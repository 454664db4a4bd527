/* SPDX-License-Identifier: Apache-2.0 */
/* What is published of a result, as a plain view, and the files made of it.
 *
 *   result.json             for programs
 *   report.html             for everybody, Kazakh and Russian
 *   protocol.html           for signature, on paper, Kazakh and Russian
 *   ballots-<contest>.pb    the opened ballots, for who wants to count again
 *   projects.geojson, .csv  for the budget map of the city
 *   index.html              where residents look a ballot code up
 *
 * Each file is a function of the view alone: no clock, no locale, no random
 * number, nothing of the machine. So `verify` makes each of them again from the
 * board and refuses one that differs by a byte.
 *
 * All texts may be hostile: who writes them escapes them for where they stand.
 * Nothing here names a resident; ballots stand in mix order, which tells
 * nothing.
 */
#ifndef AULA_PAGE_H
#define AULA_PAGE_H

#include "election.h"
#include "error.h"
#include "hash.h"
#include "pabulib.h"
#include "package.h"
#include "record.h"

enum page_language { PAGE_KK, PAGE_RU, PAGE_LANGUAGES };

/* One text in both; size 0 where it is not given. */
struct page_text {
    struct package_text of[PAGE_LANGUAGES];
};

/* What became of a proposal; `number` of the proposal says more. */
enum page_outcome {
    PAGE_FUNDED,
    PAGE_UNDER_MINIMUM, /* number: votes that it needed */
    PAGE_TOO_DEAR,      /* number: tenge that the rest of the budget was short
                           of when its turn came */
    PAGE_EXCLUDED,      /* number: the proposal of its group that won */
    PAGE_UNSUPPORTED,   /* number: tenge that its supporters could not pay of
                           their equal shares */
    PAGE_NO_VOTES,
    PAGE_NOT_COUNTED, /* its contest was not */
    PAGE_OUTCOMES
};

/* What the expert council said later; beside the result, never instead. */
enum page_advice { PAGE_NO_ADVICE, PAGE_ACCEPTED, PAGE_REFUSED };

struct page_proposal {
    struct package_text id;
    uint16_t number; /* as printed */
    struct page_text title;
    struct page_text yard;
    struct page_text category;
    struct page_text address;
    struct election_place location;
    uint64_t cost;   /* whole tenge */
    uint64_t votes;  /* ballots that name it */
    uint64_t points; /* where the contest is counted by them */
    enum page_outcome outcome;
    uint64_t outcome_number;
    enum page_advice advice;
    struct page_text advice_reason;
};

/* Proposals that stood equal where it mattered. */
struct page_tie {
    const uint16_t *proposals; /* indices; the first was preferred, and so on */
    size_t count;              /* 2 or more */
};

enum page_status { PAGE_EMPTY, PAGE_COUNTED, PAGE_WITHHELD };

/* Why a ballot that was cast is not counted, in the order of PROTOCOL.md 11.2.
 */
enum page_exclusion {
    PAGE_REVOKED,
    PAGE_FORK,
    PAGE_OUTSIDE_WINDOW,
    PAGE_ELSEWHERE,
    PAGE_DUPLICATE,
    PAGE_EXCLUSIONS
};

struct page_contest {
    struct package_text id;
    struct page_text name;
    struct page_text district;
    enum plaintext_type type;
    uint16_t limit; /* of choices; 0 for knapsack */
    uint16_t cap;   /* of points */
    uint64_t budget;
    uint64_t spent;
    const char *rule;  /* its name in Pabulib's words */
    bool is_by_points; /* else it counts votes */
    enum election_ties ties_by;
    uint32_t minimum_votes; /* 0: none */
    uint16_t min_anon;

    enum page_status status;
    uint64_t cast;
    uint64_t excluded[PAGE_EXCLUSIONS];
    uint64_t counted; /* cast less excluded */
    uint64_t valid;
    uint64_t blank; /* valid ones without any choice */

    const struct page_proposal *proposals; /* in the package's order */
    size_t proposal_count;
    const struct page_tie *ties;
    size_t tie_count;

    /* The valid ballots as a whole file; NULL unless status is COUNTED. */
    const struct pabulib *ballots;
};

struct page_terminal {
    struct package_text label; /* hall and number */
    uint8_t tid[TERMINAL_ID_BYTES];
    bool is_late; /* certified after the register was published */
    uint64_t cast;
    uint64_t challenged;
    uint64_t excluded; /* of those that were cast */
    uint64_t counted;
    uint64_t opened; /* days */
    uint64_t closed;
    uint64_t issued; /* sessions, by the closings of its days */
    uint64_t unfinished;
};

/* Of PROTOCOL.md 11.1. */
enum page_finding_name {
    PAGE_GAP,
    PAGE_CHAIN_BREAK,
    PAGE_NO_CLOSE,
    PAGE_CLOSE_COUNT,
    PAGE_FORKED,
    PAGE_NO_RECORDS,
    PAGE_TIME_REGRESSION,
    PAGE_DAY_STATE,
    PAGE_SESSION_COUNT,
    PAGE_REPEATED_RANDOMNESS,
    PAGE_FINDINGS
};

struct page_finding {
    enum page_finding_name name;
    size_t terminal; /* index */
    uint64_t first;  /* seq */
    uint64_t last;
    bool is_open; /* nothing explains it */
};

/* Of PROTOCOL.md 11.3. */
enum page_ruling_type {
    PAGE_RULING_ADMIT = 1,
    PAGE_RULING_REVOKE,
    PAGE_RULING_CHAIN,
    PAGE_RULING_EXPLAIN
};

struct page_ruling {
    enum page_ruling_type type;
    size_t terminal; /* index */
    uint64_t seq;
    struct package_text reason; /* as the office wrote it */
};

struct page_trustee {
    struct package_text name;
    uint8_t key[SIGN_PUBLIC_BYTES];
    bool has_approved;
    bool has_mixed;
    bool has_decrypted;
};

/* A ballot code and what became of its ballot. */
enum page_code_state {
    PAGE_CODE_REVOKED = PAGE_REVOKED,
    PAGE_CODE_FORK = PAGE_FORK,
    PAGE_CODE_OUTSIDE_WINDOW = PAGE_OUTSIDE_WINDOW,
    PAGE_CODE_ELSEWHERE = PAGE_ELSEWHERE,
    PAGE_CODE_DUPLICATE = PAGE_DUPLICATE,
    PAGE_CODE_COUNTED,
    PAGE_CODE_WITHHELD,   /* on the list of a contest too small to open */
    PAGE_CODE_CHALLENGED, /* opened for a check, never meant to count */
    PAGE_CODE_STATES
};

enum { PAGE_CODE_BYTES = 12 }; /* of a code hash: 95 bits and a zero */

struct page_code {
    uint8_t code[PAGE_CODE_BYTES];
    uint8_t state; /* enum page_code_state */
    uint16_t contest;
    uint16_t terminal; /* index */
    uint32_t seq;
    uint64_t time; /* unix seconds */
};

struct page_facts {
    enum package_mode mode;
    struct page_text title;
    struct page_text place;
    struct package_text currency; /* "KZT" */
    uint64_t opens;               /* unix seconds */
    uint64_t closes;
    int32_t utc_offset_s;
    int32_t first_day; /* days since 1970-01-01, local */
    int32_t last_day;
    uint16_t small_cell;

    uint8_t package_hash[HASH_BYTES];
    uint8_t closing_hash[HASH_BYTES];
    uint64_t closing_time;
    uint8_t register_hash[HASH_BYTES];
    bool has_elsewhere;
    uint8_t elsewhere_hash[HASH_BYTES];
    uint64_t elsewhere_count; /* of those who voted elsewhere */
    uint64_t record_count;
    uint64_t quarantined; /* records that fail their own check */

    const struct page_contest *contests;
    size_t contest_count;

    const struct page_terminal *terminals; /* ascending by tid */
    size_t terminal_count;

    /* Counted ballots by terminal and day: turnout[terminal * day_count + day],
     * days from first_day to last_day. */
    const uint32_t *turnout;
    size_t day_count;

    const struct page_finding *findings;
    size_t finding_count;
    const struct page_ruling *rulings;
    size_t ruling_count;

    const struct page_trustee *trustees;
    size_t trustee_count;
    uint8_t threshold;

    const struct page_code *codes; /* ascending by code */
    size_t code_count;
};

/** Write each of the files.
 *
 *  Returns: AULA_OK, AULA_MEMORY, or whatever the sink says
 *  In:      sink   takes the file piece by piece
 *           facts  stays the caller's
 */
AULA_MUST_CHECK enum aula_code
page_write_result(const struct pabulib_sink *sink,
                  const struct page_facts *facts, struct aula_error *err);
AULA_MUST_CHECK enum aula_code
page_write_report(const struct pabulib_sink *sink,
                  const struct page_facts *facts, struct aula_error *err);
AULA_MUST_CHECK enum aula_code
page_write_protocol(const struct pabulib_sink *sink,
                    const struct page_facts *facts, struct aula_error *err);
AULA_MUST_CHECK enum aula_code
page_write_geojson(const struct pabulib_sink *sink,
                   const struct page_facts *facts, struct aula_error *err);
AULA_MUST_CHECK enum aula_code page_write_csv(const struct pabulib_sink *sink,
                                              const struct page_facts *facts,
                                              struct aula_error *err);
AULA_MUST_CHECK enum aula_code page_write_index(const struct pabulib_sink *sink,
                                                const struct page_facts *facts,
                                                struct aula_error *err);

/** Write the ballots of one contest whose status is COUNTED (asserted).
 *
 *  Returns: the same, and AULA_SOURCE as pabulib_write
 */
AULA_MUST_CHECK enum aula_code
page_write_ballots(const struct pabulib_sink *sink,
                   const struct page_contest *contest, struct aula_error *err);

#endif
