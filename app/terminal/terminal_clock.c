/* SPDX-License-Identifier: Apache-2.0 */
/* A wrong clock stops nothing, but staff see it (PROTOCOL.md section 9).
 *
 *   the item "clock"      offset  size
 *     confirmed                0     8  vote time that it was seen behind of
 *     seen                     8     8  the clock when staff confirmed that
 *     base                    16     8  the clock when staff confirmed a jump
 *     base_seq                24     8  the last record then: `base` stands in
 *                                       for its time until the next one
 *     ahead                   32     8  last record's time before a jump that
 *                                       nobody has confirmed, 0 for none
 *
 * `ahead` is kept, in the transaction of the record that hides it, because
 * events carry the clock as it stands: after one the last record no longer
 * shows that there was a jump. A clock that was set right again ends it.
 */
#include "terminal_inside.h"

#include <sodium.h>

#include "bytes.h"

enum { BEHIND_S = 60, AHEAD_S = 12 * 3600, ITEM_BYTES = 40 };

enum aula_code terminal_put_clock(struct terminal *terminal,
                                  struct aula_error *err)
{
    const struct terminal_time *time = &terminal->time;
    uint8_t bytes[ITEM_BYTES];

    put_le64(bytes, time->confirmed);
    put_le64(bytes + 8, time->seen);
    put_le64(bytes + 16, time->base);
    put_le64(bytes + 24, time->base_seq);
    put_le64(bytes + 32, time->ahead);
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
        time->base_seq = get_le64(bytes + 24);
        time->ahead = get_le64(bytes + 32);
        time->kept_ahead = time->ahead;
    }
    store_free_item(bytes, size);
    return code;
}

static bool is_ahead(uint64_t now, uint64_t last)
{
    return now > last && now - last > AHEAD_S;
}

void terminal_look_at_clock(struct terminal *terminal)
{
    struct terminal_time *time = &terminal->time;
    const struct chain *chain = &terminal->chain;
    uint64_t now = clock_now(&terminal->clock);
    uint64_t base = chain->seq == time->base_seq && time->base > chain->any_time
                        ? time->base
                        : chain->any_time;

    if (time->ahead != 0 && !is_ahead(now, time->ahead)) {
        time->ahead = 0;
    }
    if (time->ahead == 0 && chain->seq > 0 && is_ahead(now, base)) {
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

    if (code == AULA_OK) {
        terminal_look_at_clock(terminal);
    }
    return code;
}

enum aula_code terminal_keep_clock(struct terminal *terminal,
                                   struct aula_error *err)
{
    terminal_look_at_clock(terminal);
    return terminal->time.ahead == terminal->time.kept_ahead
               ? AULA_OK
               : terminal_put_clock(terminal, err);
}

/* Event 6 first: a power cut then lets staff confirm once more, and never
 * without it. */
static enum aula_code confirm_behind(struct terminal *terminal,
                                     struct aula_error *err)
{
    struct terminal_time seen = terminal->time;
    enum aula_code code = terminal_note(terminal, RECORD_CLOCK_CHANGED,
                                        seen.now - seen.last, err);

    if (code == AULA_OK) {
        terminal->time.confirmed = seen.last;
        terminal->time.seen = seen.now;
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
    enum aula_code code = terminal_may_note(terminal, err);

    if (code != AULA_OK) {
        return code;
    }
    terminal_look_at_clock(terminal);
    before = *time;
    if (time->state == TERMINAL_CLOCK_OK) {
        return aula_fail(err, AULA_STATE, "the clock fits the last record");
    }
    if (time->state == TERMINAL_CLOCK_BEHIND) {
        code = confirm_behind(terminal, err);
    } else {
        time->base = time->now;
        time->base_seq = terminal->chain.seq;
        time->ahead = 0;
    }
    if (code == AULA_OK) {
        code = terminal_put_clock(terminal, err);
    }
    if (code == AULA_OK) {
        time->kept_ahead = time->ahead;
    } else {
        *time = before;
    }
    terminal_look_at_clock(terminal);
    return code;
}
