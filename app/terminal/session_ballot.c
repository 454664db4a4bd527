/* SPDX-License-Identifier: Apache-2.0 */
/* A ballot up to its code (PROTOCOL.md 7.2, steps 1 to 7). */
#include "session.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "session_inside.h"

void terminal_wipe_ballot(struct terminal *terminal)
{
    struct terminal_secrets *secrets = terminal->secrets;

    sodium_memzero(secrets->seed, sizeof secrets->seed);
    sodium_memzero(secrets->nonce, sizeof secrets->nonce);
    sodium_memzero(secrets->plaintext, sizeof secrets->plaintext);
    sodium_memzero(&terminal->ballot, sizeof terminal->ballot);
}

static enum aula_code check_contest(const struct terminal *terminal,
                                    uint16_t contest, struct aula_error *err)
{
    const struct session *session = &terminal->session;

    if (!session->is_there) {
        return aula_fail(err, AULA_STATE, "cast: nobody is checked in");
    }
    for (size_t i = 0; i < session->count; i++) {
        if (session->contests[i] == contest) {
            return session_has_left(terminal, i)
                       ? AULA_OK
                       : aula_fail(err, AULA_DUPLICATE_VOTER,
                                   "cast: this ballot was cast already");
        }
    }
    return aula_fail(err,
                     certificate_offers(&terminal->certificate, contest)
                         ? AULA_NOT_ON_ROLL
                         : AULA_REC_CONTEST_TERMINAL,
                     "cast: this session has no ballot of contest %u", contest);
}

static enum aula_code check_time(const struct terminal *terminal,
                                 struct aula_error *err)
{
    uint64_t time = terminal_vote_time(terminal);

    if (time < terminal->package.opens || time > terminal->package.closes) {
        return aula_fail(err, AULA_TIME_OUTSIDE_WINDOW,
                         "the voting has not begun yet, or is over");
    }
    return terminal_has_room(terminal, err);
}

/* What has just been opened and is public is compared as such; only what was
 * typed now is a secret. */
struct comparing {
    const struct terminal *terminal;
    bool is_equal;
};

static enum aula_code compare(void *context, const struct store_record *row,
                              struct aula_error *err)
{
    struct comparing *comparing = context;
    const struct terminal *terminal = comparing->terminal;
    const struct prepared *ballot = &terminal->ballot;
    struct record record;
    enum aula_code code = record_read(&record, &terminal->package, row->bytes,
                                      row->size);

    if (code != AULA_OK) {
        return aula_fail(err, AULA_STORE_DAMAGED, "record %llu: %s",
                         (unsigned long long)row->seq, aula_code_name(code));
    }
    if (record.kind == RECORD_CHALLENGED && record.contest == ballot->contest &&
        sodium_memcmp(record.plaintext, terminal->secrets->plaintext,
                      ballot->plaintext_size) == 0) {
        comparing->is_equal = true;
    }
    return AULA_OK;
}

static enum aula_code equals_opened(bool *is_equal, struct terminal *terminal,
                                    struct aula_error *err)
{
    struct comparing comparing = {terminal, false};
    enum aula_code code = AULA_OK;

    if (terminal->chain.seq > terminal->session.seq) {
        code = store_walk_records(terminal->store, terminal->session.seq + 1,
                                  terminal->chain.seq, compare, &comparing,
                                  err);
    }
    *is_equal = comparing.is_equal;
    return code;
}

static void context_of(uint8_t context[static BALLOT_CONTEXT_BYTES],
                       const struct terminal *terminal)
{
    const struct prepared *ballot = &terminal->ballot;
    struct ballot_place place = {.package_hash = terminal->package.hash,
                                 .key = terminal->package.key,
                                 .contest = ballot->contest,
                                 .width = (uint8_t)ballot->width,
                                 .tid = terminal->tid,
                                 .seq = terminal->chain.seq + 1,
                                 .time = ballot->time,
                                 .prev = terminal->chain.hash,
                                 .tagc = ballot->tagc};

    ballot_context(context, &place);
}

/* Steps 1 to 6, again with a new seed where that is asked for. */
static enum aula_code encrypt(struct terminal *terminal,
                              uint8_t hash[static BALLOT_CODE_HASH_BYTES],
                              struct aula_error *err)
{
    struct terminal_secrets *secrets = terminal->secrets;
    struct prepared *ballot = &terminal->ballot;
    const struct plaintext_rule *rule =
        &terminal->package.contests[ballot->contest].rule;
    uint8_t context[BALLOT_CONTEXT_BYTES];
    enum aula_code code;

