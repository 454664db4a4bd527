/* SPDX-License-Identifier: Apache-2.0 */
/* What was counted of a contest, taken into the facts. */
#ifndef AULA_PAGE_TALLY_H
#define AULA_PAGE_TALLY_H

#include "page_book.h"
#include "tally.h"

/** Take votes, outcomes, ties and ballots of a contest, whose status becomes
 *  COUNTED.
 *
 *  Returns: AULA_OK or AULA_MEMORY
 *  In:      contest  index
 *           tally    of this contest; stays open until page_book_close
 */
AULA_MUST_CHECK enum aula_code page_take_tally(struct page_book *book,
                                               size_t contest,
                                               const struct tally *tally,
                                               struct aula_error *err);

#endif
