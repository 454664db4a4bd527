/* SPDX-License-Identifier: Apache-2.0 */
/* Starting, stopping and showing a terminal; see terminal.h. */
#include "terminal_inside.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "hash.h"
#include "session.h"
#include "tries.h"

static const char folder_name[] = "terminal";

enum aula_code terminal_places(struct terminal *terminal,
                               const struct terminal_place *place,
                               struct aula_error *err)
{
    enum aula_code code = place_in(terminal->folder, place->folder, folder_name,
                                   err);

    if (code == AULA_OK) {
        code = place_at(terminal->data, place->folder, err);
    }
    if (code == AULA_OK) {
        code = place->witness == NULL
                   ? place_in(terminal->witness, place->folder, "witness", err)
                   : place_at(terminal->witness, place->witness, err);
    }
    terminal->clock = place->clock;
    return code;
}

void terminal_store_key(uint8_t key[static STORE_KEY_BYTES],
                        const uint8_t master[static KEYSLOT_MASTER_BYTES])
{
    hash_bytes(key, "terminal-store", master, KEYSLOT_MASTER_BYTES);
}

enum terminal_state terminal_look(const struct terminal_place *place)
{
    struct terminal *terminal = calloc(1, sizeof *terminal);
    enum terminal_state state = TERMINAL_REQUESTED;

    if (terminal != NULL && terminal_places(terminal, place, NULL) == AULA_OK &&
        place_is_missing(place->folder, folder_name)) {
        state = TERMINAL_BLANK;
    }
    free(terminal);
    return state;
}

/* A full disk must not keep staff from closing the day: the reserve goes. A
 * disk that can only be read can still be looked at. */
static enum aula_code count_try(struct terminal *terminal,
                                struct aula_error *err)
{
    uint64_t now = clock_now(&terminal->clock);
    enum aula_code code = tries_may(terminal->folder, now, err);

    if (code != AULA_OK) {
        return code;
    }
    code = tries_failed(terminal->folder, now, err);
    if (code == AULA_FULL &&
        terminal_release_reserve(terminal, err) == AULA_OK) {
        code = tries_failed(terminal->folder, now, err);
    }
    if (code == AULA_IO && terminal->purpose == TERMINAL_LOOK) {
        terminal->is_uncounted = true;
        code = AULA_OK;
    }
    return code;
}

static enum aula_code try_official(struct terminal *terminal, uint8_t *master,
                                   size_t *index,
                                   const struct official *official,
                                   struct aula_error *err)
{
    enum aula_code code = count_try(terminal, err);

    if (code == AULA_OK) {
        code = officials_open(master, index, &terminal->officials, official,
                              err);
    }
    if (code == AULA_OK && !terminal->is_uncounted) {
        code = tries_right(terminal->folder, &terminal->was_locked, err);
    }
    return code;
}

/* One at a time: guesses side by side would each be counted as the first. */
enum aula_code terminal_try(struct terminal *terminal, uint8_t *master,
                            size_t *index, const struct official *official,
                            struct aula_error *err)
{
    int lock = -1;
    enum aula_code code = place_lock(&lock, terminal->folder, err);

    if (code == AULA_OK) {
        code = try_official(terminal, master, index, official, err);
    }
    place_unlock(lock);
    return code;
}

static enum aula_code unlock(struct terminal *terminal,
                             const struct official *official,
                             struct aula_error *err)
{
    enum aula_code code = officials_load(&terminal->officials, terminal->folder,
                                         err);

    return code == AULA_OK ? terminal_try(terminal, terminal->secrets->master,
                                          &terminal->official, official, err)
                           : code;
}

static enum aula_code open_store(struct terminal *terminal,
                                 struct aula_error *err)
{
    char path[PLACE_BYTES];
    uint8_t *key = sodium_malloc(STORE_KEY_BYTES);
    enum aula_code code = place_in(path, terminal->folder, "store.db", err);

    if (key == NULL) {
        return aula_fail(err, AULA_MEMORY, "no locked memory for a key");
    }
    terminal_store_key(key, terminal->secrets->master);
    if (code == AULA_OK) {
        code = store_open(&terminal->store, &terminal->was_interrupted, path,
                          key, terminal->officials.list.id, err);
    }
    sodium_free(key);
    return code;
}

/* An image older than the one that the store knows of may hold somebody whose
 * right was taken away. A newer one is a change that the power cut off. */
