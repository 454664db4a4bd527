/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a batch: what is written opens, the same number is the same batch,
 * and a failure anywhere is handed on. What is refused on opening is
 * batch_refuse_test.c; bytes are pinned by batch.json. */
#include "batch_desk.h"

static const uint8_t untouched[HASH_BYTES] = {0xee, 0xee};

/* The records of an open batch are those of the desk, in order. */
static void expect_records(const struct desk *desk, const struct batch *batch)
{
    struct batch_cursor cursor = {0};
    const uint8_t *bytes = NULL;
    size_t size = 0;

    for (size_t i = 0; i < desk->count; i++) {
        assert_true(batch_next(batch, &cursor, &bytes, &size));
        assert_int_equal(size, desk->sizes[i]);
        assert_memory_equal(bytes, desk->records[i], size);
    }
    assert_false(batch_next(batch, &cursor, &bytes, &size));
    assert_false(batch_next(batch, &cursor, &bytes, &size));
}

static void expect_head(const struct batch_head *came,
                        const struct batch_head *expected)
{
    assert_memory_equal(came->eid, expected->eid, sizeof came->eid);
    assert_memory_equal(came->tid, expected->tid, sizeof came->tid);
    assert_memory_equal(came->prev, expected->prev, sizeof came->prev);
    assert_int_equal(came->number, expected->number);
    assert_int_equal(came->first_seq, expected->first_seq);
    assert_int_equal(came->last_seq, expected->last_seq);
    assert_int_equal(came->count, expected->count);
    assert_memory_equal(came->kinds, expected->kinds, sizeof came->kinds);
    assert_int_equal(came->time, expected->time);
    assert_int_equal(came->certificate_size, expected->certificate_size);
    assert_memory_equal(came->certificate, expected->certificate,
                        expected->certificate_size);
}

/* Write, open, and compare all that came out. */
static void expect_round_trip(struct desk *desk)
{
    struct batch_head head = desk_head(desk);
    uint8_t hash[HASH_BYTES];
    struct batch batch;

    assert_int_equal(desk_write(desk, hash), AULA_OK);
    assert_int_equal(desk_open_bytes(desk, &batch, desk->file, desk->file_size),
                     AULA_OK);
    desk_compose(desk);
    assert_int_equal(batch.size, desk->plain_size);
    assert_memory_equal(batch.plaintext, desk->plain, desk->plain_size);
    assert_memory_equal(batch.hash, hash, sizeof hash);
    hash_bytes(hash, "batch", desk->plain, desk->plain_size);
    assert_memory_equal(batch.hash, hash, sizeof hash);
    expect_head(&batch.head, &head);
    expect_records(desk, &batch);
    batch_close(&batch);
    assert_null(batch.plaintext);
}

static void what_is_written_is_opened(void **state)
{
    struct desk *desk = *state;

    desk_add_five(desk);
    expect_round_trip(desk);
    for (size_t i = 0; i < 20; i++) {
        desk_add(desk, 1, BATCH_RECORD_MAX - i);
    }
    expect_round_trip(desk);
}

static void a_batch_without_any_ballot_is_a_batch(void **state)
{
    struct desk *desk = *state;

    desk_add(desk, 5, RECORD_SMALLEST + 76);
    expect_round_trip(desk);
    assert_int_equal(desk->file_size,
                     344 + DESK_CERT_BYTES + 4 + RECORD_SMALLEST + 76 + 17);
}

