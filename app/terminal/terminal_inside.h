/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the terminal share. Not for use outside of this folder. */
#ifndef AULA_TERMINAL_INSIDE_H
#define AULA_TERMINAL_INSIDE_H

#include "ballot.h"
#include "chain.h"
#include "election.h"
#include "manifest.h"
#include "place.h"
#include "request.h"
#include "roll.h"
#include "seal.h"
#include "store.h"
#include "terminal.h"
#include "terminal_clock.h"
#include "terminal_items.h"
#include "witness.h"

enum {
    TERMINAL_DAY_BYTES = 20,
    TERMINAL_KIT_BYTES = 5,
    TERMINAL_EVENTS_MAX = 16, /* that wait for a ballot's end */
    /* Two places are left for faults of that end itself. */
    TERMINAL_WAITING_MAX = TERMINAL_EVENTS_MAX - 2,
    /* Records that are kept free for the end of a chain: closing, exports. */
    TERMINAL_SEQ_SPARE = 64
};

/* All that is secret, in sodium_malloc memory. */
struct terminal_secrets {
    uint8_t master[KEYSLOT_MASTER_BYTES];
    uint8_t sign[SIGN_SECRET_BYTES];
    uint8_t transport[SEAL_SECRET_BYTES];
    uint8_t tag_key[TAG_KEY_BYTES];
    uint8_t found_tag[TAG_BYTES]; /* of whom was looked up last */
    uint8_t tag[TAG_BYTES];       /* of the session */
    uint8_t seed[BALLOT_SEED_BYTES];
    uint8_t nonce[TAG_NONCE_BYTES];
    uint8_t plaintext[PLAINTEXT_BYTES_MAX];
};

/* A session: who (secrets.tag), and which ballots are left. */
struct session {
    bool is_there;
    uint64_t seq; /* the chain's last one when it began */
    uint32_t cast;
    uint32_t count; /* of contests that it was admitted for */
    uint16_t contests[PACKAGE_CONTESTS_MAX];
    bool is_cast[PACKAGE_CONTESTS_MAX];
};

/* A ballot between its code and its end. */
struct prepared {
    bool is_there;
    uint16_t contest;
    uint64_t time;
    size_t width;
    size_t plaintext_size;
    uint8_t tagc[TAG_BYTES];
    uint8_t ciphertext[BALLOT_CIPHERTEXT_BYTES(PLAINTEXT_WIDTH_MAX)];
    uint8_t proof[BALLOT_PROOF_BYTES(PLAINTEXT_WIDTH_MAX)];
};

/* Since the opening, each counted when it happens: none is the difference of
 * others, or they could not be compared (report.h). */
struct terminal_day {
    uint32_t issued;     /* sessions that began */
    uint32_t unfinished; /* ended without a ballot cast */
    uint32_t finished;   /* ended with one */
    uint32_t entitled;   /* ballots that sessions could have cast */
    uint32_t unused;     /* of them, those left when a session ended */
};

struct terminal_event {
    enum record_event event;
    uint64_t value;
};

/* The clock against the chain: terminal_clock.c. */
struct terminal_time {
    enum terminal_clock_state state;
    uint64_t now;
    uint64_t last; /* what it was compared with */
    uint64_t confirmed;
    uint64_t seen;
    uint64_t base;
    uint64_t base_seq;
    uint64_t ahead;
    uint64_t kept_ahead; /* as the store has it */
};

struct terminal {
    char data[PLACE_BYTES];    /* DATA */
    char folder[PLACE_BYTES];  /* DATA/terminal */
    char witness[PLACE_BYTES]; /* the second place */
    struct clock clock;
    enum terminal_purpose purpose;
    struct officials officials;
    size_t official; /* slot of whom unlocked it */
    struct terminal_secrets *secrets;
    struct store *store;

    uint8_t key[SIGN_PUBLIC_BYTES];
    uint8_t tid[TERMINAL_ID_BYTES];
    uint8_t transport_public[SEAL_PUBLIC_BYTES];
    uint8_t request[REQUEST_BYTES_MAX];
    size_t request_size;
    struct request request_view;

    uint8_t *package_bytes;
    size_t package_size;
    struct package package;
    uint8_t *certificate_bytes;
    size_t certificate_size;
    struct certificate certificate;
    struct kit kit;
    uint8_t *roll_bytes;
    size_t roll_size;
    struct roll roll;
    struct ballot_key *ballot_key;
    uint8_t *manifest_bytes;
    size_t manifest_size;
    struct manifest manifest;
    struct election election; /* election.json */

    struct chain chain; /* what is durable */
    struct chain next;  /* with the record of the open transaction */
    struct terminal_day day;
    enum aula_code ended;
    struct terminal_time time;

    struct session session;
    struct prepared ballot;
    struct terminal_event waiting[TERMINAL_EVENTS_MAX];
    size_t waiting_count;

