/* SPDX-License-Identifier: Apache-2.0 */
/* A mix keeps every ballot, tells nothing else, and is the same file with any
 * number of threads. */
#include "mix.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mix_example.h"

static void assert_same_ballots(const struct mix_example *example)
{
    size_t row = (size_t)32 * example->list->width;
    uint8_t *before = list_decrypt(example->list, example->list->pairs);
    uint8_t *after = list_decrypt(example->list, mix_output(example->file));
    uint8_t *used = calloc(example->list->count, 1);

    for (size_t i = 0; i < example->list->count; i++) {
        size_t j = 0;

        while (j < example->list->count &&
               (used[j] != 0 ||
                memcmp(before + j * row, after + i * row, row) != 0)) {
            j++;
        }
        assert_true(j < example->list->count);
        used[j] = 1;
    }
    free(used);
    free(after);
    free(before);
}

static void a_mix_holds_the_same_ballots_and_passes(void **state)
{
    static const uint8_t shapes[][2] = {{2, 1},  {2, 2}, {3, 34}, {7, 1},
                                        {65, 3}, {5, 5}, {130, 1}};

    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        struct mix_example *example = mix_example_open(shapes[i][0],
                                                       shapes[i][1]);
        uint8_t trustee = 0;

        assert_int_equal(mix_file_size(shapes[i][0], shapes[i][1]),
                         example->at.size);
        assert_int_equal(mix_check(&trustee, NULL, &example->input,
                                   (const uint8_t(*)[32])
                                       example->list->sign_public,
                                   LIST_TRUSTEES, 0, example->file,
                                   example->at.size, NULL),
                         AULA_OK);
        assert_int_equal(trustee, MIXER);
        assert_same_ballots(example);
        mix_example_close(example);
    }
}

static void no_ciphertext_of_the_input_is_seen_again(void **state)
{
    const struct mix_example *example = *state;
    size_t pairs = (size_t)example->list->count * example->list->width;

    for (size_t i = 0; i < 2 * pairs; i++) {
        for (size_t j = 0; j < 2 * pairs; j++) {
            assert_memory_not_equal(mix_output(example->file) + 32 * i,
                                    example->list->pairs + 32 * j, 32);
        }
    }
}

static void another_seed_gives_another_mix(void **state)
{
    struct mix_example *example = mix_example_open(20, 1);
    uint8_t *first = malloc(example->at.size);

    (void)state;
    memcpy(first, example->file, example->at.size);
    example->seed[31] ^= 1;
    assert_int_equal(mix_example_make(example, NULL), AULA_OK);
    assert_memory_not_equal(first + example->at.output,
                            example->file + example->at.output, 32);
    assert_int_equal(mix_example_check(example), AULA_OK);
    free(first);
    mix_example_close(example);
}

static void the_file_is_the_same_with_any_number_of_threads(void **state)
{
    struct mix_example *example = mix_example_open(300, 2);
    uint8_t *first = malloc(example->at.size);

    (void)state;
    memcpy(first, example->file, example->at.size);
    for (unsigned threads = 1; threads <= 5; threads++) {
        struct pool *pool = NULL;

        assert_int_equal(pool_open(&pool, threads, NULL), AULA_OK);
        memset(example->file, 0, example->at.size);
        assert_int_equal(mix_example_make(example, pool), AULA_OK);
        assert_memory_equal(first, example->file, example->at.size);
        assert_int_equal(mix_check(NULL, pool, &example->input,
                                   (const uint8_t(*)[32])
                                       example->list->sign_public,
                                   LIST_TRUSTEES, 0, example->file,
                                   example->at.size, NULL),
                         AULA_OK);
        pool_close(pool);
    }
    free(first);
    mix_example_close(example);
}

static void one_ballot_alone_is_never_mixed(void **state)
{
    struct mix_example copy = *(struct mix_example *)*state;

    for (uint32_t count = 0; count < 2; count++) {
        copy.input.count = count;
        assert_int_equal(mix_example_make(&copy, NULL), AULA_MIX_SMALL);
    }
}

static void a_list_with_a_bad_point_is_not_mixed(void **state)
{
    struct mix_example *example = mix_example_open(70, 1);

    (void)state;
    memset(example->list->pairs + (size_t)32 * 77, 0, 32);
    assert_int_equal(mix_example_make(example, NULL), AULA_POINT_IDENTITY);
    memset(example->list->pairs + (size_t)32 * 30, 0xff, 32);
    assert_int_equal(mix_example_make(example, NULL), AULA_POINT_INVALID);
    mix_example_close(example);
}

static void a_key_that_is_no_point_makes_no_mix(void **state)
{
    static const uint8_t identity[32];
    struct mix_example copy = *(struct mix_example *)*state;

    copy.input.key = identity;
    copy.file = malloc(copy.at.size);
    assert_int_equal(mix_example_make(&copy, NULL), AULA_POINT_IDENTITY);
    free(copy.file);
}

/* Every permutation of four must come up, about equally often. */
static void permutations_are_uniform(void **state)
{
    unsigned seen[256] = {0};
    unsigned kinds = 0;
    uint8_t s0[HASH_WIDE_BYTES] = {0};

    (void)state;
    for (uint64_t i = 0; i < 4800; i++) {
        uint8_t seed[MIX_SEED_BYTES];
        uint32_t psi[4];

        draw_bytes(seed, sizeof seed, "permutation", i);
        mix_permutation(psi, 4, seed, s0);
        assert_int_equal((1U << psi[0]) | (1U << psi[1]) | (1U << psi[2]) |
                             (1U << psi[3]),
                         15);
        seen[psi[0] | psi[1] << 2 | psi[2] << 4 | psi[3] << 6]++;
    }
    for (size_t i = 0; i < 256; i++) {
        kinds += seen[i] > 0;
        assert_true(seen[i] == 0 || (seen[i] > 120 && seen[i] < 290));
    }
    assert_int_equal(kinds, 24);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mix_holds_the_same_ballots_and_passes),
        cmocka_unit_test(no_ciphertext_of_the_input_is_seen_again),
        cmocka_unit_test(another_seed_gives_another_mix),
        cmocka_unit_test(the_file_is_the_same_with_any_number_of_threads),
        cmocka_unit_test(one_ballot_alone_is_never_mixed),
        cmocka_unit_test(a_list_with_a_bad_point_is_not_mixed),
        cmocka_unit_test(a_key_that_is_no_point_makes_no_mix),
        cmocka_unit_test(permutations_are_uniform),
    };

    return sodium_init() < 0
               ? 1
               : cmocka_run_group_tests_name("mix make", tests, mix_small_open,
                                             mix_small_close);
}
