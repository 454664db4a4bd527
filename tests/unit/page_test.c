/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages are made of: escaped texts, numbers in words, hidden cells,
 * the order of proposals.
 */
#include "page_sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page_cells.h"
#include "page_rank.h"
#include "page_words.h"

#define NB "\xC2\xA0"

/* ---- texts */

typedef void put_text(struct page_out *out, struct package_text text);

static void expect_escaped(put_text *put, const char *text, size_t size,
                           const char *wanted)
{
    struct page_sample_file file = {0};
    struct pabulib_sink sink = page_sample_sink(&file);
    struct page_out out;

    page_begin(&out, &sink, NULL);
    put(&out, (struct package_text){text, size});
    assert_int_equal(page_end(&out), AULA_OK);
    assert_string_equal(file.text == NULL ? "" : file.text, wanted);
    free(file.text);
}

static void markup_in_a_text_stays_text(void **state)
{
    static const char text[] = "<script>alert('&\"')</script>";

    (void)state;
    expect_escaped(page_put_html, text, sizeof text - 1,
                   "&lt;script&gt;alert(&#39;&amp;&quot;&#39;)&lt;/script&gt;");
    expect_escaped(page_put_json, text, sizeof text - 1,
                   "\\u003cscript>alert('&\\\"')\\u003c/script>");
    expect_escaped(page_put_json, "a\\b", 3, "a\\\\b");
    expect_escaped(page_put_html, "", 0, "");
}

static void what_is_no_text_is_replaced(void **state)
{
    static const char turned[] = {(char)0xE2, (char)0x80, (char)0xAE,
                                  (char)0xD0};

    (void)state;
    expect_escaped(page_put_html,
                   "a\x01"
                   "b\xFF"
                   "c\nd",
                   7,
                   "a\xEF\xBF\xBD"
                   "b\xEF\xBF\xBD"
                   "c d");
    /* A mark that turns the reading direction, and a character cut short. */
    expect_escaped(page_put_html, turned, sizeof turned,
                   "\xEF\xBF\xBD\xEF\xBF\xBD");
    expect_escaped(page_put_html, "Әә", 4, "Әә");
}

static void no_field_of_a_table_is_a_formula(void **state)
{
    (void)state;
    expect_escaped(page_put_csv, "=1+1", 4, "\"'=1+1\"");
    expect_escaped(page_put_csv, "+7", 2, "\"'+7\"");
    expect_escaped(page_put_csv, "-7", 2, "\"'-7\"");
    expect_escaped(page_put_csv, "@SUM", 4, "\"'@SUM\"");
    expect_escaped(page_put_csv, "  =1", 4, "\"'  =1\"");
    expect_escaped(page_put_csv, "a=\"b\", c", 8, "\"a=\"\"b\"\", c\"");
    expect_escaped(page_put_csv, "", 0, "\"\"");
    expect_escaped(page_put_csv, " ", 1, "\" \"");
}

static void coordinates_are_written_exactly(void **state)
{
    static const struct {
        int32_t millionths;
        const char *text;
    } cases[] = {{51169400, "51.169400"},
                 {0, "0.000000"},
                 {-1, "-0.000001"},
                 {-180000000, "-180.000000"}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct page_sample_file file = {0};
        struct pabulib_sink sink = page_sample_sink(&file);
        struct page_out out;

        page_begin(&out, &sink, NULL);
        page_put_millionths(&out, cases[i].millionths);
        assert_int_equal(page_end(&out), AULA_OK);
        assert_string_equal(file.text, cases[i].text);
        free(file.text);
    }
}

/* ---- sinks */

struct failing {
    size_t writes;
};

static enum aula_code refuse(void *context, const uint8_t *bytes, size_t size,
                             struct aula_error *err)
{
    struct failing *failing = context;

    (void)bytes;
    (void)size;
    failing->writes++;
    return aula_fail(err, AULA_FULL, "no space");
}

static void a_sink_that_fails_is_asked_once(void **state)
{
    struct failing failing = {0};
    struct pabulib_sink sink = {refuse, &failing};
    struct aula_error err = {0};
    struct page_out out;

    (void)state;
    page_begin(&out, &sink, &err);
    for (int i = 0; i < 3 * PAGE_BUFFER_BYTES; i++) {
        page_put(&out, "x");
    }
    assert_int_equal(page_end(&out), AULA_FULL);
    assert_int_equal(failing.writes, 1);
    assert_string_equal(err.message, "no space");
}

/* ---- numbers */

static void numbers_are_grouped(void **state)
{
    char text[PAGE_NUMBER_BYTES];

    (void)state;
    page_number(text, 0);
    assert_string_equal(text, "0");
    page_number(text, 999);
    assert_string_equal(text, "999");
    page_number(text, 1000);
    assert_string_equal(text, "1" NB "000");
    page_number(text, UINT64_MAX);
    assert_string_equal(text, "18" NB "446" NB "744" NB "073" NB "709" NB
                              "551" NB "615");
}

