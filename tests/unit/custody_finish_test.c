/* SPDX-License-Identifier: Apache-2.0 */
/* The end of a terminal: the tag key goes when the voting is over, not a minute
 * before, and never by a clock that nobody looked at. */
#include "terminal_desk.h"

#include "cheap_pwhash.h"
#include "terminal_inside.h"
#include "vfs.h"

/* A day was voted on and closed; everything else stands. */
static int make_closed(void **state)
{
    struct desk *desk;

    (void)desk_make_open(state);
    desk = *state;
    desk_vote(desk, DESK_VOTER);
    desk->now += (uint64_t)8 * DESK_HOUR_S;
    assert_int_equal(day_close(desk->terminal, NULL, NULL), AULA_OK);
    return 0;
}

static bool has_item(struct desk *desk, const char *name)
{
    uint8_t *bytes = NULL;
    size_t size = 0;

    assert_int_equal(store_get_item(desk->terminal->store, &bytes, &size, name,
                                    NULL),
                     AULA_OK);
    store_free_item(bytes, size);
    return bytes != NULL;
}

static void expect_keys(struct desk *desk, bool expected)
{
    struct terminal_secrets *secrets = desk->terminal->secrets;

    assert_int_equal(has_item(desk, ITEM_TAG_KEY), expected);
    assert_int_equal(has_item(desk, ITEM_TRANSPORT), expected);
    assert_int_equal(sodium_is_zero(secrets->tag_key, TAG_KEY_BYTES),
                     !expected);
    assert_int_equal(sodium_is_zero(secrets->transport, SEAL_SECRET_BYTES),
                     !expected);
}

static void expect_refused(struct desk *desk)
{
    uint64_t seq = desk_status(desk).last_seq;

    assert_int_equal(custody_finish(desk->terminal, NULL), AULA_STATE);
    assert_int_equal(desk_status(desk).last_seq, seq);
    expect_keys(desk, true);
}

/* It has a tag key like every other. */
static void an_unused_terminal_is_finished_too(void **state)
{
    struct desk *desk = *state;

    desk->now = desk->package.closes + 1;
    desk_reopen(desk);
    assert_int_equal(terminal_confirm_clock(desk->terminal, NULL), AULA_OK);
    assert_int_equal(custody_finish(desk->terminal, NULL), AULA_OK);
    expect_keys(desk, false);
}

static void an_open_terminal_is_not_finished(void **state)
{
    struct desk *desk = *state;

    desk_open_day(desk);
    desk->now = desk->package.closes + 1;
    (void)!terminal_confirm_clock(desk->terminal, NULL);
    expect_refused(desk);
}

static void a_voting_that_goes_on_is_not_finished(void **state)
{
    struct desk *desk = *state;

    expect_refused(desk);
    desk->now = desk->package.closes;
    expect_refused(desk);
    assert_int_equal(terminal_confirm_clock(desk->terminal, NULL), AULA_OK);
    expect_refused(desk);
}

static void a_clock_that_jumped_ahead_finishes_nothing(void **state)
{
    struct desk *desk = *state;

    desk->now = desk->package.closes + 1;
    expect_refused(desk);
    desk_reopen(desk);
    expect_refused(desk);
    desk->now = DESK_MORNING;
    expect_refused(desk);
}

static void the_end_destroys_tag_key_and_transport_key(void **state)
{
    struct desk *desk = *state;
    struct store_record row;
    struct record record;
    uint64_t seq;

    desk->now = desk->package.closes + 1;
    desk_reopen(desk);
    assert_int_equal(terminal_confirm_clock(desk->terminal, NULL), AULA_OK);
    expect_keys(desk, true);
    seq = desk_status(desk).last_seq;
    assert_int_equal(custody_finish(desk->terminal, NULL), AULA_OK);
    expect_keys(desk, false);
    assert_int_equal(desk_status(desk).last_seq, seq + 1);
    assert_int_equal(store_read_record(desk->terminal->store, &row, seq + 1,
                                       NULL),
                     AULA_OK);
    assert_int_equal(record_read(&record, &desk->package, row.bytes, row.size),
                     AULA_OK);
    assert_int_equal(record.event, RECORD_SETUP_CHANGED);
    assert_int_equal(custody_finish(desk->terminal, NULL), AULA_STATE);
    assert_int_equal(desk_status(desk).last_seq, seq + 1);
}

static void a_finished_terminal_still_shows_and_verifies(void **state)
{
    struct desk *desk = *state;
    struct transfer_done done;
    struct transfer wish = {0};

    desk->now = desk->package.closes + 1;
    assert_int_equal(terminal_confirm_clock(desk->terminal, NULL), AULA_OK);
    assert_int_equal(custody_finish(desk->terminal, NULL), AULA_OK);
    desk_reopen(desk);
    expect_keys(desk, false);
    assert_int_equal(desk_status(desk).state, TERMINAL_CLOSED);
    assert_int_equal(desk_status(desk).total_cast, 1);
    assert_int_equal(recover_verify(desk->terminal, NULL, NULL), AULA_OK);
    assert_int_equal(transfer_export(desk->terminal, &done, desk->stick, &wish,
                                     NULL),
                     AULA_OK);
    assert_int_equal(custody_finish(desk->terminal, NULL), AULA_STATE);
}

/* The key that opens a kit is gone, so no other tag key comes in. */
static void a_finished_terminal_takes_no_kit_and_no_day(void **state)
{
    static const uint8_t digest[RECORD_DIGEST_BYTES] = {0xd1};
    struct desk *desk = *state;
    struct official second = desk_official("Ainur");

    desk->now = desk->package.closes + 1;
    assert_int_equal(terminal_confirm_clock(desk->terminal, NULL), AULA_OK);
    assert_int_equal(custody_finish(desk->terminal, NULL), AULA_OK);
    desk_certify(desk);
    assert_int_equal(setup_install(desk->terminal, &desk->parts, NULL),
                     AULA_KIT_SEAL);
    desk->now = desk->package.closes - 60;
    desk_reopen(desk);
    assert_int_equal(day_open(desk->terminal, digest, &second, NULL),
                     AULA_TAG_KEY);
}

#define CLOSED(test)                                                           \
    cmocka_unit_test_setup_teardown(test, make_closed, desk_clear)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_unused_terminal_is_finished_too,
                                        desk_make_ready, desk_clear),
        cmocka_unit_test_setup_teardown(an_open_terminal_is_not_finished,
                                        desk_make_ready, desk_clear),
        CLOSED(a_voting_that_goes_on_is_not_finished),
        CLOSED(a_clock_that_jumped_ahead_finishes_nothing),
        CLOSED(the_end_destroys_tag_key_and_transport_key),
        CLOSED(a_finished_terminal_still_shows_and_verifies),
        CLOSED(a_finished_terminal_takes_no_kit_and_no_day),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
