/* SPDX-License-Identifier: Apache-2.0 */
/* The voter roll (PROTOCOL.md 5.3): who may vote in which contest, as tags. It
 * is in no batch and never on the board.
 *
 *   "AULV" 1 PH 32 u32 number u32 count, count x (tag 32, u16 contest or
 *   0xFFFF = any), SIGN(office, "sig-roll", all before)
 *   strictly ascending by tag as byte string, then contest as number
 */
#ifndef AULA_ROLL_H
#define AULA_ROLL_H

#include <stdbool.h>

#include "certificate.h"
#include "kit.h"

enum {
    ROLL_HEAD_BYTES = 45,
    ROLL_ROW_BYTES = 34,
    ROLL_ANY_CONTEST = 0xFFFF,
    ROLL_BYTES_MAX = 512 * 1024 * 1024
};

#define ROLL_BYTES(count) ((size_t)109 + (size_t)ROLL_ROW_BYTES * (count))

/* A checked roll; the rows are in its bytes. */
struct roll {
    uint32_t number; /* from 1 */
    uint32_t count;
    const uint8_t *rows;
};

struct roll_row {
    uint8_t tag[TAG_BYTES];
    uint16_t contest;
};

/** Bring rows into the order of a roll, and drop repeated ones.
 *
 *  Returns: how many are left
 */
size_t roll_sort(struct roll_row *rows, size_t count);

/** Make a roll.
 *
 *  Returns: AULA_OK
 *           AULA_BAD_FIELD   number 0, or a contest that is not there
 *           AULA_TOO_LARGE   above ROLL_BYTES_MAX; nothing is touched
 *           AULA_ROLL_ORDER  the rows are not in order
 *  Out:     file    ROLL_BYTES(count), unspecified on failure
 *  In:      office  signing key of the office, secret
 */
AULA_MUST_CHECK enum aula_code
roll_make(uint8_t *file, const struct package *package,
          const uint8_t office[static SIGN_SECRET_BYTES], uint32_t number,
          const struct roll_row *rows, uint32_t count, struct aula_error *err);

/** Check a roll.
 *
 *  Returns: AULA_OK, or the first failed check: those of 2.2,
 *           AULA_WRONG_ELECTION, AULA_BAD_FIELD (number 0), AULA_TRUNCATED,
 *           AULA_TRAILING_BYTES, AULA_SIG_INVALID, then row by row
 *           AULA_BAD_FIELD (contest) and AULA_ROLL_ORDER; AULA_ROLL_OLD (number
 *           below `installed`)
 *  Out:     roll       on success only; points into `bytes`
 *  In:      installed  number of the roll that is there, 0 for none
 */
AULA_MUST_CHECK enum aula_code
roll_check(struct roll *roll, const struct package *package, uint32_t installed,
           const uint8_t *bytes, size_t size, struct aula_error *err);

/** Look into a roll that passed roll_check before, and has been kept safe: no
 *  check is made again. */
struct roll roll_view(const uint8_t *bytes);

/** Has a tag a row for this contest, or for any? */
bool roll_has(const struct roll *roll, const uint8_t tag[static TAG_BYTES],
              uint16_t contest);

/** May this tag vote in this contest at this terminal?
 *
 *  Returns: AULA_OK, or the first of
 *           AULA_REC_CONTEST_TERMINAL  not offered here
 *           AULA_ROLL_MISSING  no guests and no roll: the day cannot be opened
 *           AULA_NOT_ON_ROLL   no guests, and not on the roll
 *  In:      roll  NULL for none
 */
AULA_MUST_CHECK enum aula_code
roll_admit(const struct certificate *certificate, const struct kit *kit,
           const struct roll *roll, const uint8_t tag[static TAG_BYTES],
           uint16_t contest, struct aula_error *err);

#endif
