/* SPDX-License-Identifier: Apache-2.0 */
/* The words of the reports, Kazakh and Russian, and how numbers and times read
 * in each. Not for use outside of the reports: those of the terminal, and that
 * of the result. */
#ifndef AULA_REPORT_WORDS_H
#define AULA_REPORT_WORDS_H

#include "report.h"

enum report_word {
    WORD_PROGRAMME,
    WORD_REHEARSAL,
    WORD_ZERO,
    WORD_ZERO_WHEN,
    WORD_CLOSE,
    WORD_CLOSE_WHAT,
    WORD_TERMINAL,
    WORD_DAY,
    WORD_OPENED,
    WORD_CLOSED,
    WORD_LOCAL_TIME,
    WORD_OPENED_BY,
    WORD_CLOSED_BY,
    WORD_REOPENED,
    WORD_EARLY,
    WORD_CLOCK_WRONG,

    WORD_SESSIONS,
    WORD_ISSUED,
    WORD_FINISHED,
    WORD_UNFINISHED,
    WORD_BALLOTS_DAY,
    WORD_BALLOTS_TOTAL,
    WORD_BALLOTS_HERE,
    WORD_CAST,
    WORD_CHALLENGED,
    WORD_BY_CONTEST,
    WORD_USE,
    WORD_ENTITLED,
    WORD_USED,
    WORD_UNUSED,
    WORD_SEALED,

    WORD_IS_ZERO,
    WORD_NOT_ZERO,
    WORD_AGREES,
    WORD_DISAGREES,
    WORD_BALANCED,
    WORD_UNBALANCED,
    WORD_DIFFERENCE,

    /* What of two numbers should be the same; in the order of the checks. */
    WORD_PAIR_SESSIONS,
    WORD_PAIR_ENTITLED,
    WORD_PAIR_CAST,
    WORD_PAIR_CHALLENGED,
    WORD_PAIR_TOTAL_CAST,
    WORD_PAIR_TOTAL_CHALLENGED,
    WORD_PAIR_FINISHED,
    WORD_PAIR_DAY,

    WORD_SETUP,
    WORD_ID,
    WORD_KIT,
    WORD_ROLL,
    WORD_NO_ROLL,
    WORD_VOTERS,
    WORD_VOTERS_ROLL,
    WORD_VOTERS_GUESTS,
    WORD_CODE_TERMINAL,
    WORD_CODE_PACKAGE,
    WORD_CODE_PROGRAM,

    WORD_CLOSING_CODE,
    WORD_CODE_LATIN,
    WORD_QR,
    WORD_POST,
    WORD_SIGNATURES,
    WORD_OFFICIAL,
    WORD_OBSERVER,
    REPORT_WORDS
};

enum report_unit { UNIT_BALLOTS, UNIT_SESSIONS, UNIT_ROWS, REPORT_UNITS };

enum { REPORT_NUMBER_BYTES = 80 };

/** A word, never empty. */
const char *report_word(enum report_language language, enum report_word word);

/** A number and what it counts: "1 бюллетень", "2 бюллетеня". */
void report_count(char text[static REPORT_NUMBER_BYTES],
                  enum report_language language, uint64_t count,
                  enum report_unit unit);

/** A moment in local time: "2027 жылғы 6 сәуір, 09:05"; what no calendar of
 *  ours holds as unix seconds. */
void report_time(char text[static REPORT_NUMBER_BYTES],
                 enum report_language language, uint64_t time,
                 int32_t utc_offset_s);

/** The same for both languages: "06.04.2027, 09:05". */
void report_time_short(char text[static REPORT_NUMBER_BYTES], uint64_t time,
                       int32_t utc_offset_s);

/** "UTC+05:00" */
void report_offset(char text[static REPORT_NUMBER_BYTES], int32_t utc_offset_s);

#endif
