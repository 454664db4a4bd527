/* SPDX-License-Identifier: Apache-2.0 */
/* aula terminal officials add: somebody else may unlock a terminal, too. */
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
    "usage: aula terminal officials add DATA NAME [--new-key-file FILE] "
    "[--json]\n"
    "\n"
    "Lets NAME unlock the terminal, with a passphrase of their own that they\n"
    "choose and type themselves. There are 16 places.\n"
    "\n"
    "  --new-key-file FILE     their second factor; drawn where there is no "
    "such\n"
    "                          file\n"
    "  --new-passphrase-file FILE\n"
    "                          for scripts: their passphrase\n" STAFF_USAGE "\n"
    "Example:\n"
    "  aula terminal officials add /var/lib/aula 'B. Akhmetov'\n";

static enum aula_code add(struct staff *staff, struct call *call,
                          struct aula_error *err)
{
    const struct staff_new fresh = {call_operand(call, 1),
                                    "--new-passphrase-file", "--new-key-file"};
    struct staff_official made;
    struct keyslot_holder holder;
    enum aula_code code = staff_choose(&made, &holder, call, &fresh, err);

    if (code == AULA_OK) {
        code = custody_add(staff->terminal, &holder, err);
    }
    staff_forget(&made);
    if (code == AULA_OK) {
        output_text(call->output, "added", "may unlock now", fresh.name);
    }
    return code;
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct staff staff = {.call = call};
    enum aula_code code = staff_open(&staff, call, TERMINAL_DO_OFFICIALS,
                                     TERMINAL_WORK, err);

    if (code == AULA_OK) {
        code = add(&staff, call, err);
    }
    staff_close(&staff);
    return code;
}

const struct command command_terminal_officials_add = {
    .words = "terminal officials add",
    .summary = "let somebody else unlock a terminal",
    .usage = usage,
    .options = options,
    .operands_least = 2,
    .operands_most = 2,
    .run = run,
};
