/* SPDX-License-Identifier: Apache-2.0 */
/* What adds, changes or revokes no key slot: each refusal by its name, in its
 * order, and nothing written (apply looks at that). */
#include "keyslot_request.h"

/* One good request of each kind. */
struct kinds {
    struct request of[REVOKE + 1];
};

static struct kinds each_kind(void)
{
    return (struct kinds){{request_of(ADD, 0, "1917", NULL),
                           request_of(CHANGE, 0, "1917", NULL),
                           request_of(REVOKE, 0, "", NULL)}};
}

/* The same answer to every kind of change. */
static void expect_of_all(struct keyslot_example *example,
                          enum aula_code expected)
{
    struct kinds kinds = each_kind();

    for (size_t i = 0; i <= REVOKE; i++) {
        assert_int_equal(apply(example, &kinds.of[i]), expected);
    }
}

static void each_good_request_is_granted(void **state)
{
    expect_of_all(*state, AULA_OK);
}

static void a_malformed_passphrase_is_refused_before_all_else(void **state)
{
    static const struct keyslot_secret bad[] = {
        {"", 0, NULL}, {"\xff", 1, NULL}, {"\xd0\xb8\xcc\x86", 4, NULL}};
    struct keyslot_example *example = *state;
    struct kinds kinds = each_kind();

    example->file[0] = 'B';
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        kinds.of[ADD].holder.secret = bad[i];
        kinds.of[CHANGE].holder.secret = bad[i];
        assert_int_equal(apply(example, &kinds.of[ADD]), AULA_BAD_FIELD);
        assert_int_equal(apply(example, &kinds.of[CHANGE]), AULA_BAD_FIELD);
    }
}

static void a_malformed_label_is_refused(void **state)
{
    static const char long_one[] =
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdefX";
    struct keyslot_example *example = *state;
    struct request request = request_of(ADD, 0, "1917", NULL);

    request.holder.label_size = 0;
    assert_int_equal(apply(example, &request), AULA_BAD_FIELD);
    request.holder.label = long_one;
    request.holder.label_size = 65;
    assert_int_equal(apply(example, &request), AULA_BAD_FIELD);
    request.holder.label = "Er\nlan";
    request.holder.label_size = 6;
    assert_int_equal(apply(example, &request), AULA_BAD_FIELD);
    request.holder.label = "Erlan\0";
    assert_int_equal(apply(example, &request), AULA_BAD_FIELD);
    request.holder.label = long_one;
    request.holder.label_size = 64;
    assert_int_equal(apply(example, &request), AULA_OK);
}

static void a_cost_out_of_bounds_is_refused(void **state)
{
    static const struct stretch_cost bad[] = {
        {1, 65536},  {11, 65536},         {2, 65535},     {2, 1048577},
        {0, 262144}, {UINT32_MAX, 65536}, {2, UINT32_MAX}};
    struct keyslot_example *example = *state;
    struct kinds kinds = each_kind();

    cheap_pwhash.calls = 0;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        kinds.of[ADD].holder.cost = bad[i];
        kinds.of[CHANGE].holder.cost = bad[i];
        assert_int_equal(apply(example, &kinds.of[ADD]), AULA_BAD_FIELD);
        assert_int_equal(apply(example, &kinds.of[CHANGE]), AULA_BAD_FIELD);
    }
    assert_int_equal(cheap_pwhash.calls, 0);
}

static void the_dearest_cost_is_allowed(void **state)
{
    struct keyslot_example *example = *state;
    struct kinds kinds = each_kind();

    kinds.of[ADD].holder.cost = (struct stretch_cost){10, 1048576};
    kinds.of[CHANGE].holder.cost = (struct stretch_cost){10, 1048576};
    assert_int_equal(apply(example, &kinds.of[ADD]), AULA_OK);
    assert_int_equal(apply(example, &kinds.of[CHANGE]), AULA_OK);
}

/* The codes of keyslot_read; keyslot_test.c has all the ways to each. */
static void what_is_no_image_of_slots_is_refused(void **state)
{
    struct keyslot_example *example = *state;
    size_t size = example->size;

    example->size = size - 1;
    expect_of_all(example, AULA_TRUNCATED);
    example->size = size + 1;
    expect_of_all(example, AULA_TRAILING_BYTES);
    example->size = KEYSLOT_FILE_BYTES_MAX + 1;
    expect_of_all(example, AULA_TOO_LARGE);
    example->size = size;
    example->file[keyslot_at(2)] ^= 2;
    expect_of_all(example, AULA_BAD_FIELD);
    example->file[4] = 2;
    expect_of_all(example, AULA_BAD_VERSION);
    example->file[0] = 'B';
    expect_of_all(example, AULA_BAD_MAGIC);
}

