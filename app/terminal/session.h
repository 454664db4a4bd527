/* SPDX-License-Identifier: Apache-2.0 */
/* One resident at the terminal: check-in, ballots, leaving (PROTOCOL.md section
 * 7, and "a session" of section 9).
 *
 *   look up   what was typed becomes a tag, at once
 *   admit     the session begins; staff say for which contests, if not all
 *   prepare   a ballot is encrypted and its code shown
 *   cast / challenge / drop   it is recorded, opened, or forgotten
 *   leave     the session ends; unfinished when nothing was cast
 *
 * A power cut leaves the session as it was, and forgets the ballot that was not
 * recorded; staff let the resident go on, or end the session.
 */
#ifndef AULA_SESSION_H
#define AULA_SESSION_H

#include "code.h"
#include "terminal.h"

/* What the terminal knows of a tag and one contest. */
enum session_standing {
    SESSION_FREE,        /* may vote */
    SESSION_NOT_OFFERED, /* not in the certificate */
    SESSION_NOT_ON_ROLL, /* no guests, and no row */
    SESSION_VOTED        /* recorded here already */
};

struct session_lookup {
    bool has_roll;
    bool is_on_roll; /* has a row of whatever contest */
    size_t free;     /* contests that are SESSION_FREE */
    enum session_standing contests[PACKAGE_CONTESTS_MAX];
};

/** Turn an identifier into its tag, keep the tag, and say what is known of it.
 *  Nothing is recorded. The caller wipes what was typed.
 *
 *  Returns: AULA_OK
 *           AULA_STATE  no day is open, somebody is checked in, paused, or the
 *                       clock is not confirmed
 *           AULA_TAG_FORMAT, AULA_TAG_CHECK_DIGIT, AULA_MEMORY, AULA_IO,
 *           AULA_STORE_DAMAGED
 */
AULA_MUST_CHECK enum aula_code
session_look_up(struct terminal *terminal, struct session_lookup *lookup,
                const char *typed, size_t typed_size, struct aula_error *err);

/** Begin the session of whom was looked up last.
 *
 *  Returns: AULA_OK
 *           AULA_STATE            nobody was looked up
 *           AULA_DUPLICATE_VOTER  recorded here already, in all of them
 *           AULA_NOT_ON_ROLL      not for any of them
 *           AULA_REC_CONTEST_TERMINAL  one that is not offered here
 *           AULA_FULL, AULA_IO, AULA_MEMORY, AULA_STORE_DAMAGED
 *  In:      contests  `count` of them, ascending, that staff chose; those that
 *                     are not free are left out. NULL and 0: all that are free
 */
AULA_MUST_CHECK enum aula_code session_admit(struct terminal *terminal,
                                             const uint16_t *contests,
                                             size_t count,
                                             struct aula_error *err);

/** How many ballots this session has left, and of which contests.
 *
 *  Returns: how many; 0 also without a session
 *  Out:     contests  PACKAGE_CONTESTS_MAX; may be NULL
 */
size_t session_left(const struct terminal *terminal, uint16_t *contests);

/* A ballot whose code is shown. */
struct session_ballot {
    uint16_t contest;
    uint64_t seq;
    uint64_t time;
    uint8_t hash[BALLOT_CODE_HASH_BYTES];
    char code[CODE_TEXT_BYTES];
    char qr[CODE_QR_BYTES];
    bool equals_opened; /* the same choices as one that this session opened, and
                           that will be public: warn once */
};

/** Encrypt a ballot. One that was prepared before is forgotten.
 *
 *  Returns: AULA_OK
 *           AULA_DAY_STATE  no day is open
 *           AULA_STATE  no session; paused; the clock is not confirmed
 *           AULA_REC_CONTEST_TERMINAL, AULA_NOT_ON_ROLL  not a contest of this
 *                       session
 *           AULA_DUPLICATE_VOTER      its ballot was cast
 *           AULA_TIME_OUTSIDE_WINDOW
 *           AULA_PT_PADDING, AULA_PT_LIMIT, AULA_PT_RANK
 *           AULA_REC_SEQ              the chain is full
 *           AULA_MEMORY
 *  In:      plaintext  copied to locked memory; the caller wipes its own
 */
AULA_MUST_CHECK enum aula_code
session_prepare(struct terminal *terminal, struct session_ballot *ballot,
                uint16_t contest, const uint8_t *plaintext, size_t size,
                struct aula_error *err);

/** Record the prepared ballot. After AULA_OK it is durable, and its choices are
 *  wiped; after anything else it is not recorded, and wiped too.
 *
 *  Returns: AULA_OK
 *           AULA_STATE  none is prepared
 *           AULA_DUPLICATE_VOTER, AULA_FULL, AULA_IO, AULA_STORE_DAMAGED,
 *           AULA_MEMORY
 */
AULA_MUST_CHECK enum aula_code session_cast(struct terminal *terminal,
                                            struct aula_error *err);

/** Open the prepared ballot instead: a challenged record with its choices,
 * which will be public. The same returns. */
AULA_MUST_CHECK enum aula_code session_challenge(struct terminal *terminal,
                                                 struct aula_error *err);

/** Forget the prepared ballot, and record the events that waited for it. */
void session_drop(struct terminal *terminal);

/** End the session.
 *
 *  Returns: AULA_OK; AULA_STATE without one; AULA_FULL, AULA_IO,
 *           AULA_STORE_DAMAGED, AULA_MEMORY
 *  Out:     was_cast  did it record a ballot? May be NULL
 */
AULA_MUST_CHECK enum aula_code session_leave(struct terminal *terminal,
                                             bool *was_cast,
                                             struct aula_error *err);

/** The code of a recorded ballot again, after a power cut.
 *
 *  Returns: AULA_OK; AULA_STATE when that is no ballot; AULA_STORE_DAMAGED
 */
AULA_MUST_CHECK enum aula_code session_shown(struct terminal *terminal,
                                             struct session_ballot *ballot,
                                             uint64_t seq,
                                             struct aula_error *err);

#endif
