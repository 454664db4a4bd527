/* SPDX-License-Identifier: Apache-2.0 */
/* The words of the result's pages, Kazakh and Russian, both written, neither
 * translated; where a screen or a day's report says the same, it says it in
 * these words. And how numbers, sums, days and counted things read in each.
 *
 * A number never takes a case ending: words stand beside it.
 */
#ifndef AULA_PAGE_WORDS_H
#define AULA_PAGE_WORDS_H

#include "page_out.h"

enum page_word {
    PAGE_WORD_PROGRAMME,
    PAGE_WORD_REHEARSAL,
    PAGE_WORD_RESULT,
    PAGE_WORD_DATES,
    PAGE_WORD_NUMBER,
    PAGE_WORD_PROPOSAL,
    PAGE_WORD_VOTES,
    PAGE_WORD_POINTS,
    PAGE_WORD_COST,
    PAGE_WORD_OUTCOME,
    PAGE_WORD_COUNCIL,
    PAGE_WORD_COUNCIL_ACCEPTED,
    PAGE_WORD_COUNCIL_REFUSED,
    PAGE_WORD_COUNCIL_NOTE,

    PAGE_WORD_BUDGET,
    PAGE_WORD_SPENT,
    PAGE_WORD_LEFT,
    PAGE_WORD_FUNDED_COUNT,
    PAGE_WORD_RULE,
    PAGE_WORD_MINIMUM,
    PAGE_WORD_TIES_BY,
    PAGE_WORD_TIES_ID, /* in the order of enum election_ties */
    PAGE_WORD_TIES_CHEAPER,
    PAGE_WORD_TIES_VOTES,
    PAGE_WORD_TIES_LOT,
    PAGE_WORD_TIES_MET,
    PAGE_WORD_TIES_NONE,
    PAGE_WORD_TIES_ORDER,
    PAGE_WORD_CHART_FUNDED,
    PAGE_WORD_CHART_OTHER,
    PAGE_WORD_CHART_MINIMUM,

    PAGE_WORD_BALLOTS,
    PAGE_WORD_CAST,
    PAGE_WORD_CHALLENGED,
    PAGE_WORD_EXCLUDED,
    PAGE_WORD_REVOKED, /* in the order of enum page_exclusion */
    PAGE_WORD_FORK,
    PAGE_WORD_OUTSIDE_WINDOW,
    PAGE_WORD_ELSEWHERE,
    PAGE_WORD_DUPLICATE,
    PAGE_WORD_COUNTED,
    PAGE_WORD_VALID,
    PAGE_WORD_BLANK,
    PAGE_WORD_INVALID,
    PAGE_WORD_EMPTY,
    PAGE_WORD_WITHHELD, /* {}: the least number */

    PAGE_WORD_FUNDED, /* in the order of enum page_outcome; {}: its number */
    PAGE_WORD_UNDER_MINIMUM,
    PAGE_WORD_TOO_DEAR,
    PAGE_WORD_EXCLUDED_BY,
    PAGE_WORD_UNSUPPORTED,
    PAGE_WORD_NO_VOTES,
    PAGE_WORD_NOT_COUNTED,

    PAGE_WORD_TURNOUT,
    PAGE_WORD_TURNOUT_NOTE,
    PAGE_WORD_TURNOUT_HIDDEN, /* {}: the smallest number that is shown */
    PAGE_WORD_BY_TERMINAL,
    PAGE_WORD_BY_DAY,
    PAGE_WORD_TERMINAL,
    PAGE_WORD_LATE,
    PAGE_WORD_TOTAL,