    do {
        randombytes_buf(secrets->seed, sizeof secrets->seed);
        randombytes_buf(secrets->nonce, sizeof secrets->nonce);
        tag_bind(ballot->tagc, secrets->nonce, secrets->tag);
        context_of(context, terminal);
        code = ballot_encrypt(ballot->ciphertext, ballot->proof,
                              terminal->ballot_key, context, rule,
                              secrets->plaintext, ballot->plaintext_size,
                              secrets->seed, err);
    } while (code == AULA_SCALAR_INVALID);
    if (code == AULA_OK) {
        ballot_code_hash(hash, context, ballot->width, ballot->ciphertext,
                         ballot->proof);
    }
    return code;
}

static void show(struct session_ballot *shown, const struct terminal *terminal,
                 uint16_t contest, uint64_t seq, uint64_t time)
{
    struct code_qr qr = {.seq = seq};

    shown->contest = contest;
    shown->seq = seq;
    shown->time = time;
    memcpy(qr.hash, shown->hash, sizeof qr.hash);
    memcpy(qr.tid, terminal->tid, sizeof qr.tid);
    code_write(shown->code, shown->hash);
    code_qr_write(shown->qr, CODE_HEAD_BALLOT, &qr);
}

static enum aula_code prepare(struct terminal *terminal,
                              struct session_ballot *shown, uint16_t contest,
                              const uint8_t *plaintext, size_t size,
                              struct aula_error *err)
{
    const struct plaintext_rule *rule =
        &terminal->package.contests[contest].rule;
    struct prepared *ballot = &terminal->ballot;
    enum aula_code code = plaintext_check(rule, plaintext, size);

    if (code != AULA_OK) {
        return aula_fail(err, code,
                         "cast: the choices break the rules of "
                         "this ballot");
    }
    memcpy(terminal->secrets->plaintext, plaintext, size);
    ballot->contest = contest;
    ballot->plaintext_size = size;
    ballot->width = plaintext_width(rule);
    ballot->time = terminal_vote_time(terminal);
    code = equals_opened(&shown->equals_opened, terminal, err);
    if (code == AULA_OK) {
        code = encrypt(terminal, shown->hash, err);
    }
    if (code == AULA_OK) {
        show(shown, terminal, contest, terminal->chain.seq + 1, ballot->time);
        ballot->is_there = true;
    }
    return code;
}

enum aula_code session_prepare(struct terminal *terminal,
                               struct session_ballot *ballot, uint16_t contest,
                               const uint8_t *plaintext, size_t size,
                               struct aula_error *err)
{
    struct session_ballot shown = {0};
    enum aula_code code;

    session_drop(terminal);
    code = terminal_may(terminal, TERMINAL_DO_CAST, err);
    if (code == AULA_OK) {
        code = check_contest(terminal, contest, err);
    }
    if (code == AULA_OK) {
        code = check_time(terminal, err);
    }
    if (code == AULA_OK) {
        code = prepare(terminal, &shown, contest, plaintext, size, err);
    }
    if (code != AULA_OK) {
        terminal_wipe_ballot(terminal);
        return code;
    }
    *ballot = shown;
    return AULA_OK;
}

enum aula_code session_shown(struct terminal *terminal,
                             struct session_ballot *ballot, uint64_t seq,
                             struct aula_error *err)
{
    struct store_record *row;
    struct session_ballot shown = {0};
    struct record record;
    enum aula_code code;

    if (!terminal->is_installed || seq == 0 || seq > terminal->chain.seq) {
        return aula_fail(err, AULA_STATE, "there is no such record");
    }
    row = calloc(1, sizeof *row);
    if (row == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory for a record");
    }
    code = store_read_record(terminal->store, row, seq, err);
    if (code == AULA_OK && record_read(&record, &terminal->package, row->bytes,
                                       row->size) != AULA_OK) {
        code = aula_fail(err, AULA_STORE_DAMAGED, "record %llu is damaged",
                         (unsigned long long)seq);
    }
    if (code == AULA_OK && record.kind != RECORD_CAST &&
        record.kind != RECORD_CHALLENGED) {
        code = aula_fail(err, AULA_STATE, "record %llu is no ballot",
                         (unsigned long long)seq);
    }
    if (code == AULA_OK) {
        record_code_hash(shown.hash, &record, &terminal->package);
        show(&shown, terminal, record.contest, record.seq, record.time);
        *ballot = shown;
    }
    free(row);
    return code;
}
