/* SPDX-License-Identifier: Apache-2.0 */
/* Sealed boxes: the holder opens them, nobody else, and nothing altered. */
#include "seal.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { PLAIN_BYTES = 32 };

struct holder {
    uint8_t public_key[SEAL_PUBLIC_BYTES];
    uint8_t secret[SEAL_SECRET_BYTES];
};

static const uint8_t plain[PLAIN_BYTES] = "thirty-two bytes that are secret";

static void seal_to(uint8_t *sealed, const struct holder *holder)
{
    assert_true(seal_bytes(sealed, holder->public_key, plain, sizeof plain));
}

/* Open; a refusal must leave the output alone. */
static bool open_by(const struct holder *holder, const uint8_t *sealed,
                    size_t sealed_size)
{
    static const uint8_t untouched[PLAIN_BYTES] = {0x5a};
    uint8_t opened[PLAIN_BYTES] = {0x5a};
    bool is_open = seal_open(opened, sizeof opened, holder->public_key,
                             holder->secret, sealed, sealed_size);

    assert_memory_equal(opened, is_open ? plain : untouched, sizeof opened);
    return is_open;
}

static void the_holder_opens_what_was_sealed(void **state)
{
    uint8_t sealed[SEAL_SIZE(PLAIN_BYTES)];
    struct holder holder;

    (void)state;
    seal_key_pair(holder.public_key, holder.secret);
    seal_to(sealed, &holder);
    assert_int_equal(sizeof sealed, PLAIN_BYTES + 48);
    assert_true(open_by(&holder, sealed, sizeof sealed));
}

static void two_key_pairs_differ_and_the_other_one_opens_nothing(void **state)
{
    uint8_t sealed[SEAL_SIZE(PLAIN_BYTES)];
    struct holder holder;
    struct holder other;

    (void)state;
    seal_key_pair(holder.public_key, holder.secret);
    seal_key_pair(other.public_key, other.secret);
    assert_memory_not_equal(holder.secret, other.secret, SEAL_SECRET_BYTES);
    seal_to(sealed, &holder);
    assert_false(open_by(&other, sealed, sizeof sealed));
}

static void a_public_key_follows_from_its_secret_key(void **state)
{
    /* RFC 7748 section 6.1, Alice */
    static const uint8_t secret[SEAL_SECRET_BYTES] = {
        0x77, 0x07, 0x6d, 0x0a, 0x73, 0x18, 0xa5, 0x7d, 0x3c, 0x16, 0xc1,
        0x72, 0x51, 0xb2, 0x66, 0x45, 0xdf, 0x4c, 0x2f, 0x87, 0xeb, 0xc0,
        0x99, 0x2a, 0xb1, 0x77, 0xfb, 0xa5, 0x1d, 0xb9, 0x2c, 0x2a};
    static const uint8_t expected[SEAL_PUBLIC_BYTES] = {
        0x85, 0x20, 0xf0, 0x09, 0x89, 0x30, 0xa7, 0x54, 0x74, 0x8b, 0x7d,
        0xdc, 0xb4, 0x3e, 0xf7, 0x5a, 0x0d, 0xbf, 0x3a, 0x0d, 0x26, 0x38,
        0x1a, 0xf4, 0xeb, 0xa4, 0xa9, 0x8e, 0xaa, 0x9b, 0x4e, 0x6a};
    uint8_t public_key[SEAL_PUBLIC_BYTES];
    struct holder holder;

    (void)state;
    seal_public_key(public_key, secret);
    assert_memory_equal(public_key, expected, sizeof expected);
    seal_key_pair(holder.public_key, holder.secret);
    seal_public_key(public_key, holder.secret);
    assert_memory_equal(public_key, holder.public_key, sizeof public_key);
}

static void the_same_bytes_are_never_sealed_alike(void **state)
{
    uint8_t one[SEAL_SIZE(PLAIN_BYTES)];
    uint8_t two[SEAL_SIZE(PLAIN_BYTES)];
    struct holder holder;

    (void)state;
    seal_key_pair(holder.public_key, holder.secret);
    seal_to(one, &holder);
    seal_to(two, &holder);
    assert_memory_not_equal(one, two, SEAL_PUBLIC_BYTES);
    assert_memory_not_equal(one + SEAL_OVERHEAD_BYTES,
                            two + SEAL_OVERHEAD_BYTES, PLAIN_BYTES);
}

