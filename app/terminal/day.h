/* SPDX-License-Identifier: Apache-2.0 */
/* Opening and closing a day of voting (PROTOCOL.md section 9).
 *
 * To open a day again that was closed, and to close before the hour that
 * the election names, takes a second official, and leaves event 11 or 10 in
 * front of the opening or the close.
 */
#ifndef AULA_DAY_H
#define AULA_DAY_H

#include "terminal.h"

/** Must a second official agree? */
bool day_opening_is_second(const struct terminal *terminal);
bool day_close_is_early(const struct terminal *terminal);

/** Open a day.
 *
 *  Returns: AULA_OK
 *           AULA_DAY_STATE           a day is open (of closing: none is)
 *           AULA_STATE               not installed; paused, or the clock
 *                                    is not confirmed
 *           AULA_TIME_OUTSIDE_WINDOW before or after the voting
 *           AULA_TAG_KEY             not the tag key of this election
 *           AULA_ROLL_MISSING        no guests and no roll
 *           AULA_KEY_SLOT            a second official is needed, and is
 *                                    missing or the same as the first
 *           AULA_KEY_OPEN            the second's passphrase is wrong
 *           AULA_FULL                the reserve cannot be held
 *           AULA_REC_SEQ, AULA_IO, AULA_MEMORY, AULA_STORE_DAMAGED
 *  In:      digest  of the program
 *           second  NULL for none
 */
AULA_MUST_CHECK enum aula_code
day_open(struct terminal *terminal,
         const uint8_t digest[static RECORD_DIGEST_BYTES],
         const struct official *second, struct aula_error *err);

/** Close the day.
 *
 *  Returns: as day_open where it applies; AULA_STATE also while somebody is
 *           checked in. The clock stops no close. On a full disk the reserve is
 *           let go
 */
AULA_MUST_CHECK enum aula_code day_close(struct terminal *terminal,
                                         const struct official *second,
                                         struct aula_error *err);

/** The digest of the program that runs, for the record of the opening.
 *
 *  Returns: AULA_OK, or AULA_IO
 */
AULA_MUST_CHECK enum aula_code
day_digest(uint8_t digest[static RECORD_DIGEST_BYTES], struct aula_error *err);

#endif
