/* SPDX-License-Identifier: Apache-2.0 */
/* What a mix of width 1 takes at its highest, list and file included. A child
 * process makes the mix, so that nothing that ran before counts; the smaller
 * list is taken off the larger, so that what does not grow does not count, and
 * anything that grows faster than the list would show.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "mix.h"
#include "sample.h"

enum { SMALL = 5000, TIMES = 5, ONCE_PARTS = 10, LIMIT_BYTES = 1536 };

static void mix_once(uint32_t count, int check)
{
    struct sample sample;
    struct mix_input input;
    struct pool *pool = NULL;
    uint8_t *file;

    sample_must(pool_open(&pool, 0, NULL), "threads");
    sample_open(&sample, count, 1);
    input = (struct mix_input){sample.package_hash, sample.key, 0, 1, 1, count,
                               sample.list};
    file = sample_memory(mix_file_size(count, 1));
    sample_must(mix_make(file, pool, &input, 1, sample.sign_secret, sample.seed,
                         NULL),
                "mix");
    if (check) {
        sample_must(mix_check(NULL, pool, &input,
                              (const uint8_t(*)[SIGN_PUBLIC_BYTES])
                                  sample.sign_public,
                              1, 0, file, mix_file_size(count, 1), NULL),
                    "check of a mix");
    }
    free(file);
    sample_close(&sample);
    pool_close(pool);
}

/* The highest resident size, in bytes, of a child that runs one mix. */
static double highest(uint32_t count, int check)
{
    struct rusage usage;
    int ends[2];
    pid_t child;

    if (pipe(ends) != 0 || (child = fork()) < 0) {
        perror("aula-bench: child");
        exit(1);
    }
    if (child == 0) {
        mix_once(count, check);
        (void)getrusage(RUSAGE_SELF, &usage);
        exit(write(ends[1], &usage, sizeof usage) == (ssize_t)sizeof usage ? 0
                                                                           : 1);
    }
    (void)close(ends[1]);
    if (read(ends[0], &usage, sizeof usage) != (ssize_t)sizeof usage) {
        (void)fprintf(stderr, "aula-bench: the child gave nothing\n");
        exit(1);
    }
    (void)close(ends[0]);
    (void)waitpid(child, NULL, 0);
    return 1024.0 * (double)usage.ru_maxrss;
}

void bench_memory(void)
{
    uint32_t small = bench_once() ? SMALL / ONCE_PARTS : SMALL;
    uint32_t large = small * TIMES;

    for (int check = 0; check < 2; check++) {
        double grown = highest(large, check) - highest(small, check);

        bench_print(check != 0 ? "memory of mix and check"
                               : "memory of mix and prove",
                    grown / (large - small), "bytes/ballot", LIMIT_BYTES, 1);
    }
}
