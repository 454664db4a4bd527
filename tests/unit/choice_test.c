/* SPDX-License-Identifier: Apache-2.0 */
/* Choices as they are typed, and the bytes that they become. */
#include "choice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum { PROPOSALS = 300 };

/* Proposals a, b=1, c, and then many of the id z. */
struct bench {
    struct package_text ids[PROPOSALS];
    uint64_t costs[PROPOSALS];
    struct package_contest contest;
    uint8_t plaintext[PROPOSALS];
    struct aula_error err;
};

static void start(struct bench *bench, enum plaintext_type type, uint16_t n)
{
    *bench = (struct bench){
        .ids = {{"a", 1}, {"b=1", 3}, {"c", 1}},
        .contest = {.rule = {.type = type, .n = n, .costs = bench->costs},
                    .ids = bench->ids}};
    for (size_t i = 3; i < PROPOSALS; i++) {
        bench->ids[i] = (struct package_text){"z", 1};
    }
    memset(bench->plaintext, 0x5a, sizeof bench->plaintext);
}

static enum aula_code choose(struct bench *bench, enum choice_form form,
                             const char *list)
{
    return choice_read(bench->plaintext, &bench->contest, form, list,
                       &bench->err);
}

/* Refused, nothing left, and no id in the message. */
static void refuses(struct bench *bench, enum choice_form form,
                    const char *list, enum aula_code code, const char *message)
{
    static const uint8_t zeros[PROPOSALS];

    assert_int_equal(choose(bench, form, list), code);
    assert_string_equal(bench->err.message, message);
    assert_memory_equal(bench->plaintext, zeros,
                        plaintext_size(&bench->contest.rule));
}

static void ids_become_bits(void **state)
{
    struct bench bench;

    (void)state;
    start(&bench, PLAINTEXT_APPROVAL, 9);
    bench.ids[8] = (struct package_text){"last", 4};
    assert_int_equal(choose(&bench, CHOICE_IDS, "c,a,last"), AULA_OK);
    assert_memory_equal(bench.plaintext, "\x05\x01\x5a", 3);
    bench.contest.rule.type = PLAINTEXT_KNAPSACK;
    assert_int_equal(choose(&bench, CHOICE_IDS, "b=1"), AULA_OK);
    assert_memory_equal(bench.plaintext, "\x02\x00\x5a", 3);
}

static void points_stand_behind_the_last_equals_sign(void **state)
{
    struct bench bench;

    (void)state;
    start(&bench, PLAINTEXT_POINTS, 3);
    assert_int_equal(choose(&bench, CHOICE_POINTS, "c=255,b=1=7"), AULA_OK);
    assert_memory_equal(bench.plaintext, "\x00\x07\xff\x5a", 4);
}

static void ranks_follow_the_order_of_the_list(void **state)
{
    struct bench bench;

    (void)state;
    start(&bench, PLAINTEXT_RANKING, 3);
    assert_int_equal(choose(&bench, CHOICE_RANKS, "c,a"), AULA_OK);
    assert_memory_equal(bench.plaintext, "\x02\x00\x01\x5a", 4);
}

static void a_blank_ballot_fits_every_contest(void **state)
{
    (void)state;
    for (int type = PLAINTEXT_APPROVAL; type <= PLAINTEXT_RANKING; type++) {
        struct bench bench;

        start(&bench, (enum plaintext_type)type, 3);
        assert_int_equal(choose(&bench, CHOICE_BLANK, NULL), AULA_OK);
        assert_int_equal(bench.plaintext[0], 0);
        assert_int_equal(plaintext_check(&bench.contest.rule, bench.plaintext,
                                         plaintext_size(&bench.contest.rule)),
                         AULA_OK);
    }
}

