/* SPDX-License-Identifier: Apache-2.0 */
/* Reading election.json: what stands in the struct, and what is refused where.
 * Each case of a fault is one change of tests/data/elections/whole.json.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "election.h"
#include "file.h"

static const char whole[] = "tests/data/elections/whole.json";

static char *load(const char *path, size_t *size)
{
    uint8_t *bytes = NULL;
    struct aula_error err = {0};

    assert_int_equal(file_read(&bytes, size, path, ELECTION_BYTES_MAX, &err),
                     AULA_OK);
    return (char *)bytes;
}

/* The text with the first `old` replaced. */
static char *changed(const char *text, const char *old, const char *new)
{
    const char *found = strstr(text, old);
    size_t size = strlen(text) + strlen(new) + 1;
    char *copy = malloc(size);

    assert_non_null(found);
    assert_non_null(copy);
    (void)snprintf(copy, size, "%.*s%s%s", (int)(found - text), text, new,
                   found + strlen(old));
    return copy;
}

static void an_election_with_every_key_is_read(void **state)
{
    struct election election;
    struct faults faults = {0};
    const struct election_contest *contest;
    size_t size;
    char *text = load(whole, &size);

    (void)state;
    assert_int_equal(election_open(&election, &faults, (uint8_t *)text, size,
                                   NULL),
                     AULA_OK);
    assert_int_equal(faults_count(&faults), 0);
    free(text);
    assert_int_equal(election.language_count, 3);
    assert_string_equal(election.title.of[2], "A trial vote");
    assert_int_equal(election.utc_offset_s, 5 * 3600);
    assert_int_equal(election.hours.to, 18 * 60 + 30);
    assert_int_equal(election.days[0].hours.to, 1440);
    assert_int_equal(election.sticks[1].product, 0x16af);
    assert_int_equal(election.districts[0].outline.count, 6);
    assert_int_equal(election.contest_count, 4);
    assert_int_equal(election.proposal_count, 7);
    contest = &election.contests[0];
    assert_int_equal(contest->type, PLAINTEXT_APPROVAL);
    assert_int_equal(contest->project_cap, 15000000);
    assert_int_equal(contest->lot[0], 2);
    assert_int_equal(contest->incompatible[0].count, 2);
    assert_ptr_equal(contest->proposals[0].yard, &election.yards[0]);
    assert_ptr_equal(contest->proposals[1].category, &election.categories[1]);
    assert_int_equal(contest->proposals[0].location.point.lat, 51120000);
    assert_int_equal(contest->proposals[1].location.point.lon, 71455000);
    assert_false(contest->proposals[2].location.is_there);
    assert_int_equal(election.contests[2].proposals[0].location.point.lat,
                     -1500000);
    assert_int_equal(election.contests[1].project_cap, 30000000);
    election_close(&election);
    assert_null(election.json);
    election_close(NULL);
}

static void residents_have_the_contests_of_their_yard(void **state)
{
    struct election election;
    size_t size;
    char *text = load(whole, &size);

    (void)state;
    assert_int_equal(election_open(&election, NULL, (uint8_t *)text, size,
                                   NULL),
                     AULA_OK);
    free(text);
    assert_true(election_yard_has(&election, &election.yards[0], SIZE_MAX, 0));
    assert_false(election_yard_has(&election, &election.yards[0], SIZE_MAX, 1));
    assert_false(election_yard_has(&election, &election.yards[0], 0, 0));
    assert_true(election_yard_has(&election, &election.yards[0], 0, 2));
    assert_true(election_yard_has(&election, &election.yards[1], SIZE_MAX, 1));
    assert_false(election_yard_has(&election, &election.yards[1], SIZE_MAX, 2));
    election_close(&election);
}

