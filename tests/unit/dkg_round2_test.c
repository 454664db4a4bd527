/* SPDX-License-Identifier: Apache-2.0 */
/* Round 2 of the ceremony: dealing shares and opening them (dkg.h). */
#include "dkg_ceremony.h"

/* A file of trustee 1 of 3: a head, a box for trustee 2, a box for trustee 3.
 */
enum { INDEX = 39, TRANSCRIPT = 40, FILE_BYTES = 364 };

static int deal_three(void **state)
{
    struct ceremony *c = ceremony_open(3, 2);

    ceremony_deal(c);
    *state = c;
    return 0;
}

/* Trustee 2 opens what is said to be trustee 1's file. */
static enum aula_code open_file(const struct ceremony *c, const uint8_t *file,
                                size_t size)
{
    uint8_t share[GROUP_SCALAR_BYTES];
    uint8_t before[GROUP_SCALAR_BYTES];
    uint8_t index = 77;
    enum aula_code code;

    memset(share, 0xee, sizeof share);
    memcpy(before, share, sizeof before);
    code = dkg_round2_open(&index, share, &c->set, 2,
                           c->trustees[1].transport_secret, 0, file, size,
                           NULL);
    if (code != AULA_OK) { /* nothing is written */
        assert_int_equal(index, 77);
        assert_memory_equal(share, before, sizeof share);
    }
    return code;
}

static enum aula_code open_signed(const struct ceremony *c, uint8_t *file)
{
    sign_file(file, FILE_BYTES - SIGN_BYTES, "sig-dkg2",
              c->trustees[0].sign_secret);
    return open_file(c, file, FILE_BYTES);
}

static void copy_file(uint8_t file[static FILE_BYTES], const struct ceremony *c)
{
    memcpy(file, c->trustees[0].round2, FILE_BYTES);
}

static void a_file_has_the_documented_size(void **state)
{
    const struct ceremony *c = *state;

    assert_int_equal(DKG_ROUND2_BYTES(3), FILE_BYTES);
    assert_int_equal(DKG_ROUND2_BYTES(1), 136);
    assert_int_equal(DKG_ROUND2_MAX_BYTES, 136 + 114 * 31);
    assert_memory_equal(c->trustees[0].round2 + TRANSCRIPT, c->set.transcript,
                        DKG_TRANSCRIPT_BYTES);
}

static void everyone_finds_the_share_that_was_dealt(void **state)
{
    const struct ceremony *c = *state;
    uint8_t dealt[GROUP_SCALAR_BYTES];
    uint8_t share[GROUP_SCALAR_BYTES];

    for (uint8_t from = 1; from <= 3; from++) {
        for (uint8_t to = 1; to <= 3; to++) {
            if (to == from) {
                continue;
            }
            assert_int_equal(dkg_dealt_share(dealt, &c->params, from, to,
                                             c->trustees[from - 1].seed, NULL),
                             AULA_OK);
            assert_int_equal(ceremony_open_share(share, c, to, from), AULA_OK);
            assert_memory_equal(share, dealt, sizeof share);
        }
    }
}

static void a_share_is_the_polynomial_at_its_place(void **state)
{
    const struct ceremony *c = *state;
    uint8_t f[2][GROUP_SCALAR_BYTES];
    uint8_t share[GROUP_SCALAR_BYTES];

    for (uint8_t k = 0; k < 2; k++) {
        dkg_coefficient(f[k], &c->params, 1, k, c->trustees[0].seed);
    }
    for (uint8_t to = 1; to <= 3; to++) { /* f_0 + to f_1 by adding */
        crypto_core_ristretto255_scalar_add(f[0], f[0], f[1]);
        assert_int_equal(dkg_dealt_share(share, &c->params, 1, to,
                                         c->trustees[0].seed, NULL),
                         AULA_OK);
        assert_memory_equal(share, f[0], sizeof share);
    }
}

