/* SPDX-License-Identifier: Apache-2.0 */
/* What may be seen of a terminal. */
#include "terminal_inside.h"

#include <stdio.h>
#include <string.h>

static void show_setup(const struct terminal *terminal,
                       struct terminal_status *status)
{
    status->label = terminal->request_view.label;
    if (!terminal->is_installed) {
        return;
    }
    status->label = terminal->certificate.label;
    status->package = &terminal->package;
    status->certificate = &terminal->certificate;
    status->kit = terminal->kit;
    if (terminal->has_roll) {
        status->roll_number = terminal->roll.number;
        status->roll_count = terminal->roll.count;
    }
}

static void show_chain(const struct chain *chain,
                       struct terminal_status *status)
{
    status->last_seq = chain->seq;
    status->day.cast = chain->cast;
    status->day.challenged = chain->challenged;
    status->opened_time = chain->opened_time;
    status->closed_time = chain->closed_time;
    status->closed_seq = chain->closed_seq;
    memcpy(status->closed_hash, chain->closed_hash, HASH_BYTES);
    status->total_cast = chain->total_cast;
    status->total_challenged = chain->total_challenged;
    status->ballot_seq = chain->ballot_seq;
}

void terminal_status(struct terminal *terminal, struct terminal_status *status)
{
    struct store_export last = {0};

    *status = (struct terminal_status){
        .state = terminal_state_of(terminal),
        .ended = terminal->ended,
        .is_stale = terminal->is_stale,
        .was_interrupted = terminal->was_interrupted,
        .is_paused = terminal->is_paused,
        .has_session = terminal->session.is_there,
    };
    terminal_look_at_clock(terminal);
    status->clock = terminal->time.state;
    status->now = terminal->time.now;
    status->last_time = terminal->time.last;
    memcpy(status->tid, terminal->tid, TERMINAL_ID_BYTES);
    show_setup(terminal, status);
    show_chain(&terminal->chain, status);
    status->day.issued = terminal->day.issued;
    status->day.unfinished = terminal->day.unfinished;
    if (store_find_export(terminal->store, &last, 0, NULL) == AULA_OK) {
        status->exports = last.number;
    }
}

void terminal_content_name(char name[static STORE_ITEM_NAME_MAX + 1],
                           const char *path)
{
    (void)snprintf(name, STORE_ITEM_NAME_MAX + 1, "%s%s", ITEM_CONTENT, path);
}

enum aula_code terminal_content(struct terminal *terminal, uint8_t **bytes,
                                size_t *size, const char *path,
                                struct aula_error *err)
{
    char name[STORE_ITEM_NAME_MAX + 1];
    const struct manifest_row *row = manifest_find(&terminal->manifest, path,
                                                   strlen(path));
    uint8_t *found = NULL;
    size_t found_size = 0;
    enum aula_code code;

    if (!terminal->is_installed) {
        return aula_fail(err, AULA_STATE, "no election is installed");
    }
    if (row == NULL) {
        return aula_fail(err, AULA_CONTENT_FILE, "%s: no such file", path);
    }
    terminal_content_name(name, path);
    code = store_get_item(terminal->store, &found, &found_size, name, err);
    if (code == AULA_OK && found == NULL) {
        code = aula_fail(err, AULA_STORE_DAMAGED, "%s: the file is missing",
                         path);
    }
    if (code == AULA_OK) {
        code = manifest_check_file(row, found, found_size, err);
    }
    if (code != AULA_OK) {
        store_free_item(found, found_size);
        return code;
    }
    *bytes = found;
    *size = found_size;
    return AULA_OK;
}
