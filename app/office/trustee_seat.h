/* SPDX-License-Identifier: Apache-2.0 */
/* A trustee at a board: which of the package's trustees a folder belongs to
 * (trustee.h), and its keys while they are in use.
 *
 * The folder is the trustee's own and the board a stranger's: the keys that are
 * opened have to be those that the package names, or nothing is signed. */
#ifndef AULA_TRUSTEE_SEAT_H
#define AULA_TRUSTEE_SEAT_H

#include <stdbool.h>
#include <stdint.h>

#include "ask.h"
#include "package.h"
#include "place.h"

struct trustee_seat {
    char folder[PLACE_BYTES];
    uint8_t index; /* v, from 1; 0 before trustee_seat_find */

    /* trustee_seat_unlock; in sodium_malloc memory */
    uint8_t *sign_secret; /* SIGN_SECRET_BYTES */
    uint8_t *share; /* x_v, GROUP_SCALAR_BYTES; NULL where it was not asked for
                     */
};

/** Who is this? Nothing secret is touched.
 *
 *  Returns: AULA_OK
 *           AULA_STATE  no trustee of this election: the folder has no
 *                       round1.bin, or that of another ceremony
 *           codes of file_read and dkg_round1_check
 *  Out:     seat  to be left whatever the result
 */
AULA_MUST_CHECK enum aula_code trustee_seat_find(struct trustee_seat *seat,
                                                 const char *folder,
                                                 const struct package *package,
                                                 struct aula_error *err);

/** Open the signing key, and the share where it is needed: a derivation each.
 *
 *  Returns: AULA_OK
 *           AULA_KEY_OPEN  wrong passphrase, or altered key file
 *           AULA_STATE     not the keys that the package names
 *           codes of file_read; AULA_MEMORY
 *  In:      seat  found before (asserted), and not unlocked
 */
AULA_MUST_CHECK enum aula_code
trustee_seat_unlock(struct trustee_seat *seat, const struct package *package,
                    const struct passphrase *passphrase, bool with_share,
                    struct aula_error *err);

/** Wipe and free. Accepts one that is all zero. */
void trustee_seat_leave(struct trustee_seat *seat);

#endif
