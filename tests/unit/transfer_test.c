/* SPDX-License-Identifier: Apache-2.0 */
/* Export: what lies on the stick, that a number always means the same batch,
 * and that nothing is said to be there which is not. */
#include "terminal_desk.h"

#include <sys/stat.h>
#include <unistd.h>

#include "cheap_pwhash.h"
#include "file.h"
#include "store.h"
#include "vfs.h"
#include "witness.h"

static enum aula_code judge(void *context, uint8_t key[SIGN_PUBLIC_BYTES],
                            const uint8_t tid[BATCH_TID_BYTES],
                            const uint8_t *bytes, size_t size)
{
    const struct desk *desk = context;
    struct certificate certificate;
    enum aula_code code = certificate_check(&certificate, &desk->package, NULL,
                                            bytes, size, NULL);

    if (code == AULA_OK &&
        memcmp(tid, certificate.tid, sizeof certificate.tid) != 0) {
        code = AULA_CERT_TERMINAL_ID;
    }
    if (code == AULA_OK) {
        memcpy(key, certificate.key, SIGN_PUBLIC_BYTES);
    }
    return code;
}

/* Open a batch of the stick as the office does. */
static void open_batch(struct batch *batch, struct desk *desk, const char *name)
{
    const struct batch_office office = {
        desk->package.hash, desk->transport_public, desk->transport_secret};
    const struct batch_judge by = {judge, desk};
    char path[2 * DESK_PATH_BYTES];
    uint8_t *bytes = NULL;
    size_t size = 0;
    struct aula_error err = {0};

    (void)snprintf(path, sizeof path, "%s/%s", desk->stick, name);
    assert_int_equal(file_read(&bytes, &size, path, BATCH_FILE_MAX, NULL),
                     AULA_OK);
    if (batch_open(batch, &office, &by, bytes, size, &err) != AULA_OK) {
        fail_msg("%s: %s", aula_code_name(err.code), err.message);
    }
    free(bytes);
}

static struct transfer_done carry(struct desk *desk, uint32_t number,
                                  bool is_increment)
{
    const struct transfer transfer = {number, is_increment};
    struct transfer_done done;
    struct aula_error err = {0};

    if (transfer_export(desk->terminal, &done, desk->stick, &transfer, &err) !=
        AULA_OK) {
        fail_msg("%s", err.message);
    }
    return done;
}

static void a_batch_without_a_ballot_is_whole(void **state)
{
    struct desk *desk = *state;
    struct transfer_done done = carry(desk, 0, false);
    struct batch batch;

    assert_int_equal(done.number, 1);
    assert_int_equal(done.first_seq, 1);
    assert_int_equal(done.kinds[RECORD_CAST - 1], 0);
    open_batch(&batch, desk, done.name);
    assert_int_equal(batch.head.count, done.count);
    assert_int_equal(batch.head.last_seq, done.last_seq);
    assert_memory_equal(batch.hash, done.hash, HASH_BYTES);
    batch_close(&batch);
    /* Event 5 stands behind it. */
    assert_int_equal(desk_status(desk).last_seq, done.last_seq + 1);
}

static void a_number_always_means_the_same_batch(void **state)
{
    struct desk *desk = *state;
    struct transfer_done first;
    struct transfer_done again;
    struct transfer_done next;
    struct batch batch;

    desk_vote(desk, DESK_VOTER);
    first = carry(desk, 0, false);
    desk_vote(desk, DESK_OTHER);
    desk_reopen(desk);
    again = carry(desk, 1, false);
    assert_string_equal(first.name, again.name);
    assert_memory_equal(first.hash, again.hash, HASH_BYTES);
    assert_int_equal(first.last_seq, again.last_seq);
    next = carry(desk, 0, false);
    assert_int_equal(next.number, 2);
    assert_int_equal(next.first_seq, 1);
    assert_int_equal(next.kinds[RECORD_CAST - 1], 2);
    open_batch(&batch, desk, next.name);
    assert_memory_equal(batch.head.prev, first.hash, HASH_BYTES);
    batch_close(&batch);
}

static void an_increment_holds_what_is_new(void **state)
{
    struct desk *desk = *state;
    struct transfer_done first = carry(desk, 0, false);
    struct transfer_done next;

    desk_vote(desk, DESK_VOTER);
    next = carry(desk, 0, true);
    assert_int_equal(next.first_seq, first.last_seq + 1);
    assert_int_equal(next.kinds[RECORD_CAST - 1], 1);
    assert_int_equal(next.kinds[RECORD_OPENED - 1], 0);
}

static void an_unknown_number_is_refused(void **state)
{
    struct desk *desk = *state;
    const struct transfer transfer = {7, false};
    struct transfer_done done;
    uint64_t seq = desk_status(desk).last_seq;

    assert_int_equal(transfer_export(desk->terminal, &done, desk->stick,
                                     &transfer, NULL),
                     AULA_STATE);
    assert_int_equal(desk_status(desk).last_seq, seq);
}

