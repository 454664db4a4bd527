/* SPDX-License-Identifier: Apache-2.0 */
/* aula office init: the keys of an office, and a ceremony for its trustees. */
#include <string.h>

#include "ceremony.h"
#include "code.h"
#include "commands.h"
#include "desk.h"

enum { TRUSTEES_USUAL = 5, THRESHOLD_USUAL = 3 };

static const struct option_form options[] = {
    {"--ceremony", "FOLDER"},      {"--trustees", "N"}, {"--threshold", "T"},
    {"--passphrase-file", "FILE"}, {"--json", NULL},    {NULL, NULL}};

static const char usage[] =
    "usage: aula office init DIR [--ceremony FOLDER] [--trustees N]\n"
    "                            [--threshold T] [--json]\n"
    "\n"
    "Makes the office in DIR: its signing key, the key that batches are "
    "sealed\n"
    "to, and one passphrase for both, which is shown once. Then it starts the\n"
    "trustees' ceremony. In an office that is there already only a further\n"
    "ceremony is started: each election, also a rehearsal, takes its own.\n"
    "\n"
    "  --ceremony FOLDER       where, for instance on the stick that goes "
    "round\n"
    "                          among the trustees; else DIR/ceremony\n"
    "  --trustees N            1 to 32, else 5\n"
    "  --threshold T           how many of them can decrypt, else 3; fewer "
    "than\n"
    "                          T learn nothing\n"
    "  --passphrase-file FILE  for scripts: the passphrase, 13 characters or\n"
    "                          more, not to be invented by a person\n"
    "\n"
    "Example:\n"
    "  aula office init office --ceremony /media/stick/ceremony \\\n"
    "      --trustees 3 --threshold 2\n";

static enum aula_code make_office(struct desk_public *known, struct call *call,
                                  const char *folder, struct aula_error *err)
{
    struct passphrase passphrase = {NULL, 0};
    enum aula_code code;

    if (desk_is_there(folder)) {
        output_say(call->output, "%s: the office is there; its keys stay.",
                   folder);
        return desk_read(known, folder, err);
    }
    code = ask_passphrase(&passphrase, ASK_PASSPHRASE_GENERATED,
                          "--passphrase-file",
                          call_text(call, "--passphrase-file"), "the office",
                          err);
    if (code == AULA_OK) {
        code = desk_make(known, folder, &passphrase, err);
    }
    passphrase_forget(&passphrase);
    return code;
}

static enum aula_code numbers(struct dkg_params *params, struct call *call,
                              struct aula_error *err)
{
    uint64_t count = TRUSTEES_USUAL;
    uint64_t threshold = THRESHOLD_USUAL;
    enum aula_code code = call_number(call, "--trustees", &count, 1,
                                      DKG_TRUSTEES_MAX, err);

    if (code == AULA_OK) {
        code = call_number(call, "--threshold", &threshold, 1, DKG_TRUSTEES_MAX,
                           err);
    }
    if (code == AULA_OK && threshold > count) {
        code = call_usage(call, err,
                          "a threshold above the number of trustees");
    }
    params->count = (uint8_t)count;
    params->threshold = (uint8_t)threshold;
    return code;
}

/* A ceremony that is there stays as it is where nobody asked for another. */
static enum aula_code start_ceremony(struct dkg_params *params,
                                     const char *folder, bool is_asked,
                                     struct aula_error *err)
{
    struct ceremony *ceremony = NULL;
    enum aula_code code = AULA_OK;

    if (is_asked || !ceremony_is_there(folder)) {
        code = ceremony_make(folder, params->count, params->threshold, err);
    }
    if (code == AULA_OK) {
        code = ceremony_open(&ceremony, folder, err);
    }
    if (code == AULA_OK) {
        *params = ceremony->params;
    }
    ceremony_close(ceremony);
    return code;
}

static void report(struct call *call, const struct desk_public *known,
                   const char *ceremony, const struct dkg_params *params)
{
    struct output *out = call->output;

    output_hex(out, "office_key", "office key", known->sign,
               sizeof known->sign);
    output_hex(out, "transport_key", "transport key", known->transport,
               sizeof known->transport);
    output_text(out, "ceremony", "ceremony", ceremony);
    output_number(out, "trustees", "trustees (N)", params->count);
    output_number(out, "threshold", "of whom suffice (T)", params->threshold);
    output_number(out, "approvals", "approvals needed (q)",
                  ceremony_quorum(params));
    output_say(out,
               "Publish the office key: whoever verifies the election needs "
               "it.\nNext, each trustee on an own machine:\n"
               "  aula trustee new %s OWN_FOLDER --name NAME",
               ceremony);
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    const char *folder = call_operand(call, 0);
    const char *ceremony = call_text(call, "--ceremony");
    char usual[PLACE_BYTES];
    struct desk_public known;
    struct dkg_params params = {.count = 0};
    enum aula_code code = numbers(&params, call, err);

    if (code == AULA_OK && ceremony == NULL) {
        code = place_in(usual, folder, DESK_CEREMONY, err);
        ceremony = usual;
    }
    if (code == AULA_OK) {
        code = make_office(&known, call, folder, err);
    }
    if (code == AULA_OK) {
        code = start_ceremony(&params, ceremony,
                              call_has(call, "--trustees") ||
                                  call_has(call, "--threshold"),
                              err);
    }
    if (code == AULA_OK) {
        report(call, &known, ceremony, &params);
    }
    return code;
}

const struct command command_office_init = {
    .words = "office init",
    .summary = "make the office's keys, start the trustees' ceremony",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = 1,
    .run = run,
};
