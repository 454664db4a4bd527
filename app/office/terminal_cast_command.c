/* SPDX-License-Identifier: Apache-2.0 */
/* aula terminal cast: one ballot of a rehearsal. A ballot of an official
 * election is made at the screen, by the resident alone. */
#include <sodium.h>
#include <string.h>

#include "choice.h"
#include "commands.h"
#include "contest_list.h"
#include "staff_show.h"

static const struct option_form options[] = {{"--contest", "CONTEST"},
                                             {"--choose", "LIST"},
                                             {"--points", "LIST"},
                                             {"--rank", "LIST"},
                                             {"--blank", NULL},
                                             {"--yes", NULL},
                                             {"--challenge", NULL},
                                             {"--witness", "DIR"},
                                             {"--official", "NAME"},
                                             {"--passphrase-file", "FILE"},
                                             {"--key-file", "FILE"},
                                             {"--json", NULL},
                                             {NULL, NULL}};

static const char usage[] =
    "usage: aula terminal cast DATA [--contest C] [--yes|--challenge] "
    "[--json]\n"
    "           --choose ID,ID | --points ID=N,ID=N | --rank ID,ID | --blank\n"
    "\n"
    "In a rehearsal: encrypts a ballot of whoever is checked in, shows its "
    "code,\n"
    "and then asks whether to cast it, or to open it as a challenge, which "
    "makes\n"
    "its choices public and leaves the vote to another ballot. Choices on a\n"
    "command line can be seen by others, and do no harm in a rehearsal.\n"
    "\n"
    "  --contest C             its number or name; else the only one left\n"
    "  --choose LIST           proposal ids: approval and knapsack\n"
    "  --points LIST           points; --rank LIST the best first\n"
    "  --blank                 no choice at all\n"
    "  --yes, --challenge      for scripts: the answer\n" STAFF_USAGE "\n"
    "Example:\n"
    "  aula terminal cast /var/lib/aula --choose p-3,p-11\n";

enum answer { CAST, CHALLENGE, FORGET };

static enum aula_code read_form(enum choice_form *form, const char **list,
                                struct call *call, struct aula_error *err)
{
    static const struct {
        const char *option;
        enum choice_form form;
    } forms[] = {{"--choose", CHOICE_IDS},
                 {"--points", CHOICE_POINTS},
                 {"--rank", CHOICE_RANKS}};
    size_t met = call_has(call, "--blank") ? 1 : 0;

    *form = CHOICE_BLANK;
    *list = NULL;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (call_has(call, forms[i].option)) {
            *form = forms[i].form;
            *list = call_text(call, forms[i].option);
            met++;
        }
    }
    if (met != 1 ||
        (call_has(call, "--yes") && call_has(call, "--challenge"))) {
        return call_usage(call, err,
                          "one of --choose, --points, --rank and --blank, and "
                          "one answer");
    }
    return AULA_OK;
}

static enum aula_code find_contest(uint16_t *contest, const struct staff *staff,
                                   struct call *call, struct aula_error *err)
{
    const char *text = call_text(call, "--contest");
    uint16_t left[PACKAGE_CONTESTS_MAX] = {0};
    size_t count = session_left(staff->terminal, left);

    *contest = left[0];
    if (text == NULL && count > 1) {
        return call_usage(call, err, "--contest: %zu of them are left", count);
    }
    if (text != NULL &&
        !contest_find(contest, staff->status.package, text, strlen(text))) {
        return call_usage(call, err, "--contest: none is called so");
    }
    return AULA_OK;
}

/* What was typed, through locked memory, to a ballot whose code can be shown.
 */
static enum aula_code prepare(struct session_ballot *ballot,
                              const struct staff *staff, uint16_t contest,
                              enum choice_form form, const char *list,
                              struct aula_error *err)
{
    const struct package_contest *of =
        &staff->status.package->contests[contest];
    size_t size = plaintext_size(&of->rule);
    uint8_t *plaintext = sodium_malloc(size);
    enum aula_code code;

