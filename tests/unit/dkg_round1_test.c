/* SPDX-License-Identifier: Apache-2.0 */
/* Round 1 of the ceremony: files, and files as a set (dkg.h). */
#include "dkg_ceremony.h"

/* Places in a file of trustee 1 of 3, threshold 2, whose name has 9 bytes. */
enum {
    TRANSPORT = 40,
    SIGN_KEY = 72,
    NAME_SIZE = 104,
    NAME = 105,
    A_0 = 114,
    A_1 = 146,
    POP_C = 178,
    POP_Z = 210,
    FILE_BYTES = 306
};

/* l, which no scalar may reach. */
static const uint8_t group_order[GROUP_SCALAR_BYTES] = {
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
    0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
    0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};

static int open_three(void **state)
{
    *state = ceremony_open(3, 2);
    return 0;
}

static enum aula_code check(const struct ceremony *c, const uint8_t *file,
                            size_t size)
{
    struct dkg_round1 view;

    return dkg_round1_check(&view, &c->params, 0, file, size, NULL);
}

/* Trustee 1 itself signs what was changed. */
static enum aula_code check_signed(const struct ceremony *c, uint8_t *file)
{
    sign_file(file, FILE_BYTES - SIGN_BYTES, "sig-dkg1",
              c->trustees[0].sign_secret);
    return check(c, file, FILE_BYTES);
}

static void a_file_has_the_documented_size_and_parts(void **state)
{
    const struct ceremony *c = *state;
    const struct trustee *t = &c->trustees[1];
    const struct dkg_round1 *view = &c->views[1];

    assert_int_equal(t->round1_size, FILE_BYTES);
    assert_int_equal(DKG_ROUND1_MAX_BYTES, 233 + 64 + 32 * 32);
    assert_int_equal(view->index, 2);
    assert_ptr_equal(view->file, t->round1);
    assert_int_equal(view->file_size, FILE_BYTES);
    assert_memory_equal(view->transport, t->transport_public, 32);
    assert_memory_equal(view->sign_public, t->sign_public, 32);
    assert_int_equal(view->name_size, 9);
    assert_memory_equal(view->name, "Trustee 2", 9);
    assert_ptr_equal(view->commitments, t->round1 + A_0);
}

static void commitments_are_the_coefficients_times_the_base(void **state)
{
    const struct ceremony *c = *state;
    uint8_t f[GROUP_SCALAR_BYTES];
    uint8_t point[GROUP_POINT_BYTES];

    for (uint8_t k = 0; k < 2; k++) {
        dkg_coefficient(f, &c->params, 3, k, c->trustees[2].seed);
        group_mul_base(point, f);
        assert_memory_equal(c->views[2].commitments + 32 * k, point, 32);
    }
}

static void the_same_seed_makes_the_same_file(void **state)
{
    struct ceremony *c = *state;
    uint8_t before[FILE_BYTES];

    memcpy(before, c->trustees[0].round1, sizeof before);
    ceremony_make_round1(c, 1);
    assert_memory_equal(before, c->trustees[0].round1, sizeof before);
}

static bool is_expected_after_flip(size_t place, enum aula_code code)
{
    if (place < 4) {
        return code == AULA_BAD_MAGIC;
    }
    if (place == 4) {
        return code == AULA_BAD_VERSION;
    }
    if (place < 39) {
        return code == AULA_DKG_PARAMS;
    }
    if (place == 39) { /* index 1 becomes 3, or no index at all */
        return code == AULA_DKG_INDEX || code == AULA_SIG_INVALID;
    }
    if (place == SIGN_KEY - 1) { /* bit 255 of the transport key */
        return code == AULA_DKG_KEY || code == AULA_SIG_INVALID;
    }
    if (place == NAME_SIZE) {
        return code == AULA_BAD_FIELD || code == AULA_TRUNCATED ||
               code == AULA_TRAILING_BYTES;
    }
    if (place >= NAME && place < A_0) { /* another letter, or none */
        return code == AULA_BAD_FIELD || code == AULA_SIG_INVALID;
    }
    return code == AULA_SIG_INVALID;
}