static void a_stick_that_is_gone_takes_no_number(void **state)
{
    struct desk *desk = *state;
    const struct transfer transfer = {0, false};
    struct transfer_done done;

    assert_int_equal(rmdir(desk->stick), 0);
    assert_int_equal(transfer_export(desk->terminal, &done, desk->stick,
                                     &transfer, NULL),
                     AULA_IO);
    assert_int_equal(desk_status(desk).exports, 0);
    assert_int_equal(mkdir(desk->stick, 0700), 0);
    assert_int_equal(carry(desk, 0, false).number, 1);
}

/* A folder stands where the file should go. */
static void a_name_that_is_taken_takes_no_number(void **state)
{
    struct desk *desk = *state;
    const struct transfer transfer = {0, false};
    struct transfer_done done = carry(desk, 0, false);
    char path[2 * DESK_PATH_BYTES];
    struct stat status;

    done.name[strlen(done.name) - strlen("1.batch")] = '2';
    (void)snprintf(path, sizeof path, "%s/%s", desk->stick, done.name);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(transfer_export(desk->terminal, &done, desk->stick,
                                     &transfer, NULL),
                     AULA_STATE);
    assert_int_equal(desk_status(desk).exports, 1);
    (void)strcat(path, ".part");
    assert_int_not_equal(lstat(path, &status), 0);
}

static void the_stick_carries_the_signed_head(void **state)
{
    struct desk *desk = *state;
    struct transfer_done done = carry(desk, 0, false);
    struct terminal_status status = desk_status(desk);
    char name[BATCH_NAME_BYTES];
    char path[2 * DESK_PATH_BYTES];
    uint8_t *bytes = NULL;
    size_t size = 0;
    struct witness witness;

    batch_head_name(name, desk->package.hash, status.tid);
    (void)snprintf(path, sizeof path, "%s/%s", desk->stick, name);
    assert_int_equal(file_read(&bytes, &size, path, WITNESS_BYTES, NULL),
                     AULA_OK);
    assert_int_equal(witness_check(&witness, &desk->package,
                                   status.certificate->key, bytes, size, NULL),
                     AULA_OK);
    assert_int_equal(witness.seq, done.last_seq);
    free(bytes);
}

/* A folder stands where it should go. */
static void without_the_head_on_the_stick_no_number_is_taken(void **state)
{
    struct desk *desk = *state;
    const struct transfer transfer = {0, false};
    struct transfer_done done;
    struct terminal_status status = desk_status(desk);
    char name[BATCH_NAME_BYTES];
    char path[2 * DESK_PATH_BYTES];

    batch_head_name(name, desk->package.hash, status.tid);
    (void)snprintf(path, sizeof path, "%s/%s", desk->stick, name);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(transfer_export(desk->terminal, &done, desk->stick,
                                     &transfer, NULL),
                     AULA_IO);
    assert_int_equal(desk_status(desk).exports, 0);
    assert_int_equal(desk_status(desk).last_seq, status.last_seq);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(rmdir(desk->stick), 0); /* and nothing else is there */
    assert_int_equal(mkdir(desk->stick, 0700), 0);
    assert_int_equal(carry(desk, 0, false).number, 1);
}

static void copy_file(const char *from, const char *to)
{
    uint8_t *bytes = NULL;
    size_t size = 0;

    assert_int_equal(file_read(&bytes, &size, from, 1 << 28, NULL), AULA_OK);
    assert_int_equal(file_write(to, bytes, size, 0600, NULL), AULA_OK);
    free(bytes);
}

/* Store and second place are put back together; only the stick remembers. */
static void a_stick_that_knows_more_ends_the_chain_for_good(void **state)
{
    struct desk *desk = *state;
    const struct transfer transfer = {0, false};
    struct transfer_done done;
    char store[2 * DESK_PATH_BYTES];
    char old[2 * DESK_PATH_BYTES];
    char witness[DESK_PATH_BYTES];
    char old_witness[2 * DESK_PATH_BYTES];

    (void)snprintf(store, sizeof store, "%s/terminal/store.db", desk->data);
    (void)snprintf(old, sizeof old, "%s/old", desk->folder);
    (void)snprintf(old_witness, sizeof old_witness, "%s/oldw", desk->folder);
    desk_witness_path(witness, desk);
    terminal_close(desk->terminal);
    desk->terminal = NULL;
    copy_file(store, old);
    copy_file(witness, old_witness);
    desk_reopen(desk);
    desk_vote(desk, DESK_VOTER);
    (void)carry(desk, 0, false);
    terminal_close(desk->terminal);
    desk->terminal = NULL;
    copy_file(old, store);
    copy_file(old_witness, witness);
    desk_reopen(desk);
    assert_int_equal(desk_status(desk).ended, AULA_OK);
    assert_int_equal(transfer_export(desk->terminal, &done, desk->stick,
                                     &transfer, NULL),
                     AULA_STORE_BEHIND);
    desk_reopen(desk);
    assert_int_equal(desk_status(desk).ended, AULA_STORE_BEHIND);
    assert_int_equal(transfer_export(desk->terminal, &done, desk->stick,
                                     &transfer, NULL),
                     AULA_STORE_BEHIND);
}