static void a_flipped_bit_in_any_byte_of_a_box_is_refused(void **state)
{
    uint8_t sealed[SEAL_SIZE(PLAIN_BYTES)];
    struct holder holder;

    (void)state;
    seal_key_pair(holder.public_key, holder.secret);
    seal_to(sealed, &holder);
    for (size_t i = 0; i < sizeof sealed * 8; i++) {
        sealed[i / 8] ^= (uint8_t)(1U << i % 8);
        assert_false(open_by(&holder, sealed, sizeof sealed));
        sealed[i / 8] ^= (uint8_t)(1U << i % 8);
    }
    assert_true(open_by(&holder, sealed, sizeof sealed));
}

static void a_box_of_every_other_length_is_refused(void **state)
{
    uint8_t sealed[SEAL_SIZE(PLAIN_BYTES) + 1] = {0};
    struct holder holder;

    (void)state;
    seal_key_pair(holder.public_key, holder.secret);
    seal_to(sealed, &holder);
    for (size_t size = 0; size < SEAL_SIZE(PLAIN_BYTES); size++) {
        assert_false(open_by(&holder, sealed, size));
    }
    assert_false(open_by(&holder, sealed, sizeof sealed));
    assert_false(open_by(&holder, sealed, SIZE_MAX));
}

/* Valid boxes, but of 31 and 33 bytes where 32 are wanted. */
static void a_good_box_that_holds_another_length_is_refused(void **state)
{
    uint8_t longer[PLAIN_BYTES + 1] = {0};
    uint8_t sealed[SEAL_SIZE(PLAIN_BYTES + 1)];
    struct holder holder;

    (void)state;
    seal_key_pair(holder.public_key, holder.secret);
    assert_true(seal_bytes(sealed, holder.public_key, longer, sizeof longer));
    assert_false(open_by(&holder, sealed, sizeof sealed));
    assert_true(seal_bytes(sealed, holder.public_key, longer, PLAIN_BYTES - 1));
    assert_false(open_by(&holder, sealed, SEAL_SIZE(PLAIN_BYTES - 1)));
}

static void a_box_may_be_empty(void **state)
{
    uint8_t sealed[SEAL_SIZE(0)];
    uint8_t nothing = 0x5a;
    struct holder holder;

    (void)state;
    seal_key_pair(holder.public_key, holder.secret);
    assert_true(seal_bytes(sealed, holder.public_key, &nothing, 0));
    assert_true(seal_open(&nothing, 0, holder.public_key, holder.secret, sealed,
                          sizeof sealed));
    assert_int_equal(nothing, 0x5a);
    sealed[SEAL_PUBLIC_BYTES] ^= 1;
    assert_false(seal_open(&nothing, 0, holder.public_key, holder.secret,
                           sealed, sizeof sealed));
}

/* The points of low order of Curve25519 and its twist: with them the shared
 * secret is zero whoever takes part. */
static const uint8_t low_order[][SEAL_PUBLIC_BYTES] = {
    {0},
    {1},
    {0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3,
     0xfa, 0xf1, 0x9f, 0xc4, 0x6a, 0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32,
     0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00},
    {0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1,
     0x55, 0x9c, 0x83, 0xef, 0x5b, 0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c,
     0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57},
    {0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
};

static void nothing_is_sealed_to_a_key_of_low_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof low_order / sizeof low_order[0]; i++) {
        uint8_t sealed[SEAL_SIZE(PLAIN_BYTES)];

        memset(sealed, 0x5a, sizeof sealed);
        assert_false(seal_bytes(sealed, low_order[i], plain, sizeof plain));
        assert_true(sodium_is_zero(sealed, sizeof sealed));
    }
}

static void a_box_from_a_sender_of_low_order_is_refused(void **state)
{
    uint8_t sealed[SEAL_SIZE(PLAIN_BYTES)];
    struct holder holder;

    (void)state;
    seal_key_pair(holder.public_key, holder.secret);
    for (size_t i = 0; i < sizeof low_order / sizeof low_order[0]; i++) {
        seal_to(sealed, &holder);
        memcpy(sealed, low_order[i], SEAL_PUBLIC_BYTES);
        assert_false(open_by(&holder, sealed, sizeof sealed));
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_holder_opens_what_was_sealed),
        cmocka_unit_test(two_key_pairs_differ_and_the_other_one_opens_nothing),
        cmocka_unit_test(a_public_key_follows_from_its_secret_key),
        cmocka_unit_test(the_same_bytes_are_never_sealed_alike),
        cmocka_unit_test(a_flipped_bit_in_any_byte_of_a_box_is_refused),
        cmocka_unit_test(a_box_of_every_other_length_is_refused),
        cmocka_unit_test(a_good_box_that_holds_another_length_is_refused),
        cmocka_unit_test(a_box_may_be_empty),
        cmocka_unit_test(nothing_is_sealed_to_a_key_of_low_order),
        cmocka_unit_test(a_box_from_a_sender_of_low_order_is_refused),
    };

    if (sodium_init() < 0) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
