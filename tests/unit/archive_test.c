/* SPDX-License-Identifier: Apache-2.0 */
/* The archive: a set that no order of adding changes, and one commit or
 * nothing. What it refuses stands in archive_refuse_test.c; the numbers are
 * those of archive.h's promises. */
#define _XOPEN_SOURCE 700

#include "archive_desk.h"

#include "calls.h"

static void in_any_order_the_set_is_the_same(void **state)
{
    for (size_t turn = 0; turn < ROWS; turn++) {
        char name[16];
        struct archive *archive;

        (void)snprintf(name, sizeof name, "%zu.db", turn);
        archive = archive_desk_open(*state, name, ARCHIVE_WRITE);
        for (size_t i = 0; i < 2 * (size_t)ROWS; i++) {
            size_t at = (turn + i * 5) % ROWS;

            assert_int_equal(archive_begin(archive, NULL), AULA_OK);
            archive_desk_add(archive, rows[at].terminal, rows[at].seq,
                             rows[at].which);
            assert_int_equal(archive_commit(archive, NULL), AULA_OK);
        }
        archive_desk_check(archive, all_rows);
        archive_close(archive);
    }
}

static void what_was_committed_is_read_again(void **state)
{
    struct archive *archive;
    struct archive_counts counts;

    archive_desk_fill(*state, "a.db");
    for (int use = ARCHIVE_WRITE; use <= ARCHIVE_FOREIGN; use++) {
        archive = archive_desk_open(*state, "a.db", (enum archive_use)use);
        archive_desk_check(archive, all_rows);
        assert_int_equal(archive_count(archive, &counts, NULL), AULA_OK);
        assert_int_equal(counts.records, ROWS);
        assert_int_equal(counts.quarantined, 1);
        assert_int_equal(counts.batches, 0);
        assert_int_equal(counts.certificates, 0);
        archive_close(archive);
    }
    archive_close(NULL);
}

static void what_was_not_committed_is_gone(void **state)
{
    struct archive *archive;

    archive_desk_fill(*state, "a.db");
    archive = archive_desk_open(*state, "a.db", ARCHIVE_WRITE);
    assert_int_equal(archive_begin(archive, NULL), AULA_OK);
    archive_desk_add(archive, 3, 1, 1);
    archive_rollback(archive);
    archive_desk_check(archive, all_rows);
    assert_int_equal(archive_begin(archive, NULL), AULA_OK);
    archive_desk_add(archive, 3, 1, 1);
    archive_close(archive);
    archive = archive_desk_open(*state, "a.db", ARCHIVE_READ);
    archive_desk_check(archive, all_rows);
    archive_close(archive);
}

static void a_terminal_is_read_alone(void **state)
{
    const uint8_t tids[3][ARCHIVE_ID_BYTES] = {
        {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}, {3}, {0}};
    struct dump dump = {.size = 0};
    struct archive *archive;

    archive_desk_fill(*state, "a.db");
    archive = archive_desk_open(*state, "a.db", ARCHIVE_READ);
    assert_int_equal(archive_each_record(archive, tids[0], dump_record, &dump,
                                         NULL),
                     AULA_OK);
    assert_string_equal(dump.text, "2 1 4 OK\n2 7 5 OK\n");
    assert_int_equal(archive_each_record(archive, tids[1], dump_record, &dump,
                                         NULL),
                     AULA_OK);
    assert_int_equal(dump.count, 2);
    archive_close(archive);
}

static void quarantined_records_are_read_by_hash(void **state)
{
    struct dump dump = {.size = 0};
    struct archive *archive = archive_desk_open(*state, "a.db", ARCHIVE_WRITE);
    struct sample sample;

    assert_int_equal(archive_begin(archive, NULL), AULA_OK);
    for (uint8_t i = 0; i < 3; i++) {
        draw_sample(&sample, i, i, (uint8_t)(9 - i));
        sample.record.error = AULA_SIG_INVALID;
        assert_int_equal(archive_add_record(archive, &sample.record, NULL),
                         AULA_OK);
    }
    archive_desk_add(archive, 4, 1, 1);
    assert_int_equal(archive_commit(archive, NULL), AULA_OK);
    assert_int_equal(archive_each_quarantined(archive, dump_record, &dump,
                                              NULL),
                     AULA_OK);
    assert_string_equal(dump.text, "2 2 7 SIG_INVALID\n1 1 8 SIG_INVALID\n"
                                   "0 0 9 SIG_INVALID\n");
    archive_close(archive);
}

