/* SPDX-License-Identifier: Apache-2.0 */
/* What staff and the machine leave in the audit log: the start, a pause, a
 * second place that was not written. */
#include "terminal_inside.h"
#include "tries.h"

enum aula_code terminal_note_lock(struct terminal *terminal,
                                  struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    if (terminal->was_locked) {
        code = terminal_event(terminal, RECORD_LOCKED_OUT, 0, err);
    }
    if (code == AULA_OK && terminal->was_locked) {
        code = tries_forget(terminal->folder, err);
        terminal->was_locked = code != AULA_OK;
    }
    return code;
}

enum aula_code terminal_start_events(struct terminal *terminal,
                                     struct aula_error *err)
{
    enum aula_code code;

    if (terminal->purpose != TERMINAL_WORK || terminal->ended != AULA_OK ||
        terminal->is_stale) {
        return AULA_OK;
    }
    code = terminal_event(terminal,
                          terminal->was_interrupted ? RECORD_RECOVERED
                                                    : RECORD_STARTED,
                          0, err);
    terminal->is_noted = code == AULA_OK;
    if (code == AULA_OK) {
        code = terminal_note_lock(terminal, err);
    }
    if (code == AULA_OK) {
        code = terminal_event(terminal, RECORD_UNLOCKED, 0, err);
    }
    if (code == AULA_OK) {
        code = terminal_record_notes(terminal, err);
    }
    terminal_flush_events(terminal);
    /* A disk, or a chain, without room for a line of the log still gives what
     * it has: closing and exporting let the reserve go. */
    return code == AULA_FULL || code == AULA_REC_SEQ ? AULA_OK : code;
}

enum aula_code terminal_confirm_witness(struct terminal *terminal,
                                        struct aula_error *err)
{
    enum aula_code code;

    if (terminal->ended != AULA_OK) {
        return aula_fail(err, terminal->ended,
                         "the chain of this terminal has ended");
    }
    if (!terminal->is_stale || terminal->purpose != TERMINAL_WORK) {
        return aula_fail(err, AULA_STATE,
                         "the second place is as it should "
                         "be: there is nothing to confirm");
    }
    code = store_begin(terminal->store, err);
    if (code == AULA_OK) {
        code = terminal_put_unwitnessed(terminal, err);
    }
    terminal->is_stale = false;
    if (code == AULA_OK) {
        code = terminal_event_in(terminal, RECORD_FAULT, AULA_WITNESS_STALE,
                                 err);
    }
    terminal->is_stale = code != AULA_OK;
    return code == AULA_OK ? terminal_start_events(terminal, err) : code;
}

/* End the open transaction with an event, or let it wait for the ballot that is
 * shown. */
static enum aula_code end_with(struct terminal *terminal,
                               enum record_event event, struct aula_error *err)
{
    enum aula_code code;

    if (!terminal->ballot.is_there) {
        return terminal_event_in(terminal, event, 0, err);
    }
    code = store_commit(terminal->store, err);
    return code == AULA_OK ? terminal_note(terminal, event, 0, err) : code;
}

static enum aula_code pause_with(struct terminal *terminal, bool is_paused,
                                 struct aula_error *err)
{
    enum aula_code code = store_begin(terminal->store, err);

    if (code != AULA_OK) {
        return code;
    }
    code = is_paused ? store_put_item(terminal->store, ITEM_PAUSED, "", 0, err)
                     : store_drop_item(terminal->store, ITEM_PAUSED, err);
    if (code == AULA_OK) {
        code = end_with(terminal, is_paused ? RECORD_PAUSED : RECORD_RESUMED,
                        err);
    }
    if (code != AULA_OK) {
        store_rollback(terminal->store);
        return code;
    }
    terminal->is_paused = is_paused || terminal->is_unwitnessed;
    terminal_flush_events(terminal);
    return AULA_OK;
}

enum aula_code terminal_pause(struct terminal *terminal, struct aula_error *err)
{
    enum aula_code code = terminal_may_note(terminal, err);

    if (code == AULA_OK && terminal->is_paused) {
        code = aula_fail(err, AULA_STATE, "it is paused already");
    }
    return code == AULA_OK ? pause_with(terminal, true, err) : code;
}

enum aula_code terminal_resume(struct terminal *terminal,
                               struct aula_error *err)
{
    enum aula_code code = terminal_may_note(terminal, err);

    if (code == AULA_OK && !terminal->is_paused) {
        code = aula_fail(err, AULA_STATE, "it is not paused");
    }
    /* The second place first: without it voting does not go on. */
    if (code == AULA_OK) {
        code = terminal_write_witness(terminal, err);
    }
    return code == AULA_OK ? pause_with(terminal, false, err) : code;
}
