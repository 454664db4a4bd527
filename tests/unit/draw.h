/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers for tests: the same in every run, different for every name. */
#ifndef AULA_TEST_DRAW_H
#define AULA_TEST_DRAW_H

#include <sodium.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* `size` bytes that follow from a name and a number. */
static inline void draw_bytes(void *out, size_t size, const char *name,
                              uint64_t number)
{
    uint8_t seed[randombytes_SEEDBYTES];
    uint8_t text[72] = {0};

    memcpy(text, &number, sizeof number);
    memcpy(text + 8, name, strlen(name));
    (void)crypto_generichash(seed, sizeof seed, text, sizeof text, NULL, 0);
    randombytes_buf_deterministic(out, size, seed);
}

/* A scalar below l. */
static inline void draw_scalar(uint8_t out[static 32], const char *name,
                               uint64_t number)
{
    uint8_t wide[64];

    draw_bytes(wide, sizeof wide, name, number);
    crypto_core_ristretto255_scalar_reduce(out, wide);
}

/* A point other than O. */
static inline void draw_point(uint8_t out[static 32], const char *name,
                              uint64_t number)
{
    uint8_t wide[64];

    draw_bytes(wide, sizeof wide, name, number);
    (void)crypto_core_ristretto255_from_hash(out, wide);
}

#endif
