/* SPDX-License-Identifier: Apache-2.0 */
/* Dealers that sign a round 2 file with something wrong inside (dkg.h). */
#include "dkg_ceremony.h"

/* A file of trustee 1 of 3: a head, a box for trustee 2, a box for trustee 3.
 */
enum { BOX = 72, NEXT_BOX = 186, FILE_BYTES = 364, INNER_BYTES = 66 };

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

static void a_flipped_bit_in_a_signed_box_is_refused(void **state)
{
    const struct ceremony *c = *state;
    uint8_t file[FILE_BYTES];

    copy_file(file, c);
    for (size_t place = BOX; place < NEXT_BOX; place++) {
        /* Bit 255 of the ephemeral key is bound too: into the nonce. */
        uint8_t bit = (uint8_t)(1U << place % 8);

        file[place] ^= bit;
        assert_int_equal(open_signed(c, file), AULA_DKG_SEAL);
        file[place] ^= bit;
    }
    assert_int_equal(open_signed(c, file), AULA_OK);
}

/* What a cheating dealer may put into the box. */
static void honest_inner(uint8_t inner[static INNER_BYTES],
                         const struct ceremony *c, uint8_t from, uint8_t to)
{
    memcpy(inner, c->set.transcript, DKG_TRANSCRIPT_BYTES);
    inner[32] = from;
    inner[33] = to;
    assert_int_equal(dkg_dealt_share(inner + 34, &c->params, from, to,
                                     c->trustees[from - 1].seed, NULL),
                     AULA_OK);
}

static enum aula_code open_inner(const struct ceremony *c,
                                 const uint8_t inner[static INNER_BYTES])
{
    uint8_t file[FILE_BYTES];

    copy_file(file, c);
    assert_true(seal_bytes(file + BOX, c->trustees[1].transport_public, inner,
                           INNER_BYTES));
    return open_signed(c, file);
}

static void a_box_for_another_use_is_refused(void **state)
{
    const struct ceremony *c = *state;
    uint8_t inner[INNER_BYTES];

    honest_inner(inner, c, 1, 2);
    assert_int_equal(open_inner(c, inner), AULA_OK);
    for (size_t place = 0; place < 34; place++) { /* tr1, i, j */
        inner[place] ^= 1;
        assert_int_equal(open_inner(c, inner), AULA_DKG_SEAL);
        inner[place] ^= 1;
    }
}

static void a_wrong_share_is_refused(void **state)
{
    const struct ceremony *c = *state;
    uint8_t inner[INNER_BYTES];

    honest_inner(inner, c, 1, 2);
    inner[34] ^= 1;
    assert_int_equal(open_inner(c, inner), AULA_DKG_SHARE);
    memset(inner + 34, 0, 32);
    assert_int_equal(open_inner(c, inner), AULA_DKG_SHARE);
    assert_int_equal(dkg_dealt_share(inner + 34, &c->params, 1, 3,
                                     c->trustees[0].seed, NULL),
                     AULA_OK);
    assert_int_equal(open_inner(c, inner), AULA_DKG_SHARE);
}

static void a_share_that_is_no_scalar_is_refused(void **state)
{
    const struct ceremony *c = *state;
    uint8_t inner[INNER_BYTES];

    honest_inner(inner, c, 1, 2);
    inner[65] |= 0x80;
    assert_int_equal(open_inner(c, inner), AULA_SCALAR_INVALID);
    memset(inner + 34, 0xff, 32);
    assert_int_equal(open_inner(c, inner), AULA_SCALAR_INVALID);
}

static void the_boxes_of_others_are_not_ones_own_concern(void **state)
{
    const struct ceremony *c = *state;
    uint8_t file[FILE_BYTES];

    copy_file(file, c);
    file[NEXT_BOX] ^= 1;
    assert_int_equal(open_signed(c, file), AULA_OK);
}

static void the_message_names_the_accused_and_the_accuser(void **state)
{
    const struct ceremony *c = *state;
    uint8_t share[GROUP_SCALAR_BYTES];
    uint8_t file[FILE_BYTES];
    struct aula_error err;

    memcpy(file, c->trustees[2].round2, sizeof file);
    file[NEXT_BOX] ^= 1; /* of trustee 3 for trustee 2 */
    sign_file(file, FILE_BYTES - SIGN_BYTES, "sig-dkg2",
              c->trustees[2].sign_secret);
    assert_int_equal(dkg_round2_open(NULL, share, &c->set, 2,
                                     c->trustees[1].transport_secret, 0, file,
                                     sizeof file, &err),
                     AULA_DKG_SEAL);
    assert_non_null(strstr(err.message, "file of trustee 3"));
    assert_non_null(strstr(err.message, "trustee 2 says"));
}

#define DEALT(test)                                                            \
    cmocka_unit_test_setup_teardown(test, deal_three, ceremony_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DEALT(a_flipped_bit_in_a_signed_box_is_refused),
        DEALT(a_box_for_another_use_is_refused),
        DEALT(a_wrong_share_is_refused),
        DEALT(a_share_that_is_no_scalar_is_refused),
        DEALT(the_boxes_of_others_are_not_ones_own_concern),
        DEALT(the_message_names_the_accused_and_the_accuser),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
