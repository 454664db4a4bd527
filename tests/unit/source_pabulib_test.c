/* SPDX-License-Identifier: Apache-2.0 */
/* Pabulib files as sources: what stands in the election, and what no election
 * can say. Real files are read where they are (see pabulib_real_test.c). */
#define _XOPEN_SOURCE 700

#include "source_bench.h"

#include "pabulib_ballot.h"

static const char small[] = "META\n"
                            "key;value\n"
                            "description;Example \t town\n"
                            "country;Poland\n"
                            "unit;Example\n"
                            "instance;2026\n"
                            "num_projects;3\n"
                            "num_votes;1\n"
                            "budget;1500\n"
                            "vote_type;approval\n"
                            "rule;greedy\n"
                            "date_begin;01.09.2026\n"
                            "date_end;14.09.2026\n"
                            "max_length;2\n"
                            "min_project_score_threshold;50\n"
                            "currency;PLN\n"
                            "PROJECTS\n"
                            "project_id;cost;name;category;latitude;longitude\n"
                            "A/1;1000;\"Benches; and shade\";park,rest;51.5;7\n"
                            "A/2;700.0;;park;999;7\n"
                            "A 3;500;Book exchange;;;\n"
                            "VOTES\n"
                            "voter_id;vote\n"
                            "1;A/1,A 3\n";

/* small with the first `old` replaced, as x.pb in the folder. */
static enum aula_code read_changed(struct source_bench *bench, const char *old,
                                   const char *new,
                                   const struct source_wish *wish)
{
    char text[2 * sizeof small];
    char path[64];
    const char *found = strstr(small, old);
    int size;

    assert_non_null(found);
    size = snprintf(text, sizeof text, "%.*s%s%s", (int)(found - small), small,
                    new, found + strlen(old));
    assert_true(size > 0 && (size_t)size < sizeof text);
    bench_put(bench, "x.pb", text, (size_t)size);
    (void)snprintf(path, sizeof path, "%s/x.pb", bench->folder);
    return bench_read(bench, path, wish);
}

static enum aula_code read_small(struct source_bench *bench)
{
    return read_changed(bench, "META", "META", &bench_no_wish);
}

static void projects_become_proposals_in_their_order(void **state)
{
    struct source_bench *bench = *state;
    const struct election *election = &bench->source.election;
    const struct election_contest *contest;

    assert_int_equal(read_small(bench), AULA_OK);
    assert_int_equal(election->contest_count, 1);
    contest = &election->contests[0];
    assert_int_equal(contest->proposal_count, 3);
    assert_string_equal(contest->proposals[0].id, "A/1");
    assert_string_equal(contest->proposals[2].id, "A 3");
    assert_int_equal(contest->proposals[0].number, 1);
    assert_int_equal(contest->proposals[2].number, 3);
    assert_int_equal(contest->proposals[1].cost, 700);
    assert_string_equal(contest->proposals[0].title.of[0],
                        "Benches; and shade");
    assert_string_equal(contest->proposals[0].short_text.of[1],
                        "Benches; and shade");
    assert_string_equal(contest->proposals[1].title.of[0], "A/2");
    assert_true(contest->proposals[0].location.is_there);
    assert_int_equal(contest->proposals[0].location.point.lat, 51500000);
    assert_false(contest->proposals[1].location.is_there);
    assert_int_equal(election->category_count, 1);
    assert_string_equal(election->categories[0].name.of[0], "park");
    assert_ptr_equal(contest->proposals[1].category, election->categories);
    assert_null(contest->proposals[2].category);
}

static void meta_becomes_the_head_and_the_rule(void **state)
{
    struct source_bench *bench = *state;
    const struct election *election = &bench->source.election;
    const struct election_contest *contest;

    assert_int_equal(read_small(bench), AULA_OK);
    contest = &election->contests[0];
    assert_string_equal(election->title.of[0], "Example town");
    assert_string_equal(election->place.of[1], "Example");
    assert_string_equal(election->currency, "PLN");
    assert_int_equal(election->last_day - election->first_day, 13);
    assert_int_equal(election->hours.from, 9 * 60);
    assert_int_equal(election->hours.to, 19 * 60);
    assert_int_equal(contest->type, PLAINTEXT_APPROVAL);
    assert_int_equal(contest->limit, 2);
    assert_int_equal(contest->budget, 1500);
    assert_int_equal(contest->minimum_votes, 50);
    assert_string_equal(contest->rule, "greedy_votes");
    assert_int_equal(contest->ties, ELECTION_TIES_ID);
}

/* Both languages say it, each in its own words. */
static void the_text_says_where_it_comes_from(void **state)
{
    struct source_bench *bench = *state;
    const struct election *election = &bench->source.election;

    assert_int_equal(read_small(bench), AULA_OK);
    for (size_t i = 0; i < election->language_count; i++) {
        assert_non_null(strstr(election->about.of[i], "Pabulib"));
        assert_non_null(strstr(election->about.of[i], "\nExample town"));
    }
    assert_string_not_equal(election->about.of[0], election->about.of[1]);
}

static void other_ballots_have_other_rules(void **state)
{
    struct source_bench *bench = *state;
    const struct election *election = &bench->source.election;

    assert_int_equal(read_changed(bench, "max_length;2", "max_sum_cost;1500",
                                  &bench_no_wish),
                     AULA_OK);
    assert_int_equal(election->contests[0].type, PLAINTEXT_KNAPSACK);
    assert_int_equal(read_changed(bench, "vote_type;approval",
                                  "vote_type;ordinal", &bench_no_wish),
                     AULA_OK);
    assert_int_equal(election->contests[0].type, PLAINTEXT_RANKING);
    assert_int_equal(election->contests[0].limit, 2);
    assert_string_equal(election->contests[0].rule, "greedy_rank_points");
    assert_int_equal(election->contests[0].minimum_votes, 0);
    assert_int_equal(read_changed(bench, "rule;greedy", "rule;equalshares/add1",
                                  &bench_no_wish),
                     AULA_OK);
    assert_string_equal(election->contests[0].rule, "mes_cost_add1");
}

