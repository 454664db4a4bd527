/* SPDX-License-Identifier: Apache-2.0 */
/* The terminal without its screen: kiosk and command line both stand on this.
 *
 *   DATA/terminal/       keys.1 keys.2 (officials.h), store.db (store.h),
 *                        reserve (reserve.h), tries
 *   DATA/terminal.part/  a set-up that was cut off; the next one clears it
 *   DATA/ended-TID/      a terminal whose chain has ended (recover.h)
 *   WITNESS/             the second place: aula-EID-TID.head (witness.h)
 *
 * Keys, package, content, roll and records are all inside the sealed store, so
 * that no file tells what the election is, who voted or what was chosen.
 *
 * 1. A record is one transaction, then its witness, then its caller is told.
 *    Nothing else is recorded between a ballot's code and its end (7.2.9):
 *    events wait.
 * 2. What the day counts follows from the chain; what the chain does not name
 *    (sessions) changes in the same transaction as the record that ends it.
 * 3. A chain that has ended (9.2) is never continued: `ended` of the status is
 *    then the code that every command but verify and recover gives.
 * 4. Choices, identifiers and passphrases stand in no message.
 *
 * Further headers: setup.h (request, install), day.h (open, close),
 * day_report.h (what hangs on the wall), session.h (check-in, ballots),
 * transfer.h (export), recover.h (verify, recover), custody.h (officials, the
 * end).
 */
#ifndef AULA_TERMINAL_H
#define AULA_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "certificate.h"
#include "clock.h"
#include "kit.h"
#include "officials.h"
#include "package.h"
#include "record.h"
#include "state.h"

/* Where a terminal lives, and its clock. */
struct terminal_place {
    const char *folder;  /* DATA */
    const char *witness; /* a folder, on another partition where there is one;
                            NULL: DATA/witness */
    struct clock clock;
};

struct terminal;

enum terminal_purpose {
    TERMINAL_WORK, /* events 1 or 2, and 3, are recorded */
    TERMINAL_LOOK  /* nothing is written, whatever is found */
};

/* What section 9 says of a wrong clock. */
enum terminal_clock_state {
    TERMINAL_CLOCK_OK,
    TERMINAL_CLOCK_BEHIND, /* by more than 60 s of the last vote or opening */
    TERMINAL_CLOCK_AHEAD   /* by more than 12 h of the last record */
};

/* What anyone at an unlocked terminal may see. */
struct terminal_status {
    enum terminal_state state;
    enum aula_code ended; /* AULA_OK, or why the chain has ended */
    bool is_stale;        /* the second place was not written (WITNESS_STALE):
                             confirm before anything else */
    bool was_interrupted; /* the last stop was unclean */
    bool is_paused;       /* a fault, or staff: no session, no ballot */
    bool has_session;     /* somebody is checked in */
    enum terminal_clock_state clock;
    uint64_t now;       /* the clock */
    uint64_t last_time; /* what it is compared with */

    uint8_t tid[TERMINAL_ID_BYTES];
    struct package_text label;             /* certificate's, else request's */
    const struct package *package;         /* NULL before the installation */
    const struct certificate *certificate; /* likewise */
    struct kit kit;
    uint32_t roll_number; /* 0: none */
    uint32_t roll_count;

    uint64_t last_seq;
    struct record_counts day; /* since the last opening */
    uint64_t opened_time;     /* of the last opening; 0: none */
    uint64_t closed_time;     /* of the last close; 0: none */
    uint64_t closed_seq;
    uint8_t closed_hash[HASH_BYTES]; /* its code is the closing code */
    uint64_t total_cast;
    uint64_t total_challenged;
    uint64_t ballot_seq; /* the last ballot, when no close follows it: after a
                            power cut its code is shown again; 0: none */
    uint32_t exports;    /* number of the last batch */
};

