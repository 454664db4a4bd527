/* SPDX-License-Identifier: Apache-2.0 */
/* Fields of a Pabulib file that must be refused, each with its line and what
 * was expected there. */
#include "pabulib_rows.h"

static void meta_says_what_decides(void **state)
{
    static const struct row rows[] = {
        {"META\nkey;value\n" PROJECTS,
         "line 3: META: expected a key num_projects before this"},
        {"META\nkey;value\n" COUNTS PROJECTS,
         "line 6: META: expected a key vote_type before this"},
        {"META\nkey;value\n" COUNTS "vote_type;None\n" PROJECTS,
         "line 7: META: expected a key vote_type before this"},
        {META "budget;10\n", "line 7: budget: stands twice"},
        {"META\nkey;value\nvote_type;Approval\n",
         "line 3: vote_type: expected approval, choose-1, ordinal, "},
        {"META\nkey;value\nbudget;10,5\n",
         "line 3: budget: expected a decimal with at most two places, found "
         "10,5"},
        {"META\nkey;value\nbudget;-1\n", "line 3: budget: expected a decimal"},
        {"META\nkey;value\nnum_votes;2.5\n",
         "line 3: num_votes: expected a whole number, found 2.5"},
        {"META\nkey;value\nnum_projects;-1\n",
         "line 3: num_projects: expected a whole number"},
        {"META\nkey;value\nmax_length;two\n",
         "line 3: max_length: expected a whole number, found two"},
        {"META\nkey;value\nmax_length;-1\n",
         "line 3: max_length: expected a whole number"},
        {"META\nkey;value\nmax_sum_cost;-1\n",
         "line 3: max_sum_cost: expected a decimal"},
        {"META\nkey;value\nmin_points;1.5\n",
         "line 3: min_points: expected a whole number"},
    };

    (void)state;
    EXPECT_ROWS(rows);
}

#define WITH_COST(cost) META "PROJECTS\nproject_id;cost\np1;" cost "\n"
#define COST_REFUSED "line 9: cost: expected a decimal above 0"

static void money_is_a_decimal_of_two_places(void **state)
{
    static const struct row rows[] = {
        {WITH_COST(""), COST_REFUSED},
        {WITH_COST("None"), COST_REFUSED},
        {WITH_COST("0"), COST_REFUSED},
        {WITH_COST("0.00"), COST_REFUSED},
        {WITH_COST("-1"), COST_REFUSED},
        {WITH_COST("-"), COST_REFUSED},
        {WITH_COST("1."), COST_REFUSED},
        {WITH_COST(".5"), COST_REFUSED},
        {WITH_COST("1.001"), COST_REFUSED},
        {WITH_COST("1.0.0"), COST_REFUSED},
        {WITH_COST("1 000"), COST_REFUSED},
        {WITH_COST("1e3"), COST_REFUSED},
        {WITH_COST("0x10"), COST_REFUSED},
        {WITH_COST("+1"), COST_REFUSED},
        {WITH_COST(" 1"), COST_REFUSED},
        {WITH_COST("1 "), COST_REFUSED},
        {WITH_COST("1,5"), COST_REFUSED},
        {WITH_COST("nan"), COST_REFUSED},
        {WITH_COST("1000000000000000"), COST_REFUSED},
        {WITH_COST("99999999999999999999999"), COST_REFUSED},
    };

    (void)state;
    EXPECT_ROWS(rows);
}

static void money_is_read_to_the_hundredth(void **state)
{
    static const struct {
        const char *text;
        uint64_t hundredths;
    } rows[] = {
        {"1", 100},    {"400000.0", 40000000},
        {"1.5", 150},  {"2458488.22", 245848822},
        {"0.01", 1},   {"1.2300000", 123},
        {"0001", 100}, {"999999999999999.99", 99999999999999999},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[256];
        struct pabulib file;

        (void)snprintf(text, sizeof text, "%s%s;%s\np2;2\n%s",
                       META "PROJECTS\nproject_id;cost\n", "p1", rows[i].text,
                       VOTES);
        assert_int_equal(pb_open_bytes(&file, (const uint8_t *)text,
                                       strlen(text), NULL),
                         AULA_OK);
        assert_int_equal(file.costs[0], rows[i].hundredths);
        pabulib_close(&file);
    }
}

static void projects_are_told_apart(void **state)
{
    static const struct row rows[] = {
        {META "PROJECTS\nproject_id;cost\np1;1\np1;2\n",
         "line 10: project_id: expected another than before, found p1"},
        {META "PROJECTS\nproject_id;cost\n;1\n",
         "line 9: project_id: expected a name without a comma"},
        {META "PROJECTS\nproject_id;cost\na,b;1\n",
         "line 9: project_id: expected a name without a comma, found a,b"},
        {META "PROJECTS\nproject_id;cost;votes\np1;1;many\n",
         "line 9: votes: expected a whole number, found many"},
        {META "PROJECTS\nproject_id;cost;score\np1;1;0.5\n",
         "line 9: score: expected a whole number"},
        {META "PROJECTS\nproject_id;cost;selected\np1;1;yes\n",
         "line 9: selected: expected a whole number"},
    };

    (void)state;
    EXPECT_ROWS(rows);
}

