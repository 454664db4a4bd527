/* SPDX-License-Identifier: Apache-2.0 */
/* aula terminal finish: the voting is over, the tag key is destroyed. */
#include "commands.h"
#include "custody.h"
#include "staff.h"

static const struct option_form options[] = {{"--yes", NULL},
                                             {"--witness", "DIR"},
                                             {"--official", "NAME"},
                                             {"--passphrase-file", "FILE"},
                                             {"--key-file", "FILE"},
                                             {"--json", NULL},
                                             {NULL, NULL}};

static const char usage[] =
    "usage: aula terminal finish DATA [--yes] [--json]\n"
    "\n"
    "Once the election is closed at the office: removes the key by which tags "
    "are\n"
    "made of identifiers, and the one that opens the kit: this terminal can "
    "no\n"
    "longer search the public record for a person. The records stay and can "
    "be\n"
    "exported; no further day can be opened. Old sealed pages on the disk and\n"
    "folders that were put aside (DATA/ended-...) keep both keys, for whoever "
    "has\n"
    "an official's passphrase: wipe or destroy the disk and its backups.\n"
    "\n"
    "  --yes                   for scripts: do not ask\n" STAFF_USAGE "\n"
    "Example:\n"
    "  aula terminal finish /var/lib/aula\n";

static enum aula_code finish(struct staff *staff, struct call *call,
                             struct aula_error *err)
{
    static const char *const words[] = {"finish", "no", NULL};
    size_t chosen = 0;
    enum aula_code code = AULA_OK;

    if (!call_has(call, "--yes")) {
        code = ask_word(&chosen,
                        "This cannot be undone. Type finish to destroy the "
                        "keys, no to keep them: ",
                        words, "use --yes", err);
    }
    if (code != AULA_OK) {
        return code;
    }
    if (chosen == 0) {
        code = custody_finish(staff->terminal, err);
    }
    if (code == AULA_OK) {
        output_flag(call->output, "finished", "keys destroyed", chosen == 0);
    }
    return code;
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct staff staff = {.call = call};
    enum aula_code code = staff_open(&staff, call, TERMINAL_DO_FINISH,
                                     TERMINAL_WORK, err);

    if (code == AULA_OK) {
        code = finish(&staff, call, err);
    }
    staff_close(&staff);
    return code;
}

const struct command command_terminal_finish = {
    .words = "terminal finish",
    .summary = "the election is over: destroy the keys of tag and kit",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = 1,
    .run = run,
};
