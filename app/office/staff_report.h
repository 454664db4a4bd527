/* SPDX-License-Identifier: Apache-2.0 */
/* The printed reports of a day, as open and close hand them out. */
#ifndef AULA_STAFF_REPORT_H
#define AULA_STAFF_REPORT_H

#include "staff.h"

#define STAFF_REPORT_USAGE                                                     \
    "  --report FILE           write the report there, too, for a printer\n"

enum staff_report_kind { STAFF_REPORT_ZERO, STAFF_REPORT_CLOSE };

/** Print a report, and write it to --report FILE where that was given. What it
 *  reports has happened: a failure is a warning on standard error, and takes
 *  nothing from the result. With --json "report_written" says whether the file
 *  is there.
 *
 *  In:      second  the official who agreed, NULL for none
 */
void staff_report(const struct staff *staff, enum staff_report_kind kind,
                  const struct official *second);

#endif