/** Unlock and start a terminal: the whole chain is checked, and compared with
 *  its witness.
 *
 *  Returns: AULA_OK  also when the chain has ended, or must be confirmed:
 *                    the status says so
 *           AULA_STATE          blank
 *           AULA_KEY_OPEN       wrong passphrase, or too many of them: wait
 *           AULA_KEY_SLOT       nobody of that name; a stick is missing
 *           AULA_STORE_KEY      other key slots than the store knows of
 *           AULA_STORE_BUSY     another process has it open
 *           AULA_STORE_DAMAGED  the store, or its chain, is damaged: recover
 *           AULA_BAD_FIELD, AULA_FULL, AULA_IO, AULA_MEMORY
 *  Out:     terminal  on success only
 *  In:      place     copied
 *           official  who unlocks; not kept
 *  Owner:   terminal_close
 */
AULA_MUST_CHECK enum aula_code terminal_open(struct terminal **terminal,
                                             const struct terminal_place *place,
                                             const struct official *official,
                                             enum terminal_purpose purpose,
                                             struct aula_error *err);

/** Wipe and close; a ballot that was not cast is gone, and the events that
 *  waited for its end are recorded; a session stays. Accepts NULL. */
void terminal_close(struct terminal *terminal);

/** The state of a folder without a key: blank, or TERMINAL_REQUESTED for
 *  anything that only a passphrase can tell. */
enum terminal_state terminal_look(const struct terminal_place *place);

/** Out: status; its pointers hold until the terminal changes or closes */
void terminal_status(struct terminal *terminal, struct terminal_status *status);

/** Read a file of the content, checked against its manifest.
 *
 *  Returns: AULA_OK
 *           AULA_STATE         no package is installed
 *           AULA_CONTENT_FILE  there is no such file, or it is another one
 *           AULA_STORE_DAMAGED, AULA_IO, AULA_MEMORY
 *  Owner:   store_free_item(bytes, size)
 */
AULA_MUST_CHECK enum aula_code terminal_content(struct terminal *terminal,
                                                uint8_t **bytes, size_t *size,
                                                const char *path,
                                                struct aula_error *err);

/** Staff saw that the second place was not written, and go on: event 7, and the
 *  witness is written anew.
 *
 *  Returns: AULA_OK; AULA_STATE when there is nothing to confirm; as
 *           terminal_note
 */
AULA_MUST_CHECK enum aula_code
terminal_confirm_witness(struct terminal *terminal, struct aula_error *err);

/** Staff compared the clock with the last record and go on: event 6 where it is
 *  behind.
 *
 *  Returns: AULA_OK; AULA_STATE when there is nothing to confirm; as
 *           terminal_note
 */
AULA_MUST_CHECK enum aula_code terminal_confirm_clock(struct terminal *terminal,
                                                      struct aula_error *err);

/** Pause (event 8) and resume (event 9). While paused there is no check-in and
 *  no ballot.
 *
 *  Returns: AULA_OK; AULA_STATE: it is paused, or is not; as terminal_note
 */
AULA_MUST_CHECK enum aula_code terminal_pause(struct terminal *terminal,
                                              struct aula_error *err);
AULA_MUST_CHECK enum aula_code terminal_resume(struct terminal *terminal,
                                               struct aula_error *err);

/** Record an event, or let it wait for the end of the ballot that is shown.
 *  Where too many wait already that ballot is forgotten, and its code void.
 *  That its value is one of 9.1, and says nothing of a resident, is the
 *  caller's (asserted).
 *
 *  Returns: AULA_OK
 *           AULA_STATE    the chain does not stand yet, or must be confirmed
 *           its code      the chain has ended
 *           AULA_REC_SEQ  the chain is full
 *           AULA_FULL, AULA_IO, AULA_STORE_DAMAGED, AULA_MEMORY  nothing was
 *                         recorded
 */
AULA_MUST_CHECK enum aula_code terminal_note(struct terminal *terminal,
                                             enum record_event event,
                                             uint64_t value,
                                             struct aula_error *err);

#endif
