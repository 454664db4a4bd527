/* SPDX-License-Identifier: Apache-2.0 */
/* Pabulib files that must be read, with everything in them. */
#include "pabulib_sample.h"

static void assert_choices(const struct pabulib *file, size_t vote,
                           const uint16_t *expected, size_t count)
{
    assert_int_equal(file->votes[vote].count, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(file->choices[file->votes[vote].first + i],
                         expected[i]);
    }
}

static void a_plain_file_is_read(void **state)
{
    struct pabulib file;

    (void)state;
    pb_open_sample(&file, "approval.pb");
    assert_int_equal(file.vote_type, PABULIB_APPROVAL);
    assert_int_equal(file.budget, 150000);
    assert_true(file.max_length.is_there);
    assert_int_equal(file.max_length.value, 2);
    assert_false(file.min_length.is_there);
    assert_int_equal(file.project_count, 3);
    assert_true(pb_is(&file.projects[1].id, "p2"));
    assert_true(pb_is(&file.projects[1].name, "Street trees"));
    assert_int_equal(file.costs[1], 70000);
    assert_int_equal(file.projects[1].votes.value, 2);
    assert_int_equal(file.projects[1].selected.value, 0);
    assert_false(file.projects[1].score.is_there);
    assert_int_equal(file.vote_count, 4);
    assert_int_equal(file.choice_count, 6);
    assert_string_equal(file.votes[2].voter, "3");
    assert_choices(&file, 2, (const uint16_t[]){2, 0}, 2);
    assert_null(file.points);
    assert_int_equal(file.twice_count, 0);
    assert_true(pabulib_is_whole(&file));
    pabulib_close(&file);
}

static void a_ballot_knows_its_line(void **state)
{
    struct pabulib file;

    (void)state;
    pb_open_sample(&file, "approval.pb");
    assert_int_equal(file.votes[0].line, 22);
    assert_int_equal(file.votes[3].line, 25);
    pabulib_close(&file);
}

static void the_odd_meta_is_read(void **state)
{
    struct pabulib file;

    (void)state;
    pb_open_sample(&file, "odd.pb");
    assert_true(pb_is(pabulib_meta(&file, "description"),
                      "Yards; an invented \"town\""));
    assert_true(pb_is(pabulib_meta(&file, "comment"),
                      "#1: invented; #2: all of it"));
    assert_null(pabulib_meta(&file, "min_length")); /* None */
    assert_null(pabulib_meta(&file, "min_sum_cost"));
    assert_null(pabulib_meta(&file, "currency"));
    assert_int_equal(file.budget, 150050);
    assert_int_equal(file.max_length.value, 3);
    assert_false(file.min_length.is_there);
    assert_false(file.min_sum_cost.is_there);
    assert_int_equal(file.meta_count, 15);
    assert_false(pabulib_is_whole(&file));
    pabulib_close(&file);
}

static void the_odd_projects_are_read(void **state)
{
    struct pabulib file;
    const struct pabulib_project *p = NULL;

    (void)state;
    pb_open_sample(&file, "odd.pb");
    p = file.projects;
    assert_int_equal(file.project_count, 4);
    assert_true(pb_is(&p[0].name, "Benches; and \"shade\""));
    assert_true(pb_is(&p[0].target, "adults,seniors"));
    assert_true(pb_is(&p[0].latitude, "43.2"));
    assert_true(pb_is(&p[0].longitude, "76.9"));
    assert_true(pb_is(&p[1].name, "Street \"trees\""));
    assert_int_equal(p[1].target.size, 0); /* None */
    assert_int_equal(p[1].longitude.size, 0);
    assert_true(pb_is(&p[1].category, "yards,green"));
    assert_int_equal(file.costs[1], 70050);
    assert_true(pb_is(&p[2].id, "BO.D18.22/23"));
    assert_true(pb_is(&p[2].name, "Тоғай"));
    assert_int_equal(file.costs[2], 50000);
    assert_int_equal(file.costs[3], 99999999900);
    assert_int_equal(p[3].selected.value, 3);
    pabulib_close(&file);
}

static void the_odd_ballots_are_read(void **state)
{
    struct pabulib file;

    (void)state;
    pb_open_sample(&file, "odd.pb");
    assert_int_equal(file.vote_count, 5);
    assert_choices(&file, 0, (const uint16_t[]){0, 1}, 2);
    assert_string_equal(file.votes[1].voter, "v 2");
    assert_choices(&file, 1, (const uint16_t[]){0}, 1);
    assert_choices(&file, 2, NULL, 0);
    assert_string_equal(file.votes[3].voter, "v;4");
    assert_choices(&file, 3, (const uint16_t[]){2, 0, 1}, 3);
    assert_choices(&file, 4, (const uint16_t[]){0, 0}, 2);
    assert_true(file.votes[4].is_twice);
    assert_false(file.votes[3].is_twice);
    assert_int_equal(file.twice_count, 1);
    pabulib_close(&file);
}

