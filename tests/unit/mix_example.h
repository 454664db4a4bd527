/* SPDX-License-Identifier: Apache-2.0 */
/* A list and its mix by trustee 2 at position 1, for the tests of mixes. */
#ifndef AULA_TEST_MIX_EXAMPLE_H
#define AULA_TEST_MIX_EXAMPLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lists.h"
#include "mix_steps.h"

enum { MIXER = 2 };

struct mix_example {
    struct list *list;
    struct mix_input input;
    struct mix_layout at;
    uint8_t seed[MIX_SEED_BYTES];
    uint8_t *file;
};

static inline enum aula_code mix_example_make(struct mix_example *example,
                                              struct pool *pool)
{
    return mix_make(example->file, pool, &example->input, MIXER,
                    example->list->sign_secret[MIXER - 1], example->seed, NULL);
}

static inline struct mix_example *mix_example_open(uint32_t count,
                                                   uint8_t width)
{
    struct mix_example *example = calloc(1, sizeof *example);
    struct list *list = list_open(count, width);

    example->list = list;
    example->input = (struct mix_input){
        list->package_hash, list->key, 5, 1, width, count, list->pairs};
    mix_layout_of(&example->at, count, width);
    draw_bytes(example->seed, sizeof example->seed, "seed", 0);
    example->file = malloc(example->at.size + 1);
    assert_int_equal(mix_example_make(example, NULL), AULA_OK);
    return example;
}

static inline void mix_example_close(struct mix_example *example)
{
    list_close(example->list);
    free(example->file);
    free(example);
}

static inline int mix_small_open(void **state)
{
    *state = mix_example_open(3, 2);
    return 0;
}

static inline int mix_small_close(void **state)
{
    mix_example_close(*state);
    return 0;
}

static inline enum aula_code
mix_example_check_as(const struct mix_example *example, uint32_t used,
                     size_t size)
{
    return mix_check(NULL, NULL, &example->input,
                     (const uint8_t(*)[32])example->list->sign_public,
                     LIST_TRUSTEES, used, example->file, size, NULL);
}

static inline enum aula_code
mix_example_check(const struct mix_example *example)
{
    return mix_example_check_as(example, 0, example->at.size);
}

/* Sign again, as a trustee who cheats would. */
static inline void mix_example_sign(struct mix_example *example)
{
    sign_file(example->file, example->at.signature, "sig-mix",
              example->list->sign_secret[MIXER - 1]);
}

#endif
