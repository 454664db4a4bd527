/* SPDX-License-Identifier: Apache-2.0 */
/* What `aula office status` prints of a struct status. */
#ifndef AULA_STATUS_REPORT_H
#define AULA_STATUS_REPORT_H

#include "output.h"
#include "status.h"

void status_report_terminals(struct output *output,
                             const struct status *status);
void status_report_contests(struct output *output, const struct status *status);
/** Sums, and what is quarantined. */
void status_report_archive(struct output *output, const struct status *status);

#endif
