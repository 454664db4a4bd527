/* SPDX-License-Identifier: Apache-2.0 */
/* The one error type of the house.
 *
 * `enum aula_code` tells a program what to do; its names are those of
 * PROTOCOL.md, so that a refusal reads the same in a test vector, in a log and
 * in the output of `verify`. `struct aula_error` adds one line for the log.
 * That line never carries a choice, an identifier, a key or a passphrase.
 *
 * This file includes nothing of ours and everyone may include it.
 */
#ifndef AULA_BASE_ERROR_H
#define AULA_BASE_ERROR_H

/* The one extension of C17 that the house allows: a result that may not be
 * ignored. */
#if defined(__GNUC__)
#define AULA_MUST_CHECK __attribute__((warn_unused_result))
#else
#define AULA_MUST_CHECK
#endif

/* Every named refusal, in the order of PROTOCOL.md, then those of the machine
 * around us. The list is one macro so that name and number cannot part. */
#define AULA_CODES(X)                                                          \
    X(OK)                                                                      \
    X(TOO_LARGE)                                                               \
    X(TRUNCATED)                                                               \
    X(BAD_MAGIC)                                                               \
    X(BAD_VERSION)                                                             \
    X(BAD_FIELD)                                                               \
    X(TRAILING_BYTES)                                                          \
    X(SIG_INVALID)                                                             \
    X(POINT_INVALID)                                                           \
    X(POINT_IDENTITY)                                                          \
    X(SCALAR_INVALID)                                                          \
    X(WRONG_ELECTION)                                                          \
    X(DKG_PARAMS)                                                              \
    X(DKG_INDEX)                                                               \
    X(DKG_KEY)                                                                 \
    X(DKG_POP)                                                                 \
    X(DKG_KEY_REUSE)                                                           \
    X(DKG_TRANSCRIPT)                                                          \
    X(DKG_SEAL)                                                                \
    X(DKG_SHARE)                                                               \
    X(PKG_OFFICE_KEY)                                                          \
    X(PKG_CONTEST)                                                             \
    X(PKG_KEY_MISMATCH)                                                        \
    X(PKG_CONFIRM)                                                             \
    X(CONTENT_MANIFEST)                                                        \
    X(CONTENT_FILE)                                                            \
    X(CERT_TERMINAL_ID)                                                        \
    X(CERT_CONTEST)                                                            \
    X(KIT_SEAL)                                                                \
    X(KIT_OLD)                                                                 \
    X(ROLL_ORDER)                                                              \
    X(ROLL_OLD)                                                                \
    X(NOT_ON_ROLL)                                                             \
    X(ROLL_MISSING)                                                            \
    X(REGISTER_ORDER)                                                          \
    X(PT_EMBED)                                                                \
    X(PT_COUNTER)                                                              \
    X(PT_PADDING)                                                              \
    X(PT_LIMIT)                                                                \
    X(PT_RANK)                                                                 \
    X(TAG_FORMAT)                                                              \
    X(TAG_CHECK_DIGIT)                                                         \
    X(TAG_KEY)                                                                 \
    X(BALLOT_PROOF)                                                            \
    X(CHALLENGE_MISMATCH)                                                      \
    X(CODE_FORMAT)                                                             \
    X(CODE_CHECK)                                                              \
    X(REC_KIND)                                                                \
    X(REC_CONTEST)                                                             \
    X(REC_SEQ)                                                                 \
    X(REC_UNKNOWN_TERMINAL)                                                    \
    X(CHAIN_START)                                                             \
    X(REC_CONTEST_TERMINAL)                                                    \
    X(TIME_OUTSIDE_WINDOW)                                                     \
    X(DAY_STATE)                                                               \
    X(DUPLICATE_VOTER)                                                         \
    X(WITNESS_MISSING)                                                         \
    X(STORE_BEHIND)                                                            \
    X(STORE_FORK)                                                              \
    X(WITNESS_STALE)                                                           \
    X(BATCH_CERT)                                                              \
    X(BATCH_COUNT)                                                             \
    X(BATCH_RANGE)                                                             \
    X(BATCH_HEAD)                                                              \
    X(REVOKED)                                                                 \
    X(FORK)                                                                    \
    X(VOTED_ELSEWHERE)                                                         \
    X(RULING_INVALID)                                                          \
    X(ELSEWHERE_ORDER)                                                         \
    X(CLOSING_EARLY)                                                           \
    X(CLOSING_MISMATCH)                                                        \
    X(APPROVE_TRUSTEE)                                                         \
    X(APPROVE_CLOSING)                                                         \
    X(APPROVE_TOO_FEW)                                                         \
    X(MIX_CONTEST)                                                             \
    X(MIX_ORDER)                                                               \
    X(MIX_TRUSTEE)                                                             \
    X(MIX_SIZE)                                                                \
    X(MIX_INPUT)                                                               \
    X(MIX_SMALL)                                                               \
    X(MIX_PROOF)                                                               \
    X(MIX_TOO_FEW)                                                             \
    X(DEC_CONTEST)                                                             \
    X(DEC_TRUSTEE)                                                             \
    X(DEC_SIZE)                                                                \
    X(DEC_INPUT)                                                               \
    X(DEC_PROOF)                                                               \
    X(DEC_JOURNAL)                                                             \
    X(DEC_TOO_FEW)                                                             \
    X(RESULT_MISMATCH)                                                         \
    X(BOARD_FILES)                                                             \
    X(KEY_OPEN)                                                                \
    X(KEY_WEAK)                                                                \
    X(KEY_SLOT)                                                                \
    X(BATCH_SEAL)                                                              \
    X(BATCH_STREAM)                                                            \
    X(BATCH_TRUNCATED)                                                         \
    X(STORE_KEY)                                                               \
    X(STORE_DAMAGED)                                                           \
    X(STORE_BUSY)                                                              \
    X(STATE)                                                                   \
    X(SOURCE)                                                                  \
    X(FULL)                                                                    \
    X(IO)                                                                      \
    X(MEMORY)                                                                  \
    X(THREADS)

#define AULA_CODE_ENUM(name) AULA_##name,
enum aula_code { AULA_CODES(AULA_CODE_ENUM) AULA_CODE_COUNT };
#undef AULA_CODE_ENUM

enum { AULA_MESSAGE_BYTES = 200 };

struct aula_error {
    enum aula_code code;
    char message[AULA_MESSAGE_BYTES]; /* one line, NUL-terminated */
};

/** The name of a code as PROTOCOL.md writes it, for instance "BAD_FIELD".
 *
 *  Returns: a constant string; "?" for a number that is no code
 */
const char *aula_code_name(enum aula_code code);

/** Fill an error and hand its code back, so that a failure is one statement.
 *
 *  Returns: `code`
 *  Out:     err     may be NULL: then only the code is returned
 *  In:      format  printf's; the line is cut at AULA_MESSAGE_BYTES - 1
 */
enum aula_code aula_fail(struct aula_error *err, enum aula_code code,
                         const char *format, ...);

#endif
