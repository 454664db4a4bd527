/* SPDX-License-Identifier: Apache-2.0 */
/* A table of counts with its totals, of which small ones are hidden.
 *
 * A count from 1 to below the limit is hidden; and wherever a line of the table
 * would then have one hidden place alone, which its total gives away, another
 * one of that line is hidden too. The total of everything is always shown: the
 * result shows it anyway. Zero is no secret: that nobody came names nobody.
 */
#ifndef AULA_PAGE_CELLS_H
#define AULA_PAGE_CELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"

/* Rows and columns with one more of each, at the end, for the totals. */
struct page_cells {
    size_t rows;
    size_t columns;
    uint64_t *counts;
    bool *hidden;
};

/** Sum up and hide.
 *
 *  Returns: AULA_OK or AULA_MEMORY
 *  Out:     cells  all zero on failure
 *  In:      counts  rows * columns of them, row by row; not kept
 *           limit   the smallest count that is shown; 0 hides nothing
 *  Owner:   page_cells_close
 */
AULA_MUST_CHECK enum aula_code
page_cells_open(struct page_cells *cells, const uint32_t *counts, size_t rows,
                size_t columns, uint64_t limit, struct aula_error *err);
void page_cells_close(struct page_cells *cells); /* accepts all zero */

/** A count; row == cells->rows or column == cells->columns is a total. */
uint64_t page_cells_count(const struct page_cells *cells, size_t row,
                          size_t column);
bool page_cells_is_hidden(const struct page_cells *cells, size_t row,
                          size_t column);

#endif
