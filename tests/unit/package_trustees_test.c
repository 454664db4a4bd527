/* SPDX-License-Identifier: Apache-2.0 */
/* The trustees of a package: PROTOCOL.md 3.1 as far as it can fail there, K,
 * and the confirmations. */
#include "package_sample.h"

static struct sample sample; /* put together anew by every test */

static int start(void **state)
{
    struct ceremony *c = ceremony_whole(3, 2);

    sample_start(&sample, c);
    *state = c;
    return 0;
}

static enum aula_code open_with(uint8_t mode, uint8_t count, uint8_t threshold)
{
    sample.mode = mode;
    sample.count = count;
    sample.threshold = threshold;
    return sample_open(&sample);
}

static void numbers_of_trustees_have_bounds(void **state)
{
    (void)state;
    assert_int_equal(open_with(1, 0, 0), AULA_DKG_PARAMS);
    assert_int_equal(open_with(1, 3, 0), AULA_DKG_PARAMS);
    assert_int_equal(open_with(1, 3, 4), AULA_DKG_PARAMS);
    assert_int_equal(open_with(1, 33, 2), AULA_DKG_PARAMS);
    assert_int_equal(open_with(1, 255, 255), AULA_DKG_PARAMS);
    assert_int_equal(open_with(0, 3, 1), AULA_DKG_PARAMS);
    assert_int_equal(open_with(0, 2, 2), AULA_DKG_PARAMS);
    assert_int_equal(open_with(0, 3, 2), AULA_OK);
}

static enum aula_code open_ceremony(uint8_t mode, uint8_t count,
                                    uint8_t threshold)
{
    struct ceremony *c = ceremony_whole(count, threshold);
    enum aula_code code;

    sample_start(&sample, c);
    sample.mode = mode;
    code = sample_open(&sample);
    free(c);
    return code;
}

static void only_a_rehearsal_has_few_trustees(void **state)
{
    (void)state;
    assert_int_equal(open_ceremony(1, 1, 1), AULA_OK);
    assert_int_equal(open_ceremony(0, 1, 1), AULA_DKG_PARAMS);
    assert_int_equal(open_ceremony(1, 2, 2), AULA_OK);
    assert_int_equal(open_ceremony(0, 2, 2), AULA_DKG_PARAMS);
    assert_int_equal(open_ceremony(1, 3, 1), AULA_OK);
    assert_int_equal(open_ceremony(0, 3, 1), AULA_DKG_PARAMS);
}

static void as_many_trustees_as_may_be_open(void **state)
{
    (void)state;
    assert_int_equal(open_ceremony(0, 32, 3), AULA_OK);
}

static void files_are_those_of_the_written_ceremony(void **state)
{
    (void)state;
    sample.threshold = 3;
    assert_int_equal(sample_open(&sample), AULA_DKG_PARAMS);
    sample.threshold = 2;
    sample.cid[31] ^= 1;
    assert_int_equal(sample_open(&sample), AULA_DKG_PARAMS);
}

static void files_stand_in_index_order(void **state)
{
    (void)state;
    sample.order[0] = 1;
    sample.order[1] = 0;
    assert_int_equal(sample_open(&sample), AULA_DKG_INDEX);
    sample.order[1] = 1;
    assert_int_equal(sample_open(&sample), AULA_DKG_INDEX);
}

static void a_file_must_fill_its_place(void **state)
{
    struct ceremony *c = *state;

    c->trustees[2].round1_size--;
    assert_int_equal(sample_open(&sample), AULA_TRUNCATED);
    c->trustees[2].round1_size += 2;
    assert_int_equal(sample_open(&sample), AULA_TRAILING_BYTES);
    c->trustees[2].round1_size = 0;
    assert_int_equal(sample_open(&sample), AULA_TRUNCATED);
}

/* Every byte of a file is covered by the trustee's own signature: an office
 * that signs a changed one is refused all the same. */
static void an_office_cannot_change_a_trustees_file(void **state)
{
    struct ceremony *c = *state;

    for (size_t i = 0; i < c->trustees[1].round1_size; i++) {
        c->trustees[1].round1[i] ^= 0x10;
        assert_int_not_equal(sample_open(&sample), AULA_OK);
        c->trustees[1].round1[i] ^= 0x10;
    }
    c->trustees[1].round1[c->trustees[1].round1_size - 1] ^= 0x10;
    assert_int_equal(sample_open(&sample), AULA_SIG_INVALID);
}

static void keys_of_trustees_are_their_own(void **state)
{
    struct ceremony *c = *state;

    memcpy(c->trustees[2].transport_public, c->trustees[0].transport_public,
           SEAL_PUBLIC_BYTES);
    ceremony_make_round1(c, 3);
    assert_int_equal(sample_open(&sample), AULA_DKG_KEY_REUSE);
}

static void k_is_the_key_of_the_trustees(void **state)
{
    const struct ceremony *c = *state;

    memcpy(sample.key, c->outcome.shares[0], sizeof sample.key);
    assert_int_equal(sample_open(&sample), AULA_PKG_KEY_MISMATCH);
    memset(sample.key, 0, sizeof sample.key);
    assert_int_equal(sample_open(&sample), AULA_PKG_KEY_MISMATCH);
}

static void every_trustee_has_confirmed(void **state)
{
    struct ceremony *c = *state;

    for (size_t i = 0; i < 3; i++) {
        c->trustees[i].confirmation[5] ^= 1;
        assert_int_equal(sample_open(&sample), AULA_PKG_CONFIRM);
        c->trustees[i].confirmation[5] ^= 1;
    }
    memcpy(c->trustees[2].confirmation, c->trustees[1].confirmation,
           SIGN_BYTES);
    assert_int_equal(sample_open(&sample), AULA_PKG_CONFIRM);
}

static void confirmations_are_of_this_transcript(void **state)
{
    (void)state;
    sample.tr2[0] ^= 1;
    assert_int_equal(sample_open(&sample), AULA_PKG_CONFIRM);
}

#define WITH_SAMPLE(test)                                                      \
    cmocka_unit_test_setup_teardown(test, start, ceremony_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SAMPLE(numbers_of_trustees_have_bounds),
        WITH_SAMPLE(only_a_rehearsal_has_few_trustees),
        WITH_SAMPLE(as_many_trustees_as_may_be_open),
        WITH_SAMPLE(files_are_those_of_the_written_ceremony),
        WITH_SAMPLE(files_stand_in_index_order),
        WITH_SAMPLE(a_file_must_fill_its_place),
        WITH_SAMPLE(an_office_cannot_change_a_trustees_file),
        WITH_SAMPLE(keys_of_trustees_are_their_own),
        WITH_SAMPLE(k_is_the_key_of_the_trustees),
        WITH_SAMPLE(every_trustee_has_confirmed),
        WITH_SAMPLE(confirmations_are_of_this_transcript),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
