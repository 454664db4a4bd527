/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of report.html. Not for use outside of page_report*.c and
 * page_protocol.c. */
#ifndef AULA_PAGE_REPORT_PARTS_H
#define AULA_PAGE_REPORT_PARTS_H

#include "page_cells.h"
#include "page_html.h"

/** One contest: money, ballots, every proposal with its outcome, ties. */
void page_put_contest(struct page *page, const struct page_contest *contest);

/** The ballots of a contest: what was cast, left out and counted, as rows. */
void page_put_ballots(struct page *page, const struct page_contest *contest);

/** Rule, minimum and tie order, as rows. */
void page_put_rule(struct page *page, const struct page_contest *contest);

/** Counted ballots by terminal and by day, small ones hidden. */
void page_put_turnout(struct page *page, const struct page_cells *cells);

/** Sessions and ballots, findings, rulings. */
void page_put_reconciliation(struct page *page);

/** Trustees, codes to compare, and how to count again. */
void page_put_trustees(struct page *page);
void page_put_codes(struct page *page);

#endif
