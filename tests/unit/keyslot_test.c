/* SPDX-License-Identifier: Apache-2.0 */
/* Key slots as they are read and opened, whole and altered. */
#include "keyslot_example.h"

static void every_official_opens_the_own_slot_and_no_other(void **state)
{
    const struct keyslot_example *example = *state;

    for (size_t slot = 0; slot < OFFICIALS; slot++) {
        for (size_t i = 0; i < OFFICIALS; i++) {
            bool fits = (slot == WITH_FACTOR) == (i == WITH_FACTOR);

            assert_int_equal(keyslot_example_try(example, slot, i),
                             slot == i ? AULA_OK
                             : fits    ? AULA_KEY_OPEN
                                       : AULA_KEY_SLOT);
        }
    }
}

static void the_list_tells_labels_factors_and_costs(void **state)
{
    struct keyslot_example *example = *state;
    struct keyslot_list list;

    assert_int_equal(keyslot_read(&list, example->file, example->size, NULL),
                     AULA_OK);
    assert_int_equal(list.count, OFFICIALS);
    assert_int_equal(list.generation, OFFICIALS);
    assert_ptr_equal(list.id, example->file + 5);
    for (size_t i = 0; i < OFFICIALS; i++) {
        assert_int_equal(list.slots[i].label_size,
                         example->holders[i].label_size);
        assert_memory_equal(list.slots[i].label, example->holders[i].label,
                            list.slots[i].label_size);
        assert_int_equal(list.slots[i].has_factor, i == WITH_FACTOR);
        assert_int_equal(list.slots[i].cost.ops, KEYSLOT_OPS_MIN);
        assert_int_equal(list.slots[i].cost.kib, KEYSLOT_KIB_MIN);
    }
}

/* The layout, written down a second time. */
static void an_image_lies_as_its_table_says(void **state)
{
    const struct keyslot_example *example = *state;
    const uint8_t *file = example->file;
    const uint8_t *slot = file + 30 + 162;
    uint8_t key[32];
    uint8_t statement[135];
    uint8_t master[32];
    struct hash h;

    assert_memory_equal(file, "AULS\x01", 5);
    assert_int_equal(get_le64(file + 21), OFFICIALS);
    assert_int_equal(file[29], OFFICIALS);
    assert_int_equal(example->size, 30 + 162 * OFFICIALS + 32);
    assert_memory_equal(slot,
                        "\x01\x05"
                        "Bolat\0",
                        8);
    assert_int_equal(get_le32(slot + 82), KEYSLOT_OPS_MIN);
    assert_int_equal(get_le32(slot + 86), KEYSLOT_KIB_MIN);
    cheap_derive(key, 32, "0815", 4, slot + 66, 2, 65536 * 1024);
    hash_start(&h, 32, "keyslot-factor");
    hash_field(&h, key, 32);
    hash_field(&h, stick, 32);
    hash_end(&h, key);
    memcpy(statement, file, 21);
    memcpy(statement + 21, slot, 114);
    assert_int_equal(crypto_aead_xchacha20poly1305_ietf_decrypt(master, NULL,
                                                                NULL,
                                                                slot + 114, 48,
                                                                statement, 135,
                                                                slot + 90, key),
                     0);
    assert_memory_equal(master, example->master, 32);
}

static void the_tag_is_keyed_with_what_follows_from_the_master_key(void **state)
{
    const struct keyslot_example *example = *state;
    uint8_t key[32];
    uint8_t tag[32];
    struct hash h;

    hash_start_keyed(&h, 32, example->master, "keyslot-auth");
    hash_field(&h, example->file + 5, 16);
    hash_end(&h, key);
    hash_start_keyed(&h, 32, key, "keyslot-tag");
    hash_field(&h, example->file, example->size - 32);
    hash_end(&h, tag);
    assert_memory_equal(tag, example->file + example->size - 32, 32);
}

