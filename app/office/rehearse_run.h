/* SPDX-License-Identifier: Apache-2.0 */
/* A whole rehearsal: terminals are made and certified one after the other, then
 * all vote at the same time, each in a thread of its own.
 *
 *   OUT/terminals/1..M  their folders
 *   OUT/public          rehearse_certify.h
 *   OUT/stick           their batches
 *   OUT/ledger.txt      rehearse_hall.h
 *   OUT/elsewhere.txt   rehearse_visitor.h, where there are visitors
 */
#ifndef AULA_REHEARSE_RUN_H
#define AULA_REHEARSE_RUN_H

#include "rehearse_terminal.h"

struct rehearse_run {
    struct rehearse_scene scene;
    struct rehearse_terminal *terminals; /* scene.terminals of them */
    uint64_t us;         /* that the voting took, from installing on */
    uint64_t tenth_kib;  /* memory after a tenth of the ballots */
    uint64_t memory_kib; /* and after all */
};

/** Rehearse.
 *
 *  Returns: AULA_OK, or what the first terminal that failed says
 *  Out:     run     on success only; for the report
 *  In:      scene   all but hall, stick and digest
 *           out     folder
 *           is_own  the election is the rehearsal's own: publish a register
 *           notes   standard error
 *  Owner:   rehearse_run_close; the scene's parts stay the caller's
 */
AULA_MUST_CHECK enum aula_code
rehearse_run(struct rehearse_run *run, const struct rehearse_scene *scene,
             const char *out, bool is_own, FILE *notes,
             const struct clock *clock, struct aula_error *err);

/** Accepts one that is all zero. */
void rehearse_run_close(struct rehearse_run *run);

#endif
