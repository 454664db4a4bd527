/* SPDX-License-Identifier: Apache-2.0 */
/* Records of cases: record.json and the records of wide.json. */
#ifndef AULA_VECTORS_RECORD_CASE_H
#define AULA_VECTORS_RECORD_CASE_H

#include "record.h"
#include "world.h"

/* One chain, as it grows. */
struct record_case {
    const struct world_terminal *terminal;
    struct record_election election;
    uint8_t prev[HASH_BYTES]; /* of the record that comes next */
    uint64_t seq;             /* of the last one, 0 at the start */
    bool has_width;           /* rows of ballots say w */
    size_t count;             /* of checked records */
    uint8_t hashes[64][HASH_BYTES];
};

/** Begin a chain of a terminal in an election. False: the trial has failed. */
bool record_case_start(struct record_case *chain, struct trial *trial,
                       const struct package *package,
                       const struct world_terminal *terminal,
                       const struct certificate *certificates, size_t count);
void record_case_end(struct record_case *chain);

/** Where the next record of the chain stands. */
struct record_place record_case_place(const struct record_case *chain,
                                      uint64_t seq, uint64_t time);

/** Compare a record with what was made, check it, and go on behind it. */
void record_case_expect(struct trial *trial, struct record_case *chain,
                        struct span expected, const uint8_t *made, size_t size);

/** A ballot: byte for byte from seed, tag and plaintext, its code, accepted.
 *  `context` is the chain, here and below. */
void record_case_ballot(struct trial *trial, const json_t *row, void *context);

/** A row {object, error}: CHECK_RECORD says exactly that. */
void record_case_bad(struct trial *trial, const json_t *row, void *context);

#endif
