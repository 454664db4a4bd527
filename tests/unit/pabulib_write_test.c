/* SPDX-License-Identifier: Apache-2.0 */
/* Pabulib files that are written. */
#include "pabulib_sample.h"

static void every_sample_comes_back_as_it_was(void **state)
{
    static const char *const names[] = {
        "approval.pb", "choose.pb",  "knapsack.pb", "cumulative.pb",
        "ordinal.pb",  "scoring.pb", "odd.pb"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct pabulib file;

        pb_open_sample(&file, names[i]);
        assert_round_trip(&file);
        pabulib_close(&file);
    }
}

/* A small election put together by a program. */
struct desk {
    struct pabulib head;
    struct pabulib_pair meta[9];
    struct pabulib_project projects[2];
    uint64_t costs[2];
    struct paper paper;
    struct pabulib_sink sink;
    struct pabulib_writer writer;
};

static struct pabulib_text text_of(const char *text)
{
    return (struct pabulib_text){text, strlen(text)};
}

static void desk_start(struct desk *d)
{
    static const char *const pairs[][2] = {{"rule", "greedy"},
                                           {"unit", "Town"},
                                           {"description", "a \"b\""},
                                           {"country", "Nowhere"},
                                           {"instance", "2026"},
                                           {"date_begin", "2026"},
                                           {"date_end", "01.10.2026"},
                                           {"note", "a; b"},
                                           {"num_votes", "not looked at"}};

    memset(d, 0, sizeof *d);
    for (size_t i = 0; i < 9; i++) {
        d->meta[i] = (struct pabulib_pair){text_of(pairs[i][0]),
                                           text_of(pairs[i][1])};
    }
    d->projects[0].id = text_of("a;1");
    d->projects[0].name = text_of("A \"well\"; deep");
    d->projects[1].id = text_of("b\"2");
    d->projects[1].votes = (struct pabulib_number){true, 2};
    d->costs[0] = 100;
    d->costs[1] = 250050;
    d->head.meta = d->meta;
    d->head.meta_count = 9;
    d->head.budget = 300005;
    d->head.vote_type = PABULIB_CUMULATIVE;
    d->head.max_sum_points = (struct pabulib_number){true, 5};
    d->head.min_points = (struct pabulib_number){true, -1};
    d->head.max_sum_cost = (struct pabulib_number){true, 1205};
    d->head.projects = d->projects;
    d->head.costs = d->costs;
    d->head.project_count = 2;
    d->head.vote_count = 2;
    d->sink = (struct pabulib_sink){paper_write, &d->paper};
}

static enum aula_code desk_write(struct desk *d)
{
    static const uint16_t choices[] = {1, 0};
    static const int32_t points[] = {3, -2};
    struct aula_error err = {0};
    enum aula_code code = pabulib_write_start(&d->writer, &d->sink, &d->head,
                                              &err);

    if (code == AULA_OK) {
        code = pabulib_write_vote(&d->writer, "v;1", choices, points, 2, &err);
    }
    if (code == AULA_OK) {
        code = pabulib_write_vote(&d->writer, "v2", NULL, NULL, 0, &err);
    }
    if (code == AULA_OK) {
        code = pabulib_write_end(&d->writer, &err);
    }
    assert_int_equal(err.code, code);
    return code;
}

static void a_file_is_written_to_the_letter(void **state)
{
    static const char expected[] =
        "META\nkey;value\ndescription;\"a \"\"b\"\"\"\ncountry;Nowhere\n"
        "unit;Town\ninstance;2026\nnum_projects;2\nnum_votes;2\n"
        "budget;3000.05\nvote_type;cumulative\nrule;greedy\n"
        "date_begin;2026\ndate_end;01.10.2026\nmax_sum_cost;12.05\n"
        "min_points;-1\nmax_sum_points;5\nnote;\"a; b\"\n"
        "PROJECTS\nproject_id;cost;votes;name\n"
        "\"a;1\";1;;\"A \"\"well\"\"; deep\"\n"
        "\"b\"\"2\";2500.50;2;\n"
        "VOTES\nvoter_id;vote;points\n"
        "\"v;1\";\"b\"\"2,a;1\";3,-2\nv2;;\n";
    struct desk d;
    struct pabulib file;

    (void)state;
    desk_start(&d);
    assert_int_equal(desk_write(&d), AULA_OK);
    assert_string_equal((const char *)d.paper.bytes, expected);
    assert_int_equal(pb_open_bytes(&file, d.paper.bytes, d.paper.size, NULL),
                     AULA_OK);
    assert_int_equal(file.votes[0].count, 2);
    assert_int_equal(file.choices[0], 1);
    pabulib_close(&file);
    free(d.paper.bytes);
}

