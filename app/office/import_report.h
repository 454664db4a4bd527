/* SPDX-License-Identifier: Apache-2.0 */
/* What `aula office import` says: a line a file as they come, and the sums. */
#ifndef AULA_IMPORT_REPORT_H
#define AULA_IMPORT_REPORT_H

#include "command.h"
#include "import.h"

struct import_results {
    struct call *call;
    json_t *files;
    uint64_t imported;
    uint64_t refused;
    struct import_report sum;
};

struct import_results import_results_start(struct call *call);

/** Tell what came of a file. A refusal makes the exit status EXIT_REFUSED.
 *
 *  In:  path  NULL: the reason names it
 */
void import_results_add(struct import_results *results, const char *path,
                        const struct import_report *report);

/** Print the sums. */
void import_results_end(struct import_results *results);
void import_results_close(struct import_results *results);

#endif
