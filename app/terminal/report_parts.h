/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the reports share. Not for use outside of them. */
#ifndef AULA_REPORT_PARTS_H
#define AULA_REPORT_PARTS_H

#include "paper.h"
#include "report_words.h"

/* A report in the making. */
struct report {
    struct paper paper;
    const struct report_view *view;
    enum report_language language; /* of the part that is being written */
};

void report_heading(struct report *report, enum report_word word);
void report_line(struct report *report, size_t indent, enum report_word word);
void report_row(struct report *report, size_t indent, enum report_word label,
                const char *value);
void report_row_number(struct report *report, enum report_word label,
                       uint64_t number);

/** Sessions and ballots of the day with their two equations. */
void report_put_day(struct report *report);

/** Whether all numbers agree, and each pair that does not. */
void report_put_balance(struct report *report);

#endif
