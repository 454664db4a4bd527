/* SPDX-License-Identifier: Apache-2.0 */
/* Days of voting: what opens and closes one, who must agree, what is counted.
 */
#include "terminal_desk_chain.h"
#include "terminal_desk_roll.h"

#include <sys/stat.h>
#include <unistd.h>

#include "cheap_pwhash.h"
#include "vfs.h"

static const uint8_t digest[RECORD_DIGEST_BYTES] = {0xd1};

static enum aula_code open_with(struct desk *desk, const char *second)
{
    struct official official = desk_official(second == NULL ? "" : second);

    return day_open(desk->terminal, digest, second == NULL ? NULL : &official,
                    NULL);
}

static enum aula_code close_with(struct desk *desk, const char *second)
{
    struct official official = desk_official(second == NULL ? "" : second);

    return day_close(desk->terminal, second == NULL ? NULL : &official, NULL);
}

/* The clock goes on, and staff agree to it where they are asked. */
static void later(struct desk *desk, uint64_t seconds)
{
    desk->now += seconds;
    if (desk_status(desk).clock != TERMINAL_CLOCK_OK) {
        assert_int_equal(terminal_confirm_clock(desk->terminal, NULL), AULA_OK);
    }
}

static void must_count(const struct desk *desk, uint32_t ballots)
{
    struct record_counts day = desk_status(desk).day;

    assert_int_equal(day.cast, ballots);
    assert_int_equal(day.challenged, 0);
    assert_int_equal(day.issued, ballots);
    assert_int_equal(day.unfinished, 0);
}

static void the_first_opening_finds_nothing_counted(void **state)
{
    struct desk *desk = *state;
    struct desk_record found;
    struct terminal_status status;

    assert_int_equal(open_with(desk, NULL), AULA_OK);
    must_count(desk, 0);
    status = desk_status(desk);
    assert_int_equal(status.total_cast, 0);
    assert_int_equal(status.total_challenged, 0);
    assert_int_equal(status.opened_time, desk->now);
    assert_int_equal(status.closed_time, 0);
    desk_read(&found, desk, 0);
    assert_int_equal(found.record.kind, RECORD_OPENED);
    assert_int_equal(found.record.time, desk->now);
    assert_memory_equal(found.record.digest, digest, sizeof digest);
    /* started, then certificate and kit; nothing says that a day reopened */
    assert_true(desk_is_event(desk, 1, RECORD_STARTED, 0));
    assert_true(desk_is_event(desk, 2, RECORD_SETUP_CHANGED, 0));
    assert_true(desk_is_event(desk, 3, RECORD_SETUP_CHANGED, 1));
    assert_int_equal(status.last_seq, 4);
}

static void a_close_counts_since_its_opening(void **state)
{
    struct desk *desk = *state;
    struct desk_record found;

    desk_vote(desk, DESK_VOTER);
    desk_vote(desk, DESK_OTHER);
    must_count(desk, 2);
    later(desk, (uint64_t)8 * DESK_HOUR_S);
    assert_int_equal(close_with(desk, NULL), AULA_OK);
    must_count(desk, 2);
    later(desk, (uint64_t)16 * DESK_HOUR_S);
    assert_int_equal(open_with(desk, NULL), AULA_OK);
    must_count(desk, 0);
    desk_vote(desk, DESK_THIRD);
    desk_reopen(desk);
    must_count(desk, 1);
    later(desk, (uint64_t)8 * DESK_HOUR_S);
    assert_int_equal(close_with(desk, NULL), AULA_OK);
    desk_read(&found, desk, 0);
    assert_int_equal(found.record.counts.cast, 1);
    assert_int_equal(found.record.counts.issued, 1);
    assert_int_equal(desk_status(desk).total_cast, 3);
    assert_int_equal(desk_status(desk).closed_seq, desk_seq(desk));
    assert_memory_equal(desk_status(desk).closed_hash, found.row.hash,
                        HASH_BYTES);
}

static void refuse_without_second(struct desk *desk,
                                  enum aula_code (*run)(struct desk *desk,
                                                        const char *second))
{
    struct official wrong;
    uint64_t seq = desk_seq(desk);

    assert_int_equal(run(desk, NULL), AULA_KEY_SLOT);
    assert_int_equal(run(desk, "Ainur"), AULA_KEY_SLOT);
    assert_int_equal(run(desk, "Nobody"), AULA_KEY_SLOT);
    wrong = desk_official("Ainur");
    wrong.label = "Berik"; /* with the first one's passphrase */
    assert_int_equal(run == open_with
                         ? day_open(desk->terminal, digest, &wrong, NULL)
                         : day_close(desk->terminal, &wrong, NULL),
                     AULA_KEY_OPEN);
    wrong.label = NULL; /* whoever it is, it is the first one */
    assert_int_equal(run == open_with
                         ? day_open(desk->terminal, digest, &wrong, NULL)
                         : day_close(desk->terminal, &wrong, NULL),
                     AULA_KEY_SLOT);
    assert_int_equal(desk_seq(desk), seq);
}

