/* SPDX-License-Identifier: Apache-2.0 */
/* The ballots of a rehearsal: which are taken of a file, and who gets them. */
#include "pabulib_sample.h"

#include "pabulib_ballot.h"
#include "rehearse_votes.h"

enum { SEED = 7 };

/* A package of two contests: nobody's, and that of a file. */
struct room {
    struct pabulib file;
    struct package package;
    struct package_contest contests[2];
    struct package_text *ids;
};

static void open_room(struct room *room, const char *name)
{
    static const struct package_text other = {"other", 5};
    static const uint64_t cost = 1;

    memset(room, 0, sizeof *room);
    pb_open_sample(&room->file, name);
    room->ids = calloc(room->file.project_count, sizeof *room->ids);
    assert_non_null(room->ids);
    for (size_t i = 0; i < room->file.project_count; i++) {
        room->ids[i] = (struct package_text){room->file.projects[i].id.text,
                                             room->file.projects[i].id.size};
    }
    room->contests[0] = (struct package_contest){
        .rule = {PLAINTEXT_APPROVAL, 1, 1, 0, 1, &cost}, .ids = &other};
    room->contests[1].ids = room->ids;
    assert_int_equal(pabulib_rule(&room->contests[1].rule, &room->file, NULL),
                     AULA_OK);
    room->package.contest_count = 2;
    room->package.contests = room->contests;
}

static void close_room(struct room *room)
{
    free(room->ids);
    pabulib_close(&room->file);
}

static void ballots_that_break_the_rules_are_left_out(void **state)
{
    struct room room;
    struct rehearse_votes votes;

    (void)state;
    open_room(&room, "odd.pb");
    assert_int_equal(rehearse_votes_of_file(&votes, &room.package, &room.file,
                                            SIZE_MAX, SEED, NULL),
                     AULA_OK);
    assert_int_equal(votes.count, 4);
    assert_int_equal(votes.refused, 1);
    assert_int_equal(votes.refused_lines[0], room.file.votes[4].line);
    rehearse_votes_close(&votes);
    close_room(&room);
}

/* Each ballot of the file comes out once, as the plaintext that it is. */
static void every_ballot_of_a_file_comes_once(void **state)
{
    struct room room;
    struct rehearse_votes votes;
    uint8_t got[PLAINTEXT_BYTES_MAX];
    uint8_t wanted[PLAINTEXT_BYTES_MAX];
    const struct plaintext_rule *rule = &room.contests[1].rule;
    bool met[16] = {false};

    (void)state;
    open_room(&room, "approval.pb");
    assert_int_equal(rehearse_votes_of_file(&votes, &room.package, &room.file,
                                            SIZE_MAX, SEED, NULL),
                     AULA_OK);
    assert_int_equal(votes.count, 4);
    for (size_t place = 0; place < votes.count; place++) {
        size_t vote = votes.order[place];

        assert_int_equal(rehearse_votes_get(&votes, got, place), 1);
        assert_int_equal(pabulib_plaintext(wanted, rule, &room.file, NULL, vote,
                                           NULL),
                         AULA_OK);
        assert_memory_equal(got, wanted, plaintext_size(rule));
        assert_false(met[vote]);
        met[vote] = true;
    }
    rehearse_votes_close(&votes);
    close_room(&room);
}

static void the_first_ones_of_a_file_are_enough(void **state)
{
    struct room room;
    struct rehearse_votes votes;

    (void)state;
    open_room(&room, "approval.pb");
    assert_int_equal(rehearse_votes_of_file(&votes, &room.package, &room.file,
                                            3, SEED, NULL),
                     AULA_OK);
    assert_int_equal(votes.count, 3);
    for (size_t place = 0; place < 3; place++) {
        assert_true(votes.order[place] < 3);
    }
    rehearse_votes_close(&votes);
    close_room(&room);
}

static void a_file_of_other_projects_is_refused(void **state)
{
    static const struct rehearse_votes empty;
    struct rehearse_votes votes;
    struct room room;

    (void)state;
    open_room(&room, "approval.pb");
    room.ids[2].size--;
    for (uint16_t contests = 1; contests <= 2; contests++) {
        room.package.contest_count = contests;
        assert_int_equal(rehearse_votes_of_file(&votes, &room.package,
                                                &room.file, SIZE_MAX, SEED,
                                                NULL),
                         AULA_SOURCE);
        assert_memory_equal(&votes, &empty, sizeof votes);
    }
    close_room(&room);
}

static void a_file_without_a_good_ballot_is_refused(void **state)
{
    struct rehearse_votes votes;
    struct room room;

    (void)state;
    open_room(&room, "approval.pb");
    assert_int_equal(rehearse_votes_of_file(&votes, &room.package, &room.file,
                                            0, SEED, NULL),
                     AULA_SOURCE);
    close_room(&room);
}

static void drawn_ballots_are_for_all_contests(void **state)
{
    struct room room;
    struct rehearse_votes votes;
    uint8_t plaintext[PLAINTEXT_BYTES_MAX];
    size_t met[2] = {0};

    (void)state;
    open_room(&room, "cumulative.pb");
    rehearse_votes_draw(&votes, &room.package, 400, SEED);
    assert_int_equal(votes.count, 400);
    for (size_t place = 0; place < votes.count; place++) {
        uint16_t contest = rehearse_votes_get(&votes, plaintext, place);
        const struct plaintext_rule *rule = &room.contests[contest].rule;

        met[contest]++;
        assert_int_equal(plaintext_check(rule, plaintext, plaintext_size(rule)),
                         AULA_OK);
    }
    assert_in_range(met[0], 100, 300);
    rehearse_votes_close(&votes);
    close_room(&room);
}

static void terminals_share_all_ballots(void **state)
{
    static const struct package package;
    struct rehearse_votes votes;

    (void)state;
    for (size_t count = 0; count < 20; count++) {
        rehearse_votes_draw(&votes, &package, count, SEED);
        for (unsigned terminals = 1; terminals < 8; terminals++) {
            size_t sum = 0;

            for (unsigned number = 0; number < terminals; number++) {
                size_t share = rehearse_votes_share(&votes, terminals, number);

                sum += share;
                assert_true(share == 0 ||
                            (share - 1) * terminals + number < count);
            }
            assert_int_equal(sum, count);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ballots_that_break_the_rules_are_left_out),
        cmocka_unit_test(every_ballot_of_a_file_comes_once),
        cmocka_unit_test(the_first_ones_of_a_file_are_enough),
        cmocka_unit_test(a_file_of_other_projects_is_refused),
        cmocka_unit_test(a_file_without_a_good_ballot_is_refused),
        cmocka_unit_test(drawn_ballots_are_for_all_contests),
        cmocka_unit_test(terminals_share_all_ballots),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
