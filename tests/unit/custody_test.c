/* SPDX-License-Identifier: Apache-2.0 */
/* Who may unlock a terminal: they come, go, and change their passphrases, and a
 * power cut or an old copy of the files brings nobody back. */
#include "terminal_desk.h"

#include <sys/stat.h>
#include <unistd.h>

#include "cheap_pwhash.h"
#include "file.h"
#include "terminal_inside.h"
#include "vfs.h"

static enum aula_code add(struct desk *desk, const char *name)
{
    struct keyslot_holder holder = desk_holder(name);

    return custody_add(desk->terminal, &holder, NULL);
}

static void expect_list(const struct desk *desk, const char *first,
                        const char *second)
{
    const char *names[] = {first, second};
    size_t count = second == NULL ? 1 : 2;
    struct keyslot_list list;

    assert_int_equal(custody_list(desk->terminal, &list), count);
    assert_int_equal(list.count, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(list.slots[i].label_size, strlen(names[i]));
        assert_memory_equal(list.slots[i].label, names[i], strlen(names[i]));
    }
}

/* The last record is an event 12. */
static void expect_event(const struct desk *desk)
{
    struct store_record row;
    struct record record;

    assert_int_equal(store_read_record(desk->terminal->store, &row,
                                       desk_status(desk).last_seq, NULL),
                     AULA_OK);
    assert_int_equal(record_read(&record, &desk->package, row.bytes, row.size),
                     AULA_OK);
    assert_int_equal(record.kind, RECORD_EVENT);
    assert_int_equal(record.event, RECORD_SETUP_CHANGED);
    assert_int_equal(record.value, 0);
}

/* Both files as they are, and put back. */
struct copies {
    uint8_t bytes[2][KEYSLOT_FILE_BYTES_MAX];
    size_t sizes[2];
};

static void key_path(char path[static DESK_PATH_BYTES], const struct desk *desk,
                     size_t copy)
{
    (void)snprintf(path, DESK_PATH_BYTES, "%.200s/terminal/keys.%zu",
                   desk->data, copy + 1);
}

static void take_copies(struct copies *copies, const struct desk *desk)
{
    char path[DESK_PATH_BYTES];
    uint8_t *bytes = NULL;

    for (size_t i = 0; i < 2; i++) {
        key_path(path, desk, i);
        assert_int_equal(file_read(&bytes, &copies->sizes[i], path,
                                   KEYSLOT_FILE_BYTES_MAX, NULL),
                         AULA_OK);
        memcpy(copies->bytes[i], bytes, copies->sizes[i]);
        free(bytes);
    }
}

static void put_copies(const struct copies *copies, const struct desk *desk)
{
    char path[DESK_PATH_BYTES];

    for (size_t i = 0; i < 2; i++) {
        key_path(path, desk, i);
        assert_int_equal(file_write(path, copies->bytes[i], copies->sizes[i],
                                    0600, NULL),
                         AULA_OK);
    }
}

static void whoever_was_added_may_unlock(void **state)
{
    struct desk *desk = *state;
    uint64_t seq = desk_status(desk).last_seq;

    assert_int_equal(add(desk, "Berik"), AULA_OK);
    expect_list(desk, "Ainur", "Berik");
    assert_int_equal(desk_status(desk).last_seq, seq + 1);
    expect_event(desk);
    assert_int_equal(desk_unlock(desk, "Berik", TERMINAL_WORK), AULA_OK);
    expect_list(desk, "Ainur", "Berik");
    assert_int_equal(desk_unlock(desk, "Ainur", TERMINAL_WORK), AULA_OK);
    assert_int_equal(recover_verify(desk->terminal, NULL, NULL), AULA_OK);
}

static void officials_may_change_before_there_is_a_chain(void **state)
{
    struct desk *desk = *state;

    desk_reopen(desk);
    assert_int_equal(add(desk, "Berik"), AULA_OK);
    assert_int_equal(desk_unlock(desk, "Berik", TERMINAL_WORK), AULA_OK);
    assert_int_equal(custody_revoke(desk->terminal, "Ainur", NULL), AULA_OK);
    expect_list(desk, "Berik", NULL);
    desk_install(desk);
    assert_int_equal(desk_status(desk).state, TERMINAL_READY);
}

