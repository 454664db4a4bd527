/* SPDX-License-Identifier: Apache-2.0 */
/* aula terminal verify: every page in use, every record with its proofs. */
#include "commands.h"
#include "recover.h"
#include "staff_show.h"

static const struct option_form options[] = {{"--witness", "DIR"},
                                             {"--official", "NAME"},
                                             {"--passphrase-file", "FILE"},
                                             {"--key-file", "FILE"},
                                             {"--json", NULL},
                                             {NULL, NULL}};

static const char usage[] =
    "usage: aula terminal verify DATA [--json]\n"
    "\n"
    "Checks what the terminal holds: the pages of its store that are in use, "
    "every\n"
    "record with its proofs, and that the counts agree. Records nothing. Some\n"
    "thousand ballots take a second.\n"
    "\n" STAFF_USAGE "\n"
    "Example:\n"
    "  aula terminal verify /var/lib/aula\n";

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct staff staff = {.call = call};
    uint64_t checked = 0;
    enum aula_code code = staff_open(&staff, call, TERMINAL_DO_VERIFY,
                                     TERMINAL_LOOK, err);

    if (code == AULA_OK) {
        code = recover_verify(staff.terminal, &checked, err);
    }
    if (code == AULA_OK) {
        output_number(call->output, "records", "records checked", checked);
        output_number(call->output, "total_cast", "ballots cast",
                      staff.status.total_cast);
        output_number(call->output, "total_challenged", "ballots opened",
                      staff.status.total_challenged);
        staff_show_ended(&staff);
        output_say(call->output, "All of it is whole.");
    }
    staff_close(&staff);
    return code;
}

const struct command command_terminal_verify = {
    .words = "terminal verify",
    .summary = "check the store and every record of a terminal",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = 1,
    .run = run,
};
