/* SPDX-License-Identifier: Apache-2.0 */
/* See day.h. */
#include "day.h"

#include <sodium.h>

#include "terminal_inside.h"

enum { SECONDS_A_DAY = 86400 };

static int64_t minute_of(const struct terminal *terminal, uint64_t time)
{
    int64_t local = (int64_t)time + terminal->election.utc_offset_s;

    return local % SECONDS_A_DAY / 60;
}

static int32_t day_of(const struct terminal *terminal, uint64_t time)
{
    return election_day_of(&terminal->election, time);
}

/* Which day it is follows from its opening: one that lasted past midnight is
 * not opened again on the morrow. A clock that was set back makes no new day of
 * an old one. */
bool day_opening_is_second(const struct terminal *terminal)
{
    const struct chain *chain = &terminal->chain;

    return terminal->is_installed && chain->closed_seq > 0 &&
           day_of(terminal, terminal_vote_time(terminal)) <=
               day_of(terminal, chain->opened_time);
}

/* A day that was left open over night is closed late, not early. */
bool day_close_is_early(const struct terminal *terminal)
{
    const struct chain *chain = &terminal->chain;
    uint64_t now = terminal_vote_time(terminal);
    int32_t day = day_of(terminal, now);

    return terminal->is_installed && chain->is_open &&
           now < terminal->package.closes &&
           day == day_of(terminal, chain->opened_time) &&
           minute_of(terminal, now) <
               election_hours_of(&terminal->election, day).to;
}

/* Somebody else than the one who unlocked. */
static enum aula_code check_second(struct terminal *terminal,
                                   const struct official *second,
                                   const char *doing, struct aula_error *err)
{
    uint8_t *master;
    size_t index = 0;
    enum aula_code code;

    if (second == NULL) {
        return aula_fail(err, AULA_KEY_SLOT,
                         "%s takes the passphrase of a second official", doing);
    }
    master = sodium_malloc(KEYSLOT_MASTER_BYTES);
    if (master == NULL) {
        return aula_fail(err, AULA_MEMORY, "no locked memory for a key");
    }
    code = terminal_try(terminal, master, &index, second, err);
    sodium_free(master);
    if (code == AULA_OK) {
        code = terminal_note_lock(terminal, err);
    }
    if (code == AULA_OK && index == terminal->official) {
        code = aula_fail(err, AULA_KEY_SLOT,
                         "%s takes a second official: this one has unlocked "
                         "the terminal",
                         doing);
    }
    return code;
}

static enum aula_code check_setup(const struct terminal *terminal,
                                  struct aula_error *err)
{
    const struct package *package = &terminal->package;
    uint64_t time = terminal_vote_time(terminal);

    if (time < package->opens || time > package->closes) {
        return aula_fail(err, AULA_TIME_OUTSIDE_WINDOW,
                         "the voting has not begun yet, or is over");
    }
    if (!terminal->has_tag_key) {
        return aula_fail(err, AULA_TAG_KEY, "the tag key was destroyed");
    }
    if (!terminal->kit.has_guests && !terminal->has_roll) {
        return aula_fail(err, AULA_ROLL_MISSING,
                         "the kit admits nobody who is not on a roll, and "
                         "there is no roll");
    }
    return tag_compare_key(terminal->secrets->tag_key, package->tag_key_check,
                           err);
}

static enum aula_code record_opened(struct terminal *terminal,
                                    const uint8_t *digest,
                                    struct aula_error *err)
{
    const struct terminal_day fresh = {0};
    uint8_t bytes[RECORD_OPENED_BYTES];
    struct record_place place =
        terminal_next_place(terminal, terminal_vote_time(terminal));
    size_t size = record_make_opened(bytes, &place, digest);
    enum aula_code code = store_begin(terminal->store, err);

    if (code == AULA_OK) {
        code = terminal_put_day(terminal, &fresh, err);
        if (code != AULA_OK) {
            store_rollback(terminal->store);
        }
    }
    if (code == AULA_OK) {
        code = terminal_record(terminal, bytes, size, err);
    }
    if (code == AULA_OK) {
        terminal->day = fresh;
    }
    return code;
}

enum aula_code day_open(struct terminal *terminal,
                        const uint8_t digest[static RECORD_DIGEST_BYTES],
                        const struct official *second, struct aula_error *err)
{
    bool is_second;
    enum aula_code code = terminal_may(terminal, TERMINAL_DO_OPEN, err);

    if (code == AULA_OK) {
        code = terminal_has_room(terminal, err);
    }
    if (code == AULA_OK) {
        code = check_setup(terminal, err);
    }
    is_second = code == AULA_OK && day_opening_is_second(terminal);
    if (is_second) {
        code = check_second(terminal, second, "opening the same day again",
                            err);
    }
    if (code == AULA_OK) {
        code = terminal_hold_reserve(terminal, err);
    }
    if (code == AULA_OK && is_second) {
        code = terminal_event(terminal, RECORD_REOPENED, 0, err);
    }
    if (code == AULA_OK) {
        code = record_opened(terminal, digest, err);
    }
    terminal_flush_events(terminal);
    return code;
}

static enum aula_code record_closed(struct terminal *terminal,
                                    struct aula_error *err)
{
    uint8_t bytes[RECORD_CLOSED_BYTES];
    struct record_counts counts = {
        terminal->chain.cast, terminal->chain.challenged, terminal->day.issued,
        terminal->day.unfinished};
    struct record_place place =
        terminal_next_place(terminal, clock_now(&terminal->clock));
    size_t size = record_make_closed(bytes, &place, &counts);
    enum aula_code code = store_begin(terminal->store, err);

    return code == AULA_OK ? terminal_record(terminal, bytes, size, err) : code;
}

static enum aula_code record_close(struct terminal *terminal, bool is_early,
                                   struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    if (is_early && !terminal->chain.is_early) {
        code = terminal_event(terminal, RECORD_EARLY_CLOSE, 0, err);
    }
    return code == AULA_OK ? record_closed(terminal, err) : code;
}

enum aula_code day_close(struct terminal *terminal,
                         const struct official *second, struct aula_error *err)
{
    bool is_early;
    enum aula_code code = terminal_may(terminal, TERMINAL_DO_CLOSE, err);

    if (code == AULA_OK && terminal->session.is_there) {
        code = aula_fail(err, AULA_STATE,
                         "close: somebody is checked in: end the session "
                         "first");
    }
    is_early = code == AULA_OK && day_close_is_early(terminal);
    if (is_early) {
        code = check_second(terminal, second, "closing early", err);
    }
    if (code == AULA_OK) {
        code = record_close(terminal, is_early, err);
    }
    if (code == AULA_FULL &&
        terminal_release_reserve(terminal, err) == AULA_OK) {
        code = record_close(terminal, is_early, err);
    }
    terminal_flush_events(terminal);
    return code;
}
