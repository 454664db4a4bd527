/* SPDX-License-Identifier: Apache-2.0 */
/* Did the same ballots come out of a rehearsal as went in? Each expected-C.pb
 * (rehearse_expected.h) is compared with the board's ballots-C.pb: the same
 * projects, sums and selection, and the same votes, in whatever order. A
 * contest that the board has no ballots of was too small to be opened. */
#ifndef AULA_REHEARSE_SAME_H
#define AULA_REHEARSE_SAME_H

#include <stddef.h>

#include "error.h"

/** Compare all contests.
 *
 *  Returns: AULA_OK
 *           AULA_RESULT_MISMATCH  they differ: the message says in which file
 *           AULA_IO, AULA_TOO_LARGE, AULA_MEMORY
 *  In:      out       folder with the expected files
 *           board     folder of the board
 *           contests  how many there are
 */
AULA_MUST_CHECK enum aula_code rehearse_same(const char *out, const char *board,
                                             size_t contests,
                                             struct aula_error *err);

#endif
