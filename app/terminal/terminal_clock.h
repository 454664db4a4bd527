/* SPDX-License-Identifier: Apache-2.0 */
/* The terminal's clock against its chain (PROTOCOL.md section 9). Not for use
 * outside of this folder. */
#ifndef AULA_TERMINAL_CLOCK_H
#define AULA_TERMINAL_CLOCK_H

#include "error.h"

struct terminal;

/** The item "clock". */
AULA_MUST_CHECK enum aula_code terminal_put_clock(struct terminal *terminal,
                                                  struct aula_error *err);

/** Compare the clock with the chain, before anything is recorded at a start. */
AULA_MUST_CHECK enum aula_code terminal_start_clock(struct terminal *terminal,
                                                    struct aula_error *err);
/** The same at this moment: fills `time`. */
void terminal_look_at_clock(struct terminal *terminal);
/** The same before a record, in its transaction: a jump that it would hide is
 *  kept. */
AULA_MUST_CHECK enum aula_code terminal_keep_clock(struct terminal *terminal,
                                                   struct aula_error *err);

#endif
