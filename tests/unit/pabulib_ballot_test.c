/* SPDX-License-Identifier: Apache-2.0 */
/* Pabulib ballots as plaintexts of a contest, and back. */
#include "pabulib_sample.h"

#include "pabulib_ballot.h"

/* One ballot by the file's own rule; zeros behind every refusal. */
static enum aula_code take(uint8_t *plaintext, const struct pabulib *file,
                           size_t vote)
{
    struct plaintext_rule rule;
    struct aula_error err = {0};
    enum aula_code code;

    assert_int_equal(pabulib_rule(&rule, file, NULL), AULA_OK);
    memset(plaintext, 0x5a, PLAINTEXT_BYTES_MAX);
    code = pabulib_plaintext(plaintext, &rule, file, NULL, vote, &err);
    assert_int_equal(err.code, code);
    if (code != AULA_OK) {
        assert_true(sodium_is_zero(plaintext, plaintext_size(&rule)));
    }
    assert_int_equal(plaintext[plaintext_size(&rule)], 0x5a);
    return code;
}

static void assert_rule(const struct pabulib *file, enum plaintext_type type,
                        uint16_t limit, uint16_t cap)
{
    struct plaintext_rule rule;

    assert_int_equal(pabulib_rule(&rule, file, NULL), AULA_OK);
    assert_int_equal(rule.type, type);
    assert_int_equal(rule.n, file->project_count);
    assert_int_equal(rule.limit, limit);
    assert_int_equal(rule.cap, cap);
    assert_int_equal(rule.budget, file->budget);
    assert_ptr_equal(rule.costs, file->costs);
}

static enum aula_code rule_code(const struct pabulib *file)
{
    struct plaintext_rule rule;

    return pabulib_rule(&rule, file, NULL);
}

static struct pabulib_number is(int64_t value)
{
    return (struct pabulib_number){true, value};
}

static void approval_becomes_a_bitmap(void **state)
{
    static const uint8_t expected[] = {3, 1, 5, 2};
    struct pabulib file;
    uint8_t plaintext[PLAINTEXT_BYTES_MAX];

    (void)state;
    pb_open_sample(&file, "approval.pb");
    assert_rule(&file, PLAINTEXT_APPROVAL, 2, 0);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(take(plaintext, &file, i), AULA_OK);
        assert_int_equal(plaintext[0], expected[i]);
    }
    file.max_length = is(1);
    assert_int_equal(take(plaintext, &file, 0), AULA_PT_LIMIT);
    assert_int_equal(take(plaintext, &file, 1), AULA_OK);
    pabulib_close(&file);
}

static void approval_is_limited_by_length(void **state)
{
    struct pabulib file;

    (void)state;
    pb_open_sample(&file, "approval.pb");
    file.max_length = is(3);
    assert_rule(&file, PLAINTEXT_APPROVAL, 3, 0);
    file.max_length = is(1000000);
    assert_rule(&file, PLAINTEXT_APPROVAL, 3, 0);
    file.max_length.is_there = false;
    assert_rule(&file, PLAINTEXT_APPROVAL, 3, 0);
    file.max_length = is(0);
    assert_int_equal(rule_code(&file), AULA_SOURCE);
    pabulib_close(&file);
    pb_open_sample(&file, "choose.pb");
    assert_rule(&file, PLAINTEXT_APPROVAL, 1, 0);
    pabulib_close(&file);
}

static void a_cost_bound_of_the_budget_is_knapsack(void **state)
{
    struct pabulib file;
    uint8_t plaintext[PLAINTEXT_BYTES_MAX];

    (void)state;
    pb_open_sample(&file, "knapsack.pb");
    assert_rule(&file, PLAINTEXT_KNAPSACK, 0, 0);
    assert_int_equal(take(plaintext, &file, 0), AULA_OK);
    assert_int_equal(plaintext[0], 1);
    assert_int_equal(take(plaintext, &file, 1), AULA_OK); /* to the hundredth */
    assert_int_equal(plaintext[0], 6);
    assert_int_equal(take(plaintext, &file, 2), AULA_PT_LIMIT);
    assert_int_equal(take(plaintext, &file, 3), AULA_OK);
    assert_int_equal(plaintext[0], 0);
    file.max_length = is(3);
    assert_rule(&file, PLAINTEXT_KNAPSACK, 0, 0);
    file.max_length = is(2);
    assert_rule(&file, PLAINTEXT_APPROVAL, 2, 0);
    file.max_length.is_there = false;
    file.max_sum_cost.value++;
    assert_rule(&file, PLAINTEXT_APPROVAL, 3, 0);
    pabulib_close(&file);
}

