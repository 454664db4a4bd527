/* SPDX-License-Identifier: Apache-2.0 */
/* See verify_code.h. The answer names terminal, number, date and time of the
 * record and asks whether they are the voter's own: so nobody can give two
 * people one code (PROTOCOL.md section 8). */
#include "verify_code.h"

#include <sodium.h>
#include <string.h>

#include "moment.h"
#include "verify.h"
#include "verify_words.h"

#define QR_HEAD "AULA1:"

struct search {
    struct call *call;
    const struct board *board;
    const struct verify_code *wanted;
    json_t *found; /* what programs read; NULL: it could not be made */
    size_t count;
};

enum aula_code verify_code_read(struct verify_code *wanted, const char *text,
                                struct aula_error *err)
{
    enum aula_code code;

    *wanted = (struct verify_code){0};
    if (strncmp(text, QR_HEAD, strlen(QR_HEAD)) != 0) {
        return code_read(wanted->code, (const uint8_t *)text, strlen(text),
                         err);
    }
    wanted->is_qr = true;
    code = code_qr_read(&wanted->qr, CODE_HEAD_BALLOT, (const uint8_t *)text,
                        strlen(text), err);
    if (code == AULA_OK) {
        code_write(wanted->code, wanted->qr.hash);
    }
    return code;
}

static bool is_wanted(const struct search *search, const struct record *record)
{
    const struct verify_code *wanted = search->wanted;
    uint8_t hash[CODE_HASH_BYTES];
    char code[CODE_TEXT_BYTES];

    if (record->kind != RECORD_CAST && record->kind != RECORD_CHALLENGED) {
        return false;
    }
    record_code_hash(hash, record, &search->board->package);
    if (wanted->is_qr) {
        return memcmp(hash, wanted->qr.hash, sizeof hash) == 0 &&
               memcmp(record->tid, wanted->qr.tid, CODE_TID_BYTES) == 0 &&
               record->seq == wanted->qr.seq;
    }
    code_write(code, hash);
    return strcmp(code, wanted->code) == 0;
}

/* What became of it, for people. */
static const char *fate_of(const struct search *search,
                           const struct board_record *found)
{
    if (found->record->kind == RECORD_CHALLENGED) {
        return "it was opened to check the terminal, and is not counted";
    }
    if (search->board->outcome == NULL) {
        return "it is in the record; whether it is counted cannot be told, for "
               "a check of the board fails";
    }
    return found->excluded == AULA_OK ? "it is counted"
                                      : verify_exclusion_words(found->excluded);
}

static void put_found(struct search *search, const struct board_record *found)
{
    const struct record *record = found->record;
    const struct package_text *label = board_label(search->board, record->tid);
    const struct package_text *contest =
        &search->board->package.contests[record->contest].name;
    bool is_counted = search->board->outcome != NULL &&
                      record->kind == RECORD_CAST &&
                      found->excluded == AULA_OK && !found->is_apart;
    char time[MOMENT_BYTES];
    char tid[2 * TERMINAL_ID_BYTES + 1];
    json_t *row;

    (void)sodium_bin2hex(tid, sizeof tid, record->tid, TERMINAL_ID_BYTES);
    moment_write(time, record->time, search->board->election.utc_offset_s);
    output_say(search->call->output,
               "found: %s\n"
               "  terminal  %.*s (%s)\n"
               "  number    %llu\n"
               "  time      %s\n"
               "  contest   %.*s\n"
               "  %s%s%s",
               search->wanted->code, (int)label->size, label->text, tid,
               (unsigned long long)record->seq, time, (int)contest->size,
               contest->text,
               record->kind == RECORD_CAST && found->excluded != AULA_OK
                   ? "not counted: "
                   : "",
               fate_of(search, found), found->is_apart ? " (quarantine)" : "");
    row = json_pack("{s:s, s:s%, s:I, s:I, s:i, s:s, s:b, s:s?}", "tid", tid,
                    "label", label->text, label->size, "seq",
                    (json_int_t)record->seq, "time", (json_int_t)record->time,
                    "contest", (int)record->contest, "kind",
                    record->kind == RECORD_CAST ? "cast" : "challenged",
                    "counted", (int)is_counted, "error",
                    found->excluded == AULA_OK
                        ? NULL
                        : aula_code_name(found->excluded));
    if (search->found != NULL &&
        json_array_append_new(search->found, row) != 0) {
        json_decref(search->found);
        search->found = NULL;
    }
    search->count++;
}

static enum aula_code visit(void *arg, const struct board_record *record,
                            struct aula_error *err)
{
    struct search *search = arg;

    (void)err;
    /* What no terminal signed is not shown: anybody could have written it. */
    if (!(record->is_apart && record->excluded == AULA_SIG_INVALID) &&
        is_wanted(search, record->record)) {
        put_found(search, record);
    }
    return AULA_OK;
}

static void put_answer(struct search *search, bool has_key)
{
    const struct board *board = search->board;
    struct output *output = search->call->output;

    output_json(output, "code", json_string(search->wanted->code));
    output_json(output, "found", search->found);
    output_json(output, "board_passes", json_boolean(board->fault_count == 0));
    output_json(output, "office_key_checked", json_boolean(has_key));
    output_json(output, "mode",
                json_string(board->package.mode == PACKAGE_REHEARSAL
                                ? "rehearsal"
                                : "official"));
    if (search->count > 0) {
        output_say(output, "Are these the terminal, number, date and time that "
                           "the screen showed you?\n"
                           "If not, your ballot is not this one: tell the "
                           "office and the observers.");
    } else {
        output_say(output,
                   "not found: %s\n"
                   "Compare it letter by letter with what you wrote down. If "
                   "it is right, your ballot\n"
                   "is not in this record: tell the office and the observers.",
                   search->wanted->code);
    }
    if (board->package.mode == PACKAGE_REHEARSAL) {
        output_say(output, "REHEARSAL: none of this is an election.");
    }
    if (board->fault_count > 0) {
        output_say(output, "INVALID: a check of this board fails.");
        verify_put_faults(output, board);
    } else {
        output_say(output, "Checked as far as the closing; not the approvals, "
                           "the mixes and the result.");
    }
    if (!has_key) {
        output_say(output, "Whose board this is was not checked: name the "
                           "office's key with --office-key.");
    }
}

enum aula_code verify_code_run(struct call *call, struct board *board,
                               const struct verify_code *wanted, bool has_key,
                               struct aula_error *err)
{
    struct search search = {.call = call, .board = board, .wanted = wanted};
    struct aula_error first;
    enum aula_code code = board_check(board, BOARD_CLOSING, &first);

    if (board_is_failure(code) || board->package.contest_count == 0) {
        return aula_fail(err, code, "%s", first.message);
    }
    search.found = json_array();
    code = board_each_record(board, visit, &search, err);
    if (code != AULA_OK) {
        json_decref(search.found);
        return code;
    }
    put_answer(&search, has_key);
    call->status = search.count > 0 && board->fault_count == 0 ? EXIT_DONE
                                                               : EXIT_REFUSED;
    return AULA_OK;
}