static void a_flipped_bit_anywhere_is_refused(void **state)
{
    const struct ceremony *c = *state;
    uint8_t file[FILE_BYTES];

    memcpy(file, c->trustees[0].round1, sizeof file);
    for (size_t bit = 0; bit < 8 * sizeof file; bit++) {
        file[bit / 8] ^= (uint8_t)(1U << bit % 8);
        assert_true(is_expected_after_flip(bit / 8,
                                           check(c, file, sizeof file)));
        file[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
    assert_int_equal(check(c, file, sizeof file), AULA_OK);
}

static void every_shorter_file_is_truncated(void **state)
{
    const struct ceremony *c = *state;

    for (size_t size = 0; size < FILE_BYTES; size++) {
        /* Memory of just this size, so that a read past it is seen. */
        uint8_t *file = malloc(size + 1);

        assert_non_null(file);
        memcpy(file + 1, c->trustees[0].round1, size);
        assert_int_equal(check(c, file + 1, size), AULA_TRUNCATED);
        free(file);
    }
}

static void one_byte_too_many_is_refused(void **state)
{
    const struct ceremony *c = *state;
    uint8_t file[FILE_BYTES + 1] = {0};

    memcpy(file, c->trustees[0].round1, FILE_BYTES);
    assert_int_equal(check(c, file, sizeof file), AULA_TRAILING_BYTES);
}

static void a_name_is_checked_before_the_length(void **state)
{
    const struct ceremony *c = *state;
    uint8_t file[FILE_BYTES];

    memcpy(file, c->trustees[0].round1, sizeof file);
    file[NAME_SIZE] = 0;
    assert_int_equal(check(c, file, NAME), AULA_BAD_FIELD);
    file[NAME_SIZE] = 65;
    assert_int_equal(check(c, file, NAME), AULA_BAD_FIELD);
    file[NAME_SIZE] = 64;
    assert_int_equal(check(c, file, NAME), AULA_TRUNCATED);
    file[NAME_SIZE] = 9;
    file[NAME] = '\n';
    assert_int_equal(check_signed(c, file), AULA_BAD_FIELD);
    file[NAME] = 0xff;
    assert_int_equal(check_signed(c, file), AULA_BAD_FIELD);
}

static void a_transport_key_must_be_canonical(void **state)
{
    const struct ceremony *c = *state;
    uint8_t file[FILE_BYTES];

    memcpy(file, c->trustees[0].round1, sizeof file);
    file[SIGN_KEY - 1] |= 0x80;
    assert_int_equal(check_signed(c, file), AULA_DKG_KEY);
    memset(file + TRANSPORT, 0xff, 32);
    file[TRANSPORT] = 0xed;
    file[SIGN_KEY - 1] = 0x7f;
    assert_int_equal(check_signed(c, file), AULA_DKG_KEY);
}

static void a_commitment_must_be_a_point_other_than_zero(void **state)
{
    const struct ceremony *c = *state;
    uint8_t file[FILE_BYTES];

    for (size_t place = A_0; place <= A_1; place += A_1 - A_0) {
        memcpy(file, c->trustees[0].round1, sizeof file);
        memset(file + place, 0, 32);
        assert_int_equal(check_signed(c, file), AULA_POINT_IDENTITY);
        file[place] = 1; /* odd: no encoding */
        assert_int_equal(check_signed(c, file), AULA_POINT_INVALID);
        memcpy(file, c->trustees[0].round1, sizeof file);
        file[place + 31] |= 0x80;
        assert_int_equal(check_signed(c, file), AULA_POINT_INVALID);
    }
}

static void a_scalar_of_the_proof_must_be_reduced(void **state)
{
    const struct ceremony *c = *state;
    uint8_t file[FILE_BYTES];

    for (size_t place = POP_C; place <= POP_Z; place += POP_Z - POP_C) {
        memcpy(file, c->trustees[0].round1, sizeof file);
        sodium_add(file + place, group_order, sizeof group_order);
        assert_int_equal(check_signed(c, file), AULA_SCALAR_INVALID);
    }
}

static void
points_come_before_scalars_and_scalars_before_the_proof(void **state)
{
    const struct ceremony *c = *state;
    uint8_t file[FILE_BYTES];

    memcpy(file, c->trustees[0].round1, sizeof file);
    memset(file + A_1, 0, 32);
    memset(file + POP_C, 0xff, 64);
    assert_int_equal(check_signed(c, file), AULA_POINT_IDENTITY);
    memcpy(file + A_1, file + A_0, 32);
    assert_int_equal(check_signed(c, file), AULA_SCALAR_INVALID);
    memset(file + POP_C, 0, 64);
    assert_int_equal(check_signed(c, file), AULA_DKG_POP);
}

static void
a_commitment_without_knowledge_of_its_secret_is_refused(void **state)
{
    const struct ceremony *c = *state;
    uint8_t file[FILE_BYTES];

    memcpy(file, c->trustees[0].round1, sizeof file);
    memcpy(file + A_0, c->trustees[1].round1 + A_0, 32);
    assert_int_equal(check_signed(c, file), AULA_DKG_POP);
    memcpy(file + POP_C, c->trustees[1].round1 + POP_C, 64);
    assert_int_equal(check_signed(c, file), AULA_DKG_POP);
}

static void a_proof_covers_the_whole_body(void **state)
{
    const struct ceremony *c = *state;
    uint8_t file[FILE_BYTES];

    memcpy(file, c->trustees[0].round1, sizeof file);
    memcpy(file + A_1, c->trustees[1].round1 + A_1, 32);
    assert_int_equal(check_signed(c, file), AULA_DKG_POP);
    memcpy(file, c->trustees[0].round1, sizeof file);
    file[NAME] = 't';
    assert_int_equal(check_signed(c, file), AULA_DKG_POP);
}

static void a_second_file_of_one_trustee_is_refused(void **state)
{
    const struct ceremony *c = *state;
    const struct trustee *t = &c->trustees[1];
    struct dkg_round1 view;

    assert_int_equal(dkg_round1_check(&view, &c->params, 0x5, t->round1,
                                      t->round1_size, NULL),
                     AULA_OK);
    assert_int_equal(dkg_round1_check(&view, &c->params, 0x2, t->round1,
                                      t->round1_size, NULL),
                     AULA_DKG_INDEX);
}

static void a_refused_file_leaves_the_view_alone(void **state)
{
    const struct ceremony *c = *state;
    struct dkg_round1 view = c->views[2];
    struct aula_error err;
    uint8_t file[FILE_BYTES];

    memcpy(file, c->trustees[0].round1, sizeof file);
    file[POP_Z] ^= 1;
    sign_file(file, FILE_BYTES - SIGN_BYTES, "sig-dkg1",
              c->trustees[0].sign_secret);
    assert_int_equal(dkg_round1_check(&view, &c->params, 0, file, sizeof file,
                                      &err),
                     AULA_DKG_POP);
    assert_memory_equal(&view, &c->views[2], sizeof view);
    assert_int_equal(err.code, AULA_DKG_POP);
    assert_non_null(strstr(err.message, "trustee 1"));
}

static void parameters_out_of_range_are_refused(void **state)
{
    static const uint8_t bad[][2] = {{0, 0}, {1, 0},  {0, 1},
                                     {2, 3}, {33, 2}, {255, 255}};
    struct ceremony *c = *state;
    struct trustee *t = &c->trustees[0];
    struct dkg_params params = c->params;
    uint8_t file[FILE_BYTES];

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        params.count = bad[i][0];
        params.threshold = bad[i][1];
        assert_int_equal(dkg_round1_make(file, &params, 1, (const uint8_t *)"x",
                                         1, t->sign_secret, t->transport_public,
                                         t->seed, NULL),
                         AULA_DKG_PARAMS);
        memcpy(file, t->round1, sizeof file);
        file[37] = params.count;
        file[38] = params.threshold;
        assert_int_equal(dkg_round1_check(&c->views[0], &params, 0, file,
                                          sizeof file, NULL),
                         AULA_DKG_PARAMS);
        assert_int_equal(dkg_set_check(&c->set, &params, c->views, params.count,
                                       NULL),
                         AULA_DKG_PARAMS);
    }
}

/* Make a file of one's own with one input changed. */
static enum aula_code make(const struct ceremony *c, uint8_t index,
                           const char *name, size_t name_size,
                           const uint8_t *transport)
{
    uint8_t file[DKG_ROUND1_MAX_BYTES];
    enum aula_code code;

    memset(file, 0xee, sizeof file);
    code = dkg_round1_make(file, &c->params, index, (const uint8_t *)name,
                           name_size, c->trustees[0].sign_secret, transport,
                           c->trustees[0].seed, NULL);
    for (size_t i = 0; code != AULA_OK && i < sizeof file; i++) {
        assert_int_equal(file[i], 0xee); /* nothing is written */
    }
    return code;
}

static void a_file_is_not_made_from_bad_inputs(void **state)
{
    const struct ceremony *c = *state;
    const uint8_t *transport = c->trustees[0].transport_public;
    uint8_t twisted[32];
    char name[65];

    memset(name, 'n', sizeof name);
    memcpy(twisted, transport, sizeof twisted);
    twisted[31] |= 0x80;
    assert_int_equal(make(c, 1, name, 64, transport), AULA_OK);
    assert_int_equal(make(c, 1, name, 1, transport), AULA_OK);
    assert_int_equal(make(c, 0, name, 9, transport), AULA_DKG_INDEX);
    assert_int_equal(make(c, 4, name, 9, transport), AULA_DKG_INDEX);
    assert_int_equal(make(c, 1, name, 9, twisted), AULA_DKG_KEY);
    assert_int_equal(make(c, 1, name, 0, transport), AULA_BAD_FIELD);
    assert_int_equal(make(c, 1, name, 65, transport), AULA_BAD_FIELD);
    assert_int_equal(make(c, 1, "a\tb", 3, transport), AULA_BAD_FIELD);
    assert_int_equal(make(c, 1, "\xd0", 1, transport), AULA_BAD_FIELD);
}

#define IN_CEREMONY(test)                                                      \
    cmocka_unit_test_setup_teardown(test, open_three, ceremony_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_CEREMONY(a_file_has_the_documented_size_and_parts),
        IN_CEREMONY(commitments_are_the_coefficients_times_the_base),
        IN_CEREMONY(the_same_seed_makes_the_same_file),
        IN_CEREMONY(a_flipped_bit_anywhere_is_refused),
        IN_CEREMONY(every_shorter_file_is_truncated),
        IN_CEREMONY(one_byte_too_many_is_refused),
        IN_CEREMONY(a_name_is_checked_before_the_length),
        IN_CEREMONY(a_transport_key_must_be_canonical),
        IN_CEREMONY(a_commitment_must_be_a_point_other_than_zero),
        IN_CEREMONY(a_scalar_of_the_proof_must_be_reduced),
        IN_CEREMONY(points_come_before_scalars_and_scalars_before_the_proof),
        IN_CEREMONY(a_commitment_without_knowledge_of_its_secret_is_refused),
        IN_CEREMONY(a_proof_covers_the_whole_body),
        IN_CEREMONY(a_second_file_of_one_trustee_is_refused),
        IN_CEREMONY(a_refused_file_leaves_the_view_alone),
        IN_CEREMONY(parameters_out_of_range_are_refused),
        IN_CEREMONY(a_file_is_not_made_from_bad_inputs),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
