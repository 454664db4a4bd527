/* SPDX-License-Identifier: Apache-2.0 */
/* aula office certify: a terminal's request becomes its certificate and kit. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "blame.h"
#include "certify.h"
#include "certify_report.h"
#include "code.h"
#include "commands.h"
#include "office_call.h"
#include "voter_list.h"

#define ROLL_FILE "roll.bin"

static const struct option_form options[] = {
    {"--label", "TEXT"}, {"--contests", "LIST"},
    {"--guests", NULL},  {"--roll", "LIST"},
    {"--code", "CODE"},  OFFICE_CALL_OPTIONS,
    {"--json", NULL},    {NULL, NULL}};

static const char usage[] =
    "usage: aula office certify REQUEST OUT [--label TEXT] [--contests LIST]\n"
    "                           [--guests] [--roll FILE] [--json]\n"
    "\n"
    "Answers a terminal's request. Shows its code, which must be compared by\n"
    "voice or on paper with the one that the terminal shows, then writes a\n"
    "certificate and a kit into the folder OUT. A terminal has one "
    "certificate\n"
    "for ever; another run hands it out again, with a further kit.\n"
    "\n"
    "  --label TEXT            where it stands; else as the request says\n"
    "  --contests LIST         offered there, by number or name: 0,2; else "
    "all\n"
    "  --guests                this kit admits people who are on no roll\n"
    "  --roll FILE             make a further voter roll for all terminals of "
    "the\n"
    "                          election: one IIN a line, or IIN;contest\n"
    "  --office DIR            else the folder `office`\n"
    "  --election EID          where the office has more than one\n"
    "  --code CODE             for scripts: the code that the terminal shows\n"
    "  --passphrase-file FILE  for scripts: the passphrase of the office\n"
    "\n"
    "Example:\n"
    "  aula office certify stick/hall3.request stick --label 'School 3'\n";

/* All that one run holds. */
struct run {
    struct office_call office;
    struct certify *certify;
    struct certify_terms terms;
    struct voter_list *voters; /* NULL: no roll was asked for */
    struct voter_roll roll;
    uint32_t roll_number;
    struct certify_answer answer;
};

/* A faulty line is known by its number only. */
static enum aula_code read_voters(struct run *run, struct call *call,
                                  struct aula_error *err)
{
    const char *path = call_text(call, "--roll");
    struct progress progress;
    enum aula_code code;

    if (path == NULL) {
        return AULA_OK;
    }
    progress_start(&progress, call->notes, &call->clock, "list of voters");
    code = voter_list_open(&run->voters, &run->office.election->package, path,
                           &progress, err);
    progress_end(&progress);
    if (code != AULA_OK || run->voters == NULL ||
        run->voters->fault_count == 0) {
        return code;
    }
    for (size_t i = 0; i < run->voters->fault_count && i < VOTER_FAULTS_MAX;
         i++) {
        (void)fprintf(call->notes, "%s: line %zu: %s\n", path,
                      run->voters->faults[i].line, run->voters->faults[i].text);
    }
    code = aula_fail(err, AULA_SOURCE, "faulty lines: %zu",
                     run->voters->fault_count);
    return blame_file(err, code, path);
}

/* All that can be refused before anything secret is opened. */
static enum aula_code prepare(struct run *run, struct call *call,
                              struct aula_error *err)
{
    enum aula_code code = office_call_open(&run->office, call, err);

    if (code == AULA_OK) {
        code = certify_open(&run->certify, run->office.election,
                            call_operand(call, 0), err);
    }
    if (code == AULA_OK) {
        code = certify_agree(&run->terms, run->certify, run->office.election,
                             call_text(call, "--label"),
                             call_text(call, "--contests"), err);
        run->terms.has_guests = call_has(call, "--guests");
    }
    return code != AULA_OK ? code : read_voters(run, call, err);
}

static enum aula_code compare_code(const struct run *run, struct call *call,
                                   struct aula_error *err)
{
    char code[CODE_TEXT_BYTES];

    code_write(code, run->certify->hash);
    output_text(call->output, "code", "code of the request", code);
    output_show(call->output);
    return ask_code(call_text(call, "--code"), code,
                    "The terminal shows the code of its request. A difference "
                    "means that this is not its request.",
                    AULA_STATE, err);
}

static enum aula_code make_roll(struct run *run, struct call *call,
                                struct aula_error *err)
{
    const struct desk_election *election = run->office.election;
    struct progress progress;
    uint32_t latest = 0;
    enum aula_code code = desk_election_roll(&latest, election, err);

    if (code != AULA_OK) {
        return code;
    }
    run->roll_number = latest + 1;
    progress_start(&progress, call->notes, &call->clock, "voter roll");
    code = voter_list_roll(&run->roll, run->voters, &election->package,
                           run->office.desk->sign_secret, run->office.tag_key,
                           run->roll_number, &progress, err);
    progress_end(&progress);
    return code != AULA_OK
               ? code
               : desk_election_keep_roll(election, run->roll_number, err);
}

static enum aula_code write_answer(const struct run *run, const char *folder,
                                   struct aula_error *err)
{
    const struct certify_answer *answer = &run->answer;
    char name[CERTIFY_NAME_BYTES];
    enum aula_code code;

    certify_name(name, answer->tid, CERTIFY_CERTIFICATE);
    code = office_call_write(folder, name, answer->certificate, answer->size,
                             err);
    if (code == AULA_OK) {
        certify_name(name, answer->tid, CERTIFY_KIT);
        code = office_call_write(folder, name, answer->kit, KIT_BYTES, err);
    }
    if (code == AULA_OK && run->roll.bytes != NULL) {
        code = office_call_write(folder, ROLL_FILE, run->roll.bytes,
                                 run->roll.size, err);
    }
    return code;
}

static enum aula_code answer(struct run *run, struct call *call,
                             struct aula_error *err)
{
    enum aula_code code = office_call_unlock(&run->office, call, true, err);

    if (code == AULA_OK && run->voters != NULL) {
        code = make_roll(run, call, err);
    }
    if (code == AULA_OK) {
        code = certify_issue(&run->answer, run->certify, run->office.election,
                             &run->terms, run->office.desk->sign_secret,
                             run->office.tag_key, err);
    }
    return code != AULA_OK ? code
                           : write_answer(run, call_operand(call, 1), err);
}

static enum aula_code report(const struct run *run, struct call *call,
                             struct aula_error *err)
{
    certify_report(call->output, run->office.election, run->certify,
                   &run->terms, &run->answer);
    if (run->roll.bytes != NULL) {
        certify_report_roll(call->output, ROLL_FILE, run->roll_number,
                            &run->roll, run->voters);
    }
    return certify_report_next(call->output, run->office.election,
                               run->answer.tid, call_operand(call, 1), err);
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct run run = {.roll_number = 0};
    enum aula_code code = prepare(&run, call, err);

    if (code == AULA_OK) {
        office_call_report(call->output, &run.office);
        code = compare_code(&run, call, err);
    }
    if (code == AULA_OK) {
        code = answer(&run, call, err);
    }
    if (code == AULA_OK) {
        code = report(&run, call, err);
    }
    free(run.roll.bytes);
    voter_list_close(run.voters);
    certify_close(run.certify);
    office_call_close(&run.office);
    return code;
}

const struct command command_office_certify = {
    .words = "office certify",
    .summary = "a terminal's request becomes its certificate and kit",
    .usage = usage,
    .options = options,
    .operands_least = 2,
    .operands_most = 2,
    .run = run,
};
