/* SPDX-License-Identifier: Apache-2.0 */
/* The store of a terminal, by the promises of store.h. What the disk may do to
 * it is tested with the VFS; items and exports in store_items_test.c. */
#include "store_desk.h"

#include <signal.h>
#include <sys/resource.h>

static struct store_record record_of(uint64_t seq)
{
    struct store_record record = {.seq = seq, .kind = (uint8_t)(1 + seq % 5)};

    record.size = 100 + 37 * seq % 4000;
    draw_bytes(record.bytes, record.size, "record", seq);
    draw_bytes(record.hash, sizeof record.hash, "hash", seq);
    return record;
}

static void add(struct desk *desk, uint64_t first, uint64_t last)
{
    assert_int_equal(store_begin(desk->store, NULL), AULA_OK);
    for (uint64_t seq = first; seq <= last; seq++) {
        struct store_record record = record_of(seq);

        assert_int_equal(store_add_record(desk->store, &record, NULL), AULA_OK);
    }
    assert_int_equal(store_commit(desk->store, NULL), AULA_OK);
}

static void expect_record(struct desk *desk, uint64_t seq)
{
    struct store_record expected = record_of(seq);
    struct store_record found;

    assert_int_equal(store_read_record(desk->store, &found, seq, NULL),
                     AULA_OK);
    assert_int_equal(found.seq, seq);
    assert_int_equal(found.kind, expected.kind);
    assert_int_equal(found.size, expected.size);
    assert_memory_equal(found.hash, expected.hash, sizeof found.hash);
    assert_memory_equal(found.bytes, expected.bytes, found.size);
}

static uint64_t last_of(struct desk *desk)
{
    uint8_t hash[STORE_HASH_BYTES];
    uint64_t seq = 99;

    assert_int_equal(store_last(desk->store, &seq, hash, NULL), AULA_OK);
    return seq;
}

static void records_are_there_after_a_new_opening(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(last_of(desk), 0);
    add(desk, 1, 20);
    assert_int_equal(store_desk_open(desk, NULL), AULA_OK);
    assert_int_equal(last_of(desk), 20);
    for (uint64_t seq = 1; seq <= 20; seq++) {
        expect_record(desk, seq);
    }
}

static void only_the_next_record_can_be_added(void **state)
{
    struct desk *desk = *state;
    struct store_record record = record_of(2);

    assert_int_equal(store_begin(desk->store, NULL), AULA_OK);
    assert_int_equal(store_add_record(desk->store, &record, NULL),
                     AULA_STORE_DAMAGED);
    record.seq = 1;
    assert_int_equal(store_add_record(desk->store, &record, NULL), AULA_OK);
    assert_int_equal(store_add_record(desk->store, &record, NULL),
                     AULA_STORE_DAMAGED);
    assert_int_equal(store_commit(desk->store, NULL), AULA_OK);
    assert_int_equal(last_of(desk), 1);
}

static void what_is_rolled_back_was_never_there(void **state)
{
    struct desk *desk = *state;
    struct store_record record = record_of(1);
    uint8_t key[STORE_VOTER_BYTES] = {1};
    uint64_t seq = 0;

    assert_int_equal(store_begin(desk->store, NULL), AULA_OK);
    assert_int_equal(store_add_record(desk->store, &record, NULL), AULA_OK);
    assert_int_equal(store_add_voter(desk->store, key, 1, NULL), AULA_OK);
    store_rollback(desk->store);
    assert_int_equal(last_of(desk), 0);
    assert_int_equal(store_find_voter(desk->store, &seq, key, NULL), AULA_OK);
    assert_int_equal(seq, 0);
    store_rollback(desk->store);
    add(desk, 1, 1);
}

static void a_voter_is_added_once(void **state)
{
    struct desk *desk = *state;
    uint8_t key[STORE_VOTER_BYTES] = {1};
    uint64_t count = 0;
    uint64_t seq = 0;

    assert_int_equal(store_begin(desk->store, NULL), AULA_OK);
    assert_int_equal(store_add_voter(desk->store, key, 7, NULL), AULA_OK);
    assert_int_equal(store_add_voter(desk->store, key, 8, NULL),
                     AULA_DUPLICATE_VOTER);
    key[STORE_VOTER_BYTES - 1] = 1;
    assert_int_equal(store_add_voter(desk->store, key, 8, NULL), AULA_OK);
    assert_int_equal(store_commit(desk->store, NULL), AULA_OK);
    assert_int_equal(store_find_voter(desk->store, &seq, key, NULL), AULA_OK);
    assert_int_equal(seq, 8);
    assert_int_equal(store_count_voters(desk->store, &count, NULL), AULA_OK);
    assert_int_equal(count, 2);
}

struct walk {
    uint64_t next;
    uint64_t stop;
};

static enum aula_code count_one(void *context, const struct store_record *found,
                                struct aula_error *err)
{
    struct walk *walk = context;

    assert_int_equal(found->seq, walk->next);
    walk->next++;
    return found->seq == walk->stop ? aula_fail(err, AULA_BAD_FIELD, "stop")
                                    : AULA_OK;
}

