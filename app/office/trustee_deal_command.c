/* SPDX-License-Identifier: Apache-2.0 */
/* aula trustee deal: step 2 of the key ceremony. */
#include "code.h"
#include "commands.h"
#include "trustee.h"
#include "trustee_report.h"

static const struct option_form options[] = {{"--code", "CODE"},
                                             {"--passphrase-file", "FILE"},
                                             {"--json", NULL},
                                             {NULL, NULL}};

static const char usage[] =
    "usage: aula trustee deal CEREMONY OWN [--code CODE] [--json]\n"
    "\n"
    "Step 2 of the key ceremony, once all trustees have done step 1. Shows a "
    "code\n"
    "that all of them read aloud to each other: only if it is the same for "
    "all\n"
    "have they seen the same files. Then it seals a share to each of the "
    "others\n"
    "and puts the round 2 file into the shared folder. Run it again at any "
    "time\n"
    "to see who is still missing.\n"
    "\n"
    "  --code CODE             for scripts: the code of the others\n"
    "  --passphrase-file FILE  for scripts: the passphrase of `trustee new`\n"
    "\n"
    "Example:\n"
    "  aula trustee deal /media/stick/ceremony trustee\n";

static enum aula_code compare(struct call *call,
                              const struct ceremony *ceremony,
                              struct aula_error *err)
{
    char code[CODE_TEXT_BYTES];

    code_write(code, ceremony->set.transcript);
    output_show(call->output);
    return ask_code(call_text(call, "--code"), code,
                    "All trustees read this code aloud. A difference ends the "
                    "ceremony.",
                    AULA_DKG_TRANSCRIPT, err);
}

static enum aula_code deal(struct trustee *trustee, struct call *call,
                           const struct ceremony *ceremony,
                           struct aula_error *err)
{
    struct passphrase passphrase = {NULL, 0};
    enum aula_code code = compare(call, ceremony, err);

    if (code == AULA_OK) {
        code = ask_passphrase(&passphrase, ASK_PASSPHRASE_KNOWN,
                              "--passphrase-file",
                              call_text(call, "--passphrase-file"),
                              "this trustee", err);
    }
    if (code == AULA_OK) {
        code = trustee_deal(trustee, ceremony, &passphrase, err);
    }
    passphrase_forget(&passphrase);
    return code;
}

/* Round 1 in whole, with the own file as it was handed out. */
static enum aula_code prepare(struct trustee *trustee,
                              struct ceremony *ceremony, struct aula_error *err)
{
    enum aula_code code;

    if (!trustee_did(trustee, CEREMONY_ROUND1)) {
        return aula_fail(err, AULA_STATE,
                         "%s: no trustee here; `aula trustee new` comes first",
                         trustee->folder);
    }
    code = trustee_hand_out(trustee, ceremony, err);
    if (code == AULA_OK) {
        code = ceremony_read_round1(ceremony, err);
    }
    return code != AULA_OK ? code
                           : ceremony_need(ceremony, CEREMONY_ROUND1, err);
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
    if (code == AULA_OK && !trustee_did(trustee, CEREMONY_ROUND2)) {
        code = deal(trustee, call, ceremony, err);
    }
    if (code == AULA_OK) {
        code = trustee_report(call->output, trustee, ceremony->folder, err);
    }
    trustee_close(trustee);
    ceremony_close(ceremony);
    return code;
}

const struct command command_trustee_deal = {
    .words = "trustee deal",
    .summary = "key ceremony, step 2: compare a code, deal shares",
    .usage = usage,
    .options = options,
    .operands_least = 2,
    .operands_most = 2,
    .run = run,
};
