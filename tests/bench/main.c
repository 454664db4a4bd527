/* SPDX-License-Identifier: Apache-2.0 */
/* aula-bench: all benchmarks, one JSON object a line. */
#include <sodium.h>
#include <stdio.h>

#include "bench.h"

int main(void)
{
    struct aula_error err;
    struct pool *pool = NULL;

    if (sodium_init() < 0) {
        (void)fprintf(stderr, "aula-bench: libsodium does not start\n");
        return 1;
    }
    /* Before there are threads: it forks. */
    bench_memory();
    if (pool_open(&pool, 0, &err) != AULA_OK) {
        (void)fprintf(stderr, "aula-bench: %s\n", err.message);
        return 1;
    }
    bench_ballots(pool);
    bench_mixes(pool);
    bench_decryptions(pool);
    pool_close(pool);
    return 0;
}
