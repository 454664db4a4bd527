/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of tally.h share. Not for use outside of them. */
#ifndef AULA_TALLY_PARTS_H
#define AULA_TALLY_PARTS_H

#include "tally.h"

enum { TALLY_HUNDREDTHS = 100 };

/** The valid rows as a Pabulib file, and how many they are.
 *
 *  Returns: AULA_OK, AULA_SOURCE, AULA_TOO_LARGE or AULA_MEMORY
 *  Out:     tally  its ballots may be half made on failure; tally_close
 */
AULA_MUST_CHECK enum aula_code
tally_take_ballots(struct tally *tally, const struct package *package,
                   const struct election *election, size_t place,
                   const uint8_t *rows, size_t count, struct aula_error *err);

#endif
