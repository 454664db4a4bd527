/* SPDX-License-Identifier: Apache-2.0 */
/* The printed reports of a day, as open and close hand them out. */
#ifndef AULA_STAFF_REPORT_H
#define AULA_STAFF_REPORT_H

#include "staff.h"

#define STAFF_REPORT_USAGE                                                     \
    "  --report FILE           write the report there, too, for a printer\n"

enum staff_report_kind { STAFF_REPORT_ZERO, STAFF_REPORT_CLOSE };

/** Print a report, and write it to --report FILE where that was given. What it
 *  reports has happened: a failure says so.
 *
 *  Returns: AULA_OK, codes of day_report.h and of file_write
 *  In:      second  the official who agreed, NULL for none
 */
AULA_MUST_CHECK enum aula_code staff_report(struct staff *staff,
                                            enum staff_report_kind kind,
                                            const struct official *second,
                                            struct aula_error *err);

#endif
