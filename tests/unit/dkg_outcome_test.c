/* SPDX-License-Identifier: Apache-2.0 */
/* What whole ceremonies make: the key, the shares, the confirmations (dkg.h).
 */
#include "dkg_ceremony.h"

static int finish_three(void **state)
{
    *state = ceremony_whole(3, 2);
    return 0;
}

/* x = sum over j in J of x_j times the product over m in J, m != j, of
 * m / (m - j); J as bits. Written from the formula, apart from the product's
 * own code. */
static void recombine(uint8_t x[static GROUP_SCALAR_BYTES],
                      const struct ceremony *c, uint32_t subset)
{
    uint8_t term[GROUP_SCALAR_BYTES];
    uint8_t factor[GROUP_SCALAR_BYTES];
    uint8_t place[GROUP_SCALAR_BYTES];

    memset(x, 0, GROUP_SCALAR_BYTES);
    for (uint64_t j = 1; j <= c->params.count; j++) {
        if ((subset >> (j - 1) & 1U) == 0) {
            continue;
        }
        memcpy(term, c->trustees[j - 1].share, sizeof term);
        for (uint64_t m = 1; m <= c->params.count; m++) {
            if (m == j || (subset >> (m - 1) & 1U) == 0) {
                continue;
            }
            group_scalar_of(factor, m);
            group_scalar_of(place, j);
            crypto_core_ristretto255_scalar_sub(place, factor, place);
            assert_int_equal(crypto_core_ristretto255_scalar_invert(place,
                                                                    place),
                             0);
            crypto_core_ristretto255_scalar_mul(term, term, factor);
            crypto_core_ristretto255_scalar_mul(term, term, place);
        }
        crypto_core_ristretto255_scalar_add(x, x, term);
    }
}

static unsigned members_of(uint32_t subset)
{
    unsigned count = 0;

    for (; subset != 0; subset &= subset - 1) {
        count++;
    }
    return count;
}

/* Does this subset recombine to the secret of K? */
static bool holds_the_key(const struct ceremony *c, uint32_t subset)
{
    uint8_t x[GROUP_SCALAR_BYTES];
    uint8_t key[GROUP_POINT_BYTES];

    recombine(x, c, subset);
    group_mul_base(key, x);
    return memcmp(key, c->outcome.key, sizeof key) == 0;
}

static void judge_ceremony(uint8_t count, uint8_t threshold)
{
    struct ceremony *c = ceremony_whole(count, threshold);
    uint32_t end = count < 6 ? UINT32_C(1) << count : 0;
    uint8_t point[GROUP_POINT_BYTES];

    for (uint32_t subset = 1; subset < end; subset++) {
        assert_int_equal(holds_the_key(c, subset),
                         members_of(subset) >= threshold);
    }
    if (end == 0) {
        assert_true(holds_the_key(c, UINT32_MAX >> (32 - count)));
        assert_false(holds_the_key(c, UINT32_MAX >> (33 - count)));
    }
    for (uint8_t j = 1; j <= count; j++) {
        const struct trustee *t = &c->trustees[j - 1];

        group_mul_base(point, t->share);
        assert_memory_equal(point, c->outcome.shares[j - 1], sizeof point);
        assert_int_equal(dkg_confirm_check(&c->set, &c->outcome, c->transcript2,
                                           j, t->confirmation, NULL),
                         AULA_OK);
    }
    free(c);
}

static void one_trustee_alone_holds_the_key(void **state)
{
    (void)state;
    judge_ceremony(1, 1);
}

static void any_two_of_three_hold_the_key_and_no_one_alone(void **state)
{
    (void)state;
    judge_ceremony(3, 2);
}

static void any_three_of_five_hold_the_key_and_no_two(void **state)
{
    (void)state;
    judge_ceremony(5, 3);
}

static void thirty_two_of_thirty_two_hold_the_key_and_no_fewer(void **state)
{
    (void)state;
    judge_ceremony(32, 32);
}

static void the_key_is_the_sum_of_the_first_commitments(void **state)
{
    const struct ceremony *c = *state;
    uint8_t sum[GROUP_POINT_BYTES] = {0};

    for (size_t i = 0; i < 3; i++) {
        group_add(sum, sum, c->set.members[i].commitments);
    }
    assert_memory_equal(sum, c->outcome.key, sizeof sum);
    for (size_t j = 3; j < DKG_TRUSTEES_MAX; j++) {
        assert_true(sodium_is_zero(c->outcome.shares[j], GROUP_POINT_BYTES));
    }
}

/* A set whose commitments nobody proved, as no check lets through. */
static enum aula_code find_from(struct dkg_outcome *outcome, uint8_t count,
                                uint8_t threshold,
                                const uint8_t (*commitments)[32])
{
    struct dkg_set set = {0};

    set.params.count = count;
    set.params.threshold = threshold;
    for (size_t i = 0; i < count; i++) {
        set.members[i].index = (uint8_t)(i + 1);
        set.members[i].commitments = commitments[i * threshold];
    }
    return dkg_outcome_find(outcome, &set, NULL);
}

