/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of Equal Shares have in common. Not for use outside of them.
 *
 * A run buys projects one after the other. Each unit of worth costs every payer
 * the same, the price of the project; who cannot pay that gives all that is
 * left, and is called poor. The project whose price by worth is lowest is next.
 *
 * Two ways to know a number go side by side:
 *
 *   - in units of 2^-shift, with a bound on how far off it is. Most comparisons
 *     are decided by that, and it is one pass over a list of whole numbers;
 *   - exactly, as whole numbers over a denominator that all share (GMP), for
 *     the comparisons that the first way leaves open, ties among them.
 *
 * What a group has left is its share less what it paid: so it is enough to know
 * the few prices exactly, never the money of each group.
 *
 * 1. A group with money 0 is spent: exactly nothing is left. Any other has at
 *    least 1, whatever it has exactly.
 * 2. What any group has differs from its exact money by at most run->error.
 * 3. The price of a project never falls: money only gets less. So what was a
 *    lower bound once is one for good, and a project is looked at again only
 *    when its bound is the lowest.
 */
#ifndef AULA_RULE_SHARES_H
#define AULA_RULE_SHARES_H

#include <gmp.h>

#include "rule_parts.h"

/* A group that gets something from a project. */
struct shares_support {
    uint32_t group;
    uint32_t worth; /* 1 or more */
};

/* A project that may be bought, with its supporters. */
struct shares_project {
    uint16_t project; /* of the contest */
    size_t first;     /* of the supports */
    size_t count;
    uint64_t cost;
    uint64_t scale; /* worth is times this: 1, or the cost */
    uint64_t units; /* worth of all supporters, each as often as it stands */
    uint32_t worth_max;
};

/* The money of a group of equal ballots; each ballot has `money`. */
struct shares_purse {
    uint64_t money;
    uint64_t times;
};

/* What all runs start from. */
struct shares {
    struct rule_count *count;
    struct shares_project *projects;
    size_t project_count;
    struct shares_support *supports;
    size_t support_count;
    struct shares_purse *purses; /* with their times */
    size_t *paid_first;          /* by group: where its payments stand */
    size_t group_count;
    uint64_t share; /* the first, share / parts a ballot */
    uint64_t parts;
};

/* What is known of a project in a run: its price is within low .. high. */
struct shares_look {
    size_t count; /* supporters that are not spent */
    uint64_t price;
    uint64_t low;
    uint64_t high;
    uint64_t poor_weight; /* ballots of the poor */
    uint64_t rich_units;
    bool is_sure; /* who is poor is certain, and so are these two */
    bool is_wild; /* bounds say nothing of who is poor */
};

/* A payment: worth times the price of that purchase. */
struct shares_paid {
    uint32_t purchase;
    uint32_t worth;
};

struct shares_purchase {
    uint16_t place; /* in shares->projects */
    uint64_t units; /* of those who paid the price */
    size_t poor_first;
    size_t poor_count;
};

/* A project's price exactly: above / (denominator x units). */
struct shares_price {
    mpz_t above;
    uint64_t units;
    size_t purchases; /* when it was found; SIZE_MAX: never */
    bool is_affordable;
};

/* The exact side of a run. Everything is over one denominator. */
struct shares_exact {
    mpz_t denominator;
    mpz_t share;
    mpz_t *prices; /* of purchases: `count` of them are known */
    size_t count;
    struct shares_price *looks; /* by place */
    size_t *near;               /* scratch: places in the list of a project */
    int64_t *weights;           /* scratch: by purchase */
    mpz_t left;
    mpz_t right;
};

struct shares_tie {
    size_t first;
    size_t count;
};

struct shares_run {
    const struct shares *shares;
    uint64_t share; /* share / parts a ballot */
    uint64_t parts;
    unsigned shift;
    uint64_t error;
    uint64_t error_max; /* beyond it, all is taken from the exact side */

    struct shares_purse *purses;
    struct shares_support *supports; /* the lists get shorter */
    struct shares_look *looks;
    uint16_t *heap; /* places, the lowest price first */
    size_t heap_count;
    uint16_t *fresh; /* places that were looked at in this round */
    size_t fresh_count;
    uint16_t *equal;
    size_t equal_count;
    bool *is_bought; /* by project of the contest */

