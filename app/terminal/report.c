/* SPDX-License-Identifier: Apache-2.0 */
/* The two reports, from the top of the paper to its end; see report.h. */
#include "report.h"

#include <assert.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "code.h"
#include "report_parts.h"

static struct package_text word_of(const struct report *report,
                                   enum report_word word)
{
    return paper_text_of(report_word(report->language, word));
}

void report_heading(struct report *report, enum report_word word)
{
    paper_skip(&report->paper);
    report_line(report, 0, word);
}

void report_line(struct report *report, size_t indent, enum report_word word)
{
    paper_put(&report->paper, indent, word_of(report, word));
}

void report_row(struct report *report, size_t indent, enum report_word label,
                const char *value)
{
    paper_row(&report->paper, indent, word_of(report, label),
              paper_text_of(value));
}

void report_row_number(struct report *report, enum report_word label,
                       uint64_t number)
{
    char text[REPORT_NUMBER_BYTES];

    (void)snprintf(text, sizeof text, "%" PRIu64, number);
    report_row(report, 2, label, text);
}

static void put_time(struct report *report, enum report_word label,
                     uint64_t time)
{
    char text[REPORT_NUMBER_BYTES];

    report_time(text, report->language, time, report->view->utc_offset_s);
    report_row(report, 0, label, text);
}

static void put_officials(struct report *report, enum report_word label)
{
    for (size_t i = 0; i < report->view->official_count; i++) {
        paper_row(&report->paper, 0, word_of(report, label),
                  report->view->officials[i]);
    }
}

static void put_rehearsal(struct report *report)
{
    if (report->view->mode == PACKAGE_REHEARSAL) {
        paper_frame(&report->paper, word_of(report, WORD_REHEARSAL));
    }
}

/* What paper this is, of which terminal. */
static void put_head(struct report *report, enum report_word name,
                     enum report_word about)
{
    const struct report_view *view = report->view;
    char text[REPORT_NUMBER_BYTES];

    paper_rule(&report->paper, '=');
    put_rehearsal(report);
    paper_centre(&report->paper, word_of(report, name));
    paper_centre(&report->paper, word_of(report, about));
    paper_skip(&report->paper);
    report_line(report, 0, WORD_PROGRAMME);
    paper_put(&report->paper, 0, view->title[report->language]);
    paper_skip(&report->paper);
    paper_row(&report->paper, 0, word_of(report, WORD_TERMINAL), view->label);
    (void)snprintf(text, sizeof text, "%" PRIu32, view->day_number);
    report_row(report, 0, WORD_DAY, text);
    report_offset(text, view->utc_offset_s);
    report_row(report, 0, WORD_LOCAL_TIME, text);
    put_time(report, WORD_OPENED, view->opened_time);
}

enum which { OF_DAY, OF_TOTAL };

static void put_contests(struct report *report, enum which which)
{
    const struct report_view *view = report->view;
    char text[REPORT_NUMBER_BYTES];

    report_line(report, 2, WORD_BY_CONTEST);
    for (size_t i = 0; i < view->contest_count; i++) {
        const struct report_contest *contest = &view->contests[i];

        report_count(text, report->language,
                     which == OF_DAY ? contest->cast : contest->total_cast,
                     UNIT_BALLOTS);
        paper_row(&report->paper, 4, contest->name[report->language],
                  paper_text_of(text));
    }
}

static void put_ballots(struct report *report, enum report_word heading,
                        enum which which)
{
    const struct report_view *view = report->view;
    const struct record_counts *counts = &view->day.counts;

    report_heading(report, heading);
    report_row_number(report, WORD_CAST,
                      which == OF_DAY ? counts->cast : view->total_cast);
    report_row_number(report, WORD_CHALLENGED,
                      which == OF_DAY ? counts->challenged
                                      : view->total_challenged);
    put_contests(report, which);
}

static void put_code(struct report *report, enum report_word label,
                     const uint8_t hash[static HASH_BYTES])
{
    char text[CODE_TEXT_BYTES];

    code_write(text, hash);
    report_row(report, 2, label, text);
}

/* Which terminal, package and program these are. The code of a terminal is that
 * of the hash whose first half its id is: all of the characters come from
 * there. In hexadecimal the id stands in the names of files. */
static void put_setup(struct report *report)
{
    const struct report_view *view = report->view;
    uint8_t id[HASH_BYTES] = {0};
    char text[2 * REPORT_NUMBER_BYTES];
    char rows[REPORT_NUMBER_BYTES];

    report_heading(report, WORD_SETUP);
    (void)snprintf(text, sizeof text, "№ %" PRIu32, view->kit_number);
    report_row(report, 2, WORD_KIT, text);
    report_count(rows, report->language, view->roll_count, UNIT_ROWS);
    (void)snprintf(text, sizeof text, "№ %" PRIu32 ", %s", view->roll_number,
                   rows);
    report_row(report, 2, WORD_ROLL,
               view->roll_number > 0
                   ? text
                   : report_word(report->language, WORD_NO_ROLL));
    report_row(report, 2, WORD_VOTERS,
               report_word(report->language, view->has_guests
                                                 ? WORD_VOTERS_GUESTS
                                                 : WORD_VOTERS_ROLL));
    memcpy(id, view->tid, sizeof view->tid);
    put_code(report, WORD_CODE_TERMINAL, id);
    put_code(report, WORD_CODE_PACKAGE, view->package_hash);
    put_code(report, WORD_CODE_PROGRAM, view->digest);
    (void)sodium_bin2hex(text, sizeof text, view->tid, sizeof view->tid);
    report_row(report, 2, WORD_ID, text);
}

