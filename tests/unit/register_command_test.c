/* SPDX-License-Identifier: Apache-2.0 */
/* `aula office register`: one list before the voting, one beside it later, and
 * none that was handed out is replaced. */
#define _XOPEN_SOURCE 700

#include "certify_desk.h"

static int list(struct certify_desk *desk, const char *passphrase, bool is_late)
{
    const char *const words[] = {desk->out_folder, is_late ? "--late" : NULL,
                                 NULL};

    return desk_call(desk, "register", passphrase, words);
}

/* The file names these terminals and no other. */
static uint8_t *check_list(const struct certify_desk *desk, bool is_late,
                           const struct terminals_register *first,
                           struct terminals_register *found,
                           const struct desk_keys *keys, size_t count)
{
    struct desk_election *election = office_open(desk->office);
    size_t size = 0;
    uint8_t *bytes =
        desk_get(desk, is_late ? "register-late.bin" : "register.bin", &size);

    assert_non_null(bytes);
    assert_int_equal(register_check(found, &election->package, first, bytes,
                                    size, NULL),
                     AULA_OK);
    assert_int_equal(found->count, count);
    for (size_t i = 0; i < count; i++) {
        assert_true(register_has(found, keys[i].tid));
    }
    desk_election_close(election);
    return bytes;
}

static void the_register_names_all_terminals(void **state)
{
    struct certify_desk *desk = *state;
    struct terminals_register found;
    struct desk_keys keys[3];
    uint8_t hash[HASH_BYTES];
    char code[CODE_TEXT_BYTES];
    uint8_t *bytes;

    for (uint8_t i = 0; i < 3; i++) {
        desk_add_terminal(desk, &keys[i], i);
    }
    assert_int_equal(list(desk, "pass", false), EXIT_DONE);
    bytes = check_list(desk, false, NULL, &found, keys, 3);
    assert_int_equal(found.time, DESK_NOW);
    register_hash(hash, bytes, REGISTER_BYTES(3));
    code_write(code, hash);
    assert_non_null(strstr(desk->out, code));
    assert_non_null(strstr(desk->out, "before 1000 s"));
    assert_null(strstr(desk->out, "LATE_REGISTER"));
    free(bytes);
}

static void without_a_terminal_there_is_no_register(void **state)
{
    struct certify_desk *desk = *state;

    assert_int_equal(list(desk, "pass", false), EXIT_REFUSED);
    assert_non_null(strstr(desk->errors, "no terminal was certified"));
    assert_int_equal(list(desk, "pass", true), EXIT_REFUSED);
    assert_non_null(strstr(desk->errors, "no register.bin yet"));
    assert_true(place_is_missing(desk->out_folder, "register.bin"));
}

static void a_wrong_passphrase_makes_none(void **state)
{
    struct certify_desk *desk = *state;
    struct desk_keys keys;

    desk_add_terminal(desk, &keys, 1);
    assert_int_equal(list(desk, "wrong", false), EXIT_REFUSED);
    assert_true(place_is_missing(desk->out_folder, "register.bin"));
    assert_int_equal(list(desk, "pass", true), EXIT_REFUSED);
}

/* No passphrase is needed for what is public already. */
static void another_run_hands_the_same_file_out(void **state)
{
    struct certify_desk *desk = *state;
    struct terminals_register found;
    struct desk_keys keys[2];
    uint8_t *bytes;
    uint8_t *again;

    desk_add_terminal(desk, &keys[0], 0);
    assert_int_equal(list(desk, "pass", false), EXIT_DONE);
    bytes = check_list(desk, false, NULL, &found, keys, 1);
    desk_add_terminal(desk, &keys[1], 1);
    assert_non_null(strstr(desk->out, "aula office register OUT --late"));
    desk->now++;
    assert_int_equal(list(desk, "wrong", false), EXIT_DONE);
    assert_non_null(strstr(desk->out, "--late"));
    desk_path(desk->out_folder, desk, "out2");
    assert_int_equal(list(desk, "wrong", false), EXIT_DONE);
    again = check_list(desk, false, NULL, &found, keys, 1);
    assert_memory_equal(again, bytes, REGISTER_BYTES(1));
    free(again);
    free(bytes);
}

static void another_register_in_the_folder_stays(void **state)
{
    struct certify_desk *desk = *state;
    struct desk_keys keys;
    size_t size = 0;
    uint8_t *bytes;

    desk_add_terminal(desk, &keys, 0);
    desk_put(desk, "out/register.bin", "older", 5);
    assert_int_equal(list(desk, "pass", false), EXIT_REFUSED);
    assert_non_null(strstr(desk->errors, "out/register.bin: another register"));
    bytes = desk_get(desk, "register.bin", &size);
    assert_int_equal(size, 5);
    assert_memory_equal(bytes, "older", 5);
    free(bytes);
}

static void what_came_later_stands_in_the_late_one(void **state)
{
    struct certify_desk *desk = *state;
    struct terminals_register first;
    struct terminals_register late;
    struct desk_keys keys[3];
    uint8_t *bytes;
    uint8_t *late_bytes;

    desk_add_terminal(desk, &keys[0], 0);
    assert_int_equal(list(desk, "pass", false), EXIT_DONE);
    bytes = check_list(desk, false, NULL, &first, keys, 1);
    assert_int_equal(list(desk, "pass", true), EXIT_REFUSED);
    assert_non_null(strstr(desk->errors, "names all terminals"));
    for (uint8_t i = 1; i < 3; i++) {
        desk_add_terminal(desk, &keys[i], i);
        assert_int_equal(list(desk, "pass", true), EXIT_DONE);
        assert_non_null(strstr(desk->out, "LATE_TERMINAL"));
        late_bytes = check_list(desk, true, &first, &late, keys + 1, i);
        free(late_bytes);
    }
    desk->now++;
    assert_int_equal(list(desk, "wrong", true), EXIT_DONE);
    late_bytes = check_list(desk, true, &first, &late, keys + 1, 2);
    assert_int_equal(late.time, DESK_NOW);
    free(late_bytes);
    free(bytes);
}

static void a_register_after_the_opening_is_said_to_be_late(void **state)
{
    struct certify_desk *desk = *state;
    struct desk_keys keys;

    desk_add_terminal(desk, &keys, 0);
    desk->now = 1001;
    assert_int_equal(list(desk, "pass", false), EXIT_DONE);
    assert_non_null(strstr(desk->out, "LATE_REGISTER"));
}

static void programs_get_an_object(void **state)
{
    struct certify_desk *desk = *state;
    const char *const words[] = {desk->out_folder, "--json", NULL};
    struct desk_keys keys;
    json_t *object;

    desk_add_terminal(desk, &keys, 0);
    assert_int_equal(desk_call(desk, "register", "pass", words), EXIT_DONE);
    object = json_loads(desk->out, 0, NULL);
    assert_non_null(object);
    assert_int_equal(json_integer_value(json_object_get(object, "terminals")),
                     1);
    assert_int_equal(strlen(json_string_value(json_object_get(object, "hash"))),
                     2 * HASH_BYTES);
    assert_true(json_is_true(json_object_get(object, "in_time")));
    json_decref(object);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_start, desk_end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(the_register_names_all_terminals),
        TEST(without_a_terminal_there_is_no_register),
        TEST(a_wrong_passphrase_makes_none),
        TEST(another_run_hands_the_same_file_out),
        TEST(another_register_in_the_folder_stays),
        TEST(what_came_later_stands_in_the_late_one),
        TEST(a_register_after_the_opening_is_said_to_be_late),
        TEST(programs_get_an_object),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