static void ballots_name_projects_of_the_file(void **state)
{
    static const struct row rows[] = {
        {META PROJECTS "VOTES\nvoter_id;vote\n1;p3\n",
         "line 13: vote: expected a project of this file in place 1"},
        {META PROJECTS "VOTES\nvoter_id;vote\n1;p1,\n",
         "line 13: vote: expected a project of this file in place 2"},
        {META PROJECTS "VOTES\nvoter_id;vote\n1;,\n",
         "line 13: vote: expected a project of this file in place 1"},
        {META PROJECTS "VOTES\nvoter_id;vote\n1;p1, p2\n",
         "line 13: vote: expected a project of this file in place 2"},
        {META PROJECTS "VOTES\nvoter_id;vote\n1;P1\n",
         "line 13: vote: expected a project of this file in place 1"},
        {META PROJECTS "VOTES\nvoter_id;vote\n;p1\n",
         "line 13: voter_id: expected a name"},
        {META PROJECTS "VOTES\nvoter_id;vote\n1;p1\n\n1;p2\n",
         "line 15: voter_id: expected another than in line 13"},
    };

    (void)state;
    EXPECT_ROWS(rows);
}

static void points_are_one_for_each_choice(void **state)
{
    static const struct row rows[] = {
        {POINTS_META PROJECTS POINTS "2;p1,p2;1\n",
         "line 14: points: expected as many as the vote has projects"},
        {POINTS_META PROJECTS POINTS "2;p1;1,2\n",
         "line 14: points: expected as many as the vote has projects"},
        {POINTS_META PROJECTS POINTS "2;p1;\n",
         "line 14: points: expected as many as the vote has projects"},
        {POINTS_META PROJECTS POINTS "2;;1\n",
         "line 14: points: expected as many as the vote has projects"},
        {POINTS_META PROJECTS POINTS "2;p1,p2;1,\n",
         "line 14: points: expected a whole number in place 2"},
        {POINTS_META PROJECTS POINTS "2;p1;0.5\n",
         "line 14: points: expected a whole number in place 1"},
        {POINTS_META PROJECTS POINTS "2;p1;1000000001\n",
         "line 14: points: expected a whole number in place 1"},
    };

    (void)state;
    EXPECT_ROWS(rows);
}

static void meta_counts_right(void **state)
{
    static const struct row rows[] = {
        {META "PROJECTS\nproject_id;cost\np1;1\nVOTES\nvoter_id;vote\n1;p1\n"
              "2;p1\n",
         "line 3: num_projects: expected the 1 of PROJECTS, found 2"},
        {META PROJECTS "VOTES\nvoter_id;vote\n1;p1\n",
         "line 4: num_votes: expected the 1 of VOTES, found 2"},
        {META PROJECTS VOTES "3;p1\n",
         "line 4: num_votes: expected the 3 of VOTES, found 2"},
    };

    (void)state;
    EXPECT_ROWS(rows);
}

static void no_error_tells_a_choice(void **state)
{
    static const char *const texts[] = {
        META PROJECTS "VOTES\nvoter_id;vote\nanna;zebra\n",
        META PROJECTS "VOTES\nvoter_id;vote\nanna;p1,zebra\n",
        META PROJECTS "VOTES\nvoter_id;vote\nanna;zebra;zebra\n",
        META PROJECTS "VOTES\nvoter_id;vote\nanna;p1\nanna;zebra\n",
        POINTS_META PROJECTS "VOTES\nvoter_id;vote;points\nanna;p1;zebra\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct aula_error err;

        assert_int_equal(open_text(texts[i], &err), AULA_SOURCE);
        assert_null(strstr(err.message, "zebra"));
        assert_null(strstr(err.message, "anna"));
    }
}

static void what_is_shown_is_text_and_short(void **state)
{
    static const char start_of[] = "META\nkey;value\nbudget;";
    /* U+202E, which turns the reading direction */
    static const char turn[] = {'\xe2', '\x80', '\xae', '\0'};
    char text[400];
    struct aula_error err;

    (void)state;
    (void)snprintf(text, sizeof text, "%s%s%s\n", start_of, turn, "evil");
    assert_int_equal(open_text(text, &err), AULA_SOURCE);
    assert_null(strstr(err.message, turn));
    /* Two bytes a letter, so that a cut may fall into one. */
    (void)snprintf(text, sizeof text, "%s", start_of);
    for (size_t i = 0; i < 60; i++) {
        strcat(text, "\xd2\x93");
    }
    assert_int_equal(open_text(text, &err), AULA_SOURCE);
    assert_true(strlen(err.message) < 120);
    assert_int_equal((unsigned char)err.message[strlen(err.message) - 1], 0x93);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(meta_says_what_decides),
        cmocka_unit_test(money_is_a_decimal_of_two_places),
        cmocka_unit_test(money_is_read_to_the_hundredth),
        cmocka_unit_test(projects_are_told_apart),
        cmocka_unit_test(ballots_name_projects_of_the_file),
        cmocka_unit_test(points_are_one_for_each_choice),
        cmocka_unit_test(meta_counts_right),
        cmocka_unit_test(no_error_tells_a_choice),
        cmocka_unit_test(what_is_shown_is_text_and_short),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
