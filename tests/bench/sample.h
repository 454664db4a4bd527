/* SPDX-License-Identifier: Apache-2.0 */
/* Keys and lists to measure with: any points do, nobody decodes them. */
#ifndef AULA_BENCH_SAMPLE_H
#define AULA_BENCH_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include "group.h"
#include "sign.h"

struct sample {
    uint8_t package_hash[32];
    uint8_t share[32]; /* x, the only share */
    uint8_t key[32];   /* x G */
    uint8_t sign_public[1][SIGN_PUBLIC_BYTES];
    uint8_t sign_secret[SIGN_SECRET_BYTES];
    uint8_t seed[32];
    uint32_t count;
    uint8_t width;
    uint8_t *list; /* 64 count width bytes */
};

/** Ends the program when there is no memory; sample_close frees the list. */
void sample_open(struct sample *sample, uint32_t count, uint8_t width);
void sample_close(struct sample *sample);

/** `size` bytes, or the end of the program. */
void *sample_memory(size_t size);

/** End the program when something that is measured does not work. */
void sample_must(enum aula_code code, const char *what);

#endif
