/* SPDX-License-Identifier: Apache-2.0 */
/* How a command is found and what the program says of it: exit status, one
 * line for a refusal, an object for programs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "blame.h"
#include "command.h"

enum { WORDS_MAX = 8 };

static const struct option_form json_options[] = {
    {"--count", "N"}, {"--json", NULL}, {NULL, NULL}};
static const struct option_form no_options[] = {{NULL, NULL}};

static enum aula_code run_paint(struct call *call, struct aula_error *err)
{
    static const uint8_t bytes[2] = {0x0a, 0xff};
    uint64_t count = 4;
    enum aula_code code = call_number(call, "--count", &count, 2, 10, err);

    if (code == AULA_OK && strcmp(call_operand(call, 0), "bad") == 0) {
        code = aula_fail(err, AULA_FULL, "disk: no space");
    }
    if (code != AULA_OK) {
        return code;
    }
    output_say(call->output, "A sentence.");
    output_text(call->output, "what", "the thing", call_operand(call, 0));
    output_number(call->output, "count", "count", count);
    output_flag(call->output, "wet", "still wet", true);
    output_hex(call->output, "colour", "colour", bytes, sizeof bytes);
    output_json(call->output, "list", json_array());
    return AULA_OK;
}

static enum aula_code run_odd(struct call *call, struct aula_error *err)
{
    (void)err;
    output_text(call->output, "text", "text", "\xff");
    call->status = 3;
    return AULA_OK;
}

static const struct command paint = {
    .words = "yard paint",
    .summary = "paint it",
    .usage = "usage: aula yard paint THING\n\nMore of it.\n\nExample:\n  x\n",
    .options = json_options,
    .operands_least = 1,
    .operands_most = 2,
    .run = run_paint,
};
static const struct command odd = {
    .words = "odd",
    .summary = "odd",
    .usage = "usage: aula odd\n",
    .options = json_options,
    .run = run_odd,
};
static const struct command plain = {
    .words = "yard plain",
    .summary = "no options",
    .usage = "usage: aula yard plain\n",
    .options = no_options,
    .run = run_odd,
};
static const struct command *const table[] = {&paint, &odd, &plain, NULL};

/* What one run said. */
struct said {
    int status;
    char *out;
    char *errors;
};

static struct said run(const char *const *words)
{
    struct said said = {.status = -1};
    struct command_place place = {.clock = clock_system()};
    char texts[WORDS_MAX][32];
    char *argv[WORDS_MAX];
    size_t size = 0;
    size_t size_of_errors = 0;
    int argc = 0;

    for (; words[argc] != NULL; argc++) {
        (void)snprintf(texts[argc], sizeof texts[0], "%s", words[argc]);
        argv[argc] = texts[argc];
    }
    place.out = open_memstream(&said.out, &size);
    place.errors = open_memstream(&said.errors, &size_of_errors);
    said.status = command_main(table, &place, argc, argv);
    (void)fclose(place.out);
    (void)fclose(place.errors);
    return said;
}

/* Words of one run; the program's name comes first. */
#define RUN(...) run((const char *const[]){"aula", __VA_ARGS__, NULL})

static void forget(struct said *said)
{
    free(said->out);
    free(said->errors);
}

static void expect(struct said said, int status, const char *out,
                   const char *errors)
{
    assert_int_equal(said.status, status);
    assert_string_equal(said.out, out);
    assert_string_equal(said.errors, errors);
    forget(&said);
}

static void expect_part(struct said said, int status, const char *out,
                        const char *errors)
{
    assert_int_equal(said.status, status);
    assert_non_null(strstr(said.out, out));
    assert_non_null(strstr(said.errors, errors));
    forget(&said);
}

static void people_get_lines(void **state)
{
    (void)state;
    expect(RUN("yard", "paint", "gate"), EXIT_DONE,
           "A sentence.\n"
           "the thing:             gate\n"
           "count:                 4\n"
           "still wet:             yes\n"
           "colour:                0aff\n",
           "");
}

static void programs_get_one_object(void **state)
{
    (void)state;
    expect(RUN("yard", "paint", "--json", "--count", "10", "Двор №7"),
           EXIT_DONE,
           "{\"what\":\"Двор №7\",\"count\":10,\"wet\":true,"
           "\"colour\":\"0aff\",\"list\":[]}\n",
           "");
}

static void a_refusal_is_one_line(void **state)
{
    (void)state;
    expect(RUN("yard", "paint", "bad"), EXIT_REFUSED, "",
           "aula: disk: no space\n");
    expect(RUN("yard", "paint", "--json", "bad"), EXIT_REFUSED,
           "{\"error\":\"FULL\",\"message\":\"disk: no space\"}\n",
           "aula: disk: no space\n");
}

static void wrong_usage_hints_at_the_right_one(void **state)
{
    static const char hint[] = "usage: aula yard paint THING\n"
                               "more: aula yard paint --help\n";

    (void)state;
    expect_part(RUN("yard", "paint"), EXIT_USAGE, "", hint);
    expect_part(RUN("yard", "paint", "a", "b", "c"), EXIT_USAGE, "", hint);
    expect_part(RUN("yard", "paint", "a", "--no"), EXIT_USAGE, "", hint);
    expect_part(RUN("yard", "paint", "a", "--count"), EXIT_USAGE, "", hint);
    expect_part(RUN("yard", "plain", "--json"), EXIT_USAGE, "",
                "word 1: there is no such option");
    expect_part(RUN("yard", "paint", "a", "b", "c"), EXIT_USAGE, "",
                "aula: yard paint: one too many: operand 3\n");
}

