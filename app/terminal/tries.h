/* SPDX-License-Identifier: Apache-2.0 */
/* Wrong passphrases at a terminal, and how long they make everyone wait.
 *
 *   1st .. 4th   no wait
 *   5th          15 s, doubled by each further one
 *   15th ..      locked out: 4 hours each; the next right one leaves event 4
 *
 * The count stands in `tries` of the terminal's folder, so that it survives a
 * power cut:
 *
 *   offset  size  field
 *        0     4  count of wrong passphrases
 *        4     8  time of the last one, unix seconds; 0: a right one came
 *                   after it, and event 4 is due
 *
 * 1. A try is counted before it is made, and taken back when it was right: to
 *    pull the plug gains none.
 * 2. A clock that was set back makes the whole wait begin anew, once: it
 *    neither ends a wait nor makes it longer than it is here.
 *
 * This slows down fingers at the keypad, and nobody else: whoever can set the
 * clock forward, or delete the file, can also carry the disk away, and then
 * only the cost of a key slot and a stick stand in the way (keyslot.h).
 */
#ifndef AULA_TRIES_H
#define AULA_TRIES_H

#include <stdbool.h>
#include <stdint.h>

#include "error.h"

enum {
    TRIES_BYTES = 12,
    TRIES_FREE = 5, /* and then the waits begin */
    TRIES_LOCKED = 15,
    TRIES_WAIT_S = 15,
    TRIES_LOCKED_WAIT_S = 4 * 3600
};

/** May somebody try a passphrase now?
 *
 *  Returns: AULA_OK
 *           AULA_KEY_OPEN  not yet; the message says how many seconds to wait
 *           AULA_FULL, AULA_IO, AULA_MEMORY  the count cannot be kept, so no
 *           AULA_BAD_FIELD the folder's path is too long
 *  In:      folder  DATA/terminal
 *           now     the clock
 */
AULA_MUST_CHECK enum aula_code tries_may(const char *folder, uint64_t now,
                                         struct aula_error *err);

/** Count a try as a wrong one, before it is made.
 *
 *  Returns: AULA_OK, or a code of tries_may: then no passphrase is tried
 */
AULA_MUST_CHECK enum aula_code tries_failed(const char *folder, uint64_t now,
                                            struct aula_error *err);

/** The try that was counted last was right: nobody has to wait any more.
 *
 *  Returns: AULA_OK, or a code of tries_may: they still stand
 *  Out:     was_locked  were there so many that event 4 is due? Then they are
 *                       kept, without a wait, until tries_forget: a power cut
 *                       before the event does not lose it. On success only
 */
AULA_MUST_CHECK enum aula_code tries_right(const char *folder, bool *was_locked,
                                           struct aula_error *err);

/** Event 4 is recorded: forget all of them.
 *
 *  Returns: AULA_OK, or a code of tries_may
 */
AULA_MUST_CHECK enum aula_code tries_forget(const char *folder,
                                            struct aula_error *err);

#endif