/* Nothing changes, neither the files nor the chain. */
static void expect_refused(struct desk *desk, enum aula_code code,
                           enum aula_code expected)
{
    assert_int_equal(code, expected);
    expect_list(desk, "Ainur", "Berik");
}

static void what_cannot_be_is_refused_and_changes_nothing(void **state)
{
    struct desk *desk = *state;
    struct keyslot_holder holder = desk_holder("Chyngys");
    struct copies before;
    struct copies after;
    uint64_t seq;

    assert_int_equal(add(desk, "Berik"), AULA_OK);
    take_copies(&before, desk);
    seq = desk_status(desk).last_seq;
    expect_refused(desk, add(desk, "Berik"), AULA_STATE);
    expect_refused(desk, add(desk, ""), AULA_BAD_FIELD);
    holder.secret.passphrase_size = 0;
    expect_refused(desk, custody_add(desk->terminal, &holder, NULL),
                   AULA_BAD_FIELD);
    holder = desk_holder("Chyngys");
    expect_refused(desk, custody_change(desk->terminal, &holder, NULL),
                   AULA_KEY_SLOT);
    holder = desk_holder("Berik");
    holder.cost.kib = 0;
    expect_refused(desk, custody_change(desk->terminal, &holder, NULL),
                   AULA_BAD_FIELD);
    expect_refused(desk, custody_revoke(desk->terminal, "Chyngys", NULL),
                   AULA_KEY_SLOT);
    expect_refused(desk, custody_revoke(desk->terminal, "Beri", NULL),
                   AULA_KEY_SLOT);
    assert_int_equal(desk_status(desk).last_seq, seq);
    take_copies(&after, desk);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(after.sizes[i], before.sizes[i]);
        assert_memory_equal(after.bytes[i], before.bytes[i], before.sizes[i]);
    }
}

static void there_is_room_for_sixteen(void **state)
{
    struct desk *desk = *state;
    struct keyslot_list list;
    char name[24];

    for (int i = 1; i < KEYSLOT_MAX; i++) {
        (void)snprintf(name, sizeof name, "Nobody %d", i);
        assert_int_equal(add(desk, name), AULA_OK);
    }
    assert_int_equal(add(desk, "Berik"), AULA_KEY_SLOT);
    assert_int_equal(custody_list(desk->terminal, &list), KEYSLOT_MAX);
    assert_int_equal(desk_unlock(desk, "Nobody 15", TERMINAL_WORK), AULA_OK);
}

static void a_new_passphrase_takes_the_place_of_the_old(void **state)
{
    struct desk *desk = *state;
    struct keyslot_holder holder = desk_holder("Ainur");
    struct official official = {.label = "Ainur"};
    uint64_t seq = desk_status(desk).last_seq;

    holder.secret.passphrase = "quite another one";
    holder.secret.passphrase_size = strlen(holder.secret.passphrase);
    assert_int_equal(custody_change(desk->terminal, &holder, NULL), AULA_OK);
    expect_list(desk, "Ainur", NULL);
    assert_int_equal(desk_status(desk).last_seq, seq + 1);
    expect_event(desk);
    assert_int_equal(desk_unlock(desk, "Ainur", TERMINAL_WORK), AULA_KEY_OPEN);
    official.secret = holder.secret;
    assert_int_equal(terminal_open(&desk->terminal, &desk->place, &official,
                                   TERMINAL_WORK, NULL),
                     AULA_OK);
}

static void whoever_was_revoked_stays_out(void **state)
{
    struct desk *desk = *state;
    struct copies before;

    assert_int_equal(add(desk, "Berik"), AULA_OK);
    take_copies(&before, desk);
    assert_int_equal(custody_revoke(desk->terminal, "Berik", NULL), AULA_OK);
    expect_list(desk, "Ainur", NULL);
    expect_event(desk);
    assert_int_equal(custody_revoke(desk->terminal, "Ainur", NULL),
                     AULA_KEY_SLOT);
    assert_int_equal(desk_unlock(desk, "Berik", TERMINAL_WORK), AULA_KEY_SLOT);
    put_copies(&before, desk);
    assert_int_equal(desk_unlock(desk, "Berik", TERMINAL_WORK), AULA_STORE_KEY);
    assert_int_equal(desk_unlock(desk, "Ainur", TERMINAL_WORK), AULA_STORE_KEY);
}

