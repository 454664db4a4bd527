/* SPDX-License-Identifier: Apache-2.0 */
/* The files of the result that programs read: each is read back by another
 * reader than the writer's.
 */
#include "page_sample.h"

#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "pages_name.h"

static const char hostile[] = "</script><script>x('\"&\n=1, 2";

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static json_int_t number_at(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

static json_t *load(page_sample_writer *writer,
                    const struct page_sample *sample)
{
    struct page_sample_file file = page_sample_write(writer, sample->facts);
    json_t *json = json_loadb(file.text, file.size, JSON_REJECT_DUPLICATES,
                              NULL);

    assert_non_null(json);
    free(file.text);
    return json;
}

static void the_result_is_json(void **state)
{
    struct page_sample sample;
    const json_t *contest;
    const json_t *proposal;
    json_t *json;

    (void)state;
    page_sample_open(&sample);
    sample.terminals[1].label = page_sample_text(hostile);
    json = load(page_write_result, &sample);
    assert_string_equal(text_at(json, "format"), "aula-result-1");
    assert_string_equal(text_at(json, "mode"), "rehearsal");
    assert_string_equal(text_at(json, "last_day"), "2027-05-23");
    assert_int_equal(number_at(json, "voted_elsewhere"), 31);
    contest = json_array_get(json_object_get(json, "contests"), 0);
    assert_string_equal(text_at(contest, "status"), "COUNTED");
    assert_string_equal(text_at(contest, "rule"), "greedy_votes");
    assert_int_equal(number_at(contest, "counted"), 2000);
    assert_int_equal(number_at(json_object_get(contest, "excluded"),
                               "DUPLICATE_VOTER"),
                     14);
    assert_int_equal(json_array_size(json_object_get(contest, "proposals")),
                     24);
    proposal = json_array_get(json_object_get(contest, "proposals"), 4);
    assert_string_equal(text_at(proposal, "outcome"), "EXCLUDED");
    assert_int_equal(number_at(proposal, "outcome_number"), 2);
    assert_null(json_object_get(proposal, "points"));
    assert_true(json_is_null(json_object_get(proposal, "council")));
    proposal = json_array_get(json_object_get(contest, "proposals"), 1);
    assert_string_equal(text_at(json_object_get(proposal, "council"),
                                "decision"),
                        "refused");
    assert_int_equal(json_array_size(json_object_get(json, "findings")), 2);
    assert_int_equal(json_array_size(json_object_get(json, "rulings")), 1);
    assert_int_equal(json_array_size(json_object_get(json, "trustees")), 3);
    json_decref(json);
    sample.facts->has_elsewhere = false;
    json = load(page_write_result, &sample);
    assert_true(json_is_null(json_object_get(json, "elsewhere")));
    json_decref(json);
    page_sample_close(&sample);
}

static void the_map_is_geojson(void **state)
{
    struct page_sample sample;
    const json_t *feature;
    const json_t *point;
    json_t *json;

    (void)state;
    page_sample_open(&sample);
    sample.book.proposals[0][0].location =
        (struct election_place){true, {50283333, 57166667}};
    sample.book.proposals[0][1].location.is_there = false;
    json = load(page_write_geojson, &sample);
    assert_string_equal(text_at(json, "type"), "FeatureCollection");
    assert_int_equal(json_array_size(json_object_get(json, "features")), 24);
    feature = json_array_get(json_object_get(json, "features"), 0);
    assert_string_equal(text_at(feature, "type"), "Feature");
    point = json_object_get(feature, "geometry");
    assert_string_equal(text_at(point, "type"), "Point");
    point = json_object_get(point, "coordinates");
    /* Longitude comes first. */
    assert_true(json_real_value(json_array_get(point, 0)) > 57.1);
    assert_true(json_real_value(json_array_get(point, 1)) < 50.3);
    assert_string_equal(text_at(json_object_get(feature, "properties"),
                                "outcome"),
                        "FUNDED");
    feature = json_array_get(json_object_get(json, "features"), 1);
    assert_true(json_is_null(json_object_get(feature, "geometry")));
    json_decref(json);
    page_sample_close(&sample);
}

/* Fields of each row, commas within quotes left out. */
static void every_row_of_the_table_has_every_field(void **state)
{
    struct page_sample sample;
    struct page_sample_file file;
    size_t rows = 0;
    size_t fields = 1;
    bool is_quoted = false;

    (void)state;
    page_sample_open(&sample);
    sample.book.proposals[0][0].title.of[PAGE_KK] = page_sample_text(hostile);
    file = page_sample_write(page_write_csv, sample.facts);
    assert_memory_equal(file.text, "\xEF\xBB\xBFmode,contest,", 16);
    for (size_t i = 0; i < file.size; i++) {
        is_quoted ^= file.text[i] == '"';
        fields += !is_quoted && file.text[i] == ',';
        if (!is_quoted && file.text[i] == '\n') {
            assert_int_equal(file.text[i - 1], '\r');
            assert_int_equal(fields, 20);
            fields = 1;
            rows++;
        }
    }
    assert_int_equal(rows, 25);
    free(file.text);
    page_sample_close(&sample);
}

/* ---- ballots */

static const char ballots_source[] =
    "META\nkey;value\ndescription;Бюджет\ncountry;Kazakhstan\nunit;Aktobe\n"
    "instance;2027\nnum_projects;2\nnum_votes;3\nbudget;100\n"
    "vote_type;approval\nrule;greedy\ndate_begin;10.05.2027\n"
    "date_end;23.05.2027\nmax_length;2\nPROJECTS\nproject_id;cost\nA-1;60\n"
    "A-2;50\nVOTES\nvoter_id;vote\n1;A-2\n2;\n3;A-1,A-2\n";

static void the_ballots_are_read_back(void **state)
{
    struct page_contest contest = {.status = PAGE_COUNTED};
    struct page_sample_file file = {0};
    struct pabulib_sink sink = page_sample_sink(&file);
    struct pabulib ballots;
    struct pabulib again;

    (void)state;
    assert_int_equal(pabulib_open(&ballots, (const uint8_t *)ballots_source,
                                  sizeof ballots_source - 1, NULL),
                     AULA_OK);
    contest.ballots = &ballots;
    assert_int_equal(page_write_ballots(&sink, &contest, NULL), AULA_OK);
    assert_int_equal(pabulib_open(&again, (const uint8_t *)file.text, file.size,
                                  NULL),
                     AULA_OK);
    assert_int_equal(again.vote_count, 3);
    assert_int_equal(again.budget, 10000);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(again.votes[i].voter, ballots.votes[i].voter);
        assert_int_equal(again.votes[i].count, ballots.votes[i].count);
    }
    assert_memory_equal(again.choices, ballots.choices,
                        ballots.choice_count * sizeof *ballots.choices);
    free(file.text);
    pabulib_close(&again);
    pabulib_close(&ballots);
}

