/* SPDX-License-Identifier: Apache-2.0 */
/* aula terminal check-in: a resident's session begins. The identifier becomes a
 * tag at once, and is shown nowhere. */
#include "commands.h"
#include "contest_list.h"
#include "staff_show.h"

static const struct option_form options[] = {{"--id-file", "FILE"},
                                             {"--contests", "LIST"},
                                             {"--look", NULL},
                                             {"--witness", "DIR"},
                                             {"--official", "NAME"},
                                             {"--passphrase-file", "FILE"},
                                             {"--key-file", "FILE"},
                                             {"--json", NULL},
                                             {NULL, NULL}};

static const char usage[] =
    "usage: aula terminal check-in DATA [--contests LIST] [--look] [--json]\n"
    "\n"
    "Asks for the identifier of a resident, which is not shown while it is "
    "typed,\n"
    "says what the terminal knows of them, and begins their session. One\n"
    "resident at a time: the session ends with the last ballot, or with\n"
    "`aula terminal leave`.\n"
    "\n"
    "  --contests LIST         only these, such as 0,2; else all that are "
    "free\n"
    "  --look                  say what is known, and begin no session\n"
    "  --id-file FILE          for scripts: the identifier, one "
    "line\n" STAFF_USAGE "\n"
    "Example:\n"
    "  aula terminal check-in /var/lib/aula\n";

static const struct {
    enum session_standing standing;
    const char *key;
    const char *words;
} standings[] = {
    {SESSION_FREE, "free", "may vote"},
    {SESSION_VOTED, "voted", "has voted here"},
    {SESSION_NOT_ON_ROLL, "not_on_roll", "not on the roll"},
};

enum { STANDINGS = sizeof standings / sizeof standings[0] };

/* Which contests are of one standing. */
static json_t *list_of(const struct staff *staff,
                       const struct session_lookup *lookup,
                       enum session_standing standing)
{
    json_t *list = json_array();

    for (uint16_t i = 0; i < staff->status.package->contest_count; i++) {
        if (lookup->contests[i] == standing &&
            json_array_append_new(list, json_integer(i)) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static void show(const struct staff *staff, const struct session_lookup *lookup)
{
    struct output *out = staff->call->output;
    char name[STAFF_CONTEST_BYTES];

    output_flag(out, "has_roll", "there is a roll", lookup->has_roll);
    output_flag(out, "on_roll", "on the roll", lookup->is_on_roll);
    for (size_t s = 0; s < STANDINGS; s++) {
        output_json(out, standings[s].key,
                    list_of(staff, lookup, standings[s].standing));
        for (uint16_t i = 0; i < staff->status.package->contest_count; i++) {
            if (lookup->contests[i] == standings[s].standing) {
                staff_name_contest(name, staff, i);
                output_say(out, "  %s: %s", name, standings[s].words);
            }
        }
    }
}

static enum aula_code read_contests(struct contest_list *list,
                                    const struct staff *staff,
                                    struct aula_error *err)
{
    const char *text = call_text(staff->call, "--contests");

    list->count = 0;
    return text == NULL
               ? AULA_OK
               : contest_list_read(list, staff->status.package, text, err);
}

static enum aula_code look_up(struct staff *staff, struct aula_error *err)
{
    struct session_lookup lookup;
    struct passphrase typed = {NULL, 0};
    enum aula_code code = ask_identifier(&typed, "--id-file",
                                         call_text(staff->call, "--id-file"),
                                         err);

    if (code == AULA_OK) {
        code = session_look_up(staff->terminal, &lookup, typed.text, typed.size,
                               err);
    }
    passphrase_forget(&typed);
    if (code == AULA_OK) {
        show(staff, &lookup);
    }
    return code;
}

static enum aula_code admit(struct staff *staff,
                            const struct contest_list *list,
                            struct aula_error *err)
{
    struct output *out = staff->call->output;
    enum aula_code code = session_admit(staff->terminal,
                                        list->count == 0 ? NULL : list->numbers,
                                        list->count, err);

    if (code == AULA_OK) {
        output_number(out, "left", "ballots to cast",
                      session_left(staff->terminal, NULL));
        output_say(out, "Checked in.");
    }
    return code;
}

static enum aula_code check_in(struct staff *staff, struct call *call,
                               struct aula_error *err)
{
    struct contest_list list;
    enum aula_code code = read_contests(&list, staff, err);

    if (code == AULA_OK) {
        code = look_up(staff, err);
    }
    if (code == AULA_OK && !call_has(call, "--look")) {
        code = admit(staff, &list, err);
    }
    return code;
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct staff staff = {.call = call};
    enum aula_code code = staff_open(&staff, call, TERMINAL_DO_CHECK_IN,
                                     TERMINAL_WORK, err);

    if (code == AULA_OK) {
        code = check_in(&staff, call, err);
    }
    staff_close(&staff);
    return code;
}

const struct command command_terminal_check_in = {
    .words = "terminal check-in",
    .summary = "begin the session of a resident",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = 1,
    .run = run,
};
