/* SPDX-License-Identifier: Apache-2.0 */
/* What `aula office close` shows of an election before it signs, and what has
 * to be published after it. */
#ifndef AULA_CLOSE_REPORT_H
#define AULA_CLOSE_REPORT_H

#include "close.h"
#include "output.h"

/** Findings, exclusions with their counts, warnings, contests. */
void close_report_counted(struct output *output, const struct close *close);

/** The hashes; after close_sign. */
void close_report_hashes(struct output *output, const struct close *close);

#endif
