/* SPDX-License-Identifier: Apache-2.0 */
/* Any change to a mix is refused, by the name of what was changed. */
#include "mix.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mix_example.h"

static void a_flipped_bit_in_any_byte_is_refused(void **state)
{
    struct mix_example *example = *state;

    for (size_t i = 0; i < example->at.size; i++) {
        example->file[i] ^= (uint8_t)(1U << (i % 8));
        assert_int_not_equal(mix_example_check(example), AULA_OK);
        example->file[i] ^= (uint8_t)(1U << (i % 8));
    }
    assert_int_equal(mix_example_check(example), AULA_OK);
}

/* The field that a byte belongs to says what a signed change must be called. */
static int is_expected(const struct mix_example *example, size_t i,
                       enum aula_code code)
{
    if (i >= example->at.c) {
        return code == AULA_MIX_PROOF || code == AULA_SCALAR_INVALID;
    }
    if (i >= example->at.output) {
        return code == AULA_MIX_PROOF || code == AULA_POINT_INVALID;
    }
    if (i >= MIX_INPUT_HASH_AT) {
        return code == AULA_MIX_INPUT;
    }
    if (i >= 41) {
        return code == AULA_MIX_SIZE;
    }
    if (i == 40) {
        return code == AULA_MIX_TRUSTEE || code == AULA_SIG_INVALID;
    }
    if (i >= 37) {
        return code == (i == 39 ? AULA_MIX_ORDER : AULA_MIX_CONTEST);
    }
    if (i >= 5) {
        return code == AULA_WRONG_ELECTION;
    }
    return code == (i == 4 ? AULA_BAD_VERSION : AULA_BAD_MAGIC);
}

static void a_change_that_the_trustee_signs_is_refused_by_its_name(void **state)
{
    struct mix_example *example = *state;

    for (size_t i = 0; i < example->at.signature; i++) {
        for (unsigned bit = 0; bit < 8; bit += 7) {
            example->file[i] ^= (uint8_t)(1U << bit);
            mix_example_sign(example);
            if (!is_expected(example, i, mix_example_check(example))) {
                fail_msg("byte %zu: %s", i,
                         aula_code_name(mix_example_check(example)));
            }
            example->file[i] ^= (uint8_t)(1U << bit);
        }
    }
    mix_example_sign(example);
    assert_int_equal(mix_example_check(example), AULA_OK);
}

/* The cheat that the proof is there for: a ballot replaced by another, both
 * valid ciphertexts, everything else made honestly by the protocol's steps. */
static void a_replaced_ballot_is_refused(void **state)
{
    struct mix_example *example = *state;
    uint8_t *row = example->file + example->at.output;
    uint8_t held[128];

    memcpy(held, row, sizeof held);
    memcpy(row, row + 128, sizeof held);
    mix_example_sign(example);
    assert_int_equal(mix_example_check(example), AULA_MIX_PROOF);
    draw_point(row, "other", 0);
    memcpy(row + 32, held + 32, sizeof held - 32);
    mix_example_sign(example);
    assert_int_equal(mix_example_check(example), AULA_MIX_PROOF);
    memcpy(row, held, sizeof held);
    mix_example_sign(example);
    assert_int_equal(mix_example_check(example), AULA_OK);
}

static void the_first_bad_element_names_the_error(void **state)
{
    struct mix_example *example = *state;
    uint8_t *copy = malloc(example->at.size);

    memcpy(copy, example->file, example->at.size);
    memset(example->file + example->at.sp, 0xff, 32);
    mix_example_sign(example);
    assert_int_equal(mix_example_check(example), AULA_SCALAR_INVALID);
    memset(example->file + example->at.chain, 0xff, 32);
    mix_example_sign(example);
    assert_int_equal(mix_example_check(example), AULA_POINT_INVALID);
    memset(example->file + example->at.commitments + 32, 0, 32);
    mix_example_sign(example);
    assert_int_equal(mix_example_check(example), AULA_POINT_IDENTITY);
    memset(example->file + example->at.output + 64, 0xff, 32);
    mix_example_sign(example);
    assert_int_equal(mix_example_check(example), AULA_POINT_INVALID);
    memcpy(example->file, copy, example->at.size);
    free(copy);
    assert_int_equal(mix_example_check(example), AULA_OK);
}

