/* SPDX-License-Identifier: Apache-2.0 */
/* aula trustee approve: this trustee recomputed the closing and signs it. */
#include <stdio.h>

#include "approval.h"
#include "code.h"
#include "commands.h"
#include "elsewhere.h"
#include "trustee_call.h"

enum { INSTEAD_BYTES = 32 };

static const struct option_form options[] = {TRUSTEE_CALL_OPTIONS,
                                             {"--closing-code", "CODE"},
                                             {"--register-code", "CODE"},
                                             {"--elsewhere-code", "CODE"},
                                             {NULL, NULL}};

static const char usage[] =
    "usage: aula trustee approve BOARD OWN --office-key KEY [--json]\n"
    "\n"
    "Checks the board as far as the closing, shows what was left out of the "
    "count,\n"
    "and asks for its codes as they were published in an independent place: "
    "a\n"
    "newspaper, notice boards. Then it signs the closing, once for all:\n"
    "this trustee will never approve, mix or decrypt for another one. While a\n"
    "finding is open nothing is signed.\n"
    "\n"
    "  --office-key KEY        the office's public key, not from the board: "
    "64\n"
    "                          hexadecimal digits, or the file office.txt\n"
    "  --closing-code CODE     for scripts: the published code of the "
    "closing;\n"
    "                          it stands for the other two, where those are "
    "not\n"
    "                          given, for the closing names them\n"
    "  --register-code CODE    likewise of the register of terminals\n"
    "  --elsewhere-code CODE   likewise of those who voted elsewhere\n"
    "  --passphrase-file FILE  for scripts: the passphrase of `trustee new`\n"
    "\n"
    "Example:\n"
    "  aula trustee approve /media/stick/board trustee --office-key "
    "office.txt\n";

/* One code that people compare: the option that brings it to a script. */
static enum aula_code compare_one(struct call *call, const char *option,
                                  const uint8_t *hash, const char *question,
                                  struct aula_error *err)
{
    const char *given = call_text(call, option);
    char ours[CODE_TEXT_BYTES];
    char instead[INSTEAD_BYTES];

    if (given == NULL && call_has(call, "--closing-code")) {
        return AULA_OK;
    }
    code_write(ours, hash);
    (void)snprintf(instead, sizeof instead, "use %s", option);
    return ask_published_code(given, ours, question, instead,
                              AULA_CLOSING_MISMATCH, err);
}

static enum aula_code compare(struct call *call, const struct board *board,
                              struct aula_error *err)
{
    uint8_t hash[HASH_BYTES];
    enum aula_code code;

    output_show(call->output);
    code = compare_one(call, "--closing-code", board->closing_hash,
                       "The code of the closing as it was published "
                       "independently.",
                       err);
    register_hash(hash, board->register_files[0].bytes,
                  board->register_files[0].size);
    if (code == AULA_OK) {
        code = compare_one(call, "--register-code", hash,
                           "The code of the register as it was published "
                           "before the voting.",
                           err);
    }
    if (code != AULA_OK || board->elsewhere_file.bytes == NULL) {
        return code;
    }
    elsewhere_hash(hash, board->elsewhere_file.bytes,
                   board->elsewhere_file.size);
    return compare_one(call, "--elsewhere-code", hash,
                       "The code of the list of those who voted elsewhere as "
                       "it was published.",
                       err);
}

static enum aula_code approve(struct trustee_call *trustee, struct call *call,
                              struct aula_error *err)
{
    char name[TRUSTEE_WORK_NAME_BYTES];
    uint64_t now = clock_now(&call->clock);
    enum aula_code code = trustee_work_may_approve(trustee->board, now, err);

    if (code == AULA_OK) {
        code = compare(call, trustee->board, err);
    }
    if (code == AULA_OK) {
        code = trustee_call_unlock(trustee, call, false, err);
    }
    if (code == AULA_OK) {
        code = trustee_work_approve(name, trustee->board, &trustee->seat, now,
                                    err);
    }
    if (code == AULA_OK) {
        output_text(call->output, "approval", "approved, in", name);
    }
    return code;
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct trustee_call trustee;
    enum aula_code code = trustee_call_open(&trustee, call, BOARD_CLOSING, err);

    if (code == AULA_OK) {
        trustee_call_report(call->output, &trustee);
        if (trustee_work_approved(trustee.board, &trustee.seat)) {
            output_say(call->output, "This trustee has approved it already.");
        } else {
            code = approve(&trustee, call, err);
        }
    }
    if (code == AULA_OK) {
        trustee_call_report_codes(call->output, trustee.board);
        output_say(call->output,
                   "Next: once %u trustees have approved, any %d of them run\n"
                   "  aula trustee mix %s OWN --office-key KEY",
                   approval_quorum(&trustee.board->package),
                   (int)trustee.board->package.threshold,
                   call_operand(call, 0));
    }
    trustee_call_close(&trustee);
    return code;
}

const struct command command_trustee_approve = {
    .words = "trustee approve",
    .summary = "after the vote: check the closing and sign it",
    .usage = usage,
    .options = options,
    .operands_least = 2,
    .operands_most = 2,
    .run = run,
};