static void an_early_close_takes_two(void **state)
{
    struct desk *desk = *state;
    struct desk_record found;

    desk_add_official(desk, "Berik");
    later(desk, (uint64_t)8 * DESK_HOUR_S - 60);
    assert_true(day_close_is_early(desk->terminal));
    refuse_without_second(desk, close_with);
    assert_int_equal(desk_status(desk).state, TERMINAL_OPEN);
    assert_int_equal(close_with(desk, "Berik"), AULA_OK);
    assert_int_equal(desk_status(desk).state, TERMINAL_CLOSED);
    assert_true(desk_is_event(desk, -1, RECORD_EARLY_CLOSE, 0));
    desk_read(&found, desk, 0);
    assert_int_equal(found.record.kind, RECORD_CLOSED);
}

static void opening_the_same_day_again_takes_two(void **state)
{
    struct desk *desk = *state;
    struct desk_record found;

    desk_add_official(desk, "Berik");
    later(desk, DESK_HOUR_S);
    assert_int_equal(close_with(desk, "Berik"), AULA_OK);
    later(desk, DESK_HOUR_S);
    assert_true(day_opening_is_second(desk->terminal));
    refuse_without_second(desk, open_with);
    assert_int_equal(desk_status(desk).state, TERMINAL_CLOSED);
    assert_int_equal(open_with(desk, "Berik"), AULA_OK);
    assert_true(desk_is_event(desk, -1, RECORD_REOPENED, 0));
    desk_read(&found, desk, 0);
    assert_int_equal(found.record.kind, RECORD_OPENED);
    assert_int_equal(close_with(desk, "Berik"), AULA_OK);
    assert_true(desk_is_event(desk, -1, RECORD_EARLY_CLOSE, 0));
}

/* Also after a close at its time: what comes then is extra. */
static void an_evening_that_begins_again_takes_two(void **state)
{
    struct desk *desk = *state;

    later(desk, (uint64_t)8 * DESK_HOUR_S);
    assert_false(day_close_is_early(desk->terminal));
    assert_int_equal(close_with(desk, NULL), AULA_OK);
    later(desk, DESK_HOUR_S);
    assert_int_equal(open_with(desk, NULL), AULA_KEY_SLOT);
    desk->now += (uint64_t)5 * DESK_HOUR_S; /* midnight */
    assert_false(day_opening_is_second(desk->terminal));
    assert_int_equal(open_with(desk, NULL), AULA_OK);
}

static void a_clock_that_was_set_back_makes_no_new_day(void **state)
{
    struct desk *desk = *state;

    later(desk, (uint64_t)8 * DESK_HOUR_S);
    assert_int_equal(close_with(desk, NULL), AULA_OK);
    desk->now -= DESK_DAY_S;
    later(desk, 0);
    assert_true(day_opening_is_second(desk->terminal));
}

static void a_day_left_open_over_night_is_closed_late(void **state)
{
    struct desk *desk = *state;
    struct desk_record before;

    later(desk, (uint64_t)20 * DESK_HOUR_S);
    assert_false(day_close_is_early(desk->terminal));
    assert_int_equal(close_with(desk, NULL), AULA_OK);
    desk_read(&before, desk, -1);
    assert_int_equal(before.record.kind, RECORD_OPENED);
    /* The morrow is a day of its own. */
    later(desk, DESK_HOUR_S);
    assert_false(day_opening_is_second(desk->terminal));
    assert_int_equal(open_with(desk, NULL), AULA_OK);
}

static void a_day_does_not_close_on_a_session(void **state)
{
    struct desk *desk = *state;

    desk_check_in(desk, DESK_VOTER);
    later(desk, (uint64_t)8 * DESK_HOUR_S);
    assert_int_equal(close_with(desk, NULL), AULA_STATE);
    desk_reopen(desk);
    assert_int_equal(close_with(desk, NULL), AULA_STATE);
    assert_int_equal(session_leave(desk->terminal, NULL, NULL), AULA_OK);
    assert_int_equal(close_with(desk, NULL), AULA_OK);
}

