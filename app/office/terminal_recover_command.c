/* SPDX-License-Identifier: Apache-2.0 */
/* aula terminal recover: saves what verifies, says what the office must rule
 * on, and leaves a blank terminal to go on with. */
#include <inttypes.h>

#include "commands.h"
#include "recover.h"
#include "staff.h"

static const struct option_form options[] = {{"--stick", "DIR"},
                                             {"--yes", NULL},
                                             {"--witness", "DIR"},
                                             {"--official", "NAME"},
                                             {"--passphrase-file", "FILE"},
                                             {"--key-file", "FILE"},
                                             {"--json", NULL},
                                             {NULL, NULL}};

static const char usage[] =
    "usage: aula terminal recover DATA --stick DIR [--yes] [--json]\n"
    "\n"
    "For a terminal whose store is damaged, was put back, or lacks records: it "
    "is\n"
    "never used on. Writes the records that can still be read and verify to "
    "the\n"
    "stick, says what is missing and what the office must rule on, and puts "
    "the\n"
    "terminal aside. Nothing is deleted. The hall goes on with a new key.\n"
    "\n"
    "  --stick DIR             where the stick is mounted\n"
    "  --yes                   for scripts: do not ask\n" STAFF_USAGE "\n"
    "Example:\n"
    "  aula terminal recover /var/lib/aula --stick /media/stick\n";

static const char *reason_words(enum aula_code reason)
{
    if (reason == AULA_STORE_BEHIND) {
        return "records that the witness names are missing";
    }
    if (reason == AULA_STORE_FORK) {
        return "a record is another one than the witness names";
    }
    if (reason == AULA_WITNESS_MISSING) {
        return "there is no witness: nobody can tell whether records are "
               "missing";
    }
    return "the store is damaged";
}

static json_t *runs_json(const struct recover_report *report)
{
    json_t *list = json_array();

    for (size_t i = 0; i < report->run_count; i++) {
        const struct recover_run *run = &report->runs[i];

        if (json_array_append_new(list, json_pack("{s:I, s:I, s:I}", "number",
                                                  (json_int_t)run->number,
                                                  "first_seq",
                                                  (json_int_t)run->first_seq,
                                                  "last_seq",
                                                  (json_int_t)run->last_seq)) !=
            0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static void show_saved(const struct staff *staff,
                       const struct recover_report *report)
{
    struct output *out = staff->call->output;

    output_text(out, "reason", "reason", aula_code_name(report->reason));
    output_say(out, "  %s", reason_words(report->reason));
    output_hex(out, "tid", "terminal", report->tid, sizeof report->tid);
    output_number(out, "saved", "records saved", report->verified);
    output_number(out, "refused", "records refused", report->refused);
    output_number(out, "damaged_pages", "damaged pages", report->pages);
    output_number(out, "witness_seq", "witness names", report->witness_seq);
    for (size_t i = 0; i < report->run_count; i++) {
        const struct recover_run *run = &report->runs[i];

        output_say(out, "  batch %" PRIu32 ": records %" PRIu64 " to %" PRIu64,
                   run->number, run->first_seq, run->last_seq);
    }
    output_json(out, "batches", runs_json(report));
    output_text(out, "aside", "put aside as", report->aside);
}

/* A hole, and the number that settles it. */
struct hole {
    uint64_t first;
    uint64_t last;
};

/* The hole before the run `place`, or behind the last one. */
static struct hole hole_at(const struct recover_report *report, size_t place)
{
    struct hole hole = {1, report->witness_seq};

    if (place > 0) {
        hole.first = report->runs[place - 1].last_seq + 1;
    }
    if (place < report->run_count) {
        hole.last = report->runs[place].first_seq - 1;
    }
    return hole;
}

/* Type 4 for each gap, type 3 where two chains may come to light (11.3). */
static void show_rulings(const struct staff *staff,
                         const struct recover_report *report)
{
    struct output *out = staff->call->output;
    json_t *list = json_array();

    for (size_t i = 0; i <= report->run_count; i++) {
        struct hole hole = hole_at(report, i);

        if (hole.first > hole.last) {
            continue;
        }
        output_say(out,
                   "  missing: records %" PRIu64 " to %" PRIu64
                   ": ruling of type 4 (explain) at number %" PRIu64,
                   hole.first, hole.last, hole.first);
        if (list != NULL &&
            json_array_append_new(list,
                                  json_pack("{s:i, s:I, s:I}", "type", 4, "seq",
                                            (json_int_t)hole.first, "last_seq",
                                            (json_int_t)hole.last)) != 0) {
            json_decref(list);
            list = NULL;
        }
    }
    output_json(out, "rulings", list);
}

static void show_next(const struct staff *staff)
{
    output_say(
        staff->call->output,
        "The office rules on this terminal, each time for a public reason:\n"
        "  type 4 (explain) for what is missing above, and where its last day "
        "was\n"
        "  not closed, at the number that `aula office status` names\n"
        "  type 3 (chain) should missing records turn up and contradict these: "
        "it\n"
        "  names the true last record, by a batch or the posted closing code\n"
        "Go on with a new key, which the late register will name:\n"
        "  aula terminal request %s OUT --label TEXT --official NAME\n"
        "and in the office `aula office certify`, `aula office register "
        "--late`.",
        staff->place.folder);
}

/* Before anything is asked or read: it cannot be taken back. */
static enum aula_code ask(bool *goes_on, struct call *call,
                          struct aula_error *err)
{
    static const char *const words[] = {"recover", "no", NULL};
    size_t chosen = 0;
    enum aula_code code = AULA_OK;

    if (!call_has(call, "--yes")) {
        code = ask_word(&chosen,
                        "This terminal records nothing after it, and is put "
                        "aside. Type recover to\nsave what it holds, no to "
                        "leave it as it is: ",
                        words, "use --yes", err);
    }
    *goes_on = code == AULA_OK && chosen == 0;
    return code;
}

static enum aula_code recover(struct staff *staff, struct call *call,
                              struct aula_error *err)
{
    struct recover_report report;
    bool goes_on = false;
    enum aula_code code;

    staff_warn_same_disk(staff, call_text(call, "--stick"),
                         "is the stick mounted?");
    code = ask(&goes_on, call, err);
    if (code != AULA_OK) {
        return code;
    }
    if (!goes_on) {
        output_flag(call->output, "recovered", "recovered", false);
        return AULA_OK;
    }
    code = staff_first(&staff->first, call, err);
    if (code == AULA_OK) {
        code = recover_save(&report, &staff->place, &staff->first.official,
                            call_text(call, "--stick"), err);
    }
    if (code == AULA_OK) {
        output_flag(call->output, "recovered", "recovered", true);
        show_saved(staff, &report);
        show_rulings(staff, &report);
        show_next(staff);
        recover_report_clear(&report);
    }
    return code;
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct staff staff = {.call = call, .place = staff_place(call)};
    enum aula_code code;

    if (!call_has(call, "--stick")) {
        return call_usage(call, err, "--stick DIR is missing");
    }
    code = terminal_look(&staff.place) == TERMINAL_BLANK
               ? terminal_allows(TERMINAL_BLANK, AULA_OK, TERMINAL_DO_RECOVER,
                                 err)
               : recover(&staff, call, err);
    staff_close(&staff);
    return code;
}

const struct command command_terminal_recover = {
    .words = "terminal recover",
    .summary = "save what verifies of a damaged terminal",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = 1,
    .run = run,
};