static void money_is_named(void **state)
{
    struct page_facts facts = {.currency = page_sample_text("KZT")};
    char text[PAGE_NUMBER_BYTES];

    (void)state;
    page_money(text, &facts, 2100000);
    assert_string_equal(text, "2" NB "100" NB "000" NB "₸");
    facts.currency = page_sample_text("EUR");
    page_money(text, &facts, 5);
    assert_string_equal(text, "5" NB "EUR");
    facts.currency = page_sample_text("<b>");
    page_money(text, &facts, 5);
    assert_string_equal(text, "5");
    facts.currency = page_sample_text("");
    page_money(text, &facts, 5);
    assert_string_equal(text, "5");
}

static void counted_things_have_their_plural(void **state)
{
    static const struct {
        uint64_t count;
        const char *plain;
        const char *genitive;
    } cases[] = {
        {0, "0" NB "голосов", "0" NB "голосов"},
        {1, "1" NB "голос", "1" NB "голоса"},
        {2, "2" NB "голоса", "2" NB "голосов"},
        {5, "5" NB "голосов", "5" NB "голосов"},
        {11, "11" NB "голосов", "11" NB "голосов"},
        {12, "12" NB "голосов", "12" NB "голосов"},
        {21, "21" NB "голос", "21" NB "голоса"},
        {50, "50" NB "голосов", "50" NB "голосов"},
        {104, "104" NB "голоса", "104" NB "голосов"},
        {111, "111" NB "голосов", "111" NB "голосов"},
    };
    char text[PAGE_NUMBER_BYTES];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        page_count(text, PAGE_RU, cases[i].count, PAGE_UNIT_VOTES);
        assert_string_equal(text, cases[i].plain);
        page_count_genitive(text, PAGE_RU, cases[i].count, PAGE_UNIT_VOTES);
        assert_string_equal(text, cases[i].genitive);
    }
    page_count(text, PAGE_KK, 2, PAGE_UNIT_BALLOTS);
    assert_string_equal(text, "2" NB "бюллетень");
    page_count_genitive(text, PAGE_KK, 50, PAGE_UNIT_VOTES);
    assert_string_equal(text, "50" NB "дауыс");
    page_day(text, 20918);
    assert_string_equal(text, "10.04.2027");
}

static void every_word_is_there_in_both_languages(void **state)
{
    (void)state;
    for (int word = 0; word < PAGE_WORDS; word++) {
        const char *kk = page_word(PAGE_KK, (enum page_word)word);
        const char *ru = page_word(PAGE_RU, (enum page_word)word);

        assert_non_null(kk);
        assert_non_null(ru);
        assert_true(strlen(kk) > 0 && strlen(ru) > 0);
        assert_int_equal(strstr(kk, "{}") != NULL, strstr(ru, "{}") != NULL);
        /* Words go onto the page as they are. */
        assert_null(strpbrk(kk, "<>&\""));
        assert_null(strpbrk(ru, "<>&\""));
    }
}

static void every_rule_has_words(void **state)
{
    static const char *const rules[] = {"greedy_votes",
                                        "greedy_points",
                                        "greedy_rank_points",
                                        "greedy_votes_per_cost",
                                        "greedy_points_per_cost",
                                        "greedy_rank_points_per_cost",
                                        "mes_cost",
                                        "mes_points_add1e"};

    (void)state;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        assert_non_null(page_rule_words(PAGE_KK, rules[i]));
        assert_non_null(page_rule_words(PAGE_RU, rules[i]));
    }
    assert_string_not_equal(page_rule_words(PAGE_RU, "greedy_votes"),
                            page_rule_words(PAGE_RU, "greedy_votes_per_cost"));
    assert_null(page_rule_words(PAGE_RU, "other"));
}

/* ---- cells */

/* Rows of the table with its totals; "-" stands for what is hidden. */
static void expect_cells(const uint32_t *counts, size_t rows, size_t columns,
                         uint64_t limit, const char *wanted)
{
    struct page_cells cells;
    char text[512];
    size_t used = 0;

    assert_int_equal(page_cells_open(&cells, counts, rows, columns, limit,
                                     NULL),
                     AULA_OK);
    for (size_t row = 0; row <= rows; row++) {
        for (size_t column = 0; column <= columns; column++) {
            char cell[24] = "-";

            if (!page_cells_is_hidden(&cells, row, column)) {
                (void)snprintf(cell, sizeof cell, "%llu",
                               (unsigned long long)page_cells_count(&cells, row,
                                                                    column));
            }
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%s",
                                     cell, column < columns ? " " : "\n");
        }
    }
    page_cells_close(&cells);
    assert_string_equal(text, wanted);
}

