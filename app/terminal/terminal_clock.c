/* SPDX-License-Identifier: Apache-2.0 */
/* A wrong clock stops nothing, but staff see it (PROTOCOL.md section 9).
 *
 *   the item "clock"      offset  size
 *     confirmed                0     8  vote time that it was seen behind of
 *     seen                     8     8  the clock when staff confirmed that
 *     base                    16     8  the clock when staff confirmed a jump
 *     ahead                   24     8  last record's time before a jump that
 *                                       nobody has confirmed, 0 for none
 *
 * `ahead` is kept because the events of a start carry the clock as it stands:
 * after them the last record no longer shows that there was a jump.
 */
#include "terminal_inside.h"

#include <sodium.h>

#include "bytes.h"

enum { BEHIND_S = 60, AHEAD_S = 12 * 3600, ITEM_BYTES = 32 };

enum aula_code terminal_put_clock(struct terminal *terminal,
                                  struct aula_error *err)
{
    const struct terminal_time *time = &terminal->time;
    uint8_t bytes[ITEM_BYTES];

    put_le64(bytes, time->confirmed);
    put_le64(bytes + 8, time->seen);
    put_le64(bytes + 16, time->base);
    put_le64(bytes + 24, time->ahead);
    return store_put_item(terminal->store, ITEM_CLOCK, bytes, sizeof bytes,
                          err);
}

static enum aula_code load(struct terminal *terminal, struct aula_error *err)
{
    struct terminal_time *time = &terminal->time;
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code = store_get_item(terminal->store, &bytes, &size,
                                         ITEM_CLOCK, err);

    if (code == AULA_OK && bytes != NULL && size == ITEM_BYTES) {
        time->confirmed = get_le64(bytes);
        time->seen = get_le64(bytes + 8);
        time->base = get_le64(bytes + 16);
        time->ahead = get_le64(bytes + 24);
    }
    store_free_item(bytes, size);
    return code;
}

void terminal_look_at_clock(struct terminal *terminal)
{
    struct terminal_time *time = &terminal->time;
    const struct chain *chain = &terminal->chain;
    uint64_t now = clock_now(&terminal->clock);
    uint64_t base = chain->any_time > time->base ? chain->any_time : time->base;

    if (time->ahead == 0 && chain->seq > 0 && now > base &&
        now - base > AHEAD_S) {
        time->ahead = base;
    }
    time->now = now;
    if (time->ahead != 0) {
        time->state = TERMINAL_CLOCK_AHEAD;
        time->last = time->ahead;
    } else if (chain->vote_time > now && chain->vote_time - now > BEHIND_S &&
               !(time->confirmed == chain->vote_time &&
                 now + BEHIND_S >= time->seen)) {
        time->state = TERMINAL_CLOCK_BEHIND;
        time->last = chain->vote_time;
    } else {
        time->state = TERMINAL_CLOCK_OK;
        time->last = chain->any_time;
    }
}

enum aula_code terminal_start_clock(struct terminal *terminal,
                                    struct aula_error *err)
{
    enum aula_code code = load(terminal, err);
    uint64_t before = terminal->time.ahead;

    if (code != AULA_OK) {
        return code;
    }
    terminal_look_at_clock(terminal);
    if (terminal->time.ahead != before && terminal->purpose == TERMINAL_WORK) {
        code = terminal_put_clock(terminal, err);
    }
    return code;
}

uint64_t terminal_vote_time(const struct terminal *terminal)
{
    uint64_t now = clock_now(&terminal->clock);

    return now > terminal->chain.vote_time ? now : terminal->chain.vote_time;
}

enum aula_code terminal_confirm_clock(struct terminal *terminal,
                                      struct aula_error *err)
{
    struct terminal_time *time = &terminal->time;
    struct terminal_time before;
    enum terminal_clock_state state;
    enum aula_code code = terminal_may_note(terminal, err);

    if (code != AULA_OK) {
        return code;
    }
    terminal_look_at_clock(terminal);
    before = *time;
    state = time->state;
    if (state == TERMINAL_CLOCK_OK) {
        return aula_fail(err, AULA_STATE, "the clock fits the last record");
    }
    if (state == TERMINAL_CLOCK_BEHIND) {
        time->confirmed = time->last;
        time->seen = time->now;
    } else {
        time->base = time->now;
        time->ahead = 0;
    }
    code = terminal_put_clock(terminal, err);
    if (code == AULA_OK && state == TERMINAL_CLOCK_BEHIND) {
        code = terminal_note(terminal, RECORD_CLOCK_CHANGED,
                             time->now - time->last, err);
    }
    if (code != AULA_OK) {
        *time = before;
    }
    terminal_look_at_clock(terminal);
    return code;
}