static enum aula_code check_generation(struct terminal *terminal,
                                       bool *is_newer, struct aula_error *err)
{
    uint8_t bytes[8];
    uint64_t known;
    uint64_t found = terminal->officials.list.generation;
    enum aula_code code = store_read_item(terminal->store, bytes, sizeof bytes,
                                          ITEM_SLOTS, err);

    if (code != AULA_OK) {
        return code;
    }
    known = get_le64(bytes);
    if (found < known) {
        return aula_fail(err, AULA_STORE_KEY,
                         "keys.1 and keys.2 are an old copy: officials have "
                         "changed since");
    }
    *is_newer = found > known && terminal->purpose == TERMINAL_WORK;
    if (*is_newer) {
        put_le64(bytes, found);
        code = store_put_item(terminal->store, ITEM_SLOTS, bytes, sizeof bytes,
                              err);
    }
    return code;
}

static enum aula_code start(struct terminal *terminal, struct aula_error *err)
{
    bool is_newer = false;
    enum aula_code code = terminal_load(terminal, err);

    if (code == AULA_OK) {
        code = check_generation(terminal, &is_newer, err);
    }
    if (code == AULA_OK && terminal->is_installed) {
        code = terminal_load_chain(terminal, err);
        if (code == AULA_OK) {
            code = terminal_load_witness(terminal, err);
        }
        if (is_newer && terminal->ended == AULA_OK) {
            terminal_wait(terminal, RECORD_SETUP_CHANGED, 0);
        }
        if (code == AULA_OK) {
            code = terminal_start_clock(terminal, err);
        }
        if (code == AULA_OK) {
            code = terminal_start_events(terminal, err);
        }
    }
    return code;
}

enum aula_code terminal_open(struct terminal **terminal,
                             const struct terminal_place *place,
                             const struct official *official,
                             enum terminal_purpose purpose,
                             struct aula_error *err)
{
    struct terminal *made = calloc(1, sizeof *made);
    enum aula_code code;

    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory for a terminal");
    }
    made->purpose = purpose;
    made->secrets = sodium_malloc(sizeof *made->secrets);
    if (made->secrets == NULL) {
        free(made);
        return aula_fail(err, AULA_MEMORY, "no locked memory for a terminal");
    }
    memset(made->secrets, 0, sizeof *made->secrets);
    code = terminal_places(made, place, err);
    if (code == AULA_OK) {
        code = unlock(made, official, err);
    }
    if (code == AULA_OK) {
        code = open_store(made, err);
    }
    if (code == AULA_OK) {
        code = start(made, err);
    }
    if (code != AULA_OK) {
        terminal_close(made);
        return code;
    }
    *terminal = made;
    return AULA_OK;
}

void terminal_close(struct terminal *terminal)
{
    if (terminal == NULL) {
        return;
    }
    if (terminal->ballot.is_there) {
        session_drop(terminal);
    }
    terminal_unload(terminal);
    if (terminal->store != NULL && terminal->was_interrupted &&
        !terminal->is_noted) {
        store_keep_mark(terminal->store);
    }
    store_close(terminal->store);
    sodium_free(terminal->secrets);
    free(terminal);
}

enum terminal_state terminal_state_of(const struct terminal *terminal)
{
    if (!terminal->is_installed) {
        return TERMINAL_REQUESTED;
    }
    if (terminal->chain.is_open) {
        return TERMINAL_OPEN;
    }
    return terminal->chain.closed_seq > 0 ? TERMINAL_CLOSED : TERMINAL_READY;
}

static enum aula_code may_vote(struct terminal *terminal,
                               enum terminal_command command,
                               struct aula_error *err)
{
    const char *name = terminal_command_name(command);

    if (terminal->is_paused) {
        return aula_fail(err, AULA_STATE, "%s: the terminal is paused", name);
    }
    terminal_look_at_clock(terminal);
    if (terminal->time.state != TERMINAL_CLOCK_OK) {
        return aula_fail(err, AULA_STATE,
                         "%s: the clock does not fit the last record: confirm "
                         "it first",
                         name);
    }
    return AULA_OK;
}

enum aula_code terminal_may(struct terminal *terminal,
                            enum terminal_command command,
                            struct aula_error *err)
{
    enum aula_code code = terminal_allows(terminal_state_of(terminal),
                                          terminal->ended, command, err);

    if (code != AULA_OK || command == TERMINAL_DO_VERIFY) {
        return code;
    }
    if (terminal->purpose != TERMINAL_WORK) {
        return aula_fail(err, AULA_STATE, "%s: it was only looked at",
                         terminal_command_name(command));
    }
    if (terminal->is_stale) {
        return aula_fail(err, AULA_STATE,
                         "%s: the second place was not written: confirm it "
                         "first",
                         terminal_command_name(command));
    }
    if (command == TERMINAL_DO_OPEN || command == TERMINAL_DO_CHECK_IN ||
        command == TERMINAL_DO_CAST) {
        code = may_vote(terminal, command, err);
    }
    return code;
}
