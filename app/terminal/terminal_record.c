/* SPDX-License-Identifier: Apache-2.0 */
/* Recording: one record, one transaction, then its witness. */
#include "terminal_inside.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "session.h"

struct record_place terminal_next_place(const struct terminal *terminal,
                                        uint64_t time)
{
    return (struct record_place){.package = &terminal->package,
                                 .tid = terminal->tid,
                                 .secret = terminal->secrets->sign,
                                 .seq = terminal->chain.seq + 1,
                                 .time = time,
                                 .prev = terminal->chain.hash};
}

enum aula_code terminal_has_room(const struct terminal *terminal,
                                 struct aula_error *err)
{
    if (terminal->chain.seq + TERMINAL_SEQ_SPARE >= RECORD_SEQ_MAX) {
        return aula_fail(err, AULA_REC_SEQ,
                         "the chain of this terminal is full: close, export, "
                         "and set up another");
    }
    return AULA_OK;
}

/* What the store says after a commit must be what went in. */
static enum aula_code read_back(struct terminal *terminal,
                                const struct store_record *row,
                                struct store_record *found,
                                struct aula_error *err)
{
    enum aula_code code = store_read_record(terminal->store, found, row->seq,
                                            err);

    if (code == AULA_OK &&
        (found->size != row->size || found->kind != row->kind ||
         memcmp(found->hash, row->hash, HASH_BYTES) != 0 ||
         memcmp(found->bytes, row->bytes, row->size) != 0)) {
        code = aula_fail(err, AULA_STORE_DAMAGED,
                         "record %llu does not read back as it was written",
                         (unsigned long long)row->seq);
    }
    return code;
}

static enum aula_code commit(struct terminal *terminal,
                             const struct store_record *row,
                             struct store_record *found,
                             const struct record *record,
                             struct aula_error *err)
{
    enum aula_code code;

    terminal->next = terminal->chain;
    code = chain_add(&terminal->next, terminal->tid, record, row->hash, err);
    if (code == AULA_OK) {
        code = terminal_keep_clock(terminal, err);
    }
    if (code == AULA_OK) {
        code = store_add_record(terminal->store, row, err);
    }
    if (code == AULA_OK) {
        code = store_commit(terminal->store, err);
    }
    if (code != AULA_OK) {
        store_rollback(terminal->store);
        return code;
    }
    terminal->chain = terminal->next;
    terminal->time.kept_ahead = terminal->time.ahead;
    return read_back(terminal, row, found, err);
}

/* It takes nothing back: the record is durable. */
static void keep_witness(struct terminal *terminal)
{
    enum aula_code code = terminal_write_witness(terminal, NULL);

    if (code != AULA_OK && !terminal->is_unwitnessed) {
        terminal->is_unwitnessed = true;
        terminal->is_paused = true;
        terminal_wait(terminal, RECORD_FAULT, (uint64_t)code);
    }
}

enum aula_code terminal_record(struct terminal *terminal, const uint8_t *bytes,
                               size_t size, struct aula_error *err)
{
    /* With room to read it back: after the commit nothing may be short. */
    struct store_record *row = calloc(2, sizeof *row);
    struct record record;
    enum aula_code code;

    if (row == NULL) {
        store_rollback(terminal->store);
        return aula_fail(err, AULA_MEMORY, "no memory for a record");
    }
    assert(size <= sizeof row->bytes);
    memcpy(row->bytes, bytes, size);
    row->size = size;
    record_hash(row->hash, bytes, size);
    code = record_read(&record, &terminal->package, row->bytes, size);
    if (code == AULA_OK) {
        row->seq = record.seq;
        row->kind = (uint8_t)record.kind;
        code = commit(terminal, row, row + 1, &record, err);
    } else {
        store_rollback(terminal->store);
        (void)aula_fail(err, code, "a record that cannot be: %s",
                        aula_code_name(code));
    }
    if (terminal->chain.seq == row->seq) {
        keep_witness(terminal);
    }
    free(row);
    return code;
}

enum aula_code terminal_event_in(struct terminal *terminal,
                                 enum record_event event, uint64_t value,
                                 struct aula_error *err)
{
    uint8_t bytes[RECORD_EVENT_BYTES];
    struct record_place place =
        terminal_next_place(terminal, clock_now(&terminal->clock));
    size_t size;

    if (terminal->chain.seq >= RECORD_SEQ_MAX) {
        store_rollback(terminal->store);
        return aula_fail(err, AULA_REC_SEQ,
                         "the chain of this terminal is full");
    }
    size = record_make_event(bytes, &place, event, value);
    return terminal_record(terminal, bytes, size, err);
}

enum aula_code terminal_event(struct terminal *terminal,
                              enum record_event event, uint64_t value,
                              struct aula_error *err)
{
    enum aula_code code = store_begin(terminal->store, err);

    return code == AULA_OK ? terminal_event_in(terminal, event, value, err)
                           : code;
}

void terminal_wait(struct terminal *terminal, enum record_event event,
                   uint64_t value)
{
    if (terminal->waiting_count < TERMINAL_EVENTS_MAX) {
        terminal->waiting[terminal->waiting_count++] =
            (struct terminal_event){event, value};
    }
}

void terminal_flush_events(struct terminal *terminal)
{
    while (!terminal->ballot.is_there && terminal->waiting_count > 0) {
        struct terminal_event event = terminal->waiting[0];

        terminal->waiting_count--;
        memmove(terminal->waiting, terminal->waiting + 1,
                terminal->waiting_count * sizeof terminal->waiting[0]);
        (void)!terminal_event(terminal, event.event, event.value, NULL);
    }
}

enum aula_code terminal_may_note(struct terminal *terminal,
                                 struct aula_error *err)
{
    if (!terminal->is_installed || terminal->purpose != TERMINAL_WORK) {
        return aula_fail(err, AULA_STATE, "nothing is recorded yet");
    }
    if (terminal->ended != AULA_OK) {
        return aula_fail(err, terminal->ended,
                         "the chain of this terminal has ended");
    }
    if (terminal->is_stale) {
        return aula_fail(err, AULA_STATE,
                         "the second place was not written: confirm it first");
    }
    return AULA_OK;
}

enum aula_code terminal_note(struct terminal *terminal, enum record_event event,
                             uint64_t value, struct aula_error *err)
{
    enum aula_code code = terminal_may_note(terminal, err);

    if (code != AULA_OK) {
        return code;
    }
    if (terminal->ballot.is_there &&
        terminal->waiting_count < TERMINAL_WAITING_MAX) {
        terminal_wait(terminal, event, value);
        return AULA_OK;
    }
    /* An event that cannot wait makes the code void (7.2.9). */
    session_drop(terminal);
    code = terminal_event(terminal, event, value, err);
    terminal_flush_events(terminal);
    return code;
}
