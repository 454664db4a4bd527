/* SPDX-License-Identifier: Apache-2.0 */
/* What a terminal's chain of records says of its day (PROTOCOL.md section 9):
 * made by adding record after record, at the start for all of them, then for
 * each new one. Nothing of it is kept anywhere else. */
#ifndef AULA_CHAIN_H
#define AULA_CHAIN_H

#include "record.h"

struct chain {
    uint64_t seq; /* of the last record, 0 for none */
    uint8_t hash[HASH_BYTES];
    uint64_t vote_time; /* of the last record of kind 1, 2 or 3 */
    uint64_t any_time;  /* of the last record */

    bool is_open;
    bool is_early;       /* event 10 since the opening */
    uint64_t opened_seq; /* of the last opening, 0 for none */
    uint64_t opened_time;
    uint64_t closed_seq; /* of the last close, 0 for none */
    uint64_t closed_time;
    uint8_t closed_hash[HASH_BYTES];
    uint64_t ballot_seq; /* the last of kind 1 or 2 since the last close */

    uint32_t cast; /* since the last opening */
    uint32_t challenged;
    uint64_t total_cast;
    uint64_t total_challenged;
};

/** A chain without a record: its hash is the chain start. */
void chain_start(struct chain *chain, const struct package *package,
                 const uint8_t tid[static TERMINAL_ID_BYTES]);

/** Add a record whose signature holds.
 *
 *  Returns: AULA_OK
 *           AULA_STORE_DAMAGED  another terminal's, not the next seq, or its
 *                               prev is not the last hash; chain is untouched
 *  In:      hash  of the record
 */
AULA_MUST_CHECK enum aula_code
chain_add(struct chain *chain, const uint8_t tid[static TERMINAL_ID_BYTES],
          const struct record *record, const uint8_t hash[static HASH_BYTES],
          struct aula_error *err);

#endif
