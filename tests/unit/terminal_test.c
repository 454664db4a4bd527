/* SPDX-License-Identifier: Apache-2.0 */
/* A terminal from blank to closed: what each step leaves, and what it refuses.
 */
#include "terminal_desk.h"

#include "cheap_pwhash.h"
#include "file.h"
#include "vfs.h"

static void a_terminal_is_made_once(void **state)
{
    struct desk *desk = *state;
    struct keyslot_holder holder = desk_holder("Ainur");

    assert_int_equal(terminal_look(&desk->place), TERMINAL_REQUESTED);
    assert_int_equal(setup_make(&desk->place, "Hall 8", &holder, NULL),
                     AULA_STATE);
    desk_reopen(desk);
    assert_int_equal(desk_status(desk).state, TERMINAL_REQUESTED);
    assert_memory_equal(desk_status(desk).label.text, "Hall 7", 6);
}

static void a_wrong_passphrase_opens_nothing(void **state)
{
    struct desk *desk = *state;
    struct official wrong = {.label = "Ainur",
                             .secret = {"not this one", 12, NULL}};

    assert_int_equal(terminal_open(&desk->terminal, &desk->place, &wrong,
                                   TERMINAL_WORK, NULL),
                     AULA_KEY_OPEN);
    assert_null(desk->terminal);
    assert_int_equal(desk_unlock(desk, "Berik", TERMINAL_WORK), AULA_KEY_SLOT);
    desk_reopen(desk);
}

static void a_day_is_voted_on_and_closed(void **state)
{
    struct desk *desk = *state;
    struct terminal_status status;

    desk_reopen(desk);
    desk_install(desk);
    assert_int_equal(desk_status(desk).state, TERMINAL_READY);
    desk_open_day(desk);
    assert_int_equal(desk_status(desk).state, TERMINAL_OPEN);
    desk_vote(desk, DESK_VOTER);
    desk_vote(desk, DESK_OTHER);
    desk_reopen(desk);
    status = desk_status(desk);
    assert_int_equal(status.state, TERMINAL_OPEN);
    assert_int_equal(status.ended, AULA_OK);
    assert_false(status.was_interrupted);
    assert_int_equal(status.day.cast, 2);
    assert_int_equal(status.day.issued, 2);
    assert_int_equal(status.day.unfinished, 0);
    desk->now += (uint64_t)8 * DESK_HOUR_S; /* 18:00 */
    assert_int_equal(day_close(desk->terminal, NULL, NULL), AULA_OK);
    status = desk_status(desk);
    assert_int_equal(status.state, TERMINAL_CLOSED);
    assert_int_equal(status.closed_seq, status.last_seq);
    assert_int_equal(recover_verify(desk->terminal, NULL, NULL), AULA_OK);
}

/* Its records are checked by the one that it has. */
static void a_terminal_keeps_its_certificate(void **state)
{
    static const uint16_t contests[] = {1};
    struct desk *desk = *state;
    struct setup_parts parts = {.certificate = desk->certificate};
    uint64_t seq = desk_status(desk).last_seq;

    parts.certificate_size = desk->certificate_size;
    assert_int_equal(setup_install(desk->terminal, &parts, NULL), AULA_OK);
    assert_int_equal(desk_status(desk).last_seq, seq + 1);
    parts.certificate_size = CERTIFICATE_BYTES(4, 1);
    assert_int_equal(certificate_make(desk->certificate, &desk->package,
                                      desk->office_secret,
                                      desk_status(desk).certificate->key,
                                      "Hall", 4, contests, 1, NULL),
                     AULA_OK);
    assert_int_equal(setup_install(desk->terminal, &parts, NULL), AULA_STATE);
    assert_int_equal(desk_status(desk).certificate->count, 2);
    assert_int_equal(desk_status(desk).last_seq, seq + 1);
}

/* The second place remembers another election under the same key. */
static void a_key_that_served_another_election_is_refused(void **state)
{
    struct desk *desk = *state;
    static const uint8_t other[PACKAGE_ID_BYTES] = {0xee};
    char name[BATCH_NAME_BYTES];
    char path[2 * DESK_PATH_BYTES];

    desk_reopen(desk);
    desk_certify(desk);
    batch_head_name(name, other, desk_status(desk).tid);
    (void)snprintf(path, sizeof path, "%s/%s", desk->witness, name);
    assert_int_equal(file_write(path, "x", 1, 0600, NULL), AULA_OK);
    assert_int_equal(setup_install(desk->terminal, &desk->parts, NULL),
                     AULA_WRONG_ELECTION);
    assert_int_equal(desk_status(desk).state, TERMINAL_REQUESTED);
    assert_int_equal(file_remove(path, NULL), AULA_OK);
    desk_install(desk);
}

/* The mark of a process that was killed, which the lock file keeps. */
static void mark_as_interrupted(struct desk *desk)
{
    char path[2 * DESK_PATH_BYTES];

    terminal_close(desk->terminal);
    desk->terminal = NULL;
    (void)snprintf(path, sizeof path, "%s/terminal/store.db-lock", desk->data);
    assert_int_equal(file_write(path, "1", 1, 0600, NULL), AULA_OK);
}

static void an_unclean_stop_is_known_until_it_is_recorded(void **state)
{
    struct desk *desk = *state;

    mark_as_interrupted(desk);
    assert_int_equal(desk_unlock(desk, "Ainur", TERMINAL_LOOK), AULA_OK);
    assert_true(desk_status(desk).was_interrupted);
    desk_reopen(desk);
    assert_true(desk_status(desk).was_interrupted);
    desk_reopen(desk);
    assert_false(desk_status(desk).was_interrupted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_terminal_is_made_once, desk_make,
                                        desk_clear),
        cmocka_unit_test_setup_teardown(a_wrong_passphrase_opens_nothing,
                                        desk_make, desk_clear),
        cmocka_unit_test_setup_teardown(
            an_unclean_stop_is_known_until_it_is_recorded, desk_make_ready,
            desk_clear),
        cmocka_unit_test_setup_teardown(a_terminal_keeps_its_certificate,
                                        desk_make_ready, desk_clear),
        cmocka_unit_test_setup_teardown(
            a_key_that_served_another_election_is_refused, desk_make,
            desk_clear),
        cmocka_unit_test_setup_teardown(a_day_is_voted_on_and_closed, desk_make,
                                        desk_clear),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