static void points_stand_beside_their_choices(void **state)
{
    struct pabulib file;

    (void)state;
    pb_open_sample(&file, "cumulative.pb");
    assert_int_equal(file.vote_type, PABULIB_CUMULATIVE);
    assert_int_equal(file.max_sum_points.value, 5);
    assert_int_equal(file.max_points.value, 4);
    assert_choices(&file, 1, (const uint16_t[]){1, 0}, 2);
    assert_int_equal(file.points[file.votes[1].first], 3);
    assert_int_equal(file.points[file.votes[1].first + 1], 2);
    assert_true(file.votes[3].is_twice);
    pabulib_close(&file);
    pb_open_sample(&file, "scoring.pb");
    assert_int_equal(file.vote_type, PABULIB_SCORING);
    assert_int_equal(file.default_score.value, 1);
    assert_int_equal(file.points[file.votes[1].first], -1);
    pabulib_close(&file);
}

static void ranks_stand_best_first(void **state)
{
    struct pabulib file;

    (void)state;
    pb_open_sample(&file, "ordinal.pb");
    assert_int_equal(file.vote_type, PABULIB_ORDINAL);
    assert_choices(&file, 2, (const uint16_t[]){2, 0, 3}, 3);
    assert_choices(&file, 3, (const uint16_t[]){3, 2, 1, 0}, 4);
    assert_null(file.points);
    pabulib_close(&file);
    pb_open_sample(&file, "choose.pb");
    assert_int_equal(file.vote_type, PABULIB_CHOOSE_1);
    assert_int_equal(file.choice_count, 3);
    pabulib_close(&file);
}

#define HEAD                                                                   \
    "META\nkey;value\nnum_projects;1\nnum_votes;1\nbudget;1\n"                 \
    "vote_type;approval\n"

static void only_what_decides_is_asked_of_meta(void **state)
{
    static const char text[] = HEAD "PROJECTS\nproject_id;cost\n7;1\n"
                                    "VOTES\nvoter_id;vote\n1;7";
    struct pabulib file;

    (void)state;
    assert_int_equal(pb_open_bytes(&file, (const uint8_t *)text,
                                   sizeof text - 1, NULL),
                     AULA_OK);
    assert_choices(&file, 0, (const uint16_t[]){0}, 1);
    pabulib_close(&file);
}

static void a_project_may_be_called_none(void **state)
{
    static const char text[] = HEAD "PROJECTS\nproject_id;cost\nNone;1\n"
                                    "VOTES\nvoter_id;vote\n1;None\n";
    struct pabulib file;

    (void)state;
    assert_int_equal(pb_open_bytes(&file, (const uint8_t *)text,
                                   sizeof text - 1, NULL),
                     AULA_OK);
    assert_choices(&file, 0, (const uint16_t[]){0}, 1);
    pabulib_close(&file);
}

static void a_file_may_have_no_ballots_and_no_projects(void **state)
{
    static const char text[] =
        "META\nkey;value\nnum_projects;0\nnum_votes;0\nbudget;0\n"
        "vote_type;ordinal\nPROJECTS\nproject_id;cost\nVOTES\nvoter_id;vote";
    struct pabulib file;

    (void)state;
    assert_int_equal(pb_open_bytes(&file, (const uint8_t *)text,
                                   sizeof text - 1, NULL),
                     AULA_OK);
    assert_int_equal(file.project_count, 0);
    assert_int_equal(file.vote_count, 0);
    assert_true(pabulib_is_whole(&file));
    pabulib_close(&file);
}

static void closing_nothing_does_nothing(void **state)
{
    struct pabulib file = {0};

    (void)state;
    pabulib_close(NULL);
    pabulib_close(&file);
    pabulib_close(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_file_is_read),
        cmocka_unit_test(a_ballot_knows_its_line),
        cmocka_unit_test(the_odd_meta_is_read),
        cmocka_unit_test(the_odd_projects_are_read),
        cmocka_unit_test(the_odd_ballots_are_read),
        cmocka_unit_test(points_stand_beside_their_choices),
        cmocka_unit_test(ranks_stand_best_first),
        cmocka_unit_test(only_what_decides_is_asked_of_meta),
        cmocka_unit_test(a_project_may_be_called_none),
        cmocka_unit_test(a_file_may_have_no_ballots_and_no_projects),
        cmocka_unit_test(closing_nothing_does_nothing),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
