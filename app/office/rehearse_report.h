/* SPDX-License-Identifier: Apache-2.0 */
/* What a rehearsal prints: counts, and what they took. */
#ifndef AULA_REHEARSE_REPORT_H
#define AULA_REHEARSE_REPORT_H

#include "output.h"
#include "rehearse_run.h"

/** Say it; to be called once.
 *
 *  In:  out     the folder
 *       is_own  the election is the rehearsal's own
 */
void rehearse_report(struct output *output, const struct rehearse_run *run,
                     const char *out, bool is_own);

#endif
