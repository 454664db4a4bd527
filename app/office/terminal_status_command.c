/* SPDX-License-Identifier: Apache-2.0 */
/* aula terminal status: all that may be seen of a terminal, and what to do
 * next. It records nothing, whatever it finds. */
#include "commands.h"
#include "staff_show.h"

static const struct option_form options[] = {{"--witness", "DIR"},
                                             {"--official", "NAME"},
                                             {"--passphrase-file", "FILE"},
                                             {"--key-file", "FILE"},
                                             {"--json", NULL},
                                             {NULL, NULL}};

static const char usage[] =
    "usage: aula terminal status DATA [--json]\n"
    "\n"
    "Says in which state the terminal is, what is installed, how many ballots "
    "it\n"
    "holds, and what to do next. Records nothing and leaves every count as it "
    "is;\n"
    "a wrong passphrase is counted as for any command. Of a blank folder it "
    "says\n"
    "so without a passphrase.\n"
    "\n" STAFF_USAGE "\n"
    "Example:\n"
    "  aula terminal status /var/lib/aula\n";

static const char *clock_name(enum terminal_clock_state state)
{
    switch (state) {
    case TERMINAL_CLOCK_OK:
        return "ok";
    case TERMINAL_CLOCK_BEHIND:
        return "behind";
    case TERMINAL_CLOCK_AHEAD:
        return "ahead";
    }
    return "";
}

static const char *next_in_state(enum terminal_state state)
{
    switch (state) {
    case TERMINAL_BLANK:
        return "make its key: aula terminal request";
    case TERMINAL_REQUESTED:
        return "carry the request to the office, then: aula terminal install";
    case TERMINAL_READY:
        return "when the voting begins: aula terminal open";
    case TERMINAL_OPEN:
        return "admit a resident: aula terminal check-in; or aula terminal "
               "close";
    case TERMINAL_CLOSED:
        return "carry the records to the office: aula terminal export; or open "
               "again; when the voting is over: aula terminal finish";
    case TERMINAL_STATES:
        break;
    }
    return "";
}

/* What has to be done before anything else comes first. */
static const char *next_of(const struct terminal_status *status)
{
    if (status->ended != AULA_OK) {
        return "nothing is recorded any more: aula terminal recover, then set "
               "it up anew";
    }
    if (status->is_stale) {
        return "the second place was not written; see that it is there, then: "
               "aula terminal confirm witness";
    }
    if (status->clock != TERMINAL_CLOCK_OK) {
        return "compare the clock with the last record, then: aula terminal "
               "confirm clock";
    }
    if (status->is_paused) {
        return "when the reason for the pause is gone: aula terminal resume";
    }
    if (status->has_session) {
        return "let the resident go on, or: aula terminal leave";
    }
    return next_in_state(status->state);
}

/* People are told of these only when there is something to tell. */
static void show_flag(struct output *out, const char *key, const char *words,
                      bool value)
{
    if (output_is_json(out)) {
        output_flag(out, key, "", value);
    } else if (value) {
        output_say(out, "%s", words);
    }
}

static void show_state(struct staff *staff)
{
    struct output *out = staff->call->output;
    const struct terminal_status *status = &staff->status;

    output_text(out, "state", "state", terminal_state_name(status->state));
    staff_show_ended(staff);
    show_flag(out, "stale", "The second place was not written.",
              status->is_stale);
    show_flag(out, "interrupted", "The last stop was unclean.",
              status->was_interrupted);
    show_flag(out, "paused", "It is paused.", status->is_paused);
    show_flag(out, "session", "Somebody is checked in.", status->has_session);
}

static void show_clock(struct staff *staff)
{
    struct output *out = staff->call->output;
    const struct terminal_status *status = &staff->status;

    output_text(out, "clock", "clock", clock_name(status->clock));
    staff_put_moment(staff, "now", "it says", status->now);
    staff_put_moment(staff, "last_time", "last record", status->last_time);
}

static void show_days(struct staff *staff)
{
    struct output *out = staff->call->output;
    const struct terminal_status *status = &staff->status;

    output_number(out, "last_seq", "records", status->last_seq);
    output_number(out, "total_cast", "ballots cast in all", status->total_cast);
    output_number(out, "total_challenged", "opened in all",
                  status->total_challenged);
    output_number(out, "exports", "last batch", status->exports);
    if (status->opened_time == 0) {
        return;
    }
    staff_put_moment(staff, "opened", "day opened", status->opened_time);
    staff_show_counts(staff, &status->day);
    if (status->closed_seq > 0) {
        staff_put_moment(staff, "closed", "day closed", status->closed_time);
        output_number(out, "closed_seq", "number", status->closed_seq);
        staff_show_code(staff, "closing_code", "closing code",
                        status->closed_hash);
    }
}

/* After a power cut: whoever stood there may ask whether it counted. */
static enum aula_code show_ballot(struct staff *staff, struct aula_error *err)
{
    struct session_ballot ballot;
    const struct terminal_status *status = &staff->status;
    enum aula_code code;

    if (status->ballot_seq == 0) {
        return AULA_OK;
    }
    code = session_shown(staff->terminal, &ballot, status->ballot_seq, err);
    if (code == AULA_OK) {
        output_say(staff->call->output,
                   status->was_interrupted
                       ? "The power went. This ballot is recorded, as the "
                         "last one:"
                       : "The last ballot that is recorded:");
        staff_show_ballot(staff, &ballot);
    }
    return code;
}

static enum aula_code show(struct staff *staff, struct aula_error *err)
{
    enum aula_code code = staff_read_offset(staff, err);

    if (code != AULA_OK) {
        return code;
    }
    show_state(staff);
    staff_show_terminal(staff);
    if (staff->status.package != NULL) {
        staff_show_setup(staff);
        show_clock(staff);
        show_days(staff);
        code = show_ballot(staff, err);
    }
    return code;
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct staff staff = {.call = call, .place = staff_place(call)};
    enum aula_code code = AULA_OK;

    if (terminal_look(&staff.place) == TERMINAL_BLANK) {
        output_text(call->output, "state", "state",
                    terminal_state_name(TERMINAL_BLANK));
    } else {
        code = staff_open(&staff, call, TERMINAL_COMMANDS, TERMINAL_LOOK, err);
        if (code == AULA_OK) {
            code = show(&staff, err);
        }
    }
    if (code == AULA_OK) {
        output_text(call->output, "next", "next", next_of(&staff.status));
    }
    staff_close(&staff);
    return code;
}

const struct command command_terminal_status = {
    .words = "terminal status",
    .summary = "what a terminal holds, and what to do next",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = 1,
    .run = run,
};
