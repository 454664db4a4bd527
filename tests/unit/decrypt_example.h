/* SPDX-License-Identifier: Apache-2.0 */
/* A list whose key is shared among three trustees, two of whom suffice, and
 * their partial decryptions: x_v = x + slope v. */
#ifndef AULA_TEST_DECRYPT_EXAMPLE_H
#define AULA_TEST_DECRYPT_EXAMPLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "decrypt_steps.h"
#include "lists.h"

enum { THRESHOLD = 2 };

struct decrypt_example {
    struct list *list;
    struct decrypt_input input;
    size_t size;
    uint8_t seed[DECRYPT_SEED_BYTES];
    uint8_t shares[LIST_TRUSTEES][32];
    uint8_t public_shares[LIST_TRUSTEES][32];
    uint8_t *files[LIST_TRUSTEES];
};

static inline enum aula_code
decrypt_example_make(struct decrypt_example *example, struct pool *pool,
                     size_t i)
{
    return decrypt_make(example->files[i], pool, &example->input,
                        (uint8_t)(i + 1), example->list->sign_secret[i],
                        example->shares[i], example->seed, NULL);
}

static inline void decrypt_example_deal(struct decrypt_example *example,
                                        size_t i)
{
    uint8_t slope[32];
    uint8_t index[32];

    draw_scalar(slope, "slope", 0);
    group_scalar_of(index, i + 1);
    memcpy(example->shares[i], example->list->x, 32);
    group_scalar_add_product(example->shares[i], slope, index);
    group_mul_base(example->public_shares[i], example->shares[i]);
}

static inline struct decrypt_example *decrypt_example_open(uint32_t count,
                                                           uint8_t width)
{
    struct decrypt_example *example = calloc(1, sizeof *example);
    struct list *list = list_open(count, width);

    example->list = list;
    example->input = (struct decrypt_input){list->package_hash, 5, width, count,
                                            list->pairs};
    example->size = decrypt_file_size(count, width);
    draw_bytes(example->seed, sizeof example->seed, "seed", 0);
    for (size_t i = 0; i < LIST_TRUSTEES; i++) {
        decrypt_example_deal(example, i);
        example->files[i] = malloc(example->size + 1);
        assert_int_equal(decrypt_example_make(example, NULL, i), AULA_OK);
    }
    return example;
}

static inline void decrypt_example_close(struct decrypt_example *example)
{
    for (size_t i = 0; i < LIST_TRUSTEES; i++) {
        free(example->files[i]);
    }
    list_close(example->list);
    free(example);
}

static inline int decrypt_small_open(void **state)
{
    *state = decrypt_example_open(3, 2);
    return 0;
}

static inline int decrypt_small_close(void **state)
{
    decrypt_example_close(*state);
    return 0;
}

static inline enum aula_code
decrypt_example_check_as(const struct decrypt_example *example,
                         struct pool *pool, size_t i, uint32_t used,
                         size_t size)
{
    return decrypt_check(NULL, pool, &example->input,
                         (const uint8_t(*)[32])example->list->sign_public,
                         (const uint8_t(*)[32])example->public_shares,
                         LIST_TRUSTEES, used, example->files[i], size, NULL);
}

static inline enum aula_code
decrypt_example_check(const struct decrypt_example *example, size_t i)
{
    return decrypt_example_check_as(example, NULL, i, 0, example->size);
}

static inline void decrypt_example_sign(struct decrypt_example *example,
                                        size_t i)
{
    sign_file(example->files[i], example->size - SIGN_BYTES, "sig-decrypt",
              example->list->sign_secret[i]);
}

static inline struct decrypt_part
decrypt_example_part(const struct decrypt_example *example, size_t i)
{
    return (struct decrypt_part){(uint8_t)(i + 1),
                                 decrypt_points(example->files[i])};
}

#endif
