/* SPDX-License-Identifier: Apache-2.0 */
/* The comparison at a start (PROTOCOL.md 9.2), each row of its table, and a
 * second place that cannot be written. */
#include "terminal_desk_chain.h"

#include <unistd.h>

#include "cheap_pwhash.h"
#include "file.h"
#include "vfs.h"

/* The desk's data or second place, put away under a name and put back. */
static void put_away(struct desk *desk, const char *folder, const char *name)
{
    char path[DESK_PATH_BYTES];

    (void)snprintf(path, sizeof path, "%.100s/%.80s", desk->folder, name);
    desk_copy_folder(path, folder);
}

static void put_back(struct desk *desk, const char *folder, const char *name)
{
    char path[DESK_PATH_BYTES];

    terminal_close(desk->terminal);
    desk->terminal = NULL;
    (void)snprintf(path, sizeof path, "%.100s/%.80s", desk->folder, name);
    desk_clear_folder(folder);
    desk_copy_folder(folder, path);
}

static void stop(struct desk *desk)
{
    terminal_close(desk->terminal);
    desk->terminal = NULL;
}

static void note(struct desk *desk)
{
    assert_int_equal(terminal_note(desk->terminal, RECORD_FAULT, 1, NULL),
                     AULA_OK);
}

/* Unlock to look: what is found, and that no byte changes. */
static struct terminal_status look(struct desk *desk)
{
    struct terminal_status status;
    uint8_t before[HASH_BYTES];
    uint8_t after[HASH_BYTES];

    stop(desk);
    desk_hash_files(before, desk);
    assert_int_equal(desk_unlock(desk, "Ainur", TERMINAL_LOOK), AULA_OK);
    status = desk_status(desk);
    stop(desk);
    desk_hash_files(after, desk);
    assert_memory_equal(after, before, sizeof after);
    return status;
}

/* The chain has ended with this code: nothing is recorded, nothing is mended,
 * and what is there can be proved. */
static void must_end(struct desk *desk, enum aula_code code)
{
    struct session_lookup lookup;
    struct terminal_status status = look(desk);
    uint64_t seq = status.last_seq;

    assert_int_equal(status.ended, code);
    assert_false(status.is_stale);
    desk_reopen(desk);
    status = desk_status(desk);
    assert_int_equal(status.ended, code);
    assert_int_equal(status.last_seq, seq);
    assert_int_equal(terminal_note(desk->terminal, RECORD_FAULT, 1, NULL),
                     code);
    assert_int_equal(terminal_pause(desk->terminal, NULL), code);
    assert_int_equal(terminal_confirm_witness(desk->terminal, NULL), code);
    assert_int_equal(terminal_confirm_clock(desk->terminal, NULL), code);
    assert_int_equal(session_look_up(desk->terminal, &lookup, DESK_THIRD,
                                     strlen(DESK_THIRD), NULL),
                     code);
    assert_int_equal(session_cast(desk->terminal, NULL), code);
    assert_int_equal(session_leave(desk->terminal, NULL, NULL), code);
    assert_int_equal(day_close(desk->terminal, NULL, NULL), code);
    assert_int_equal(recover_verify(desk->terminal, NULL, NULL), AULA_OK);
    assert_int_equal(desk_seq(desk), seq);
    assert_int_equal(look(desk).ended, code); /* still */
}

static uint64_t seq_of_witness(const struct desk *desk)
{
    char path[DESK_PATH_BYTES];
    struct witness witness;
    uint8_t *bytes = NULL;
    size_t size = 0;

    desk_witness_path(path, desk);
    assert_int_equal(file_read(&bytes, &size, path, WITNESS_BYTES, NULL),
                     AULA_OK);
    assert_int_equal(witness_check(&witness, &desk->package,
                                   desk->terminal->key, bytes, size, NULL),
                     AULA_OK);
    free(bytes);
    return witness.seq;
}

static void put_witness(const struct desk *desk, const uint8_t *bytes,
                        size_t size)
{
    char path[DESK_PATH_BYTES];

    desk_witness_path(path, desk);
    assert_int_equal(file_write(path, bytes, size, 0600, NULL), AULA_OK);
}

static void the_witness_follows_each_record(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(seq_of_witness(desk), desk_seq(desk));
    note(desk);
    assert_int_equal(seq_of_witness(desk), desk_seq(desk));
    desk_vote(desk, DESK_VOTER);
    assert_int_equal(seq_of_witness(desk), desk_seq(desk));
    assert_int_equal(look(desk).ended, AULA_OK);
    desk_reopen(desk);
    assert_int_equal(desk_status(desk).ended, AULA_OK);
    assert_false(desk_status(desk).is_stale);
    assert_int_equal(seq_of_witness(desk), desk_seq(desk));
}