/* Before anything is derived: the code says so whatever the passphrase. */
static void expect_form(struct keyslot_example *example, size_t size,
                        enum aula_code expected)
{
    static const struct keyslot_list untouched;
    struct keyslot_list list = {0};
    struct aula_error err = {AULA_OK, ""};
    uint8_t *exact = malloc(size + 1); /* the sanitizer sees its end */

    memcpy(exact + 1, example->file, size);
    assert_int_equal(keyslot_read(&list, exact + 1, size, &err), expected);
    if (expected != AULA_OK) {
        assert_memory_equal(&list, &untouched, sizeof list);
        assert_int_equal(err.code, expected);
        cheap_pwhash.calls = 0;
        assert_int_equal(keyslot_try(example->master, exact + 1, size, 0,
                                     &example->holders[0].secret),
                         expected);
        assert_int_equal(cheap_pwhash.calls, 0);
    }
    free(exact);
}

static void every_other_length_is_refused(void **state)
{
    struct keyslot_example *example = *state;

    for (size_t size = 0; size < example->size; size++) {
        expect_form(example, size, AULA_TRUNCATED);
    }
    expect_form(example, example->size, AULA_OK);
    for (size_t size = example->size + 1; size <= KEYSLOT_FILE_BYTES_MAX;
         size++) {
        expect_form(example, size, AULA_TRAILING_BYTES);
    }
}

static void one_byte_more_than_sixteen_slots_is_too_large(void **state)
{
    struct keyslot_example *example = *state;
    static uint8_t long_one[KEYSLOT_FILE_BYTES_MAX + 1];
    struct keyslot_list list;

    memcpy(long_one, example->file, example->size);
    assert_int_equal(keyslot_read(&list, long_one, sizeof long_one, NULL),
                     AULA_TOO_LARGE);
    long_one[0] ^= 1;
    assert_int_equal(keyslot_read(&list, long_one, sizeof long_one, NULL),
                     AULA_TOO_LARGE);
}

static void the_head_is_checked_in_its_order(void **state)
{
    struct keyslot_example *example = *state;

    example->file[29] = 17;
    expect_form(example, example->size, AULA_BAD_FIELD);
    example->file[29] = 0;
    expect_form(example, example->size, AULA_BAD_FIELD);
    example->file[29] = OFFICIALS + 1;
    expect_form(example, example->size, AULA_TRUNCATED);
    example->file[29] = OFFICIALS - 1;
    expect_form(example, example->size, AULA_TRAILING_BYTES);
    put_le64(example->file + 21, 0);
    expect_form(example, example->size, AULA_BAD_FIELD);
    example->file[4] = 2;
    expect_form(example, example->size, AULA_BAD_VERSION);
    example->file[3] = 'K';
    expect_form(example, example->size, AULA_BAD_MAGIC);
    expect_form(example, 29, AULA_TRUNCATED);
}

/* One field of the last slot at a time, the tag made right again. */
static void expect_slot(struct keyslot_example *example, size_t at,
                        const void *bytes, size_t size, enum aula_code expected)
{
    uint8_t *field = example->file + keyslot_at(OFFICIALS - 1) + at;
    uint8_t kept[KEYSLOT_SLOT_BYTES];

    memcpy(kept, field, size);
    memcpy(field, bytes, size);
    keyslot_example_tag(example);
    expect_form(example, example->size, expected);
    memcpy(field, kept, size);
}

static void a_slot_with_a_wrong_field_is_refused(void **state)
{
    struct keyslot_example *example = *state;
    uint8_t full[65];

    memset(full, 'x', sizeof full);
    expect_slot(example, 0, "\x01", 1, AULA_OK);
    for (unsigned bit = 1; bit < 8; bit++) {
        uint8_t flags = (uint8_t)(1U << bit);

        expect_slot(example, 0, &flags, 1, AULA_BAD_FIELD);
    }
    expect_slot(example, 1, "\x00", 1, AULA_BAD_FIELD);
    expect_slot(example, 1, "\x03", 1, AULA_BAD_FIELD); /* Dan and a */
    expect_slot(example, 1, "\x05", 1, AULA_BAD_FIELD); /* Dana and NUL */
    expect_slot(example, 65, "x", 1, AULA_BAD_FIELD);
    expect_slot(example, 2, "\xff", 1, AULA_BAD_FIELD);
    expect_slot(example, 2, "\n", 1, AULA_BAD_FIELD);
    full[0] = 64;
    expect_slot(example, 1, full, 65, AULA_OK);
    full[0] = 65;
    expect_slot(example, 1, full, 65, AULA_BAD_FIELD);
    full[0] = 255;
    expect_slot(example, 1, full, 65, AULA_BAD_FIELD);
}

