/* SPDX-License-Identifier: Apache-2.0 */
/* The pool does every thing once, whoever does it. */
#define _POSIX_C_SOURCE 200809L

#include "pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { THINGS_MAX = 3000 };

struct tally {
    atomic_uint done[THINGS_MAX];
    atomic_uint workers; /* highest worker number seen */
    size_t grain;
    atomic_uint too_long; /* pieces of more than `grain` */
};

static void count_piece(void *arg, unsigned worker, size_t first, size_t end)
{
    struct tally *tally = arg;
    unsigned seen = atomic_load(&tally->workers);

    while (worker > seen &&
           !atomic_compare_exchange_weak(&tally->workers, &seen, worker)) {
    }
    if (end - first > tally->grain || end <= first) {
        atomic_fetch_add(&tally->too_long, 1);
    }
    for (size_t i = first; i < end; i++) {
        atomic_fetch_add(&tally->done[i], 1);
    }
}

static void assert_done_once(struct pool *pool, size_t count, size_t grain)
{
    struct tally *tally = calloc(1, sizeof *tally);

    tally->grain = grain;
    pool_run(pool, count, grain, count_piece, tally);
    for (size_t i = 0; i < THINGS_MAX; i++) {
        assert_int_equal(atomic_load(&tally->done[i]), i < count ? 1 : 0);
    }
    assert_int_equal(atomic_load(&tally->too_long), 0);
    assert_true(atomic_load(&tally->workers) < pool_threads(pool));
    free(tally);
}

static void every_thing_is_done_once(void **state)
{
    static const size_t counts[] = {0, 1, 2, 63, 64, 65, THINGS_MAX};
    static const size_t grains[] = {1, 2, 64, 5000};

    (void)state;
    for (unsigned threads = 1; threads <= 5; threads++) {
        struct pool *pool = NULL;

        assert_int_equal(pool_open(&pool, threads, NULL), AULA_OK);
        assert_int_equal(pool_threads(pool), threads);
        for (size_t c = 0; c < 7; c++) {
            for (size_t g = 0; g < 4; g++) {
                assert_done_once(pool, counts[c], grains[g]);
            }
        }
        pool_close(pool);
    }
}

static void no_pool_is_this_thread(void **state)
{
    (void)state;
    assert_int_equal(pool_threads(NULL), 1);
    assert_done_once(NULL, 1000, 64);
    pool_close(NULL);
}

static void a_thousand_runs_in_a_row_end(void **state)
{
    struct pool *pool = NULL;
    struct tally *tally = calloc(1, sizeof *tally);

    (void)state;
    tally->grain = 1;
    assert_int_equal(pool_open(&pool, 4, NULL), AULA_OK);
    for (unsigned i = 0; i < 1000; i++) {
        pool_run(pool, 8, 1, count_piece, tally);
    }
    pool_close(pool);
    for (size_t i = 0; i < 8; i++) {
        assert_int_equal(atomic_load(&tally->done[i]), 1000);
    }
    free(tally);
}

static void the_most_threads_there_may_be_start_and_end(void **state)
{
    struct pool *pool = NULL;

    (void)state;
    assert_int_equal(pool_open(&pool, POOL_THREADS_MAX, NULL), AULA_OK);
    assert_done_once(pool, THINGS_MAX, 7);
    pool_close(pool);
    pool = NULL;
    assert_int_equal(pool_open(&pool, POOL_THREADS_MAX + 1, NULL),
                     AULA_THREADS);
    assert_null(pool);
}

static void the_variable_says_how_many(void **state)
{
    static const char *const bad[] = {
        "", "0", "-1", "65", "2x", "x2", "1 ", "0x2", "99999999999999999999"};
    struct pool *pool = NULL;

    (void)state;
    assert_int_equal(setenv("AULA_THREADS", "3", 1), 0);
    assert_int_equal(pool_open(&pool, 0, NULL), AULA_OK);
    assert_int_equal(pool_threads(pool), 3);
    pool_close(pool);
    pool = NULL;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct aula_error err = {AULA_OK, ""};

        assert_int_equal(setenv("AULA_THREADS", bad[i], 1), 0);
        assert_int_equal(pool_open(&pool, 0, &err), AULA_THREADS);
        assert_null(pool);
        assert_non_null(strstr(err.message, "AULA_THREADS"));
    }
    assert_int_equal(unsetenv("AULA_THREADS"), 0);
}

static void without_the_variable_there_is_a_thread_for_each_core(void **state)
{
    struct pool *pool = NULL;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);

    (void)state;
    assert_int_equal(unsetenv("AULA_THREADS"), 0);
    assert_int_equal(pool_open(&pool, 0, NULL), AULA_OK);
    assert_int_equal(pool_threads(pool),
                     cores > POOL_THREADS_MAX ? POOL_THREADS_MAX : cores);
    pool_close(pool);
}

static void note_piece(void *arg, unsigned worker, size_t first, size_t end)
{
    (void)worker;
    for (size_t i = first; i < end; i++) {
        if (i % 97 == 41) {
            pool_note_first(arg, i);
        }
    }
}

static void the_first_failure_is_the_same_with_any_threads(void **state)
{
    (void)state;
    for (unsigned threads = 1; threads <= 4; threads++) {
        struct pool *pool = NULL;
        atomic_size_t first = SIZE_MAX;

        assert_int_equal(pool_open(&pool, threads, NULL), AULA_OK);
        pool_run(pool, THINGS_MAX, 3, note_piece, &first);
        pool_close(pool);
        assert_int_equal(atomic_load(&first), 41);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_thing_is_done_once),
        cmocka_unit_test(no_pool_is_this_thread),
        cmocka_unit_test(a_thousand_runs_in_a_row_end),
        cmocka_unit_test(the_most_threads_there_may_be_start_and_end),
        cmocka_unit_test(the_variable_says_how_many),
        cmocka_unit_test(without_the_variable_there_is_a_thread_for_each_core),
        cmocka_unit_test(the_first_failure_is_the_same_with_any_threads),
    };

    return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}