static void a_seq_past_all_bounds_is_kept(void **state)
{
    struct archive *archive = archive_desk_open(*state, "a.db", ARCHIVE_WRITE);

    assert_int_equal(archive_begin(archive, NULL), AULA_OK);
    archive_desk_add(archive, 1, 1, 9);
    archive_desk_add(archive, 1, UINT64_MAX, 9);
    archive_desk_add(archive, 1, 1ULL << 63, 9);
    assert_int_equal(archive_commit(archive, NULL), AULA_OK);
    archive_desk_check(archive, "1 9223372036854775808 9 BALLOT_PROOF\n"
                                "1 18446744073709551615 9 BALLOT_PROOF\n"
                                "1 1 9 BALLOT_PROOF\n");
    archive_close(archive);
}

static void looking_tells_the_same_from_another(void **state)
{
    struct archive *archive;
    struct sample sample;
    bool is_held = false;
    bool has_other = false;

    archive_desk_fill(*state, "a.db");
    archive = archive_desk_open(*state, "a.db", ARCHIVE_READ);
    for (uint8_t which = 2; which <= 4; which++) {
        draw_sample(&sample, 1, 2, which);
        assert_int_equal(archive_look(archive, &is_held, &has_other, sample.tid,
                                      2, sample.hash, NULL),
                         AULA_OK);
        assert_int_equal(is_held, which < 4);
        assert_true(has_other);
    }
    assert_int_equal(archive_look(archive, &is_held, &has_other, sample.tid, 4,
                                  sample.hash, NULL),
                     AULA_OK);
    assert_false(is_held || has_other);
    archive_close(archive);
}

static void a_record_is_found_by_its_key(void **state)
{
    struct archive *archive;
    struct sample sample;
    struct dump dump = {.size = 0};

    archive_desk_fill(*state, "a.db");
    archive = archive_desk_open(*state, "a.db", ARCHIVE_READ);
    draw_sample(&sample, 1, 2, 3);
    assert_int_equal(archive_find_record(archive, sample.tid, 2, sample.hash,
                                         dump_record, &dump, NULL),
                     AULA_OK);
    assert_string_equal(dump.text, "1 2 3 OK\n");
    assert_int_equal(archive_find_record(archive, sample.tid, 3, sample.hash,
                                         dump_record, &dump, NULL),
                     AULA_STORE_DAMAGED);
    assert_int_equal(dump.count, 1);
    assert_int_equal(archive_find_place(archive, dump.place, dump_record, &dump,
                                        NULL),
                     AULA_OK);
    assert_string_equal(dump.text, "1 2 3 OK\n1 2 3 OK\n");
    assert_int_equal(archive_find_place(archive, dump.place + ROWS, dump_record,
                                        &dump, NULL),
                     AULA_STORE_DAMAGED);
    archive_close(archive);
}

static enum aula_code stop(void *context, const struct archive_record *record,
                           struct aula_error *err)
{
    size_t *count = context;

    (void)record;
    ++*count;
    return aula_fail(err, AULA_FULL, "enough");
}

static void a_visitor_ends_the_walk(void **state)
{
    struct archive *archive;
    size_t count = 0;

    archive_desk_fill(*state, "a.db");
    archive = archive_desk_open(*state, "a.db", ARCHIVE_READ);
    assert_int_equal(archive_each_record(archive, NULL, stop, &count, NULL),
                     AULA_FULL);
    assert_int_equal(count, 1);
    archive_desk_check(archive, all_rows);
    archive_close(archive);
}

static void another_judgement_replaces_an_error(void **state)
{
    struct archive *archive;
    struct sample sample;

    archive_desk_fill(*state, "a.db");
    archive = archive_desk_open(*state, "a.db", ARCHIVE_WRITE);
    draw_sample(&sample, 1, 2, 3);
    assert_int_equal(archive_begin(archive, NULL), AULA_OK);
    assert_int_equal(archive_set_error(archive, sample.tid, 2, sample.hash,
                                       AULA_REC_CONTEST_TERMINAL, NULL),
                     AULA_OK);
    assert_int_equal(archive_commit(archive, NULL), AULA_OK);
    archive_desk_check(archive,
                       "1 1 1 OK\n1 2 2 OK\n1 2 3 REC_CONTEST_TERMINAL\n"
                       "1 3 9 BALLOT_PROOF\n2 1 4 OK\n2 7 5 OK\n");
    archive_close(archive);
}

static enum aula_code copy_certificate(void *context, const uint8_t *tid,
                                       const uint8_t *bytes, size_t size,
                                       struct aula_error *err)
{
    char *text = context;

    (void)err;
    assert_true(strlen(text) + size + 8 < DUMP_MAX);
    (void)snprintf(text + strlen(text), 8 + size, "%u %.*s\n", tid[0],
                   (int)size, (const char *)bytes);
    return AULA_OK;
}