/* Plaintexts of one and two chunks, a byte more and a byte less. */
static void a_batch_may_end_anywhere_in_a_chunk(void **state)
{
    struct desk *desk = *state;
    size_t last;

    for (size_t i = 0; i < 8; i++) {
        desk_add(desk, 1, 8000);
    }
    desk_compose(desk);
    last = STREAM_CHUNK_BYTES - desk->plain_size - 4;
    assert_in_range(last, RECORD_SMALLEST + 1, BATCH_RECORD_MAX - 1);
    desk_add(desk, 1, last - 1);
    for (size_t round = 0; round < 3; round++) {
        expect_round_trip(desk);
        assert_int_equal(desk->plain_size, STREAM_CHUNK_BYTES - 1 + round);
        assert_int_equal(desk->file_size, STREAM_HEADER_BYTES +
                                              desk->plain_size +
                                              (round < 2 ? 17U : 34U));
        desk->sizes[8]++;
    }
}

static void the_same_number_is_the_same_batch_in_another_file(void **state)
{
    struct desk *desk = *state;
    uint8_t hashes[2][HASH_BYTES];
    uint8_t first[STREAM_HEADER_BYTES];
    struct batch_head head;

    desk_add_five(desk);
    assert_int_equal(desk_write(desk, hashes[0]), AULA_OK);
    memcpy(first, desk->file, sizeof first);
    assert_int_equal(desk_write(desk, hashes[1]), AULA_OK);
    assert_memory_equal(hashes[0], hashes[1], HASH_BYTES);
    assert_memory_not_equal(first + 21, desk->file + 21, 80);
    assert_memory_not_equal(first + 101, desk->file + 101, 24);
    head = desk_head(desk);
    head.number++;
    assert_int_equal(desk_write_as(desk, hashes[1], &head, desk_sum(desk)),
                     AULA_OK);
    assert_memory_not_equal(hashes[0], hashes[1], HASH_BYTES);
}

static void records_that_are_not_as_announced_are_refused(void **state)
{
    struct desk *desk = *state;
    struct batch_head head;
    uint8_t hash[HASH_BYTES];

    desk_add_five(desk);
    head = desk_head(desk);
    memcpy(hash, untouched, sizeof hash);
    assert_int_equal(desk_write_as(desk, hash, &head, desk_sum(desk) - 1),
                     AULA_BATCH_COUNT);
    assert_int_equal(desk_write_as(desk, hash, &head, desk_sum(desk) + 1),
                     AULA_BATCH_COUNT);
    assert_memory_equal(hash, untouched, sizeof hash);
    assert_int_equal(desk_write_as(desk, hash, &head, desk_sum(desk)), AULA_OK);
}

static void a_record_longer_than_any_is_refused(void **state)
{
    struct desk *desk = *state;
    uint8_t hash[HASH_BYTES];

    desk_add(desk, 1, BATCH_RECORD_MAX);
    assert_int_equal(desk_write(desk, hash), AULA_OK);
    desk->sizes[0]++;
    assert_int_equal(desk_write(desk, hash), AULA_BATCH_COUNT);
}

static void a_batch_beyond_the_limit_is_not_begun(void **state)
{
    struct desk *desk = *state;
    struct batch_head head;
    uint8_t hash[HASH_BYTES];

    desk_add_five(desk);
    head = desk_head(desk);
    assert_int_equal(desk_write_as(desk, hash, &head, BATCH_FILE_MAX),
                     AULA_TOO_LARGE);
    assert_int_equal(desk_write_as(desk, hash, &head, UINT32_MAX),
                     AULA_TOO_LARGE);
    assert_int_equal(desk_write_as(desk, hash, &head, (uint64_t)1 << 40),
                     AULA_TOO_LARGE);
    assert_int_equal(desk->writes, 0);
    assert_int_equal(desk->given, 0);
}

static void nothing_is_sealed_to_a_key_that_everyone_opens(void **state)
{
    struct desk *desk = *state;
    uint8_t hash[HASH_BYTES];

    desk_add_five(desk);
    memset(desk->office_public, 0, sizeof desk->office_public);
    assert_int_equal(desk_write(desk, hash), AULA_BATCH_SEAL);
    assert_int_equal(desk->writes, 0);
}

