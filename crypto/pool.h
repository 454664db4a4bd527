/* SPDX-License-Identifier: Apache-2.0 */
/* A small fixed pool of threads for long lists.
 *
 * A list of `count` things is cut into pieces of `grain`; workers take pieces
 * until none is left. Which worker does which piece is left to chance, so a job
 * must give the same result however the pieces fall: it writes to places of its
 * own piece, or adds group elements, whose sum has one encoding.
 *
 * The pool holds no job between runs and no mutable state at file scope.
 */
#ifndef AULA_POOL_H
#define AULA_POOL_H

#include <stdatomic.h>
#include <stddef.h>

#include "error.h"

enum { POOL_THREADS_MAX = 64 };

struct pool;

/** One piece of a job: things first .. end - 1.
 *
 *  In:  arg     what the caller of pool_run passed
 *       worker  0 .. pool_threads() - 1: a place for scratch memory
 */
typedef void pool_job(void *arg, unsigned worker, size_t first, size_t end);

/** Start the threads.
 *
 *  Returns: AULA_OK       pool_close ends it
 *           AULA_MEMORY   no memory
 *           AULA_THREADS  the system started no thread, or `threads` or the
 *                         variable AULA_THREADS is not 1 .. POOL_THREADS_MAX
 *  Out:     pool     written on success only
 *           err      filled on failure
 *  In:      threads  0: as many as the environment variable AULA_THREADS says,
 *                    or as there are cores where it is not set
 */
AULA_MUST_CHECK enum aula_code pool_open(struct pool **pool, unsigned threads,
                                         struct aula_error *err);

/** Wait for the threads and free them. Accepts NULL. */
void pool_close(struct pool *pool);

/** How many workers pool_run uses: the caller's own thread is one of them. */
unsigned pool_threads(const struct pool *pool);

/** Run a job over count things, in pieces of at most `grain` (1 or more), and
 *  wait until all are done. One run at a time. NULL as pool: in this thread. */
void pool_run(struct pool *pool, size_t count, size_t grain, pool_job *job,
              void *arg);

/** Keep the smallest of the places where something failed, so that the first
 *  failure is the same with any number of threads. Start with SIZE_MAX. */
void pool_note_first(atomic_size_t *first, size_t place);

#endif
