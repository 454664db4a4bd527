/* SPDX-License-Identifier: Apache-2.0 */
/* aula terminal confirm: staff saw that the clock jumped, or that the second
 * place was not written, and go on. */
#include <string.h>

#include "commands.h"
#include "staff_show.h"

static const struct option_form options[] = {{"--yes", NULL},
                                             {"--witness", "DIR"},
                                             {"--official", "NAME"},
                                             {"--passphrase-file", "FILE"},
                                             {"--key-file", "FILE"},
                                             {"--json", NULL},
                                             {NULL, NULL}};

static const char usage[] =
    "usage: aula terminal confirm DATA clock|witness [--yes] [--json]\n"
    "\n"
    "clock    shows what the clock says and the time of the last record. If "
    "the\n"
    "         clock is wrong, set it first; if it is right, confirm it\n"
    "witness  the second place was not written at the last record. See that "
    "it\n"
    "         is there and can be written, then confirm\n"
    "\n"
    "Either leaves an event in the public record.\n"
    "\n"
    "  --yes                   for scripts: do not ask\n" STAFF_USAGE "\n"
    "Example:\n"
    "  aula terminal confirm /var/lib/aula clock\n";

static enum aula_code ask(bool *is_yes, struct call *call,
                          struct aula_error *err)
{
    static const char *const words[] = {"yes", "no", NULL};
    size_t chosen = 0;
    enum aula_code code = AULA_OK;

    output_show(call->output);
    if (!call_has(call, "--yes")) {
        code = ask_word(&chosen, "Go on (yes or no)? ", words, "use --yes",
                        err);
    }
    *is_yes = chosen == 0;
    return code;
}

static enum aula_code show_clock(struct staff *staff, struct aula_error *err)
{
    enum aula_code code = staff_read_offset(staff, err);

    if (code == AULA_OK && staff->status.clock == TERMINAL_CLOCK_OK) {
        code = aula_fail(err, AULA_STATE, "confirm: the clock is in order");
    }
    if (code == AULA_OK) {
        staff_put_moment(staff, "now", "the clock says", staff->status.now);
        staff_put_moment(staff, "last_time", "the last record",
                         staff->status.last_time);
    }
    return code;
}

static enum aula_code confirm(struct staff *staff, struct call *call,
                              bool is_clock, struct aula_error *err)
{
    bool is_yes = false;
    enum aula_code code = AULA_OK;

    if (is_clock) {
        code = show_clock(staff, err);
    } else if (!staff->status.is_stale) {
        code = aula_fail(err, AULA_STATE, "confirm: the witness is in order");
    }
    if (code == AULA_OK) {
        code = ask(&is_yes, call, err);
    }
    if (code == AULA_OK && is_yes) {
        code = is_clock ? terminal_confirm_clock(staff->terminal, err)
                        : terminal_confirm_witness(staff->terminal, err);
    }
    if (code == AULA_OK) {
        output_flag(call->output, "confirmed", "confirmed", is_yes);
    }
    return code;
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct staff staff = {.call = call};
    const char *what = call_operand(call, 1);
    bool is_clock = strcmp(what, "clock") == 0;
    enum aula_code code;

    if (!is_clock && strcmp(what, "witness") != 0) {
        return call_usage(call, err,
                          "it is clock or witness that is confirmed");
    }
    code = staff_open(&staff, call, TERMINAL_DO_CONFIRM, TERMINAL_WORK, err);
    if (code == AULA_OK) {
        code = confirm(&staff, call, is_clock, err);
    }
    staff_close(&staff);
    return code;
}

const struct command command_terminal_confirm = {
    .words = "terminal confirm",
    .summary = "go on after a wrong clock, or a missed witness",
    .usage = usage,
    .options = options,
    .operands_least = 2,
    .operands_most = 2,
    .run = run,
};
