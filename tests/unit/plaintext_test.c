/* SPDX-License-Identifier: Apache-2.0 */
/* What a ballot may say, at every edge of every type. */
#include "plaintext.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "draw.h"

static enum aula_code check(const struct plaintext_rule *rule,
                            const uint8_t *plaintext)
{
    return plaintext_check(rule, plaintext, plaintext_size(rule));
}

static void sizes_follow_type_and_proposals(void **state)
{
    struct plaintext_rule rule = {.type = PLAINTEXT_APPROVAL, .n = 1};

    (void)state;
    assert_int_equal(plaintext_size(&rule), 1);
    assert_int_equal(plaintext_width(&rule), 1);
    rule.n = 240;
    assert_int_equal(plaintext_size(&rule), 30);
    assert_int_equal(plaintext_width(&rule), 1);
    rule.n = 241;
    assert_int_equal(plaintext_size(&rule), 31);
    assert_int_equal(plaintext_width(&rule), 2);
    rule.type = PLAINTEXT_POINTS;
    rule.n = 1000;
    assert_int_equal(plaintext_size(&rule), PLAINTEXT_BYTES_MAX);
    assert_int_equal(plaintext_width(&rule), PLAINTEXT_WIDTH_MAX);
    rule.type = PLAINTEXT_RANKING;
    rule.n = 30;
    assert_int_equal(plaintext_width(&rule), 1);
}

static void another_length_is_padding(void **state)
{
    static const enum plaintext_type types[] = {
        PLAINTEXT_APPROVAL, PLAINTEXT_KNAPSACK, PLAINTEXT_POINTS,
        PLAINTEXT_RANKING};
    static const uint64_t costs[20];
    static const uint8_t zeros[21];

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct plaintext_rule rule = {
            .type = types[i], .n = 20, .limit = 5, .cap = 5, .costs = costs};
        size_t size = plaintext_size(&rule);

        assert_int_equal(plaintext_check(&rule, zeros, size), AULA_OK);
        assert_int_equal(plaintext_check(&rule, zeros, size - 1),
                         AULA_PT_PADDING);
        assert_int_equal(plaintext_check(&rule, zeros, size + 1),
                         AULA_PT_PADDING);
        assert_int_equal(plaintext_check(&rule, zeros, 0), AULA_PT_PADDING);
    }
}

static void approval_takes_as_many_as_the_limit(void **state)
{
    struct plaintext_rule rule = {
        .type = PLAINTEXT_APPROVAL, .n = 12, .limit = 3};
    uint8_t bits[2];

    (void)state;
    for (unsigned value = 0; value < 1U << 12; value++) {
        unsigned chosen = 0;

        for (unsigned q = 0; q < 12; q++) {
            chosen += (value >> q) & 1;
        }
        bits[0] = (uint8_t)value;
        bits[1] = (uint8_t)(value >> 8);
        assert_int_equal(check(&rule, bits),
                         chosen <= 3 ? AULA_OK : AULA_PT_LIMIT);
    }
}

static void bits_beyond_the_last_proposal_are_padding(void **state)
{
    static const uint64_t costs[12];
    struct plaintext_rule rule = {
        .type = PLAINTEXT_APPROVAL, .n = 12, .limit = 12, .costs = costs};

    (void)state;
    for (unsigned q = 12; q < 16; q++) {
        const uint8_t bits[2] = {0xff, (uint8_t)(1U << (q - 8))};

        rule.type = PLAINTEXT_APPROVAL;
        assert_int_equal(check(&rule, bits), AULA_PT_PADDING);
        rule.type = PLAINTEXT_KNAPSACK;
        assert_int_equal(check(&rule, bits), AULA_PT_PADDING);
    }
}

static void a_knapsack_may_be_full_and_not_one_tenge_more(void **state)
{
    static const uint64_t costs[4] = {100, 200, 300, 0};
    struct plaintext_rule rule = {
        .type = PLAINTEXT_KNAPSACK, .n = 4, .budget = 300, .costs = costs};

    (void)state;
    for (uint8_t bits = 0; bits < 16; bits++) {
        uint64_t sum = 0;

        for (unsigned q = 0; q < 4; q++) {
            sum += ((bits >> q) & 1) != 0 ? costs[q] : 0;
        }
        assert_int_equal(check(&rule, &bits),
                         sum <= 300 ? AULA_OK : AULA_PT_LIMIT);
    }
}

