/* SPDX-License-Identifier: Apache-2.0 */
/* The first image of key slots: what it opens, what is drawn for it, and what
 * it is refused for. */
#include "keyslot_example.h"

static const uint8_t master[KEYSLOT_MASTER_BYTES] = {1, 2, 3};

/* A refusal writes nothing. */
static enum aula_code create(uint8_t *file, const struct keyslot_holder *holder)
{
    static const uint8_t untouched[KEYSLOT_FILE_BYTES(1)];
    struct aula_error err = {AULA_OK, ""};
    enum aula_code code;

    memset(file, 0, KEYSLOT_FILE_BYTES(1));
    code = keyslot_create(file, master, holder, &err);
    assert_int_equal(err.code, code);
    if (code != AULA_OK) {
        assert_memory_equal(file, untouched, sizeof untouched);
    }
    return code;
}

static enum aula_code try_first(const uint8_t *file,
                                const struct keyslot_secret *secret)
{
    return keyslot_try(master, file, KEYSLOT_FILE_BYTES(1), 0, secret);
}

static int start(void **state)
{
    (void)state;
    cheap_pwhash.mode = PWHASH_CHEAP;
    return 0;
}

static int end(void **state)
{
    (void)state;
    return locked_memory.held == 0 ? 0 : -1;
}

static void a_master_key_is_drawn_anew_each_time(void **state)
{
    uint8_t one[KEYSLOT_MASTER_BYTES] = {0};
    uint8_t two[KEYSLOT_MASTER_BYTES] = {0};

    (void)state;
    keyslot_draw_master(one);
    keyslot_draw_master(two);
    assert_memory_not_equal(one, two, 16);
    assert_memory_not_equal(one + 16, two + 16, 16);
}

static void the_first_image_has_one_slot_and_generation_one(void **state)
{
    struct keyslot_holder holder = keyslot_holder_of("Aigul", "4711", NULL);
    uint8_t file[KEYSLOT_FILE_BYTES(1)];
    struct keyslot_list list;

    (void)state;
    assert_int_equal(create(file, &holder), AULA_OK);
    assert_int_equal(keyslot_read(&list, file, sizeof file, NULL), AULA_OK);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.generation, 1);
    assert_int_equal(try_first(file, &holder.secret), AULA_OK);
    holder.secret.factor = stick;
    assert_int_equal(create(file, &holder), AULA_OK);
    assert_int_equal(try_first(file, &holder.secret), AULA_OK);
}

/* Id, salt and nonce are drawn; with the nonce the seal differs too. */
static void two_images_of_the_same_share_nothing_drawn(void **state)
{
    struct keyslot_holder holder = keyslot_holder_of("Aigul", "4711", NULL);
    uint8_t one[KEYSLOT_FILE_BYTES(1)];
    uint8_t two[KEYSLOT_FILE_BYTES(1)];

    (void)state;
    assert_int_equal(create(one, &holder), AULA_OK);
    assert_int_equal(create(two, &holder), AULA_OK);
    assert_memory_not_equal(one + 5, two + 5, 16);
    assert_memory_not_equal(one + 30 + 66, two + 30 + 66, 16);
    assert_memory_not_equal(one + 30 + 90, two + 30 + 90, 24);
    assert_memory_not_equal(one + 30 + 114, two + 30 + 114, 48);
}

static void a_label_has_1_to_64_bytes_of_text(void **state)
{
    char longest[65];
    struct keyslot_holder holder = keyslot_holder_of("A", "4711", NULL);
    uint8_t file[KEYSLOT_FILE_BYTES(1)];

    (void)state;
    memset(longest, 'x', sizeof longest);
    assert_int_equal(create(file, &holder), AULA_OK);
    holder.label_size = 0;
    assert_int_equal(create(file, &holder), AULA_BAD_FIELD);
    holder.label = longest;
    holder.label_size = 64;
    assert_int_equal(create(file, &holder), AULA_OK);
    assert_int_equal(try_first(file, &holder.secret), AULA_OK);
    holder.label_size = 65;
    assert_int_equal(create(file, &holder), AULA_BAD_FIELD);
    holder = keyslot_holder_of("\xc3", "4711", NULL);
    assert_int_equal(create(file, &holder), AULA_BAD_FIELD);
    holder = keyslot_holder_of("a\x7f", "4711", NULL);
    assert_int_equal(create(file, &holder), AULA_BAD_FIELD);
}

static void a_malformed_passphrase_makes_no_image(void **state)
{
    struct keyslot_holder holder = keyslot_holder_of("A", "", NULL);
    uint8_t file[KEYSLOT_FILE_BYTES(1)];

    (void)state;
    assert_int_equal(create(file, &holder), AULA_BAD_FIELD);
    holder.secret = keyslot_secret_of("\xd0\xb8\xcc\x86", NULL);
    assert_int_equal(create(file, &holder), AULA_BAD_FIELD);
    holder.secret = keyslot_secret_of("1", NULL);
    assert_int_equal(create(file, &holder), AULA_OK);
}

static void a_cost_has_its_floor_and_its_ceiling(void **state)
{
    static const struct {
        struct stretch_cost cost;
        enum aula_code code;
    } rows[] = {
        {{2, 65536}, AULA_OK},         {{10, 1048576}, AULA_OK},
        {{1, 65536}, AULA_BAD_FIELD},  {{2, 65535}, AULA_BAD_FIELD},
        {{11, 65536}, AULA_BAD_FIELD}, {{2, 1048577}, AULA_BAD_FIELD},
    };
    struct keyslot_holder holder = keyslot_holder_of("Aigul", "4711", NULL);
    uint8_t file[KEYSLOT_FILE_BYTES(1)];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cheap_pwhash.calls = 0;
        holder.cost = rows[i].cost;
        assert_int_equal(create(file, &holder), rows[i].code);
        assert_int_equal(cheap_pwhash.calls, rows[i].code == AULA_OK);
    }
}

static void without_memory_no_image_is_made(void **state)
{
    struct keyslot_holder holder = keyslot_holder_of("Aigul", "4711", NULL);
    uint8_t file[KEYSLOT_FILE_BYTES(1)];
    enum aula_code code;

    (void)state;
    locked_memory.refuse = true;
    code = create(file, &holder);
    locked_memory.refuse = false;
    assert_int_equal(code, AULA_MEMORY);
    cheap_pwhash.mode = PWHASH_NO_MEMORY;
    assert_int_equal(create(file, &holder), AULA_MEMORY);
}

#define CREATE_TEST(name) cmocka_unit_test_setup_teardown(name, start, end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        CREATE_TEST(a_master_key_is_drawn_anew_each_time),
        CREATE_TEST(the_first_image_has_one_slot_and_generation_one),
        CREATE_TEST(two_images_of_the_same_share_nothing_drawn),
        CREATE_TEST(a_label_has_1_to_64_bytes_of_text),
        CREATE_TEST(a_malformed_passphrase_makes_no_image),
        CREATE_TEST(a_cost_has_its_floor_and_its_ceiling),
        CREATE_TEST(without_memory_no_image_is_made),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
