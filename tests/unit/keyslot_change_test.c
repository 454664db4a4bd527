/* SPDX-License-Identifier: Apache-2.0 */
/* Key slots as officials come, go and change what they bring: what each change
 * does to the others, and what an old image still opens. Refusals are
 * keyslot_refuse_test.c. */
#include "keyslot_request.h"

/* Slot `to` of the new image is slot `from` of the old one, byte for byte. */
static void expect_same_slot(const struct keyslot_example *now, size_t to,
                             const struct keyslot_example *old, size_t from)
{
    assert_memory_equal(now->file + keyslot_at(to),
                        old->file + keyslot_at(from), KEYSLOT_SLOT_BYTES);
}

static void expect_label(const struct keyslot_example *example, size_t index,
                         const char *label)
{
    struct keyslot_list list = list_of(example);

    assert_int_equal(list.slots[index].label_size, strlen(label));
    assert_memory_equal(list.slots[index].label, label, strlen(label));
}

/* ---- each change, done well */

static void an_added_official_opens_and_so_do_the_others(void **state)
{
    struct keyslot_example *example = *state;
    struct keyslot_example old = *example;

    apply_well(example, ADD, 0, "1917", stick);
    assert_int_equal(example->size, KEYSLOT_FILE_BYTES(OFFICIALS + 1));
    expect_label(example, OFFICIALS, "Erlan");
    assert_int_equal(try_slot(example, OFFICIALS, "1917", stick), AULA_OK);
    for (size_t i = 0; i < OFFICIALS; i++) {
        expect_same_slot(example, i, &old, i);
        assert_int_equal(keyslot_example_try(example, i, i), AULA_OK);
    }
}

static void sixteen_officials_open_and_a_seventeenth_has_no_place(void **state)
{
    struct keyslot_example *example = *state;
    struct request one_more = request_of(ADD, 0, "1917", NULL);

    for (size_t i = OFFICIALS; i < 16; i++) {
        char pin[3] = {'7', (char)('a' + i), '\0'};

        apply_well(example, ADD, 0, pin, NULL);
    }
    assert_int_equal(example->size, KEYSLOT_FILE_BYTES_MAX);
    assert_int_equal(list_of(example).count, 16);
    assert_int_equal(apply(example, &one_more), AULA_KEY_SLOT);
    for (size_t i = OFFICIALS; i < 16; i++) {
        char pin[3] = {'7', (char)('a' + i), '\0'};

        assert_int_equal(try_slot(example, i, pin, NULL), AULA_OK);
    }
    apply_well(example, REVOKE, 15, "", NULL);
    assert_int_equal(apply(example, &one_more), AULA_OK);
}

static void a_changed_passphrase_takes_the_place_of_the_old_one(void **state)
{
    struct keyslot_example *example = *state;
    struct keyslot_example old = *example;

    apply_well(example, CHANGE, 0, "1917", NULL);
    assert_int_equal(example->size, old.size);
    assert_int_equal(try_slot(example, 0, "1917", NULL), AULA_OK);
    assert_int_equal(keyslot_example_try(example, 0, 0), AULA_KEY_OPEN);
    expect_label(example, 0, "Aigul");
    for (size_t i = 1; i < OFFICIALS; i++) {
        expect_same_slot(example, i, &old, i);
        assert_int_equal(keyslot_example_try(example, i, i), AULA_OK);
    }
}

static void a_second_factor_comes_changes_and_goes(void **state)
{
    struct keyslot_example *example = *state;

    apply_well(example, CHANGE, 0, "4711", stick);
    assert_int_equal(try_slot(example, 0, "4711", NULL), AULA_KEY_SLOT);
    assert_int_equal(try_slot(example, 0, "4711", stick), AULA_OK);
    apply_well(example, CHANGE, 0, "4711", other_stick);
    assert_int_equal(try_slot(example, 0, "4711", stick), AULA_KEY_OPEN);
    assert_int_equal(try_slot(example, 0, "4711", other_stick), AULA_OK);
    apply_well(example, CHANGE, 0, "4711", NULL);
    assert_int_equal(try_slot(example, 0, "4711", other_stick), AULA_KEY_SLOT);
    assert_int_equal(try_slot(example, 0, "4711", NULL), AULA_OK);
}

