/* SPDX-License-Identifier: Apache-2.0 */
/* aula trustee accept: step 3 of the key ceremony. */
#include "commands.h"
#include "trustee.h"
#include "trustee_report.h"

static const struct option_form options[] = {
    {"--passphrase-file", "FILE"}, {"--json", NULL}, {NULL, NULL}};

static const char usage[] =
    "usage: aula trustee accept CEREMONY OWN [--json]\n"
    "\n"
    "Step 3 of the key ceremony, once all trustees have done step 2. Opens "
    "what\n"
    "the others dealt, keeps this trustee's share of the election key in OWN, "
    "and\n"
    "confirms to all that it has arrived. A share that is not the promised "
    "one\n"
    "ends the ceremony, and the trustee who dealt it is named. Run it again "
    "at\n"
    "any time to see who is still missing.\n"
    "\n"
    "  --passphrase-file FILE  for scripts: the passphrase of `trustee new`\n"
    "\n"
    "Keep OWN and the passphrase until the result is out. A copy of the share "
    "is\n"
    "worth nothing without the journal beside it.\n"
    "\n"
    "Example:\n"
    "  aula trustee accept /media/stick/ceremony trustee\n";

static enum aula_code accept(struct trustee *trustee, struct call *call,
                             const struct ceremony *ceremony,
                             struct aula_error *err)
{
    struct passphrase passphrase = {NULL, 0};
    uint8_t accused = 0;
    enum aula_code code;

    output_show(call->output);
    code = ask_passphrase(&passphrase, ASK_PASSPHRASE_KNOWN,
                          "--passphrase-file",
                          call_text(call, "--passphrase-file"), "this trustee",
                          err);
    if (code == AULA_OK) {
        code = trustee_accept(trustee, &accused, ceremony, &passphrase, err);
    }
    if (accused != 0) {
        trustee_report_accused(call->notes, ceremony, trustee->index, accused);
    }
    passphrase_forget(&passphrase);
    return code;
}

/* Rounds 1 and 2 in whole, with the own files as they were handed out. */
static enum aula_code read_rounds(struct ceremony *ceremony,
                                  struct aula_error *err)
{
    enum aula_code code = ceremony_read_round1(ceremony, err);

    if (code == AULA_OK) {
        code = ceremony_need(ceremony, CEREMONY_ROUND1, err);
    }
    if (code == AULA_OK) {
        code = ceremony_read_round2(ceremony, err);
    }
    if (code == AULA_OK) {
        code = ceremony_need(ceremony, CEREMONY_ROUND2, err);
    }
    return code != AULA_OK ? code : ceremony_read_confirmations(ceremony, err);
}

static enum aula_code prepare(struct trustee *trustee,
                              struct ceremony *ceremony, struct aula_error *err)
{
    enum aula_code code;

    if (!trustee_did(trustee, CEREMONY_ROUND2)) {
        return aula_fail(err, AULA_STATE,
                         "%s: nothing dealt yet; `aula trustee %s` comes first",
                         trustee->folder,
                         trustee_did(trustee, CEREMONY_ROUND1) ? "deal"
                                                               : "new");
    }
    code = trustee_hand_out(trustee, ceremony, err);
    return code != AULA_OK ? code : read_rounds(ceremony, err);
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct ceremony *ceremony = NULL;
    struct trustee *trustee = NULL;
    enum aula_code code = ceremony_open(&ceremony, call_operand(call, 0), err);

    if (code == AULA_OK) {
        trustee_report_params(call->output, ceremony);
        code = trustee_open(&trustee, ceremony, call_operand(call, 1), err);
    }
    if (code == AULA_OK) {
        code = prepare(trustee, ceremony, err);
    }
    if (code == AULA_OK) {
        code = trustee_did(trustee, CEREMONY_CONFIRM)
                   ? trustee_forget_seed(trustee, err)
                   : accept(trustee, call, ceremony, err);
    }
    if (code == AULA_OK) {
        code = trustee_report(call->output, trustee, ceremony->folder, err);
    }
    trustee_close(trustee);
    ceremony_close(ceremony);
    return code;
}

const struct command command_trustee_accept = {
    .words = "trustee accept",
    .summary = "key ceremony, step 3: keep the share, confirm",
    .usage = usage,
    .options = options,
    .operands_least = 2,
    .operands_most = 2,
    .run = run,
};
