/* SPDX-License-Identifier: Apache-2.0 */
/* See staff_report.h. */
#include "staff_report.h"

#include <stdlib.h>
#include <string.h>

#include "day_report.h"
#include "file.h"

static void show(struct output *out, const char *text)
{
    if (output_is_json(out)) {
        output_text(out, "report", "", text);
    } else {
        output_say(out, "\n%s", text);
    }
}

/* To the file first: who reads that it could not be written has the text, too.
 */
static enum aula_code hand_out(const struct staff *staff, const char *text,
                               struct aula_error *err)
{
    const char *path = call_text(staff->call, "--report");
    struct output *out = staff->call->output;
    enum aula_code code = AULA_OK;

    if (path != NULL) {
        code = file_write(path, text, strlen(text), 0644, err);
    }
    show(out, text);
    if (path != NULL && output_is_json(out)) {
        output_flag(out, "report_written", "", code == AULA_OK);
    }
    return code;
}

void staff_report(const struct staff *staff, enum staff_report_kind kind,
                  const struct official *second)
{
    const char *name = second != NULL ? second->label : NULL;
    struct aula_error err = {0};
    char *text = NULL;
    enum aula_code code =
        kind == STAFF_REPORT_ZERO
            ? day_report_zero(&text, staff->terminal, name, &err)
            : day_report_close(&text, staff->terminal, name, &err);

    if (text != NULL) {
        code = hand_out(staff, text, &err);
        free(text);
    }
    if (code != AULA_OK) {
        (void)fprintf(staff->call->notes,
                      "aula: warning: the day is %s, but not its report: %s\n",
                      kind == STAFF_REPORT_ZERO ? "open" : "closed",
                      err.message);
    }
}