static void a_cost_out_of_bounds_is_refused_before_it_is_paid(void **state)
{
    struct keyslot_example *example = *state;

    expect_slot(example, 82, "\x01\0\0\0", 4, AULA_BAD_FIELD);
    expect_slot(example, 82, "\x0a\0\0\0", 4, AULA_OK);
    expect_slot(example, 82, "\x0b\0\0\0", 4, AULA_BAD_FIELD);
    expect_slot(example, 82, "\x02\0\0\x80", 4, AULA_BAD_FIELD);
    expect_slot(example, 86, "\xff\xff\0\0", 4, AULA_BAD_FIELD);
    expect_slot(example, 86, "\0\0\x10\0", 4, AULA_OK);
    expect_slot(example, 86, "\x01\0\x10\0", 4, AULA_BAD_FIELD);
    expect_slot(example, 86, "\0\0\x01\x80", 4, AULA_BAD_FIELD);
}

/* Which code is due for an image that was altered somewhere. */
static enum aula_code altered(const uint8_t *file, size_t size, size_t index)
{
    struct keyslot_list list;
    enum aula_code code = keyslot_read(&list, file, size, NULL);

    if (code != AULA_OK) {
        return code;
    }
    return list.slots[index].has_factor == (index == WITH_FACTOR)
               ? AULA_KEY_OPEN
               : AULA_KEY_SLOT;
}

