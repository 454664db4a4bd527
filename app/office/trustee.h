/* SPDX-License-Identifier: Apache-2.0 */
/* A trustee's own folder, on the trustee's own machine, and the three steps
 * that it takes through a ceremony (ceremony.h).
 *
 *   sign.key, transport.key  its keys, behind one passphrase (AULK 4, 5)
 *   seed.key                 the ceremony seed (AULK 9), until it confirmed
 *   round1.bin, round2.bin,  what it handed out, to the byte
 *   confirm.bin
 *   share.key, journal.txt   its share of the election key (AULK 6, journal.h)
 *
 * 1. A step is done when its public file stands here: the keys before
 * round1.bin, share and journal before confirm.bin. What a step that was cut
 * off has left is made anew.
 * 2. A step that is done is never done again; its file is only handed out again
 *    where it is missing. So no second set of shares is ever dealt, and nobody
 *    learns two of them by exchanging files between two runs.
 * 3. Another file in the place of one that was handed out ends the ceremony.
 */
#ifndef AULA_TRUSTEE_H
#define AULA_TRUSTEE_H

#include <stdbool.h>
#include <stdint.h>

#include "ask.h"
#include "ceremony.h"
#include "error.h"
#include "place.h"

struct trustee {
    char folder[PLACE_BYTES];
    uint8_t index;                             /* 1..N, 0 before round 1 */
    struct ceremony_file done[CEREMONY_STEPS]; /* what it handed out */
};

/** Look into a trustee's folder.
 *
 *  Returns: AULA_OK, also when there is nothing yet: index is 0 then
 *           AULA_DKG_PARAMS  the folder is that of another ceremony
 *           AULA_STATE       a share, but not the files that it comes from
 *           a code of dkg_round1_check: round1.bin was altered
 *           AULA_IO, AULA_TOO_LARGE, AULA_MEMORY
 *  Owner:   trustee_close
 */
AULA_MUST_CHECK enum aula_code trustee_open(struct trustee **trustee,
                                            const struct ceremony *ceremony,
                                            const char *folder,
                                            struct aula_error *err);
void trustee_close(struct trustee *trustee); /* accepts NULL */

/** Was this step done? */
bool trustee_did(const struct trustee *trustee, enum ceremony_step step);

/** Hand out again what is missing in the shared folder; promise 3.
 *
 *  Returns: AULA_OK, or a code of ceremony_hand_out
 */
AULA_MUST_CHECK enum aula_code trustee_hand_out(const struct trustee *trustee,
                                                const struct ceremony *ceremony,
                                                struct aula_error *err);

/** Step 1: make keys and a seed, write the round 1 file, hand it out.
 *
 *  Returns: AULA_OK
 *           AULA_DKG_INDEX  the place is not 1..N
 *           AULA_BAD_FIELD  the name is no text of 1..64 bytes
 *           AULA_KEY_WEAK   the passphrase could not have been generated
 *           AULA_FULL, AULA_IO, AULA_MEMORY
 *  In:      trustee     has done nothing yet (asserted)
 *           name        NUL-terminated
 */
AULA_MUST_CHECK enum aula_code trustee_new(struct trustee *trustee,
                                           const struct ceremony *ceremony,
                                           uint8_t index, const char *name,
                                           const struct passphrase *passphrase,
                                           struct aula_error *err);

/** Step 2: seal a share to each other trustee. Only after people compared the
 *  code of round 1.
 *
 *  Returns: AULA_OK, a code of dkg_round2_make
 *           AULA_STATE     the keys are not those of round1.bin
 *           AULA_KEY_OPEN  wrong passphrase, or altered key file
 *           AULA_FULL, AULA_IO, AULA_MEMORY
 *  In:      trustee   did step 1 and not step 2 (asserted)
 *           ceremony  with all of round 1 (asserted)
 */
AULA_MUST_CHECK enum aula_code trustee_deal(struct trustee *trustee,
                                            const struct ceremony *ceremony,
                                            const struct passphrase *passphrase,
                                            struct aula_error *err);

/** Step 3: open the shares that were dealt, keep their sum, confirm the
 * outcome, and delete the seed.
 *
 *  Returns: AULA_OK
 *           a code of dkg_round2_open: the message names the file, and with it
 *           the trustee who is accused
 *           AULA_DKG_KEY, AULA_DKG_SHARE, AULA_KEY_OPEN
 *           AULA_STATE  the keys are not those of round1.bin, or a journal of
 *                       another key lies there
 *           AULA_FULL, AULA_IO, AULA_MEMORY
 *  Out:     accused   the trustee whose share is refused, 0 for nobody
 *  In:      trustee   did steps 1 and 2 and not step 3 (asserted)
 *           ceremony  with all of rounds 1 and 2, and its outcome
 *                     (ceremony_read_confirmations)
 */
AULA_MUST_CHECK enum aula_code
trustee_accept(struct trustee *trustee, uint8_t *accused,
               const struct ceremony *ceremony,
               const struct passphrase *passphrase, struct aula_error *err);

/** Delete the seed of a trustee that confirmed; the power may have gone before.
 *
 *  Returns: AULA_OK or AULA_IO, AULA_MEMORY
 */
AULA_MUST_CHECK enum aula_code
trustee_forget_seed(const struct trustee *trustee, struct aula_error *err);

#endif
