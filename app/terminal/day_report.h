/* SPDX-License-Identifier: Apache-2.0 */
/* The papers of a day (report.h), counted from the terminal's own chain: what
 * hangs on the wall is what its records say, not what was added up beside. They
 * can be printed again at any later time and say the same, until the next
 * opening. */
#ifndef AULA_DAY_REPORT_H
#define AULA_DAY_REPORT_H

#include "terminal.h"

/** The zero report: what the chain held when its first day was opened.
 *
 *  Returns: AULA_OK
 *           AULA_STATE  no day was opened so far, or more than the first
 *           AULA_STORE_DAMAGED, AULA_IO, AULA_MEMORY
 *  Out:     text    on success only
 *  In:      second  the official who agreed beside whom unlocked it; NULL: none
 *  Owner:   free(text)
 */
AULA_MUST_CHECK enum aula_code day_report_zero(char **text,
                                               struct terminal *terminal,
                                               const char *second,
                                               struct aula_error *err);

/** The reconciliation of the last close. The same returns; AULA_STATE where no
 *  day is closed. */
AULA_MUST_CHECK enum aula_code day_report_close(char **text,
                                                struct terminal *terminal,
                                                const char *second,
                                                struct aula_error *err);

#endif
