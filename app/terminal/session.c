/* SPDX-License-Identifier: Apache-2.0 */
/* Check-in, and leaving; see session.h. */
#include "session.h"

#include <sodium.h>
#include <string.h>

#include "session_inside.h"

static enum aula_code look_at(struct terminal *terminal,
                              enum session_standing *standing, uint16_t contest,
                              struct aula_error *err)
{
    uint8_t key[STORE_VOTER_BYTES];
    const uint8_t *tag = terminal->secrets->found_tag;
    uint64_t seq = 0;
    enum aula_code code = roll_admit(&terminal->certificate, &terminal->kit,
                                     terminal->has_roll ? &terminal->roll
                                                        : NULL,
                                     tag, contest, NULL);

    if (code != AULA_OK) {
        *standing = code == AULA_REC_CONTEST_TERMINAL ? SESSION_NOT_OFFERED
                                                      : SESSION_NOT_ON_ROLL;
        return AULA_OK;
    }
    session_voter(key, terminal, tag, contest);
    code = store_find_voter(terminal->store, &seq, key, err);
    *standing = seq == 0 ? SESSION_FREE : SESSION_VOTED;
    return code;
}

static enum aula_code look_at_all(struct terminal *terminal,
                                  struct session_lookup *lookup,
                                  struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    *lookup = (struct session_lookup){.has_roll = terminal->has_roll};
    for (uint16_t i = 0; code == AULA_OK && i < terminal->package.contest_count;
         i++) {
        code = look_at(terminal, &lookup->contests[i], i, err);
        lookup->free += lookup->contests[i] == SESSION_FREE ? 1 : 0;
        lookup->is_on_roll =
            lookup->is_on_roll ||
            (terminal->has_roll &&
             roll_has(&terminal->roll, terminal->secrets->found_tag, i));
    }
    return code;
}

static enum aula_code may_check_in(struct terminal *terminal,
                                   struct aula_error *err)
{
    enum aula_code code = terminal_may(terminal, TERMINAL_DO_CHECK_IN, err);

    if (code == AULA_OK && terminal->session.is_there) {
        code = aula_fail(err, AULA_STATE,
                         "check-in: somebody is checked in: end that session "
                         "first");
    }
    return code;
}

enum aula_code session_look_up(struct terminal *terminal,
                               struct session_lookup *lookup, const char *typed,
                               size_t typed_size, struct aula_error *err)
{
    struct terminal_secrets *secrets = terminal->secrets;
    const struct package *package = &terminal->package;
    enum aula_code code = may_check_in(terminal, err);

    terminal->has_found = false;
    sodium_memzero(secrets->found_tag, TAG_BYTES);
    if (code == AULA_OK) {
        code = tag_make(secrets->found_tag, secrets->tag_key, package->hash,
                        package->id_scheme, package->tag_stretch, typed,
                        typed_size, err);
    }
    if (code == AULA_OK) {
        code = look_at_all(terminal, lookup, err);
    }
    terminal->has_found = code == AULA_OK;
    return code;
}

/* The contests that are free, of those that staff chose. */
static enum aula_code choose(struct terminal *terminal, struct session *session,
                             const uint16_t *contests, size_t count,
                             struct aula_error *err)
{
    size_t voted = 0;
    size_t asked = contests == NULL ? terminal->package.contest_count : count;

    for (size_t i = 0; i < asked; i++) {
        uint16_t contest = contests == NULL ? (uint16_t)i : contests[i];
        enum session_standing standing = SESSION_NOT_OFFERED;
        enum aula_code code = AULA_OK;

        if (contest < terminal->package.contest_count &&
            (contests == NULL || i == 0 || contest > contests[i - 1])) {
            code = look_at(terminal, &standing, contest, err);
        }
        if (code != AULA_OK) {
            return code;
        }
        if (contests != NULL && standing == SESSION_NOT_OFFERED) {
            return aula_fail(err, AULA_REC_CONTEST_TERMINAL,
                             "check-in: contest %u is not offered here",
                             contest);
        }
        voted += standing == SESSION_VOTED ? 1 : 0;
        if (standing == SESSION_FREE) {
            session->contests[session->count++] = contest;
        }
    }
    if (session->count > 0) {
        return AULA_OK;
    }
    return voted > 0 ? aula_fail(err, AULA_DUPLICATE_VOTER,
                                 "check-in: this person has voted here")
                     : aula_fail(err, AULA_NOT_ON_ROLL,
                                 "check-in: this person is not on the roll");
}

