/* SPDX-License-Identifier: Apache-2.0 */
/* aula trustee new: step 1 of the key ceremony. */
#include <string.h>

#include "commands.h"
#include "trustee.h"
#include "trustee_report.h"

static const struct option_form options[] = {{"--name", "NAME"},
                                             {"--index", "I"},
                                             {"--passphrase-file", "FILE"},
                                             {"--json", NULL},
                                             {NULL, NULL}};

static const char usage[] =
    "usage: aula trustee new CEREMONY OWN --name NAME [--index I] [--json]\n"
    "\n"
    "Step 1 of the key ceremony. Makes this trustee's keys in the folder OWN, "
    "on\n"
    "this machine, behind one passphrase that is shown once, and puts the "
    "round 1\n"
    "file into the shared folder CEREMONY, on the stick that goes round. Run "
    "it\n"
    "again at any time to see who is still missing.\n"
    "\n"
    "  --name NAME             as it shall stand in the public record\n"
    "  --index I               which place, 1 to N; else the first that is "
    "free\n"
    "  --passphrase-file FILE  for scripts: the passphrase, 13 characters or\n"
    "                          more, not to be invented by a person\n"
    "\n"
    "OWN never goes on the stick. When all trustees have done step 1, each "
    "runs\n"
    "`aula trustee deal`, and at last `aula trustee accept`.\n"
    "\n"
    "Example:\n"
    "  aula trustee new /media/stick/ceremony trustee --name 'A. Serikova'\n";

/* The place that was asked for, or the first that is free. */
static enum aula_code find_place(uint8_t *index, struct call *call,
                                 const struct ceremony *ceremony,
                                 struct aula_error *err)
{
    uint8_t count = ceremony->params.count;
    uint64_t place = 1;
    enum aula_code code = call_number(call, "--index", &place, 1, count, err);

    if (code != AULA_OK) {
        return code;
    }
    while (!call_has(call, "--index") && place <= count &&
           !ceremony_lacks(ceremony, CEREMONY_ROUND1, (uint8_t)place)) {
        place++;
    }
    if (place > count) {
        return aula_fail(err, AULA_DKG_INDEX, "%s: all %u places are taken",
                         ceremony->folder, count);
    }
    if (!ceremony_lacks(ceremony, CEREMONY_ROUND1, (uint8_t)place)) {
        return aula_fail(err, AULA_DKG_INDEX, "%s: place %u is taken",
                         ceremony->folder, (unsigned)place);
    }
    *index = (uint8_t)place;
    return AULA_OK;
}

static enum aula_code make(struct trustee *trustee, struct call *call,
                           struct ceremony *ceremony, struct aula_error *err)
{
    struct passphrase passphrase = {NULL, 0};
    const char *name = call_text(call, "--name");
    uint8_t index = 0;
    enum aula_code code;

    if (name == NULL || *name == '\0' || strlen(name) > DKG_NAME_MAX_BYTES) {
        return call_usage(call, err, "--name takes 1 to %d bytes of text",
                          DKG_NAME_MAX_BYTES);
    }
    code = ceremony_read_round1(ceremony, err);
    if (code == AULA_OK) {
        code = find_place(&index, call, ceremony, err);
    }
    if (code == AULA_OK) {
        output_show(call->output);
        code = ask_passphrase(&passphrase, ASK_PASSPHRASE_GENERATED,
                              "--passphrase-file",
                              call_text(call, "--passphrase-file"),
                              "this trustee", err);
    }
    if (code == AULA_OK) {
        code = trustee_new(trustee, ceremony, index, name, &passphrase, err);
    }
    passphrase_forget(&passphrase);
    return code;
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
        code = trustee_did(trustee, CEREMONY_ROUND1)
                   ? trustee_hand_out(trustee, ceremony, err)
                   : make(trustee, call, ceremony, err);
    }
    if (code == AULA_OK) {
        code = trustee_report(call->output, trustee, ceremony->folder, err);
    }
    trustee_close(trustee);
    ceremony_close(ceremony);
    return code;
}

const struct command command_trustee_new = {
    .words = "trustee new",
    .summary = "key ceremony, step 1: a trustee's keys",
    .usage = usage,
    .options = options,
    .operands_least = 2,
    .operands_most = 2,
    .run = run,
};
