/* SPDX-License-Identifier: Apache-2.0 */
/* aula terminal officials revoke: somebody may not unlock a terminal any more.
 */
#include "commands.h"
#include "custody.h"
#include "staff.h"

static const struct option_form options[] = {{"--witness", "DIR"},
                                             {"--official", "NAME"},
                                             {"--passphrase-file", "FILE"},
                                             {"--key-file", "FILE"},
                                             {"--json", NULL},
                                             {NULL, NULL}};

static const char usage[] =
    "usage: aula terminal officials revoke DATA NAME [--json]\n"
    "\n"
    "Takes the right to unlock the terminal from NAME; the last one cannot be\n"
    "taken away. Who was revoked and kept a copy of the whole terminal from\n"
    "before still opens that copy: the office then revokes the terminal.\n"
    "\n" STAFF_USAGE "\n"
    "Example:\n"
    "  aula terminal officials revoke /var/lib/aula 'B. Akhmetov'\n";

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct staff staff = {.call = call};
    const char *name = call_operand(call, 1);
    enum aula_code code = staff_open(&staff, call, TERMINAL_DO_OFFICIALS,
                                     TERMINAL_WORK, err);

    if (code == AULA_OK) {
        code = custody_revoke(staff.terminal, name, err);
    }
    if (code == AULA_OK) {
        output_text(call->output, "revoked", "may not unlock any more", name);
    }
    staff_close(&staff);
    return code;
}

const struct command command_terminal_officials_revoke = {
    .words = "terminal officials revoke",
    .summary = "take the right to unlock a terminal away",
    .usage = usage,
    .options = options,
    .operands_least = 2,
    .operands_most = 2,
    .run = run,
};
