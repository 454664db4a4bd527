/* SPDX-License-Identifier: Apache-2.0 */
/* What a step of `aula trustee` says at its beginning and at its end. */
#ifndef AULA_TRUSTEE_REPORT_H
#define AULA_TRUSTEE_REPORT_H

#include "command.h"
#include "trustee.h"

/** Before anything is done: N, T and q, which each trustee has to know. */
void trustee_report_params(struct output *output,
                           const struct ceremony *ceremony);

/** After a step: who this is, who is still missing, and what comes next. The
 *  shared folder is read afresh, as far as it is complete.
 *
 *  Returns: AULA_OK, or as the ceremony_read functions
 */
AULA_MUST_CHECK enum aula_code trustee_report(struct output *output,
                                              const struct trustee *trustee,
                                              const char *folder,
                                              struct aula_error *err);

/** A share was refused: who accuses whom, and what has to happen now. */
void trustee_report_accused(FILE *file, const struct ceremony *ceremony,
                            uint8_t own, uint8_t accused);

#endif
