/* SPDX-License-Identifier: Apache-2.0 */
/* aula terminal close: a day of voting ends, and is reconciled. */
#include <string.h>

#include "commands.h"
#include "day.h"
#include "staff_report.h"
#include "staff_show.h"

static const struct option_form options[] = {
    {"--report", "FILE"},
    {"--second", "NAME"},
    {"--second-passphrase-file", "FILE"},
    {"--second-key-file", "FILE"},
    {"--witness", "DIR"},
    {"--official", "NAME"},
    {"--passphrase-file", "FILE"},
    {"--key-file", "FILE"},
    {"--json", NULL},
    {NULL, NULL}};

static const char usage[] =
    "usage: aula terminal close DATA [--second NAME] [--report FILE] [--json]\n"
    "\n"
    "Closes the day, when nobody is checked in. Before the hour that the "
    "election\n"
    "names it takes a second official beside the one who unlocks. Prints the\n"
    "reconciliation of the day in Kazakh and Russian, and the closing code, to "
    "be\n"
    "posted in the hall: whoever noted it can tell later whether the record "
    "was\n"
    "changed.\n"
    "\n" STAFF_REPORT_USAGE STAFF_SECOND_USAGE STAFF_USAGE "\n"
    "Example:\n"
    "  aula terminal close /var/lib/aula\n";

static void show_closing(const struct staff *staff)
{
    const struct terminal_status *status = &staff->status;
    struct code_qr qr = {.seq = status->closed_seq};
    char text[CODE_QR_BYTES];

    memcpy(qr.hash, status->closed_hash, sizeof qr.hash);
    memcpy(qr.tid, status->tid, sizeof qr.tid);
    code_qr_write(text, CODE_HEAD_CLOSING, &qr);
    staff_show_code(staff, "closing_code", "closing code", status->closed_hash);
    output_text(staff->call->output, "closing_qr", "its QR", text);
}

static enum aula_code close_day(struct staff *staff,
                                const struct official *second,
                                struct aula_error *err)
{
    enum aula_code code = staff_read_offset(staff, err);

    if (code == AULA_OK) {
        code = day_close(staff->terminal, second, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    staff_look(staff);
    staff_show_terminal(staff);
    staff_put_moment(staff, "opened", "opened", staff->status.opened_time);
    staff_put_moment(staff, "closed", "closed", staff->status.closed_time);
    output_number(staff->call->output, "closed_seq", "number",
                  staff->status.closed_seq);
    staff_show_counts(staff, &staff->status.day);
    show_closing(staff);
    staff_report(staff, STAFF_REPORT_CLOSE, second);
    return AULA_OK;
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct staff staff = {.call = call};
    struct staff_official brought = {.factor = NULL};
    const struct official *second = NULL;
    enum aula_code code = staff_open(&staff, call, TERMINAL_DO_CLOSE,
                                     TERMINAL_WORK, err);

    if (code == AULA_OK) {
        code = staff_second(&brought, &second, call, err);
    }
    if (code == AULA_OK) {
        code = close_day(&staff, second, err);
    }
    staff_forget(&brought);
    staff_close(&staff);
    return code;
}

const struct command command_terminal_close = {
    .words = "terminal close",
    .summary = "close the day of voting",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = 1,
    .run = run,
};