static void a_changed_slot_has_the_new_cost(void **state)
{
    struct keyslot_example *example = *state;
    struct request request = request_of(CHANGE, 2, "1917", NULL);

    request.holder.cost = (struct stretch_cost){3, 70000};
    assert_int_equal(apply(example, &request), AULA_OK);
    assert_int_equal(list_of(example).slots[2].cost.ops, 3);
    assert_int_equal(list_of(example).slots[2].cost.kib, 70000);
    assert_int_equal(try_slot(example, 2, "1917", NULL), AULA_OK);
}

static void the_same_passphrase_again_has_a_fresh_salt_and_nonce(void **state)
{
    struct keyslot_example *example = *state;
    struct keyslot_example old = *example;
    const uint8_t *slot = example->file + keyslot_at(0);
    const uint8_t *before = old.file + keyslot_at(0);

    apply_well(example, CHANGE, 0, "4711", NULL);
    assert_memory_not_equal(slot + 66, before + 66, 16);
    assert_memory_not_equal(slot + 90, before + 90, 24);
    assert_memory_not_equal(slot + 114, before + 114, 48);
}

static void
a_revoked_official_opens_no_slot_and_the_others_move_up(void **state)
{
    struct keyslot_example *example = *state;
    struct keyslot_example old = *example;

    for (size_t gone = 0; gone < OFFICIALS; gone++) {
        *example = old;
        apply_well(example, REVOKE, gone, "", NULL);
        assert_int_equal(example->size, KEYSLOT_FILE_BYTES(OFFICIALS - 1));
        for (size_t slot = 0; slot < OFFICIALS - 1; slot++) {
            size_t official = slot + (slot >= gone);

            expect_same_slot(example, slot, &old, official);
            assert_int_equal(keyslot_example_try(example, slot, official),
                             AULA_OK);
            assert_int_not_equal(keyslot_example_try(example, slot, gone),
                                 AULA_OK);
        }
    }
}

static void the_last_official_stays(void **state)
{
    struct keyslot_example *example = *state;
    struct request request = request_of(REVOKE, 0, "", NULL);

    apply_well(example, REVOKE, 2, "", NULL);
    apply_well(example, REVOKE, 0, "", NULL);
    assert_int_equal(apply(example, &request), AULA_KEY_SLOT);
    assert_int_equal(keyslot_example_try(example, 0, 1), AULA_OK);
}

static void every_change_is_one_generation_of_the_same_file(void **state)
{
    struct keyslot_example *example = *state;
    struct keyslot_example old = *example;

    apply_well(example, ADD, 0, "1917", NULL);
    assert_int_equal(list_of(example).generation, OFFICIALS + 1);
    apply_well(example, CHANGE, 3, "1918", NULL);
    assert_int_equal(list_of(example).generation, OFFICIALS + 2);
    apply_well(example, REVOKE, 3, "", NULL);
    assert_int_equal(list_of(example).generation, OFFICIALS + 3);
    assert_memory_equal(list_of(example).id, old.file + 5, KEYSLOT_ID_BYTES);
}

/* ---- old images, and pieces of them */

/* As the header warns: an image that was kept opens what it opened; but what
 * came later does not open it. */
static void an_old_image_opens_as_it_did_and_for_nobody_new(void **state)
{
    struct keyslot_example *example = *state;
    struct keyslot_example old = *example;

    apply_well(example, CHANGE, 0, "1917", NULL);
    apply_well(example, REVOKE, 2, "", NULL);
    apply_well(example, ADD, 0, "1918", NULL);
    for (size_t i = 0; i < OFFICIALS; i++) {
        assert_int_equal(keyslot_example_try(&old, i, i), AULA_OK);
        assert_int_not_equal(try_slot(&old, i, "1917", NULL), AULA_OK);
        assert_int_not_equal(try_slot(&old, i, "1918", NULL), AULA_OK);
    }
    assert_true(list_of(&old).generation < list_of(example).generation);
}