/* ---- store-notes 8.10: a store that is rebuilt from batches */

static const uint8_t rebuilt_key[STORE_KEY_BYTES] = {7};
static const uint8_t rebuilt_id[STORE_ID_BYTES] = {9};

/* The records of a batch behind those that are there. */
static void add_batch(struct store *store, struct desk *desk, const char *name)
{
    struct batch_cursor cursor = {0};
    const uint8_t *bytes;
    size_t size;
    struct batch batch;

    open_batch(&batch, desk, name);
    assert_int_equal(store_begin(store, NULL), AULA_OK);
    for (uint64_t seq = batch.head.first_seq;
         batch_next(&batch, &cursor, &bytes, &size); seq++) {
        struct store_record row = {.seq = seq, .kind = bytes[5], .size = size};

        memcpy(row.bytes, bytes, size);
        record_hash(row.hash, bytes, size);
        assert_int_equal(store_add_record(store, &row, NULL), AULA_OK);
    }
    assert_int_equal(store_commit(store, NULL), AULA_OK);
    batch_close(&batch);
}

static void must_hold_the_same(struct store *store, struct desk *desk,
                               const struct transfer_done *whole)
{
    struct batch_cursor cursor = {0};
    struct store_record row;
    struct batch batch;
    const uint8_t *bytes;
    size_t size;
    uint64_t seq = 0;

    open_batch(&batch, desk, whole->name);
    while (seq < whole->last_seq &&
           batch_next(&batch, &cursor, &bytes, &size)) {
        assert_int_equal(store_read_record(store, &row, ++seq, NULL), AULA_OK);
        assert_int_equal(row.size, size);
        assert_memory_equal(row.bytes, bytes, size);
    }
    assert_int_equal(seq, whole->last_seq);
    batch_close(&batch);
}

/* It has every record, and no key of the terminal: in the terminal's place it
 * opens for nobody, and no chain is continued. */
static void
a_store_rebuilt_from_batches_has_the_records_and_no_chain(void **state)
{
    struct desk *desk = *state;
    struct transfer_done first;
    struct transfer_done second;
    struct store *store = NULL;
    char rebuilt[2 * DESK_PATH_BYTES];
    char path[2 * DESK_PATH_BYTES];

    (void)snprintf(path, sizeof path, "%s/terminal/store.db", desk->data);
    (void)snprintf(rebuilt, sizeof rebuilt, "%s/rebuilt", desk->folder);
    desk_vote(desk, DESK_VOTER);
    first = carry(desk, 0, false);
    desk_vote(desk, DESK_OTHER);
    second = carry(desk, 0, true);
    assert_int_equal(second.first_seq, first.last_seq + 1);
    assert_int_equal(store_create(rebuilt, rebuilt_key, rebuilt_id, NULL),
                     AULA_OK);
    assert_int_equal(store_open(&store, NULL, rebuilt, rebuilt_key, rebuilt_id,
                                NULL),
                     AULA_OK);
    add_batch(store, desk, first.name);
    add_batch(store, desk, second.name);
    first = carry(desk, 0, false);
    first.last_seq = second.last_seq;
    must_hold_the_same(store, desk, &first);
    store_close(store);
    terminal_close(desk->terminal);
    desk->terminal = NULL;
    copy_file(rebuilt, path);
    assert_int_equal(desk_unlock(desk, "Ainur", TERMINAL_WORK), AULA_STORE_KEY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_batch_without_a_ballot_is_whole,
                                        desk_make_ready, desk_clear),
        cmocka_unit_test_setup_teardown(a_number_always_means_the_same_batch,
                                        desk_make_open, desk_clear),
        cmocka_unit_test_setup_teardown(an_increment_holds_what_is_new,
                                        desk_make_open, desk_clear),
        cmocka_unit_test_setup_teardown(an_unknown_number_is_refused,
                                        desk_make_ready, desk_clear),
        cmocka_unit_test_setup_teardown(a_stick_that_is_gone_takes_no_number,
                                        desk_make_ready, desk_clear),
        cmocka_unit_test_setup_teardown(a_name_that_is_taken_takes_no_number,
                                        desk_make_ready, desk_clear),
        cmocka_unit_test_setup_teardown(
            without_the_head_on_the_stick_no_number_is_taken, desk_make_ready,
            desk_clear),
        cmocka_unit_test_setup_teardown(the_stick_carries_the_signed_head,
                                        desk_make_ready, desk_clear),
        cmocka_unit_test_setup_teardown(
            a_stick_that_knows_more_ends_the_chain_for_good, desk_make_open,
            desk_clear),
        cmocka_unit_test_setup_teardown(
            a_store_rebuilt_from_batches_has_the_records_and_no_chain,
            desk_make_open, desk_clear),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
