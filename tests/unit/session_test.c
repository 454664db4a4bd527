/* SPDX-License-Identifier: Apache-2.0 */
/* Check-in: who is admitted, for which contests, and what the day counts. */
#include "terminal_desk_chain.h"
#include "terminal_desk_roll.h"

#include "cheap_pwhash.h"
#include "vfs.h"

static const uint8_t yards[1] = {0x05};
static const uint8_t parks[3] = {2, 0, 3};

static enum aula_code look_up(struct desk *desk, struct session_lookup *lookup,
                              const char *typed)
{
    return session_look_up(desk->terminal, lookup, typed, strlen(typed), NULL);
}

static struct session_lookup found(struct desk *desk, const char *typed)
{
    struct session_lookup lookup;

    assert_int_equal(look_up(desk, &lookup, typed), AULA_OK);
    return lookup;
}

static enum aula_code prepare(struct desk *desk, uint16_t contest)
{
    struct session_ballot ballot;

    return session_prepare(desk->terminal, &ballot, contest,
                           contest == 0 ? yards : parks,
                           contest == 0 ? sizeof yards : sizeof parks, NULL);
}

static void cast(struct desk *desk, uint16_t contest)
{
    assert_int_equal(prepare(desk, contest), AULA_OK);
    assert_int_equal(session_cast(desk->terminal, NULL), AULA_OK);
}

static void leave(struct desk *desk, bool has_cast)
{
    bool was_cast = !has_cast;

    assert_int_equal(session_leave(desk->terminal, &was_cast, NULL), AULA_OK);
    assert_int_equal(was_cast, has_cast);
}

static void must_be_left(const struct desk *desk, size_t count, uint16_t first)
{
    uint16_t contests[PACKAGE_CONTESTS_MAX];

    assert_int_equal(session_left(desk->terminal, NULL), count);
    assert_int_equal(session_left(desk->terminal, contests), count);
    if (count > 0) {
        assert_int_equal(contests[0], first);
        assert_int_equal(contests[count - 1], first + count - 1);
    }
}

static void must_count(const struct desk *desk, uint32_t issued,
                       uint32_t unfinished)
{
    assert_int_equal(desk_status(desk).day.issued, issued);
    assert_int_equal(desk_status(desk).day.unfinished, unfinished);
}

static void make(struct desk **desk, const struct desk_wish *wish)
{
    *desk = desk_new(wish);
    desk_reopen(*desk);
    desk_install(*desk);
}

static void what_is_no_identifier_finds_nobody(void **state)
{
    static const struct {
        const char *typed;
        enum aula_code code;
    } rows[] = {{"850615100018", AULA_TAG_CHECK_DIGIT},
                {"85061510001", AULA_TAG_FORMAT},
                {"8506151000177", AULA_TAG_FORMAT},
                {"85061510001o", AULA_TAG_FORMAT},
                {"", AULA_TAG_FORMAT}};
    struct desk *desk = *state;
    struct session_lookup lookup;
    uint64_t seq = desk_seq(desk);

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        (void)found(desk, DESK_VOTER);
        assert_int_equal(look_up(desk, &lookup, rows[i].typed), rows[i].code);
        assert_int_equal(session_admit(desk->terminal, NULL, 0, NULL),
                         AULA_STATE);
    }
    assert_int_equal(found(desk, "850615-10-00 17").free, 2);
    assert_int_equal(desk_seq(desk), seq);
    must_count(desk, 0, 0);
}

static void a_guest_has_all_contests(void **state)
{
    struct desk *desk = *state;
    struct session_lookup lookup = found(desk, DESK_VOTER);

    assert_false(lookup.has_roll);
    assert_false(lookup.is_on_roll);
    assert_int_equal(lookup.free, 2);
    assert_int_equal(session_admit(desk->terminal, NULL, 0, NULL), AULA_OK);
    must_be_left(desk, 2, 0);
    must_count(desk, 1, 0);
    assert_true(desk_status(desk).has_session);
}

