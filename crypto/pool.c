/* SPDX-License-Identifier: Apache-2.0 */
/* The thread pool of pool.h: one mutex, two conditions, no queue.
 *
 * A run raises `round`; sleeping workers see it, take pieces until `next`
 * reaches `count`, and report. The caller works along and returns when the last
 * worker has reported, so a job's memory is free to go away after pool_run.
 */
#define _POSIX_C_SOURCE 200809L

#include "pool.h"

#include <assert.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct pool_worker {
    struct pool *pool;
    unsigned number;
    pthread_t thread;
};

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t wake; /* a new round, or the end */
    pthread_cond_t done; /* the last worker of a round has reported */
    unsigned threads;    /* workers, the caller's thread included */
    unsigned started;    /* threads of our own that run */
    unsigned busy;       /* own threads that have not reported */
    unsigned long round;
    int closing;
    pool_job *job;
    void *arg;
    size_t count;
    size_t grain;
    atomic_size_t next; /* first thing that nobody has taken */
    struct pool_worker workers[POOL_THREADS_MAX];
};

static void work(struct pool *pool, unsigned number)
{
    for (;;) {
        size_t first = atomic_fetch_add(&pool->next, pool->grain);
        size_t end;

        if (first >= pool->count) {
            return;
        }
        end = pool->count - first > pool->grain ? first + pool->grain
                                                : pool->count;
        pool->job(pool->arg, number, first, end);
    }
}

static void *worker_main(void *arg)
{
    struct pool_worker *worker = arg;
    struct pool *pool = worker->pool;
    unsigned long seen = 0;

    (void)pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (pool->round == seen && !pool->closing) {
            (void)pthread_cond_wait(&pool->wake, &pool->lock);
        }
        if (pool->closing) {
            break;
        }
        seen = pool->round;
        (void)pthread_mutex_unlock(&pool->lock);
        work(pool, worker->number);
        (void)pthread_mutex_lock(&pool->lock);
        pool->busy--;
        if (pool->busy == 0) {
            (void)pthread_cond_signal(&pool->done);
        }
    }
    (void)pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* Number of threads to use, or 0 when the variable says something else. */
static unsigned threads_wanted(void)
{
    const char *text = getenv("AULA_THREADS");
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    char *end = NULL;
    long value;

    if (text == NULL) {
        value = cores < 1 ? 1 : cores;
        return value > POOL_THREADS_MAX ? POOL_THREADS_MAX : (unsigned)value;
    }
    value = strtol(text, &end, 10);
    if (end == text || *end != '\0' || value < 1 || value > POOL_THREADS_MAX) {
        return 0;
    }
    return (unsigned)value;
}

static enum aula_code start_threads(struct pool *pool, struct aula_error *err)
{
    for (unsigned i = 1; i < pool->threads; i++) {
        struct pool_worker *worker = &pool->workers[i];
        int error;

        worker->pool = pool;
        worker->number = i;
        error = pthread_create(&worker->thread, NULL, worker_main, worker);
        if (error != 0) {
            return aula_fail(err, AULA_THREADS, "threads: start %u of %u: %s",
                             i + 1, pool->threads, strerror(error));
        }
        pool->started++;
    }
    return AULA_OK;
}

enum aula_code pool_open(struct pool **pool, unsigned threads,
                         struct aula_error *err)
{
    struct pool *made;
    enum aula_code code;

    if (threads == 0) {
        threads = threads_wanted();
    }
    if (threads == 0 || threads > POOL_THREADS_MAX) {
        return aula_fail(err, AULA_THREADS,
                         "threads: AULA_THREADS is not a number from 1 to %d",
                         POOL_THREADS_MAX);
    }
    made = calloc(1, sizeof *made);
    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "threads: out of memory");
    }
    made->threads = threads;
    (void)pthread_mutex_init(&made->lock, NULL);
    (void)pthread_cond_init(&made->wake, NULL);
    (void)pthread_cond_init(&made->done, NULL);
    code = start_threads(made, err);
    if (code != AULA_OK) {
        pool_close(made);
        return code;
    }
    *pool = made;
    return AULA_OK;
}

void pool_close(struct pool *pool)
{
    if (pool == NULL) {
        return;
    }
    (void)pthread_mutex_lock(&pool->lock);
    pool->closing = 1;
    (void)pthread_cond_broadcast(&pool->wake);
    (void)pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 1; i <= pool->started; i++) {
        (void)pthread_join(pool->workers[i].thread, NULL);
    }
    (void)pthread_cond_destroy(&pool->done);
    (void)pthread_cond_destroy(&pool->wake);
    (void)pthread_mutex_destroy(&pool->lock);
    free(pool);
}

unsigned pool_threads(const struct pool *pool)
{
    return pool == NULL ? 1 : pool->threads;
}

/* Without a pool the pieces are the same, one after the other. */
static void run_here(size_t count, size_t grain, pool_job *job, void *arg)
{
    size_t first = 0;

    while (first < count) {
        size_t end = count - first > grain ? first + grain : count;

        job(arg, 0, first, end);
        first = end;
    }
}

void pool_run(struct pool *pool, size_t count, size_t grain, pool_job *job,
              void *arg)
{
    /* Every worker adds a grain once past the end: that stays in range. */
    assert(grain >= 1 && grain <= SIZE_MAX / 4 / POOL_THREADS_MAX);
    assert(count <= SIZE_MAX / 4);
    if (pool == NULL || pool->threads == 1 || count <= grain) {
        run_here(count, grain, job, arg);
        return;
    }
    (void)pthread_mutex_lock(&pool->lock);
    pool->job = job;
    pool->arg = arg;
    pool->count = count;
    pool->grain = grain;
    atomic_store(&pool->next, 0);
    pool->busy = pool->started;
    pool->round++;
    (void)pthread_cond_broadcast(&pool->wake);
    (void)pthread_mutex_unlock(&pool->lock);
    work(pool, 0);
    (void)pthread_mutex_lock(&pool->lock);
    while (pool->busy > 0) {
        (void)pthread_cond_wait(&pool->done, &pool->lock);
    }
    (void)pthread_mutex_unlock(&pool->lock);
}

void pool_note_first(atomic_size_t *first, size_t place)
{
    size_t held = atomic_load(first);

    while (place < held) {
        if (atomic_compare_exchange_weak(first, &held, place)) {
            return;
        }
    }
}
