/* SPDX-License-Identifier: Apache-2.0 */
/* aula terminal officials list: who may unlock a terminal. */
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
    "usage: aula terminal officials list DATA [--json]\n"
    "\n"
    "Names the officials who may unlock the terminal, and who of them needs a\n"
    "key file beside the passphrase. Changes nothing.\n"
    "\n" STAFF_USAGE "\n"
    "Example:\n"
    "  aula terminal officials list /var/lib/aula\n";

static void show(const struct staff *staff)
{
    struct output *out = staff->call->output;
    struct keyslot_list list;
    size_t count = custody_list(staff->terminal, &list);
    json_t *names = json_array();

    for (size_t i = 0; i < count; i++) {
        const struct keyslot_view *slot = &list.slots[i];

        output_say(out, "  %.*s%s", (int)slot->label_size,
                   (const char *)slot->label,
                   slot->has_factor ? ", with a key file" : "");
        if (names != NULL &&
            json_array_append_new(names, json_pack("{s:s%, s:b}", "name",
                                                   (const char *)slot->label,
                                                   slot->label_size, "key_file",
                                                   slot->has_factor)) != 0) {
            json_decref(names);
            names = NULL;
        }
    }
    output_json(out, "officials", names);
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct staff staff = {.call = call};
    enum aula_code code = staff_open(&staff, call, TERMINAL_DO_OFFICIALS,
                                     TERMINAL_LOOK, err);

    if (code == AULA_OK) {
        show(&staff);
    }
    staff_close(&staff);
    return code;
}

const struct command command_terminal_officials_list = {
    .words = "terminal officials list",
    .summary = "who may unlock a terminal",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = 1,
    .run = run,
};