/* The disk fills up at each write in turn, until all of them go well. */
static void a_full_stick_is_reported_at_whatever_write(void **state)
{
    struct desk *desk = *state;
    uint8_t hash[HASH_BYTES];
    enum aula_code code = AULA_FULL;

    for (size_t i = 0; i < 20; i++) {
        desk_add(desk, 1, 8000);
    }
    memcpy(hash, untouched, sizeof hash);
    while (code != AULA_OK) {
        desk->fail_write++;
        assert_memory_equal(hash, untouched, sizeof hash);
        code = desk_write(desk, hash);
        if (code != AULA_OK) {
            assert_int_equal(code, AULA_FULL);
            assert_int_equal(desk->writes, desk->fail_write);
        }
    }
    assert_int_equal(desk->fail_write, 1 + 1 + 3); /* header, chunks, none */
    assert_int_equal(desk_open(desk), AULA_OK);
}

/* What is on the stick so far is no batch to anyone. */
static void a_record_that_cannot_be_read_ends_the_writing(void **state)
{
    struct desk *desk = *state;
    uint8_t hash[HASH_BYTES];

    for (size_t i = 0; i < 20; i++) {
        desk_add(desk, 1, 8000);
    }
    memcpy(hash, untouched, sizeof hash);
    for (desk->fail_next = 1; desk->fail_next <= 20; desk->fail_next++) {
        assert_int_equal(desk_write(desk, hash), AULA_STORE_DAMAGED);
        assert_int_equal(desk->given, desk->fail_next);
        assert_memory_equal(hash, untouched, sizeof hash);
        assert_int_equal(desk_open(desk), AULA_BATCH_TRUNCATED);
    }
    assert_int_equal(desk_write(desk, hash), AULA_OK);
}

static void files_are_named_after_election_terminal_and_number(void **state)
{
    struct desk *desk = *state;
    char name[BATCH_NAME_BYTES];

    for (size_t i = 0; i < 16; i++) {
        desk->package_hash[i] = (uint8_t)(0xf0 - i);
        desk->tid[i] = (uint8_t)i;
    }
    batch_file_name(name, desk->package_hash, desk->tid, 1);
    assert_string_equal(name, "aula-f0efeeedecebeae9e8e7e6e5e4e3e2e1-"
                              "000102030405060708090a0b0c0d0e0f-1.batch");
    batch_file_name(name, desk->package_hash, desk->tid, UINT32_MAX);
    assert_string_equal(name, "aula-f0efeeedecebeae9e8e7e6e5e4e3e2e1-"
                              "000102030405060708090a0b0c0d0e0f-"
                              "4294967295.batch");
    batch_head_name(name, desk->package_hash, desk->tid);
    assert_string_equal(name, "aula-f0efeeedecebeae9e8e7e6e5e4e3e2e1-"
                              "000102030405060708090a0b0c0d0e0f.head");
}

static void nothing_is_closed_where_nothing_was_opened(void **state)
{
    struct batch batch = {.size = 0};

    (void)state;
    batch_close(NULL);
    batch_close(&batch);
    batch_close(&batch);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        BATCH_TEST(what_is_written_is_opened),
        BATCH_TEST(a_batch_without_any_ballot_is_a_batch),
        BATCH_TEST(a_batch_may_end_anywhere_in_a_chunk),
        BATCH_TEST(the_same_number_is_the_same_batch_in_another_file),
        BATCH_TEST(records_that_are_not_as_announced_are_refused),
        BATCH_TEST(a_record_longer_than_any_is_refused),
        BATCH_TEST(a_batch_beyond_the_limit_is_not_begun),
        BATCH_TEST(nothing_is_sealed_to_a_key_that_everyone_opens),
        BATCH_TEST(a_full_stick_is_reported_at_whatever_write),
        BATCH_TEST(a_record_that_cannot_be_read_ends_the_writing),
        BATCH_TEST(files_are_named_after_election_terminal_and_number),
        BATCH_TEST(nothing_is_closed_where_nothing_was_opened),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