static void a_form_of_another_contest_is_refused(void **state)
{
    struct bench bench;

    (void)state;
    start(&bench, PLAINTEXT_APPROVAL, 3);
    refuses(&bench, CHOICE_RANKS, "a", AULA_BAD_FIELD,
            "this contest takes --choose ID,ID");
    refuses(&bench, CHOICE_POINTS, "a=1", AULA_BAD_FIELD,
            "this contest takes --choose ID,ID");
    start(&bench, PLAINTEXT_KNAPSACK, 3);
    refuses(&bench, CHOICE_RANKS, "a", AULA_BAD_FIELD,
            "this contest takes --choose ID,ID");
    start(&bench, PLAINTEXT_POINTS, 3);
    refuses(&bench, CHOICE_IDS, "a", AULA_BAD_FIELD,
            "this contest takes --points ID=N,ID=N");
    start(&bench, PLAINTEXT_RANKING, 3);
    refuses(&bench, CHOICE_IDS, "a", AULA_BAD_FIELD,
            "this contest takes --rank ID,ID");
}

static void what_is_no_proposal_is_named_by_its_place(void **state)
{
    static const struct {
        const char *list;
        const char *message;
    } lists[] = {
        {"", "place 1 of the list is no proposal of this contest"},
        {"a,", "place 2 of the list is no proposal of this contest"},
        {"a,,c", "place 2 of the list is no proposal of this contest"},
        {"a, c", "place 2 of the list is no proposal of this contest"},
        {"A", "place 1 of the list is no proposal of this contest"},
        {"a,c,aa", "place 3 of the list is no proposal of this contest"},
        {"a,c,a", "place 3 of the list stood there before"},
    };
    struct bench bench;

    (void)state;
    start(&bench, PLAINTEXT_APPROVAL, 3);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        refuses(&bench, CHOICE_IDS, lists[i].list, AULA_BAD_FIELD,
                lists[i].message);
    }
    start(&bench, PLAINTEXT_RANKING, 3);
    refuses(&bench, CHOICE_RANKS, "a,c,a", AULA_BAD_FIELD,
            "place 3 of the list stood there before");
}

static void points_that_are_none_are_refused(void **state)
{
    static const char *const lists[] = {"a=", "a=0", "a=01", "a=-1", "a=x"};
    struct bench bench;

    (void)state;
    start(&bench, PLAINTEXT_POINTS, 3);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        refuses(&bench, CHOICE_POINTS, lists[i], AULA_BAD_FIELD,
                "place 1 of the list is not ID=N");
    }
    refuses(&bench, CHOICE_POINTS, "c=1,a", AULA_BAD_FIELD,
            "place 2 of the list is no proposal of this contest");
    refuses(&bench, CHOICE_POINTS, "c=256", AULA_PT_LIMIT,
            "place 1 of the list is above 255");
}

static void the_256th_rank_is_above_the_limit(void **state)
{
    struct bench bench;
    char names[256][4];
    char list[256 * 4 + 1];
    size_t size = 0;

    (void)state;
    start(&bench, PLAINTEXT_RANKING, PROPOSALS);
    for (size_t i = 0; i < 256; i++) {
        (void)snprintf(names[i], sizeof names[i], "%03u", (unsigned)i);
        bench.ids[i] = (struct package_text){names[i], 3};
        size += (size_t)snprintf(list + size, sizeof list - size, "%s,",
                                 names[i]);
    }
    list[size - 1] = '\0';
    refuses(&bench, CHOICE_RANKS, list, AULA_PT_LIMIT,
            "place 256 of the list is above 255");
    list[size - 5] = '\0';
    assert_int_equal(choose(&bench, CHOICE_RANKS, list), AULA_OK);
    assert_int_equal(bench.plaintext[254], 255);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_become_bits),
        cmocka_unit_test(points_stand_behind_the_last_equals_sign),
        cmocka_unit_test(ranks_follow_the_order_of_the_list),
        cmocka_unit_test(a_blank_ballot_fits_every_contest),
        cmocka_unit_test(a_form_of_another_contest_is_refused),
        cmocka_unit_test(what_is_no_proposal_is_named_by_its_place),
        cmocka_unit_test(points_that_are_none_are_refused),
        cmocka_unit_test(the_256th_rank_is_above_the_limit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