    if (plaintext == NULL) {
        return aula_fail(err, AULA_MEMORY, "no locked memory");
    }
    code = choice_read(plaintext, of, form, list, err);
    if (code == AULA_OK) {
        code = session_prepare(staff->terminal, ballot, contest, plaintext,
                               size, err);
    }
    sodium_free(plaintext);
    return code;
}

/* The answer must come after the code was seen. */
static enum aula_code ask(enum answer *answer, struct call *call,
                          const struct session_ballot *ballot,
                          struct aula_error *err)
{
    static const char *const words[] = {"cast", "challenge", "forget", NULL};
    char question[AULA_MESSAGE_BYTES];
    size_t chosen = call_has(call, "--challenge") ? CHALLENGE : CAST;
    enum aula_code code = AULA_OK;

    output_show(call->output);
    if (!call_has(call, "--yes") && !call_has(call, "--challenge")) {
        (void)snprintf(question, sizeof question,
                       "\n    %s\n\nType cast to record this ballot, challenge "
                       "to open it, forget to do neither: ",
                       ballot->code);
        code = ask_word(&chosen, question, words, "use --yes or --challenge",
                        err);
    }
    *answer = (enum answer)chosen;
    return code;
}

/* The session ends with its last ballot; that the ballot is recorded stands,
 * whatever comes of this. */
static void end_session(struct staff *staff, struct call *call)
{
    struct aula_error err = {0};
    size_t left = session_left(staff->terminal, NULL);

    output_number(call->output, "left", "ballots left", left);
    if (left > 0) {
        return;
    }
    if (session_leave(staff->terminal, NULL, &err) == AULA_OK) {
        output_say(call->output, "The session has ended.");
    } else {
        (void)fprintf(call->notes, "aula: the session goes on: %s\n",
                      err.message);
    }
}

static enum aula_code finish(struct staff *staff, struct call *call,
                             enum answer answer, struct aula_error *err)
{
    static const char *const done[] = {"recorded", "opened", "forgotten"};
    enum aula_code code = AULA_OK;

    switch (answer) {
    case CAST:
        code = session_cast(staff->terminal, err);
        break;
    case CHALLENGE:
        code = session_challenge(staff->terminal, err);
        break;
    case FORGET:
        session_drop(staff->terminal);
        break;
    }
    if (code != AULA_OK) {
        return code;
    }
    output_text(call->output, "result", "result", done[answer]);
    end_session(staff, call);
    return AULA_OK;
}

static enum aula_code cast(struct staff *staff, struct call *call,
                           enum choice_form form, const char *list,
                           struct aula_error *err)
{
    struct session_ballot ballot = {.seq = 0};
    enum answer answer = FORGET;
    uint16_t contest = 0;
    enum aula_code code = find_contest(&contest, staff, call, err);

    if (code == AULA_OK) {
        code = prepare(&ballot, staff, contest, form, list, err);
    }
    if (code == AULA_OK) {
        code = staff_read_offset(staff, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    staff_show_ballot(staff, &ballot);
    if (ballot.equals_opened) {
        (void)fputs("These choices are those of a ballot that was opened in "
                    "this session, and will be public.\n",
                    call->notes);
    }
    code = ask(&answer, call, &ballot, err);
    if (code != AULA_OK) {
        session_drop(staff->terminal);
        return code;
    }
    return finish(staff, call, answer, err);
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct staff staff = {.call = call};
    enum choice_form form = CHOICE_BLANK;
    const char *list = NULL;
    enum aula_code code = read_form(&form, &list, call, err);

    if (code != AULA_OK) {
        return code;
    }
    code = staff_open(&staff, call, TERMINAL_DO_CAST, TERMINAL_WORK, err);
    if (code == AULA_OK && staff.status.package->mode != PACKAGE_REHEARSAL) {
        code = aula_fail(err, AULA_STATE,
                         "cast: an official election is voted on at the "
                         "screen");
    }
    if (code == AULA_OK) {
        code = cast(&staff, call, form, list, err);
    }
    staff_close(&staff);
    return code;
}

const struct command command_terminal_cast = {
    .words = "terminal cast",
    .summary = "in a rehearsal: one ballot of whoever is checked in",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = 1,
    .run = run,
};