static void every_required_text_must_be_there(void **state)
{
    struct desk d;

    (void)state;
    for (size_t i = 0; i < 9; i++) {
        desk_start(&d);
        d.meta[i].value = text_of(i % 2 == 0 ? "" : "None");
        assert_int_equal(desk_write(&d), i < 7 ? AULA_SOURCE : AULA_OK);
        free(d.paper.bytes);
    }
}

static void text_of_more_than_a_line_is_not_written(void **state)
{
    static const char *const bad[] = {"a\nb", "\r", "a\x01", "\xff"};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct desk d;

        desk_start(&d);
        d.meta[7].value = text_of(bad[i]);
        assert_int_equal(desk_write(&d), AULA_SOURCE);
        desk_start(&d);
        d.meta[7].key = text_of(bad[i]);
        assert_int_equal(desk_write(&d), AULA_SOURCE);
        desk_start(&d);
        d.projects[1].name = text_of(bad[i]);
        assert_int_equal(desk_write(&d), AULA_SOURCE);
        desk_start(&d);
        d.projects[1].id = text_of(bad[i]);
        assert_int_equal(desk_write(&d), AULA_SOURCE);
        desk_start(&d);
        assert_int_equal(pabulib_write_start(&d.writer, &d.sink, &d.head, NULL),
                         AULA_OK);
        assert_int_equal(pabulib_write_vote(&d.writer, bad[i], NULL, NULL, 0,
                                            NULL),
                         AULA_SOURCE);
        assert_int_equal(pabulib_write_vote(&d.writer, "good", NULL, NULL, 0,
                                            NULL),
                         AULA_SOURCE);
        assert_int_equal(pabulib_write_end(&d.writer, NULL), AULA_SOURCE);
        assert_null(d.paper.bytes);
    }
}

static void names_that_would_not_be_read_are_not_written(void **state)
{
    struct desk d;

    (void)state;
    desk_start(&d);
    d.projects[0].id = text_of("");
    assert_int_equal(desk_write(&d), AULA_SOURCE);
    desk_start(&d);
    d.projects[0].id = text_of("a,b");
    assert_int_equal(desk_write(&d), AULA_SOURCE);
    desk_start(&d);
    assert_int_equal(pabulib_write_start(&d.writer, &d.sink, &d.head, NULL),
                     AULA_OK);
    assert_int_equal(pabulib_write_vote(&d.writer, "", NULL, NULL, 0, NULL),
                     AULA_SOURCE);
}

static void a_sink_may_fail_at_every_step(void **state)
{
    struct pabulib file;
    enum aula_code code = AULA_FULL;
    size_t step = 1;
    char *note = calloc(1, 3 * PABULIB_BUFFER_BYTES);

    (void)state;
    assert_non_null(note);
    memset(note, 'x', 3 * PABULIB_BUFFER_BYTES - 1);
    pb_open_sample(&file, "cumulative.pb");
    file.meta[0].value = text_of(note);
    for (; code != AULA_OK; step++) {
        struct paper paper = {.fails_at = step};
        struct pabulib_sink sink = {paper_write, &paper};
        struct aula_error err = {0};

        code = pabulib_write(&sink, &file, &err);
        assert_true(code == AULA_OK || code == AULA_FULL);
        assert_int_equal(err.code, code);
        /* Nothing is written behind a hole. */
        assert_true(code == AULA_OK || paper.calls == step);
        free(paper.bytes);
    }
    assert_int_equal(step, 4 + 2);
    pabulib_close(&file);
    free(note);
}

static void every_vote_type_has_its_name(void **state)
{
    (void)state;
    assert_string_equal(pabulib_vote_type_name(PABULIB_APPROVAL), "approval");
    assert_string_equal(pabulib_vote_type_name(PABULIB_CHOOSE_1), "choose-1");
    assert_string_equal(pabulib_vote_type_name(PABULIB_ORDINAL), "ordinal");
    assert_string_equal(pabulib_vote_type_name(PABULIB_CUMULATIVE),
                        "cumulative");
    assert_string_equal(pabulib_vote_type_name(PABULIB_SCORING), "scoring");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sample_comes_back_as_it_was),
        cmocka_unit_test(a_file_is_written_to_the_letter),
        cmocka_unit_test(every_required_text_must_be_there),
        cmocka_unit_test(text_of_more_than_a_line_is_not_written),
        cmocka_unit_test(names_that_would_not_be_read_are_not_written),
        cmocka_unit_test(a_sink_may_fail_at_every_step),
        cmocka_unit_test(every_vote_type_has_its_name),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
