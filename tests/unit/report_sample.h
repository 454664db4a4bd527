/* SPDX-License-Identifier: Apache-2.0 */
/* A hall whose day went well, for the tests of reports, and how a paper is
 * read. All numbers of the hall are different, so that each can be looked for.
 */
#ifndef AULA_REPORT_SAMPLE_H
#define AULA_REPORT_SAMPLE_H

#include "report.h"

enum { REPORT_SAMPLE_CONTESTS = 2 };

struct report_sample {
    struct report_view view;
    struct report_contest contests[REPORT_SAMPLE_CONTESTS];
};

/** A close whose numbers agree. */
void report_sample_close(struct report_sample *sample);

/** A first opening. */
void report_sample_zero(struct report_sample *sample);

typedef enum aula_code write_report(char **text, const struct report_view *view,
                                    struct aula_error *err);

/** Write a report; its lines are text, and as wide as paper is.
 *
 *  Owner: free
 */
char *report_sample_write(write_report *run, const struct report_view *view);

/** A part is there so many times. */
void report_expect(const char *text, const char *part, size_t count);

/** Both are there, in this order. */
void report_expect_order(const char *text, const char *first,
                         const char *second);

/** All that identifies terminal, package and program, in both languages. */
void report_expect_setup(const char *text);

/** Two officials and two observers sign. */
void report_expect_signatures(const char *text);

/** Take the line breaks out: a QR is longer than the paper is wide. */
void report_join_lines(char *text);

#endif