static void without_a_witness_the_chain_has_ended(void **state)
{
    struct desk *desk = *state;
    char path[DESK_PATH_BYTES];

    desk_witness_path(path, desk);
    assert_int_equal(unlink(path), 0);
    must_end(desk, AULA_WITNESS_MISSING);
    assert_int_equal(access(path, F_OK), -1);
}

static void what_is_no_witness_of_ours_counts_as_none(void **state)
{
    static const size_t flips[] = {0, 4, 5, 21, 37, 45, 77, WITNESS_BYTES - 1};
    struct desk *desk = *state;
    struct witness witness = {.seq = 1};
    uint8_t stranger[SIGN_SECRET_BYTES];
    uint8_t public_key[SIGN_PUBLIC_BYTES];
    static const uint8_t seed[SIGN_SEED_BYTES] = {0x77};
    uint8_t file[WITNESS_BYTES + 1] = {0};

    for (size_t i = 0; i < sizeof flips / sizeof flips[0]; i++) {
        witness.seq = desk_seq(desk);
        memcpy(witness.hash, desk->terminal->chain.hash, HASH_BYTES);
        witness_make(file, &desk->package, desk->terminal->secrets->sign,
                     &witness);
        file[flips[i]] ^= 1;
        put_witness(desk, file, WITNESS_BYTES);
        assert_int_equal(look(desk).ended, AULA_WITNESS_MISSING);
        assert_int_equal(desk_unlock(desk, "Ainur", TERMINAL_LOOK), AULA_OK);
    }
    file[WITNESS_BYTES - 1] ^= 1;
    put_witness(desk, file, WITNESS_BYTES);
    assert_int_equal(look(desk).ended, AULA_OK);
    assert_int_equal(desk_unlock(desk, "Ainur", TERMINAL_LOOK), AULA_OK);
    put_witness(desk, file, WITNESS_BYTES - 1);
    assert_int_equal(look(desk).ended, AULA_WITNESS_MISSING);
    assert_int_equal(desk_unlock(desk, "Ainur", TERMINAL_LOOK), AULA_OK);
    put_witness(desk, file, WITNESS_BYTES + 1);
    assert_int_equal(look(desk).ended, AULA_WITNESS_MISSING);
    assert_int_equal(desk_unlock(desk, "Ainur", TERMINAL_LOOK), AULA_OK);
    sign_key_pair(public_key, stranger, seed);
    witness_make(file, &desk->package, stranger, &witness);
    put_witness(desk, file, WITNESS_BYTES);
    must_end(desk, AULA_WITNESS_MISSING);
}

static void records_that_the_witness_names_are_missing(void **state)
{
    struct desk *desk = *state;

    stop(desk);
    put_away(desk, desk->data, "old");
    desk_reopen(desk);
    desk_vote(desk, DESK_VOTER);
    desk_vote(desk, DESK_OTHER);
    put_back(desk, desk->data, "old");
    must_end(desk, AULA_STORE_BEHIND);
}

static void one_missing_record_is_enough(void **state)
{
    struct desk *desk = *state;

    put_away(desk, desk->data, "old"); /* as a power cut would leave it */
    note(desk);
    put_back(desk, desk->data, "old");
    must_end(desk, AULA_STORE_BEHIND);
}

/* Two days that began alike; the witness is the other one's. */
static void a_record_of_another_hash_is_a_fork(void **state)
{
    struct desk *desk = *state;

    stop(desk);
    put_away(desk, desk->data, "old");
    put_away(desk, desk->witness, "old-second");
    desk_reopen(desk);
    desk_vote(desk, DESK_VOTER);
    stop(desk);
    put_away(desk, desk->witness, "other-second");
    put_back(desk, desk->data, "old");
    put_back(desk, desk->witness, "old-second");
    desk_reopen(desk);
    desk_vote(desk, DESK_OTHER);
    stop(desk);
    put_away(desk, desk->data, "forked");
    put_back(desk, desk->witness, "other-second");
    must_end(desk, AULA_STORE_FORK);
    /* For good, also when the witness is put back. */
    put_back(desk, desk->witness, "old-second");
    must_end(desk, AULA_STORE_FORK);
    put_back(desk, desk->data, "forked");
    /* Also where the store has gone on since. */
    put_back(desk, desk->witness, "old-second");
    assert_true(look(desk).is_stale);
    desk_reopen(desk);
    assert_int_equal(terminal_confirm_witness(desk->terminal, NULL), AULA_OK);
    desk_vote(desk, DESK_THIRD);
    put_back(desk, desk->witness, "other-second");
    must_end(desk, AULA_STORE_FORK);
}