static void staff_choose_contests(void **state)
{
    static const uint16_t falling[] = {1, 0};
    static const uint16_t twice[] = {1, 1};
    static const uint16_t beyond[] = {0, 2};
    static const uint16_t second[] = {1};
    static const struct {
        const uint16_t *contests;
        size_t count;
    } wrong[] = {{falling, 2}, {twice, 2}, {beyond, 2}};
    struct desk *desk = *state;

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        (void)found(desk, DESK_VOTER);
        assert_int_equal(session_admit(desk->terminal, wrong[i].contests,
                                       wrong[i].count, NULL),
                         AULA_REC_CONTEST_TERMINAL);
    }
    must_count(desk, 0, 0);
    (void)found(desk, DESK_VOTER);
    assert_int_equal(session_admit(desk->terminal, second, 1, NULL), AULA_OK);
    must_be_left(desk, 1, 1);
    assert_int_equal(prepare(desk, 0), AULA_NOT_ON_ROLL);
    assert_int_equal(prepare(desk, 2), AULA_REC_CONTEST_TERMINAL);
}

static void whom_was_looked_up_is_admitted_once(void **state)
{
    struct desk *desk = *state;

    desk_check_in(desk, DESK_VOTER);
    leave(desk, false);
    assert_int_equal(session_admit(desk->terminal, NULL, 0, NULL), AULA_STATE);
    must_count(desk, 1, 1);
}

static const struct desk_voter voters[] = {{DESK_VOTER, ROLL_ANY_CONTEST},
                                           {DESK_OTHER, 1}};

static void without_guests_the_roll_decides(void **state)
{
    static const uint16_t first[] = {0};
    struct desk *desk = NULL;
    struct session_lookup lookup;

    make(&desk, &(struct desk_wish){.no_guests = true});
    *state = desk;
    assert_int_equal(desk_put_roll(desk, 1, voters, 2), AULA_OK);
    desk_open_day(desk);
    lookup = found(desk, DESK_VOTER);
    assert_true(lookup.has_roll && lookup.is_on_roll);
    assert_int_equal(lookup.free, 2);
    lookup = found(desk, DESK_OTHER);
    assert_true(lookup.is_on_roll);
    assert_int_equal(lookup.contests[0], SESSION_NOT_ON_ROLL);
    assert_int_equal(lookup.contests[1], SESSION_FREE);
    assert_int_equal(session_admit(desk->terminal, first, 1, NULL),
                     AULA_NOT_ON_ROLL);
    desk_check_in(desk, DESK_OTHER);
    must_be_left(desk, 1, 1);
    assert_int_equal(prepare(desk, 0), AULA_NOT_ON_ROLL);
    leave(desk, false);
    lookup = found(desk, DESK_THIRD);
    assert_false(lookup.is_on_roll);
    assert_int_equal(lookup.free, 0);
    assert_int_equal(session_admit(desk->terminal, NULL, 0, NULL),
                     AULA_NOT_ON_ROLL);
    must_count(desk, 1, 1);
}

static void with_guests_the_roll_only_informs(void **state)
{
    struct desk *desk = *state;
    struct session_lookup lookup;

    assert_int_equal(desk_put_roll(desk, 1, voters, 2), AULA_OK);
    desk_open_day(desk);
    assert_true(found(desk, DESK_OTHER).is_on_roll);
    assert_int_equal(found(desk, DESK_OTHER).free, 2);
    lookup = found(desk, DESK_THIRD);
    assert_true(lookup.has_roll);
    assert_false(lookup.is_on_roll);
    assert_int_equal(lookup.free, 2);
    assert_int_equal(session_admit(desk->terminal, NULL, 0, NULL), AULA_OK);
    must_be_left(desk, 2, 0);
}

