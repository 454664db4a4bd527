/* SPDX-License-Identifier: Apache-2.0 */
/* aula terminal resume: see its usage. */
#include "commands.h"
#include "staff.h"

static const struct option_form options[] = {{"--witness", "DIR"},
                                             {"--official", "NAME"},
                                             {"--passphrase-file", "FILE"},
                                             {"--key-file", "FILE"},
                                             {"--json", NULL},
                                             {NULL, NULL}};

static const char usage[] = "usage: aula terminal resume DATA [--json]\n"
                            "\n"
                            "Ends a pause, whether staff asked for it or a "
                            "fault. Leaves an event in the\n"
                            "public record.\n"
                            "\n" STAFF_USAGE "\n"
                            "Example:\n"
                            "  aula terminal resume /var/lib/aula\n";

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct staff staff = {.call = call};
    enum aula_code code = staff_open(&staff, call, TERMINAL_DO_RESUME,
                                     TERMINAL_WORK, err);

    if (code == AULA_OK) {
        code = terminal_resume(staff.terminal, err);
    }
    if (code == AULA_OK) {
        output_flag(call->output, "paused", "paused", false);
    }
    staff_close(&staff);
    return code;
}

const struct command command_terminal_resume = {
    .words = "terminal resume",
    .summary = "end a pause",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = 1,
    .run = run,
};
