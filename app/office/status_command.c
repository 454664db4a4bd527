/* SPDX-License-Identifier: Apache-2.0 */
/* aula office status: what has arrived, what is missing, what is suspect. */
#include "commands.h"
#include "office_call.h"
#include "status.h"
#include "status_report.h"

static const struct option_form options[] = {
    {"--office", "DIR"}, {"--election", "EID"}, {"--json", NULL}, {NULL, NULL}};

static const char usage[] =
    "usage: aula office status [--json]\n"
    "\n"
    "Says what was imported from which terminal on which day, which of the "
    "registered\n"
    "terminals is silent, which records are missing, forked or quarantined, "
    "and which\n"
    "contests are still so small that their ballots could not be opened. "
    "Findings\n"
    "that are open at the closing make the result INCOMPLETE.\n"
    "\n"
    "  --office DIR    else the folder `office`\n"
    "  --election EID  where the office has more than one\n"
    "\n"
    "Example:\n"
    "  aula office status\n";

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct office_call office;
    struct status status = {.election = NULL};
    enum aula_code code = office_call_open(&office, call, err);

    if (code == AULA_OK) {
        code = status_read(&status, office.election, err);
    }
    if (code == AULA_OK) {
        office_call_report(call->output, &office);
        status_report_terminals(call->output, &status);
        status_report_contests(call->output, &status);
        status_report_archive(call->output, &status);
    }
    status_close(&status);
    office_call_close(&office);
    return code;
}

const struct command command_office_status = {
    .words = "office status",
    .summary = "what has arrived, what is missing, what is suspect",
    .usage = usage,
    .options = options,
    .operands_least = 0,
    .operands_most = 0,
    .run = run,
};