static void days_and_hours_are_local(void **state)
{
    struct election election;
    char date[11];
    size_t size;
    char *text = load(whole, &size);

    (void)state;
    assert_int_equal(election_open(&election, NULL, (uint8_t *)text, size,
                                   NULL),
                     AULA_OK);
    free(text);
    /* 2027-04-05 19:00 UTC, and 2027-04-24 19:00 UTC. */
    assert_int_equal(election_opens(&election), 1806951600);
    assert_int_equal(election_closes(&election), 1806951600 + 19 * 86400);
    assert_int_equal(election_day_of(&election, 1806951600),
                     election.first_day);
    assert_int_equal(election_day_of(&election, 1806951599),
                     election.first_day - 1);
    assert_int_equal(election_hours_of(&election, election.first_day).from,
                     540);
    assert_int_equal(election_hours_of(&election, election.first_day + 4).from,
                     600);
    assert_int_equal(election_hours_of(&election, election.first_day + 5).to,
                     0);
    assert_int_equal(election_hours_of(&election, election.last_day + 1).to, 0);
    election_write_date(date, election.last_day);
    assert_string_equal(date, "2027-04-24");
    election_close(&election);
}

static void dates_are_those_of_the_calendar(void **state)
{
    static const char *const wrong[] = {
        "2027-02-29", "2027-00-01", "2027-13-01", "2027-04-31", "2027-4-01",
        "1969-12-31", "2200-01-01", "2027-04-0x", "2027/04/01", ""};
    char date[11];
    int32_t day = 7;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(election_read_date(&day, wrong[i]));
        assert_int_equal(day, 7);
    }
    assert_true(election_read_date(&day, "2024-02-29"));
    assert_int_equal(day, 19782);
    election_write_date(date, day);
    assert_string_equal(date, "2024-02-29");
    assert_true(election_read_date(&day, "2199-12-31"));
    election_write_date(date, day);
    assert_string_equal(date, "2199-12-31");
}

static void a_rule_belongs_to_its_ballots(void **state)
{
    (void)state;
    assert_true(election_is_rule("greedy_votes", PLAINTEXT_APPROVAL));
    assert_true(election_is_rule("mes_cost_add1eu", PLAINTEXT_KNAPSACK));
    assert_true(election_is_rule("mes_points_cost_add20u", PLAINTEXT_POINTS));
    assert_true(election_is_rule("greedy_rank_points", PLAINTEXT_RANKING));
    assert_false(election_is_rule("greedy_points", PLAINTEXT_APPROVAL));
    assert_false(election_is_rule("mes_rank_points", PLAINTEXT_POINTS));
    assert_false(election_is_rule("greedy_votes_add1", PLAINTEXT_APPROVAL));
    assert_false(election_is_rule("mes_cost_add", PLAINTEXT_APPROVAL));
    assert_false(election_is_rule("mes_cost_add0", PLAINTEXT_APPROVAL));
    assert_false(election_is_rule("mes_cost_add1ue", PLAINTEXT_APPROVAL));
    assert_false(election_is_rule("mes_cost_add1234567890", PLAINTEXT_POINTS));
    assert_false(election_is_rule("", PLAINTEXT_APPROVAL));
}

/* One change, and the line that tells of it. */
struct fault_case {
    const char *old;
    const char *new;
    const char *told; /* what a line begins with, but for its place */
};

