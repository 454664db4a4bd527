/* SPDX-License-Identifier: Apache-2.0 */
/* A trustee's keys and a list of ciphertexts, for the tests of mix and
 * decryption. The election key is x G with a known x, so that a test can look
 * into every ciphertext. */
#ifndef AULA_TEST_LISTS_H
#define AULA_TEST_LISTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "draw.h"
#include "group.h"
#include "sign.h"

enum { LIST_TRUSTEES = 3 };

struct list {
    uint8_t package_hash[32];
    uint8_t x[32];
    uint8_t key[32];
    uint8_t sign_public[LIST_TRUSTEES][SIGN_PUBLIC_BYTES];
    uint8_t sign_secret[LIST_TRUSTEES][SIGN_SECRET_BYTES];
    uint32_t count;
    uint8_t width;
    uint8_t *pairs; /* 64 count width */
};

static inline struct list *list_open(uint32_t count, uint8_t width)
{
    struct list *list = calloc(1, sizeof *list);

    draw_bytes(list->package_hash, 32, "package", 0);
    draw_scalar(list->x, "x", 0);
    group_mul_base(list->key, list->x);
    for (uint64_t i = 0; i < LIST_TRUSTEES; i++) {
        uint8_t seed[SIGN_SEED_BYTES];

        draw_bytes(seed, sizeof seed, "trustee", i);
        sign_key_pair(list->sign_public[i], list->sign_secret[i], seed);
    }
    list->count = count;
    list->width = width;
    list->pairs = malloc((size_t)64 * count * width + 1);
    for (uint64_t i = 0; i < (uint64_t)2 * count * width; i++) {
        draw_point(list->pairs + 32 * i, "pair", i);
    }
    return list;
}

static inline void list_close(struct list *list)
{
    free(list->pairs);
    free(list);
}

/* What `count * width` pairs hold: b - x a each. */
static inline uint8_t *list_decrypt(const struct list *list,
                                    const uint8_t *pairs)
{
    size_t points = (size_t)list->count * list->width;
    uint8_t *messages = malloc(32 * points + 1);

    for (size_t i = 0; i < points; i++) {
        group_mul(messages + 32 * i, list->x, pairs + 64 * i);
        group_sub(messages + 32 * i, pairs + 64 * i + 32, messages + 32 * i);
    }
    return messages;
}

#endif
