/* SPDX-License-Identifier: Apache-2.0 */
/* IMPORT: files in any order, any number of times, cut off anywhere, and what
 * is refused changes nothing. The numbers are those of import.h. Passphrases
 * cost nothing here (cheap_pwhash.h). */
#define _XOPEN_SOURCE 700

#include "import_desk.h"

#include <sys/wait.h>

#include "calls.h"

static void check_report(const struct import_report *report, uint64_t fresh,
                         uint64_t held, uint64_t forked, uint64_t quarantined)
{
    if (report->refused != AULA_OK) {
        fail_msg("%s", report->reason);
    }
    assert_int_equal(report->fresh, fresh);
    assert_int_equal(report->held, held);
    assert_int_equal(report->forked, forked);
    assert_int_equal(report->quarantined, quarantined);
    assert_int_equal(report->left_out, 0);
}

static void check_same(const struct import_desk_sum *a,
                       const struct import_desk_sum *b)
{
    assert_memory_equal(&a->counts, &b->counts, sizeof a->counts);
    assert_memory_equal(a->hash, b->hash, sizeof a->hash);
}

static void a_batch_is_imported(void **state)
{
    struct import_desk *desk = *state;
    struct import *import = import_desk_import(desk);
    struct import_desk_sum sum;
    struct import_report report;

    hall_save(desk, &desk->halls[0], 7, 0, 6, "a");
    report = import_desk_take(desk, import, "a");
    check_report(&report, 6, 0, 0, 0);
    assert_true(report.is_known);
    assert_false(report.is_archive);
    assert_false(report.has_twin);
    assert_int_equal(report.number, 7);
    assert_string_equal(report.label, "School 3");
    assert_memory_equal(report.tid, desk->halls[0].keys.tid, sizeof report.tid);
    report = import_desk_take(desk, import, "a");
    check_report(&report, 0, 6, 0, 0);
    import_close(import);
    import_desk_sum(&sum, desk);
    assert_int_equal(sum.counts.records, 6);
    assert_int_equal(sum.counts.quarantined, 0);
    assert_int_equal(sum.counts.batches, 1);
    assert_int_equal(sum.counts.certificates, 1);
}

static const char *const names[] = {"1", "2", "3", "4", "5"};

enum { FILES = sizeof names / sizeof names[0] };

/* Batches that overlap, a fork, and a record that is damaged. */
static void save_files(struct import_desk *desk)
{
    struct hall *hall = &desk->halls[0];
    struct hall *twin = &desk->halls[1];

    hall_save(desk, hall, 1, 0, 4, "1");
    hall_save(desk, hall, 2, 2, 6, "2");
    hall_save(desk, twin, 1, 0, 6, "3");
    hall_start(desk, twin, 1, "School 3");
    hall_event(twin, RECORD_STARTED);
    hall_event(twin, RECORD_UNLOCKED);
    hall_cast(twin, 77);
    hall_save(desk, twin, 3, 0, 3, "4");
    twin->records[2][300] ^= 1;
    hall_save(desk, twin, 4, 2, 3, "5");
}

static void in_any_order_the_archive_is_the_same(void **state)
{
    struct import_desk *desk = *state;
    struct import_desk_sum first;
    struct import_desk_sum sum;
    char path[PLACE_BYTES];

    save_files(desk);
    import_desk_archive(path, desk);
    for (size_t turn = 0; turn < 2 * (size_t)FILES; turn++) {
        struct import *import = import_desk_import(desk);

        for (size_t i = 0; i < 2 * (size_t)FILES; i++) {
            size_t at = (turn + i * (1 + turn % 4)) % FILES;
            struct import_report report = import_desk_take(desk, import,
                                                           names[at]);

            assert_int_equal(report.refused, AULA_OK);
        }
        for (size_t i = 0; i < FILES; i++) {
            struct import_report report = import_desk_take(desk, import,
                                                           names[i]);

            assert_int_equal(report.fresh, 0);
        }
        import_close(import);
        import_desk_sum(turn == 0 ? &first : &sum, desk);
        if (turn > 0) {
            check_same(&first, &sum);
        }
        assert_int_equal(remove(path), 0);
    }
    assert_int_equal(first.counts.records, 15);
    assert_int_equal(first.counts.quarantined, 1);
    assert_int_equal(first.counts.batches, 5);
}