    bool is_unwitnessed;  /* the last record's witness could not be written */
    bool was_interrupted; /* when it was opened */
    bool is_noted;        /* event 1 or 2 of this start is recorded */
    bool is_uncounted;    /* the disk takes no count of tries */
    bool was_locked;      /* by wrong passphrases, before it was opened */
    bool is_installed;    /* package, certificate, kit and content are there */
    bool has_tag_key;
    bool has_roll;
    bool is_stale;
    bool is_paused;
    bool has_found; /* found_tag is somebody's */
};

/** The terminal's folders.
 *
 *  Returns: AULA_OK, or AULA_BAD_FIELD (too long)
 */
AULA_MUST_CHECK enum aula_code
terminal_places(struct terminal *terminal, const struct terminal_place *place,
                struct aula_error *err);

/** Let an official try a passphrase; wrong ones are counted (tries.h).
 *
 *  Returns: AULA_OK, or a code of tries_may or officials_open
 *  Out:     master      KEYSLOT_MASTER_BYTES, on success only
 *           index       of the slot, likewise
 *           was_locked  of the terminal: event 4 is due
 *  Owner:   `master` is the caller's, in sodium_malloc memory
 */
AULA_MUST_CHECK enum aula_code terminal_try(struct terminal *terminal,
                                            uint8_t *master, size_t *index,
                                            const struct official *official,
                                            struct aula_error *err);

/** Event 4, when it is due; then the wrong tries are forgotten. */
AULA_MUST_CHECK enum aula_code terminal_note_lock(struct terminal *terminal,
                                                  struct aula_error *err);

/** The key of the store follows from the master key. */
void terminal_store_key(uint8_t key[static STORE_KEY_BYTES],
                        const uint8_t master[static KEYSLOT_MASTER_BYTES]);

enum terminal_state terminal_state_of(const struct terminal *terminal);

/** May this be done now? State, end of the chain, and what staff must confirm
 *  first.
 *
 *  Returns: AULA_OK, AULA_STATE, or why the chain has ended
 */
AULA_MUST_CHECK enum aula_code terminal_may(struct terminal *terminal,
                                            enum terminal_command command,
                                            struct aula_error *err);

/** Read all items of an installed terminal, or find that it is only requested.
 *
 *  Returns: AULA_OK, AULA_STORE_DAMAGED (an item that cannot be), AULA_MEMORY,
 *           AULA_IO
 */
AULA_MUST_CHECK enum aula_code terminal_load(struct terminal *terminal,
                                             struct aula_error *err);

/** Read what setup_install stores, in place of what was there. Frees it with
 *  terminal_unload.
 *
 *  Returns: as terminal_load
 */
AULA_MUST_CHECK enum aula_code terminal_load_setup(struct terminal *terminal,
                                                   struct aula_error *err);
void terminal_unload(struct terminal *terminal);

/** Walk the chain from its start, with every signature.
 *
 *  Returns: AULA_OK; AULA_STORE_DAMAGED; AULA_MEMORY, AULA_IO
 *  Out:     terminal->chain
 */
AULA_MUST_CHECK enum aula_code terminal_load_chain(struct terminal *terminal,
                                                   struct aula_error *err);

/** The comparison of 9.2: fills `ended` and `is_stale`, and writes the witness
 *  anew where the power went between commit and witness (not to look).
 *
 *  Returns: AULA_OK, AULA_FULL, AULA_IO or AULA_MEMORY
 */
AULA_MUST_CHECK enum aula_code terminal_load_witness(struct terminal *terminal,
                                                     struct aula_error *err);

/** Write the witness of the chain as it is.
 *
 *  Returns: AULA_OK, or a code of file_write
 */
AULA_MUST_CHECK enum aula_code terminal_write_witness(struct terminal *terminal,
                                                      struct aula_error *err);

/** Write a witness into a folder: the second place, or a stick. */
AULA_MUST_CHECK enum aula_code
terminal_put_witness(struct terminal *terminal, const struct package *package,
                     const struct chain *chain, const char *folder,
                     struct aula_error *err);

/** Compare a file that claims to be a witness of this terminal with the store.
 *  One that fails its checks counts as missing.
 *
 *  Returns: AULA_OK, AULA_WITNESS_MISSING, and those of witness_compare; or
 *           AULA_STORE_DAMAGED, AULA_IO
 */
AULA_MUST_CHECK enum aula_code
terminal_compare_witness(struct terminal *terminal, uint64_t *seq,
                         const char *folder, bool is_copy,
                         struct aula_error *err);

/** The chain has ended, now and after each further start: but for
 *  AULA_WITNESS_MISSING, which is found anew.
 *
 *  Returns: AULA_OK, AULA_FULL, AULA_IO, AULA_STORE_DAMAGED or AULA_MEMORY: it
 *           could not be kept; it has ended for this process all the same
 */
