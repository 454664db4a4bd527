/* SPDX-License-Identifier: Apache-2.0 */
/* aula office ruling: what the office decides of single records and findings,
 * each with a reason that everybody will read. */
#include <sodium.h>
#include <string.h>

#include "blame.h"
#include "commands.h"
#include "number.h"
#include "office_call.h"
#include "ruling_list.h"

enum { TID_TEXT = 2 * TERMINAL_ID_BYTES + 1, HASH_TEXT = 2 * HASH_BYTES + 1 };

static const struct option_form options[] = {
    {"--hash", "RH"},    {"--seq", "N"},   {"--reason", "TEXT"},
    OFFICE_CALL_OPTIONS, {"--json", NULL}, {NULL, NULL}};

static const char usage[] =
    "usage: aula office ruling admit TID --hash RH --reason TEXT\n"
    "       aula office ruling revoke TID --seq N --reason TEXT\n"
    "       aula office ruling chain TID --hash RH --reason TEXT\n"
    "       aula office ruling explain TID --seq N --reason TEXT\n"
    "       aula office ruling withdraw NUMBER\n"
    "       aula office ruling list\n"
    "\n"
    "  admit     this record of a fork counts\n"
    "  revoke    no record of the terminal after N counts: its key was stolen\n"
    "  chain     the terminal's true chain ends in this record; others of it "
    "do not\n"
    "            count. Say which posted closing code or batch shows the hash\n"
    "  explain   the findings of the terminal at N are settled\n"
    "  withdraw  take one back, by its number in the list, before the closing\n"
    "\n"
    "TID is a terminal as `aula office status --json` names it. TEXT is "
    "public. "
    "A\n"
    "ruling that does not fit the archive is refused.\n"
    "  --office DIR, --election EID, --passphrase-file FILE  as everywhere\n"
    "\n"
    "Example:\n"
    "  aula office ruling explain 5f0c..9a --seq 17 --reason \"power cut, 6 "
    "April\"\n";

static const struct verb {
    const char *word;
    uint8_t type;
    bool has_hash;
} verbs[] = {{"admit", RULINGS_ADMIT, true},
             {"revoke", RULINGS_REVOKE, false},
             {"chain", RULINGS_CHAIN, true},
             {"explain", RULINGS_EXPLAIN, false}};

enum { VERBS = sizeof verbs / sizeof verbs[0] };

struct run {
    struct office_call office;
    struct ruling_list list;
    struct status status; /* of the archive, with the rows as they will be */
    uint8_t tid[TERMINAL_ID_BYTES];
    uint8_t hash[HASH_BYTES]; /* zeros where the type has none */
    struct rulings_row row;
};

/* ---- what was typed */

static const struct verb *verb_of(const struct call *call)
{
    for (size_t i = 0; i < VERBS; i++) {
        if (strcmp(call_operand(call, 0), verbs[i].word) == 0) {
            return &verbs[i];
        }
    }
    return NULL;
}

static bool read_hex(uint8_t *bytes, size_t size, const char *text)
{
    size_t digits = strspn(text, "0123456789abcdef");

    return digits == 2 * size && text[digits] == '\0' &&
           sodium_hex2bin(bytes, size, text, digits, NULL, NULL, NULL) == 0;
}

static enum aula_code read_row(struct run *run, struct call *call,
                               const struct verb *verb, struct aula_error *err)
{
    const char *hash = call_text(call, "--hash");
    const char *seq = call_text(call, "--seq");
    const char *reason = call_text(call, "--reason");

    if (call->options.operand_count != 2 || reason == NULL ||
        (hash != NULL) != verb->has_hash || (seq != NULL) == verb->has_hash) {
        return call_usage(call, err, "%s takes TID, %s and --reason",
                          verb->word, verb->has_hash ? "--hash" : "--seq");
    }
    if (!read_hex(run->tid, sizeof run->tid, call_operand(call, 1))) {
        return call_usage(call, err, "TID has %d hexadecimal digits",
                          TID_TEXT - 1);
    }
    if (hash != NULL && !read_hex(run->hash, sizeof run->hash, hash)) {
        return call_usage(call, err, "--hash has %d hexadecimal digits",
                          HASH_TEXT - 1);
    }
    run->row = (struct rulings_row){
        verb->type, run->tid, 0, run->hash, {reason, strlen(reason)}};
    return hash != NULL
               ? AULA_OK
               : call_number(call, "--seq", &run->row.seq, 0, UINT64_MAX, err);
}

