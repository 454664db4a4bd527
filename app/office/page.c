/* SPDX-License-Identifier: Apache-2.0 */
/* See page.h. */
#include "page.h"

#include <assert.h>

/* A voter is named by the place in the mix: that order tells nothing, and every
 * other one would have to be proved to. */
enum aula_code page_write_ballots(const struct pabulib_sink *sink,
                                  const struct page_contest *contest,
                                  struct aula_error *err)
{
    assert(contest->ballots != NULL);
    return pabulib_write(sink, contest->ballots, err);
}
