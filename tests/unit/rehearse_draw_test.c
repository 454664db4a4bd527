/* SPDX-License-Identifier: Apache-2.0 */
/* Draws of a rehearsal: they can be repeated, and whatever is drawn the rules
 * allow. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "rehearse_draw.h"
#include "rehearse_voter.h"

enum { PROPOSALS = 9, DRAWS = 500 };

static const uint64_t costs[PROPOSALS] = {10, 20, 30, 40, 50, 60, 70, 80, 300};
static const struct plaintext_rule rules[] = {
    {PLAINTEXT_APPROVAL, PROPOSALS, 3, 0, 100, costs},
    {PLAINTEXT_APPROVAL, PROPOSALS, PROPOSALS, 0, 100, costs},
    {PLAINTEXT_KNAPSACK, PROPOSALS, 0, 0, 100, costs},
    {PLAINTEXT_POINTS, PROPOSALS, 7, 5, 100, costs},
    {PLAINTEXT_POINTS, PROPOSALS, 65535, 255, 100, costs},
    {PLAINTEXT_RANKING, PROPOSALS, 4, 0, 100, costs},
    {PLAINTEXT_RANKING, 1, 1, 0, 100, costs},
};

static void draw_one(uint8_t *plaintext, const struct plaintext_rule *rule,
                     uint64_t seed, uint64_t index)
{
    struct rehearse_draw draw;

    rehearse_draw_start(&draw, seed, REHEARSE_CHOICES, index);
    rehearse_draw_plaintext(plaintext, rule, &draw);
}

static void drawn_ballots_keep_the_rules(void **state)
{
    uint8_t plaintext[PLAINTEXT_BYTES_MAX];

    (void)state;
    for (size_t r = 0; r < sizeof rules / sizeof *rules; r++) {
        size_t filled = 0;
        size_t size = plaintext_size(&rules[r]);

        for (uint64_t i = 0; i < DRAWS; i++) {
            draw_one(plaintext, &rules[r], 1, i);
            assert_int_equal(plaintext_check(&rules[r], plaintext, size),
                             AULA_OK);
            filled += !sodium_is_zero(plaintext, size);
        }
        assert_true(filled > DRAWS / 2);
        assert_true(filled < DRAWS);
    }
}

/* Which one is popular is another matter of another seed. */
static void every_proposal_is_drawn_and_some_are_popular(void **state)
{
    (void)state;
    for (uint64_t seed = 2; seed < 4; seed++) {
        size_t marks[PROPOSALS] = {0};
        uint8_t plaintext[2];

        for (uint64_t i = 0; i < DRAWS; i++) {
            draw_one(plaintext, &rules[0], seed, i);
            for (size_t q = 0; q < PROPOSALS; q++) {
                marks[q] += ((unsigned)plaintext[q / 8] >> (q % 8)) & 1U;
            }
        }
        for (size_t q = 0; q < PROPOSALS; q++) {
            assert_in_range(marks[q], DRAWS / 50, DRAWS * 9 / 10);
        }
        assert_true(marks[seed % PROPOSALS] >
                    2 * marks[(seed + PROPOSALS - 1) % PROPOSALS]);
    }
}

static void the_same_seed_gives_the_same_ballot(void **state)
{
    uint8_t a[PROPOSALS];
    uint8_t b[PROPOSALS];
    size_t different = 0;

    (void)state;
    for (uint64_t i = 0; i < DRAWS; i++) {
        draw_one(a, &rules[3], 3, i);
        draw_one(b, &rules[3], 3, i);
        assert_memory_equal(a, b, sizeof a);
        draw_one(b, &rules[3], 4, i);
        different += memcmp(a, b, sizeof a) != 0;
        draw_one(b, &rules[3], 3, i + 1);
        different += memcmp(a, b, sizeof a) != 0;
    }
    assert_true(different > DRAWS);
}

static void a_number_is_below_its_bound(void **state)
{
    struct rehearse_draw draw;
    size_t met[7] = {0};

    (void)state;
    rehearse_draw_start(&draw, 5, REHEARSE_CHALLENGE, 0);
    for (size_t i = 0; i < 7 * DRAWS; i++) {
        uint32_t number = rehearse_draw_below(&draw, 7);

        assert_true(number < 7);
        met[number]++;
        assert_int_equal(rehearse_draw_below(&draw, 1), 0);
    }
    for (size_t i = 0; i < 7; i++) {
        assert_in_range(met[i], DRAWS * 8 / 10, DRAWS * 12 / 10);
    }
    /* More than half of all words are too large for this one. */
    for (size_t i = 0; i < DRAWS; i++) {
        assert_true(rehearse_draw_below(&draw, 0x80000001) <= 0x80000000);
    }
}

static void an_order_holds_everything_once(void **state)
{
    uint32_t list[DRAWS];
    uint32_t again[DRAWS];
    uint8_t met[DRAWS] = {0};
    size_t moved = 0;

    (void)state;
    for (uint32_t i = 0; i < DRAWS; i++) {
        list[i] = again[i] = i;
    }
    rehearse_draw_order(list, DRAWS, 6);
    rehearse_draw_order(again, DRAWS, 6);
    assert_memory_equal(list, again, sizeof list);
    for (uint32_t i = 0; i < DRAWS; i++) {
        assert_int_equal(met[list[i]]++, 0);
        moved += list[i] != i;
    }
    assert_true(moved > DRAWS * 9 / 10);
    rehearse_draw_order(again, 0, 6);
    rehearse_draw_order(again, 1, 6);
}

static void identifiers_are_accepted_and_all_different(void **state)
{
    static const uint64_t places[] = {
        0, 1, 2, 9, 10, 999999, 1000000, 12345678, REHEARSE_VOTERS_MAX - 1};
    char typed[REHEARSE_VOTER_BYTES];
    char last[REHEARSE_VOTER_BYTES] = "";

    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        for (int scheme = TAG_SCHEME_DIGITS; scheme <= TAG_SCHEME_IIN;
             scheme++) {
            rehearse_voter(typed, (enum tag_scheme)scheme, places[i]);
            assert_int_equal(strlen(typed), TAG_DIGITS);
            assert_int_equal(tag_check_identifier((enum tag_scheme)scheme,
                                                  typed, TAG_DIGITS, NULL),
                             AULA_OK);
            assert_memory_equal(typed + 2, "99", 2);
        }
    }
    for (uint64_t place = 0; place < 5000; place++) {
        rehearse_voter(typed, TAG_SCHEME_IIN, place);
        assert_int_equal(tag_check_identifier(TAG_SCHEME_IIN, typed, TAG_DIGITS,
                                              NULL),
                         AULA_OK);
        assert_true(strcmp(typed, last) > 0);
        memcpy(last, typed, sizeof last);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drawn_ballots_keep_the_rules),
        cmocka_unit_test(every_proposal_is_drawn_and_some_are_popular),
        cmocka_unit_test(the_same_seed_gives_the_same_ballot),
        cmocka_unit_test(a_number_is_below_its_bound),
        cmocka_unit_test(an_order_holds_everything_once),
        cmocka_unit_test(identifiers_are_accepted_and_all_different),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
