/* SPDX-License-Identifier: Apache-2.0 */
/* aula rehearse: an election through the real recording path. */
#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "blame.h"
#include "commands.h"
#include "file.h"
#include "passphrase.h"
#include "rehearse_expected.h"
#include "rehearse_report.h"
#include "rehearse_result.h"
#include "rehearse_sample.h"

enum { TERMINALS_USUAL = 2, BALLOTS_MAX = 10000000, SEED_MAX = 999999999 };
enum { DAY_S = 86400, KAZAKHSTAN_S = 5 * 3600 };

static const struct option_form options[] = {
    {"--votes", "FILE"},   {"--random", "N"},
    {"--first", "N"},      {"--terminals", "M"},
    {"--seed", "S"},       {"--package", "P"},
    {"--office", "DIR"},   {"--passphrase-file", "FILE"},
    {"--visitors", NULL},  {"--expected", NULL},
    {"--to-result", NULL}, {"--json", NULL},
    {NULL, NULL}};

static const char usage[] =
    "usage: aula rehearse --votes FILE.pb|--random N [--to-result] "
    "[OPTION...] OUT\n"
    "\n"
    "Sets up terminals in OUT and records every ballot as a hall would, over "
    "days\n"
    "that lie behind us; their batches are in OUT/stick. Makes an election of "
    "its\n"
    "own, with an office and three trustees, two of whom suffice.\n"
    "\n"
    "  --votes FILE.pb         the ballots of a Pabulib file that keep its "
    "rules\n"
    "  --first N               no more than the first N of them\n"
    "  --random N              drawn ballots instead\n"
    "  --terminals M           1 to 64, else 2\n"
    "  --seed S                fixes choices and order; keys are never fixed\n"
    "  --visitors              and people who come twice, voted online, walk "
    "away\n"
    "  --to-result             go on to the verified result in OUT/board\n"
    "  --expected              what must come out: OUT/expected-CONTEST.pb\n"
    "  --package P             an election packaged in rehearsal mode instead\n"
    "  --office DIR            whose package it is\n"
    "  --passphrase-file FILE  for scripts: passphrase of that office\n"
    "\n"
    "OUT/passphrase.txt opens every key in OUT: nothing there is secret.\n"
    "\n"
    "Example:\n"
    "  aula rehearse --random 200 --seed 1 rehearsal\n";

/* All that is to be freed. */
struct work {
    struct call *call;
    const char *out;
    bool is_own; /* the election is made here */
    uint64_t terminals;
    uint64_t ballots; /* of --random, 0: a file's */
    uint64_t first;
    uint64_t seed;
    uint8_t *bytes;
    struct pabulib file;
    struct passphrase passphrase; /* of all that is made here */
    struct rehearse_election *election;
    struct rehearse_votes votes;
    struct rehearse_plan plan;
    struct rehearse_run run;
};

/* ---- what is wanted */

static enum aula_code read_numbers(struct work *work, struct aula_error *err)
{
    struct call *call = work->call;
    enum aula_code code = call_number(call, "--terminals", &work->terminals, 1,
                                      REHEARSE_TERMINALS_MAX, err);

    if (code == AULA_OK) {
        code = call_number(call, "--random", &work->ballots, 1, BALLOTS_MAX,
                           err);
    }
    if (code == AULA_OK) {
        code = call_number(call, "--first", &work->first, 1, BALLOTS_MAX, err);
    }
    work->seed = randombytes_uniform(SEED_MAX + 1);
    return code != AULA_OK
               ? code
               : call_number(call, "--seed", &work->seed, 0, SEED_MAX, err);
}

static enum aula_code read_wish(struct work *work, struct aula_error *err)
{
    struct call *call = work->call;