static void a_year_is_all_of_its_days(void **state)
{
    struct source_bench *bench = *state;
    char date[11];

    assert_int_equal(read_changed(bench, "01.09.2026", "2026", &bench_no_wish),
                     AULA_OK);
    election_write_date(date, bench->source.election.first_day);
    assert_string_equal(date, "2026-01-01");
    election_write_date(date, bench->source.election.last_day);
    assert_string_equal(date, "2026-09-14");
}

static void dates_that_are_none_can_be_given(void **state)
{
    static const struct source_wish wish = {.first_day = "2026-09-02"};
    struct source_bench *bench = *state;

    assert_int_equal(read_changed(bench, "01.09.2026", "soon", &bench_no_wish),
                     AULA_SOURCE);
    bench_expect_fault(bench, bench->source.path, ": dates.first: expected");
    assert_int_equal(read_changed(bench, "01.09.2026", "soon", &wish), AULA_OK);
}

static void expect_refusal(struct source_bench *bench, const char *old,
                           const char *new, const char *part)
{
    assert_int_equal(read_changed(bench, old, new, &bench_no_wish),
                     AULA_SOURCE);
    if (strstr(bench->err.message, part) == NULL) {
        fail_msg("%s", bench->err.message);
    }
    assert_non_null(strstr(bench->err.message, "/x.pb: "));
}

static void what_no_election_can_say_is_refused_by_name(void **state)
{
    struct source_bench *bench = *state;

    expect_refusal(bench, "budget;1500", "budget;1500.5", "META: budget");
    expect_refusal(bench, "700.0", "700.01", "project A/2: the cost");
    expect_refusal(bench, "700.0", "1500.01", "project A/2: the cost");
    expect_refusal(bench, "700.0", "1501", "project A/2: it costs more");
    expect_refusal(bench, "A/2", "\"A;2\"", "project 2: the id");
    expect_refusal(bench, "max_length;2", "max_length;0", "");
    expect_refusal(bench, "num_votes;1", "num_votes;2", "");
}

/* Ids of another kind than 2.2 allows are found by the reader. */
static void an_id_that_cannot_be_shown_is_a_fault(void **state)
{
    struct source_bench *bench = *state;

    assert_int_equal(read_changed(bench, "A/2", "A\xc2\x85", &bench_no_wish),
                     AULA_SOURCE);
    bench_expect_fault(bench, bench->source.path,
                       "contests[0].proposals[1].id");
}

static void check_ballots(const struct source *source, const char *path)
{
    struct election_draft draft;
    struct pabulib file;
    uint8_t *bytes = NULL;
    size_t size = 0;
    size_t refused = 0;
    uint16_t *places;
    uint8_t plaintext[PLAINTEXT_BYTES_MAX];

    assert_int_equal(file_read(&bytes, &size, path, PABULIB_BYTES_MAX, NULL),
                     AULA_OK);
    assert_int_equal(pabulib_open(&file, bytes, size, NULL), AULA_OK);
    assert_int_equal(election_draft_open(&draft, &source->election, NULL),
                     AULA_OK);
    places = calloc(file.project_count, sizeof *places);
    assert_int_equal(pabulib_match(places, &file, &draft.contests[0], NULL),
                     AULA_OK);
    for (size_t i = 0; i < file.vote_count; i++) {
        refused += pabulib_plaintext(plaintext, &draft.contests[0].rule, &file,
                                     places, i, NULL) != AULA_OK;
    }
    assert_int_equal(refused, 0);
    free(places);
    free(bytes);
    election_draft_close(&draft);
    pabulib_close(&file);
}

/* Each ballot of a real file can be cast on the package that becomes of it. */
static void real_files_can_be_voted_on(void **state)
{
    static const char *const names[] = {
        "Netherlands_Assen_2024.pb", "Poland_Gdansk_2020_Stogi.pb",
        "Poland_Krakow_2022_Grzegorzki.pb", "Poland_Warszawa_2019_Sielce.pb"};
    struct source_bench *bench = *state;
    const char *folder = getenv("AULA_PABULIB");
    size_t count = 0;

    folder = folder != NULL ? folder : "../shared/data/pabulib";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[PLACE_BYTES];

        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        if (access(path, R_OK) == 0) {
            if (bench_read(bench, path, &bench_no_wish) != AULA_OK) {
                fail_msg("%s", bench->err.message);
            }
            check_ballots(&bench->source, path);
            count++;
        }
    }
    if (count == 0) {
        print_message("no real files in %s: skipped\n", folder);
        skip();
    }
}

#define WITH_BENCH(test)                                                       \
    cmocka_unit_test_setup_teardown(test, bench_start, bench_end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_BENCH(projects_become_proposals_in_their_order),
        WITH_BENCH(meta_becomes_the_head_and_the_rule),
        WITH_BENCH(the_text_says_where_it_comes_from),
        WITH_BENCH(other_ballots_have_other_rules),
        WITH_BENCH(a_year_is_all_of_its_days),
        WITH_BENCH(dates_that_are_none_can_be_given),
        WITH_BENCH(what_no_election_can_say_is_refused_by_name),
        WITH_BENCH(an_id_that_cannot_be_shown_is_a_fault),
        WITH_BENCH(real_files_can_be_voted_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
