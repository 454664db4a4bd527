/* SPDX-License-Identifier: Apache-2.0 */
/* aula terminal pause: see its usage. */
#include "commands.h"
#include "staff.h"

static const struct option_form options[] = {{"--witness", "DIR"},
                                             {"--official", "NAME"},
                                             {"--passphrase-file", "FILE"},
                                             {"--key-file", "FILE"},
                                             {"--json", NULL},
                                             {NULL, NULL}};

static const char usage[] =
    "usage: aula terminal pause DATA [--json]\n"
    "\n"
    "Admits nobody any more and takes no ballot until `aula terminal resume`. "
    "A\n"
    "session that is running stays. Leaves an event in the public record.\n"
    "\n" STAFF_USAGE "\n"
    "Example:\n"
    "  aula terminal pause /var/lib/aula\n";

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct staff staff = {.call = call};
    enum aula_code code = staff_open(&staff, call, TERMINAL_DO_PAUSE,
                                     TERMINAL_WORK, err);

    if (code == AULA_OK) {
        code = terminal_pause(staff.terminal, err);
    }
    if (code == AULA_OK) {
        output_flag(call->output, "paused", "paused", true);
    }
    staff_close(&staff);
    return code;
}

const struct command command_terminal_pause = {
    .words = "terminal pause",
    .summary = "admit nobody until resume",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = 1,
    .run = run,
};