static void cumulative_becomes_points(void **state)
{
    struct pabulib file;
    uint8_t plaintext[PLAINTEXT_BYTES_MAX];

    (void)state;
    pb_open_sample(&file, "cumulative.pb");
    assert_rule(&file, PLAINTEXT_POINTS, 5, 4);
    assert_int_equal(take(plaintext, &file, 0), AULA_OK);
    assert_memory_equal(plaintext, "\x04\x00\x01", 3);
    assert_int_equal(take(plaintext, &file, 1), AULA_OK);
    assert_memory_equal(plaintext, "\x02\x03\x00", 3);
    assert_int_equal(take(plaintext, &file, 2), AULA_PT_LIMIT); /* cap */
    assert_int_equal(take(plaintext, &file, 3), AULA_SOURCE);   /* twice */
    file.points[0] = 256;
    assert_int_equal(take(plaintext, &file, 0), AULA_PT_LIMIT);
    file.points[0] = -1;
    assert_int_equal(take(plaintext, &file, 0), AULA_PT_LIMIT);
    file.points[0] = 0;
    assert_int_equal(take(plaintext, &file, 0), AULA_OK);
    assert_memory_equal(plaintext, "\x00\x00\x01", 3);
    pabulib_close(&file);
}

static void points_are_limited_by_what_a_byte_holds(void **state)
{
    struct pabulib file;

    (void)state;
    pb_open_sample(&file, "cumulative.pb");
    file.max_points.is_there = false;
    assert_rule(&file, PLAINTEXT_POINTS, 5, 255);
    file.max_points = is(256);
    assert_rule(&file, PLAINTEXT_POINTS, 5, 255);
    file.max_sum_points = is(255);
    assert_rule(&file, PLAINTEXT_POINTS, 255, 255);
    file.max_sum_points = is(256);
    assert_int_equal(rule_code(&file), AULA_SOURCE);
    file.max_points = is(255);
    assert_rule(&file, PLAINTEXT_POINTS, 256, 255);
    file.max_sum_points = is(65535);
    assert_rule(&file, PLAINTEXT_POINTS, 65535, 255);
    file.max_sum_points = is(65536);
    assert_int_equal(rule_code(&file), AULA_SOURCE);
    file.max_sum_points = is(0);
    assert_int_equal(rule_code(&file), AULA_SOURCE);
    file.max_sum_points.is_there = false;
    assert_int_equal(rule_code(&file), AULA_SOURCE);
    pabulib_close(&file);
}

static void points_below_0_are_no_rule(void **state)
{
    struct pabulib file;

    (void)state;
    pb_open_sample(&file, "cumulative.pb");
    file.max_points = is(0);
    assert_int_equal(rule_code(&file), AULA_SOURCE);
    file.max_points = is(1);
    file.min_points = is(-1);
    assert_int_equal(rule_code(&file), AULA_SOURCE);
    file.min_points = is(0);
    file.default_score = is(-1);
    assert_int_equal(rule_code(&file), AULA_SOURCE);
    file.default_score = is(0);
    assert_rule(&file, PLAINTEXT_POINTS, 5, 1);
    pabulib_close(&file);
}

static void a_score_left_out_is_the_default(void **state)
{
    struct pabulib file;
    uint8_t plaintext[PLAINTEXT_BYTES_MAX];

    (void)state;
    pb_open_sample(&file, "scoring.pb");
    assert_rule(&file, PLAINTEXT_POINTS, 9, 3);
    assert_int_equal(take(plaintext, &file, 0), AULA_OK);
    assert_memory_equal(plaintext, "\x03\x01\x00", 3);
    assert_int_equal(take(plaintext, &file, 1), AULA_PT_LIMIT); /* -1 */
    assert_int_equal(take(plaintext, &file, 2), AULA_OK);
    assert_memory_equal(plaintext, "\x02\x02\x02", 3);
    file.default_score.is_there = false;
    assert_int_equal(take(plaintext, &file, 0), AULA_OK);
    assert_memory_equal(plaintext, "\x03\x00\x00", 3);
    file.default_score = is(4);
    assert_int_equal(take(plaintext, &file, 0), AULA_PT_LIMIT);
    assert_int_equal(take(plaintext, &file, 2), AULA_OK);
    file.default_score = is(256);
    assert_int_equal(take(plaintext, &file, 0), AULA_PT_LIMIT);
    pabulib_close(&file);
}

static void scores_without_limits_are_measured(void **state)
{
    struct pabulib file;

    (void)state;
    pb_open_sample(&file, "scoring.pb");
    file.max_points.is_there = false;
    assert_rule(&file, PLAINTEXT_POINTS, 9, 3);
    file.default_score = is(7);
    assert_rule(&file, PLAINTEXT_POINTS, 21, 7);
    file.max_sum_points = is(6);
    assert_rule(&file, PLAINTEXT_POINTS, 6, 7);
    file.default_score.is_there = false;
    file.max_sum_points.is_there = false;
    file.choice_count = 0;
    assert_rule(&file, PLAINTEXT_POINTS, 3, 1);
    pabulib_close(&file);
}

