/* SPDX-License-Identifier: Apache-2.0 */
/* What the terminals of a rehearsal share while they run side by side: the
 * ledger, the bar, and the word that one of them failed. All of it is behind
 * one lock.
 *
 * A line of the ledger is `CODE TERMINAL SEQ cast` or `.. challenged`: what the
 * voters would have in hand, and never a choice. Lines stand in the order in
 * which ballots were recorded. */
#ifndef AULA_REHEARSE_HALL_H
#define AULA_REHEARSE_HALL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "clock.h"
#include "code.h"
#include "error.h"

struct rehearse_hall;

/** Begin.
 *
 *  Returns: AULA_OK, AULA_FULL, AULA_IO or AULA_MEMORY
 *  Out:     hall    on success only
 *  In:      ledger  path of the file
 *           total   ballots that will be cast
 *           notes   standard error; stays the caller's
 *  Owner:   rehearse_hall_close
 */
AULA_MUST_CHECK enum aula_code rehearse_hall_open(struct rehearse_hall **hall,
                                                  const char *ledger,
                                                  uint64_t total, FILE *notes,
                                                  const struct clock *clock,
                                                  struct aula_error *err);

/** A ballot was recorded.
 *
 *  Returns: AULA_OK
 *           AULA_FULL, AULA_IO  the ledger could not be written
 *           AULA_STATE          another terminal has failed: stop
 */
AULA_MUST_CHECK enum aula_code
rehearse_hall_tell(struct rehearse_hall *hall, unsigned terminal, uint64_t seq,
                   const char code[static CODE_TEXT_BYTES], bool is_cast,
                   struct aula_error *err);

/** A terminal failed: the others stop at their next ballot. The first one's
 *  error is kept. */
void rehearse_hall_fail(struct rehearse_hall *hall, unsigned terminal,
                        const struct aula_error *met);

/** The end: keep the ledger, if no terminal failed.
 *
 *  Returns: AULA_OK, the first failure, AULA_FULL or AULA_IO
 */
AULA_MUST_CHECK enum aula_code rehearse_hall_end(struct rehearse_hall *hall,
                                                 struct aula_error *err);

/** KiB that the program had in memory when a tenth of the ballots was cast. */
uint64_t rehearse_hall_tenth_kib(const struct rehearse_hall *hall);

/** A ledger that was not kept is gone. Accepts NULL. */
void rehearse_hall_close(struct rehearse_hall *hall);

#endif
