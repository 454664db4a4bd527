/* SPDX-License-Identifier: Apache-2.0 */
/* What `aula trustee` says to programs after each step, and to people when a
 * dealer has cheated. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cheap_pwhash.h"
#include "commands.h"
#include "keyring.h"
#include "trustee_desk.h"

enum { WORDS = 12 };

/* What one run said. */
struct said {
    int status;
    char *out;
    char *errors;
};

/* `aula trustee STEP` of trustee `index`, with two further words. */
static struct said run(const struct trustee_desk *desk, const char *step,
                       uint8_t index, const char *option, const char *value)
{
    const struct command *const table[] = {&command_trustee_new,
                                           &command_trustee_deal,
                                           &command_trustee_accept, NULL};
    struct command_place place = {.clock = clock_system()};
    struct said said = {.status = -1};
    const char *words[WORDS] = {
        "aula", "trustee", step,   desk->stick, "", "--passphrase-file",
        "",     "--json",  option, value};
    char texts[WORDS][PLACE_BYTES];
    char *argv[WORDS];
    size_t size = 0;
    int argc = 0;

    office_put(desk->folder, "pass", desk->passphrase.text,
               desk->passphrase.size);
    for (; words[argc] != NULL; argc++) {
        (void)snprintf(texts[argc], PLACE_BYTES, "%s", words[argc]);
        argv[argc] = texts[argc];
    }
    (void)snprintf(texts[4], PLACE_BYTES, "%s", desk->own[index - 1]);
    office_path(texts[6], desk->folder, "pass");
    place.out = open_memstream(&said.out, &size);
    place.errors = open_memstream(&said.errors, &size);
    said.status = command_main(table, &place, argc, argv);
    (void)fclose(place.out);
    (void)fclose(place.errors);
    return said;
}

static void forget(struct said *said)
{
    free(said->out);
    free(said->errors);
}

/* Which step comes next, and how many have not done it. Returns: the code of
 * round 1, to be freed, or NULL */
static char *expect(struct said said, const char *next, size_t missing)
{
    json_t *object = json_loads(said.out, 0, NULL);
    const char *code;
    char *copy = NULL;

    assert_int_equal(said.status, EXIT_DONE);
    assert_non_null(object);
    assert_string_equal(json_string_value(json_object_get(object, "next")),
                        next);
    assert_int_equal(json_array_size(json_object_get(object, "missing")),
                     missing);
    assert_int_equal(json_integer_value(json_object_get(object, "approvals")),
                     3);
    code = json_string_value(json_object_get(object, "code"));
    if (code != NULL) {
        copy = strdup(code);
    }
    json_decref(object);
    forget(&said);
    return copy;
}

static void each_step_says_what_comes_next(void **state)
{
    const struct trustee_desk *desk = *state;
    static const char *const names[] = {"A", "B", "C"};
    char *code = NULL;

    for (uint8_t i = 1; i <= DESK_TRUSTEES; i++) {
        bool is_last = i == DESK_TRUSTEES;

        code = expect(run(desk, "new", i, "--name", names[i - 1]),
                      is_last ? "deal" : "new", is_last ? 3 : 3U - i);
        assert_true((code != NULL) == is_last);
    }
    for (uint8_t i = 1; i <= DESK_TRUSTEES; i++) {
        bool is_last = i == DESK_TRUSTEES;

        free(expect(run(desk, "deal", i, "--code", code),
                    is_last ? "accept" : "deal", is_last ? 3 : 3U - i));
    }
    for (uint8_t i = 1; i <= DESK_TRUSTEES; i++) {
        bool is_last = i == DESK_TRUSTEES;

        free(expect(run(desk, "accept", i, NULL, NULL),
                    is_last ? "package" : "accept", is_last ? 0 : 3U - i));
    }
    free(code);
}

static void both_stand_in_an_accusation(void **state)
{
    const struct trustee_desk *desk = *state;
    struct said said;

    trustees_all_new(desk);
    trustees_all_deal(desk);
    trustees_cheat(desk, 3);
    said = run(desk, "accept", 1, NULL, NULL);
    assert_int_equal(said.status, EXIT_REFUSED);
    assert_non_null(strstr(said.out, "\"error\":\"DKG_SHARE\""));
    assert_non_null(strstr(said.errors,
                           "Trustee 1 (Айгүл) accuses trustee 3 (Clara)"));
    assert_non_null(strstr(said.errors, "stick/round2/3.bin"));
    forget(&said);
    said = run(desk, "accept", 3, NULL, NULL);
    assert_non_null(strstr(said.out, "\"error\":\"DKG_TRANSCRIPT\""));
    assert_null(strstr(said.errors, "accuses"));
    forget(&said);
}

static void a_place_that_is_no_number_is_wrong_usage(void **state)
{
    const struct trustee_desk *desk = *state;
    static const char *const places[] = {"--index=0", "--index=4", "--index=x",
                                         "--index=01"};

    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        struct said said = run(desk, "new", 1, places[i], "--name=A");

        assert_int_equal(said.status, EXIT_USAGE);
        assert_non_null(strstr(said.errors, "--index takes"));
        forget(&said);
    }
    assert_false(office_has(desk->folder, "own1"));
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, trustee_desk_make, trustee_desk_clear)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(each_step_says_what_comes_next),
        TEST(both_stand_in_an_accusation),
        TEST(a_place_that_is_no_number_is_wrong_usage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