static void a_knapsack_whose_sum_overflows_is_over_budget(void **state)
{
    static const uint64_t costs[4] = {UINT64_MAX, 1, UINT64_C(1) << 63,
                                      UINT64_C(1) << 63};
    struct plaintext_rule rule = {.type = PLAINTEXT_KNAPSACK,
                                  .n = 4,
                                  .budget = UINT64_MAX,
                                  .costs = costs};
    uint8_t bits = 1;

    (void)state;
    assert_int_equal(check(&rule, &bits), AULA_OK);
    bits = 3;
    assert_int_equal(check(&rule, &bits), AULA_PT_LIMIT);
    bits = 12;
    assert_int_equal(check(&rule, &bits), AULA_PT_LIMIT);
    bits = 6;
    assert_int_equal(check(&rule, &bits), AULA_OK);
    bits = 15;
    assert_int_equal(check(&rule, &bits), AULA_PT_LIMIT);
    rule.budget = 10;
    bits = 4;
    assert_int_equal(check(&rule, &bits), AULA_PT_LIMIT);
    rule.budget = (UINT64_C(1) << 63) - 1;
    assert_int_equal(check(&rule, &bits), AULA_PT_LIMIT);
    rule.budget++;
    assert_int_equal(check(&rule, &bits), AULA_OK);
}

static void points_have_a_cap_and_a_sum(void **state)
{
    struct plaintext_rule rule = {
        .type = PLAINTEXT_POINTS, .n = 3, .limit = 10, .cap = 5};

    (void)state;
    for (unsigned i = 0; i < 7 * 7 * 7; i++) {
        const uint8_t points[3] = {(uint8_t)(i % 7), (uint8_t)(i / 7 % 7),
                                   (uint8_t)(i / 49)};
        int fits = points[0] <= 5 && points[1] <= 5 && points[2] <= 5 &&
                   points[0] + points[1] + points[2] <= 10;

        assert_int_equal(check(&rule, points), fits ? AULA_OK : AULA_PT_LIMIT);
    }
}

static void a_sum_of_255_000_points_is_held(void **state)
{
    struct plaintext_rule rule = {
        .type = PLAINTEXT_POINTS, .n = 1000, .limit = 65535, .cap = 255};
    uint8_t points[1000];

    (void)state;
    memset(points, 255, sizeof points);
    assert_int_equal(check(&rule, points), AULA_PT_LIMIT);
    memset(points, 0, sizeof points);
    memset(points, 255, 257);
    assert_int_equal(check(&rule, points), AULA_OK);
    points[999] = 1;
    assert_int_equal(check(&rule, points), AULA_PT_LIMIT);
}

/* Are the non-zero values exactly 1..m for some m <= limit, each once? */
static int is_ranking(const uint8_t *ranks, size_t n, unsigned limit)
{
    unsigned given = 0;

    for (size_t q = 0; q < n; q++) {
        given += ranks[q] != 0;
        for (size_t p = 0; p < q; p++) {
            if (ranks[q] != 0 && ranks[q] == ranks[p]) {
                return 0;
            }
        }
    }
    for (size_t q = 0; q < n; q++) {
        if (ranks[q] > given) {
            return 0;
        }
    }
    return given <= limit;
}

static void a_ranking_gives_each_rank_once_without_a_gap(void **state)
{
    struct plaintext_rule rule = {
        .type = PLAINTEXT_RANKING, .n = 4, .limit = 3};

    (void)state;
    for (unsigned i = 0; i < 6 * 6 * 6 * 6; i++) {
        const uint8_t ranks[4] = {(uint8_t)(i % 6), (uint8_t)(i / 6 % 6),
                                  (uint8_t)(i / 36 % 6), (uint8_t)(i / 216)};

        assert_int_equal(check(&rule, ranks),
                         is_ranking(ranks, 4, 3) ? AULA_OK : AULA_PT_RANK);
    }
}

static void a_ranking_of_255_among_a_thousand_is_taken(void **state)
{
    struct plaintext_rule rule = {
        .type = PLAINTEXT_RANKING, .n = 1000, .limit = 255};
    uint8_t ranks[1000] = {0};

    (void)state;
    for (unsigned i = 0; i < 255; i++) {
        ranks[i * 3] = (uint8_t)(255 - i);
    }
    assert_int_equal(check(&rule, ranks), AULA_OK);
    ranks[1] = 255;
    assert_int_equal(check(&rule, ranks), AULA_PT_RANK);
    ranks[1] = 0;
    ranks[0] = 0;
    assert_int_equal(check(&rule, ranks), AULA_OK);
    ranks[3] = 0;
    ranks[0] = 255;
    assert_int_equal(check(&rule, ranks), AULA_PT_RANK);
}

