/* SPDX-License-Identifier: Apache-2.0 */
/* aula terminal open: a day of voting begins. */
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
    "usage: aula terminal open DATA [--second NAME] [--report FILE] [--json]\n"
    "\n"
    "Opens a day of voting; the first time prints the zero report, in Kazakh "
    "and\n"
    "Russian, to be signed and posted in the hall. To open again on the day "
    "of\n"
    "the last close takes a second official beside the one who unlocks.\n"
    "\n" STAFF_REPORT_USAGE STAFF_SECOND_USAGE STAFF_USAGE "\n"
    "Example:\n"
    "  aula terminal open /var/lib/aula\n";

static enum aula_code open_day(struct staff *staff,
                               const struct official *second,
                               struct aula_error *err)
{
    bool is_first = staff->status.state == TERMINAL_READY;
    uint8_t digest[RECORD_DIGEST_BYTES];
    enum aula_code code = day_digest(digest, err);

    if (code == AULA_OK) {
        code = staff_read_offset(staff, err);
    }
    if (code == AULA_OK) {
        code = day_open(staff->terminal, digest, second, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    staff_look(staff);
    staff_show_terminal(staff);
    staff_show_setup(staff);
    staff_put_moment(staff, "opened", "opened", staff->status.opened_time);
    output_hex(staff->call->output, "digest", "program", digest, sizeof digest);
    if (is_first) {
        staff_report(staff, STAFF_REPORT_ZERO, second);
    }
    return AULA_OK;
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct staff staff = {.call = call};
    struct staff_official brought = {.factor = NULL};
    const struct official *second = NULL;
    enum aula_code code = staff_open(&staff, call, TERMINAL_DO_OPEN,
                                     TERMINAL_WORK, err);

    if (code == AULA_OK) {
        code = staff_second(&brought, &second, call, err);
    }
    if (code == AULA_OK) {
        code = open_day(&staff, second, err);
    }
    staff_forget(&brought);
    staff_close(&staff);
    return code;
}

const struct command command_terminal_open = {
    .words = "terminal open",
    .summary = "open a day of voting",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = 1,
    .run = run,
};
