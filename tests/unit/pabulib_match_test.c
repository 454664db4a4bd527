/* SPDX-License-Identifier: Apache-2.0 */
/* Ballots of a file in the contest of a package, which may have its proposals
 * in another order; and ballots of a contest as a file publishes them. */
#include "pabulib_sample.h"

#include "pabulib_ballot.h"

enum { PROPOSALS = 4 };

/* A contest of the projects of a sample, last first, with one more. */
struct contest {
    struct package_text ids[PROPOSALS];
    struct package_contest contest;
};

static void contest_start(struct contest *c, const char *const *ids,
                          uint16_t count, struct plaintext_rule rule)
{
    for (uint16_t i = 0; i < count; i++) {
        c->ids[i] = (struct package_text){ids[i], strlen(ids[i])};
    }
    rule.n = count;
    c->contest = (struct package_contest){.rule = rule, .ids = c->ids};
}

static const char *const turned[] = {"p3", "other", "p2", "p1"};

static void projects_are_found_by_id(void **state)
{
    struct plaintext_rule rule = {.type = PLAINTEXT_APPROVAL, .limit = 2};
    uint16_t places[3];
    uint8_t plaintext[1];
    struct pabulib file;
    struct contest c;

    (void)state;
    pb_open_sample(&file, "approval.pb");
    contest_start(&c, turned, PROPOSALS, rule);
    assert_int_equal(pabulib_match(places, &file, &c.contest, NULL), AULA_OK);
    assert_int_equal(places[0], 3);
    assert_int_equal(places[1], 2);
    assert_int_equal(places[2], 0);
    assert_int_equal(pabulib_plaintext(plaintext, &c.contest.rule, &file,
                                       places, 0, NULL),
                     AULA_OK);
    assert_int_equal(plaintext[0], 8 + 4);
    pabulib_close(&file);
}

static void points_and_ranks_go_to_their_places(void **state)
{
    static const char *const four[] = {"p4", "p3", "p2", "p1"};
    struct plaintext_rule points = {
        .type = PLAINTEXT_POINTS, .limit = 5, .cap = 5};
    struct plaintext_rule ranks = {.type = PLAINTEXT_RANKING, .limit = 3};
    uint16_t places[PROPOSALS];
    uint8_t plaintext[PROPOSALS];
    struct pabulib file;
    struct contest c;

    (void)state;
    pb_open_sample(&file, "cumulative.pb");
    contest_start(&c, turned, PROPOSALS, points);
    assert_int_equal(pabulib_match(places, &file, &c.contest, NULL), AULA_OK);
    assert_int_equal(pabulib_plaintext(plaintext, &c.contest.rule, &file,
                                       places, 0, NULL),
                     AULA_OK);
    assert_memory_equal(plaintext, "\x01\x00\x00\x04", PROPOSALS);
    pabulib_close(&file);
    pb_open_sample(&file, "ordinal.pb");
    contest_start(&c, four, PROPOSALS, ranks);
    assert_int_equal(pabulib_match(places, &file, &c.contest, NULL), AULA_OK);
    assert_int_equal(pabulib_plaintext(plaintext, &c.contest.rule, &file,
                                       places, 2, NULL),
                     AULA_OK);
    assert_memory_equal(plaintext, "\x03\x01\x00\x02", PROPOSALS);
    pabulib_close(&file);
}

static void a_project_that_is_not_offered_is_refused(void **state)
{
    static const char *const fewer[] = {"p3", "p2", "p"};
    struct plaintext_rule rule = {.type = PLAINTEXT_APPROVAL, .limit = 2};
    uint16_t places[3];
    struct aula_error err;
    struct pabulib file;
    struct contest c;

    (void)state;
    pb_open_sample(&file, "approval.pb");
    contest_start(&c, fewer, 3, rule);
    assert_int_equal(pabulib_match(places, &file, &c.contest, &err),
                     AULA_SOURCE);
    assert_non_null(strstr(err.message, "number 1 "));
    pabulib_close(&file);
}

