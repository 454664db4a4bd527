/* SPDX-License-Identifier: Apache-2.0 */
/* The round 1 files of a ceremony as a set (dkg.h). */
#include "dkg_ceremony.h"

static int open_three(void **state)
{
    *state = ceremony_open(3, 2);
    return 0;
}

static void remake(struct ceremony *c, uint8_t index)
{
    ceremony_make_round1(c, index);
    assert_int_equal(ceremony_check_round1(c, index), AULA_OK);
}

static void a_missing_or_surplus_file_is_refused(void **state)
{
    struct ceremony *c = *state;

    for (size_t count = 0; count <= 5; count++) {
        assert_int_equal(dkg_set_check(&c->set, &c->params, c->views, count,
                                       NULL),
                         count == 3 ? AULA_OK : AULA_DKG_INDEX);
    }
}

static void files_out_of_order_are_refused(void **state)
{
    struct ceremony *c = *state;
    struct dkg_set before = c->set;
    struct dkg_round1 first = c->views[0];

    c->views[0] = c->views[1];
    c->views[1] = first;
    assert_int_equal(ceremony_check_set(c), AULA_DKG_INDEX);
    assert_memory_equal(&before, &c->set, sizeof before);
    c->views[0] = first; /* 1, 1, 3 */
    assert_int_equal(ceremony_check_set(c), AULA_DKG_INDEX);
}

static void a_transport_key_belongs_to_one_trustee(void **state)
{
    struct ceremony *c = *state;

    memcpy(c->trustees[2].transport_public, c->trustees[0].transport_public,
           SEAL_PUBLIC_BYTES);
    remake(c, 3);
    assert_int_equal(ceremony_check_set(c), AULA_DKG_KEY_REUSE);
}

static void a_signing_key_belongs_to_one_trustee(void **state)
{
    struct ceremony *c = *state;

    memcpy(c->trustees[1].sign_secret, c->trustees[0].sign_secret,
           SIGN_SECRET_BYTES);
    remake(c, 2);
    assert_int_equal(ceremony_check_set(c), AULA_DKG_KEY_REUSE);
}

/* A signing key that may also stand as a transport key. */
static void find_double_key(struct trustee *t)
{
    uint8_t seed[SIGN_SEED_BYTES] = {0};

    do {
        seed[0]++;
        sign_key_pair(t->sign_public, t->sign_secret, seed);
    } while ((t->sign_public[31] & 0x80) != 0);
}

static void a_transport_key_is_nobodys_signing_key(void **state)
{
    struct ceremony *c = *state;
    struct trustee *signer = &c->trustees[0];

    find_double_key(signer);
    remake(c, 1);
    for (uint8_t i = 1; i <= 3; i++) { /* another's, and one's own */
        struct trustee *t = &c->trustees[i - 1];
        uint8_t kept[SEAL_PUBLIC_BYTES];

        memcpy(kept, t->transport_public, sizeof kept);
        memcpy(t->transport_public, signer->sign_public, sizeof kept);
        remake(c, i);
        assert_int_equal(ceremony_check_set(c), AULA_DKG_KEY_REUSE);
        memcpy(t->transport_public, kept, sizeof kept);
        remake(c, i);
        assert_int_equal(ceremony_check_set(c), AULA_OK);
    }
}

static void the_transcript_covers_every_file(void **state)
{
    struct ceremony *c = *state;
    uint8_t before[DKG_TRANSCRIPT_BYTES];

    for (uint8_t i = 1; i <= 3; i++) {
        memcpy(before, c->set.transcript, sizeof before);
        c->trustees[i - 1].name[0] = 't';
        remake(c, i);
        assert_int_equal(ceremony_check_set(c), AULA_OK);
        assert_memory_not_equal(before, c->set.transcript, sizeof before);
    }
}

static void the_largest_ceremony_is_accepted(void **state)
{
    struct ceremony *c = ceremony_open(32, 32);

    (void)state;
    assert_int_equal(c->set.params.count, 32);
    assert_int_equal(c->set.members[31].index, 32);
    free(c);
}

#define IN_CEREMONY(test)                                                      \
    cmocka_unit_test_setup_teardown(test, open_three, ceremony_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_CEREMONY(a_missing_or_surplus_file_is_refused),
        IN_CEREMONY(files_out_of_order_are_refused),
        IN_CEREMONY(a_transport_key_belongs_to_one_trustee),
        IN_CEREMONY(a_signing_key_belongs_to_one_trustee),
        IN_CEREMONY(a_transport_key_is_nobodys_signing_key),
        IN_CEREMONY(the_transcript_covers_every_file),
        cmocka_unit_test(the_largest_ceremony_is_accepted),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