/* No slot opens an image that was put together without the master key. */
static void expect_noticed(const struct keyslot_example *example)
{
    size_t count = list_of(example).count;

    for (size_t slot = 0; slot < count; slot++) {
        for (size_t i = 0; i < OFFICIALS; i++) {
            assert_int_not_equal(keyslot_example_try(example, slot, i),
                                 AULA_OK);
        }
    }
}

static void a_revoked_slot_that_is_put_back_is_noticed(void **state)
{
    struct keyslot_example *example = *state;
    struct keyslot_example old = *example;
    uint8_t *behind = example->file + keyslot_at(OFFICIALS - 1);

    apply_well(example, REVOKE, 2, "", NULL);
    memmove(behind + KEYSLOT_SLOT_BYTES, behind, KEYSLOT_TAG_BYTES);
    memcpy(behind, old.file + keyslot_at(2), KEYSLOT_SLOT_BYTES);
    example->file[29] = OFFICIALS;
    example->size = old.size;
    expect_noticed(example);
}

static void an_old_image_with_a_later_generation_is_noticed(void **state)
{
    struct keyslot_example *example = *state;

    put_le64(example->file + 21, OFFICIALS + 1);
    expect_noticed(example);
}

static void slots_that_changed_places_are_noticed(void **state)
{
    struct keyslot_example *example = *state;
    struct keyslot_example old = *example;

    memcpy(example->file + keyslot_at(0), old.file + keyslot_at(2),
           KEYSLOT_SLOT_BYTES);
    memcpy(example->file + keyslot_at(2), old.file + keyslot_at(0),
           KEYSLOT_SLOT_BYTES);
    expect_noticed(example);
}

/* Even with a right tag: the seal holds a slot to its file. */
static void a_slot_opens_in_no_other_file_of_the_same_key(void **state)
{
    struct keyslot_example *example = *state;
    uint8_t other[KEYSLOT_FILE_BYTES(1)];

    assert_int_equal(keyslot_create(other, example->master,
                                    &example->holders[0], NULL),
                     AULA_OK);
    memcpy(example->file + keyslot_at(0), other + keyslot_at(0),
           KEYSLOT_SLOT_BYTES);
    keyslot_example_tag(example);
    assert_int_equal(keyslot_example_try(example, 0, 0), AULA_KEY_OPEN);
    assert_int_equal(keyslot_example_try(example, 1, 1), AULA_OK);
}

#define WITH_EXAMPLE(test)                                                     \
    cmocka_unit_test_setup_teardown(test, keyslot_example_open,                \
                                    keyslot_example_close)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_EXAMPLE(an_added_official_opens_and_so_do_the_others),
        WITH_EXAMPLE(sixteen_officials_open_and_a_seventeenth_has_no_place),
        WITH_EXAMPLE(a_changed_passphrase_takes_the_place_of_the_old_one),
        WITH_EXAMPLE(a_second_factor_comes_changes_and_goes),
        WITH_EXAMPLE(a_changed_slot_has_the_new_cost),
        WITH_EXAMPLE(the_same_passphrase_again_has_a_fresh_salt_and_nonce),
        WITH_EXAMPLE(a_revoked_official_opens_no_slot_and_the_others_move_up),
        WITH_EXAMPLE(the_last_official_stays),
        WITH_EXAMPLE(every_change_is_one_generation_of_the_same_file),
        WITH_EXAMPLE(an_old_image_opens_as_it_did_and_for_nobody_new),
        WITH_EXAMPLE(a_revoked_slot_that_is_put_back_is_noticed),
        WITH_EXAMPLE(an_old_image_with_a_later_generation_is_noticed),
        WITH_EXAMPLE(slots_that_changed_places_are_noticed),
        WITH_EXAMPLE(a_slot_opens_in_no_other_file_of_the_same_key),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
