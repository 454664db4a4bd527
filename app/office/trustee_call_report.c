/* SPDX-License-Identifier: Apache-2.0 */
/* What a trustee has to look at before anything is signed: see trustee_call.h.
 * Names and labels are checked text, in which no control character stands. */
#include <sodium.h>

#include "approval.h"
#include "code.h"
#include "elsewhere.h"
#include "trustee_call.h"
#include "verify.h"

static void put_params(struct output *output,
                       const struct trustee_call *trustee)
{
    const struct package *package = &trustee->board->package;
    const struct package_text *name =
        &package->trustee_names[trustee->seat.index - 1];
    bool is_rehearsal = package->mode == PACKAGE_REHEARSAL;

    output_text_sized(output, "title", "election", package->title.text,
                      package->title.size);
    if (is_rehearsal || output_is_json(output)) {
        output_flag(output, "rehearsal", "only a rehearsal", is_rehearsal);
    }
    output_number(output, "index", "this is trustee", trustee->seat.index);
    output_text_sized(output, "name", "name", name->text, name->size);
    output_number(output, "trustees", "trustees (N)", package->trustee_count);
    output_number(output, "threshold", "of whom suffice (T)",
                  package->threshold);
    output_number(output, "approvals", "approvals needed (q)",
                  approval_quorum(package));
    output_number(output, "min_anon", "fewest ballots that are opened",
                  package->min_anon);
}

static void put_code(struct output *output, const char *key, const char *label,
                     const uint8_t hash[static HASH_BYTES])
{
    char code[CODE_TEXT_BYTES];

    code_write(code, hash);
    output_text(output, key, label, code);
}

/* As `verify` and the office print them. */
void trustee_call_report_codes(struct output *output, const struct board *board)
{
    const struct board_file *registers = board->register_files;
    uint8_t hash[HASH_BYTES];

    put_code(output, "closing_code", "code of the closing",
             board->closing_hash);
    register_hash(hash, registers[0].bytes, registers[0].size);
    put_code(output, "register_code", "code of the register", hash);
    if (registers[1].bytes != NULL) {
        register_hash(hash, registers[1].bytes, registers[1].size);
        put_code(output, "late_register_code", "code of the late register",
                 hash);
    }
    if (board->elsewhere_file.bytes != NULL) {
        elsewhere_hash(hash, board->elsewhere_file.bytes,
                       board->elsewhere_file.size);
        put_code(output, "elsewhere_code", "code of the list voted elsewhere",
                 hash);
    }
}

/* How many records each reason leaves out, in the order of PROTOCOL.md. */
static void put_exclusions(struct output *output,
                           const struct counting_outcome *outcome)
{
    size_t counts[AULA_CODE_COUNT] = {0};
    json_t *object = json_object();

    for (size_t i = 0; i < outcome->exclusion_count; i++) {
        counts[outcome->exclusions[i].error]++;
    }
    output_say(output, "records that are not counted: %zu",
               outcome->exclusion_count);
    for (int code = 0; code < AULA_CODE_COUNT; code++) {
        const char *name = aula_code_name((enum aula_code)code);

        if (counts[code] == 0) {
            continue;
        }
        output_say(output, "%8zu  %s", counts[code], name);
        if (json_object_set_new(object, name,
                                json_integer((json_int_t)counts[code])) != 0) {
            json_decref(object);
            object = NULL;
        }
    }
    output_json(output, "exclusions", object);
}

/* A contest that nobody will open is said so before it is too late. */
static void put_contests(struct output *output, const struct board *board)
{
    const struct counting_outcome *outcome = board->outcome;

    output_say(output, "contests:\n"
                       "      cast  excluded  elsewhere   counted");
    for (size_t i = 0; i < outcome->contest_count; i++) {
        const struct counting_contest *row = &outcome->contests[i];
        const struct package_text *name = &board->package.contests[i].name;

        output_say(output, "  %8llu%10llu%11llu%10zu  %s  %.*s",
                   (unsigned long long)row->cast,
                   (unsigned long long)row->excluded,
                   (unsigned long long)row->voted_elsewhere, row->counted,
                   counting_status_text(row->status), (int)name->size,
                   name->text);
    }
}

void trustee_call_report(struct output *output,
                         const struct trustee_call *trustee)
{
    const struct board *board = trustee->board;

    put_params(output, trustee);
    put_exclusions(output, board->outcome);
    output_number(output, "open_findings", "open findings",
                  board->outcome->open_count);
    verify_put_findings(output, board);
    verify_put_warnings(output, board);
    put_contests(output, board);
}