/* 4. */
static void the_smallest_certificate_is_kept(void **state)
{
    static const struct {
        uint8_t tid;
        const char *text;
        bool is_kept;
    } steps[] = {{2, "bb", true}, {2, "bc", false}, {2, "bb", false},
                 {2, "b", true},  {1, "z", true},   {2, "a~~", true}};
    struct archive *archive = archive_desk_open(*state, "a.db", ARCHIVE_WRITE);
    char text[DUMP_MAX] = "";

    assert_int_equal(archive_begin(archive, NULL), AULA_OK);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        uint8_t tid[ARCHIVE_ID_BYTES] = {steps[i].tid};
        bool is_kept = !steps[i].is_kept;

        assert_int_equal(archive_add_certificate(archive, &is_kept, tid,
                                                 (const uint8_t *)steps[i].text,
                                                 strlen(steps[i].text), NULL),
                         AULA_OK);
        assert_int_equal(is_kept, steps[i].is_kept);
    }
    assert_int_equal(archive_commit(archive, NULL), AULA_OK);
    assert_int_equal(archive_each_certificate(archive, copy_certificate, text,
                                              NULL),
                     AULA_OK);
    assert_string_equal(text, "1 z\n2 a~~\n");
    archive_close(archive);
}

static enum aula_code check_batch(void *context,
                                  const struct archive_batch *batch,
                                  struct aula_error *err)
{
    size_t *count = context;
    uint8_t expected[ARCHIVE_HASH_BYTES];

    (void)err;
    ++*count;
    memset(expected, (int)*count, sizeof expected);
    assert_memory_equal(batch->hash, expected, sizeof expected);
    assert_memory_equal(batch->prev, election, sizeof election);
    assert_int_equal(batch->number, UINT32_MAX - 2 + *count);
    assert_int_equal(batch->time, 11);
    assert_int_equal(batch->first_seq, 12);
    assert_true(batch->last_seq == UINT64_MAX);
    assert_int_equal(batch->count, 13);
    assert_string_equal(batch->name, "Двор.batch");
    assert_int_equal(batch->imported, 14);
    return AULA_OK;
}

static void a_batch_is_kept_once(void **state)
{
    struct archive *archive = archive_desk_open(*state, "a.db", ARCHIVE_WRITE);
    uint8_t hash[ARCHIVE_HASH_BYTES];
    const uint8_t tid[ARCHIVE_ID_BYTES] = {1};
    struct archive_batch batch = {.hash = hash,
                                  .tid = tid,
                                  .prev = election,
                                  .time = 11,
                                  .first_seq = 12,
                                  .last_seq = UINT64_MAX,
                                  .count = 13,
                                  .name = "Двор.batch",
                                  .imported = 14};
    size_t count = 0;
    bool is_new = false;
    bool has_twin = true;

    assert_int_equal(archive_begin(archive, NULL), AULA_OK);
    for (unsigned i = 2; i >= 1; i--) {
        memset(hash, (int)i, sizeof hash);
        batch.number = UINT32_MAX - 2 + i;
        assert_int_equal(archive_add_batch(archive, &is_new, &has_twin, &batch,
                                           NULL),
                         AULA_OK);
        assert_true(is_new);
        assert_false(has_twin);
    }
    batch.imported = 99;
    assert_int_equal(archive_add_batch(archive, &is_new, &has_twin, &batch,
                                       NULL),
                     AULA_OK);
    assert_false(is_new || has_twin);
    assert_int_equal(archive_commit(archive, NULL), AULA_OK);
    assert_int_equal(archive_each_batch(archive, check_batch, &count, NULL),
                     AULA_OK);
    assert_int_equal(count, 2);
    hash[31] = 0;
    assert_int_equal(archive_begin(archive, NULL), AULA_OK);
    assert_int_equal(archive_add_batch(archive, &is_new, &has_twin, &batch,
                                       NULL),
                     AULA_OK);
    assert_true(is_new && has_twin);
    archive_close(archive);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, office_folder_make,                  \
                                    office_folder_clear)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(in_any_order_the_set_is_the_same),
        TEST(what_was_committed_is_read_again),
        TEST(what_was_not_committed_is_gone),
        TEST(a_terminal_is_read_alone),
        TEST(quarantined_records_are_read_by_hash),
        TEST(a_seq_past_all_bounds_is_kept),
        TEST(looking_tells_the_same_from_another),
        TEST(a_record_is_found_by_its_key),
        TEST(a_visitor_ends_the_walk),
        TEST(another_judgement_replaces_an_error),
        TEST(the_smallest_certificate_is_kept),
        TEST(a_batch_is_kept_once),
    };

    calls.is_quick = true;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
