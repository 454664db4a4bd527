/* SPDX-License-Identifier: Apache-2.0 */
/* A rehearsal's own election.json: it opens, and says what the file says. */
#include "pabulib_sample.h"

#include "election.h"
#include "pabulib_ballot.h"
#include "rehearse_content.h"

enum { FIRST_DAY = 20000, LAST_DAY = 20004 };

static void open_content(struct election *election, const struct pabulib *file)
{
    char *text = NULL;
    size_t size = 0;
    struct aula_error err = {0};

    if (rehearse_content(&text, &size, file, FIRST_DAY, LAST_DAY, &err) !=
            AULA_OK ||
        election_open(election, NULL, (const uint8_t *)text, size, &err) !=
            AULA_OK) {
        fail_msg("%s", err.message);
    }
    free(text);
}

static void check_contest(const struct election_contest *contest,
                          const struct pabulib *file, uint64_t unit)
{
    struct plaintext_rule rule;

    assert_int_equal(pabulib_rule(&rule, file, NULL), AULA_OK);
    assert_int_equal(contest->type, rule.type);
    assert_int_equal(contest->limit, rule.limit);
    assert_int_equal(contest->proposal_count, rule.n);
    assert_int_equal(contest->budget * unit, rule.budget);
    for (size_t i = 0; i < rule.n; i++) {
        const struct election_proposal *proposal = &contest->proposals[i];

        assert_string_equal(proposal->id, file->projects[i].id.text);
        assert_int_equal(proposal->cost * unit, rule.costs[i]);
        assert_int_equal(proposal->number, i + 1);
    }
}

static void each_kind_of_file_becomes_an_election(void **state)
{
    static const char *const names[] = {"approval.pb",   "choose.pb",
                                        "cumulative.pb", "knapsack.pb",
                                        "ordinal.pb",    "scoring.pb"};
    struct pabulib file;
    struct election election;

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        pb_open_sample(&file, names[i]);
        open_content(&election, &file);
        assert_int_equal(election.mode, PACKAGE_REHEARSAL);
        assert_int_equal(election.contest_count, 1);
        assert_int_equal(election.first_day, FIRST_DAY);
        assert_int_equal(election.last_day, LAST_DAY);
        check_contest(&election.contests[0], &file,
                      pabulib_is_whole(&file) ? 100 : 1);
        election_close(&election);
        pabulib_close(&file);
    }
}

/* Hundredths, a project above the budget, texts with quotes and tabs. */
static void an_odd_file_becomes_an_election(void **state)
{
    struct pabulib file;
    struct election election;

    (void)state;
    pb_open_sample(&file, "odd.pb");
    open_content(&election, &file);
    check_contest(&election.contests[0], &file, 1);
    assert_string_equal(election.contests[0].proposals[0].title.of[0],
                        "Benches; and \"shade\"");
    assert_string_equal(election.contests[0].proposals[2].title.of[1], "Тоғай");
    election_close(&election);
    pabulib_close(&file);
}

static void rules_that_no_contest_has_are_refused(void **state)
{
    struct pabulib file;
    char *text = NULL;
    size_t size = 0;

    (void)state;
    pb_open_sample(&file, "cumulative.pb");
    file.max_sum_points.is_there = false;
    assert_int_equal(rehearse_content(&text, &size, &file, FIRST_DAY, LAST_DAY,
                                      NULL),
                     AULA_SOURCE);
    assert_null(text);
    pabulib_close(&file);
}

static void check_clean(const char *given, size_t most, const char *expected)
{
    char clean[REHEARSE_TEXT_BYTES];
    struct pabulib_text text = {given, strlen(given)};

    rehearse_clean(clean, &text, most, "other");
    assert_string_equal(clean, expected);
}

static void texts_are_cut_and_cleaned(void **state)
{
    char long_text[3 * 400 + 1];
    char clean[REHEARSE_TEXT_BYTES];
    struct pabulib_text text = {long_text, sizeof long_text - 1};

    (void)state;
    check_clean("Тоғай", 5, "Тоғай");
    check_clean("Тоғай", 4, "Тоға");
    check_clean("a\tb\xe2\x80\xa8g", 9, "a b g");
    check_clean("  \t x y  ", 9, "x y");
    check_clean("ab cd", 3, "ab");
    check_clean("", 9, "other");
    check_clean(" \t", 9, "other");
    for (size_t i = 0; i < sizeof long_text - 1; i++) {
        long_text[i] = "\xe2\x82\xac"[i % 3];
    }
    rehearse_clean(clean, &text, 300, "other");
    assert_int_equal(strlen(clean), 3 * 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_file_becomes_an_election),
        cmocka_unit_test(an_odd_file_becomes_an_election),
        cmocka_unit_test(rules_that_no_contest_has_are_refused),
        cmocka_unit_test(texts_are_cut_and_cleaned),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