static void the_voting_has_a_beginning_and_an_end(void **state)
{
    struct desk *desk = *state;

    desk->now = desk->package.opens - 1;
    assert_int_equal(open_with(desk, NULL), AULA_TIME_OUTSIDE_WINDOW);
    desk->now = desk->package.closes + 1;
    later(desk, 0);
    assert_int_equal(open_with(desk, NULL), AULA_TIME_OUTSIDE_WINDOW);
    desk->now = desk->package.closes;
    assert_int_equal(open_with(desk, NULL), AULA_OK);
    /* The clock stops no close, and after the voting none is early. */
    desk->now = desk->package.closes - DESK_DAY_S;
    assert_true(desk_status(desk).clock == TERMINAL_CLOCK_BEHIND);
    assert_int_equal(close_with(desk, NULL), AULA_OK);
}

static void the_first_second_of_the_voting_opens(void **state)
{
    struct desk *desk = *state;

    desk->now = desk->package.opens;
    assert_int_equal(open_with(desk, NULL), AULA_OK);
    assert_true(day_close_is_early(desk->terminal));
}

static void without_guests_and_roll_no_day_opens(void **state)
{
    static const struct desk_voter voter = {DESK_VOTER, ROLL_ANY_CONTEST};
    struct desk *desk = desk_new(&(struct desk_wish){.no_guests = true});
    uint64_t seq;

    *state = desk;
    desk_reopen(desk);
    desk_install(desk);
    seq = desk_seq(desk);
    assert_int_equal(open_with(desk, NULL), AULA_ROLL_MISSING);
    assert_int_equal(desk_seq(desk), seq);
    assert_int_equal(desk_put_roll(desk, 1, &voter, 1), AULA_OK);
    assert_int_equal(open_with(desk, NULL), AULA_OK);
}

static void another_tag_key_opens_no_day(void **state)
{
    struct desk *desk = *state;
    uint64_t seq = desk_seq(desk);

    desk->terminal->secrets->tag_key[31] ^= 1;
    assert_int_equal(open_with(desk, NULL), AULA_TAG_KEY);
    desk->terminal->secrets->tag_key[31] ^= 1;
    desk->terminal->has_tag_key = false;
    assert_int_equal(open_with(desk, NULL), AULA_TAG_KEY);
    assert_int_equal(desk_seq(desk), seq);
    desk->terminal->has_tag_key = true;
    assert_int_equal(open_with(desk, NULL), AULA_OK);
}

static void space_is_held_back_before_a_day(void **state)
{
    struct desk *desk = *state;
    char path[PLACE_BYTES];
    struct stat status;
    uint64_t seq = desk_seq(desk);

    (void)snprintf(path, sizeof path, "%s/terminal/reserve", desk->data);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_size, SETUP_RESERVE_BYTES);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(open_with(desk, NULL), AULA_IO);
    assert_int_equal(desk_seq(desk), seq);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(open_with(desk, NULL), AULA_OK);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_size, SETUP_RESERVE_BYTES);
}

static void the_digest_is_of_the_program(void **state)
{
    uint8_t first[RECORD_DIGEST_BYTES] = {0};
    uint8_t again[RECORD_DIGEST_BYTES] = {0};

    (void)state;
    assert_int_equal(day_digest(first, NULL), AULA_OK);
    assert_int_equal(day_digest(again, NULL), AULA_OK);
    assert_memory_equal(first, again, sizeof first);
    assert_int_equal(sodium_is_zero(first, sizeof first), 0);
}

#define READY(test)                                                            \
    cmocka_unit_test_setup_teardown(test, desk_make_ready, desk_clear)
#define OPEN(test)                                                             \
    cmocka_unit_test_setup_teardown(test, desk_make_open, desk_clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        READY(the_first_opening_finds_nothing_counted),
        OPEN(a_close_counts_since_its_opening),
        OPEN(an_early_close_takes_two),
        OPEN(opening_the_same_day_again_takes_two),
        OPEN(an_evening_that_begins_again_takes_two),
        OPEN(a_clock_that_was_set_back_makes_no_new_day),
        OPEN(a_day_left_open_over_night_is_closed_late),
        OPEN(a_day_does_not_close_on_a_session),
        READY(the_voting_has_a_beginning_and_an_end),
        READY(the_first_second_of_the_voting_opens),
        cmocka_unit_test_teardown(without_guests_and_roll_no_day_opens,
                                  desk_clear),
        READY(another_tag_key_opens_no_day),
        READY(space_is_held_back_before_a_day),
        cmocka_unit_test(the_digest_is_of_the_program),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