static void without_the_master_key_nothing_changes(void **state)
{
    struct keyslot_example *example = *state;

    for (size_t bit = 0; bit < (size_t)8 * KEYSLOT_MASTER_BYTES; bit++) {
        example->master[bit / 8] ^= (uint8_t)(1U << bit % 8);
        expect_of_all(example, AULA_KEY_OPEN);
        example->master[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
    expect_of_all(example, AULA_OK);
}

/* Or a change would put a good tag on what someone else altered. */
static void an_altered_image_does_not_change(void **state)
{
    struct keyslot_example *example = *state;
    struct keyslot_list list;

    for (size_t bit = 0; bit < 8 * example->size; bit++) {
        enum aula_code code;

        example->file[bit / 8] ^= (uint8_t)(1U << bit % 8);
        code = keyslot_read(&list, example->file, example->size, NULL);
        expect_of_all(example, code == AULA_OK ? AULA_KEY_OPEN : code);
        example->file[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
}

/* The tag is looked at before the place of the slot. */
static void a_slot_that_is_not_there_does_not_change(void **state)
{
    struct keyslot_example *example = *state;
    struct kinds kinds = each_kind();

    for (size_t i = CHANGE; i <= REVOKE; i++) {
        kinds.of[i].index = OFFICIALS;
        assert_int_equal(apply(example, &kinds.of[i]), AULA_KEY_SLOT);
        kinds.of[i].index = SIZE_MAX;
        assert_int_equal(apply(example, &kinds.of[i]), AULA_KEY_SLOT);
        example->master[0] ^= 1;
        assert_int_equal(apply(example, &kinds.of[i]), AULA_KEY_OPEN);
        example->master[0] ^= 1;
    }
}

static void behind_the_last_generation_there_is_none(void **state)
{
    struct keyslot_example *example = *state;

    put_le64(example->file + 21, UINT64_MAX);
    keyslot_example_tag(example);
    expect_of_all(example, AULA_KEY_SLOT);
    put_le64(example->file + 21, UINT64_MAX - 1);
    keyslot_example_tag(example);
    apply_well(example, REVOKE, 0, "", NULL);
    assert_true(list_of(example).generation == UINT64_MAX);
}

static void a_derivation_without_memory_changes_nothing(void **state)
{
    struct keyslot_example *example = *state;
    struct kinds kinds = each_kind();

    cheap_pwhash.mode = PWHASH_NO_MEMORY;
    assert_int_equal(apply(example, &kinds.of[ADD]), AULA_MEMORY);
    assert_int_equal(apply(example, &kinds.of[CHANGE]), AULA_MEMORY);
    /* Revoking needs no passphrase, so it needs no memory. */
    assert_int_equal(apply(example, &kinds.of[REVOKE]), AULA_OK);
}

static void without_locked_memory_no_slot_is_filled(void **state)
{
    struct keyslot_example *example = *state;
    struct kinds kinds = each_kind();
    enum aula_code added;
    enum aula_code changed;

    locked_memory.refuse = true;
    added = apply(example, &kinds.of[ADD]);
    changed = apply(example, &kinds.of[CHANGE]);
    locked_memory.refuse = false;
    assert_int_equal(added, AULA_MEMORY);
    assert_int_equal(changed, AULA_MEMORY);
}

#define WITH_EXAMPLE(test)                                                     \
    cmocka_unit_test_setup_teardown(test, keyslot_example_open,                \
                                    keyslot_example_close)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_EXAMPLE(each_good_request_is_granted),
        WITH_EXAMPLE(a_malformed_passphrase_is_refused_before_all_else),
        WITH_EXAMPLE(a_malformed_label_is_refused),
        WITH_EXAMPLE(a_cost_out_of_bounds_is_refused),
        WITH_EXAMPLE(the_dearest_cost_is_allowed),
        WITH_EXAMPLE(what_is_no_image_of_slots_is_refused),
        WITH_EXAMPLE(without_the_master_key_nothing_changes),
        WITH_EXAMPLE(an_altered_image_does_not_change),
        WITH_EXAMPLE(a_slot_that_is_not_there_does_not_change),
        WITH_EXAMPLE(behind_the_last_generation_there_is_none),
        WITH_EXAMPLE(a_derivation_without_memory_changes_nothing),
        WITH_EXAMPLE(without_locked_memory_no_slot_is_filled),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