static uint32_t ballots_left(const struct terminal *terminal,
                             const struct session *session)
{
    uint32_t left = 0;

    if (terminal->package.one_per == PACKAGE_ONE_PER_ELECTION) {
        return session->cast == 0 ? 1 : 0;
    }
    for (size_t i = 0; i < session->count; i++) {
        left += session->is_cast[i] ? 0 : 1;
    }
    return left;
}

static enum aula_code begin(struct terminal *terminal,
                            const struct session *session,
                            const struct terminal_day *day,
                            struct aula_error *err)
{
    enum aula_code code = store_begin(terminal->store, err);

    if (code == AULA_OK) {
        code = session_put(terminal, terminal->secrets->found_tag, session,
                           err);
    }
    if (code == AULA_OK) {
        code = terminal_put_day(terminal, day, err);
    }
    if (code == AULA_OK) {
        code = store_commit(terminal->store, err);
    }
    if (code != AULA_OK) {
        store_rollback(terminal->store);
    }
    return code;
}

enum aula_code session_admit(struct terminal *terminal,
                             const uint16_t *contests, size_t count,
                             struct aula_error *err)
{
    struct session session = {.is_there = true, .seq = terminal->chain.seq};
    struct terminal_day day = terminal->day;
    enum aula_code code = may_check_in(terminal, err);

    if (code == AULA_OK && !terminal->has_found) {
        code = aula_fail(err, AULA_STATE, "check-in: nobody was looked up");
    }
    if (code == AULA_OK) {
        code = choose(terminal, &session, contests, count, err);
    }
    day.issued++;
    day.entitled += ballots_left(terminal, &session);
    if (code == AULA_OK) {
        code = begin(terminal, &session, &day, err);
    }
    if (code == AULA_OK) {
        terminal->session = session;
        terminal->day = day;
        memcpy(terminal->secrets->tag, terminal->secrets->found_tag, TAG_BYTES);
    }
    terminal->has_found = false;
    sodium_memzero(terminal->secrets->found_tag, TAG_BYTES);
    return code;
}

bool session_has_left(const struct terminal *terminal, size_t place)
{
    const struct session *session = &terminal->session;

    return !session->is_cast[place] &&
           (session->cast == 0 ||
            terminal->package.one_per == PACKAGE_ONE_PER_CONTEST);
}

size_t session_left(const struct terminal *terminal, uint16_t *contests)
{
    const struct session *session = &terminal->session;
    size_t left = 0;

    for (size_t i = 0; session->is_there && i < session->count; i++) {
        if (session_has_left(terminal, i)) {
            if (contests != NULL) {
                contests[left] = session->contests[i];
            }
            left++;
        }
    }
    return left;
}

static enum aula_code finish(struct terminal *terminal,
                             const struct terminal_day *day,
                             struct aula_error *err)
{
    enum aula_code code = store_begin(terminal->store, err);

    if (code == AULA_OK) {
        code = store_drop_item(terminal->store, ITEM_SESSION, err);
    }
    if (code == AULA_OK) {
        code = terminal_put_day(terminal, day, err);
    }
    if (code == AULA_OK) {
        code = store_commit(terminal->store, err);
    }
    if (code != AULA_OK) {
        store_rollback(terminal->store);
    }
    return code;
}

enum aula_code session_leave(struct terminal *terminal, bool *was_cast,
                             struct aula_error *err)
{
    bool has_cast = terminal->session.cast > 0;
    struct terminal_day day = terminal->day;
    enum aula_code code = terminal_may(terminal, TERMINAL_DO_LEAVE, err);

    if (code == AULA_OK && !terminal->session.is_there) {
        code = aula_fail(err, AULA_STATE, "leave: nobody is checked in");
    }
    if (code != AULA_OK) {
        return code;
    }
    session_drop(terminal);
    day.finished += has_cast ? 1 : 0;
    day.unfinished += has_cast ? 0 : 1;
    day.unused += ballots_left(terminal, &terminal->session);
    code = finish(terminal, &day, err);
    if (code != AULA_OK) {
        return code;
    }
    terminal->day = day;
    terminal->session = (struct session){0};
    sodium_memzero(terminal->secrets->tag, TAG_BYTES);
    if (was_cast != NULL) {
        *was_cast = has_cast;
    }
    return AULA_OK;
}
