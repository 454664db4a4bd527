/* SPDX-License-Identifier: Apache-2.0 */
/* Benchmarks: each prints one JSON object a line,
 *
 *   {"bench":name,"value":v,"unit":u,"limit":l,"ratio":r,"bound":b,
 *    "holds":true,..}
 *
 * Each value stands beside a yardstick of the same run. `ratio` is value by
 * yardstick, `bound` is what it must not pass, `limit` says the same in the
 * unit of `value`, and `holds` whether it is so.
 *
 * Of cryptography the yardstick is what the operations that PROTOCOL.md counts
 * (section 16, and the additions in the formulas) would cost one after the
 * other, at the price of libsodium's functions measured right before and after,
 * divided by the threads. The counts follow, so that a line can be checked by
 * hand. Elsewhere it is another way to do the same, measured in turns. Where
 * that is not installed,
 *
 *   {"bench":name,"missing":what}
 */
#ifndef AULA_BENCH_H
#define AULA_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pool.h"

/* What one operation costs, in seconds on one thread. */
struct bench_price {
    double base;  /* crypto_scalarmult_ristretto255_base */
    double full;  /* crypto_scalarmult_ristretto255 */
    double add;   /* crypto_core_ristretto255_add */
    double valid; /* crypto_core_ristretto255_is_valid_point */
};

/* How many operations the protocol counts for one thing. A multiplication of G
 * is priced as such, which is the stricter reading. */
struct bench_count {
    unsigned base;
    unsigned full;
    unsigned add;
    unsigned valid;
};

struct bench_case {
    const char *name;
    const char *per; /* what one thing is, for instance "ballot" */
    unsigned width;
    size_t things; /* in one run */
    unsigned threads;
    struct bench_count count;
};

/** Seconds of a steady clock. */
double bench_now(void);

/** Seconds that this thread has worked: where nothing is waited for, they tell
 *  more on a machine that is busy. */
double bench_work(void);

/** Measure the prices: the best of several rounds. */
struct bench_price bench_prices(void);

typedef void bench_job(void *arg);

/** Run a job until half a second is over, at least three times, with the prices
 *  measured around it, and print the line. The best run counts: what disturbs a
 *  measurement only ever makes it longer. With AULA_BENCH_ONCE in the
 *  environment each job runs once: for who looks at the lines only.
 *
 *  In:  apart  a part of the job that does not count; it is timed in turns with
 *              the whole and taken off. NULL: everything counts
 */
void bench_run(const struct bench_case *which, bench_job *job, bench_job *apart,
               void *arg);

/* What one round measured, in seconds. */
struct bench_pair {
    double value;
    double yardstick;
};

/** The round whose ratio is the middle one. Where a disk is waited for, the
 *  best of a side is an accident; both sides of a round had the same disk.
 *
 *  In:  pairs  `count` of them, at least one; they are sorted
 */
struct bench_pair bench_middle(struct bench_pair *pairs, size_t count);

/** Is each job to be run but once? */
bool bench_once(void);

/** Print a line for a value and a yardstick, both in this unit. */
void bench_print(const char *name, double value, const char *unit,
                 double yardstick, double bound);

/** The same, with one more number of what it was measured on. */
void bench_print_beside(const char *name, double value, const char *unit,
                        double yardstick, double bound, const char *key,
                        unsigned number);

/** Print that there is nothing to measure against. */
void bench_missing(const char *name, const char *what);

/* The groups, each in a file of its own. */
void bench_ballots(struct pool *pool);
void bench_mixes(struct pool *pool);
void bench_decryptions(struct pool *pool);
void bench_board(struct pool *pool);
void bench_rules(struct pool *pool);
void bench_verify(struct pool *pool);
void bench_memory(void);
void bench_bulk(void);
void bench_package(void);
void bench_terminal(void);
void bench_start(void);
void bench_rehearse(void);
void bench_import(void);

#endif
