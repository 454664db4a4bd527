/* SPDX-License-Identifier: Apache-2.0 */
/* aula terminal request: a blank terminal makes its key, and asks the office
 * for a certificate. */
#include "code.h"
#include "commands.h"
#include "file.h"
#include "request.h"
#include "setup.h"
#include "staff.h"

static const struct option_form options[] = {{"--label", "TEXT"},
                                             {"--witness", "DIR"},
                                             {"--official", "NAME"},
                                             {"--passphrase-file", "FILE"},
                                             {"--key-file", "FILE"},
                                             {"--json", NULL},
                                             {NULL, NULL}};

static const char usage[] =
    "usage: aula terminal request DATA OUT --label TEXT --official NAME\n"
    "                             [--witness DIR] [--key-file FILE] [--json]\n"
    "\n"
    "Makes a terminal in the folder DATA: its keys, its sealed store, and the\n"
    "first official who may unlock it, with a passphrase of their own. Writes\n"
    "its request to OUT, for the office. Run again, it writes the same "
    "request\n"
    "again, until the terminal is installed.\n"
    "\n"
    "  --label TEXT            what the terminal is called, 1 to 64 bytes\n"
    "  --official NAME         who that first official is\n"
    "  --witness DIR           the second place, on another disk or "
    "partition;\n"
    "                          every later command takes it too. Else\n"
    "                          DATA/witness\n"
    "  --key-file FILE         a second factor on the staff's stick; its bytes "
    "are\n"
    "                          drawn where there is no such file\n"
    "  --passphrase-file FILE  for scripts: the passphrase\n"
    "\n"
    "Example:\n"
    "  aula terminal request /var/lib/aula hall3.request --label 'Hall 3' \\\n"
    "      --official 'A. Serikova' --witness /media/second/witness\n";

/* The first official and the keys; then whoever was made unlocks. */
static enum aula_code make(struct staff *staff, struct call *call,
                           struct aula_error *err)
{
    const struct staff_new fresh = {call_text(call, "--official"),
                                    "--passphrase-file", "--key-file"};
    const char *label = call_text(call, "--label");
    struct keyslot_holder holder;
    enum aula_code code;

    if (label == NULL || fresh.name == NULL) {
        return call_usage(call, err,
                          "a new terminal takes --label and --official");
    }
    code = staff_choose(&staff->first, &holder, call, &fresh, err);
    if (code == AULA_OK) {
        code = setup_make(&staff->place, label, &holder, err);
    }
    if (code == AULA_OK) {
        code = terminal_open(&staff->terminal, &staff->place,
                             &staff->first.official, TERMINAL_LOOK, err);
    }
    if (code == AULA_OK) {
        staff_look(staff);
    }
    return code;
}

/* The one that was made before, as long as the office may still answer it. */
static enum aula_code open_again(struct staff *staff, struct call *call,
                                 struct aula_error *err)
{
    enum aula_code code = staff_open(staff, call, TERMINAL_COMMANDS,
                                     TERMINAL_LOOK, err);

    if (code == AULA_OK && staff->status.state != TERMINAL_REQUESTED) {
        code = terminal_allows(staff->status.state, staff->status.ended,
                               TERMINAL_DO_REQUEST, err);
    }
    return code;
}

static enum aula_code write_request(const struct staff *staff,
                                    struct aula_error *err)
{
    struct output *out = staff->call->output;
    const char *path = call_operand(staff->call, 1);
    uint8_t request[REQUEST_BYTES_MAX];
    uint8_t hash[HASH_BYTES];
    char text[CODE_TEXT_BYTES];
    size_t size = 0;
    enum aula_code code;

    setup_request(staff->terminal, request, &size);
    code = file_write(path, request, size, 0644, err);
    if (code != AULA_OK) {
        return code;
    }
    request_hash(hash, request, size);
    code_write(text, hash);
    output_text(out, "request", "request", path);
    output_text_sized(out, "label", "label", staff->status.label.text,
                      staff->status.label.size);
    output_hex(out, "tid", "terminal", staff->status.tid,
               sizeof staff->status.tid);
    output_text(out, "code", "code", text);
    output_say(out,
               "Carry the request to the office, and compare the code with it, "
               "by voice or\non paper: only then does the office sign. What it "
               "sends back is installed with\n  aula terminal install %s",
               staff->place.folder);
    return AULA_OK;
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct staff staff = {.call = call, .place = staff_place(call)};
    enum aula_code code = terminal_look(&staff.place) == TERMINAL_BLANK
                              ? make(&staff, call, err)
                              : open_again(&staff, call, err);

    if (code == AULA_OK && call_has(call, "--witness")) {
        staff_warn_same_disk(&staff, staff.place.witness,
                             "one loss takes both places");
    }
    if (code == AULA_OK) {
        code = write_request(&staff, err);
    }
    staff_close(&staff);
    return code;
}

const struct command command_terminal_request = {
    .words = "terminal request",
    .summary = "make a terminal, and its request to the office",
    .usage = usage,
    .options = options,
    .operands_least = 2,
    .operands_most = 2,
    .run = run,
};