/* G, G, -G, G: what follows takes as many of them as it needs. */
static void fill_points(uint8_t (*points)[GROUP_POINT_BYTES])
{
    static const uint8_t zero[GROUP_POINT_BYTES];
    uint8_t one[GROUP_SCALAR_BYTES];

    group_scalar_of(one, 1);
    for (size_t i = 0; i < 4; i++) {
        group_mul_base(points[i], one);
    }
    group_sub(points[2], zero, points[2]);
}

static void a_key_or_share_of_zero_is_refused(void **state)
{
    uint8_t points[4][GROUP_POINT_BYTES];
    const uint8_t(*const as)[32] = (const uint8_t(*)[32])points;
    struct dkg_outcome outcome;
    struct dkg_outcome before;

    (void)state;
    fill_points(points);
    memset(&outcome, 0xee, sizeof outcome);
    before = outcome;
    /* K = G - G, X_j = j (G + G) */
    assert_int_equal(find_from(&outcome, 2, 2, as), AULA_DKG_KEY);
    /* K = G, X_1 = G + 1 (-G) */
    assert_int_equal(find_from(&outcome, 1, 2, as + 1), AULA_DKG_KEY);
    assert_memory_equal(&outcome, &before, sizeof outcome);
    assert_int_equal(find_from(&outcome, 1, 2, as), AULA_OK);
    assert_memory_equal(outcome.key, points[0], sizeof outcome.key);
}

static void a_sum_of_wrong_shares_is_refused(void **state)
{
    const struct ceremony *c = *state;
    uint8_t dealt[3][GROUP_SCALAR_BYTES];
    uint8_t x[GROUP_SCALAR_BYTES] = {0};

    ceremony_collect(dealt, c, 2);
    for (size_t i = 0; i < 3; i++) {
        dealt[i][0] ^= 1;
        assert_int_equal(dkg_secret_share(x, &c->set, &c->outcome, 2,
                                          (const uint8_t(*)[GROUP_SCALAR_BYTES])
                                              dealt,
                                          NULL),
                         AULA_DKG_SHARE);
        dealt[i][0] ^= 1;
    }
    assert_int_equal(dkg_secret_share(x, &c->set, &c->outcome, 1,
                                      (const uint8_t(*)[GROUP_SCALAR_BYTES])
                                          dealt,
                                      NULL),
                     AULA_DKG_SHARE);
    assert_true(sodium_is_zero(x, sizeof x));
}

static enum aula_code check_first(const struct ceremony *c,
                                  const uint8_t *confirmation)
{
    return dkg_confirm_check(&c->set, &c->outcome, c->transcript2, 1,
                             confirmation, NULL);
}

static void a_flipped_bit_of_a_confirmation_is_refused(void **state)
{
    struct ceremony *c = *state;
    uint8_t *confirmation = c->trustees[0].confirmation;

    for (size_t bit = 0; bit < (size_t)8 * SIGN_BYTES; bit++) {
        confirmation[bit / 8] ^= (uint8_t)(1U << bit % 8);
        assert_int_equal(check_first(c, confirmation), AULA_PKG_CONFIRM);
        confirmation[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
    assert_int_equal(check_first(c, confirmation), AULA_OK);
}

static void a_confirmation_of_another_trustee_is_refused(void **state)
{
    const struct ceremony *c = *state;

    assert_int_equal(check_first(c, c->trustees[1].confirmation),
                     AULA_PKG_CONFIRM);
}

static void a_confirmation_covers_the_whole_outcome(void **state)
{
    struct ceremony *c = *state;
    const uint8_t *confirmation = c->trustees[0].confirmation;
    uint8_t *covered[] = {c->set.params.cid,        c->set.transcript,
                          c->transcript2,           c->outcome.key,
                          c->outcome.shares[0],     c->outcome.shares[1],
                          &c->outcome.shares[2][31]};

    for (size_t i = 0; i < sizeof covered / sizeof covered[0]; i++) {
        covered[i][0] ^= 1;
        assert_int_equal(check_first(c, confirmation), AULA_PKG_CONFIRM);
        covered[i][0] ^= 1;
    }
    assert_int_equal(check_first(c, confirmation), AULA_OK);
}

#define FINISHED(test)                                                         \
    cmocka_unit_test_setup_teardown(test, finish_three, ceremony_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_trustee_alone_holds_the_key),
        cmocka_unit_test(any_two_of_three_hold_the_key_and_no_one_alone),
        cmocka_unit_test(any_three_of_five_hold_the_key_and_no_two),
        cmocka_unit_test(thirty_two_of_thirty_two_hold_the_key_and_no_fewer),
        FINISHED(the_key_is_the_sum_of_the_first_commitments),
        cmocka_unit_test(a_key_or_share_of_zero_is_refused),
        FINISHED(a_sum_of_wrong_shares_is_refused),
        FINISHED(a_flipped_bit_of_a_confirmation_is_refused),
        FINISHED(a_confirmation_of_another_trustee_is_refused),
        FINISHED(a_confirmation_covers_the_whole_outcome),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
