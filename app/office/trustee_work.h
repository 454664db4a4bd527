/* SPDX-License-Identifier: Apache-2.0 */
/* What a trustee adds to a board that was checked (board.h): an approval, a mix
 * of a contest, a decryption of a contest. The commands say and ask; this
 * signs.
 *
 * 1. Before anything is signed the journal of the share has its entry of this
 *    election and this closing, flushed (journal.h); with another entry nothing
 *    is signed.
 * 2. What is written passes the check that the next reader will make of it: a
 *    machine that miscalculates is noticed here, and its trustee is not named
 * as one who cheats.
 * 3. Nothing on the board is ever replaced.
 * 4. Each run takes a seed of its own, which is nowhere written and is wiped.
 */
#ifndef AULA_TRUSTEE_WORK_H
#define AULA_TRUSTEE_WORK_H

#include <stdbool.h>
#include <stddef.h>

#include "board.h"
#include "trustee_seat.h"

enum { TRUSTEE_WORK_NAME_BYTES = 40 }; /* "decrypt/999/32.dec" */

/** Is this trustee's approval of the closing on the board? */
bool trustee_work_approved(const struct board *board,
                           const struct trustee_seat *seat);

/** May a closing be approved at all?
 *
 *  Returns: AULA_OK
 *           AULA_STATE          a finding is open
 *           AULA_CLOSING_EARLY  by the clock of this machine the voting is not
 *                               over
 *  In:      now  unix seconds
 */
AULA_MUST_CHECK enum aula_code
trustee_work_may_approve(const struct board *board, uint64_t now,
                         struct aula_error *err);

/** Approve the closing; only after a person compared it with what was
 *  published.
 *
 *  Returns: AULA_OK, codes of trustee_work_may_approve, journal_enter,
 *           file_make_folder and file_write_new
 *  Out:     name   of the file on the board
 *  In:      board  checked for BOARD_CLOSING
 *           seat   unlocked
 *           now    unix seconds
 */
AULA_MUST_CHECK enum aula_code
trustee_work_approve(char name[static TRUSTEE_WORK_NAME_BYTES],
                     const struct board *board, const struct trustee_seat *seat,
                     uint64_t now, struct aula_error *err);

/** Is there something for this trustee to mix in a contest?
 *
 *  In:      board  checked for BOARD_APPROVALS
 *           more   also where there are mixes enough: never once somebody has
 *                  decrypted the last one
 */
bool trustee_work_mixes(const struct board *board,
                        const struct trustee_seat *seat, size_t contest,
                        bool more);

/** Mix it.
 *
 *  Returns: AULA_OK, codes of mix_make; as above
 *           AULA_MIX_PROOF, .. what was made fails its own check
 *  In:      contest  trustee_work_mixes (asserted)
 */
AULA_MUST_CHECK enum aula_code
trustee_work_mix(char name[static TRUSTEE_WORK_NAME_BYTES],
                 const struct board *board, const struct trustee_seat *seat,
                 size_t contest, struct aula_error *err);

/** Is there something for this trustee to decrypt in a contest?
 *
 *  In:      board  checked for BOARD_MIXES
 */
bool trustee_work_decrypts(const struct board *board,
                           const struct trustee_seat *seat, size_t contest);

/** Decrypt it.
 *
 *  Returns: AULA_OK, codes of decrypt_make; as above
 *  In:      contest  trustee_work_decrypts (asserted)
 *           seat     unlocked with its share (asserted)
 */
AULA_MUST_CHECK enum aula_code
trustee_work_decrypt(char name[static TRUSTEE_WORK_NAME_BYTES],
                     const struct board *board, const struct trustee_seat *seat,
                     size_t contest, struct aula_error *err);

#endif