static void ordinal_becomes_ranks(void **state)
{
    struct pabulib file;
    uint8_t plaintext[PLAINTEXT_BYTES_MAX];

    (void)state;
    pb_open_sample(&file, "ordinal.pb");
    assert_rule(&file, PLAINTEXT_RANKING, 3, 0);
    assert_int_equal(take(plaintext, &file, 0), AULA_OK);
    assert_memory_equal(plaintext, "\x01\x02\x03\x00", 4);
    assert_int_equal(take(plaintext, &file, 1), AULA_OK);
    assert_memory_equal(plaintext, "\x02\x01\x00\x00", 4);
    assert_int_equal(take(plaintext, &file, 2), AULA_OK);
    assert_memory_equal(plaintext, "\x02\x00\x01\x03", 4);
    assert_int_equal(take(plaintext, &file, 3), AULA_PT_RANK); /* four */
    file.max_length = is(4);
    assert_rule(&file, PLAINTEXT_RANKING, 4, 0);
    assert_int_equal(take(plaintext, &file, 3), AULA_OK);
    assert_memory_equal(plaintext, "\x04\x03\x02\x01", 4);
    file.max_length = is(5);
    assert_rule(&file, PLAINTEXT_RANKING, 4, 0);
    file.max_length.is_there = false;
    assert_rule(&file, PLAINTEXT_RANKING, 4, 0);
    file.max_length = is(0);
    assert_int_equal(rule_code(&file), AULA_SOURCE);
    pabulib_close(&file);
}

/* A ballot that ranks `ranked` of 300 projects. */
static enum aula_code rank_many(const struct pabulib *head, uint16_t ranked)
{
    struct pabulib file = *head;
    struct plaintext_rule rule;
    struct pabulib_vote vote = {.voter = "v", .count = ranked};
    uint16_t choices[300];
    uint8_t plaintext[300];

    for (uint16_t i = 0; i < 300; i++) {
        choices[i] = i;
    }
    file.votes = &vote;
    file.vote_count = 1;
    file.choices = choices;
    assert_int_equal(pabulib_rule(&rule, &file, NULL), AULA_OK);
    assert_int_equal(rule.limit, 255);
    return pabulib_plaintext(plaintext, &rule, &file, NULL, 0, NULL);
}

static void ranks_end_at_255(void **state)
{
    struct pabulib file = {.vote_type = PABULIB_ORDINAL, .project_count = 300};

    (void)state;
    assert_int_equal(rank_many(&file, 255), AULA_OK);
    assert_int_equal(rank_many(&file, 256), AULA_PT_RANK);
    file.max_length = is(300);
    assert_int_equal(rank_many(&file, 300), AULA_PT_RANK);
}

static void a_contest_has_1_to_1000_proposals(void **state)
{
    struct pabulib file = {.vote_type = PABULIB_APPROVAL};

    (void)state;
    assert_int_equal(rule_code(&file), AULA_SOURCE);
    file.project_count = 1;
    assert_int_equal(rule_code(&file), AULA_OK);
    file.project_count = 1000;
    assert_int_equal(rule_code(&file), AULA_OK);
    file.project_count = 1001;
    assert_int_equal(rule_code(&file), AULA_TOO_LARGE);
}

static void a_project_twice_is_reported(void **state)
{
    struct pabulib file;
    struct plaintext_rule rule;
    struct aula_error err;
    uint8_t plaintext[1];

    (void)state;
    pb_open_sample(&file, "odd.pb");
    assert_int_equal(pabulib_rule(&rule, &file, NULL), AULA_OK);
    assert_int_equal(pabulib_plaintext(plaintext, &rule, &file, NULL, 4, &err),
                     AULA_SOURCE);
    assert_string_equal(err.message,
                        "line 33: a project stands twice on the ballot");
    pabulib_close(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(approval_becomes_a_bitmap),
        cmocka_unit_test(approval_is_limited_by_length),
        cmocka_unit_test(a_cost_bound_of_the_budget_is_knapsack),
        cmocka_unit_test(cumulative_becomes_points),
        cmocka_unit_test(points_are_limited_by_what_a_byte_holds),
        cmocka_unit_test(points_below_0_are_no_rule),
        cmocka_unit_test(a_score_left_out_is_the_default),
        cmocka_unit_test(scores_without_limits_are_measured),
        cmocka_unit_test(ordinal_becomes_ranks),
        cmocka_unit_test(ranks_end_at_255),
        cmocka_unit_test(a_contest_has_1_to_1000_proposals),
        cmocka_unit_test(a_project_twice_is_reported),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