    PAGE_WORD_RECONCILIATION,
    PAGE_WORD_ISSUED,
    PAGE_WORD_UNFINISHED,
    PAGE_WORD_RECORDS,
    PAGE_WORD_QUARANTINED,
    PAGE_WORD_ELSEWHERE_LIST,
    PAGE_WORD_AGREES,
    PAGE_WORD_DISAGREES,
    PAGE_WORD_FINDINGS,
    PAGE_WORD_NONE,
    PAGE_WORD_GAP, /* in the order of enum page_finding_name */
    PAGE_WORD_CHAIN_BREAK,
    PAGE_WORD_NO_CLOSE,
    PAGE_WORD_CLOSE_COUNT,
    PAGE_WORD_FORKED,
    PAGE_WORD_NO_RECORDS,
    PAGE_WORD_TIME_REGRESSION,
    PAGE_WORD_DAY_STATE,
    PAGE_WORD_SESSION_COUNT,
    PAGE_WORD_REPEATED_RANDOMNESS,
    PAGE_WORD_OPEN,
    PAGE_WORD_SETTLED,
    PAGE_WORD_NOTED,
    PAGE_WORD_OPEN_NOTE,
    PAGE_WORD_RULINGS,
    PAGE_WORD_ADMIT, /* in the order of enum page_ruling_type */
    PAGE_WORD_REVOKE,
    PAGE_WORD_CHAIN,
    PAGE_WORD_EXPLAIN,
    PAGE_WORD_REASON,

    PAGE_WORD_TRUSTEES,
    PAGE_WORD_TRUSTEE,
    PAGE_WORD_THRESHOLD, /* {}: how many */
    PAGE_WORD_KEY_CODE,
    PAGE_WORD_APPROVED,
    PAGE_WORD_MIXED,
    PAGE_WORD_DECRYPTED,
    PAGE_WORD_YES,
    PAGE_WORD_CHECK,
    PAGE_WORD_CHECK_HOW,
    PAGE_WORD_CHECK_COMPARE,
    PAGE_WORD_CODE_PACKAGE,
    PAGE_WORD_CODE_CLOSING,
    PAGE_WORD_CODE_REGISTER,
    PAGE_WORD_CODE_ELSEWHERE,
    PAGE_WORD_CLOSED_AT,
    PAGE_WORD_LOOK_UP,

    PAGE_WORD_PROTOCOL,
    PAGE_WORD_FUNDED_LIST,
    PAGE_WORD_FUNDED_NONE,
    PAGE_WORD_SIGNATURES,
    PAGE_WORD_CHAIR,
    PAGE_WORD_MEMBER,
    PAGE_WORD_OBSERVER,
    PAGE_WORD_NAME,
    PAGE_WORD_SIGNATURE,
    PAGE_WORD_DATE,
    PAGE_WORDS
};

/* What is counted. */
enum page_unit {
    PAGE_UNIT_VOTES,
    PAGE_UNIT_POINTS,
    PAGE_UNIT_BALLOTS,
    PAGE_UNIT_PROPOSALS,
    PAGE_UNITS
};

enum { PAGE_NUMBER_BYTES = 96 };

/** A word, never empty. */
const char *page_word(enum page_language language, enum page_word word);

/** Write a word; `value` stands where the word has {}. Both are markup-free
 *  text of ours. */
void page_say(struct page_out *out, enum page_language language,
              enum page_word word);
void page_say_with(struct page_out *out, enum page_language language,
                   enum page_word word, const char *value);

/** A counting rule in plain words; NULL where it has none. */
const char *page_rule_words(enum page_language language, const char *rule);

/** A number in groups of three: "12 500 000", with blanks that do not break. */
void page_number(char text[static PAGE_NUMBER_BYTES], uint64_t number);

/** A sum of money: "12 500 000 ₸". Another currency than the tenge is named by
 *  its letters; what is no such name is left out. */
void page_money(char text[static PAGE_NUMBER_BYTES],
                const struct page_facts *facts, uint64_t amount);

/** A number and what it counts: "1 голос", "2 голоса", "5 голосов". */
void page_count(char text[static PAGE_NUMBER_BYTES],
                enum page_language language, uint64_t count,
                enum page_unit unit);

/** The same after "at least": "1 голоса", "2 голосов". */
void page_count_genitive(char text[static PAGE_NUMBER_BYTES],
                         enum page_language language, uint64_t count,
                         enum page_unit unit);

/** "06.04.2027" */
void page_day(char text[static PAGE_NUMBER_BYTES], int32_t day);

#endif
