/* SPDX-License-Identifier: Apache-2.0 */
/* aula trustee mix: one verifiable shuffle of each contest. */
#include "commands.h"
#include "trustee_call.h"

static const struct option_form options[] = {
    TRUSTEE_CALL_OPTIONS, {"--more", NULL}, {NULL, NULL}};

static const char usage[] =
    "usage: aula trustee mix BOARD OWN --office-key KEY [--more] [--json]\n"
    "\n"
    "Checks the board with its approvals and mixes, then shuffles and "
    "re-encrypts\n"
    "the ballots of each contest that this trustee has not mixed yet and that "
    "has\n"
    "fewer mixes than trustees are needed to decrypt, and proves that no "
    "ballot was\n"
    "changed. Nobody can tell any more which ballot came from which record, "
    "unless\n"
    "all who mixed conspire.\n"
    "\n"
    "  --office-key KEY        the office's public key, not from the board: "
    "64\n"
    "                          hexadecimal digits, or the file office.txt\n"
    "  --more                  mix also where there are mixes enough, as long "
    "as\n"
    "                          nobody has decrypted\n"
    "  --passphrase-file FILE  for scripts: the passphrase of `trustee new`\n"
    "\n"
    "Do it on a machine of your own, without a network.\n"
    "\n"
    "Example:\n"
    "  aula trustee mix /media/stick/board trustee --office-key office.txt\n";

static bool is_due(const struct trustee_call *trustee, const struct call *call,
                   size_t contest)
{
    return trustee_work_mixes(trustee->board, &trustee->seat, contest,
                              call_has(call, "--more"));
}

static const struct trustee_step step = {
    .doing = "mixing",
    .key = "mixes",
    .with_share = false,
    .is_due = is_due,
    .work = trustee_work_mix,
};

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct trustee_call trustee;
    size_t done = 0;
    enum aula_code code = trustee_call_open(&trustee, call, BOARD_APPROVALS,
                                            err);

    if (code == AULA_OK) {
        trustee_call_report(call->output, &trustee);
        trustee_call_report_codes(call->output, trustee.board);
        code = trustee_call_contests(&done, &trustee, call, &step, err);
    }
    if (code == AULA_OK) {
        output_say(call->output,
                   "%s\n"
                   "Next: once each contest has %d mixes, %d trustees run\n"
                   "  aula trustee decrypt %s OWN --office-key KEY",
                   done > 0 ? "Each of these is proved and was checked."
                            : "Nothing is left to mix for this trustee.",
                   (int)trustee.board->package.threshold,
                   (int)trustee.board->package.threshold,
                   call_operand(call, 0));
    }
    trustee_call_close(&trustee);
    return code;
}

const struct command command_trustee_mix = {
    .words = "trustee mix",
    .summary = "after the vote: shuffle the ballots, with a proof",
    .usage = usage,
    .options = options,
    .operands_least = 2,
    .operands_most = 2,
    .run = run,
};
