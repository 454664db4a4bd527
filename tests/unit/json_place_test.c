/* SPDX-License-Identifier: Apache-2.0 */
/* Lines and columns of paths in a JSON text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "faults.h"
#include "json_place.h"

static void assert_place(const char *text, const char *path, unsigned line,
                         unsigned column)
{
    struct json_place place = {.path = path};

    json_place_find(&place, 1, text, strlen(text));
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
}

static const char text[] = "{\n"
                           "  \"a\": 1,\n"
                           "  \"b\": [true, {\"c\": \"x\", \"d\": []}, [7]],\n"
                           "  \"\xd2\x9b \\\" ]\": {\"e\": null},\n"
                           "  \"last\" : \"\xd2\x9b}\", \"end\": -1.5e3\n"
                           "}\n";

static void each_value_is_found_where_it_begins(void **state)
{
    (void)state;
    assert_place(text, "", 1, 1);
    assert_place(text, "a", 2, 8);
    assert_place(text, "b", 3, 8);
    assert_place(text, "b[0]", 3, 9);
    assert_place(text, "b[1]", 3, 15);
    assert_place(text, "b[1].c", 3, 21);
    assert_place(text, "b[1].d", 3, 31);
    assert_place(text, "b[2]", 3, 36);
    assert_place(text, "b[2][0]", 3, 37);
    assert_place(text, "last", 5, 12);
}

static void columns_count_characters(void **state)
{
    (void)state;
    /* The letter has two bytes. */
    assert_place(text, "end", 5, 25);
    assert_place(text, "\xd2\x9b \\\" ].e", 4, 19);
}

static void a_path_that_is_not_there_stays_untouched(void **state)
{
    const char *paths[] = {"c",    "b[3]", "b[1].e", "b[1].c.d", "a[0]",
                           "b.0.", ".",    "[0]",    "a.a",      "lastt"};

    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        assert_place(text, paths[i], 0, 0);
    }
}

static void many_paths_are_found_in_one_walk(void **state)
{
    struct json_place places[] = {{.path = ""},       {.path = "a"},
                                  {.path = "a"},      {.path = "b[1].d"},
                                  {.path = "nought"}, {.path = "z"}};

    (void)state;
    json_place_find(places, 6, text, sizeof text - 1);
    assert_int_equal(places[1].line, 2);
    assert_int_equal(places[2].line, 2);
    assert_int_equal(places[3].column, 31);
    assert_int_equal(places[4].line, 0);
    assert_int_equal(places[5].line, 0);
}

static void what_lies_too_deep_is_passed_over(void **state)
{
    char deep[600] = "{\"a\": ";
    size_t size = strlen(deep);

    (void)state;
    memset(deep + size, '[', 100);
    memcpy(deep + size + 100, "\"]{\"", 4);
    memset(deep + size + 104, ']', 100);
    memcpy(deep + size + 204, ", \"b\": 1}", 10);
    assert_place(deep, "a", 1, 7);
    assert_place(deep, "b", 1, (unsigned)size + 204 + 8);
}

static void a_long_key_is_not_looked_for(void **state)
{
    char wide[800] = "{\"";
    char path[JSON_PLACE_PATH_MAX + 1];

    (void)state;
    memset(wide + 2, 'k', 300);
    memcpy(wide + 302, "\": {\"x\": 1}, \"b\": [[2]]}", 25);
    assert_place(wide, "b[0][0]", 1, 323);
    memset(path, 'k', JSON_PLACE_PATH_MAX);
    path[JSON_PLACE_PATH_MAX] = '\0';
    assert_place(wide, path, 0, 0);
}

/* Every beginning of a text, so that the walk meets its end everywhere. */
static void no_walk_runs_past_the_end(void **state)
{
    char copy[sizeof text];
    size_t end = (size_t)(strstr(text, "-1.5e3") - text);

    (void)state;
    for (size_t size = 0; size < sizeof text; size++) {
        struct json_place place = {.path = "end"};

        memcpy(copy, text, size);
        memset(copy + size, '"', sizeof text - size);
        json_place_find(&place, 1, copy, size);
        assert_int_equal(place.line, size <= end ? 0 : 5);
    }
}

static void a_fault_is_located_by_what_it_is_nearest_below(void **state)
{
    struct faults faults = {0};
    char line[FAULT_LINE_BYTES];

    (void)state;
    faults_add(&faults, "last", "expected %d", 5);
    faults_add(&faults, "b[1].e[2].f", "is missing");
    faults_add(&faults, "nowhere", "is missing");
    faults_add(&faults, "a", "expected more");
    faults_locate(&faults, 0, text, sizeof text - 1);
    assert_int_equal(faults_count(&faults), 4);
    faults_write(line, &faults.items[0]);
    assert_string_equal(line, "1:1: nowhere: is missing");
    faults_write(line, &faults.items[1]);
    assert_string_equal(line, "2:8: a: expected more");
    faults_write(line, &faults.items[2]);
    assert_string_equal(line, "3:15: b[1].e[2].f: is missing");
    faults_write(line, &faults.items[3]);
    assert_string_equal(line, "5:12: last: expected 5");
    faults_close(&faults);
    assert_int_equal(faults_count(&faults), 0);
    faults_close(NULL);
}

static void a_fault_without_a_place_is_a_plain_line(void **state)
{
    struct faults faults = {0};
    char line[FAULT_LINE_BYTES];

    (void)state;
    faults_add(&faults, "", "no file");
    faults_add_at(&faults, 3, 4, "no %s", "brace");
    faults_write(line, &faults.items[0]);
    assert_string_equal(line, "no file");
    faults_write(line, &faults.items[1]);
    assert_string_equal(line, "3:4: no brace");
    faults_close(&faults);
}

static void faults_beyond_the_bound_are_counted(void **state)
{
    struct faults faults = {0};

    (void)state;
    for (int i = 0; i < FAULTS_MAX + 7; i++) {
        faults_add(&faults, "a", "fault %d", i);
    }
    assert_int_equal(faults.count, FAULTS_MAX);
    assert_int_equal(faults.more, 7);
    assert_int_equal(faults_count(&faults), FAULTS_MAX + 7);
    assert_string_equal(faults.items[FAULTS_MAX - 1].text, "fault 999");
    faults_locate(&faults, FAULTS_MAX, text, sizeof text - 1);
    assert_int_equal(faults.items[0].line, 0);
    faults_locate(&faults, 1, text, sizeof text - 1);
    assert_int_equal(faults.items[0].line, 0);
    assert_int_equal(faults.items[1].line, 2);
    faults_close(&faults);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_value_is_found_where_it_begins),
        cmocka_unit_test(columns_count_characters),
        cmocka_unit_test(a_path_that_is_not_there_stays_untouched),
        cmocka_unit_test(many_paths_are_found_in_one_walk),
        cmocka_unit_test(what_lies_too_deep_is_passed_over),
        cmocka_unit_test(a_long_key_is_not_looked_for),
        cmocka_unit_test(no_walk_runs_past_the_end),
        cmocka_unit_test(a_fault_is_located_by_what_it_is_nearest_below),
        cmocka_unit_test(a_fault_without_a_place_is_a_plain_line),
        cmocka_unit_test(faults_beyond_the_bound_are_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