AULA_MUST_CHECK enum aula_code terminal_end_chain(struct terminal *terminal,
                                                  enum aula_code why,
                                                  struct aula_error *err);

/** The seq that the witness in a folder names, of the second place or a stick;
 * 0 without a good one. */
uint64_t terminal_witness_seq(const struct terminal *terminal,
                              const struct package *package,
                              const char *folder);

/** Place of the next record at `time`. */
struct record_place terminal_next_place(const struct terminal *terminal,
                                        uint64_t time);

/** Time of a record of kind 1, 2 or 3 now. */
uint64_t terminal_vote_time(const struct terminal *terminal);

/** Is there room for one more record of a ballot or an opening?
 *
 *  Returns: AULA_OK, or AULA_REC_SEQ
 */
AULA_MUST_CHECK enum aula_code
terminal_has_room(const struct terminal *terminal, struct aula_error *err);

/** End the open transaction with one record, made for terminal_next_place; then
 *  its witness is written. A witness that cannot be written takes nothing back:
 * the terminal pauses, and event 7 follows.
 *
 *  Returns: AULA_OK; AULA_FULL, AULA_IO, AULA_REC_SEQ, AULA_STORE_DAMAGED,
 *           AULA_MEMORY: the transaction is undone
 */
AULA_MUST_CHECK enum aula_code terminal_record(struct terminal *terminal,
                                               const uint8_t *bytes,
                                               size_t size,
                                               struct aula_error *err);

/** Record an event at once, with the clock as it stands. */
AULA_MUST_CHECK enum aula_code terminal_event(struct terminal *terminal,
                                              enum record_event event,
                                              uint64_t value,
                                              struct aula_error *err);

/** The same as the end of an open transaction, which is undone on failure. */
AULA_MUST_CHECK enum aula_code terminal_event_in(struct terminal *terminal,
                                                 enum record_event event,
                                                 uint64_t value,
                                                 struct aula_error *err);

/** Into the open transaction: staff know that the second place stands where it
 *  does. Until it moves, a start does not ask again; voting stays paused. */
AULA_MUST_CHECK enum aula_code
terminal_put_unwitnessed(struct terminal *terminal, struct aula_error *err);

/** Does the second place hold a head of this terminal for another election?
 *  For a first installation.
 *
 *  Returns: AULA_OK, AULA_WRONG_ELECTION (it does), or AULA_IO
 */
AULA_MUST_CHECK enum aula_code
terminal_check_unused(const struct terminal *terminal,
                      const struct package *package, struct aula_error *err);

/** Record the events that waited for a ballot's end. What cannot be recorded
 *  is dropped: the audit log never stands in the way of a vote. */
void terminal_flush_events(struct terminal *terminal);

/** Sessions of the day into the open transaction. */
AULA_MUST_CHECK enum aula_code terminal_put_day(struct terminal *terminal,
                                                const struct terminal_day *day,
                                                struct aula_error *err);

/** Which events 12 are due, into the open transaction: 3 at most. */
AULA_MUST_CHECK enum aula_code terminal_put_notes(struct terminal *terminal,
                                                  const uint32_t *values,
                                                  size_t count,
                                                  struct aula_error *err);

/** Record those that are due.
 *
 *  Returns: AULA_OK, also when there are none; else as terminal_record, and the
 *           rest stays due until the next start
 */
AULA_MUST_CHECK enum aula_code terminal_record_notes(struct terminal *terminal,
                                                     struct aula_error *err);

/** Events 1 or 2, and 3, of a start, and what is due: not for an ended or stale
 * chain, nor to look. */
AULA_MUST_CHECK enum aula_code terminal_start_events(struct terminal *terminal,
                                                     struct aula_error *err);

/** May an event be recorded?
 *
 *  Returns: AULA_OK, AULA_STATE, or why the chain has ended
 */
AULA_MUST_CHECK enum aula_code terminal_may_note(struct terminal *terminal,
                                                 struct aula_error *err);

/** Let an event wait; terminal_note lets no more wait than there is room for.
 */
void terminal_wait(struct terminal *terminal, enum record_event event,
                   uint64_t value);

/** The session item. */
AULA_MUST_CHECK enum aula_code terminal_load_session(struct terminal *terminal,
                                                     struct aula_error *err);

/** Hold space back on the terminal's disk, before each day.
 *
 *  Returns: AULA_OK, AULA_FULL or AULA_IO
 */
AULA_MUST_CHECK enum aula_code
terminal_hold_reserve(const struct terminal *terminal, struct aula_error *err);

/** Let it go: to unlock, close or export on a full disk.
 *
 *  Returns: AULA_OK or AULA_IO
 */
AULA_MUST_CHECK enum aula_code
terminal_release_reserve(const struct terminal *terminal,
                         struct aula_error *err);

/** Wipe the prepared ballot. */
void terminal_wipe_ballot(struct terminal *terminal);

#endif