static void a_file_is_voted_as_its_contest(void **state)
{
    static const struct {
        const char *name;
        unsigned types; /* that it goes with, as bits */
    } rows[] = {
        {"approval.pb", 1U << PLAINTEXT_APPROVAL | 1U << PLAINTEXT_KNAPSACK},
        {"choose.pb", 1U << PLAINTEXT_APPROVAL | 1U << PLAINTEXT_KNAPSACK},
        {"ordinal.pb", 1U << PLAINTEXT_RANKING},
        {"cumulative.pb", 1U << PLAINTEXT_POINTS},
        {"scoring.pb", 1U << PLAINTEXT_POINTS},
    };
    static const char *const ids[] = {"p1", "p2", "p3", "p4"};
    static const uint64_t costs[PROPOSALS];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pabulib file;

        pb_open_sample(&file, rows[i].name);
        for (unsigned type = PLAINTEXT_APPROVAL; type <= PLAINTEXT_RANKING;
             type++) {
            struct plaintext_rule rule = {.type = (enum plaintext_type)type,
                                          .limit = 9,
                                          .cap = 9,
                                          .costs = costs};
            bool is_good = (rows[i].types >> type & 1U) != 0;
            enum aula_code expected = is_good ? AULA_OK : AULA_SOURCE;
            uint16_t places[PROPOSALS];
            uint8_t plaintext[PROPOSALS];
            struct contest c;

            contest_start(&c, ids, PROPOSALS, rule);
            assert_int_equal(pabulib_match(places, &file, &c.contest, NULL),
                             expected);
            assert_int_equal(pabulib_plaintext(plaintext, &c.contest.rule,
                                               &file, NULL, 0, NULL),
                             expected);
        }
        pabulib_close(&file);
    }
}

static void choices_are_taken_back(void **state)
{
    static const char *const names[] = {"approval.pb", "knapsack.pb",
                                        "ordinal.pb", "cumulative.pb"};

    (void)state;
    for (size_t n = 0; n < sizeof names / sizeof names[0]; n++) {
        struct pabulib file;
        struct plaintext_rule rule;
        uint8_t plaintext[PROPOSALS];
        uint16_t choices[PROPOSALS];
        int32_t points[PROPOSALS];
        const struct pabulib_vote *vote = NULL;
        size_t count;

        pb_open_sample(&file, names[n]);
        vote = &file.votes[1];
        assert_int_equal(pabulib_rule(&rule, &file, NULL), AULA_OK);
        assert_int_equal(pabulib_plaintext(plaintext, &rule, &file, NULL, 1,
                                           NULL),
                         AULA_OK);
        count = pabulib_choices(choices, file.points != NULL ? points : NULL,
                                &rule, plaintext);
        assert_int_equal(count, vote->count);
        for (size_t i = 0; i < count; i++) {
            /* Ballots of points come back by proposal. */
            size_t at = file.points != NULL ? count - 1 - i : i;

            assert_int_equal(choices[i], file.choices[vote->first + at]);
            if (file.points != NULL) {
                assert_int_equal(points[i], file.points[vote->first + at]);
            }
        }
        pabulib_close(&file);
    }
}

static void a_rule_is_said_so_that_it_is_read(void **state)
{
    static const struct plaintext_rule rules[] = {
        {PLAINTEXT_APPROVAL, 3, 2, 0, 1000, NULL},
        {PLAINTEXT_APPROVAL, 3, 1, 0, 1000, NULL},
        {PLAINTEXT_KNAPSACK, 3, 0, 0, 1000, NULL},
        {PLAINTEXT_POINTS, 3, 65535, 255, 1000, NULL},
        {PLAINTEXT_POINTS, 3, 1, 255, 1000, NULL},
        {PLAINTEXT_POINTS, 3, 300, 1, 1000, NULL},
        {PLAINTEXT_RANKING, 3, 3, 0, 1000, NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        struct pabulib file = {.project_count = 3, .budget = 1000};
        struct plaintext_rule rule;

        file.default_score = (struct pabulib_number){true, 3};
        file.min_length = (struct pabulib_number){true, 1};
        pabulib_set_rule(&file, &rules[i]);
        assert_false(file.default_score.is_there);
        assert_false(file.min_length.is_there);
        assert_int_equal(pabulib_rule(&rule, &file, NULL), AULA_OK);
        assert_int_equal(rule.type, rules[i].type);
        assert_int_equal(rule.n, rules[i].n);
        assert_int_equal(rule.limit, rules[i].limit);
        assert_int_equal(rule.cap, rules[i].cap);
        assert_int_equal(rule.budget, rules[i].budget);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(projects_are_found_by_id),
        cmocka_unit_test(points_and_ranks_go_to_their_places),
        cmocka_unit_test(a_project_that_is_not_offered_is_refused),
        cmocka_unit_test(a_file_is_voted_as_its_contest),
        cmocka_unit_test(choices_are_taken_back),
        cmocka_unit_test(a_rule_is_said_so_that_it_is_read),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
