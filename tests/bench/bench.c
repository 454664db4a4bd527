/* SPDX-License-Identifier: Apache-2.0 */
/* Prices, measurements and lines; see bench.h. */
#include "bench.h"

#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* A time may be 1.15 of its yardstick. */
static const double allowance = 1.15;

double bench_now(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

double bench_work(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

bool bench_once(void)
{
    return getenv("AULA_BENCH_ONCE") != NULL;
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

struct operands {
    uint8_t scalar[32];
    uint8_t a[32];
    uint8_t b[32];
    uint8_t out[32];
    int good; /* so that no call is optimised away */
};

static void run_base(struct operands *o)
{
    o->good += crypto_scalarmult_ristretto255_base(o->out, o->scalar);
}

static void run_full(struct operands *o)
{
    o->good += crypto_scalarmult_ristretto255(o->out, o->scalar, o->a);
}

static void run_add(struct operands *o)
{
    o->good += crypto_core_ristretto255_add(o->out, o->a, o->b);
}

static void run_valid(struct operands *o)
{
    o->good += crypto_core_ristretto255_is_valid_point(o->a);
}

/* Seconds of one call: the best of ten rounds. */
static double price(void (*run)(struct operands *), struct operands *operands,
                    unsigned calls)
{
    double best = 1e9;

    for (unsigned round = 0; round < 10; round++) {
        double start = bench_now();

        for (unsigned i = 0; i < calls; i++) {
            run(operands);
        }
        best = least(best, (bench_now() - start) / calls);
    }
    return best;
}

struct bench_price bench_prices(void)
{
    struct operands operands = {.good = 0};
    struct bench_price prices;

    crypto_core_ristretto255_scalar_random(operands.scalar);
    crypto_core_ristretto255_random(operands.a);
    crypto_core_ristretto255_random(operands.b);
    prices.base = price(run_base, &operands, 100);
    prices.full = price(run_full, &operands, 50);
    prices.add = price(run_add, &operands, 100);
    prices.valid = price(run_valid, &operands, 200);
    return prices;
}

static double yardstick(const struct bench_case *which,
                        const struct bench_price *before,
                        const struct bench_price *after)
{
    const struct bench_count *count = &which->count;
    double sum = count->base * least(before->base, after->base) +
                 count->full * least(before->full, after->full) +
                 count->add * least(before->add, after->add) +
                 count->valid * least(before->valid, after->valid);

    return sum / which->threads;
}

static double seconds_of(bench_job *job, void *arg)
{
    double start = bench_now();

    if (job != NULL) {
        job(arg);
    }
    return bench_now() - start;
}

static bool keeps_on(unsigned runs, double begin)
{
    return runs < 3 || bench_now() - begin < 0.5;
}

static int by_ratio(const void *a, const void *b)
{
    const struct bench_pair *left = a;
    const struct bench_pair *right = b;
    double x = left->value / left->yardstick;
    double y = right->value / right->yardstick;

    return (x > y) - (x < y);
}

struct bench_pair bench_middle(struct bench_pair *pairs, size_t count)
{
    qsort(pairs, count, sizeof *pairs, by_ratio);
    return pairs[count / 2];
}

/* A line up to what only some lines have. */
static void print_start(const char *name, double value, const char *unit,
                        double yardstick, double bound)
{
    (void)printf("{\"bench\":\"%s\",\"value\":%.3f,\"unit\":\"%s\","
                 "\"limit\":%.3f,\"ratio\":%.3f,\"bound\":%.3f,"
                 "\"holds\":%s",
                 name, value, unit, bound * yardstick, value / yardstick, bound,
                 value <= bound * yardstick ? "true" : "false");
}

void bench_run(const struct bench_case *which, bench_job *job, bench_job *apart,
               void *arg)
{
    struct bench_price before = bench_prices();
    bool is_once = bench_once();
    double begin = bench_now();
    double whole = 1e9;
    double part = 1e9;
    struct bench_price after;
    char unit[32];
    double limit;
    double value;

    for (unsigned i = 0; i < 1 || (!is_once && keeps_on(i, begin)); i++) {
        whole = least(whole, seconds_of(job, arg));
        part = least(part, seconds_of(apart, arg));
    }
    after = bench_prices();
    value = (whole - part) / (double)which->things;
    limit = yardstick(which, &before, &after);
    (void)snprintf(unit, sizeof unit, "us/%s", which->per);
    print_start(which->name, 1e6 * value, unit, 1e6 * limit, allowance);
    (void)printf(",\"width\":%u,\"count\":%zu,\"threads\":%u,"
                 "\"naive\":{\"base\":%u,\"mult\":%u,"
                 "\"add\":%u,\"valid\":%u}}\n",
                 which->width, which->things, which->threads, which->count.base,
                 which->count.full, which->count.add, which->count.valid);
    (void)fflush(stdout);
}

void bench_print(const char *name, double value, const char *unit,
                 double yardstick, double bound)
{
    print_start(name, value, unit, yardstick, bound);
    (void)printf("}\n");
    (void)fflush(stdout);
}

void bench_print_beside(const char *name, double value, const char *unit,
                        double yardstick, double bound, const char *key,
                        unsigned number)
{
    print_start(name, value, unit, yardstick, bound);
    (void)printf(",\"%s\":%u}\n", key, number);
    (void)fflush(stdout);
}

void bench_missing(const char *name, const char *what)
{
    (void)printf("{\"bench\":\"%s\",\"missing\":\"%s\"}\n", name, what);
    (void)fflush(stdout);
}