static enum aula_code close_with(struct desk *desk, const char *name)
{
    struct official second = desk_official(name);

    return day_close(desk->terminal, &second, NULL);
}

/* A slot that is gone moves those behind it: who unlocked is still known. */
static void nobody_is_a_second_official_to_themselves(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(add(desk, "Berik"), AULA_OK);
    assert_int_equal(add(desk, "Chyngys"), AULA_OK);
    assert_int_equal(desk_unlock(desk, "Chyngys", TERMINAL_WORK), AULA_OK);
    desk_open_day(desk);
    assert_int_equal(custody_revoke(desk->terminal, "Ainur", NULL), AULA_OK);
    assert_true(day_close_is_early(desk->terminal));
    assert_int_equal(close_with(desk, "Chyngys"), AULA_KEY_SLOT);
    assert_int_equal(close_with(desk, "Ainur"), AULA_KEY_SLOT);
    assert_int_equal(close_with(desk, "Berik"), AULA_OK);
}

static void whoever_revoked_themselves_is_no_second(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(add(desk, "Berik"), AULA_OK);
    desk_open_day(desk);
    assert_int_equal(custody_revoke(desk->terminal, "Ainur", NULL), AULA_OK);
    assert_int_equal(close_with(desk, "Ainur"), AULA_KEY_SLOT);
    assert_int_equal(close_with(desk, "Berik"), AULA_OK);
}

/* Between a ballot's code and its end nothing else is recorded. */
static void the_event_waits_for_a_ballot_that_is_shown(void **state)
{
    static const uint8_t choices[1] = {0x05};
    struct desk *desk = *state;
    struct session_ballot ballot;
    uint64_t seq;

    desk_open_day(desk);
    desk_check_in(desk, DESK_VOTER);
    assert_int_equal(session_prepare(desk->terminal, &ballot, 0, choices,
                                     sizeof choices, NULL),
                     AULA_OK);
    seq = desk_status(desk).last_seq;
    assert_int_equal(add(desk, "Berik"), AULA_OK);
    assert_int_equal(desk_status(desk).last_seq, seq);
    assert_int_equal(session_cast(desk->terminal, NULL), AULA_OK);
    assert_int_equal(desk_status(desk).last_seq, seq + 2);
    expect_event(desk);
    assert_int_equal(desk_status(desk).ballot_seq, ballot.seq);
    assert_int_equal(desk_unlock(desk, "Berik", TERMINAL_WORK), AULA_OK);
}

/* A folder stands where a file has to be written first. */
static void a_disk_that_refuses_leaves_the_officials_as_they_were(void **state)
{
    struct desk *desk = *state;
    char part[DESK_PATH_BYTES + 8];
    char path[DESK_PATH_BYTES];

    for (size_t copy = 0; copy < 2; copy++) {
        uint64_t seq = desk_status(desk).last_seq;

        key_path(path, desk, copy);
        (void)snprintf(part, sizeof part, "%s.part", path);
        assert_int_equal(mkdir(part, 0700), 0);
        assert_int_equal(add(desk, "Berik"), AULA_IO);
        expect_list(desk, "Ainur", NULL);
        assert_int_equal(desk_status(desk).last_seq, seq);
        assert_int_equal(rmdir(part), 0);
        assert_int_equal(add(desk, "Chyngys"), AULA_OK);
        assert_int_equal(desk_unlock(desk, "Chyngys", TERMINAL_WORK), AULA_OK);
        assert_int_equal(custody_revoke(desk->terminal, "Chyngys", NULL),
                         AULA_OK);
        assert_int_equal(desk_unlock(desk, "Ainur", TERMINAL_WORK), AULA_OK);
    }
}