static const struct fault_case cases[] = {
    {"aula-election-1", "aula-election-2", "format: expected"},
    {"\"place\"", "\"plaice\"", "plaice: unknown key"},
    {"\"place\"", "\"plaice\"", "key \"place\" is missing"},
    {"\"official\"", "\"secret\"", "mode: expected one of"},
    {"\"kk\", \"ru\", \"en\"", "\"kk\", \"en\", \"de\"",
     "languages: expected \"kk\" and \"ru\""},
    {", \"en\": \"A trial vote\"", "", "title: language \"en\" is missing"},
    {"\"A trial vote\"", "\"\"", "title.en: expected 1 to 48 characters"},
    {"\"A trial vote\"", "\"A trial \"", "title.en: the text ends"},
    {"\"A trial vote\"", "\"A\\ttrial\"", "title.en: the text holds"},
    {"2027-04-06", "2027-02-30", "dates.first: expected a date"},
    {"2027-04-06", "2027-05-06", "dates: \"last\" is before"},
    {"+05:00", "05:00", "dates.utc_offset: expected"},
    {"\"18:30\"", "\"08:30\"", "hours: \"from\" is not before"},
    {"2027-04-10", "2027-04-12", "days[1].date: the days are not in"},
    {"\"closed\": true", "\"closed\": false", "days[1]: expected either"},
    {"\"argon2id\"", "\"none\"", "voters.tag_stretch: an official"},
    {"\"min_anon\": 10", "\"min_anon\": 4", "publication.min_anon: an off"},
    {"0951:16af", "0951-16af", "sticks[0].usb: expected"},
    {"60A44C413FAF", "60A44C413FAE", "sticks[1]: the stick stands twice"},
    {"\"id\": \"light\"", "\"id\": \"playground\"",
     "categories[1].id: the id \"playground\" stands twice"},
    {"\"outline\": {\"type\": \"Polygon\", \"coordinates\": [[[71.40",
     "\"outline\": {\"type\": \"Polygon\", \"coordinates\": [[[71.41",
     "districts[0].outline.coordinates: expected a ring"},
    {"\"lat\": 51.12, \"lon\": 71.41}", "\"lat\": 51.19, \"lon\": 71.45}",
     "yards[0].location: the place is outside"},
    {"\"lat\": 51.12, \"lon\": 71.41}", "\"lat\": 91, \"lon\": 71.41}",
     "yards[0].location.lat: expected degrees"},
    {"\"contests\": [\"small\"]", "\"contests\": [\"tall\"]",
     "yards[0].contests[0]: there is no contest \"tall\""},
    {"\"large\", \"points\"", "\"large\", \"pints\"",
     "yards[0].buildings[0].contests[1]: there is no contest"},
    {"\"limit\": 2", "\"limit\": 4", "contests[0].limit: expected at most 3"},
    {"\"limit\": 2,", "", "contests[0]: key \"limit\" is missing"},
    {"\"cap\": 5", "\"cap\": 11", "contests[2].cap: expected at most"},
    {"\"limit\": 2", "\"limit\": 2, \"cap\": 1",
     "contests[0].cap: ballots of this type"},
    {"\"project_cap\": 15000000", "\"project_cap\": 14999999",
     "contests[0].proposals[2].cost: 15000000 is above"},
    {"\"project_cap\": 15000000", "\"project_cap\": 50000001",
     "contests[0].project_cap: it is above the budget"},
    {"\"greedy_votes\"", "\"greedy_points\"", "contests[0].rule: no counting"},
    {"\"ties\": \"lot\"", "\"ties\": \"id\"", "contests[0]: expected the key"},
    {"\"s-3\", \"s-1\", \"s-2\"", "\"s-3\", \"s-1\", \"s-1\"",
     "contests[0].lot[2]: the id \"s-1\" stands twice"},
    {"[[\"s-1\", \"s-2\"]]", "[[\"s-1\", \"s-9\"]]",
     "contests[0].incompatible[0][1]: there is no proposal"},
    {"\"number\": 4", "\"number\": 17",
     "contests[0].proposals[1].number: the number 17 stands twice"},
    {"\"id\": \"s-2\"", "\"id\": \"s-1\"",
     "contests[0].proposals[1].id: the id \"s-1\" stands twice"},
    {"\"id\": \"s-2\"", "\"id\": \"s,2\"",
     "contests[0].proposals[1].id: expected an id"},
    {"\"cost\": 4200000", "\"cost\": 4200000.5",
     "contests[0].proposals[1].cost: expected a whole number"},
    {"\"category\": \"light\"", "\"category\": \"dark\"",
     "contests[0].proposals[1].category: there is no category"},
    {"\"yard\": \"yard-2\"", "\"yard\": \"yard-9\"",
     "contests[0].proposals[1].yard: there is no yard"},
    {"\"lat\": 51.105", "\"lat\": 51.205",
     "contests[0].proposals[1].location: the place is outside"},
    {"photos/planned.png", "photos/../planned.png",
     "contests[0].proposals[0].photos.planned: expected a path"},
    {"\"district\": \"south\"", "\"district\": \"west\"",
     "contests[2].district: there is no district \"west\""},
    {"\"kk\": \"Он шам.\"", "\"kk\": \"Он шам.\", \"de\": \"Zehn\"",
     "contests[0].proposals[1].short: language \"de\""},
};

static bool is_told(const struct faults *faults, const char *told)
{
    for (size_t i = 0; i < faults->count; i++) {
        char line[FAULT_LINE_BYTES];
        const char *text;

        faults_write(line, &faults->items[i]);
        assert_true(faults->items[i].line > 0);
        text = strstr(line, ": ") + 2;
        if (strncmp(text, told, strlen(told)) == 0) {
            return true;
        }
    }
    return false;
}

