/* SPDX-License-Identifier: Apache-2.0 */
/* aula trustee decrypt: this trustee's partial decryptions, with proof. */
#include "commands.h"
#include "trustee_call.h"

static const struct option_form options[] = {TRUSTEE_CALL_OPTIONS,
                                             {NULL, NULL}};

static const char usage[] =
    "usage: aula trustee decrypt BOARD OWN --office-key KEY [--json]\n"
    "\n"
    "Checks the board with its approvals and mixes, then makes this trustee's "
    "part\n"
    "of the decryption of each contest, from the output of its last mix, with "
    "a\n"
    "proof. One part alone opens nothing.\n"
    "\n"
    "  --office-key KEY        the office's public key, not from the board: "
    "64\n"
    "                          hexadecimal digits, or the file office.txt\n"
    "  --passphrase-file FILE  for scripts: the passphrase of `trustee new`\n"
    "\n"
    "Example:\n"
    "  aula trustee decrypt /media/stick/board trustee --office-key "
    "office.txt\n";

static bool is_due(const struct trustee_call *trustee, const struct call *call,
                   size_t contest)
{
    (void)call;
    return trustee_work_decrypts(trustee->board, &trustee->seat, contest);
}

static const struct trustee_step step = {
    .doing = "decrypting",
    .key = "decryptions",
    .with_share = true,
    .is_due = is_due,
    .work = trustee_work_decrypt,
};

/* What this trustee added stands in the pages as well: until they are made
 * again whoever verifies the board is told that they are not those of it. */
static void say_next(struct output *output, const struct board *board,
                     bool is_new)
{
    output_say(output,
               "%s\n"
               "Next: once %d trustees have decrypted, the office runs\n"
               "  aula office result %s",
               is_new ? "Each of these is proved and was checked."
                      : "Nothing is left to decrypt for this trustee.",
               (int)board->package.threshold, board->folder);
    if (is_new && !place_is_missing(board->folder, "result.bin")) {
        output_say(output, "There is a result already: the office has to run "
                           "it again, for its pages\n"
                           "name who decrypted.");
    }
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct trustee_call trustee;
    size_t done = 0;
    enum aula_code code = trustee_call_open(&trustee, call, BOARD_MIXES, err);

    if (code == AULA_OK) {
        trustee_call_report(call->output, &trustee);
        trustee_call_report_codes(call->output, trustee.board);
        code = trustee_call_contests(&done, &trustee, call, &step, err);
    }
    if (code == AULA_OK) {
        say_next(call->output, trustee.board, done > 0);
    }
    trustee_call_close(&trustee);
    return code;
}

const struct command command_trustee_decrypt = {
    .words = "trustee decrypt",
    .summary = "after the vote: this trustee's part of the decryption",
    .usage = usage,
    .options = options,
    .operands_least = 2,
    .operands_most = 2,
    .run = run,
};