static void a_number_out_of_its_bounds_is_wrong_usage(void **state)
{
    (void)state;
    expect_part(RUN("yard", "paint", "a", "--count", "1"), EXIT_USAGE, "",
                "from 2 to 10");
    expect_part(RUN("yard", "paint", "a", "--count", "11"), EXIT_USAGE, "",
                "from 2 to 10");
    expect_part(RUN("yard", "paint", "a", "--count", "x"), EXIT_USAGE, "",
                "from 2 to 10");
    expect_part(RUN("yard", "paint", "a", "--count", "2"), EXIT_DONE,
                "count:                 2\n", "");
}

static void help_is_no_error(void **state)
{
    (void)state;
    expect(RUN("yard", "paint", "--help"), EXIT_DONE, paint.usage, "");
    expect(RUN("yard", "paint", "-h", "--no"), EXIT_DONE, paint.usage, "");
    expect(RUN("yard", "paint", "--", "--help"), EXIT_DONE,
           "A sentence.\n"
           "the thing:             --help\n"
           "count:                 4\n"
           "still wet:             yes\n"
           "colour:                0aff\n",
           "");
    expect_part(RUN("--help"), EXIT_DONE, "yard paint", "");
    expect_part(RUN("yard", "--help"), EXIT_DONE, "yard paint", "");
}

static void without_a_command_all_are_listed(void **state)
{
    (void)state;
    expect_part(RUN("nothing"), EXIT_USAGE, "",
                "aula: there is no command nothing");
    expect_part(RUN("yard", "sing"), EXIT_USAGE, "",
                "aula: there is no command yard sing");
    expect_part(RUN("yard"), EXIT_USAGE, "", "yard paint");
    expect_part(RUN("paint"), EXIT_USAGE, "", "yard paint");
    expect_part(run((const char *const[]){"aula", NULL}), EXIT_USAGE, "",
                "odd");
}

static void a_run_may_choose_its_status(void **state)
{
    (void)state;
    expect_part(RUN("odd"), 3, "text:", "");
}

/* Bytes that are no text cannot stand in the object: nothing is printed then
 * but the refusal. */
static void half_an_object_is_never_printed(void **state)
{
    (void)state;
    expect_part(RUN("odd", "--json"), EXIT_REFUSED, "\"error\":\"MEMORY\"",
                "aula: standard output");
}

static void a_full_disk_is_told(void **state)
{
    FILE *full = fopen("/dev/full", "w");
    struct output *output = output_open(full, false);
    struct aula_error err = {AULA_OK, ""};

    (void)state;
    assert_non_null(full);
    output_text(output, "a", "a", "b");
    assert_int_equal(output_end(output, &err), AULA_FULL);
    output_close(output);
    output_close(NULL);
    (void)fclose(full);
}

static void a_file_is_named_before_the_reason(void **state)
{
    struct aula_error err = {AULA_IO, "gone"};
    char path[400];

    (void)state;
    assert_int_equal(blame_file(&err, AULA_OK, "a"), AULA_OK);
    assert_string_equal(err.message, "gone");
    assert_int_equal(blame_file(NULL, AULA_IO, "a"), AULA_IO);
    assert_int_equal(blame_file(&err, AULA_IO, "stick/a"), AULA_IO);
    assert_string_equal(err.message, "stick/a: gone");
    memset(path, 'x', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    (void)aula_fail(&err, AULA_IO, "gone");
    assert_int_equal(blame_file(&err, AULA_IO, path), AULA_IO);
    assert_non_null(strstr(err.message, "xx: gone"));
    assert_memory_equal(err.message, "...x", 4);
}

static void an_option_is_named_instead_of_its_path(void **state)
{
    struct aula_error err = {AULA_IO, "my secret: gone"};
    char path[400];

    (void)state;
    assert_int_equal(blame_option(&err, AULA_OK, "--pin", "my secret"),
                     AULA_OK);
    assert_string_equal(err.message, "my secret: gone");
    assert_int_equal(blame_option(NULL, AULA_IO, "--pin", "my secret"),
                     AULA_IO);
    assert_int_equal(blame_option(&err, AULA_IO, "--pin", "my secret"),
                     AULA_IO);
    assert_string_equal(err.message, "--pin: gone");
    memset(path, 'x', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    (void)aula_fail(&err, AULA_IO, "%s: gone", path);
    assert_int_equal(blame_option(&err, AULA_IO, "--pin", path), AULA_IO);
    assert_string_equal(err.message, "--pin: the file cannot be used");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_get_lines),
        cmocka_unit_test(programs_get_one_object),
        cmocka_unit_test(a_refusal_is_one_line),
        cmocka_unit_test(wrong_usage_hints_at_the_right_one),
        cmocka_unit_test(a_number_out_of_its_bounds_is_wrong_usage),
        cmocka_unit_test(help_is_no_error),
        cmocka_unit_test(without_a_command_all_are_listed),
        cmocka_unit_test(a_run_may_choose_its_status),
        cmocka_unit_test(half_an_object_is_never_printed),
        cmocka_unit_test(a_full_disk_is_told),
        cmocka_unit_test(a_file_is_named_before_the_reason),
        cmocka_unit_test(an_option_is_named_instead_of_its_path),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