    struct shares_paid *paid; /* of a group from paid_first on */
    uint32_t *paid_count;
    uint32_t *poor; /* groups in the order in which they were spent */
    size_t poor_count;
    struct shares_purchase *purchases;
    size_t purchase_count;
    struct shares_exact exact;

    uint64_t cost;
    bool is_complete;   /* every project was bought or is excluded */
    bool is_exhaustive; /* none of the others would fit */
    bool is_settled;    /* more money changes nothing but to overspend */
    uint16_t *tied;     /* projects of ties */
    size_t tied_count;
    size_t tied_room;
    struct shares_tie *ties;
    size_t tie_count;
    size_t tie_room;
    bool is_short; /* of memory */
};

/** One run, whatever the run held before.
 *
 *  In:  share, parts  what a ballot starts with; share / parts times all
 *                     ballots is below 2^61
 *  Out: run           is_short: no memory, and nothing else counts
 */
void shares_go(struct shares_run *run, uint64_t share, uint64_t parts);

/** A run with so many steps of the completion added to the first share. */
void shares_go_step(struct shares_run *run, uint64_t step);

/** Find the step whose outcome counts.
 *
 *  Returns: AULA_OK, AULA_TOO_LARGE or AULA_MEMORY
 */
AULA_MUST_CHECK enum aula_code shares_complete(struct shares *shares,
                                               uint64_t *step);

/** Note ties of a run: AULA_OK or AULA_MEMORY. */
AULA_MUST_CHECK enum aula_code
shares_note_ties(struct rule_count *count, const uint16_t *tied,
                 const struct shares_tie *ties, size_t tie_count,
                 uint64_t times, bool is_of_outcome);

/** Memory for runs: AULA_OK or AULA_MEMORY. shares_run_close accepts what is
 *  all zero or half made. */
AULA_MUST_CHECK enum aula_code shares_run_open(struct shares_run *run,
                                               const struct shares *shares,
                                               struct aula_error *err);
void shares_run_close(struct shares_run *run);

/* ---- parts of a run */

/** A bound of one project by worth against another's: below 0, 0, above 0. */
int shares_compare_bounds(const struct shares_run *run, size_t a,
                          uint64_t price_a, size_t b, uint64_t price_b);

void shares_heap_put(struct shares_run *run, uint16_t place);
uint16_t shares_heap_take(struct shares_run *run);

/** Buy a project that was looked at in this round. */
void shares_buy(struct shares_run *run, size_t place);

enum shares_found {
    SHARES_FOUND,
    SHARES_BEYOND, /* above the best; the lower bound rose to say so */
    SHARES_NEVER   /* its supporters cannot buy it any more */
};

/** Find the price of a project by the money that there is.
 *
 *  In:      best  a project whose price was found in this round; SIZE_MAX: none
 */
enum shares_found shares_look_at(struct shares_run *run, size_t place,
                                 size_t best);

/* Where a supporter stands to a price. */
enum shares_side { SHARES_POOR, SHARES_RICH, SHARES_NEAR };

/** Poor or rich for certain, or too near to say. */
enum shares_side shares_side_of(const struct shares_run *run,
                                const struct shares_look *look,
                                const struct shares_support *support);

/* ---- the exact side; see rule_exact.c */

bool shares_exact_open(struct shares_exact *exact, const struct shares *shares);
void shares_exact_close(struct shares_exact *exact,
                        const struct shares *shares);
void shares_exact_start(struct shares_run *run);

/** Find a project's price exactly, and its bounds by that.
 *
 *  Returns: false when it cannot be bought
 */
bool shares_exact_look(struct shares_run *run, size_t place);

/** Is a group poor at the exact price of a project, which was found? */
bool shares_exact_is_poor(struct shares_run *run, size_t place,
                          const struct shares_support *support);

/** Exact prices by worth: below 0, 0 or above 0. */
int shares_exact_compare(struct shares_run *run, size_t a, size_t b);

/** Take the money of all groups from the exact side. */
void shares_exact_refresh(struct shares_run *run);

/** What the supporters of a project are short of, rounded up. */
uint64_t shares_exact_short(struct shares_run *run, size_t place);

#endif
