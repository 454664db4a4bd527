/* SPDX-License-Identifier: Apache-2.0 */
/* The script of index.html. Not for use outside of page_index*.c. */
#ifndef AULA_PAGE_INDEX_PARTS_H
#define AULA_PAGE_INDEX_PARTS_H

/* In parts, with a NULL behind them. */
extern const char *const page_index_script[];

#endif