/* The power went when the files were there, and the store did not know yet. */
static void files_that_the_store_does_not_know_yet_are_taken(void **state)
{
    struct desk *desk = *state;
    struct keyslot_holder holder = desk_holder("Berik");
    const struct officials *old = &desk->terminal->officials;
    uint8_t image[KEYSLOT_FILE_BYTES_MAX];
    size_t size = 0;
    struct copies before;

    take_copies(&before, desk);
    assert_int_equal(keyslot_add(image, &size, old->image, old->size,
                                 desk->terminal->secrets->master, &holder,
                                 NULL),
                     AULA_OK);
    assert_int_equal(officials_save(image, size, desk->terminal->folder, NULL),
                     AULA_OK);
    assert_int_equal(desk_unlock(desk, "Berik", TERMINAL_LOOK), AULA_OK);
    put_copies(&before, desk);
    desk_reopen(desk);
    assert_int_equal(officials_save(image, size, desk->terminal->folder, NULL),
                     AULA_OK);
    assert_int_equal(desk_unlock(desk, "Berik", TERMINAL_WORK), AULA_OK);
    expect_event(desk);
    put_copies(&before, desk);
    assert_int_equal(desk_unlock(desk, "Ainur", TERMINAL_WORK), AULA_STORE_KEY);
}

static void whoever_only_looks_changes_nothing(void **state)
{
    struct desk *desk = *state;
    struct keyslot_holder holder = desk_holder("Ainur");

    assert_int_equal(desk_unlock(desk, "Ainur", TERMINAL_LOOK), AULA_OK);
    assert_int_equal(add(desk, "Berik"), AULA_STATE);
    assert_int_equal(custody_change(desk->terminal, &holder, NULL), AULA_STATE);
    assert_int_equal(custody_revoke(desk->terminal, "Ainur", NULL), AULA_STATE);
    assert_int_equal(custody_finish(desk->terminal, NULL), AULA_STATE);
    expect_list(desk, "Ainur", NULL);
}

/* Its staff still save what verifies; the chain itself stays as it is. */
static void a_chain_that_has_ended_takes_no_event(void **state)
{
    struct desk *desk = *state;
    char path[DESK_PATH_BYTES];
    uint64_t seq;

    desk_witness_path(path, desk);
    assert_int_equal(unlink(path), 0);
    desk_reopen(desk);
    assert_int_equal(desk_status(desk).ended, AULA_WITNESS_MISSING);
    seq = desk_status(desk).last_seq;
    assert_int_equal(add(desk, "Berik"), AULA_OK);
    assert_int_equal(custody_revoke(desk->terminal, "Ainur", NULL), AULA_OK);
    assert_int_equal(desk_status(desk).last_seq, seq);
    assert_int_equal(desk_unlock(desk, "Berik", TERMINAL_WORK), AULA_OK);
    assert_int_equal(desk_status(desk).last_seq, seq);
}

static void a_full_chain_is_said_before_anything_is_changed(void **state)
{
    struct desk *desk = *state;
    uint64_t seq = desk->terminal->chain.seq;

    desk->terminal->chain.seq = RECORD_SEQ_MAX;
    assert_int_equal(add(desk, "Berik"), AULA_REC_SEQ);
    desk->terminal->chain.seq = seq;
    expect_list(desk, "Ainur", NULL);
    desk_reopen(desk);
    expect_list(desk, "Ainur", NULL);
}

#define READY(test)                                                            \
    cmocka_unit_test_setup_teardown(test, desk_make_ready, desk_clear)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        READY(whoever_was_added_may_unlock),
        cmocka_unit_test_setup_teardown(
            officials_may_change_before_there_is_a_chain, desk_make,
            desk_clear),
        READY(what_cannot_be_is_refused_and_changes_nothing),
        READY(there_is_room_for_sixteen),
        READY(a_new_passphrase_takes_the_place_of_the_old),
        READY(whoever_was_revoked_stays_out),
        READY(nobody_is_a_second_official_to_themselves),
        READY(whoever_revoked_themselves_is_no_second),
        READY(the_event_waits_for_a_ballot_that_is_shown),
        READY(a_disk_that_refuses_leaves_the_officials_as_they_were),
        READY(files_that_the_store_does_not_know_yet_are_taken),
        READY(whoever_only_looks_changes_nothing),
        READY(a_chain_that_has_ended_takes_no_event),
        READY(a_full_chain_is_said_before_anything_is_changed),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