static void another_chain_start_is_a_fork(void **state)
{
    struct desk *desk = *state;
    struct witness witness = {.seq = 0};
    uint8_t file[WITNESS_BYTES];

    witness_chain_start(witness.hash, desk->package.hash, desk->terminal->tid);
    witness.hash[0] ^= 1;
    witness_make(file, &desk->package, desk->terminal->secrets->sign, &witness);
    put_witness(desk, file, sizeof file);
    must_end(desk, AULA_STORE_FORK);
}

/* The witness of the moment before, and `records` more. */
static void leave_witness_behind(struct desk *desk, int records)
{
    put_away(desk, desk->witness, "old-second");
    for (int i = 0; i < records; i++) {
        note(desk);
    }
    put_back(desk, desk->witness, "old-second");
}

static void one_record_ahead_of_the_witness_is_a_power_cut(void **state)
{
    struct desk *desk = *state;
    uint64_t seq = desk_seq(desk) + 1;

    leave_witness_behind(desk, 1);
    assert_int_equal(look(desk).ended, AULA_OK);
    assert_false(look(desk).is_stale);
    desk_reopen(desk);
    assert_int_equal(desk_status(desk).ended, AULA_OK);
    assert_true(desk_is_event(desk, (int64_t)seq + 1, RECORD_STARTED, 0));
    assert_int_equal(seq_of_witness(desk), desk_seq(desk));
    desk_vote(desk, DESK_VOTER);
}

static void more_than_one_is_confirmed_by_staff(void **state)
{
    struct desk *desk = *state;
    struct session_lookup lookup;
    uint64_t seq = desk_seq(desk) + 2;

    assert_int_equal(terminal_confirm_witness(desk->terminal, NULL),
                     AULA_STATE);
    leave_witness_behind(desk, 2);
    assert_true(look(desk).is_stale);
    assert_int_equal(look(desk).ended, AULA_OK);
    desk_reopen(desk);
    assert_true(desk_status(desk).is_stale);
    assert_int_equal(desk_seq(desk), seq);
    assert_int_equal(terminal_note(desk->terminal, RECORD_FAULT, 1, NULL),
                     AULA_STATE);
    assert_int_equal(session_look_up(desk->terminal, &lookup, DESK_VOTER,
                                     strlen(DESK_VOTER), NULL),
                     AULA_STATE);
    assert_int_equal(day_close(desk->terminal, NULL, NULL), AULA_STATE);
    assert_int_equal(recover_verify(desk->terminal, NULL, NULL), AULA_OK);
    assert_int_equal(terminal_confirm_witness(desk->terminal, NULL), AULA_OK);
    assert_true(desk_is_event(desk, (int64_t)seq + 1, RECORD_FAULT,
                              AULA_WITNESS_STALE));
    assert_true(desk_is_event(desk, (int64_t)seq + 2, RECORD_STARTED, 0));
    assert_true(desk_is_event(desk, (int64_t)seq + 3, RECORD_UNLOCKED, 0));
    assert_int_equal(seq_of_witness(desk), desk_seq(desk));
    desk_vote(desk, DESK_VOTER);
    assert_false(look(desk).is_stale);
}

static void to_look_after_a_power_cut_changes_nothing(void **state)
{
    struct desk *desk = *state;

    desk_cut_power(desk);
    assert_true(look(desk).was_interrupted);
    assert_true(look(desk).was_interrupted); /* looking stopped nothing */
    desk_reopen(desk);
    assert_true(desk_is_event(desk, -1, RECORD_RECOVERED, 0));
}

#define OPEN(test)                                                             \
    cmocka_unit_test_setup_teardown(test, desk_make_open, desk_clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPEN(the_witness_follows_each_record),
        OPEN(without_a_witness_the_chain_has_ended),
        OPEN(what_is_no_witness_of_ours_counts_as_none),
        OPEN(records_that_the_witness_names_are_missing),
        OPEN(one_missing_record_is_enough),
        OPEN(a_record_of_another_hash_is_a_fork),
        OPEN(another_chain_start_is_a_fork),
        OPEN(one_record_ahead_of_the_witness_is_a_power_cut),
        OPEN(more_than_one_is_confirmed_by_staff),
        OPEN(to_look_after_a_power_cut_changes_nothing),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
