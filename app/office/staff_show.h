/* SPDX-License-Identifier: Apache-2.0 */
/* What several commands of `aula terminal` show. */
#ifndef AULA_STAFF_SHOW_H
#define AULA_STAFF_SHOW_H

#include "session.h"
#include "staff.h"

/** Which terminal this is: its label and its id. */
void staff_show_terminal(const struct staff *staff);

/** That the chain has ended, and why. */
void staff_show_ended(const struct staff *staff);

/** What is installed: the election, whether it is a rehearsal, the code of its
 *  package, the contests that are offered, kit and roll. Nothing where nothing
 *  is. */
void staff_show_setup(const struct staff *staff);

/** A hash as people compare it. */
void staff_show_code(const struct staff *staff, const char *key,
                     const char *label, const uint8_t hash[static HASH_BYTES]);

/** A ballot: its code, number, contest, date and time. */
void staff_show_ballot(struct staff *staff,
                       const struct session_ballot *ballot);

/** The day's counts, in ballots and sessions. */
void staff_show_counts(const struct staff *staff,
                       const struct record_counts *counts);

/** "contest 2 (Large houses)" for people. */
enum { STAFF_CONTEST_BYTES = 240 };
void staff_name_contest(char name[static STAFF_CONTEST_BYTES],
                        const struct staff *staff, uint16_t contest);

#endif
