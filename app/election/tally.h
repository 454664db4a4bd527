/* SPDX-License-Identifier: Apache-2.0 */
/* Counting one contest of an election from its opened ballots.
 *
 * The ballots become a Pabulib file first, and that file is counted: so what is
 * published as ballots-<contest>.pb, counted by `aula tally` under the same
 * rule, ties, minimum and incompatible projects, is the result.
 *
 * Blank ballots count: Equal Shares gives them their share too. What is no
 * valid ballot does not. Everything here follows from its inputs; the same on
 * any machine, with any number of threads.
 */
#ifndef AULA_TALLY_H
#define AULA_TALLY_H

#include "election.h"
#include "error.h"
#include "pabulib.h"
#include "package.h"
#include "pool.h"
#include "rule.h"

struct tally {
    uint64_t valid; /* ballots, blank ones too */
    uint64_t blank;
    struct rule rule;
    /* By proposal of the contest; money in whole currency units, what is
     * missing rounded up. */
    struct rule_outcome outcome;
    /* The valid ballots in their order, the proposals with their sums and what
     * was selected, and what META needs: ready for pabulib_write. */
    struct pabulib ballots;
};

/** Count a contest.
 *
 *  Returns: AULA_OK
 *           AULA_SOURCE     the contest names no rule for its type, or its
 *                           money has too many digits
 *           AULA_TOO_LARGE  the completion of its rule does not end, or there
 *                           are more choices on all ballots than 32 bits count
 *           AULA_MEMORY     no memory
 *  Out:     tally     all zero on failure
 *  In:      election  of the package: election_compare said so
 *           place     of the contest, below package->contest_count
 *           rows      `count` rows of 1 + plaintext_size() bytes: 0 and a
 *                     valid ballot (plaintext_check), or another first byte:
 *                     it does not count. May be NULL when count is 0
 *           pool      for completions; may be NULL
 *  Owner:   tally_close frees what the tally holds; package and election stay
 *           until then, and the rows stay the caller's
 */
AULA_MUST_CHECK enum aula_code
tally_open(struct tally *tally, const struct package *package,
           const struct election *election, size_t place, const uint8_t *rows,
           size_t count, struct pool *pool, struct aula_error *err);

/** Free what tally_open made. Accepts NULL and a tally all zero. */
void tally_close(struct tally *tally);

#endif
