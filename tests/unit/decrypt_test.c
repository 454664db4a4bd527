/* SPDX-License-Identifier: Apache-2.0 */
/* A partial decryption proves itself, and any change to it is refused. */
#include "decrypt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "decrypt_example.h"

static void a_decryption_passes_its_check_in_every_shape(void **state)
{
    static const uint8_t shapes[][2] = {{1, 1}, {2, 34}, {65, 1}, {130, 2}};

    (void)state;
    for (size_t s = 0; s < 4; s++) {
        struct decrypt_example *example = decrypt_example_open(shapes[s][0],
                                                               shapes[s][1]);

        for (size_t i = 0; i < LIST_TRUSTEES; i++) {
            assert_int_equal(decrypt_example_check(example, i), AULA_OK);
        }
        decrypt_example_close(example);
    }
}

static void the_file_is_the_same_with_any_number_of_threads(void **state)
{
    struct decrypt_example *example = decrypt_example_open(300, 1);

    (void)state;
    memcpy(example->files[1], example->files[0], example->size);
    for (unsigned threads = 1; threads <= 5; threads++) {
        struct pool *pool = NULL;

        assert_int_equal(pool_open(&pool, threads, NULL), AULA_OK);
        memset(example->files[0], 0, example->size);
        assert_int_equal(decrypt_example_make(example, pool, 0), AULA_OK);
        assert_memory_equal(example->files[0], example->files[1],
                            example->size);
        assert_int_equal(decrypt_example_check_as(example, pool, 0, 0,
                                                  example->size),
                         AULA_OK);
        pool_close(pool);
    }
    decrypt_example_close(example);
}

static void a_flipped_bit_in_any_byte_is_refused(void **state)
{
    struct decrypt_example *example = *state;

    for (size_t i = 0; i < example->size; i++) {
        example->files[0][i] ^= (uint8_t)(1U << (i % 8));
        assert_int_not_equal(decrypt_example_check(example, 0), AULA_OK);
        example->files[0][i] ^= (uint8_t)(1U << (i % 8));
    }
    assert_int_equal(decrypt_example_check(example, 0), AULA_OK);
}

/* The field that a byte belongs to says what a signed change must be called. */
static int is_expected(const struct decrypt_example *example, size_t i,
                       enum aula_code code)
{
    if (i >= decrypt_c_at(decrypt_count(&example->input))) {
        return code == AULA_DEC_PROOF || code == AULA_SCALAR_INVALID;
    }
    if (i >= DECRYPT_HEADER_BYTES) {
        return code == AULA_DEC_PROOF || code == AULA_POINT_INVALID;
    }
    if (i >= DECRYPT_INPUT_HASH_AT) {
        return code == AULA_DEC_INPUT;
    }
    if (i >= 40) {
        return code == AULA_DEC_SIZE;
    }
    if (i == 39) {
        return code == AULA_DEC_TRUSTEE || code == AULA_SIG_INVALID;
    }
    if (i >= 37) {
        return code == AULA_DEC_CONTEST;
    }
    if (i >= 5) {
        return code == AULA_WRONG_ELECTION;
    }
    return code == (i == 4 ? AULA_BAD_VERSION : AULA_BAD_MAGIC);
}

static void a_change_that_the_trustee_signs_is_refused_by_its_name(void **state)
{
    struct decrypt_example *example = *state;
    uint8_t *file = example->files[0];

    for (size_t i = 0; i < example->size - SIGN_BYTES; i++) {
        for (unsigned bit = 0; bit < 8; bit++) {
            file[i] ^= (uint8_t)(1U << bit);
            decrypt_example_sign(example, 0);
            if (!is_expected(example, i, decrypt_example_check(example, 0))) {
                fail_msg("byte %zu: %s", i,
                         aula_code_name(decrypt_example_check(example, 0)));
            }
            file[i] ^= (uint8_t)(1U << bit);
        }
    }
    decrypt_example_sign(example, 0);
    assert_int_equal(decrypt_example_check(example, 0), AULA_OK);
}

static void
the_decryption_of_one_point_by_another_share_is_refused(void **state)
{
    struct decrypt_example *example = *state;
    uint8_t *points = example->files[0] + DECRYPT_HEADER_BYTES;
    uint8_t held[32];

    memcpy(held, points + 160, sizeof held);
    memcpy(points + 160, decrypt_points(example->files[1]) + 160, 32);
    decrypt_example_sign(example, 0);
    assert_int_equal(decrypt_example_check(example, 0), AULA_DEC_PROOF);
    memcpy(points + 160, held, sizeof held);
    decrypt_example_sign(example, 0);
    assert_int_equal(decrypt_example_check(example, 0), AULA_OK);
}

static void the_first_bad_element_names_the_error(void **state)
{
    struct decrypt_example *example = decrypt_example_open(3, 1);
    uint8_t *file = example->files[0];

    (void)state;
    memset(file + decrypt_c_at(3) + 32, 0xff, 32);
    decrypt_example_sign(example, 0);
    assert_int_equal(decrypt_example_check(example, 0), AULA_SCALAR_INVALID);
    memset(file + DECRYPT_HEADER_BYTES + 64, 0xff, 32);
    decrypt_example_sign(example, 0);
    assert_int_equal(decrypt_example_check(example, 0), AULA_POINT_INVALID);
    memset(file + DECRYPT_HEADER_BYTES + 32, 0, 32);
    decrypt_example_sign(example, 0);
    assert_int_equal(decrypt_example_check(example, 0), AULA_POINT_IDENTITY);
    decrypt_example_close(example);
}

