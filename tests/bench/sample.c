/* SPDX-License-Identifier: Apache-2.0 */
#include "sample.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

void *sample_memory(size_t size)
{
    void *memory = malloc(size);

    if (memory == NULL) {
        (void)fprintf(stderr, "aula-bench: no memory for %zu bytes\n", size);
        exit(1);
    }
    return memory;
}

void sample_must(enum aula_code code, const char *what)
{
    if (code != AULA_OK) {
        (void)fprintf(stderr, "aula-bench: %s: %s\n", what,
                      aula_code_name(code));
        exit(1);
    }
}

void sample_open(struct sample *sample, uint32_t count, uint8_t width)
{
    size_t points = (size_t)2 * count * width;

    randombytes_buf(sample->package_hash, sizeof sample->package_hash);
    randombytes_buf(sample->seed, sizeof sample->seed);
    crypto_core_ristretto255_scalar_random(sample->share);
    group_mul_base(sample->key, sample->share);
    sign_key_pair(sample->sign_public[0], sample->sign_secret, sample->seed);
    sample->count = count;
    sample->width = width;
    sample->list = sample_memory(points * GROUP_POINT_BYTES);
    for (size_t i = 0; i < points; i++) {
        crypto_core_ristretto255_random(sample->list + i * GROUP_POINT_BYTES);
    }
}

void sample_close(struct sample *sample)
{
    free(sample->list);
}