static void every_other_length_is_refused(void **state)
{
    struct mix_example *example = *state;

    for (size_t size = 0; size < example->at.size; size++) {
        assert_int_equal(mix_example_check_as(example, 0, size),
                         AULA_TRUNCATED);
    }
    example->file[example->at.size] = 0;
    assert_int_equal(mix_example_check_as(example, 0, example->at.size + 1),
                     AULA_TRAILING_BYTES);
}

static void a_trustee_mixes_a_contest_once(void **state)
{
    const struct mix_example *example = *state;

    assert_int_equal(mix_example_check_as(example, 5, example->at.size),
                     AULA_OK);
    assert_int_equal(mix_example_check_as(example, 2, example->at.size),
                     AULA_MIX_TRUSTEE);
    assert_int_equal(mix_check(NULL, NULL, &example->input,
                               (const uint8_t(*)[32])example->list->sign_public,
                               MIXER - 1, 0, example->file, example->at.size,
                               NULL),
                     AULA_MIX_TRUSTEE);
}

static void a_mix_fits_its_own_list_place_and_election_only(void **state)
{
    struct mix_example copy = *(struct mix_example *)*state;
    uint8_t other[32];

    copy.input.position = 2;
    assert_int_equal(mix_example_check(&copy), AULA_MIX_ORDER);
    copy.input.position = 1;
    copy.input.contest++;
    assert_int_equal(mix_example_check(&copy), AULA_MIX_CONTEST);
    copy.input.contest--;
    copy.input.count--;
    assert_int_equal(mix_example_check(&copy), AULA_MIX_SIZE);
    copy.input.count++;
    copy.input.width++;
    assert_int_equal(mix_example_check(&copy), AULA_MIX_SIZE);
    copy.input.width--;
    copy.input.list = mix_output(copy.file);
    assert_int_equal(mix_example_check(&copy), AULA_MIX_INPUT);
    copy.input.list = copy.list->pairs;
    draw_bytes(other, sizeof other, "other", 0);
    copy.input.package_hash = other;
    assert_int_equal(mix_example_check(&copy), AULA_WRONG_ELECTION);
    copy.input.package_hash = copy.list->package_hash;
    draw_point(other, "key", 0);
    copy.input.key = other;
    assert_int_equal(mix_example_check(&copy), AULA_MIX_PROOF);
}

/* A file of one row that is signed and well-formed: its own error. */
static void a_mix_of_one_ballot_is_refused_by_name(void **state)
{
    struct mix_example *example = mix_example_open(2, 1);
    struct mix_layout small;

    (void)state;
    mix_layout_of(&small, 1, 1);
    example->input.count = 1;
    example->file[41] = 1;
    mix_list_hash(example->file + MIX_INPUT_HASH_AT, example->list->pairs, 1,
                  1);
    for (size_t i = small.output; i < small.c; i += 32) {
        memcpy(example->file + i, example->list->key, 32);
    }
    memset(example->file + small.c, 0, small.signature - small.c);
    sign_file(example->file, small.signature, "sig-mix",
              example->list->sign_secret[MIXER - 1]);
    assert_int_equal(mix_example_check_as(example, 0, small.size),
                     AULA_MIX_SMALL);
    mix_example_close(example);
}

static void more_than_the_limits_allow_is_too_large(void **state)
{
    static const uint32_t shapes[][2] = {
        {1000001, 1}, {1000000, 51}, {10, 0}, {10, 35}};
    struct mix_example copy = *(struct mix_example *)*state;

    for (size_t i = 0; i < 4; i++) {
        copy.input.count = shapes[i][0];
        copy.input.width = (uint8_t)shapes[i][1];
        assert_int_equal(mix_example_make(&copy, NULL), AULA_TOO_LARGE);
        assert_int_equal(mix_example_check(&copy), AULA_TOO_LARGE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flipped_bit_in_any_byte_is_refused),
        cmocka_unit_test(
            a_change_that_the_trustee_signs_is_refused_by_its_name),
        cmocka_unit_test(a_replaced_ballot_is_refused),
        cmocka_unit_test(the_first_bad_element_names_the_error),
        cmocka_unit_test(every_other_length_is_refused),
        cmocka_unit_test(a_trustee_mixes_a_contest_once),
        cmocka_unit_test(a_mix_fits_its_own_list_place_and_election_only),
        cmocka_unit_test(a_mix_of_one_ballot_is_refused_by_name),
        cmocka_unit_test(more_than_the_limits_allow_is_too_large),
    };

    return sodium_init() < 0
               ? 1
               : cmocka_run_group_tests_name("mix check", tests, mix_small_open,
                                             mix_small_close);
}
