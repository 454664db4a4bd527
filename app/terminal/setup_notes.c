/* SPDX-License-Identifier: Apache-2.0 */
/* The event 12 of each part that was installed. Which are due is stored with
 * the parts, and each is taken off in the transaction of its record: whenever
 * the power goes, each part that is there has its event, once.
 *
 *   the item "notes"   a u32 for each event that is due, in order: its value
 */
#include "terminal_inside.h"

#include "bytes.h"

enum { NOTE_BYTES = 4, NOTES_MAX = 3 };

enum aula_code terminal_put_notes(struct terminal *terminal,
                                  const uint32_t *values, size_t count,
                                  struct aula_error *err)
{
    uint8_t bytes[NOTE_BYTES * NOTES_MAX];

    for (size_t i = 0; i < count; i++) {
        put_le32(bytes + NOTE_BYTES * i, values[i]);
    }
    return count == 0 ? AULA_OK
                      : store_put_item(terminal->store, ITEM_NOTES, bytes,
                                       NOTE_BYTES * count, err);
}

/* The first of those that are due. */
static enum aula_code record_note(struct terminal *terminal, const uint8_t *due,
                                  size_t size, struct aula_error *err)
{
    uint8_t bytes[RECORD_EVENT_BYTES];
    struct record_place place =
        terminal_next_place(terminal, clock_now(&terminal->clock));
    size_t record_size = record_make_event(bytes, &place, RECORD_SETUP_CHANGED,
                                           get_le32(due));
    enum aula_code code = store_begin(terminal->store, err);

    if (code != AULA_OK) {
        return code;
    }
    code = size > NOTE_BYTES
               ? store_put_item(terminal->store, ITEM_NOTES, due + NOTE_BYTES,
                                size - NOTE_BYTES, err)
               : store_drop_item(terminal->store, ITEM_NOTES, err);
    if (code != AULA_OK) {
        store_rollback(terminal->store);
        return code;
    }
    return terminal_record(terminal, bytes, record_size, err);
}

enum aula_code terminal_record_notes(struct terminal *terminal,
                                     struct aula_error *err)
{
    uint8_t *due = NULL;
    size_t size = 0;
    enum aula_code code;

    do {
        code = store_get_item(terminal->store, &due, &size, ITEM_NOTES, err);
        if (code != AULA_OK || due == NULL) {
            return code;
        }
        code = size >= NOTE_BYTES ? record_note(terminal, due, size, err)
                                  : aula_fail(err, AULA_STORE_DAMAGED,
                                              "the store's notes are damaged");
        store_free_item(due, size);
        due = NULL;
    } while (code == AULA_OK);
    return code;
}
