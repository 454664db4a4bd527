/* SPDX-License-Identifier: Apache-2.0 */
/* aula office package: from what the office wrote to what a terminal installs.
 *
 * What can be refused without a passphrase is refused before one is asked for.
 * The election stands in the office's folder before OUT has its name: a
 * package whose tag key nobody kept could not be voted with. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "code.h"
#include "commands.h"
#include "office_call.h"
#include "package_keys.h"
#include "package_make.h"

static const struct option_form options[] = {
    {"--office", "DIR"}, {"--ceremony", "FOLDER"},      {"--rehearsal", NULL},
    {"--quick", NULL},   {"--first-day", "DATE"},       {"--last-day", "DATE"},
    {"--replace", NULL}, {"--passphrase-file", "FILE"}, {"--json", NULL},
    {NULL, NULL}};

static const char usage[] =
    "usage: aula office package SOURCE OUT [--office DIR] [--rehearsal]\n"
    "                           [--first-day DATE] [--last-day DATE] [--json]\n"
    "\n"
    "Makes one signed package of SOURCE, a folder with election.json and\n"
    "photos/, or a Pabulib file. All faults are told at once. Then terminals "
    "can\n"
    "be certified for it.\n"
    "\n"
    "  --office DIR            where the office is, else ./office\n"
    "  --ceremony FOLDER       of the trustees, finished; else DIR/ceremony. "
    "Each\n"
    "                          election takes its own\n"
    "  --rehearsal             whatever SOURCE says, it is one\n"
    "  --quick                 with --rehearsal, for drawn voters by the "
    "thousand:\n"
    "                          any 12 digits are an identifier and cost no "
    "time\n"
    "  --first-day DATE, --last-day DATE\n"
    "                          2027-04-06, instead of those of SOURCE\n"
    "  --replace               for a package of this ceremony that no terminal "
    "has\n"
    "  --passphrase-file FILE  for scripts\n"
    "\n"
    "Example:\n"
    "  aula office package assets/samples/saryarka-2019 saryarka.aula \\\n"
    "      --rehearsal --first-day 2027-04-06 --last-day 2027-04-24\n";

/* One run; all of it is closed at the end. */
struct work {
    const char *office;
    struct desk_public known;
    struct source source;
    struct ceremony *ceremony;
    struct desk_elections replaced;
    struct passphrase passphrase;
    struct desk *desk;
    struct package_made made;
    struct progress progress;
};

/* ---- what can be refused without a passphrase */

static enum aula_code check_date(struct call *call, const char *option,
                                 struct aula_error *err)
{
    const char *text = call_text(call, option);
    int32_t day;

    return text == NULL || election_read_date(&day, text)
               ? AULA_OK
               : call_usage(call, err, "%s takes a date such as 2027-04-06",
                            option);
}

/* Asked again, for good, when the file gets its name. */
static enum aula_code check_place(const struct call *call,
                                  struct aula_error *err)
{
    const char *path = call_operand(call, 1);
    struct stat status;

    return call_has(call, "--replace") || lstat(path, &status) != 0
               ? AULA_OK
               : aula_fail(err, AULA_STATE,
                           "%s: something stands there already", path);
}

static enum aula_code check_usage(struct work *work, struct call *call,
                                  struct aula_error *err)
{
    const char *office = call_text(call, "--office");
    enum aula_code code = check_date(call, "--first-day", err);

    work->office = office != NULL ? office : OFFICE_CALL_FOLDER;
    if (code == AULA_OK) {
        code = check_date(call, "--last-day", err);
    }
    if (code == AULA_OK && call_has(call, "--quick") &&
        !call_has(call, "--rehearsal")) {
        code = call_usage(call, err, "--quick goes with --rehearsal");
    }
    if (code == AULA_OK) {
        code = check_place(call, err);
    }
    return code != AULA_OK ? code : desk_read(&work->known, work->office, err);
}

static void tell(struct call *call, const struct source *source)
{
    char line[FAULT_LINE_BYTES];

    for (size_t i = 0; i < source->strangers.count; i++) {
        (void)fprintf(call->notes, "aula: %s: nothing names it; left out\n",
                      source->strangers.items[i].text);
    }
    for (size_t i = 0; i < source->faults.count; i++) {
        source_write_fault(line, source, &source->faults.items[i]);
        (void)fprintf(call->notes, "%s\n", line);
    }
}

static enum aula_code read_source(struct work *work, struct call *call,
                                  struct aula_error *err)
{
    const struct source_wish wish = {
        .is_rehearsal = call_has(call, "--rehearsal"),
        .is_quick = call_has(call, "--quick"),
        .first_day = call_text(call, "--first-day"),
        .last_day = call_text(call, "--last-day")};
    enum aula_code code;

    progress_start(&work->progress, call->notes, &call->clock,
                   "checking photos");
    code = source_open(&work->source, call_operand(call, 0), &wish,
                       &work->progress, err);
    progress_end(&work->progress);
    tell(call, &work->source);
    return code;
}

static enum aula_code read_ceremony(struct work *work, const struct call *call,
                                    struct aula_error *err)
{
    const char *folder = call_text(call, "--ceremony");
    char usual[PLACE_BYTES];
    enum aula_code code = place_in(usual, work->office, DESK_CEREMONY, err);

    if (code == AULA_OK) {
        code = ceremony_open(&work->ceremony, folder != NULL ? folder : usual,
                             err);
    }
    if (work->ceremony == NULL) {
        return code;
    }
    code = ceremony_finish(work->ceremony, err);
    return code != AULA_OK
               ? code
               : package_keys_check(&work->replaced, work->office, &work->known,
                                    work->ceremony, work->source.election.mode,
                                    call_has(call, "--replace"), err);
}

