/* SPDX-License-Identifier: Apache-2.0 */
/* Pabulib files whose lines or sections must be refused, each with its line and
 * what was expected there. */
#include "pabulib_rows.h"

static void the_text_itself_is_good(void **state)
{
    struct aula_error err;

    (void)state;
    assert_int_equal(open_text(META PROJECTS VOTES, &err), AULA_OK);
    assert_int_equal(open_text(POINTS_META PROJECTS POINTS "2;;\n", &err),
                     AULA_OK);
}

static void sections_stand_in_their_order(void **state)
{
    static const struct row rows[] = {
        {"", "line 1: expected the section META"},
        {"\n \n", "line 3: expected the section META"},
        {"META", "line 2: expected more, found the end"},
        {"key;value\n" COUNTS, "line 1: expected the section META"},
        {"METAL\nkey;value\n", "line 1: expected the section META"},
        {PROJECTS, "line 1: expected the section META"},
        {META, "line 7: expected the section PROJECTS"},
        {META VOTES, "line 7: expected 2 fields, found 1"},
        {META "PROJECTS", "line 8: expected more, found the end"},
        {META PROJECTS, "line 11: expected the section VOTES"},
        {META PROJECTS "VOTES\n", "line 12: expected more, found the end"},
        {META PROJECTS VOTES PROJECTS, "line 15: expected 2 fields, found 1"},
    };

    (void)state;
    EXPECT_ROWS(rows);
}

static void headers_name_their_columns(void **state)
{
    static const struct row rows[] = {
        {"META\nkey;valu\n", "line 2: META: expected a column value"},
        {"META\nkey;value;key\n", "line 2: expected one column key"},
        {META "PROJECTS\nproject;cost\n",
         "line 8: PROJECTS: expected a column project_id"},
        {META "PROJECTS\nproject_id;name\n",
         "line 8: PROJECTS: expected a column cost"},
        {META "PROJECTS\nproject_id;cost;name;name\n",
         "line 8: expected one column name, found two"},
        {META PROJECTS "VOTES\nvoter;vote\n",
         "line 12: VOTES: expected a column voter_id"},
        {META PROJECTS "VOTES\nvoter_id;votes\n",
         "line 12: VOTES: expected a column vote"},
        {POINTS_META PROJECTS VOTES,
         "line 12: VOTES: expected a column points"},
    };

    (void)state;
    EXPECT_ROWS(rows);
}

static void a_record_is_as_long_as_its_header(void **state)
{
    static const struct row rows[] = {
        {META PROJECTS "VOTES\nvoter_id;vote\n1\n",
         "line 13: expected 2 fields, found 1"},
        {META PROJECTS "VOTES\nvoter_id;vote\n1;p1;\n",
         "line 13: expected 2 fields, found more"},
        {META "PROJECTS\nproject_id;cost\np1\n", "line 9: expected 2 fields"},
        {"META\nkey;value\nbudget\n", "line 3: expected 2 fields, found 1"},
    };

    (void)state;
    EXPECT_ROWS(rows);
}

static void quotes_end_in_their_field(void **state)
{
    static const struct row rows[] = {
        {"META\nkey;value\nunit;\"a town\n",
         "line 3: expected a quote to end field 2"},
        {"META\nkey;value\nunit;\"a\" town\n",
         "line 3: expected a quote to end field 2"},
        {"META\nkey;value\n\"unit;a\"\"\n",
         "line 3: expected a quote to end field 1"},
        {"META\nkey;value\nunit;\"\n",
         "line 3: expected a quote to end field 2"},
        {"META\nkey;value\nunit;\"\"\"\n",
         "line 3: expected a quote to end field 2"},
        {"META\nkey;value\n\"unit;a\"\n", "line 3: expected 2 fields, found 1"},
    };

    (void)state;
    EXPECT_ROWS(rows);
}

