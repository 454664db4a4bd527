/* SPDX-License-Identifier: Apache-2.0 */
/* aula terminal install: what the office sent back. */
#include <stdlib.h>

#include "commands.h"
#include "file.h"
#include "filesource.h"
#include "office_key.h"
#include "roll.h"
#include "setup.h"
#include "staff_show.h"

static const struct option_form options[] = {{"--office-key", "HEX|FILE"},
                                             {"--package", "FILE"},
                                             {"--certificate", "FILE"},
                                             {"--kit", "FILE"},
                                             {"--roll", "FILE"},
                                             {"--witness", "DIR"},
                                             {"--official", "NAME"},
                                             {"--passphrase-file", "FILE"},
                                             {"--key-file", "FILE"},
                                             {"--json", NULL},
                                             {NULL, NULL}};

static const char usage[] =
    "usage: aula terminal install DATA --office-key KEY --package FILE\n"
    "           --certificate FILE --kit FILE [--roll FILE] [--json]\n"
    "\n"
    "Installs an election. A newer kit or roll of it is installed later in the "
    "same\n"
    "way, alone; the certificate is one for ever. Not while a day is open.\n"
    "\n"
    "  --office-key KEY        64 hexadecimal digits, or a file: the office's\n"
    "                          office.txt. Compare it with what the office\n"
    "                          published\n"
    "  --package FILE          the election, NAME.aula\n"
    "  --certificate FILE --kit FILE\n"
    "                          the office's answer to the request\n"
    "  --roll FILE             the voter roll, where there is one\n" STAFF_USAGE
    "\n"
    "Example:\n"
    "  aula terminal install /var/lib/aula --office-key office.txt \\\n"
    "      --package saryarka.aula --certificate hall3.cert --kit hall3.kit\n";

/* More than certificate and kit ever have: what is too long, their own checks
 * say. */
enum { PART_BYTES_MAX = 65536 };

/* All that was read, to be freed together. */
struct parts {
    uint8_t office_key[SIGN_PUBLIC_BYTES];
    struct filesource file;
    struct container_source container;
    uint8_t *certificate;
    uint8_t *kit;
    uint8_t *roll;
    struct setup_parts setup;
};

static enum aula_code read_part(uint8_t **bytes, size_t *size,
                                struct call *call, const char *option,
                                size_t size_max, struct aula_error *err)
{
    const char *path = call_text(call, option);

    return path == NULL ? AULA_OK : file_read(bytes, size, path, size_max, err);
}

static enum aula_code read_package(struct parts *parts, struct call *call,
                                   struct aula_error *err)
{
    const char *key = call_text(call, "--office-key");
    const char *path = call_text(call, "--package");
    enum aula_code code = AULA_OK;

    if (key != NULL) {
        code = office_key_read(parts->office_key, key, err);
        parts->setup.office_key = parts->office_key;
    }
    if (code == AULA_OK && path != NULL) {
        code = filesource_open(&parts->file, &parts->container, path, err);
        parts->setup.container = &parts->container;
    }
    return code;
}

static enum aula_code read_parts(struct parts *parts, struct call *call,
                                 struct aula_error *err)
{
    struct setup_parts *setup = &parts->setup;
    enum aula_code code = read_package(parts, call, err);

    if (code == AULA_OK) {
        code = read_part(&parts->certificate, &setup->certificate_size, call,
                         "--certificate", PART_BYTES_MAX, err);
    }
    if (code == AULA_OK) {
        code = read_part(&parts->kit, &setup->kit_size, call, "--kit",
                         PART_BYTES_MAX, err);
    }
    if (code == AULA_OK) {
        code = read_part(&parts->roll, &setup->roll_size, call, "--roll",
                         ROLL_BYTES_MAX, err);
    }
    setup->certificate = parts->certificate;
    setup->kit = parts->kit;
    setup->roll = parts->roll;
    return code;
}

static void free_parts(struct parts *parts)
{
    filesource_close(&parts->file);
    free(parts->certificate);
    free(parts->kit);
    free(parts->roll);
}

static bool is_nothing(const struct call *call)
{
    return !call_has(call, "--package") && !call_has(call, "--certificate") &&
           !call_has(call, "--kit") && !call_has(call, "--roll");
}

static enum aula_code install(struct staff *staff, struct call *call,
                              struct aula_error *err)
{
    struct parts parts = {.file = {-1}};
    enum aula_code code = read_parts(&parts, call, err);

    if (code == AULA_OK) {
        code = setup_install(staff->terminal, &parts.setup, err);
    }
    free_parts(&parts);
    if (code != AULA_OK) {
        return code;
    }
    staff_look(staff);
    staff_show_terminal(staff);
    staff_show_setup(staff);
    output_say(call->output,
               "Compare the code of the package with the one that the office "
               "published.\nNext, when the voting begins:\n"
               "  aula terminal open %s",
               staff->place.folder);
    return AULA_OK;
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct staff staff = {.call = call};
    enum aula_code code;

    if (is_nothing(call)) {
        return call_usage(call, err, "there is nothing to install");
    }
    code = staff_open(&staff, call, TERMINAL_DO_INSTALL, TERMINAL_WORK, err);
    if (code == AULA_OK) {
        code = install(&staff, call, err);
    }
    staff_close(&staff);
    return code;
}

const struct command command_terminal_install = {
    .words = "terminal install",
    .summary = "install what the office sent back",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = 1,
    .run = run,
};
