/* SPDX-License-Identifier: Apache-2.0 */
/* See staff_report.h. */
#include "staff_report.h"

#include <stdlib.h>
#include <string.h>

#include "day_report.h"
#include "file.h"

/* The day is open or closed whatever becomes of its report. */
static enum aula_code blame(enum aula_code code, enum staff_report_kind kind,
                            struct aula_error *err)
{
    struct aula_error met;

    if (code == AULA_OK || err == NULL) {
        return code;
    }
    met = *err;
    return aula_fail(err, code, "the day is %s, but not its report: %s",
                     kind == STAFF_REPORT_ZERO ? "open" : "closed",
                     met.message);
}

static void show(struct output *out, const char *text)
{
    if (output_is_json(out)) {
        output_text(out, "report", "", text);
    } else {
        output_say(out, "\n%s", text);
    }
}

enum aula_code staff_report(struct staff *staff, enum staff_report_kind kind,
                            const struct official *second,
                            struct aula_error *err)
{
    const char *path = call_text(staff->call, "--report");
    const char *name = second != NULL ? second->label : NULL;
    char *text = NULL;
    enum aula_code code =
        kind == STAFF_REPORT_ZERO
            ? day_report_zero(&text, staff->terminal, name, err)
            : day_report_close(&text, staff->terminal, name, err);

    if (text == NULL) {
        return blame(code, kind, err);
    }
    show(staff->call->output, text);
    if (path != NULL) {
        code = file_write(path, text, strlen(text), 0644, err);
    }
    free(text);
    return blame(code, kind, err);
}
