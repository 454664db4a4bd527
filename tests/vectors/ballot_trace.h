/* SPDX-License-Identifier: Apache-2.0 */
/* A ballot made again from the inputs of a case, with everything on the way:
 * cases of ballot.json and ballots of wide.json. */
#ifndef AULA_VECTORS_BALLOT_TRACE_H
#define AULA_VECTORS_BALLOT_TRACE_H

#include "ballot.h"
#include "package.h"
#include "trial.h"

struct ballot_trace {
    size_t width;
    uint64_t seq;
    uint8_t tid[16];
    uint8_t tag[32];
    uint8_t tag_nonce[32];
    uint8_t tagc[32];
    uint8_t seed[BALLOT_SEED_BYTES];
    uint8_t context[BALLOT_CONTEXT_BYTES];
    uint8_t messages[PLAINTEXT_WIDTH_MAX][GROUP_POINT_BYTES];
    uint8_t r[PLAINTEXT_WIDTH_MAX][GROUP_SCALAR_BYTES];
    uint8_t t[PLAINTEXT_WIDTH_MAX][GROUP_SCALAR_BYTES];
    uint8_t commitments[PLAINTEXT_WIDTH_MAX][GROUP_POINT_BYTES];
    uint8_t ciphertext[BALLOT_CIPHERTEXT_BYTES(PLAINTEXT_WIDTH_MAX)];
    uint8_t proof[BALLOT_PROOF_BYTES(PLAINTEXT_WIDTH_MAX)];
};

/** Read the inputs of `row` and make the ballot; the opening is checked too.
 *
 *  In:  tid  16 bytes, or NULL: the row says it
 *       has_width  the row says w; else it follows from the contest
 *  Out: trace  complete when the trial has not failed
 */
void ballot_trace_make(struct ballot_trace *trace, struct trial *trial,
                       const json_t *row, const struct package *package,
                       const uint8_t *tid, bool has_width);

#endif