static void small_cells_are_hidden_with_what_gives_them_away(void **state)
{
    static const uint32_t one[] = {3, 20, 30, 10, 21, 31, 12, 22, 32};
    static const uint32_t zeros[] = {0, 20, 0, 30};
    static const uint32_t few[] = {2};

    (void)state;
    /* Neither row nor column of the 3 has it alone. */
    expect_cells(one, 3, 3, 5,
                 "- - 30 53\n- - 31 62\n12 22 32 66\n25 63 93 181\n");
    expect_cells(one, 3, 3, 3,
                 "3 20 30 53\n10 21 31 62\n12 22 32 66\n25 63 93 181\n");
    expect_cells(one, 3, 3, 0,
                 "3 20 30 53\n10 21 31 62\n12 22 32 66\n25 63 93 181\n");
    expect_cells(zeros, 2, 2, 5, "0 20 20\n0 30 30\n0 50 50\n");
    expect_cells(few, 1, 1, 5, "- -\n- 2\n");
    expect_cells(NULL, 0, 0, 5, "0\n");
}

/* Whatever the counts: no line has one hidden place alone, unless all else that
 * could be hidden is. */
static void no_line_gives_a_hidden_cell_away(void **state)
{
    enum { ROWS = 7, COLUMNS = 9 };
    uint32_t counts[ROWS * COLUMNS];
    uint32_t seed = 1;

    (void)state;
    for (int round = 0; round < 200; round++) {
        struct page_cells cells;

        for (size_t i = 0; i < ROWS * COLUMNS; i++) {
            seed = seed * 1103515245U + 12345U;
            counts[i] = (seed >> 16) % 40;
        }
        assert_int_equal(page_cells_open(&cells, counts, ROWS, COLUMNS, 5,
                                         NULL),
                         AULA_OK);
        for (size_t row = 0; row <= ROWS; row++) {
            size_t hidden = 0;

            for (size_t column = 0; column <= COLUMNS; column++) {
                uint64_t count = page_cells_count(&cells, row, column);
                bool is_hidden = page_cells_is_hidden(&cells, row, column);

                hidden += is_hidden;
                assert_false(count > 0 && count < 5 && !is_hidden);
            }
            assert_int_not_equal(hidden, 1);
        }
        for (size_t column = 0; column <= COLUMNS; column++) {
            size_t hidden = 0;

            for (size_t row = 0; row <= ROWS; row++) {
                hidden += page_cells_is_hidden(&cells, row, column);
            }
            assert_int_not_equal(hidden, 1);
        }
        page_cells_close(&cells);
    }
}

/* ---- order */

static void winners_stand_first(void **state)
{
    struct page_proposal proposals[] = {
        {.number = 4, .votes = 90, .outcome = PAGE_TOO_DEAR},
        {.number = 3, .votes = 10, .outcome = PAGE_FUNDED},
        {.number = 2, .votes = 10, .outcome = PAGE_FUNDED},
        {.number = 1, .votes = 95, .points = 1, .outcome = PAGE_NO_VOTES},
    };
    struct page_contest contest = {.proposals = proposals, .proposal_count = 4};
    struct page_ranked ranked[PLAINTEXT_PROPOSALS_MAX];

    (void)state;
    assert_int_equal(page_rank(ranked, &contest), 95);
    assert_int_equal(ranked[0].proposal->number, 2);
    assert_int_equal(ranked[1].proposal->number, 3);
    assert_int_equal(ranked[2].proposal->number, 1);
    assert_int_equal(ranked[3].proposal->number, 4);
    assert_int_equal(page_funded_count(&contest), 2);
    contest.is_by_points = true;
    assert_int_equal(page_rank(ranked, &contest), 1);
    assert_int_equal(ranked[2].proposal->number, 1);
    contest.proposal_count = 0;
    assert_int_equal(page_rank(ranked, &contest), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markup_in_a_text_stays_text),
        cmocka_unit_test(what_is_no_text_is_replaced),
        cmocka_unit_test(no_field_of_a_table_is_a_formula),
        cmocka_unit_test(coordinates_are_written_exactly),
        cmocka_unit_test(a_sink_that_fails_is_asked_once),
        cmocka_unit_test(numbers_are_grouped),
        cmocka_unit_test(money_is_named),
        cmocka_unit_test(counted_things_have_their_plural),
        cmocka_unit_test(every_word_is_there_in_both_languages),
        cmocka_unit_test(every_rule_has_words),
        cmocka_unit_test(small_cells_are_hidden_with_what_gives_them_away),
        cmocka_unit_test(no_line_gives_a_hidden_cell_away),
        cmocka_unit_test(winners_stand_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
