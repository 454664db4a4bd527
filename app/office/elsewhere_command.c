/* SPDX-License-Identifier: Apache-2.0 */
/* aula office elsewhere: who voted online or on paper, as tags.
 *
 * The list comes from outside knowledge only (11.3): it is made before the
 * office has opened a batch, so that it cannot have been made from who voted at
 * a terminal, and not later than a day after the voting. */
#include <stdlib.h>
#include <string.h>

#include "archive.h"
#include "blame.h"
#include "code.h"
#include "commands.h"
#include "desk_ruled.h"
#include "elsewhere_list.h"
#include "moment.h"
#include "office_call.h"

enum { LISTS_MAX = 100, IN_TIME_S = 24 * 3600 };

static const struct option_form options[] = {
    {"--replace", NULL}, OFFICE_CALL_OPTIONS, {"--json", NULL}, {NULL, NULL}};

static const char usage[] =
    "usage: aula office elsewhere LIST... [--json]\n"
    "\n"
    "Makes the list of those who voted online or on paper, whose ballots from "
    "a\n"
    "terminal do not count. A LIST has one identifier (IIN) a line. They "
    "become tags\n"
    "at once: no identifier is kept, shown or written.\n"
    "\n"
    "The list is made before the first batch is imported and not later than 24 "
    "hours\n"
    "after the voting, and its hash is published then in an independent place: "
    "a\n"
    "newspaper, notice boards. Name all LISTs in one run.\n"
    "\n"
    "  --replace               make it anew, while its hash is not published\n"
    "  --office DIR            else the folder `office`\n"
    "  --election EID          where the office has more than one\n"
    "  --passphrase-file FILE  for scripts: the passphrase of the office\n"
    "\n"
    "Example:\n"
    "  aula office elsewhere online.txt paper.txt\n";

struct run {
    struct office_call office;
    struct voter_list *lists[LISTS_MAX];
    size_t total; /* lines of all */
    struct elsewhere_list made;
};

/* ---- may it be made? */

static enum aula_code check_archive(const struct desk_election *election,
                                    struct aula_error *err)
{
    struct archive_counts counts = {.records = 0};
    struct archive *archive = NULL;
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, election->folder, ARCHIVE_FILE, err);

    if (code != AULA_OK || place_is_missing(election->folder, ARCHIVE_FILE)) {
        return code;
    }
    code = archive_open(&archive, path, election->package.hash, ARCHIVE_READ,
                        err);
    if (archive != NULL) {
        code = archive_count(archive, &counts, err);
    }
    archive_close(archive);
    if (code == AULA_OK && (counts.batches > 0 || counts.records > 0)) {
        code = aula_fail(err, AULA_STATE,
                         "%s: batches were imported already: a list that is "
                         "made now is not used",
                         path);
    }
    return code;
}

/* The days of a rehearsal may lie behind us by any time, and nobody publishes
 * its list. */
static enum aula_code check_time(const struct desk_election *election,
                                 uint64_t now, struct aula_error *err)
{
    uint64_t last = election->package.closes + IN_TIME_S;
    bool is_rehearsal = election->package.mode == PACKAGE_REHEARSAL;
    char text[MOMENT_BYTES];

    moment_write(text, last, 0);
    return is_rehearsal || now <= last
               ? AULA_OK
               : aula_fail(err, AULA_STATE,
                           "%s: too late: a list that is made after %s "
                           "is not used",
                           election->folder, text);
}

static enum aula_code check_state(const struct run *run,
                                  const struct call *call,
                                  struct aula_error *err)
{
    const struct desk_election *election = run->office.election;
    enum aula_code code = check_time(election, clock_now(&call->clock), err);

    if (code == AULA_OK) {
        code = check_archive(election, err);
    }
    return code != AULA_OK || call_has(call, "--replace") ||
                   place_is_missing(election->folder, DESK_ELSEWHERE)
               ? code
               : aula_fail(err, AULA_STATE,
                           "%s/" DESK_ELSEWHERE
                           ": there is a list; --replace makes it anew",
                           election->folder);
}

/* ---- the lists */

/* A faulty line is known by its number only. */
static enum aula_code tell_faults(const struct call *call,
                                  const struct voter_list *list,
                                  const char *path, struct aula_error *err)
{
    for (size_t i = 0; i < list->fault_count && i < VOTER_FAULTS_MAX; i++) {
        (void)fprintf(call->notes, "%s: line %zu: %s\n", path,
                      list->faults[i].line, list->faults[i].text);
    }
    return list->fault_count == 0
               ? AULA_OK
               : aula_fail(err, AULA_SOURCE, "%s: faulty lines: %zu", path,
                           list->fault_count);
}

static enum aula_code read_lists(struct run *run, const struct call *call,
                                 struct progress *progress,
                                 struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    for (size_t i = 0; i < call->options.operand_count && code == AULA_OK;
         i++) {
        const char *path = call_operand(call, i);

        code = voter_list_open(&run->lists[i], &run->office.election->package,
                               path, progress, err);
        progress_clear(progress);
        if (code == AULA_OK) {
            code = tell_faults(call, run->lists[i], path, err);
        }
    }
    return code;
}

static enum aula_code make(struct run *run, struct call *call,
                           struct progress *progress, struct aula_error *err)
{
    const struct desk_election *election = run->office.election;
    enum aula_code code = office_call_unlock(&run->office, call, true, err);

    for (size_t i = 0; i < call->options.operand_count && code == AULA_OK;
         i++) {
        code = elsewhere_list_add(&run->made, run->lists[i], &election->package,
                                  run->office.tag_key, progress, err);
        run->total += run->lists[i]->count;
        code = blame_file(err, code, call_operand(call, i));
    }
    if (code == AULA_OK) {
        code = elsewhere_list_sign(&run->made, &election->package,
                                   run->office.desk->sign_secret, err);
    }
    return code == AULA_OK
               ? office_call_write(election->folder, DESK_ELSEWHERE,
                                   run->made.bytes, run->made.size, err)
               : code;
}

static void report(const struct run *run, struct output *output)
{
    uint8_t hash[HASH_BYTES];
    char code[CODE_TEXT_BYTES];

    elsewhere_hash(hash, run->made.bytes, run->made.size);
    code_write(code, hash);
    office_call_report(output, &run->office);
    output_number(output, "people", "people on the list", run->made.count);
    output_number(output, "twice", "lines that name one of them again",
                  run->total - run->made.count);
    output_hex(output, "hash", "hash", hash, sizeof hash);
    output_text(output, "code", "its code", code);
    output_say(output, "Publish the hash in an independent place before the "
                       "first batch is imported. The\n"
                       "list itself is published with the board. Destroy the "
                       "lists of identifiers.");
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct run run = {.total = 0};
    struct progress progress;
    enum aula_code code = office_call_open(&run.office, call, err);

    progress_start(&progress, call->notes, &call->clock, "reading lists");
    if (code == AULA_OK) {
        code = check_state(&run, call, err);
    }
    if (code == AULA_OK) {
        code = read_lists(&run, call, &progress, err);
    }
    if (code == AULA_OK) {
        code = make(&run, call, &progress, err);
    }
    progress_end(&progress);
    if (code == AULA_OK) {
        report(&run, call->output);
    }
    for (size_t i = 0; i < LISTS_MAX; i++) {
        voter_list_close(run.lists[i]);
    }
    elsewhere_list_close(&run.made);
    office_call_close(&run.office);
    return code;
}

const struct command command_office_elsewhere = {
    .words = "office elsewhere",
    .summary = "who voted online or on paper",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = LISTS_MAX,
    .run = run,
};
