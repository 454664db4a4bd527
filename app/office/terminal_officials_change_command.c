/* SPDX-License-Identifier: Apache-2.0 */
/* aula terminal officials change: an official's own new passphrase. */
#include "commands.h"
#include "custody.h"
#include "staff.h"

static const struct option_form options[] = {{"--new-passphrase-file", "FILE"},
                                             {"--new-key-file", "FILE"},
                                             {"--witness", "DIR"},
                                             {"--official", "NAME"},
                                             {"--passphrase-file", "FILE"},
                                             {"--key-file", "FILE"},
                                             {"--json", NULL},
                                             {NULL, NULL}};

static const char usage[] =
    "usage: aula terminal officials change DATA --official NAME [--json]\n"
    "                                      [--new-key-file FILE]\n"
    "\n"
    "Puts a new passphrase in the place of NAME's own, who unlocks with the "
    "old\n"
    "one. Who forgot theirs is revoked and added again, by another official.\n"
    "\n"
    "  --new-key-file FILE     a second factor from now on; drawn where there "
    "is\n"
    "                          no such file. Without it there is none any "
    "more\n"
    "  --new-passphrase-file FILE\n"
    "                          for scripts: the new passphrase\n" STAFF_USAGE
    "\n"
    "Example:\n"
    "  aula terminal officials change /var/lib/aula --official 'A. Serikova'\n";

static enum aula_code change(struct staff *staff, struct call *call,
                             struct aula_error *err)
{
    const struct staff_new fresh = {call_text(call, "--official"),
                                    "--new-passphrase-file", "--new-key-file"};
    struct staff_official made;
    struct keyslot_holder holder;
    enum aula_code code = staff_choose(&made, &holder, call, &fresh, err);

    if (code == AULA_OK) {
        code = custody_change(staff->terminal, &holder, err);
    }
    staff_forget(&made);
    if (code == AULA_OK) {
        output_text(call->output, "changed", "new passphrase of", fresh.name);
    }
    return code;
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct staff staff = {.call = call};
    enum aula_code code;

    if (!call_has(call, "--official")) {
        return call_usage(call, err, "--official NAME is missing");
    }
    code = staff_open(&staff, call, TERMINAL_DO_OFFICIALS, TERMINAL_WORK, err);
    if (code == AULA_OK) {
        code = change(&staff, call, err);
    }
    staff_close(&staff);
    return code;
}

const struct command command_terminal_officials_change = {
    .words = "terminal officials change",
    .summary = "a new passphrase of an official",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = 1,
    .run = run,
};
