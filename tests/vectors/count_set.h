/* SPDX-License-Identifier: Apache-2.0 */
/* A set of records of count.json with the files beside it, and what follows
 * from them. */
#ifndef AULA_VECTORS_COUNT_SET_H
#define AULA_VECTORS_COUNT_SET_H

#include "counting.h"
#include "world.h"

enum { COUNT_RECORDS_MAX = 64 };

struct count_set {
    const struct world *world;
    struct certificate certificates[WORLD_TERMINALS_MAX]; /* registered */
    struct terminals_register first;
    struct terminals_register late;
    bool has_late;
    struct counting_election election;

    size_t count;
    struct span files[COUNT_RECORDS_MAX];
    struct record records[COUNT_RECORDS_MAX];
    uint8_t hashes[COUNT_RECORDS_MAX][HASH_BYTES];
};

/** Is a value given under a key that may be null, but not missing? */
bool count_is_given(struct trial *trial, const json_t *row, const char *key);

/** Read the registers of a scenario and its records, each of which passes
 *  CHECK_RECORD. Check that the trial has not failed before going on. */
void count_set_read(struct count_set *set, struct trial *trial,
                    const json_t *scenario, const struct world *world);

/** Read other records for the same election. */
void count_set_records(struct count_set *set, struct trial *trial,
                       const json_t *row);

/** A counting set of the records. The order: as they stand, the other way
 *  round, or drawn, each three times over. NULL: the trial has failed. */
enum count_order { COUNT_FORWARD, COUNT_BACKWARD, COUNT_DRAWN, COUNT_ORDERS };
struct counting *count_set_open(const struct count_set *set,
                                struct trial *trial, enum count_order order);

/** Compare what came out with `findings`, `excluded`, `warnings` and `counted`.
 */
void count_set_expect(struct trial *trial, const json_t *scenario,
                      const struct counting_outcome *outcome);

#endif
