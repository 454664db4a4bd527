/* SPDX-License-Identifier: Apache-2.0 */
/* Do the numbers of a day agree?
 *
 *   sessions issued     = ended in a ballot + unfinished
 *   ballots entitled to = used + unused
 *   the whole           = the sum over the contests, for the day and in all
 *
 * The issue asks for "choices used + unused". How many proposals are marked
 * inside of a ballot is not known here, and must not be: it is encrypted to the
 * trustees, and a terminal that counted marks would publish something of what
 * residents chose. (Ballots times the limit is no way round either: a ballot
 * may use fewer.) What a terminal does know is which ballots a session was
 * entitled to, how many of them were cast, and how many were left when the
 * session ended. So used and unused are ballots; the marks are counted at the
 * end, by everyone, from the opened ballots.
 */
#include <inttypes.h>
#include <stdio.h>

#include "report_parts.h"

/* Two numbers that should be the same, or of which the first should not be
 * below the second. */
struct pair {
    uint64_t one;
    uint64_t other;
    enum report_unit unit;
    bool is_at_least;
};

enum { PAIRS = WORD_PAIR_DAY - WORD_PAIR_SESSIONS + 1 };

static struct report_contest sum_of(const struct report_view *view)
{
    struct report_contest sum = {0};

    for (size_t i = 0; i < view->contest_count; i++) {
        sum.cast += view->contests[i].cast;
        sum.challenged += view->contests[i].challenged;
        sum.total_cast += view->contests[i].total_cast;
        sum.total_challenged += view->contests[i].total_challenged;
    }
    return sum;
}

/* In the order of their words. Where a person has one ballot in the whole
 * election, a session that ended in a ballot ended in exactly one. */
static void collect(struct pair pairs[static PAIRS],
                    const struct report_view *view)
{
    const struct report_day *day = &view->day;
    const struct record_counts *counts = &day->counts;
    struct report_contest sum = sum_of(view);
    bool is_many = view->one_per == PACKAGE_ONE_PER_CONTEST;
    uint64_t entitled = day->knows_entitled ? day->entitled : 0;
    uint64_t used = day->knows_entitled ? counts->cast + day->unused : 0;

    pairs[0] = (struct pair){counts->issued, day->finished + counts->unfinished,
                             UNIT_SESSIONS, false};
    pairs[1] = (struct pair){entitled, used, UNIT_BALLOTS, false};
    pairs[2] = (struct pair){counts->cast, sum.cast, UNIT_BALLOTS, false};
    pairs[3] = (struct pair){counts->challenged, sum.challenged, UNIT_BALLOTS,
                             false};
    pairs[4] = (struct pair){view->total_cast, sum.total_cast, UNIT_BALLOTS,
                             false};
    pairs[5] = (struct pair){view->total_challenged, sum.total_challenged,
                             UNIT_BALLOTS, false};
    pairs[6] = (struct pair){counts->cast, day->finished, UNIT_BALLOTS,
                             is_many};
    pairs[7] = (struct pair){view->total_cast, counts->cast, UNIT_BALLOTS,
                             true};
}

static bool agrees(const struct pair *pair)
{
    return pair->is_at_least ? pair->one >= pair->other
                             : pair->one == pair->other;
}

bool report_is_balanced(const struct report_view *view)
{
    struct pair pairs[PAIRS];
    bool is_balanced = true;

    collect(pairs, view);
    for (size_t i = 0; i < PAIRS; i++) {
        is_balanced = is_balanced && agrees(&pairs[i]);
    }
    return is_balanced;
}

static void put_pair(struct report *report, const struct pair *pair,
                     enum report_word what)
{
    char text[3 * REPORT_NUMBER_BYTES];
    char difference[REPORT_NUMBER_BYTES];

    report_count(difference, report->language,
                 pair->one > pair->other ? pair->one - pair->other
                                         : pair->other - pair->one,
                 pair->unit);
    (void)snprintf(text, sizeof text, "%" PRIu64 " <> %" PRIu64 ", %s %s",
                   pair->one, pair->other,
                   report_word(report->language, WORD_DIFFERENCE), difference);
    report_row(report, 2, what, text);
}

void report_put_balance(struct report *report)
{
    const struct report_view *view = report->view;
    struct pair pairs[PAIRS];

    collect(pairs, view);
    if (report_is_balanced(view)) {
        report_line(report, 0, WORD_BALANCED);
    } else {
        paper_frame(&report->paper,
                    paper_text_of(report_word(report->language,
                                              WORD_UNBALANCED)));
    }
    for (size_t i = 0; i < PAIRS; i++) {
        if (!agrees(&pairs[i])) {
            put_pair(report, &pairs[i],
                     (enum report_word)(WORD_PAIR_SESSIONS + i));
        }
    }
}

/* "12 = 10 + 2: сходится" */
static void put_equation(struct report *report, uint64_t whole, uint64_t part,
                         uint64_t rest)
{
    bool is_same = whole == part + rest;
    char text[REPORT_NUMBER_BYTES + 80];

    (void)snprintf(text, sizeof text,
                   "%" PRIu64 " %s %" PRIu64 " + %" PRIu64 ": %s", whole,
                   is_same ? "=" : "<>", part, rest,
                   report_word(report->language,
                               is_same ? WORD_AGREES : WORD_DISAGREES));
    paper_put(&report->paper, 2, paper_text_of(text));
}

void report_put_day(struct report *report)
{
    const struct report_day *day = &report->view->day;
    const struct record_counts *counts = &day->counts;

    report_heading(report, WORD_SESSIONS);
    report_row_number(report, WORD_ISSUED, counts->issued);
    report_row_number(report, WORD_FINISHED, day->finished);
    report_row_number(report, WORD_UNFINISHED, counts->unfinished);
    put_equation(report, counts->issued, day->finished, counts->unfinished);
    if (!day->knows_entitled) {
        return;
    }
    report_heading(report, WORD_USE);
    report_row_number(report, WORD_ENTITLED, day->entitled);
    report_row_number(report, WORD_USED, counts->cast);
    report_row_number(report, WORD_UNUSED, day->unused);
    put_equation(report, day->entitled, counts->cast, day->unused);
    report_line(report, 2, WORD_SEALED);
}