/* ---- with the passphrase */

static enum aula_code make_package(struct work *work, struct call *call,
                                   struct aula_error *err)
{
    enum aula_code code =
        ask_passphrase(&work->passphrase, ASK_PASSPHRASE_KNOWN,
                       "--passphrase-file",
                       call_text(call, "--passphrase-file"), "the office", err);

    if (code == AULA_OK) {
        code = desk_open(&work->desk, work->office, &work->passphrase, false,
                         err);
    }
    if (work->desk == NULL) {
        return code;
    }
    return package_make(&work->made, &work->source, work->ceremony, work->desk,
                        err);
}

/* It failed further on: the election that was kept is no use to anyone. */
static void take_back(const struct work *work)
{
    struct desk_elections one = {calloc(1, DESK_EID_TEXT), 1};

    if (one.eids != NULL) {
        desk_election_name(one.eids[0], &work->made.package);
        (void)!package_keys_retire(&one, work->office, &work->known, NULL);
        free(one.eids);
    }
}

/* The board will need it; the photos may be gone by then. */
static enum aula_code keep_content(struct work *work, struct aula_error *err)
{
    char eid[DESK_EID_TEXT];
    char name[sizeof DESK_ELECTIONS "//" DESK_CONTENT + DESK_EID_TEXT];
    char path[PLACE_BYTES];
    enum aula_code code;

    desk_election_name(eid, &work->made.package);
    (void)snprintf(name, sizeof name, DESK_ELECTIONS "/%s/" DESK_CONTENT, eid);
    code = place_in(path, work->office, name, err);
    return code == AULA_OK ? package_made_write(&work->made, path, false,
                                                &work->progress, err)
                           : code;
}

static enum aula_code hand_out(struct work *work, struct call *call,
                               struct aula_error *err)
{
    enum aula_code code = desk_election_make(work->office, &work->known,
                                             work->made.bytes, work->made.size,
                                             work->made.tag_key,
                                             &work->passphrase, err);

    if (code != AULA_OK) {
        return code;
    }
    progress_start(&work->progress, call->notes, &call->clock, "writing");
    code = keep_content(work, err);
    if (code == AULA_OK) {
        code = package_made_write(&work->made, call_operand(call, 1),
                                  !call_has(call, "--replace"), &work->progress,
                                  err);
    }
    progress_end(&work->progress);
    if (code != AULA_OK) {
        take_back(work);
        return code;
    }
    return package_keys_retire(&work->replaced, work->office, &work->known,
                               err);
}

/* ---- the result */

static void report_dates(struct output *out, const struct election *election)
{
    char date[11];

    election_write_date(date, election->first_day);
    output_text(out, "first_day", "first day", date);
    election_write_date(date, election->last_day);
    output_text(out, "last_day", "last day", date);
}

/* Only now can districts still be merged (11.4). */
static void report_small(struct output *out, const struct package *package)
{
    output_number(out, "min_anon", "ballots that a contest has to have",
                  package->min_anon);
    output_say(out,
               "A contest in which fewer count is never opened; below %u "
               "everybody is warned.\n"
               "Merge small districts now: after this there is no way.",
               3 * (unsigned)package->min_anon);
}

static void report(struct output *out, const struct work *work)
{
    const struct package *package = &work->made.package;
    const struct election *election = &work->source.election;
    char code[CODE_TEXT_BYTES];
    char eid[DESK_EID_TEXT];
    bool is_rehearsal = package->mode == PACKAGE_REHEARSAL;

    if (is_rehearsal) {
        output_say(out, "REHEARSAL: its votes will not count.");
    }
    output_text_sized(out, "title", "title", package->title.text,
                      package->title.size);
    output_text(out, "mode", "mode", is_rehearsal ? "rehearsal" : "official");
    output_number(out, "contests", "contests", election->contest_count);
    output_number(out, "proposals", "proposals", election->proposal_count);
    output_number(out, "photos", "photos", work->source.count - 1);
    report_dates(out, election);
    output_number(out, "opens", "opens (unix seconds)", package->opens);
    output_number(out, "closes", "closes (unix seconds)", package->closes);
    output_hex(out, "package_hash", "hash (PH)", package->hash,
               sizeof package->hash);
    code_write(code, package->hash);
    output_text(out, "code", "code", code);
    desk_election_name(eid, package);
    output_text(out, "election", "election (eid)", eid);
    report_small(out, package);
    output_say(out, "Next, for each terminal: aula office certify REQUEST OUT");
}

static void close_work(struct work *work)
{
    package_made_close(&work->made);
    desk_close(work->desk);
    passphrase_forget(&work->passphrase);
    free(work->replaced.eids);
    ceremony_close(work->ceremony);
    source_close(&work->source);
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct work work = {.office = NULL};
    enum aula_code code = check_usage(&work, call, err);

    if (code == AULA_OK) {
        code = read_source(&work, call, err);
    }
    if (code == AULA_OK) {
        code = read_ceremony(&work, call, err);
    }
    if (code == AULA_OK) {
        code = make_package(&work, call, err);
    }
    if (code == AULA_OK) {
        code = hand_out(&work, call, err);
    }
    if (code == AULA_OK) {
        report(call->output, &work);
    }
    close_work(&work);
    return code;
}

const struct command command_office_package = {
    .words = "office package",
    .summary = "make a signed package of election.json and photos",
    .usage = usage,
    .options = options,
    .operands_least = 2,
    .operands_most = 2,
    .run = run,
};