    work->is_own = !call_has(call, "--package");
    if (call_has(call, "--votes") == call_has(call, "--random")) {
        return call_usage(call, err, "either --votes or --random");
    }
    if (call_has(call, "--first") && !call_has(call, "--votes")) {
        return call_usage(call, err, "--first goes with --votes");
    }
    if (call_has(call, "--office") == work->is_own) {
        return call_usage(call, err, "--package and --office go together");
    }
    if (call_has(call, "--to-result") && !work->is_own) {
        return call_usage(call, err,
                          "--to-result goes without --package: its trustees "
                          "are elsewhere");
    }
    if (call_has(call, "--passphrase-file") && work->is_own) {
        return call_usage(call, err, "--passphrase-file goes with --package");
    }
    return read_numbers(work, err);
}

/* ---- OUT */

static bool is_empty(DIR *folder)
{
    const struct dirent *entry = readdir(folder);

    while (entry != NULL && (strcmp(entry->d_name, ".") == 0 ||
                             strcmp(entry->d_name, "..") == 0)) {
        entry = readdir(folder);
    }
    return entry == NULL;
}

static enum aula_code make_out(const char *out, struct aula_error *err)
{
    enum aula_code code = file_make_folder(out, true, err);
    DIR *folder;

    if (code != AULA_OK) {
        return code;
    }
    folder = opendir(out);
    if (folder == NULL) {
        return aula_fail(err, AULA_IO, "%s: %s", out, strerror(errno));
    }
    if (!is_empty(folder)) {
        code = aula_fail(err, AULA_STATE,
                         "%s: there is something; take another folder", out);
    }
    (void)closedir(folder);
    return code;
}

static enum aula_code draw_passphrase(struct work *work, struct aula_error *err)
{
    char *text = sodium_malloc(PASSPHRASE_GENERATED_BYTES);

    if (text == NULL) {
        return aula_fail(err, AULA_MEMORY, "no locked memory");
    }
    passphrase_generate(text);
    work->passphrase = (struct passphrase){text, strlen(text)};
    return AULA_OK;
}

/* Nothing of a rehearsal is secret, and whoever counts it needs this. */
static enum aula_code tell_passphrase(const struct work *work,
                                      struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, work->out, "passphrase.txt", err);

    return code != AULA_OK ? code
                           : file_write_new(path, work->passphrase.text,
                                            work->passphrase.size, 0600, err);
}

/* ---- election and ballots */

static enum aula_code read_file(struct work *work, struct aula_error *err)
{
    const char *path = call_text(work->call, "--votes");
    size_t size = strlen(rehearse_sample);
    enum aula_code code = AULA_OK;

    if (path == NULL) {
        return pabulib_open(&work->file, (const uint8_t *)rehearse_sample, size,
                            err);
    }
    code = file_read(&work->bytes, &size, path, PABULIB_BYTES_MAX, err);
    if (code != AULA_OK) {
        return code;
    }
    code = pabulib_open(&work->file, work->bytes, size, err);
    free(work->bytes);
    work->bytes = NULL;
    return blame_file(err, code, path);
}

/* Ballots that come to one terminal at most. */
static size_t share_of(const struct work *work)
{
    uint64_t count = work->ballots;

    if (count == 0) {
        count = work->file.vote_count < work->first ? work->file.vote_count
                                                    : work->first;
    }
    return (size_t)((count + work->terminals - 1) / work->terminals);
}

/* Days of voting that end yesterday, so that it can be counted at once. */
static enum aula_code make_election(struct work *work, struct aula_error *err)
{
    uint64_t now = clock_now(&work->call->clock) + KAZAKHSTAN_S;
    int32_t last = (int32_t)(now / DAY_S) - 1;
    int32_t days = (int32_t)rehearse_plan_days(share_of(work));
    const char *path = call_text(work->call, "--votes");
    enum aula_code code;

    code = rehearse_election_make(&work->election, work->out, &work->file,
                                  last - days + 1, last, &work->passphrase,
                                  err);
    return code == AULA_SOURCE && path != NULL ? blame_file(err, code, path)
                                               : code;
}

static enum aula_code open_election(struct work *work, struct aula_error *err)
{
    struct passphrase passphrase = {NULL, 0};
    enum aula_code code =
        ask_passphrase(&passphrase, ASK_PASSPHRASE_KNOWN, "--passphrase-file",
                       call_text(work->call, "--passphrase-file"), "the office",
                       err);

