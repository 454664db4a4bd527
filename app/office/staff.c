/* SPDX-License-Identifier: Apache-2.0 */
/* See staff.h. */
#include "staff.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "election.h"
#include "moment.h"
#include "store.h"

struct terminal_place staff_place(const struct call *call)
{
    return (struct terminal_place){
        .folder = call_operand(call, 0),
        .witness = call_text(call, "--witness"),
        .clock = call->clock,
    };
}

void staff_look(struct staff *staff)
{
    terminal_status(staff->terminal, &staff->status);
}

static enum aula_code allows(const struct terminal_status *status,
                             enum terminal_command command,
                             struct aula_error *err)
{
    if (command == TERMINAL_COMMANDS) {
        return AULA_OK;
    }
    return terminal_allows(status->state, status->ended, command, err);
}

enum aula_code staff_open(struct staff *staff, struct call *call,
                          enum terminal_command command,
                          enum terminal_purpose purpose, struct aula_error *err)
{
    static const struct terminal_status blank = {.state = TERMINAL_BLANK};
    enum aula_code code;

    *staff = (struct staff){.call = call, .place = staff_place(call)};
    if (terminal_look(&staff->place) == TERMINAL_BLANK &&
        command != TERMINAL_COMMANDS) {
        /* Before anyone is asked for a passphrase that there is not. */
        return allows(&blank, command, err);
    }
    code = staff_first(&staff->first, call, err);
    if (code == AULA_OK) {
        code = terminal_open(&staff->terminal, &staff->place,
                             &staff->first.official, purpose, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    staff_look(staff);
    return allows(&staff->status, command, err);
}

void staff_close(struct staff *staff)
{
    terminal_close(staff->terminal);
    staff->terminal = NULL;
    staff_forget(&staff->first);
}

enum aula_code staff_read_offset(struct staff *staff, struct aula_error *err)
{
    struct election election = {0};
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code;

    if (staff->status.package == NULL) {
        return AULA_OK;
    }
    code = terminal_content(staff->terminal, &bytes, &size, "election.json",
                            err);
    if (bytes == NULL) {
        return code;
    }
    code = election_open(&election, NULL, bytes, size, err);
    if (code == AULA_OK) {
        staff->offset_s = election.utc_offset_s;
    }
    election_close(&election);
    store_free_item(bytes, size);
    return code;
}

void staff_put_moment(struct staff *staff, const char *key, const char *label,
                      uint64_t time)
{
    struct output *out = staff->call->output;
    char text[MOMENT_BYTES];

    if (output_is_json(out)) {
        output_number(out, key, label, time);
        return;
    }
    moment_write(text, time, staff->offset_s);
    output_text(out, key, label, text);
}

void staff_warn_same_disk(const struct staff *staff, const char *folder,
                          const char *why)
{
    struct stat ours;
    struct stat theirs;

    if (stat(staff->place.folder, &ours) == 0 && stat(folder, &theirs) == 0 &&
        ours.st_dev == theirs.st_dev) {
        (void)fprintf(staff->call->notes,
                      "aula: warning: %s lies on the disk of %s: %s\n", folder,
                      staff->place.folder, why);
    }
}