static void a_contest_that_is_not_offered_is_nobodys(void **state)
{
    static const uint16_t first[] = {0};
    struct desk *desk = NULL;
    struct session_lookup lookup;

    make(&desk, &(struct desk_wish){.second_only = true});
    *state = desk;
    desk_open_day(desk);
    lookup = found(desk, DESK_VOTER);
    assert_int_equal(lookup.contests[0], SESSION_NOT_OFFERED);
    assert_int_equal(lookup.contests[1], SESSION_FREE);
    assert_int_equal(session_admit(desk->terminal, first, 1, NULL),
                     AULA_REC_CONTEST_TERMINAL);
    desk_check_in(desk, DESK_VOTER);
    must_be_left(desk, 1, 1);
    assert_int_equal(prepare(desk, 0), AULA_REC_CONTEST_TERMINAL);
}

static void each_contest_is_voted_on_once(void **state)
{
    struct desk *desk = *state;
    struct session_lookup lookup;

    desk_vote(desk, DESK_VOTER);
    lookup = found(desk, DESK_VOTER);
    assert_int_equal(lookup.contests[0], SESSION_VOTED);
    assert_int_equal(lookup.contests[1], SESSION_FREE);
    assert_int_equal(session_admit(desk->terminal, NULL, 0, NULL), AULA_OK);
    must_be_left(desk, 1, 1);
    cast(desk, 1);
    must_be_left(desk, 0, 0);
    assert_int_equal(prepare(desk, 1), AULA_DUPLICATE_VOTER);
    leave(desk, true);
    assert_int_equal(found(desk, DESK_VOTER).free, 0);
    assert_int_equal(session_admit(desk->terminal, NULL, 0, NULL),
                     AULA_DUPLICATE_VOTER);
    must_count(desk, 2, 0);
}

static void one_ballot_an_election_is_one_in_all(void **state)
{
    struct desk *desk = NULL;

    make(&desk, &(struct desk_wish){.one_per_election = true});
    *state = desk;
    desk_open_day(desk);
    desk_check_in(desk, DESK_VOTER);
    must_be_left(desk, 2, 0);
    cast(desk, 1);
    must_be_left(desk, 0, 0);
    assert_int_equal(prepare(desk, 0), AULA_DUPLICATE_VOTER);
    leave(desk, true);
    assert_int_equal(found(desk, DESK_VOTER).contests[0], SESSION_VOTED);
    assert_int_equal(session_admit(desk->terminal, NULL, 0, NULL),
                     AULA_DUPLICATE_VOTER);
}

/* An official one: its tags are stretched, all else is the same. */
static void an_official_election_is_voted_on_alike(void **state)
{
    struct desk *desk = NULL;
    unsigned calls;

    make(&desk, &(struct desk_wish){.is_official = true});
    *state = desk;
    desk_open_day(desk);
    calls = cheap_pwhash.calls;
    desk_vote(desk, DESK_VOTER);
    assert_int_equal(cheap_pwhash.calls, calls + 1);
    assert_int_equal(found(desk, DESK_VOTER).contests[0], SESSION_VOTED);
    assert_int_equal(found(desk, DESK_OTHER).free, 2);
    assert_int_equal(recover_verify(desk->terminal, NULL, NULL), AULA_OK);
}

/* What the check-in said may have changed: the store has the last word. */
static void a_key_that_is_used_up_casts_nothing(void **state)
{
    struct desk *desk = *state;
    struct store *store = desk->terminal->store;
    uint8_t key[STORE_VOTER_BYTES] = {0};
    uint64_t seq;

    desk_check_in(desk, DESK_VOTER);
    assert_int_equal(prepare(desk, 0), AULA_OK);
    memcpy(key, desk->terminal->secrets->tag, TAG_BYTES);
    seq = desk_seq(desk);
    assert_int_equal(store_begin(store, NULL), AULA_OK);
    assert_int_equal(store_add_voter(store, key, seq, NULL), AULA_OK);
    assert_int_equal(store_commit(store, NULL), AULA_OK);
    assert_int_equal(session_cast(desk->terminal, NULL), AULA_DUPLICATE_VOTER);
    assert_int_equal(desk_seq(desk), seq);
    assert_int_equal(session_cast(desk->terminal, NULL), AULA_STATE);
    cast(desk, 1);
}