/* ---- a row more or less */

static enum aula_code add(struct run *run, const struct verb *verb,
                          struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    if (verb->has_hash) {
        code = ruling_list_find(&run->row.seq, run->office.election, run->tid,
                                run->hash, err);
    }
    if (code == AULA_OK) {
        code = ruling_list_add(&run->list, &run->row, err);
    }
    return code == AULA_OK ? ruling_list_try(&run->list, &run->status, err)
                           : code;
}

/* Not tried on the archive: a row may have to go because it fits no more, and
 * the closing looks at all of them again. */
static enum aula_code withdraw(struct run *run, struct call *call,
                               struct aula_error *err)
{
    const char *text = call->options.operand_count == 2 ? call_operand(call, 1)
                                                        : "";
    uint64_t number = 0;

    if (!number_read(&number, text, strlen(text)) || number < 1) {
        return call_usage(call, err, "withdraw takes the NUMBER of a ruling");
    }
    if (number > run->list.count) {
        return aula_fail(err, AULA_RULING_INVALID,
                         "%s: there is no ruling %llu of %zu",
                         run->office.election->folder,
                         (unsigned long long)number, run->list.count);
    }
    ruling_list_remove(&run->list, (size_t)number - 1);
    return AULA_OK;
}

static enum aula_code change(struct run *run, struct call *call,
                             const struct verb *verb, struct aula_error *err)
{
    enum aula_code code = ruling_list_is_open(&run->list, err);

    if (code == AULA_OK) {
        code = verb != NULL ? add(run, verb, err) : withdraw(run, call, err);
    }
    if (code == AULA_OK) {
        code = office_call_unlock(&run->office, call, false, err);
    }
    return code == AULA_OK
               ? ruling_list_keep(&run->list, run->office.desk->sign_secret,
                                  err)
               : code;
}

/* ---- the result */

static const char *word_of(uint8_t type)
{
    for (size_t i = 0; i < VERBS; i++) {
        if (verbs[i].type == type) {
            return verbs[i].word;
        }
    }
    return "unknown";
}

static void report(struct output *output, const struct run *run)
{
    json_t *list = json_array();

    office_call_report(output, &run->office);
    for (size_t i = 0; i < run->list.count; i++) {
        const struct rulings_row *row = &run->list.rows[i];
        const char *word = word_of(row->type);
        char tid[TID_TEXT];
        char hash[HASH_TEXT];

        (void)sodium_bin2hex(tid, sizeof tid, row->tid, TERMINAL_ID_BYTES);
        (void)sodium_bin2hex(hash, sizeof hash, row->hash, HASH_BYTES);
        output_say(output, "%zu. %s %s at %llu: %.*s", i + 1, word, tid,
                   (unsigned long long)row->seq, (int)row->reason.size,
                   row->reason.text);
        (void)json_array_append_new(list,
                                    json_pack("{s:s, s:s, s:I, s:s, s:s%}",
                                              "type", word, "tid", tid, "seq",
                                              (json_int_t)row->seq, "hash",
                                              hash, "reason", row->reason.text,
                                              row->reason.size));
    }
    output_json(output, "rulings", list);
    output_number(output, "count", "rulings", run->list.count);
    if (run->status.outcome != NULL) {
        output_number(output, "open", "findings that are open now",
                      counting_outcome(run->status.set)->open_count);
    }
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct run run = {.row = {.type = 0}};
    const char *word = call_operand(call, 0);
    const struct verb *verb = verb_of(call);
    bool is_list = strcmp(word, "list") == 0;
    enum aula_code code = AULA_OK;

    if (verb != NULL) {
        code = read_row(&run, call, verb, err);
    } else if (!is_list && strcmp(word, "withdraw") != 0) {
        code = call_usage(call, err, "no such ruling");
    }
    if (code == AULA_OK) {
        code = office_call_open(&run.office, call, err);
    }
    if (code == AULA_OK) {
        code = ruling_list_open(&run.list, run.office.election, err);
    }
    if (code == AULA_OK && !is_list) {
        code = change(&run, call, verb, err);
    }
    if (code == AULA_OK) {
        report(call->output, &run);
    }
    status_close(&run.status);
    ruling_list_close(&run.list);
    office_call_close(&run.office);
    return code;
}

const struct command command_office_ruling = {
    .words = "office ruling",
    .summary = "decide of forks, stolen terminals and gaps, with a reason",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = 2,
    .run = run,
};
