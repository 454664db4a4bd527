/* SPDX-License-Identifier: Apache-2.0 */
/* The shuffle and its check. What PROTOCOL.md 12 does for each ballot:
 *
 *   make   E' w base, w mult, 2w add     C 1 base, 1 add
 *          Ch 1 base, 1 mult, 1 add      t3 1 mult, 1 add
 *          t4 2w mult, 2w add            th 1 base, 1 mult, 1 add
 *   check  Cbar 2 add                    Ctil and t3 2 mult, 2 add
 *          A, B and t4 4w mult, 4w add   th 1 base, 2 mult, 2 add
 */
#include <stdlib.h>

#include "bench.h"
#include "mix.h"
#include "sample.h"

struct mixes {
    struct sample sample;
    struct mix_input input;
    struct pool *pool;
    uint8_t *file;
};

static void make(void *arg)
{
    struct mixes *m = arg;

    sample_must(mix_make(m->file, m->pool, &m->input, 1, m->sample.sign_secret,
                         m->sample.seed, NULL),
                "mix");
}

static void check(void *arg)
{
    struct mixes *m = arg;

    sample_must(mix_check(NULL, m->pool, &m->input,
                          (const uint8_t(*)[SIGN_PUBLIC_BYTES])
                              m->sample.sign_public,
                          1, 0, m->file,
                          mix_file_size(m->input.count, m->input.width), NULL),
                "check of a mix");
}

static void bench_list(struct pool *pool, uint32_t count, uint8_t w)
{
    struct mixes m = {.pool = pool};
    unsigned threads = pool_threads(pool);

    sample_open(&m.sample, count, w);
    m.input = (struct mix_input){
        m.sample.package_hash, m.sample.key, 0, 1, w, count, m.sample.list};
    m.file = sample_memory(mix_file_size(count, w));
    bench_run(&(struct bench_case){"mix and prove",
                                   "ballot",
                                   w,
                                   count,
                                   threads,
                                   {w + 3U, 3U * w + 3U, 4U * w + 4U, 0}},
              make, NULL, &m);
    bench_run(&(struct bench_case){"check mix",
                                   "ballot",
                                   w,
                                   count,
                                   threads,
                                   {1, 4U * w + 4U, 4U * w + 6U, 0}},
              check, NULL, &m);
    free(m.file);
    sample_close(&m.sample);
}

void bench_mixes(struct pool *pool)
{
    bench_list(pool, 1000, 1);
    bench_list(pool, bench_once() ? 2000 : 10000, 1);
    bench_list(pool, 500, 5);
    bench_list(pool, 100, 34);
}