static void a_session_outlives_a_restart(void **state)
{
    struct desk *desk = *state;

    desk_check_in(desk, DESK_VOTER);
    cast(desk, 0);
    assert_int_equal(prepare(desk, 1), AULA_OK);
    desk_reopen(desk);
    assert_true(desk_status(desk).has_session);
    assert_int_equal(session_cast(desk->terminal, NULL), AULA_STATE);
    must_be_left(desk, 1, 1);
    must_count(desk, 1, 0);
    cast(desk, 1);
    leave(desk, true);
    must_count(desk, 1, 0);
    assert_int_equal(found(desk, DESK_VOTER).free, 0);
    assert_int_equal(recover_verify(desk->terminal, NULL, NULL), AULA_OK);
}

static void a_session_outlives_a_power_cut(void **state)
{
    struct desk *desk = *state;

    desk_check_in(desk, DESK_VOTER);
    cast(desk, 0);
    assert_int_equal(prepare(desk, 1), AULA_OK);
    desk_cut_power(desk);
    desk_reopen(desk);
    assert_true(desk_status(desk).was_interrupted);
    assert_true(desk_is_event(desk, -1, RECORD_RECOVERED, 0));
    assert_true(desk_is_event(desk, 0, RECORD_UNLOCKED, 0));
    assert_int_equal(desk_status(desk).ballot_seq, desk_seq(desk) - 2);
    must_be_left(desk, 1, 1);
    leave(desk, true);
    must_count(desk, 1, 0);
}

static void a_session_without_a_cast_ballot_is_unfinished(void **state)
{
    struct desk *desk = *state;
    struct desk_record closed;

    desk_check_in(desk, DESK_VOTER);
    assert_int_equal(prepare(desk, 0), AULA_OK);
    assert_int_equal(session_challenge(desk->terminal, NULL), AULA_OK);
    leave(desk, false);
    desk_check_in(desk, DESK_VOTER);
    assert_int_equal(prepare(desk, 0), AULA_OK);
    leave(desk, false);
    desk_vote(desk, DESK_OTHER);
    must_count(desk, 3, 2);
    desk_reopen(desk);
    must_count(desk, 3, 2);
    desk->now += (uint64_t)8 * DESK_HOUR_S;
    assert_int_equal(day_close(desk->terminal, NULL, NULL), AULA_OK);
    desk_read(&closed, desk, 0);
    assert_int_equal(closed.record.kind, RECORD_CLOSED);
    assert_int_equal(closed.record.counts.cast, 1);
    assert_int_equal(closed.record.counts.challenged, 1);
    assert_int_equal(closed.record.counts.issued, 3);
    assert_int_equal(closed.record.counts.unfinished, 2);
}

#define WITH(test, setup)                                                      \
    cmocka_unit_test_setup_teardown(test, setup, desk_clear)
#define ALONE(test) cmocka_unit_test_teardown(test, desk_clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(what_is_no_identifier_finds_nobody, desk_make_open),
        WITH(a_guest_has_all_contests, desk_make_open),
        WITH(staff_choose_contests, desk_make_open),
        WITH(whom_was_looked_up_is_admitted_once, desk_make_open),
        ALONE(without_guests_the_roll_decides),
        WITH(with_guests_the_roll_only_informs, desk_make_ready),
        ALONE(a_contest_that_is_not_offered_is_nobodys),
        WITH(each_contest_is_voted_on_once, desk_make_open),
        ALONE(one_ballot_an_election_is_one_in_all),
        ALONE(an_official_election_is_voted_on_alike),
        WITH(a_key_that_is_used_up_casts_nothing, desk_make_open),
        WITH(a_session_outlives_a_restart, desk_make_open),
        WITH(a_session_outlives_a_power_cut, desk_make_open),
        WITH(a_session_without_a_cast_ballot_is_unfinished, desk_make_open),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