    if (code == AULA_OK) {
        code = rehearse_election_open(&work->election,
                                      call_text(work->call, "--package"),
                                      call_text(work->call, "--office"),
                                      &passphrase, err);
    }
    passphrase_forget(&passphrase);
    return code;
}

static enum aula_code take_votes(struct work *work, struct aula_error *err)
{
    const struct package *package = &work->election->kept->package;
    const char *path = call_text(work->call, "--votes");
    enum aula_code code = AULA_OK;

    if (path == NULL) {
        rehearse_votes_draw(&work->votes, package, (size_t)work->ballots,
                            work->seed);
    } else {
        code = rehearse_votes_of_file(&work->votes, package, &work->file,
                                      (size_t)work->first, work->seed, err);
        code = blame_file(err, code, path);
    }
    return code;
}

/* Nothing stands in OUT while it can still be refused. */
static enum aula_code find_election(struct work *work, struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    if (work->is_own) {
        code = make_out(work->out, err);
        return code != AULA_OK ? code : make_election(work, err);
    }
    code = open_election(work, err);
    if (code == AULA_OK) {
        code = make_out(work->out, err);
    }
    return code;
}

static enum aula_code prepare(struct work *work, struct aula_error *err)
{
    enum aula_code code = read_file(work, err);

    if (code == AULA_OK && share_of(work) > REHEARSE_SHARE_MAX) {
        code = call_usage(work->call, err,
                          "more than %d ballots a terminal: take more of them",
                          REHEARSE_SHARE_MAX);
    }
    if (code == AULA_OK) {
        code = draw_passphrase(work, err);
    }
    if (code == AULA_OK) {
        code = find_election(work, err);
    }
    if (code == AULA_OK) {
        code = take_votes(work, err);
    }
    if (code == AULA_OK) {
        code = tell_passphrase(work, err);
    }
    return code != AULA_OK
               ? code
               : rehearse_plan_make(&work->plan, &work->election->election,
                                    share_of(work), err);
}

static enum aula_code rehearse(struct work *work, struct aula_error *err)
{
    struct rehearse_scene scene = {
        .election = work->election,
        .votes = &work->votes,
        .plan = &work->plan,
        .passphrase = &work->passphrase,
        .terminals = (unsigned)work->terminals,
        .has_visitors = call_has(work->call, "--visitors")};

    return rehearse_run(&work->run, &scene, work->out, work->is_own,
                        work->call->notes, &work->call->clock, err);
}

static void forget(struct work *work)
{
    rehearse_run_close(&work->run);
    rehearse_votes_close(&work->votes);
    rehearse_election_close(work->election);
    passphrase_forget(&work->passphrase);
    pabulib_close(&work->file);
}

/* What must come out, and what does. */
static enum aula_code finish(struct work *work, struct aula_error *err)
{
    bool goes_on = call_has(work->call, "--to-result");
    enum aula_code code = AULA_OK;

    if (goes_on || call_has(work->call, "--expected")) {
        code = rehearse_expected_write(work->out, work->election, &work->votes,
                                       err);
    }
    return code != AULA_OK || !goes_on
               ? code
               : rehearse_result(work->out, &work->election->kept->package,
                                 work->run.scene.has_visitors,
                                 work->call->notes, &work->call->clock, err);
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct work work = {.call = call,
                        .out = call_operand(call, 0),
                        .terminals = TERMINALS_USUAL,
                        .first = BALLOTS_MAX};
    enum aula_code code = read_wish(&work, err);

    if (code == AULA_OK) {
        code = prepare(&work, err);
    }
    if (code == AULA_OK) {
        code = rehearse(&work, err);
    }
    if (code == AULA_OK) {
        code = finish(&work, err);
    }
    if (code == AULA_OK) {
        rehearse_report(call->output, &work.run, work.out, work.is_own);
    }
    forget(&work);
    return code;
}

const struct command command_rehearse = {
    .words = "rehearse",
    .summary = "record an election's ballots as a hall would",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = 1,
    .run = run,
};