/* ---- the table of codes */

static void every_code_stands_in_the_table(void **state)
{
    static const char begin[] = "id=\"table\">";
    struct page_sample sample;
    struct page_sample_file file;
    const char *table;

    (void)state;
    page_sample_open(&sample);
    sample.codes[0].time = UINT64_MAX;
    sample.codes[1].seq = RECORD_SEQ_MAX;
    file = page_sample_write(page_write_index, sample.facts);
    table = strstr(file.text, begin);
    assert_non_null(table);
    table += sizeof begin - 1;
    for (size_t i = 0; i < PAGE_SAMPLE_CODES; i++) {
        const struct page_code *code = &sample.codes[i];
        uint8_t row[24];
        size_t size = 0;

        assert_int_equal(sodium_base642bin(row, sizeof row, table + 32 * i, 32,
                                           NULL, &size, NULL,
                                           sodium_base64_VARIANT_ORIGINAL),
                         0);
        assert_int_equal(size, sizeof row);
        assert_memory_equal(row, code->code, PAGE_CODE_BYTES);
        assert_int_equal(get_le16(row + 12), code->terminal);
        assert_int_equal(get_le16(row + 14), code->contest);
        assert_int_equal(row[16], code->state);
        assert_int_equal(get_le16(row + 17) | (uint32_t)row[19] << 16,
                         code->seq);
        assert_int_equal(get_le32(row + 20), i == 0 ? UINT32_MAX : code->time);
    }
    assert_memory_equal(table + (size_t)32 * PAGE_SAMPLE_CODES, "</script>", 9);
    free(file.text);
    page_sample_close(&sample);
}

/* ---- names on a board */

static void only_derived_names_are_let_through(void **state)
{
    static const char *const good[] = {
        "index.html",       "report.html",   "protocol.html", "result.json",
        "projects.geojson", "projects.csv",  "council.json",  "ballots-0.pb",
        "ballots-12.pb",    "ballots-999.pb"};
    static const char *const bad[] = {"",
                                      "index.htm",
                                      "Index.html",
                                      "index.html/",
                                      "index.html.part",
                                      "result.bin",
                                      "ballots-.pb",
                                      "ballots-01.pb",
                                      "ballots-1000.pb",
                                      "ballots--1.pb",
                                      "ballots-1.pbx",
                                      "ballots-1x.pb",
                                      "ballots-1",
                                      ".pb",
                                      "ballots.pb",
                                      "x/index.html"};

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(pages_is_name(good[i]));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(pages_is_name(bad[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_result_is_json),
        cmocka_unit_test(the_map_is_geojson),
        cmocka_unit_test(every_row_of_the_table_has_every_field),
        cmocka_unit_test(the_ballots_are_read_back),
        cmocka_unit_test(every_code_stands_in_the_table),
        cmocka_unit_test(only_derived_names_are_let_through),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