static void every_other_length_is_refused(void **state)
{
    struct decrypt_example *example = *state;

    for (size_t size = 0; size < example->size; size++) {
        assert_int_equal(decrypt_example_check_as(example, NULL, 0, 0, size),
                         AULA_TRUNCATED);
    }
    example->files[0][example->size] = 0;
    assert_int_equal(decrypt_example_check_as(example, NULL, 0, 0,
                                              example->size + 1),
                     AULA_TRAILING_BYTES);
}

static void a_trustee_decrypts_a_contest_once(void **state)
{
    const struct decrypt_example *example = *state;
    size_t size = example->size;

    assert_int_equal(decrypt_example_check_as(example, NULL, 1, 5, size),
                     AULA_OK);
    assert_int_equal(decrypt_example_check_as(example, NULL, 1, 2, size),
                     AULA_DEC_TRUSTEE);
    assert_int_equal(decrypt_check(NULL, NULL, &example->input,
                                   (const uint8_t(*)[32])
                                       example->list->sign_public,
                                   (const uint8_t(*)[32])example->public_shares,
                                   1, 0, example->files[1], size, NULL),
                     AULA_DEC_TRUSTEE);
}

static void a_file_fits_its_own_list_and_election_only(void **state)
{
    struct decrypt_example copy = *(struct decrypt_example *)*state;
    uint8_t other[6 * 64];

    memcpy(other, copy.list->pairs, sizeof other);
    other[383] ^= 1;
    copy.input.list = other;
    assert_int_equal(decrypt_example_check(&copy, 0), AULA_DEC_INPUT);
    copy.input.list = copy.list->pairs;
    copy.input.contest++;
    assert_int_equal(decrypt_example_check(&copy, 0), AULA_DEC_CONTEST);
    copy.input.contest--;
    copy.input.count = 6;
    copy.input.width = 1;
    assert_int_equal(decrypt_example_check(&copy, 0), AULA_DEC_SIZE);
    copy.input.count = 3;
    copy.input.width = 2;
    copy.input.package_hash = other;
    assert_int_equal(decrypt_example_check(&copy, 0), AULA_WRONG_ELECTION);
    copy.input.package_hash = copy.list->package_hash;
    memcpy(copy.public_shares[0], copy.public_shares[1], 32);
    assert_int_equal(decrypt_example_check(&copy, 0), AULA_DEC_PROOF);
}

static void the_signer_of_a_file_is_told(void **state)
{
    const struct decrypt_example *example = *state;
    uint8_t trustee = 0;

    assert_int_equal(decrypt_check(&trustee, NULL, &example->input,
                                   (const uint8_t(*)[32])
                                       example->list->sign_public,
                                   (const uint8_t(*)[32])example->public_shares,
                                   LIST_TRUSTEES, 0, example->files[2],
                                   example->size, NULL),
                     AULA_OK);
    assert_int_equal(trustee, 3);
}

static void a_share_that_is_no_scalar_decrypts_nothing(void **state)
{
    struct decrypt_example copy = *(struct decrypt_example *)*state;

    memset(copy.shares[0], 0, 32);
    assert_int_equal(decrypt_example_make(&copy, NULL, 0), AULA_SCALAR_INVALID);
    memset(copy.shares[0], 0xff, 32);
    assert_int_equal(decrypt_example_make(&copy, NULL, 0), AULA_SCALAR_INVALID);
}

static void a_list_with_a_bad_point_is_not_decrypted(void **state)
{
    struct decrypt_example *example = decrypt_example_open(70, 1);

    (void)state;
    memset(example->list->pairs + (size_t)64 * 68, 0, 32);
    assert_int_equal(decrypt_example_make(example, NULL, 0),
                     AULA_POINT_IDENTITY);
    memset(example->list->pairs + (size_t)64 * 30, 0xff, 32);
    assert_int_equal(decrypt_example_make(example, NULL, 0),
                     AULA_POINT_INVALID);
    decrypt_example_close(example);
}

static void more_than_the_limits_allow_is_too_large(void **state)
{
    static const uint32_t shapes[][2] = {
        {1000001, 1}, {1000000, 51}, {10, 0}, {10, 35}};
    struct decrypt_example copy = *(struct decrypt_example *)*state;

    for (size_t i = 0; i < 4; i++) {
        copy.input.count = shapes[i][0];
        copy.input.width = (uint8_t)shapes[i][1];
        assert_int_equal(decrypt_example_make(&copy, NULL, 0), AULA_TOO_LARGE);
        assert_int_equal(decrypt_example_check(&copy, 0), AULA_TOO_LARGE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_decryption_passes_its_check_in_every_shape),
        cmocka_unit_test(the_file_is_the_same_with_any_number_of_threads),
        cmocka_unit_test(a_flipped_bit_in_any_byte_is_refused),
        cmocka_unit_test(
            a_change_that_the_trustee_signs_is_refused_by_its_name),
        cmocka_unit_test(
            the_decryption_of_one_point_by_another_share_is_refused),
        cmocka_unit_test(the_first_bad_element_names_the_error),
        cmocka_unit_test(every_other_length_is_refused),
        cmocka_unit_test(a_trustee_decrypts_a_contest_once),
        cmocka_unit_test(a_file_fits_its_own_list_and_election_only),
        cmocka_unit_test(the_signer_of_a_file_is_told),
        cmocka_unit_test(a_share_that_is_no_scalar_decrypts_nothing),
        cmocka_unit_test(a_list_with_a_bad_point_is_not_decrypted),
        cmocka_unit_test(more_than_the_limits_allow_is_too_large),
    };

    return sodium_init() < 0 ? 1
                             : cmocka_run_group_tests_name("decrypt", tests,
                                                           decrypt_small_open,
                                                           decrypt_small_close);
}