static void a_walk_meets_each_record_in_order(void **state)
{
    struct desk *desk = *state;
    struct walk walk = {3, 0};

    add(desk, 1, 9);
    assert_int_equal(store_walk_records(desk->store, 3, 8, count_one, &walk,
                                        NULL),
                     AULA_OK);
    assert_int_equal(walk.next, 9);
    walk = (struct walk){1, 4};
    assert_int_equal(store_walk_records(desk->store, 1, 9, count_one, &walk,
                                        NULL),
                     AULA_BAD_FIELD);
    assert_int_equal(walk.next, 5);
    walk = (struct walk){9, 0};
    assert_int_equal(store_walk_records(desk->store, 9, 10, count_one, &walk,
                                        NULL),
                     AULA_STORE_DAMAGED);
    assert_int_equal(store_walk_records(desk->store, 5, 4, count_one, &walk,
                                        NULL),
                     AULA_OK);
}

static void a_second_opening_is_refused_while_the_first_lasts(void **state)
{
    struct desk *desk = *state;
    struct store *second = NULL;

    assert_int_equal(store_open(&second, NULL, desk->path, desk->key, desk->id,
                                NULL),
                     AULA_STORE_BUSY);
    assert_int_equal(store_create(desk->path, desk->key, desk->id, NULL),
                     AULA_STORE_BUSY);
    assert_null(second);
    add(desk, 1, 1);
}

static void a_store_is_never_made_over_another(void **state)
{
    struct desk *desk = *state;

    add(desk, 1, 3);
    store_close(desk->store);
    desk->store = NULL;
    assert_int_equal(store_create(desk->path, desk->key, desk->id, NULL),
                     AULA_STATE);
    assert_int_equal(store_desk_open(desk, NULL), AULA_OK);
    assert_int_equal(last_of(desk), 3);
}

static void another_key_or_another_id_does_not_open(void **state)
{
    struct desk *desk = *state;

    desk->key[0] ^= 1;
    assert_int_equal(store_desk_open(desk, NULL), AULA_STORE_KEY);
    desk->key[0] ^= 1;
    desk->id[0] ^= 1;
    assert_int_equal(store_desk_open(desk, NULL), AULA_STORE_KEY);
    desk->id[0] ^= 1;
    assert_int_equal(store_desk_open(desk, NULL), AULA_OK);
}

static void an_empty_or_missing_file_is_no_store(void **state)
{
    struct desk *desk = *state;

    store_close(desk->store);
    desk->store = NULL;
    assert_int_equal(truncate(desk->path, 0), 0);
    assert_int_equal(store_desk_open(desk, NULL), AULA_STORE_DAMAGED);
    assert_int_equal(unlink(desk->path), 0);
    assert_int_not_equal(store_desk_open(desk, NULL), AULA_OK);
    assert_int_not_equal(access(desk->path, F_OK), 0);
}

/* A process that is killed leaves the byte in the lock. */
static void a_store_that_was_not_closed_says_so_once(void **state)
{
    struct desk *desk = *state;
    char lock[128];
    bool was_interrupted = true;
    FILE *file = NULL;

    assert_int_equal(store_desk_open(desk, &was_interrupted), AULA_OK);
    assert_false(was_interrupted);
    store_close(desk->store);
    desk->store = NULL;
    (void)snprintf(lock, sizeof lock, "%s-lock", desk->path);
    file = fopen(lock, "w");
    assert_non_null(file);
    assert_int_equal(fputc('1', file), '1');
    assert_int_equal(fclose(file), 0);
    assert_int_equal(store_desk_open(desk, &was_interrupted), AULA_OK);
    assert_true(was_interrupted);
    assert_int_equal(store_desk_open(desk, &was_interrupted), AULA_OK);
    assert_false(was_interrupted);
}

/* A bound on the size of files: the disk refuses what goes beyond. */
static void a_write_that_the_disk_refuses_stops_the_store(void **state)
{
    static uint8_t large[200000];
    struct desk *desk = *state;
    struct rlimit kept;
    struct rlimit small;
    uint64_t seq = 0;
    uint8_t hash[STORE_HASH_BYTES];

    add(desk, 1, 3);
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &kept), 0);
    small = kept;
    small.rlim_cur = 100000;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_int_equal(store_begin(desk->store, NULL), AULA_OK);
    assert_int_equal(store_put_item(desk->store, "a", large, sizeof large,
                                    NULL),
                     AULA_OK);
    assert_int_equal(store_commit(desk->store, NULL), AULA_IO);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &kept), 0);
    assert_int_equal(store_last(desk->store, &seq, hash, NULL), AULA_IO);
    assert_int_equal(store_begin(desk->store, NULL), AULA_IO);
    assert_int_equal(store_desk_open(desk, NULL), AULA_OK);
    assert_int_equal(last_of(desk), 3);
    assert_int_equal(store_check(desk->store, NULL), AULA_OK);
}

static void the_check_passes_on_a_good_store(void **state)
{
    struct desk *desk = *state;

    add(desk, 1, 50);
    assert_int_equal(store_check(desk->store, NULL), AULA_OK);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_STORE(records_are_there_after_a_new_opening),
        WITH_STORE(only_the_next_record_can_be_added),
        WITH_STORE(what_is_rolled_back_was_never_there),
        WITH_STORE(a_voter_is_added_once),
        WITH_STORE(a_walk_meets_each_record_in_order),
        WITH_STORE(a_second_opening_is_refused_while_the_first_lasts),
        WITH_STORE(a_store_is_never_made_over_another),
        WITH_STORE(another_key_or_another_id_does_not_open),
        WITH_STORE(an_empty_or_missing_file_is_no_store),
        WITH_STORE(a_store_that_was_not_closed_says_so_once),
        WITH_STORE(a_write_that_the_disk_refuses_stops_the_store),
        WITH_STORE(the_check_passes_on_a_good_store),
    };

    return vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
