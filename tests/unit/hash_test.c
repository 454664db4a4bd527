/* SPDX-License-Identifier: Apache-2.0 */
/* The streaming hash against enc() built by hand from PROTOCOL.md section 2. */
#include "hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "bytes.h"

/* enc("aula/v1/test", "ab", u16 513) as it must stand in memory. */
static const uint8_t encoded[] = {
    12,  0,   0, 0, 'a', 'u', 'l', 'a', '/', 'v', '1', '/', 't', 'e',
    's', 't', 2, 0, 0,   0,   'a', 'b', 2,   0,   0,   0,   1,   2};

static void start_example(struct hash *h, size_t size)
{
    hash_start(h, size, "test");
    hash_field(h, "ab", 2);
    hash_u16(h, 513);
}

static void h32_is_blake2b_of_enc(void **state)
{
    uint8_t want[HASH_BYTES];
    uint8_t got[HASH_BYTES];
    struct hash h;

    (void)state;
    crypto_generichash(want, sizeof want, encoded, sizeof encoded, NULL, 0);
    start_example(&h, HASH_BYTES);
    hash_end(&h, got);
    assert_memory_equal(got, want, sizeof want);
}

static void h64_is_blake2b_of_enc_at_full_size(void **state)
{
    uint8_t want[HASH_WIDE_BYTES];
    uint8_t got[HASH_WIDE_BYTES];
    struct hash h;

    (void)state;
    crypto_generichash(want, sizeof want, encoded, sizeof encoded, NULL, 0);
    start_example(&h, HASH_WIDE_BYTES);
    hash_end(&h, got);
    assert_memory_equal(got, want, sizeof want);
}

static void hs_is_h64_reduced(void **state)
{
    uint8_t wide[HASH_WIDE_BYTES];
    uint8_t want[HASH_SCALAR_BYTES];
    uint8_t got[HASH_SCALAR_BYTES];
    struct hash h;

    (void)state;
    crypto_generichash(wide, sizeof wide, encoded, sizeof encoded, NULL, 0);
    crypto_core_ristretto255_scalar_reduce(want, wide);
    start_example(&h, HASH_WIDE_BYTES);
    hash_end_scalar(&h, got);
    assert_memory_equal(got, want, sizeof want);
}

static void a_field_in_pieces_is_one_field(void **state)
{
    uint8_t whole[HASH_BYTES];
    uint8_t pieces[HASH_BYTES];
    struct hash h;

    (void)state;
    hash_bytes(whole, "test", "abcdef", 6);
    hash_start(&h, HASH_BYTES, "test");
    hash_open_field(&h, 6);
    hash_more(&h, "a", 1);
    hash_more(&h, NULL, 0);
    hash_more(&h, "bcdef", 5);
    hash_end(&h, pieces);
    assert_memory_equal(pieces, whole, sizeof whole);
}

static void where_a_field_ends_is_part_of_the_hash(void **state)
{
    uint8_t first[HASH_BYTES];
    uint8_t second[HASH_BYTES];
    struct hash h;

    (void)state;
    hash_start(&h, HASH_BYTES, "test");
    hash_field(&h, "ab", 2);
    hash_field(&h, "c", 1);
    hash_end(&h, first);
    hash_start(&h, HASH_BYTES, "test");
    hash_field(&h, "a", 1);
    hash_field(&h, "bc", 2);
    hash_end(&h, second);
    assert_memory_not_equal(first, second, sizeof first);
}

static void an_empty_field_counts(void **state)
{
    uint8_t without[HASH_BYTES];
    uint8_t with[HASH_BYTES];
    struct hash h;

    (void)state;
    hash_start(&h, HASH_BYTES, "test");
    hash_end(&h, without);
    hash_bytes(with, "test", NULL, 0);
    assert_memory_not_equal(without, with, sizeof with);
}

static void labels_keep_purposes_apart(void **state)
{
    uint8_t first[HASH_BYTES];
    uint8_t second[HASH_BYTES];

    (void)state;
    hash_bytes(first, "mix-u", "x", 1);
    hash_bytes(second, "mix-u-i", "x", 1);
    assert_memory_not_equal(first, second, sizeof first);
}

static void numbers_are_little_endian_fields_of_their_width(void **state)
{
    static const uint8_t bytes[] = {8, 7, 6, 5, 4, 3, 2, 1};
    uint8_t by_number[HASH_BYTES];
    uint8_t by_field[HASH_BYTES];
    struct hash h;

    (void)state;
    hash_start(&h, HASH_BYTES, "test");
    hash_u8(&h, 8);
    hash_u16(&h, 0x0708);
    hash_u32(&h, 0x05060708);
    hash_u64(&h, 0x0102030405060708);
    hash_end(&h, by_number);
    hash_start(&h, HASH_BYTES, "test");
    for (size_t size = 1; size <= 8; size *= 2) {
        hash_field(&h, bytes, size);
    }
    hash_end(&h, by_field);
    assert_memory_equal(by_number, by_field, sizeof by_field);
}

static void the_state_is_wiped_at_the_end(void **state)
{
    static const struct hash zero;
    uint8_t digest[HASH_WIDE_BYTES];
    struct hash h;

    (void)state;
    start_example(&h, HASH_WIDE_BYTES);
    hash_end_scalar(&h, digest);
    assert_memory_equal(&h, &zero, sizeof h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(h32_is_blake2b_of_enc),
        cmocka_unit_test(h64_is_blake2b_of_enc_at_full_size),
        cmocka_unit_test(hs_is_h64_reduced),
        cmocka_unit_test(a_field_in_pieces_is_one_field),
        cmocka_unit_test(where_a_field_ends_is_part_of_the_hash),
        cmocka_unit_test(an_empty_field_counts),
        cmocka_unit_test(labels_keep_purposes_apart),
        cmocka_unit_test(numbers_are_little_endian_fields_of_their_width),
        cmocka_unit_test(the_state_is_wiped_at_the_end),
    };

    return sodium_init() < 0
               ? 1
               : cmocka_run_group_tests_name("hash", tests, NULL, NULL);
}
