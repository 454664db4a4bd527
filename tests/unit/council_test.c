/* SPDX-License-Identifier: Apache-2.0 */
/* What the expert council decided: how council.json is read, what is refused,
 * and that it stands beside the result without changing it.
 */
#include "page_sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "council.h"
#include "file.h"

#define HEAD                                                                   \
    "{\"format\":\"aula-council-1\","                                          \
    "\"election\":\"a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1\",\"decisions\":["
#define ROW(number, rest)                                                      \
    "{\"contest\":\"city\",\"number\":" number ",\"decision\":" rest "}"

static const char good[] = HEAD ROW("3", "\"accepted\"") "," ROW(
    "4", "\"refused\",\"reason\":{\"kk\":\"Жер жеке\","
         "\"ru\":\"Земля <частная>\"}") "]}";

static enum aula_code open_text(struct council *council, const char *text,
                                struct aula_error *err)
{
    return council_open(council, NULL, (const uint8_t *)text, strlen(text),
                        err);
}

static void decisions_stand_beside_the_result(void **state)
{
    struct page_sample sample;
    struct council council;
    struct page_sample_file file;

    (void)state;
    page_sample_open(&sample);
    assert_int_equal(open_text(&council, good, NULL), AULA_OK);
    assert_int_equal(page_take_council(&sample.book, &council, NULL), AULA_OK);
    assert_int_equal(sample.book.proposals[0][2].advice, PAGE_ACCEPTED);
    assert_int_equal(sample.book.proposals[0][3].advice, PAGE_REFUSED);
    assert_int_equal(sample.book.proposals[0][3].outcome, PAGE_FUNDED);
    file = page_sample_write(page_write_report, sample.facts);
    assert_true(page_sample_has(&file, "отклонил. Земля &lt;частная&gt;"));
    assert_true(page_sample_has(&file, "қабылдамады. Жер жеке"));
    free(file.text);
    page_sample_close(&sample);
    council_close(&council);
}

/* The file that tests/schema_test holds against the schema. */
static void the_form_is_that_of_the_schema(void **state)
{
    uint8_t *bytes = NULL;
    size_t size = 0;
    struct council council;

    (void)state;
    assert_int_equal(file_read(&bytes, &size,
                               "tests/data/elections/council.json",
                               COUNCIL_BYTES_MAX, NULL),
                     AULA_OK);
    assert_int_equal(council_open(&council, NULL, bytes, size, NULL), AULA_OK);
    assert_int_equal(council.decision_count, 2);
    assert_string_equal(council.decisions[1].reason.of[PAGE_RU],
                        "Земля частная.");
    council_close(&council);
    free(bytes);
}

static void what_does_not_fit_the_election_is_refused(void **state)
{
    static const struct {
        const char *text;
        enum aula_code code;
        const char *said;
    } cases[] = {
        {HEAD ROW("99", "\"accepted\"") "]}", AULA_SOURCE,
         "decisions[0]: there is no such proposal"},
        {HEAD ROW("3", "\"accepted\"") "," ROW("3", "\"refused\"") "]}",
         AULA_SOURCE, "decisions[1]: a second one"},
        {HEAD "{\"contest\":\"town\",\"number\":3,\"decision\":\"accepted\"}]}",
         AULA_SOURCE, "no such proposal"},
        {"{\"format\":\"aula-council-1\",\"election\":"
         "\"b1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1\",\"decisions\":[]}",
         AULA_WRONG_ELECTION, "of another election"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct page_sample sample;
        struct council council;
        struct aula_error err = {0};

        page_sample_open(&sample);
        assert_int_equal(open_text(&council, cases[i].text, &err), AULA_OK);
        assert_int_equal(page_take_council(&sample.book, &council, &err),
                         cases[i].code);
        assert_non_null(strstr(err.message, cases[i].said));
        page_sample_close(&sample);
        council_close(&council);
    }
}

static void what_is_no_council_json_is_refused(void **state)
{
    static const struct {
        const char *text;
        const char *said;
    } cases[] = {
        {"", "not JSON"},
        {"[]", "expected"},
        {"{}", "missing"},
        {HEAD "]", "not JSON"},
        {HEAD "],\"more\":1}", "more"},
        {HEAD ROW("0", "\"accepted\"") "]}", "decisions[0].number"},
        {HEAD ROW("1", "\"maybe\"") "]}", "decisions[0].decision"},
        {HEAD ROW("1", "\"refused\",\"reason\":{\"kk\":\"a\"}") "]}",
         "decisions[0].reason"},
        {HEAD ROW("1",
                  "\"refused\",\"reason\":{\"kk\":\"\",\"ru\":\"b\"}") "]}",
         "decisions[0].reason.kk"},
        {"{\"format\":\"aula-council-2\",\"election\":"
         "\"a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1\",\"decisions\":[]}",
         "format"},
        {"{\"format\":\"aula-council-1\",\"election\":\"a1\","
         "\"decisions\":[]}",
         "election"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct council council;
        struct aula_error err = {0};

        assert_int_equal(open_text(&council, cases[i].text, &err), AULA_SOURCE);
        assert_non_null(strstr(err.message, "council.json: "));
        if (strstr(err.message, cases[i].said) == NULL) {
            fail_msg("\"%s\" lacks \"%s\"", err.message, cases[i].said);
        }
        assert_null(council.json);
        council_close(&council);
    }
    council_close(NULL);
}

/* One byte cut off anywhere, and one byte too many. */
static void a_cut_file_is_refused(void **state)
{
    uint8_t *large = calloc(1, COUNCIL_BYTES_MAX + 1);
    struct council council;

    (void)state;
    assert_non_null(large);
    for (size_t size = 0; size < sizeof good - 1; size++) {
        assert_int_equal(council_open(&council, NULL, (const uint8_t *)good,
                                      size, NULL),
                         AULA_SOURCE);
    }
    assert_int_equal(council_open(&council, NULL, large, COUNCIL_BYTES_MAX + 1,
                                  NULL),
                     AULA_TOO_LARGE);
    free(large);
}

static void every_fault_is_told_with_its_place(void **state)
{
    static const char text[] = HEAD
        "\n" ROW("0", "\"x\"") ",\n" ROW("1", "\"y\"") "]}";
    struct faults faults = {0};
    struct council council;

    (void)state;
    assert_int_equal(council_open(&council, &faults, (const uint8_t *)text,
                                  sizeof text - 1, NULL),
                     AULA_SOURCE);
    assert_int_equal(faults_count(&faults), 3);
    assert_int_equal(faults.items[0].line, 2);
    assert_int_equal(faults.items[2].line, 3);
    faults_close(&faults);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decisions_stand_beside_the_result),
        cmocka_unit_test(the_form_is_that_of_the_schema),
        cmocka_unit_test(what_does_not_fit_the_election_is_refused),
        cmocka_unit_test(what_is_no_council_json_is_refused),
        cmocka_unit_test(a_cut_file_is_refused),
        cmocka_unit_test(every_fault_is_told_with_its_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