static bool is_expected_after_flip(size_t place, enum aula_code code)
{
    if (place < 4) {
        return code == AULA_BAD_MAGIC;
    }
    if (place == 4) {
        return code == AULA_BAD_VERSION;
    }
    if (place < INDEX) {
        return code == AULA_DKG_PARAMS;
    }
    if (place == INDEX) { /* index 1 becomes 3, or none */
        return code == AULA_DKG_INDEX || code == AULA_SIG_INVALID;
    }
    return code == AULA_SIG_INVALID;
}

static void a_flipped_bit_anywhere_is_refused(void **state)
{
    const struct ceremony *c = *state;
    uint8_t file[FILE_BYTES];

    copy_file(file, c);
    for (size_t bit = 0; bit < 8 * sizeof file; bit++) {
        enum aula_code code;

        file[bit / 8] ^= (uint8_t)(1U << bit % 8);
        code = open_file(c, file, sizeof file);
        assert_true(is_expected_after_flip(bit / 8, code));
        code = dkg_round2_check(NULL, &c->set, 0, file, sizeof file, NULL);
        assert_true(is_expected_after_flip(bit / 8, code));
        file[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
    assert_int_equal(open_file(c, file, sizeof file), AULA_OK);
}

static void every_shorter_file_is_truncated(void **state)
{
    const struct ceremony *c = *state;

    for (size_t size = 0; size < FILE_BYTES; size++) {
        uint8_t *file = malloc(size + 1);

        assert_non_null(file);
        memcpy(file + 1, c->trustees[0].round2, size);
        assert_int_equal(open_file(c, file + 1, size), AULA_TRUNCATED);
        free(file);
    }
}

static void one_byte_too_many_is_refused(void **state)
{
    const struct ceremony *c = *state;
    uint8_t file[FILE_BYTES + 1] = {0};

    copy_file(file, c);
    assert_int_equal(open_file(c, file, sizeof file), AULA_TRAILING_BYTES);
}

static void the_own_file_is_checked_but_not_opened(void **state)
{
    const struct ceremony *c = *state;
    const uint8_t *own = c->trustees[1].round2;
    uint8_t index = 0;

    assert_int_equal(open_file(c, own, FILE_BYTES), AULA_DKG_INDEX);
    assert_int_equal(dkg_round2_check(&index, &c->set, 0, own, FILE_BYTES,
                                      NULL),
                     AULA_OK);
    assert_int_equal(index, 2);
}

static void a_second_file_of_one_trustee_is_refused(void **state)
{
    const struct ceremony *c = *state;
    const uint8_t *file = c->trustees[0].round2;
    uint8_t share[GROUP_SCALAR_BYTES];

    assert_int_equal(dkg_round2_check(NULL, &c->set, 1, file, FILE_BYTES, NULL),
                     AULA_DKG_INDEX);
    assert_int_equal(dkg_round2_check(NULL, &c->set, 6, file, FILE_BYTES, NULL),
                     AULA_OK);
    assert_int_equal(dkg_round2_open(NULL, share, &c->set, 2,
                                     c->trustees[1].transport_secret, 1, file,
                                     FILE_BYTES, NULL),
                     AULA_DKG_INDEX);
}

static void a_file_of_another_trustees_key_is_refused(void **state)
{
    const struct ceremony *c = *state;
    uint8_t file[FILE_BYTES];

    copy_file(file, c);
    sign_file(file, FILE_BYTES - SIGN_BYTES, "sig-dkg2",
              c->trustees[2].sign_secret);
    assert_int_equal(open_file(c, file, sizeof file), AULA_SIG_INVALID);
    sign_file(file, FILE_BYTES - SIGN_BYTES, "sig-dkg1",
              c->trustees[0].sign_secret);
    assert_int_equal(open_file(c, file, sizeof file), AULA_SIG_INVALID);
}

static void a_dealer_that_saw_other_round_1_files_is_refused(void **state)
{
    const struct ceremony *c = *state;
    uint8_t file[FILE_BYTES];

    copy_file(file, c);
    file[TRANSCRIPT] ^= 1;
    assert_int_equal(open_signed(c, file), AULA_DKG_TRANSCRIPT);
}

static void a_wrong_key_of_ones_own_accuses_nobody(void **state)
{
    const struct ceremony *c = *state;
    uint8_t share[GROUP_SCALAR_BYTES];
    struct aula_error err;

    assert_int_equal(dkg_round2_open(NULL, share, &c->set, 2,
                                     c->trustees[2].transport_secret, 0,
                                     c->trustees[0].round2, FILE_BYTES, &err),
                     AULA_DKG_KEY);
    assert_null(strstr(err.message, "trustee 1"));
}

static void a_transport_key_of_low_order_names_its_owner(void **state)
{
    static const uint8_t low[][SEAL_PUBLIC_BYTES] = {{0}, {1}};
    struct ceremony *c = *state;
    struct trustee *owner = &c->trustees[2];
    struct aula_error err;

    for (size_t i = 0; i < sizeof low / sizeof low[0]; i++) {
        memcpy(owner->transport_public, low[i], sizeof low[i]);
        ceremony_make_round1(c, 3);
        assert_int_equal(ceremony_check_round1(c, 3), AULA_OK);
        assert_int_equal(ceremony_check_set(c), AULA_OK);
        assert_int_equal(dkg_round2_make(c->trustees[0].round2, &c->set, 1,
                                         c->trustees[0].sign_secret,
                                         c->trustees[0].seed, &err),
                         AULA_DKG_KEY);
        assert_non_null(strstr(err.message, "trustee 3"));
    }
}

static void nobody_outside_deals(void **state)
{
    struct ceremony *c = *state;
    struct trustee *t = &c->trustees[0];

    assert_int_equal(dkg_round2_make(t->round2, &c->set, 0, t->sign_secret,
                                     t->seed, NULL),
                     AULA_DKG_INDEX);
    assert_int_equal(dkg_round2_make(t->round2, &c->set, 4, t->sign_secret,
                                     t->seed, NULL),
                     AULA_DKG_INDEX);
}

static void the_second_transcript_covers_every_file_in_order(void **state)
{
    struct ceremony *c = *state;
    const uint8_t *files[3] = {c->trustees[0].round2, c->trustees[1].round2,
                               c->trustees[2].round2};
    const uint8_t *turned[3] = {files[1], files[0], files[2]};
    uint8_t before[DKG_TRANSCRIPT_BYTES];
    uint8_t after[DKG_TRANSCRIPT_BYTES];

    dkg_transcript2(before, &c->set, files);
    dkg_transcript2(after, &c->set, turned);
    assert_memory_not_equal(before, after, sizeof before);
    for (size_t i = 0; i < 3; i++) {
        c->trustees[i].round2[FILE_BYTES - 1] ^= 1;
        dkg_transcript2(after, &c->set, files);
        assert_memory_not_equal(before, after, sizeof before);
        c->trustees[i].round2[FILE_BYTES - 1] ^= 1;
    }
}

#define DEALT(test)                                                            \
    cmocka_unit_test_setup_teardown(test, deal_three, ceremony_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DEALT(a_file_has_the_documented_size),
        DEALT(everyone_finds_the_share_that_was_dealt),
        DEALT(a_share_is_the_polynomial_at_its_place),
        DEALT(a_flipped_bit_anywhere_is_refused),
        DEALT(every_shorter_file_is_truncated),
        DEALT(one_byte_too_many_is_refused),
        DEALT(the_own_file_is_checked_but_not_opened),
        DEALT(a_second_file_of_one_trustee_is_refused),
        DEALT(a_file_of_another_trustees_key_is_refused),
        DEALT(a_dealer_that_saw_other_round_1_files_is_refused),
        DEALT(a_wrong_key_of_ones_own_accuses_nobody),
        DEALT(a_transport_key_of_low_order_names_its_owner),
        DEALT(nobody_outside_deals),
        DEALT(the_second_transcript_covers_every_file_in_order),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
