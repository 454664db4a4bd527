/* SPDX-License-Identifier: Apache-2.0 */
/* The end of a ballot (PROTOCOL.md 7.2, step 8): recorded, opened or forgotten.
 * Whatever comes of it, its secrets are wiped. */
#include "session.h"

#include <sodium.h>

#include "session_inside.h"

/* The signed record of the prepared ballot. */
static size_t make_record(uint8_t *bytes, const struct terminal *terminal,
                          enum record_kind kind)
{
    const struct prepared *ballot = &terminal->ballot;
    const struct terminal_secrets *secrets = terminal->secrets;
    bool is_cast = kind == RECORD_CAST;
    struct record_place place = terminal_next_place(terminal, ballot->time);
    struct record_ballot parts = {
        .contest = ballot->contest,
        .voter = is_cast ? secrets->tag : ballot->tagc,
        .nonce = is_cast ? secrets->nonce : secrets->seed,
        .ciphertext = ballot->ciphertext,
        .proof = ballot->proof};

    return is_cast ? record_make_cast(bytes, &place, &parts)
                   : record_make_challenged(bytes, &place, &parts,
                                            secrets->plaintext);
}

/* The session with one more ballot cast. */
static struct session after_cast(const struct terminal *terminal,
                                 uint16_t contest)
{
    struct session session = terminal->session;

    session.cast++;
    for (size_t i = 0; i < session.count; i++) {
        session.is_cast[i] = session.is_cast[i] ||
                             session.contests[i] == contest;
    }
    return session;
}

static enum aula_code use_up(struct terminal *terminal,
                             const struct session *session, uint16_t contest,
                             struct aula_error *err)
{
    uint8_t key[STORE_VOTER_BYTES];
    enum aula_code code;

    session_voter(key, terminal, terminal->secrets->tag, contest);
    code = store_add_voter(terminal->store, key, terminal->chain.seq + 1, err);
    if (code == AULA_OK) {
        code = session_put(terminal, terminal->secrets->tag, session, err);
    }
    return code;
}

static enum aula_code end_ballot(struct terminal *terminal,
                                 enum record_kind kind, struct aula_error *err)
{
    uint8_t bytes[RECORD_BYTES_MAX];
    uint16_t contest = terminal->ballot.contest;
    struct session after = after_cast(terminal, contest);
    uint64_t seq = terminal->chain.seq;
    size_t size = make_record(bytes, terminal, kind);
    enum aula_code code = store_begin(terminal->store, err);

    terminal_wipe_ballot(terminal);
    if (code == AULA_OK && kind == RECORD_CAST) {
        code = use_up(terminal, &after, contest, err);
        if (code != AULA_OK) {
            store_rollback(terminal->store);
        }
    }
    if (code == AULA_OK) {
        code = terminal_record(terminal, bytes, size, err);
    }
    /* Also when it could only not be read back. */
    if (kind == RECORD_CAST && terminal->chain.seq > seq) {
        terminal->session = after;
    }
    if (code == AULA_FULL || code == AULA_IO) {
        terminal_wait(terminal, RECORD_FAULT, (uint64_t)code);
    }
    sodium_memzero(bytes, sizeof bytes);
    terminal_flush_events(terminal);
    return code;
}

static enum aula_code end(struct terminal *terminal, enum record_kind kind,
                          struct aula_error *err)
{
    enum aula_code code;

    if (terminal->ballot.is_there) {
        return end_ballot(terminal, kind, err);
    }
    code = terminal_may(terminal, TERMINAL_DO_CAST, err);
    return code == AULA_OK
               ? aula_fail(err, AULA_STATE, "cast: no ballot is prepared")
               : code;
}

enum aula_code session_cast(struct terminal *terminal, struct aula_error *err)
{
    return end(terminal, RECORD_CAST, err);
}

enum aula_code session_challenge(struct terminal *terminal,
                                 struct aula_error *err)
{
    return end(terminal, RECORD_CHALLENGED, err);
}

void session_drop(struct terminal *terminal)
{
    terminal_wipe_ballot(terminal);
    terminal_flush_events(terminal);
}
