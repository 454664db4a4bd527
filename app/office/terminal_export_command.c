/* SPDX-License-Identifier: Apache-2.0 */
/* aula terminal export: a batch of records, on a stick. */
#include "commands.h"
#include "staff_show.h"
#include "transfer.h"

static const struct option_form options[] = {{"--stick", "DIR"},
                                             {"--number", "N"},
                                             {"--increment", NULL},
                                             {"--witness", "DIR"},
                                             {"--official", "NAME"},
                                             {"--passphrase-file", "FILE"},
                                             {"--key-file", "FILE"},
                                             {"--json", NULL},
                                             {NULL, NULL}};

static const char usage[] =
    "usage: aula terminal export DATA --stick DIR [--number N|--increment]\n"
    "                            [--json]\n"
    "\n"
    "Writes the records of this terminal to a stick, sealed to the office, "
    "and\n"
    "reads them back from it. As often as wanted from the installation on, "
    "also\n"
    "while a day is open, unless something has to be confirmed first: nothing "
    "is\n"
    "taken away here.\n"
    "\n"
    "  --stick DIR             where the stick is mounted\n"
    "  --number N              that batch again: after a cut, for a lost "
    "stick\n"
    "  --increment             only what the last batch does not hold; else "
    "all\n" STAFF_USAGE "\n"
    "Example:\n"
    "  aula terminal export /var/lib/aula --stick /media/stick\n";

static void show(const struct staff *staff, const struct transfer_done *done)
{
    static const char *const keys[BATCH_KINDS] = {
        "cast", "challenged", "days_opened", "days_closed", "events"};
    static const char *const labels[BATCH_KINDS] = {
        "ballots cast", "ballots opened", "days opened", "days closed",
        "events"};
    struct output *out = staff->call->output;

    output_text(out, "file", "file", done->name);
    output_number(out, "number", "batch", done->number);
    output_number(out, "first_seq", "first record", done->first_seq);
    output_number(out, "last_seq", "last record", done->last_seq);
    output_number(out, "records", "records", done->count);
    for (size_t i = 0; i < BATCH_KINDS; i++) {
        output_number(out, keys[i], labels[i], done->kinds[i]);
    }
    staff_show_code(staff, "code", "code of the batch", done->hash);
}

static enum aula_code write_batch(struct staff *staff, struct call *call,
                                  struct aula_error *err)
{
    const char *stick = call_text(call, "--stick");
    struct transfer transfer = {.is_increment = call_has(call, "--increment")};
    struct transfer_done done;
    uint64_t number = 0;
    enum aula_code code = call_number(call, "--number", &number, 1, UINT32_MAX,
                                      err);

    if (code == AULA_OK) {
        transfer.number = (uint32_t)number;
        staff_warn_same_disk(staff, stick, "is the stick mounted?");
        code = transfer_export(staff->terminal, &done, stick, &transfer, err);
    }
    if (code == AULA_OK) {
        show(staff, &done);
        output_say(call->output,
                   "Written, flushed and read back: the stick can be removed.");
    }
    return code;
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct staff staff = {.call = call};
    enum aula_code code;

    if (!call_has(call, "--stick")) {
        return call_usage(call, err, "--stick DIR is missing");
    }
    if (call_has(call, "--number") && call_has(call, "--increment")) {
        return call_usage(call, err, "either --number or --increment");
    }
    code = staff_open(&staff, call, TERMINAL_DO_EXPORT, TERMINAL_WORK, err);
    if (code == AULA_OK) {
        code = write_batch(&staff, call, err);
    }
    staff_close(&staff);
    return code;
}

const struct command command_terminal_export = {
    .words = "terminal export",
    .summary = "write the records to a stick, sealed to the office",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = 1,
    .run = run,
};