/* 2. */
static void forks_and_damaged_records_are_told(void **state)
{
    struct import_desk *desk = *state;
    struct import *import = import_desk_import(desk);
    struct import_report report;
    uint8_t hash[HASH_BYTES];

    save_files(desk);
    report = import_desk_take(desk, import, "1");
    check_report(&report, 4, 0, 0, 0);
    report = import_desk_take(desk, import, "2");
    check_report(&report, 2, 2, 0, 0);
    report = import_desk_take(desk, import, "4");
    check_report(&report, 2, 1, 2, 0);
    report = import_desk_take(desk, import, "5");
    check_report(&report, 1, 0, 1, 1);
    assert_int_equal(report.shown[0].error, AULA_SIG_INVALID);
    record_hash(hash, desk->halls[1].records[2], desk->halls[1].sizes[2]);
    assert_memory_equal(report.shown[0].hash, hash, sizeof hash);
    import_close(import);
}

static void a_second_batch_of_one_number_is_told(void **state)
{
    struct import_desk *desk = *state;
    struct import *import = import_desk_import(desk);
    struct import_report report;

    hall_save(desk, &desk->halls[0], 1, 0, 3, "a");
    hall_save(desk, &desk->halls[0], 1, 0, 4, "b");
    report = import_desk_take(desk, import, "a");
    assert_false(report.has_twin);
    report = import_desk_take(desk, import, "b");
    assert_true(report.has_twin);
    hall_save(desk, &desk->halls[0], 1, 0, 4, "c");
    import_close(import);
}

/* 1. A process that ends at its first write, at its second, .. */
static void an_import_that_is_cut_off_is_done_again(void **state)
{
    struct import_desk *desk = *state;
    struct import_desk_sum whole;
    struct import_desk_sum sum;
    struct import *import = import_desk_import(desk);
    char path[PLACE_BYTES];
    bool is_done = false;
    unsigned nth = 0;

    hall_save(desk, &desk->halls[0], 1, 0, 6, "a");
    (void)import_desk_take(desk, import, "a");
    import_close(import);
    import_desk_sum(&whole, desk);
    import_desk_archive(path, desk);
    while (!is_done) {
        int status = 0;
        pid_t child;

        assert_int_equal(remove(path), 0);
        child = fork();
        if (child == 0) {
            calls_start(CALLS_END, ++nth, 0, ARCHIVE_FILE);
            import = import_desk_import(desk);
            (void)import_desk_take(desk, import, "a");
            import_close(import);
            _exit(0);
        }
        nth++;
        assert_int_equal(waitpid(child, &status, 0), child);
        is_done = WIFEXITED(status) && WEXITSTATUS(status) == 0;
        import = import_desk_import(desk);
        (void)import_desk_take(desk, import, "a");
        import_close(import);
        import_desk_sum(&sum, desk);
        check_same(&sum, &whole);
    }
    assert_true(nth > 10);
}

/* A disk that takes nothing more is the archive's trouble, not the file's. When
 * it fails in the last step of a commit, nobody can tell on which side that is;
 * but there is nothing between. */
static void a_full_disk_leaves_what_was_there(void **state)
{
    struct import_desk *desk = *state;
    struct import_desk_sum before;
    struct import_desk_sum after;
    struct import *import = import_desk_import(desk);
    bool is_done = false;
    char path[PLACE_BYTES];

    hall_save(desk, &desk->halls[0], 1, 0, 3, "a");
    hall_save(desk, &desk->halls[1], 1, 0, 6, "b");
    (void)import_desk_take(desk, import, "a");
    import_close(import);
    desk_path(path, desk->certify, "b");
    for (unsigned nth = 1; !is_done; nth++) {
        struct import_report report;
        enum aula_code code;

        import_desk_sum(&before, desk);
        import = import_desk_import(desk);
        calls_start(CALLS_FAIL, nth, ENOSPC, ARCHIVE_FILE);
        code = import_file(import, &report, path, NULL);
        is_done = !calls_stop();
        import_close(import);
        import_desk_sum(&after, desk);
        if (code != AULA_OK) {
            assert_true(code == AULA_FULL || code == AULA_IO);
            if (after.counts.records == 3) {
                check_same(&before, &after);
            } else {
                assert_int_equal(after.counts.records, 9);
            }
        } else {
            is_done = true;
        }
    }
    assert_int_equal(after.counts.records, 9);
}