/* A label for both languages, and a sentence in each. */
static void put_label(struct report *report, enum report_word word)
{
    char text[REPORT_NUMBER_BYTES * 2];

    (void)snprintf(text, sizeof text, "%s / %s", report_word(REPORT_KK, word),
                   report_word(REPORT_RU, word));
    paper_put(&report->paper, 0, paper_text_of(text));
}

static void put_both(struct report *report, enum report_word word)
{
    for (int i = 0; i < REPORT_LANGUAGES; i++) {
        report->language = (enum report_language)i;
        report_line(report, 0, word);
    }
}

static void put_signature(struct report *report)
{
    paper_skip(&report->paper);
    paper_skip(&report->paper);
    paper_rule(&report->paper, '_');
}

/* Officials by their names; observers write theirs. */
static void put_signatures(struct report *report)
{
    const struct report_view *view = report->view;

    paper_skip(&report->paper);
    put_label(report, WORD_SIGNATURES);
    for (size_t i = 0; i < view->official_count; i++) {
        put_signature(report);
        put_label(report, WORD_OFFICIAL);
        paper_put(&report->paper, 2, view->officials[i]);
    }
    for (int i = 0; i < 2; i++) {
        put_signature(report);
        put_label(report, WORD_OBSERVER);
    }
    paper_rule(&report->paper, '=');
}

static bool is_empty(const struct report_view *view)
{
    bool is_empty = view->total_cast == 0 && view->total_challenged == 0;

    for (size_t i = 0; i < view->contest_count; i++) {
        is_empty = is_empty && view->contests[i].total_cast == 0 &&
                   view->contests[i].total_challenged == 0;
    }
    return is_empty;
}

static void put_zero(struct report *report)
{
    put_head(report, WORD_ZERO, WORD_ZERO_WHEN);
    put_officials(report, WORD_OPENED_BY);
    put_ballots(report, WORD_BALLOTS_HERE, OF_TOTAL);
    paper_skip(&report->paper);
    if (is_empty(report->view)) {
        report_line(report, 0, WORD_IS_ZERO);
    } else {
        paper_frame(&report->paper, word_of(report, WORD_NOT_ZERO));
    }
    put_setup(report);
}

static void put_close(struct report *report)
{
    const struct report_view *view = report->view;

    put_head(report, WORD_CLOSE, WORD_CLOSE_WHAT);
    put_time(report, WORD_CLOSED, view->closed_time);
    put_officials(report, WORD_CLOSED_BY);
    if (view->is_reopened) {
        report_line(report, 0, WORD_REOPENED);
    }
    if (view->is_early) {
        report_line(report, 0, WORD_EARLY);
    }
    if (view->closed_time < view->opened_time) {
        report_line(report, 0, WORD_CLOCK_WRONG);
    }
    report_put_day(report);
    put_ballots(report, WORD_BALLOTS_DAY, OF_DAY);
    put_ballots(report, WORD_BALLOTS_TOTAL, OF_TOTAL);
    paper_skip(&report->paper);
    report_put_balance(report);
    put_setup(report);
}

/* Beside the code stand terminal, number and time, as beside every code. */
static void put_closing_code(struct report *report)
{
    const struct report_view *view = report->view;
    struct code_qr qr = {.seq = view->closed_seq};
    char code[CODE_TEXT_BYTES];
    char text[CODE_QR_BYTES];
    char time[REPORT_NUMBER_BYTES];
    char where[REPORT_NUMBER_BYTES + 32];

    paper_rule(&report->paper, '=');
    for (int i = 0; i < REPORT_LANGUAGES; i++) {
        report->language = (enum report_language)i;
        put_rehearsal(report);
    }
    put_label(report, WORD_CLOSING_CODE);
    paper_skip(&report->paper);
    code_write(code, view->closed_hash);
    paper_frame(&report->paper, paper_text_of(code));
    paper_skip(&report->paper);
    report_time_short(time, view->closed_time, view->utc_offset_s);
    (void)snprintf(where, sizeof where, "№ %" PRIu64 ", %s", view->closed_seq,
                   time);
    paper_row(&report->paper, 0, view->label, paper_text_of(where));
    paper_skip(&report->paper);
    memcpy(qr.hash, view->closed_hash, sizeof qr.hash);
    memcpy(qr.tid, view->tid, sizeof qr.tid);
    code_qr_write(text, CODE_HEAD_CLOSING, &qr);
    put_both(report, WORD_QR);
    paper_put(&report->paper, 0, paper_text_of(text));
    paper_skip(&report->paper);
    put_both(report, WORD_CODE_LATIN);
    put_both(report, WORD_POST);
}

enum aula_code report_zero(char **text, const struct report_view *view,
                           struct aula_error *err)
{
    struct report report = {.view = view};

    assert(view->official_count <= REPORT_OFFICIALS_MAX);
    report.language = REPORT_KK;
    put_zero(&report);
    report.language = REPORT_RU;
    put_zero(&report);
    paper_rule(&report.paper, '=');
    put_signatures(&report);
    return paper_take(&report.paper, text, err);
}

enum aula_code report_close(char **text, const struct report_view *view,
                            struct aula_error *err)
{
    struct report report = {.view = view};

    assert(view->official_count <= REPORT_OFFICIALS_MAX);
    report.language = REPORT_KK;
    put_close(&report);
    report.language = REPORT_RU;
    put_close(&report);
    put_closing_code(&report);
    put_signatures(&report);
    return paper_take(&report.paper, text, err);
}