/* The points of a plaintext of two chunks, of which the second is short. */
static void embed_two(uint8_t points[static 64], const uint8_t *plaintext,
                      size_t size)
{
    uint8_t chunks[60] = {0};

    memcpy(chunks, plaintext, size);
    assert_int_equal(embed_chunk(points, chunks), AULA_OK);
    assert_int_equal(embed_chunk(points + 32, chunks + 30), AULA_OK);
}

static void a_ballot_is_read_back_from_its_points(void **state)
{
    struct plaintext_rule rule = {
        .type = PLAINTEXT_POINTS, .n = 40, .limit = 600, .cap = 20};
    uint8_t plaintext[40];
    uint8_t back[40];
    uint8_t points[64];

    (void)state;
    for (unsigned i = 0; i < 40; i++) {
        plaintext[i] = (uint8_t)(i % 21);
    }
    embed_two(points, plaintext, 40);
    assert_int_equal(plaintext_decode(back, &rule, points), AULA_OK);
    assert_memory_equal(back, plaintext, 40);
}

static void
what_is_wrong_with_a_ballot_is_named_and_zeros_are_given(void **state)
{
    static const uint8_t zeros[40];
    struct plaintext_rule rule = {
        .type = PLAINTEXT_POINTS, .n = 40, .limit = 100, .cap = 20};
    uint8_t plaintext[60] = {0};
    uint8_t back[40];
    uint8_t points[64];

    (void)state;
    plaintext[39] = 21;
    memset(back, 7, sizeof back);
    embed_two(points, plaintext, 40);
    assert_int_equal(plaintext_decode(back, &rule, points), AULA_PT_LIMIT);
    assert_memory_equal(back, zeros, sizeof zeros);
    plaintext[40] = 1;
    memset(back, 7, sizeof back);
    embed_two(points, plaintext, 60);
    assert_int_equal(plaintext_decode(back, &rule, points), AULA_PT_PADDING);
    assert_memory_equal(back, zeros, sizeof zeros);
    memset(points, 0, 32);
    assert_int_equal(plaintext_decode(back, &rule, points), AULA_PT_EMBED);
    rule.type = PLAINTEXT_RANKING;
    rule.limit = 40;
    memset(plaintext, 0, sizeof plaintext);
    plaintext[3] = 2;
    embed_two(points, plaintext, 40);
    assert_int_equal(plaintext_decode(back, &rule, points), AULA_PT_RANK);
}

static void the_first_error_by_chunk_wins(void **state)
{
    struct plaintext_rule rule = {
        .type = PLAINTEXT_POINTS, .n = 40, .limit = 100, .cap = 20};
    uint8_t plaintext[40] = {0};
    uint8_t back[40];
    uint8_t points[64];

    (void)state;
    plaintext[0] = 21;
    embed_two(points, plaintext, 40);
    do {
        points[0] = (uint8_t)(points[0] + 2);
        assert_true(points[0] != 0);
    } while (group_check_point(points) != AULA_OK);
    memset(points + 32, 0, 32);
    assert_int_equal(plaintext_decode(back, &rule, points), AULA_PT_COUNTER);
    embed_two(points, plaintext, 40);
    memset(points + 32, 0, 32);
    assert_int_equal(plaintext_decode(back, &rule, points), AULA_PT_EMBED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_follow_type_and_proposals),
        cmocka_unit_test(another_length_is_padding),
        cmocka_unit_test(approval_takes_as_many_as_the_limit),
        cmocka_unit_test(bits_beyond_the_last_proposal_are_padding),
        cmocka_unit_test(a_knapsack_may_be_full_and_not_one_tenge_more),
        cmocka_unit_test(a_knapsack_whose_sum_overflows_is_over_budget),
        cmocka_unit_test(points_have_a_cap_and_a_sum),
        cmocka_unit_test(a_sum_of_255_000_points_is_held),
        cmocka_unit_test(a_ranking_gives_each_rank_once_without_a_gap),
        cmocka_unit_test(a_ranking_of_255_among_a_thousand_is_taken),
        cmocka_unit_test(a_ballot_is_read_back_from_its_points),
        cmocka_unit_test(
            what_is_wrong_with_a_ballot_is_named_and_zeros_are_given),
        cmocka_unit_test(the_first_error_by_chunk_wins),
    };

    return sodium_init() < 0
               ? 1
               : cmocka_run_group_tests_name("plaintext", tests, NULL, NULL);
}
