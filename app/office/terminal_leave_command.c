/* SPDX-License-Identifier: Apache-2.0 */
/* aula terminal leave: the session of a resident ends. */
#include "commands.h"
#include "session.h"
#include "staff.h"

static const struct option_form options[] = {{"--witness", "DIR"},
                                             {"--official", "NAME"},
                                             {"--passphrase-file", "FILE"},
                                             {"--key-file", "FILE"},
                                             {"--json", NULL},
                                             {NULL, NULL}};

static const char usage[] =
    "usage: aula terminal leave DATA [--json]\n"
    "\n"
    "Ends the session of whoever is checked in. Without a ballot it counts as\n"
    "unfinished, and the resident may be checked in again.\n"
    "\n" STAFF_USAGE "\n"
    "Example:\n"
    "  aula terminal leave /var/lib/aula\n";

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct staff staff = {.call = call};
    bool was_cast = false;
    enum aula_code code = staff_open(&staff, call, TERMINAL_DO_LEAVE,
                                     TERMINAL_WORK, err);

    if (code == AULA_OK) {
        code = session_leave(staff.terminal, &was_cast, err);
    }
    if (code == AULA_OK) {
        output_flag(call->output, "was_cast", "a ballot was cast", was_cast);
        output_say(call->output, "The session has ended.");
    }
    staff_close(&staff);
    return code;
}

const struct command command_terminal_leave = {
    .words = "terminal leave",
    .summary = "end the session of a resident",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = 1,
    .run = run,
};