static void a_flipped_bit_anywhere_is_noticed_through_every_slot(void **state)
{
    struct keyslot_example *example = *state;

    for (size_t bit = 0; bit < 8 * example->size; bit++) {
        example->file[bit / 8] ^= (uint8_t)(1U << bit % 8);
        for (size_t i = 0; i < OFFICIALS; i++) {
            enum aula_code code = keyslot_example_try(example, i, i);

            assert_int_not_equal(code, AULA_OK);
            assert_int_equal(code, altered(example->file, example->size, i));
        }
        example->file[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
}

/* What stands under a slot's seal holds even against the master key. */
static void a_flipped_bit_of_a_slot_is_noticed_by_its_seal_alone(void **state)
{
    struct keyslot_example *example = *state;
    struct keyslot_list list;

    for (size_t bit = 0; bit < 8 * KEYSLOT_SLOT_BYTES; bit++) {
        uint8_t *byte = example->file + keyslot_at(0) + bit / 8;
        struct keyslot_secret secret = example->holders[0].secret;

        *byte ^= (uint8_t)(1U << bit % 8);
        keyslot_example_tag(example);
        if (keyslot_read(&list, example->file, example->size, NULL) ==
            AULA_OK) {
            secret.factor = list.slots[0].has_factor ? stick : NULL;
            assert_int_equal(keyslot_try(example->master, example->file,
                                         example->size, 0, &secret),
                             AULA_KEY_OPEN);
        }
        assert_int_equal(keyslot_example_try(example, 1, 1),
                         keyslot_read(&list, example->file, example->size,
                                      NULL));
        *byte ^= (uint8_t)(1U << bit % 8);
    }
}

static void
the_message_tells_a_wrong_passphrase_from_altered_slots(void **state)
{
    struct keyslot_example *example = *state;
    struct aula_error wrong = {AULA_OK, ""};
    struct aula_error other = {AULA_OK, ""};
    uint8_t master[32];

    assert_int_equal(keyslot_open(master, example->file, example->size, 0,
                                  &example->holders[2].secret, &wrong),
                     AULA_KEY_OPEN);
    example->file[example->size - 1] ^= 1;
    assert_int_equal(keyslot_open(master, example->file, example->size, 0,
                                  &example->holders[0].secret, &other),
                     AULA_KEY_OPEN);
    assert_string_not_equal(wrong.message, other.message);
}

static void a_slot_that_is_not_there_does_not_open(void **state)
{
    const struct keyslot_example *example = *state;

    assert_int_equal(keyslot_example_try(example, OFFICIALS, 0), AULA_KEY_SLOT);
    assert_int_equal(keyslot_example_try(example, SIZE_MAX, 0), AULA_KEY_SLOT);
}

static void the_second_factor_must_be_there_and_right(void **state)
{
    struct keyslot_example *example = *state;
    struct keyslot_secret *secret = &example->holders[WITH_FACTOR].secret;

    secret->factor = other_stick;
    assert_int_equal(keyslot_example_try(example, 1, 1), AULA_KEY_OPEN);
    secret->factor = NULL;
    assert_int_equal(keyslot_example_try(example, 1, 1), AULA_KEY_SLOT);
    example->holders[0].secret.factor = stick;
    assert_int_equal(keyslot_example_try(example, 0, 0), AULA_KEY_SLOT);
}

static void a_malformed_passphrase_is_refused_before_the_image(void **state)
{
    struct keyslot_example *example = *state;
    struct keyslot_secret secret = {"\xff", 1, NULL};

    example->file[0] = 'B';
    assert_int_equal(keyslot_try(example->master, example->file, example->size,
                                 0, &secret),
                     AULA_BAD_FIELD);
    secret.passphrase_size = 0;
    assert_int_equal(keyslot_try(example->master, example->file, example->size,
                                 0, &secret),
                     AULA_BAD_FIELD);
}

static void a_derivation_without_memory_says_so(void **state)
{
    const struct keyslot_example *example = *state;

    cheap_pwhash.mode = PWHASH_NO_MEMORY;
    assert_int_equal(keyslot_example_try(example, 0, 0), AULA_MEMORY);
}

static void without_locked_memory_nothing_is_opened(void **state)
{
    const struct keyslot_example *example = *state;
    enum aula_code code;

    locked_memory.refuse = true;
    code = keyslot_example_try(example, 0, 0);
    locked_memory.refuse = false;
    assert_int_equal(code, AULA_MEMORY);
}

#define WITH_EXAMPLE(test)                                                     \
    cmocka_unit_test_setup_teardown(test, keyslot_example_open,                \
                                    keyslot_example_close)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_EXAMPLE(every_official_opens_the_own_slot_and_no_other),
        WITH_EXAMPLE(the_list_tells_labels_factors_and_costs),
        WITH_EXAMPLE(an_image_lies_as_its_table_says),
        WITH_EXAMPLE(the_tag_is_keyed_with_what_follows_from_the_master_key),
        WITH_EXAMPLE(every_other_length_is_refused),
        WITH_EXAMPLE(one_byte_more_than_sixteen_slots_is_too_large),
        WITH_EXAMPLE(the_head_is_checked_in_its_order),
        WITH_EXAMPLE(a_slot_with_a_wrong_field_is_refused),
        WITH_EXAMPLE(a_cost_out_of_bounds_is_refused_before_it_is_paid),
        WITH_EXAMPLE(a_flipped_bit_anywhere_is_noticed_through_every_slot),
        WITH_EXAMPLE(a_flipped_bit_of_a_slot_is_noticed_by_its_seal_alone),
        WITH_EXAMPLE(the_message_tells_a_wrong_passphrase_from_altered_slots),
        WITH_EXAMPLE(a_slot_that_is_not_there_does_not_open),
        WITH_EXAMPLE(the_second_factor_must_be_there_and_right),
        WITH_EXAMPLE(a_malformed_passphrase_is_refused_before_the_image),
        WITH_EXAMPLE(a_derivation_without_memory_says_so),
        WITH_EXAMPLE(without_locked_memory_nothing_is_opened),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
