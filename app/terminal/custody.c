/* SPDX-License-Identifier: Apache-2.0 */
/* Officials come, go and change their passphrases; the end of a terminal. See
 * custody.h.
 *
 * The files go first, then the store learns their generation, together with the
 * event. Whenever the power goes, the files are as new as the store says or
 * newer, and the terminal opens: the other way round it would call its own
 * files an old copy. For the same reason nothing is put back once the store was
 * asked, even if it refused: a commit that failed may be there after all.
 */
#include "custody.h"

#include <sodium.h>
#include <string.h>

#include "bytes.h"
#include "terminal_inside.h"

/* A new image, and the slot that it is about. */
struct change {
    uint8_t image[KEYSLOT_FILE_BYTES_MAX];
    size_t size;
    size_t index;
};

static bool chain_stands(const struct terminal *terminal)
{
    return terminal->is_installed && terminal->ended == AULA_OK;
}

static enum aula_code may(struct terminal *terminal,
                          enum terminal_command command, struct aula_error *err)
{
    enum aula_code code = terminal_may(terminal, command, err);

    if (code == AULA_OK && chain_stands(terminal) &&
        terminal->chain.seq >= RECORD_SEQ_MAX) {
        code = aula_fail(err, AULA_REC_SEQ,
                         "%s: the chain of this terminal is full",
                         terminal_command_name(command));
    }
    return code;
}

/* The slot of that name; how many there are when it is nobody's. */
static size_t find(const struct terminal *terminal, const char *label,
                   size_t label_size)
{
    const struct keyslot_list *list = &terminal->officials.list;
    size_t i = 0;

    while (i < list->count &&
           (list->slots[i].label_size != label_size ||
            memcmp(list->slots[i].label, label, label_size) != 0)) {
        i++;
    }
    return i;
}

static enum aula_code may_change(struct terminal *terminal,
                                 struct change *change, const char *label,
                                 size_t label_size, struct aula_error *err)
{
    enum aula_code code = may(terminal, TERMINAL_DO_OFFICIALS, err);

    change->index = find(terminal, label, label_size);
    if (code == AULA_OK && change->index == terminal->officials.list.count) {
        code = aula_fail(err, AULA_KEY_SLOT,
                         "officials: nobody of that name may unlock this "
                         "terminal");
    }
    return code;
}

/* End the open transaction: with its event 12 where there is a chain, and no
 * ballot whose code is shown. For such a ballot the event waits. */
static enum aula_code commit(struct terminal *terminal, struct aula_error *err)
{
    uint8_t bytes[RECORD_EVENT_BYTES];
    struct record_place place;
    size_t size;
    enum aula_code code;

    if (chain_stands(terminal) && !terminal->ballot.is_there) {
        place = terminal_next_place(terminal, clock_now(&terminal->clock));
        size = record_make_event(bytes, &place, RECORD_SETUP_CHANGED, 0);
        code = terminal_record(terminal, bytes, size, err);
        terminal_flush_events(terminal);
        return code;
    }
    code = store_commit(terminal->store, err);
    if (code != AULA_OK) {
        store_rollback(terminal->store);
    } else if (chain_stands(terminal)) {
        terminal_wait(terminal, RECORD_SETUP_CHANGED, 0);
    }
    return code;
}

static enum aula_code tell_store(struct terminal *terminal,
                                 struct aula_error *err)
{
    uint8_t generation[8];
    enum aula_code code = store_begin(terminal->store, err);

    put_le64(generation, terminal->officials.list.generation);
    if (code == AULA_OK) {
        code = store_put_item(terminal->store, ITEM_SLOTS, generation,
                              sizeof generation, err);
    }
    if (code != AULA_OK) {
        store_rollback(terminal->store);
        return code;
    }
    return commit(terminal, err);
}

/* What the disk holds then is what counts from now on. */
static enum aula_code save(struct terminal *terminal,
                           const struct change *change, struct aula_error *err)
{
    const struct officials *old = &terminal->officials;
    enum aula_code code = officials_save(change->image, change->size,
                                         terminal->folder, err);

    if (code != AULA_OK) {
        (void)!officials_save(old->image, old->size, terminal->folder, NULL);
        return code;
    }
    code = officials_load(&terminal->officials, terminal->folder, err);
    return code == AULA_OK ? tell_store(terminal, err) : code;
}

