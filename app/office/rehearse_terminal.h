/* SPDX-License-Identifier: Apache-2.0 */
/* One terminal of a rehearsal, from blank to the last export, through the same
 * calls that staff and screen make. Its clock stands where the plan puts it.
 *
 *   morning  the clock is confirmed where it has to be, the day opens
 *   ballots  check-in, ballot, cast, out; each fiftieth resident opens a first
 *            ballot, of drawn choices, before casting the own one
 *   visitors on the last day, where the scene has them (rehearse_visitor.c)
 *   evening  the day closes, and what it brought is exported
 *
 * Before the second day it is switched off and on, so that a start from the
 * disk is rehearsed too. Nothing is less durable than in a hall.
 */
#ifndef AULA_REHEARSE_TERMINAL_H
#define AULA_REHEARSE_TERMINAL_H

#include "rehearse_certify.h"
#include "rehearse_hall.h"
#include "rehearse_plan.h"
#include "rehearse_visitor.h"
#include "rehearse_votes.h"
#include "terminal.h"

enum {
    REHEARSE_TERMINALS_MAX = 64,
    REHEARSE_SHARE_MAX = 1000000, /* ballots of one, below RECORD_SEQ_MAX */
    REHEARSE_CHALLENGE_ONE_IN = 50
};

/* What is the same for all of them. */
struct rehearse_scene {
    const struct rehearse_election *election;
    const struct rehearse_votes *votes;
    const struct rehearse_plan *plan;
    const struct passphrase *passphrase; /* of the staff */
    struct rehearse_hall *hall;
    const char *stick; /* a folder */
    unsigned terminals;
    bool has_visitors;                   /* rehearse_visitor.h */
    uint8_t digest[RECORD_DIGEST_BYTES]; /* of the program */
};

/* What a part took, in microseconds: of time, and of the processor, which is
 * time without waiting for the disk or for other programs. */
struct rehearse_time {
    uint64_t us;
    uint64_t work_us;
};

/* Where the time went. */
enum rehearse_part {
    REHEARSE_CHECK_IN, /* look up and admit: a transaction */
    REHEARSE_PREPARE,  /* embed, encrypt, prove, write the code */
    REHEARSE_RECORD,   /* sign, a transaction, the witness */
    REHEARSE_LEAVE,    /* a transaction */
    REHEARSE_DAYS,     /* opening, closing, exporting, the restart */
    REHEARSE_ALL,
    REHEARSE_PARTS
};

struct rehearse_terminal {
    const struct rehearse_scene *scene;
    unsigned number; /* from 1 */
    char folder[PLACE_BYTES];
    uint64_t now; /* its clock, unix seconds */
    struct terminal *terminal;
    struct rehearse_papers papers;
    uint64_t cast;
    uint64_t challenged;
    uint64_t visits[REHEARSE_VISITS]; /* by kind */
    uint64_t last_seq;
    uint32_t batches;
    struct rehearse_time times[REHEARSE_PARTS];
};

/** Set it up in its folder and open it: then it has a request.
 *
 *  Returns: AULA_OK, codes of setup_make and terminal_open
 *  Out:     made   all but the papers; on failure it is closed as well
 *  Owner:   rehearse_terminal_close
 */
AULA_MUST_CHECK enum aula_code
rehearse_terminal_make(struct rehearse_terminal *made,
                       const struct rehearse_scene *scene, unsigned number,
                       const char *folder, struct aula_error *err);

/** Install what the office answered (papers), then go through all days.
 *
 *  Returns: AULA_OK, codes of setup_install, day.h, session.h and transfer.h,
 *           AULA_STATE (another terminal failed)
 */
AULA_MUST_CHECK enum aula_code
rehearse_terminal_run(struct rehearse_terminal *terminal,
                      struct aula_error *err);

/** Accepts one that is all zero. What it counted stays. */
void rehearse_terminal_close(struct rehearse_terminal *terminal);

/** This moment, to measure from. */
struct rehearse_time rehearse_time_now(void);

/** Add what has passed since `start` to a part, and begin again. */
void rehearse_time_lap(struct rehearse_terminal *terminal,
                       enum rehearse_part part, struct rehearse_time *start);

/** One resident with ballot `place` of the votes (rehearse_ballot.c). */
AULA_MUST_CHECK enum aula_code
rehearse_ballot(struct rehearse_terminal *terminal, size_t place,
                bool is_challenged, struct aula_error *err);

/** Check in the voter of a place, for one contest.
 *
 *  Returns: codes of session_look_up and session_admit
 */
AULA_MUST_CHECK enum aula_code
rehearse_check_in(struct rehearse_terminal *terminal, uint64_t voter,
                  uint16_t contest, struct aula_error *err);

/** Cast a ballot of whoever is checked in, and leave. */
AULA_MUST_CHECK enum aula_code rehearse_cast(struct rehearse_terminal *terminal,
                                             uint16_t contest,
                                             const uint8_t *plaintext,
                                             struct aula_error *err);

/** All visitors of this terminal (rehearse_visitor.c). */
AULA_MUST_CHECK enum aula_code
rehearse_visit(struct rehearse_terminal *terminal, struct aula_error *err);

#endif
