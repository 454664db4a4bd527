/* SPDX-License-Identifier: Apache-2.0 */
/* What office and trustees find of a rehearsal: the records of all batches on
 * its stick, each checked in full, and the ballots that two of its trustees
 * decrypt. It stands on what the rehearsal left in its folder and on nothing
 * that it had in memory. */
#ifndef AULA_TEST_REHEARSE_FOUND_H
#define AULA_TEST_REHEARSE_FOUND_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "desk_election.h"
#include "pool.h"
#include "record.h"

struct found_record {
    uint8_t *bytes; /* into which the record points */
    struct record record;
    uint8_t hash[HASH_BYTES];
    char code[CODE_TEXT_BYTES]; /* of kinds 1 and 2 */
};

struct found {
    char folder[PLACE_BYTES];
    struct passphrase passphrase; /* as passphrase.txt says */
    struct desk *desk;
    struct desk_election *election;
    struct desk_terminals terminals;
    struct certificate *certificates;
    struct ballot_key *key;
    struct found_record *records; /* by terminal, then seq; none twice */
    size_t count;
    size_t batches;
};

/** Open all batches of a rehearsal; whatever is not as it should be is a
 *  failure of the test.
 *
 *  In:      eid  which of the office's elections; NULL: the only one
 *  Owner:   found_close
 */
struct found *found_open(const char *folder, const char *eid);
void found_close(struct found *found);

/** Is each chain whole, from its first record on? */
void found_check_chains(const struct found *found);

/** The ballots of a contest as trustees `a` and `b` decrypt them, one after the
 *  other, sorted as byte strings.
 *
 *  Out:   count  how many
 *  Owner: free()
 */
uint8_t *found_decrypt(const struct found *found, uint16_t contest, uint8_t a,
                       uint8_t b, size_t *count);

/** Sort ballots of `size` bytes each. */
void found_sort(uint8_t *ballots, size_t count, size_t size);

#endif
