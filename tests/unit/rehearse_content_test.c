/* SPDX-License-Identifier: Apache-2.0 */
/* A rehearsal's own election.json: it opens, and says what the file says. */
#include "pabulib_sample.h"

#include "election.h"
#include "pabulib_ballot.h"
#include "rehearse_content.h"

enum { FIRST_DAY = 20000, LAST_DAY = 20004, HUNDREDTHS = 100 };

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

/* Costs of a file are hundredths, those of an election whole. */
static void check_contest(const struct election_contest *contest,
                          const struct pabulib *file)
{
    struct plaintext_rule rule;

    assert_int_equal(pabulib_rule(&rule, file, NULL), AULA_OK);
    assert_int_equal(contest->type, rule.type);
    assert_int_equal(contest->limit, rule.limit);
    assert_int_equal(contest->proposal_count, rule.n);
    assert_int_equal(contest->budget * HUNDREDTHS, rule.budget);
    for (size_t i = 0; i < rule.n; i++) {
        const struct election_proposal *proposal = &contest->proposals[i];

        assert_string_equal(proposal->id, file->projects[i].id.text);
        assert_int_equal(proposal->cost * HUNDREDTHS, rule.costs[i]);
        assert_int_equal(proposal->number, i + 1);
    }
}

/* A sample with whole sums: others no election can say. */
static void open_whole(struct pabulib *file, const char *name)
{
    pb_open_sample(file, name);
    file->budget -= file->budget % HUNDREDTHS;
    for (size_t i = 0; i < file->project_count; i++) {
        file->costs[i] -= file->costs[i] % HUNDREDTHS;
    }
    if (file->max_sum_cost.is_there) {
        file->max_sum_cost.value = file->budget;
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
        open_whole(&file, names[i]);
        open_content(&election, &file);
        assert_int_equal(election.mode, PACKAGE_REHEARSAL);
        assert_int_equal(election.id_scheme, TAG_SCHEME_DIGITS);
        assert_int_equal(election.tag_stretch, TAG_STRETCH_NONE);
        assert_int_equal(election.contest_count, 1);
        check_contest(&election.contests[0], &file);
        election_close(&election);
        pabulib_close(&file);
    }
}

/* Whatever the file says of dates: on the days that were asked for, and so that
 * a day can be closed before the next one. */
static void it_is_voted_on_when_the_rehearsal_wants(void **state)
{
    struct pabulib file;
    struct election election;
    struct election_hours hours;

    (void)state;
    pb_open_sample(&file, "approval.pb");
    open_content(&election, &file);
    assert_int_equal(election.first_day, FIRST_DAY);
    assert_int_equal(election.last_day, LAST_DAY);
    hours = election_hours_of(&election, FIRST_DAY + 1);
    assert_int_equal(hours.from, 9 * 60);
    assert_int_equal(hours.to, 19 * 60);
    election_close(&election);
    pabulib_close(&file);
}

static void what_no_election_can_say_is_refused(void **state)
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
    pabulib_close(&file);
    pb_open_sample(&file, "odd.pb"); /* a cost with hundredths */
    assert_int_equal(rehearse_content(&text, &size, &file, FIRST_DAY, LAST_DAY,
                                      NULL),
                     AULA_SOURCE);
    pabulib_close(&file);
    assert_null(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_file_becomes_an_election),
        cmocka_unit_test(it_is_voted_on_when_the_rehearsal_wants),
        cmocka_unit_test(what_no_election_can_say_is_refused),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
