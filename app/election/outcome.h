/* SPDX-License-Identifier: Apache-2.0 */
/* What the decryption of all contests gave (PROTOCOL.md 11.4 and 13), and the
 * signed file that says it: `result.bin`. Which projects win is no part of it:
 * rules are run on the valid ballots of it (tally.h).
 *
 *   "AULO" 1 PH 32 u16 contests, each:
 *     u8 status u32 N u32 valid
 *     N x (u8 code, P bytes: the ballot, zeros if invalid) where COUNTED
 *   SIGN(office, "sig-result", all before)
 *
 * The file follows from the board: there is one for each, to the byte. So it is
 * checked by making it again, and made twice it is the same.
 */
#ifndef AULA_OUTCOME_H
#define AULA_OUTCOME_H

#include "decrypt.h"
#include "package.h"
#include "pool.h"

enum { OUTCOME_HEAD_BYTES = 39, OUTCOME_CONTEST_BYTES = 9 };

enum outcome_status {
    OUTCOME_EMPTY = 0,
    OUTCOME_COUNTED = 1,
    OUTCOME_WITHHELD_SMALL = 2
};

/* The first byte of a row: 0 for a valid ballot, else why it is none. */
enum outcome_code {
    OUTCOME_VALID,
    OUTCOME_EMBED,
    OUTCOME_COUNTER,
    OUTCOME_PADDING,
    OUTCOME_LIMIT,
    OUTCOME_RANK
};

struct outcome_contest {
    enum outcome_status status;
    uint32_t count;      /* N: counted ballots */
    uint32_t valid;      /* of them; 0 unless COUNTED */
    const uint8_t *rows; /* `count` of outcome_row_size() in the order of the
                            last mix; NULL unless COUNTED */
};

/** Is a contest with so many counted ballots opened? */
enum outcome_status outcome_status(const struct package *package,
                                   uint32_t counted);

/** How PROTOCOL.md writes it: "EMPTY", "COUNTED", "WITHHELD_SMALL". */
const char *outcome_status_name(enum outcome_status status);

/** Bytes of a row: the code and P. */
size_t outcome_row_size(const struct plaintext_rule *rule);

/** Combine the decryptions of a contest and read its ballots.
 *
 *  Returns: AULA_OK
 *           AULA_DEC_TOO_FEW  fewer than `threshold` distinct parts
 *           AULA_POINT_INVALID, AULA_POINT_IDENTITY  a point of list or part
 *           AULA_MEMORY
 *  Out:     rows   count x outcome_row_size(); unspecified on failure
 *           valid  how many of them are, on success only
 *  In:      parts  `part_count` checked parts, at most DECRYPT_TRUSTEES_MAX,
 *                  in any order, no trustee twice
 */
AULA_MUST_CHECK enum aula_code outcome_open(uint8_t *rows, uint32_t *valid,
                                            struct pool *pool,
                                            const struct plaintext_rule *rule,
                                            const struct decrypt_input *input,
                                            const struct decrypt_part *parts,
                                            size_t part_count, size_t threshold,
                                            struct aula_error *err);

/** Bytes of the file; `contests` are those of the package, in its order. */
size_t outcome_size(const struct package *package,
                    const struct outcome_contest *contests);

/** Write the signed file.
 *
 *  Out:     file    outcome_size() bytes
 *  In:      office  signing key of the office, secret
 */
void outcome_make(uint8_t *file, const struct package *package,
                  const struct outcome_contest *contests,
                  const uint8_t office[static SIGN_SECRET_BYTES]);

/** Check a result file against what the board gives.
 *
 *  Returns: AULA_OK, or the first failed check: those of 2.2,
 *           AULA_WRONG_ELECTION, AULA_BAD_FIELD (another number of contests
 *           than the package has, a status that is none), AULA_TRUNCATED,
 *           AULA_TRAILING_BYTES, AULA_SIG_INVALID, AULA_RESULT_MISMATCH
 */
AULA_MUST_CHECK enum aula_code
outcome_check(const struct package *package,
              const struct outcome_contest *contests, const uint8_t *bytes,
              size_t size, struct aula_error *err);

#endif
