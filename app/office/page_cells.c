/* SPDX-License-Identifier: Apache-2.0 */
/* See page_cells.h. */
#include "page_cells.h"

#include <stdlib.h>

static size_t place(const struct page_cells *cells, size_t row, size_t column)
{
    return row * (cells->columns + 1) + column;
}

uint64_t page_cells_count(const struct page_cells *cells, size_t row,
                          size_t column)
{
    return cells->counts[place(cells, row, column)];
}

bool page_cells_is_hidden(const struct page_cells *cells, size_t row,
                          size_t column)
{
    return cells->hidden[place(cells, row, column)];
}

static void sum_up(struct page_cells *cells, const uint32_t *counts)
{
    for (size_t row = 0; row < cells->rows; row++) {
        for (size_t column = 0; column < cells->columns; column++) {
            uint64_t count = counts[row * cells->columns + column];

            cells->counts[place(cells, row, column)] = count;
            cells->counts[place(cells, row, cells->columns)] += count;
            cells->counts[place(cells, cells->rows, column)] += count;
            cells->counts[place(cells, cells->rows, cells->columns)] += count;
        }
    }
}

/* A line: a row or a column, with its total as the last place. */
struct line {
    size_t first;
    size_t step;
    size_t count; /* places, the total included */
};

static struct line row_of(const struct page_cells *cells, size_t row)
{
    return (struct line){place(cells, row, 0), 1, cells->columns + 1};
}

static struct line column_of(const struct page_cells *cells, size_t column)
{
    return (struct line){column, cells->columns + 1, cells->rows + 1};
}

/* The total of everything, which is never hidden. */
static size_t whole(const struct page_cells *cells)
{
    return place(cells, cells->rows, cells->columns);
}

/* Hide a second place where there is one alone: the smallest, but rather one
 * that is not zero. Was one hidden? */
static bool protect(struct page_cells *cells, struct line line)
{
    size_t hidden = 0;
    size_t best = SIZE_MAX;

    for (size_t i = 0; i < line.count; i++) {
        size_t at = line.first + i * line.step;
        uint64_t count = cells->counts[at];

        if (cells->hidden[at]) {
            hidden++;
        } else if (at != whole(cells) &&
                   (best == SIZE_MAX || count - 1 < cells->counts[best] - 1)) {
            best = at; /* less one, so that zero is the largest of all */
        }
    }
    if (hidden != 1 || best == SIZE_MAX) {
        return false;
    }
    cells->hidden[best] = true;
    return true;
}

static void hide(struct page_cells *cells, uint64_t limit)
{
    size_t count = (cells->rows + 1) * (cells->columns + 1);
    bool is_changed = true;

    for (size_t i = 0; i < count; i++) {
        cells->hidden[i] = i != whole(cells) && cells->counts[i] > 0 &&
                           cells->counts[i] < limit;
    }
    while (is_changed) {
        is_changed = false;
        for (size_t row = 0; row <= cells->rows; row++) {
            is_changed |= protect(cells, row_of(cells, row));
        }
        for (size_t column = 0; column <= cells->columns; column++) {
            is_changed |= protect(cells, column_of(cells, column));
        }
    }
}

enum aula_code page_cells_open(struct page_cells *cells, const uint32_t *counts,
                               size_t rows, size_t columns, uint64_t limit,
                               struct aula_error *err)
{
    size_t count = (rows + 1) * (columns + 1);

    *cells = (struct page_cells){.rows = rows, .columns = columns};
    cells->counts = calloc(count, sizeof *cells->counts);
    cells->hidden = calloc(count, sizeof *cells->hidden);
    if (cells->counts == NULL || cells->hidden == NULL) {
        page_cells_close(cells);
        return aula_fail(err, AULA_MEMORY, "no memory for a table of turnout");
    }
    sum_up(cells, counts);
    hide(cells, limit);
    return AULA_OK;
}

void page_cells_close(struct page_cells *cells)
{
    free(cells->counts);
    free(cells->hidden);
    *cells = (struct page_cells){0};
}
