/* SPDX-License-Identifier: Apache-2.0 */
/* The error type: names as PROTOCOL.md writes them, and lines that fit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "error.h"

static void a_code_has_the_name_of_the_protocol(void **state)
{
    (void)state;
    assert_string_equal(aula_code_name(AULA_OK), "OK");
    assert_string_equal(aula_code_name(AULA_BAD_FIELD), "BAD_FIELD");
    assert_string_equal(aula_code_name(AULA_THREADS), "THREADS");
    assert_string_equal(aula_code_name(AULA_CODE_COUNT), "?");
    assert_string_equal(aula_code_name((enum aula_code)1000), "?");
}

static void no_name_stands_twice(void **state)
{
    (void)state;
    for (unsigned i = 0; i < AULA_CODE_COUNT; i++) {
        for (unsigned k = 0; k < i; k++) {
            assert_string_not_equal(aula_code_name((enum aula_code)i),
                                    aula_code_name((enum aula_code)k));
        }
    }
}

static void a_failure_is_filled_in_and_handed_back(void **state)
{
    struct aula_error err = {AULA_OK, ""};

    (void)state;
    assert_int_equal(aula_fail(&err, AULA_IO, "batch %s: line %d", "x", 7),
                     AULA_IO);
    assert_int_equal(err.code, AULA_IO);
    assert_string_equal(err.message, "batch x: line 7");
    assert_int_equal(aula_fail(NULL, AULA_FULL, "nobody asks"), AULA_FULL);
}

static void a_long_line_is_cut(void **state)
{
    struct {
        struct aula_error err;
        char behind;
    } guarded = {{AULA_OK, ""}, 'b'};
    char text[AULA_MESSAGE_BYTES + 50];

    (void)state;
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    assert_int_equal(aula_fail(&guarded.err, AULA_IO, "%s", text), AULA_IO);
    assert_int_equal(strlen(guarded.err.message), AULA_MESSAGE_BYTES - 1);
    assert_int_equal(guarded.behind, 'b');
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_has_the_name_of_the_protocol),
        cmocka_unit_test(no_name_stands_twice),
        cmocka_unit_test(a_failure_is_filled_in_and_handed_back),
        cmocka_unit_test(a_long_line_is_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
