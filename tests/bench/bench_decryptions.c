/* SPDX-License-Identifier: Apache-2.0 */
/* Partial decryption, its check, and the combination of two trustees. For each
 * pair, PROTOCOL.md 13 has x_v a_m and e_m a_m to make, e_m a_m and e_m D_m to
 * check, and lambda_j D_j for each trustee to combine. */
#include <stdlib.h>

#include "bench.h"
#include "decrypt.h"
#include "sample.h"

struct decryptions {
    struct sample sample;
    struct decrypt_input input;
    struct pool *pool;
    uint8_t *file;
    uint8_t *messages;
};

static void make(void *arg)
{
    struct decryptions *d = arg;

    sample_must(decrypt_make(d->file, d->pool, &d->input, 1,
                             d->sample.sign_secret, d->sample.share,
                             d->sample.seed, NULL),
                "decryption");
}

static void check(void *arg)
{
    struct decryptions *d = arg;

    sample_must(decrypt_check(
                    NULL, d->pool, &d->input,
                    (const uint8_t(*)[SIGN_PUBLIC_BYTES])d->sample.sign_public,
                    (const uint8_t(*)[GROUP_POINT_BYTES]) & d->sample.key, 1, 0,
                    d->file, decrypt_file_size(d->input.count, d->input.width),
                    NULL),
                "check of a decryption");
}

/* The same points twice: what they say does not matter here. */
static void combine(void *arg)
{
    struct decryptions *d = arg;
    const struct decrypt_part parts[2] = {{1, decrypt_points(d->file)},
                                          {2, decrypt_points(d->file)}};

    sample_must(decrypt_combine(d->messages, d->pool, &d->input, parts, 2, 2,
                                NULL),
                "combination");
}

static void bench_list(struct pool *pool, uint32_t count, uint8_t w)
{
    struct decryptions d = {.pool = pool};
    unsigned threads = pool_threads(pool);

    sample_open(&d.sample, count, w);
    d.input = (struct decrypt_input){d.sample.package_hash, 0, w, count,
                                     d.sample.list};
    d.file = sample_memory(decrypt_file_size(count, w));
    d.messages = sample_memory((size_t)GROUP_POINT_BYTES * count * w);
    bench_run(&(struct bench_case){"decrypt and prove",
                                   "ballot",
                                   w,
                                   count,
                                   threads,
                                   {0, 2U * w, w, 0}},
              make, NULL, &d);
    bench_run(&(struct bench_case){"check decryption",
                                   "ballot",
                                   w,
                                   count,
                                   threads,
                                   {0, 2U * w, 2U * w, 0}},
              check, NULL, &d);
    bench_run(&(struct bench_case){"combine two",
                                   "ballot",
                                   w,
                                   count,
                                   threads,
                                   {0, 2U * w, 2U * w, 0}},
              combine, NULL, &d);
    free(d.messages);
    free(d.file);
    sample_close(&d.sample);
}

void bench_decryptions(struct pool *pool)
{
    bench_list(pool, 2000, 1);
    bench_list(pool, 100, 34);
}