enum aula_code custody_add(struct terminal *terminal,
                           const struct keyslot_holder *official,
                           struct aula_error *err)
{
    struct change change;
    const struct officials *old = &terminal->officials;
    enum aula_code code = may(terminal, TERMINAL_DO_OFFICIALS, err);

    if (code == AULA_OK && find(terminal, official->label,
                                official->label_size) < old->list.count) {
        code = aula_fail(err, AULA_STATE,
                         "officials: somebody of that name may unlock this "
                         "terminal already");
    }
    if (code == AULA_OK) {
        code = keyslot_add(change.image, &change.size, old->image, old->size,
                           terminal->secrets->master, official, err);
    }
    return code == AULA_OK ? save(terminal, &change, err) : code;
}

enum aula_code custody_change(struct terminal *terminal,
                              const struct keyslot_holder *official,
                              struct aula_error *err)
{
    struct change change;
    const struct officials *old = &terminal->officials;
    enum aula_code code = may_change(terminal, &change, official->label,
                                     official->label_size, err);

    if (code == AULA_OK) {
        code = keyslot_change(change.image, &change.size, old->image, old->size,
                              terminal->secrets->master, change.index,
                              official->cost, &official->secret, err);
    }
    return code == AULA_OK ? save(terminal, &change, err) : code;
}

/* The slots behind it move up; nobody is whoever revoked themselves. */
static void move_up(struct terminal *terminal, size_t index)
{
    if (terminal->official == index) {
        terminal->official = SIZE_MAX;
    } else if (terminal->official != SIZE_MAX && terminal->official > index) {
        terminal->official--;
    }
}

enum aula_code custody_revoke(struct terminal *terminal, const char *label,
                              struct aula_error *err)
{
    struct change change;
    const struct officials *old = &terminal->officials;
    size_t count = old->list.count;
    enum aula_code code = may_change(terminal, &change, label, strlen(label),
                                     err);

    if (code == AULA_OK) {
        code = keyslot_revoke(change.image, &change.size, old->image, old->size,
                              terminal->secrets->master, change.index, err);
    }
    if (code == AULA_OK) {
        code = save(terminal, &change, err);
    }
    if (old->list.count < count) {
        move_up(terminal, change.index);
    }
    return code;
}

size_t custody_list(const struct terminal *terminal, struct keyslot_list *list)
{
    *list = terminal->officials.list;
    return list->count;
}

/* A clock that runs ahead must not end an election: it has to fit first. */
static enum aula_code may_finish(struct terminal *terminal,
                                 struct aula_error *err)
{
    enum aula_code code = may(terminal, TERMINAL_DO_FINISH, err);

    if (code != AULA_OK) {
        return code;
    }
    terminal_look_at_clock(terminal);
    if (terminal->time.state != TERMINAL_CLOCK_OK) {
        return aula_fail(err, AULA_STATE,
                         "finish: the clock does not fit the last record: "
                         "confirm it first");
    }
    if (terminal->time.now <= terminal->package.closes) {
        return aula_fail(err, AULA_STATE, "finish: the voting is not over");
    }
    if (!terminal->has_tag_key) {
        return aula_fail(err, AULA_STATE,
                         "finish: the tag key was destroyed before");
    }
    return AULA_OK;
}

static enum aula_code drop_keys(struct terminal *terminal,
                                struct aula_error *err)
{
    enum aula_code code = store_begin(terminal->store, err);

    if (code == AULA_OK) {
        code = store_drop_item(terminal->store, ITEM_TAG_KEY, err);
    }
    if (code == AULA_OK) {
        code = store_drop_item(terminal->store, ITEM_TRANSPORT, err);
    }
    if (code != AULA_OK) {
        store_rollback(terminal->store);
        return code;
    }
    return commit(terminal, err);
}

enum aula_code custody_finish(struct terminal *terminal, struct aula_error *err)
{
    struct terminal_secrets *secrets = terminal->secrets;
    enum aula_code code = may_finish(terminal, err);

    if (code == AULA_OK) {
        code = drop_keys(terminal, err);
    }
    if (code == AULA_OK) {
        sodium_memzero(secrets->tag_key, sizeof secrets->tag_key);
        sodium_memzero(secrets->transport, sizeof secrets->transport);
        terminal->has_tag_key = false;
    }
    return code;
}