static void a_line_is_text(void **state)
{
    static const struct row rows[] = {
        {"META\nkey;value\nunit;a\x01\n", "line 3: expected UTF-8 text"},
        {"META\nkey;value\nunit;a\x7f\n", "line 3: expected UTF-8 text"},
        {"META\nkey;value\nunit;a\rb\n", "line 3: expected UTF-8 text"},
        {"META\nkey;value\nunit;\xff\n", "line 3: expected UTF-8 text"},
        {"META\nkey;value\nunit;\xd0\n", "line 3: expected UTF-8 text"},
        {"META\nkey;value\nunit;\xc0\xaf\n", "line 3: expected UTF-8 text"},
        {"META\nkey;value\nunit;\xed\xa0\x80\n", "line 3: expected UTF-8"},
    };
    struct pabulib file;

    (void)state;
    EXPECT_ROWS(rows);
    assert_int_equal(pb_open_bytes(&file, (const uint8_t *)"META\0", 5, NULL),
                     AULA_SOURCE);
}

static void every_cut_is_refused_or_a_shorter_file(void **state)
{
    static const char text[] = META PROJECTS VOTES;

    (void)state;
    for (size_t left = 1; left < sizeof text; left++) {
        /* Without its last line end, without ",p2", and a blank ballot. */
        bool is_whole = left == 1 || left == 4 || left == 6;
        struct pabulib file;

        assert_int_equal(pb_open_bytes(&file, (const uint8_t *)text,
                                       sizeof text - 1 - left, NULL),
                         is_whole ? AULA_OK : AULA_SOURCE);
        pabulib_close(&file);
    }
}

/* A line `count` times behind a head. */
static char *repeated(const char *head, const char *line, size_t count)
{
    size_t head_size = strlen(head);
    size_t line_size = strlen(line);
    char *text = malloc(head_size + count * line_size + 1);

    assert_non_null(text);
    memcpy(text, head, head_size);
    for (size_t i = 0; i < count; i++) {
        memcpy(text + head_size + i * line_size, line, line_size);
    }
    text[head_size + count * line_size] = '\0';
    return text;
}

static void limits_are_refused_by_name(void **state)
{
    struct pabulib file;
    struct aula_error err;
    char *text = NULL;
    size_t size = (size_t)PABULIB_BYTES_MAX + 1;

    (void)state;
    assert_int_equal(pabulib_open(&file, (const uint8_t *)"", size, NULL),
                     AULA_TOO_LARGE);
    text = repeated("META\nkey;value\n", "note;more\n", PABULIB_META_MAX + 1);
    assert_int_equal(open_text(text, &err), AULA_TOO_LARGE);
    free(text);
    text = repeated("META\nkey;value", ";other", PABULIB_COLUMNS_MAX - 1);
    assert_int_equal(open_text(text, &err), AULA_SOURCE);
    assert_non_null(strstr(err.message, "expected 256 fields, found more"));
    free(text);
    text = repeated(META PROJECTS "VOTES\nvoter_id;vote\n1;p1", ",p1",
                    PABULIB_CHOICES_MAX);
    assert_int_equal(open_text(text, &err), AULA_TOO_LARGE);
    free(text);
}

static void at_most_10000_projects_may_be(void **state)
{
    char *text = repeated(META "PROJECTS\nproject_id;cost\n", "00000;1\n",
                          PABULIB_PROJECTS_MAX + 1);
    char *row = strstr(text, "00000;1");
    struct aula_error err;

    (void)state;
    for (unsigned i = 0; i <= PABULIB_PROJECTS_MAX; i++, row += 8) {
        char id[8];

        (void)snprintf(id, sizeof id, "%05u", i);
        memcpy(row, id, 5);
    }
    assert_int_equal(open_text(text, &err), AULA_TOO_LARGE);
    row[-8] = '\0';
    assert_int_equal(open_text(text, &err), AULA_SOURCE);
    assert_non_null(strstr(err.message, "expected the section VOTES"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_text_itself_is_good),
        cmocka_unit_test(sections_stand_in_their_order),
        cmocka_unit_test(headers_name_their_columns),
        cmocka_unit_test(a_record_is_as_long_as_its_header),
        cmocka_unit_test(quotes_end_in_their_field),
        cmocka_unit_test(a_line_is_text),
        cmocka_unit_test(every_cut_is_refused_or_a_shorter_file),
        cmocka_unit_test(limits_are_refused_by_name),
        cmocka_unit_test(at_most_10000_projects_may_be),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