/* 4. */
static void the_smaller_certificate_judges_again(void **state)
{
    struct import_desk *desk = *state;
    struct hall *hall = &desk->halls[0];
    const uint16_t contests[] = {1};
    struct import *import = import_desk_import(desk);
    struct import_desk_sum sum;
    struct import_report report;

    hall_save(desk, hall, 1, 0, 6, "a");
    report = import_desk_take(desk, import, "a");
    check_report(&report, 6, 0, 0, 0);
    /* Its label is shorter, so its bytes are smaller. */
    hall->certificate_size = CERTIFICATE_BYTES(1, 1);
    assert_int_equal(
        certificate_make(hall->certificate, hall->package,
                         import_desk_office(desk)->sample.office_secret,
                         hall->keys.sign_public, "S", 1, contests, 1, NULL),
        AULA_OK);
    hall_save(desk, hall, 2, 5, 6, "b");
    report = import_desk_take(desk, import, "b");
    check_report(&report, 0, 1, 0, 0);
    import_close(import);
    import_desk_sum(&sum, desk);
    assert_int_equal(sum.counts.quarantined, 3);
    assert_int_equal(sum.counts.certificates, 1);
}

/* 3. */
static void archives_merge(void **state)
{
    struct import_desk *desk = *state;
    struct import_desk_sum whole;
    struct import_desk_sum sum;
    struct import *import;
    struct import_report report;
    char own[PLACE_BYTES];
    char away[2][PLACE_BYTES];

    save_files(desk);
    import_desk_archive(own, desk);
    import = import_desk_import(desk);
    for (size_t i = 0; i < FILES; i++) {
        (void)import_desk_take(desk, import, names[i]);
    }
    import_close(import);
    import_desk_sum(&whole, desk);
    desk_path(away[0], desk->certify, "half0");
    desk_path(away[1], desk->certify, "half1");
    assert_int_equal(remove(own), 0);
    for (size_t half = 0; half < 2; half++) {
        import = import_desk_import(desk);
        for (size_t i = half; i < FILES; i += 2) {
            (void)import_desk_take(desk, import, names[i]);
        }
        import_close(import);
        assert_int_equal(rename(own, away[half]), 0);
    }
    import = import_desk_import(desk);
    report = import_desk_take(desk, import, "half1");
    assert_true(report.is_archive);
    check_report(&report, 7, 0, 1, 0);
    report = import_desk_take(desk, import, "half0");
    check_report(&report, 8, 3, 2, 1);
    report = import_desk_take(desk, import, "half0");
    check_report(&report, 0, 11, 0, 0);
    import_close(import);
    import_desk_sum(&sum, desk);
    check_same(&sum, &whole);
}

static void one_imports_at_a_time(void **state)
{
    struct import_desk *desk = *state;
    struct clock clock = {desk_now, desk->certify};
    struct import *import = import_desk_import(desk);
    struct aula_error err = {.message = ""};
    int status = 0;
    pid_t child = fork();

    /* Locks are between processes. */
    if (child == 0) {
        struct import *second = NULL;
        enum aula_code code = import_open(&second, desk->election, desk->desk,
                                          &clock, 1, &err);

        _exit(code == AULA_STORE_BUSY && second == NULL &&
                      strstr(err.message, "another program") != NULL
                  ? 0
                  : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    import_close(import);
    import_close(NULL);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, import_desk_start, import_desk_end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(a_batch_is_imported),
        TEST(in_any_order_the_archive_is_the_same),
        TEST(forks_and_damaged_records_are_told),
        TEST(a_second_batch_of_one_number_is_told),
        TEST(an_import_that_is_cut_off_is_done_again),
        TEST(a_full_disk_leaves_what_was_there),
        TEST(the_smaller_certificate_judges_again),
        TEST(archives_merge),
        TEST(one_imports_at_a_time),
    };

    calls.is_quick = true;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