static void each_fault_is_told_where_it_is(void **state)
{
    size_t size;
    char *text = load(whole, &size);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *wrong = changed(text, cases[i].old, cases[i].new);
        struct election election;
        struct faults faults = {0};

        assert_int_equal(election_open(&election, &faults, (uint8_t *)wrong,
                                       strlen(wrong), NULL),
                         AULA_SOURCE);
        if (!is_told(&faults, cases[i].told)) {
            fail_msg("not told: %s", cases[i].told);
        }
        assert_null(election.json);
        faults_close(&faults);
        free(wrong);
    }
    free(text);
}

static void all_faults_are_told_at_once_in_order(void **state)
{
    struct election election;
    struct faults faults = {0};
    struct aula_error err = {0};
    char line[FAULT_LINE_BYTES];
    size_t size;
    char *text = load(whole, &size);
    char *one = changed(text, "\"limit\": 10", "\"limit\": 0");
    char *two = changed(one, "\"18:30\"", "\"25:00\"");

    (void)state;
    assert_int_equal(election_open(&election, &faults, (uint8_t *)two,
                                   strlen(two), &err),
                     AULA_SOURCE);
    assert_int_equal(faults_count(&faults), 2);
    faults_write(line, &faults.items[0]);
    assert_string_equal(line, "10:36: hours.to: expected a time such as "
                              "\"09:00\"");
    assert_string_equal(faults.items[1].path, "contests[2].limit");
    assert_non_null(strstr(err.message, "10:36"));
    faults_close(&faults);
    free(two);
    free(one);
    free(text);
}

static void what_is_not_json_is_refused(void **state)
{
    static const char *const wrong[] = {
        "", "{", "[]", "{\"a\":1,\"a\":2}", "\xff", "{} x"};
    struct election election;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct faults faults = {0};

        assert_int_equal(election_open(&election, &faults,
                                       (const uint8_t *)wrong[i],
                                       strlen(wrong[i]), NULL),
                         AULA_SOURCE);
        assert_true(faults_count(&faults) > 0);
        assert_true(faults.items[0].line > 0);
        faults_close(&faults);
    }
    assert_int_equal(election_open(&election, NULL, NULL, 0, NULL),
                     AULA_SOURCE);
}

static void an_election_above_its_bound_is_too_large(void **state)
{
    uint8_t *bytes = calloc(1, ELECTION_BYTES_MAX + 1);
    struct election election;

    (void)state;
    assert_non_null(bytes);
    memset(bytes, ' ', ELECTION_BYTES_MAX + 1);
    assert_int_equal(election_open(&election, NULL, bytes,
                                   ELECTION_BYTES_MAX + 1, NULL),
                     AULA_TOO_LARGE);
    assert_int_equal(election_open(&election, NULL, bytes, ELECTION_BYTES_MAX,
                                   NULL),
                     AULA_SOURCE);
    free(bytes);
}

/* Whatever a byte is changed to, the reader ends and frees what it took. */
static void no_changed_byte_is_more_than_a_refusal(void **state)
{
    size_t size;
    char *text = load(whole, &size);

    (void)state;
    for (size_t i = 0; i < size; i += 7) {
        struct election election;
        struct faults faults = {0};
        char byte = text[i];
        enum aula_code code;

        text[i] = (char)(byte ^ (1 << i % 7));
        code = election_open(&election, &faults, (uint8_t *)text, size, NULL);
        assert_true(code == AULA_OK || code == AULA_SOURCE);
        assert_true((code == AULA_SOURCE) == (faults_count(&faults) > 0));
        election_close(&election);
        faults_close(&faults);
        text[i] = byte;
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_election_with_every_key_is_read),
        cmocka_unit_test(residents_have_the_contests_of_their_yard),
        cmocka_unit_test(days_and_hours_are_local),
        cmocka_unit_test(dates_are_those_of_the_calendar),
        cmocka_unit_test(a_rule_belongs_to_its_ballots),
        cmocka_unit_test(each_fault_is_told_where_it_is),
        cmocka_unit_test(all_faults_are_told_at_once_in_order),
        cmocka_unit_test(what_is_not_json_is_refused),
        cmocka_unit_test(an_election_above_its_bound_is_too_large),
        cmocka_unit_test(no_changed_byte_is_more_than_a_refusal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
