/* SPDX-License-Identifier: Apache-2.0 */
/* An election as its package says it, and whether a package is that of an
 * election: what is shown must be what is encrypted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "election.h"
#include "file.h"

/* An election, what its package says, and such a package. */
struct desk {
    struct election election;
    struct election_draft draft;
    struct package package;
};

static int open_desk(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);
    struct election *election = &desk->election;
    uint8_t *bytes = NULL;
    size_t size = 0;

    assert_int_equal(file_read(&bytes, &size, "tests/data/elections/whole.json",
                               ELECTION_BYTES_MAX, NULL),
                     AULA_OK);
    assert_int_equal(election_open(election, NULL, bytes, size, NULL), AULA_OK);
    free(bytes);
    assert_int_equal(election_draft_open(&desk->draft, election, NULL),
                     AULA_OK);
    desk->package =
        (struct package){.opens = election_opens(election),
                         .closes = election_closes(election),
                         .id_scheme = election->id_scheme,
                         .tag_stretch = election->tag_stretch,
                         .one_per = election->one_per,
                         .mode = election->mode,
                         .min_anon = election->min_anon,
                         .title = desk->draft.title,
                         .contest_count = (uint16_t)desk->draft.count,
                         .contests = desk->draft.contests};
    *state = desk;
    return 0;
}

static int close_desk(void **state)
{
    struct desk *desk = *state;

    election_draft_close(&desk->draft);
    election_close(&desk->election);
    free(desk);
    return 0;
}

static void expect_text(struct package_text text, const char *wanted)
{
    assert_int_equal(text.size, strlen(wanted));
    assert_memory_equal(text.text, wanted, text.size);
}

static void names_stand_in_both_languages(void **state)
{
    const struct desk *desk = *state;
    const struct package_contest *contests = desk->draft.contests;

    expect_text(desk->draft.title, "Сынақ дауысы / Пробное голосование");
    expect_text(contests[0].name, "Шағын үйлер / Малые дома");
    expect_text(contests[0].names[2], "Орындықтар / Скамейки");
}

static void a_name_that_both_share_stands_once(void **state)
{
    const struct desk *desk = *state;

    expect_text(desk->draft.contests[1].names[0], "Тротуар");
}

static void ids_costs_and_limits_are_those_of_the_election(void **state)
{
    const struct desk *desk = *state;
    const struct package_contest *contests = desk->draft.contests;

    assert_int_equal(desk->draft.count, 4);
    expect_text(contests[1].ids[0], "BO.D18.22/23");
    assert_int_equal(contests[0].rule.n, 3);
    assert_int_equal(contests[0].rule.limit, 2);
    assert_int_equal(contests[0].rule.costs[1], 4200000);
    assert_int_equal(contests[1].rule.type, PLAINTEXT_KNAPSACK);
    assert_int_equal(contests[1].rule.limit, 0);
    assert_int_equal(contests[2].rule.cap, 5);
    assert_int_equal(contests[2].rule.budget, 20000000);
    assert_int_equal(contests[3].rule.type, PLAINTEXT_RANKING);
}

static void a_closed_draft_is_empty(void **state)
{
    struct election_draft draft;
    const struct desk *desk = *state;

    assert_int_equal(election_draft_open(&draft, &desk->election, NULL),
                     AULA_OK);
    election_draft_close(&draft);
    assert_null(draft.contests);
    election_draft_close(&draft);
    election_draft_close(NULL);
}

static enum aula_code compare(const struct desk *desk)
{
    return election_compare(&desk->election, &desk->package, NULL);
}

static void expect_other(const struct desk *desk, const char *what)
{
    struct aula_error err = {.message = ""};

    assert_int_equal(election_compare(&desk->election, &desk->package, &err),
                     AULA_SOURCE);
    if (strstr(err.message, what) == NULL) {
        fail_msg("%s, not %s", err.message, what);
    }
}

static void its_own_package_is_the_same(void **state)
{
    assert_int_equal(compare(*state), AULA_OK);
}

static void another_head_is_named(void **state)
{
    struct desk *desk = *state;
    struct package same = desk->package;
    char title[128];

    desk->package.title.size--;
    expect_other(desk, "title");
    desk->package = same;
    assert_true(same.title.size < sizeof title);
    memcpy(title, same.title.text, same.title.size);
    title[same.title.size - 1] ^= 1;
    desk->package.title.text = title;
    expect_other(desk, "title");
    desk->package = same;
    desk->package.mode = PACKAGE_REHEARSAL;
    expect_other(desk, "mode");
    desk->package = same;
    desk->package.id_scheme = TAG_SCHEME_DIGITS;
    expect_other(desk, "rules of voters");
    desk->package = same;
    desk->package.tag_stretch = TAG_STRETCH_NONE;
    expect_other(desk, "rules of voters");
    desk->package = same;
    desk->package.one_per = PACKAGE_ONE_PER_ELECTION;
    expect_other(desk, "rules of voters");
    desk->package = same;
    desk->package.min_anon++;
    expect_other(desk, "least anonymity");
    desk->package = same;
    desk->package.opens--;
    expect_other(desk, "dates");
    desk->package = same;
    desk->package.closes++;
    expect_other(desk, "dates");
    desk->package = same;
    desk->package.contest_count--;
    expect_other(desk, "count of contests");
}

static void another_contest_is_named(void **state)
{
    struct desk *desk = *state;
    struct package_contest *contest = &desk->package.contests[2];
    struct package_contest same = *contest;
    struct package_text two[2];
    uint64_t costs[2];

    contest->name.size--;
    expect_other(desk, "contest 2: name");
    *contest = same;
    contest->rule.cap++;
    expect_other(desk, "contest 2: type, limit, cap or budget");
    *contest = same;
    contest->rule.budget--;
    expect_other(desk, "contest 2: type, limit, cap or budget");
    *contest = same;
    contest->rule.n--;
    expect_other(desk, "contest 2: number of proposals");
    *contest = same;
    memcpy(two, same.ids, sizeof two);
    two[1].size--;
    contest->ids = two;
    expect_other(desk, "contest 2: id, title or cost");
    *contest = same;
    memcpy(two, same.names, sizeof two);
    two[0] = two[1];
    contest->names = two;
    expect_other(desk, "contest 2: id, title or cost");
    *contest = same;
    memcpy(costs, same.rule.costs, sizeof costs);
    costs[1]--;
    contest->rule.costs = costs;
    expect_other(desk, "contest 2: id, title or cost");
    *contest = same;
    assert_int_equal(compare(desk), AULA_OK);
}

#define WITH_DESK(test)                                                        \
    cmocka_unit_test_setup_teardown(test, open_desk, close_desk)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_DESK(names_stand_in_both_languages),
        WITH_DESK(a_name_that_both_share_stands_once),
        WITH_DESK(ids_costs_and_limits_are_those_of_the_election),
        WITH_DESK(a_closed_draft_is_empty),
        WITH_DESK(its_own_package_is_the_same),
        WITH_DESK(another_head_is_named),
        WITH_DESK(another_contest_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
