/* SPDX-License-Identifier: Apache-2.0 */
/* Recovery: what verifies of a terminal that must not go on reaches the stick,
 * and the terminal is put aside, not deleted. */
#include "terminal_desk.h"

#include <sys/stat.h>
#include <unistd.h>

#include "cheap_pwhash.h"
#include "file.h"
#include "vfs.h"

enum { PAGE_BYTES = 4096 };

static enum aula_code recover(struct desk *desk, struct recover_report *report)
{
    struct official official = desk_official("Ainur");

    terminal_close(desk->terminal);
    desk->terminal = NULL;
    return recover_save(report, &desk->place, &official, desk->stick, NULL);
}

static void path_in(char path[static 2 * DESK_PATH_BYTES], const char *folder,
                    const char *name)
{
    (void)snprintf(path, 2 * DESK_PATH_BYTES, "%s/%s", folder, name);
}

static void three_vote(struct desk *desk)
{
    desk_vote(desk, DESK_VOTER);
    desk_vote(desk, DESK_OTHER);
    desk_vote(desk, DESK_THIRD);
}

static void a_terminal_that_is_whole_is_not_recovered(void **state)
{
    struct desk *desk = *state;
    struct recover_report report;

    assert_int_equal(recover(desk, &report), AULA_STATE);
    desk_reopen(desk);
    assert_int_equal(desk_status(desk).state, TERMINAL_OPEN);
}

static void one_without_a_witness_is_saved_whole_and_put_aside(void **state)
{
    struct desk *desk = *state;
    struct recover_report report;
    char path[2 * DESK_PATH_BYTES];
    char witness[DESK_PATH_BYTES];
    struct stat status;
    uint64_t last;
    struct keyslot_holder holder = desk_holder("Ainur");

    three_vote(desk);
    last = desk_status(desk).last_seq;
    desk_witness_path(witness, desk);
    assert_int_equal(unlink(witness), 0);
    assert_int_equal(recover(desk, &report), AULA_OK);
    assert_int_equal(report.reason, AULA_WITNESS_MISSING);
    assert_int_equal(report.run_count, 1);
    assert_int_equal(report.runs[0].first_seq, 1);
    assert_int_equal(report.runs[0].last_seq, last);
    assert_int_equal(report.verified, last);
    assert_int_equal(report.refused, 0);
    path_in(path, desk->data, report.aside);
    assert_int_equal(lstat(path, &status), 0);
    assert_int_equal(terminal_look(&desk->place), TERMINAL_BLANK);
    assert_int_equal(setup_make(&desk->place, "Hall 7", &holder, NULL),
                     AULA_OK);
    desk_reopen(desk);
    desk_install(desk);
    desk_open_day(desk);
    desk_vote(desk, DESK_VOTER);
    recover_report_clear(&report);
}

/* Overwrite one page of the store. */
static void damage(struct desk *desk, long page)
{
    char path[2 * DESK_PATH_BYTES];
    FILE *file;
    uint8_t junk[64] = {0x5a};

    path_in(path, desk->data, "terminal/store.db");
    file = fopen(path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, page * PAGE_BYTES + 100, SEEK_SET), 0);
    assert_int_equal(fwrite(junk, sizeof junk, 1, file), 1);
    assert_int_equal(fclose(file), 0);
}

static long page_count(struct desk *desk)
{
    char path[2 * DESK_PATH_BYTES];
    struct stat status;

    path_in(path, desk->data, "terminal/store.db");
    assert_int_equal(lstat(path, &status), 0);
    return (long)(status.st_size / PAGE_BYTES);
}

/* Each page in turn; a store without package, certificate or key gives nothing
 * and stays where it is, every other gives what does not lie on the page. */
static void one_damaged_page_costs_no_more_than_lies_on_it(void **state)
{
    struct desk *desk = *state;
    struct recover_report report;
    char store[2 * DESK_PATH_BYTES];
    char whole[2 * DESK_PATH_BYTES];
    char from[2 * DESK_PATH_BYTES];
    char to[2 * DESK_PATH_BYTES];
    uint8_t *bytes = NULL;
    size_t size = 0;
    size_t saved = 0;
    size_t damaged = 0;
    uint64_t last;

    three_vote(desk);
    last = desk_status(desk).last_seq;
    terminal_close(desk->terminal);
    desk->terminal = NULL;
    path_in(store, desk->data, "terminal/store.db");
    path_in(whole, desk->folder, "whole.db");
    path_in(to, desk->data, "terminal");
    assert_int_equal(file_read(&bytes, &size, store, 1 << 28, NULL), AULA_OK);
    for (long page = 0; page < page_count(desk); page++) {
        enum aula_code code;

        damage(desk, page);
        code = recover(desk, &report);
        damaged++;
        if (code == AULA_OK) {
            saved++;
            assert_int_equal(report.reason, AULA_STORE_DAMAGED);
            assert_in_range(report.verified, 0, last);
            assert_true(report.pages >= 1);
            path_in(from, desk->data, report.aside);
            recover_report_clear(&report);
            assert_int_equal(rename(from, to), 0);
        } else {
            assert_int_equal(code, AULA_STORE_DAMAGED);
        }
        assert_int_equal(file_write(store, bytes, size, 0600, NULL), AULA_OK);
    }
    free(bytes);
    assert_true(saved > 0 && saved < damaged);
    desk_reopen(desk);
    assert_int_equal(desk_status(desk).ended, AULA_OK);
}

static void copy_file(const char *from, const char *to)
{
    uint8_t *bytes = NULL;
    size_t size = 0;

    assert_int_equal(file_read(&bytes, &size, from, 1 << 28, NULL), AULA_OK);
    assert_int_equal(file_write(to, bytes, size, 0600, NULL), AULA_OK);
    free(bytes);
}

/* Two residents vote and their ballots reach the stick under `done`; then the
 * store is put back to where it was before them. */
static void roll_back(struct desk *desk, struct transfer_done *done)
{
    const struct transfer transfer = {0};
    char store[2 * DESK_PATH_BYTES];
    char old[2 * DESK_PATH_BYTES];

    path_in(store, desk->data, "terminal/store.db");
    path_in(old, desk->folder, "old");
    terminal_close(desk->terminal);
    desk->terminal = NULL;
    copy_file(store, old);
    desk_reopen(desk);
    desk_vote(desk, DESK_VOTER);
    desk_vote(desk, DESK_OTHER);
    assert_int_equal(transfer_export(desk->terminal, done, desk->stick,
                                     &transfer, NULL),
                     AULA_OK);
    terminal_close(desk->terminal);
    desk->terminal = NULL;
    copy_file(old, store);
}

/* The number of the batch, its name made one with it. */
static void rename_number(char *name, const char *number)
{
    (void)snprintf(strrchr(name, '-') + 1, 24, "%s.batch", number);
}

static void a_batch_that_the_store_forgot_stays_on_the_stick(void **state)
{
    struct desk *desk = *state;
    struct recover_report report;
    struct transfer_done done;
    char path[2 * DESK_PATH_BYTES];
    uint8_t *before = NULL;
    uint8_t *after = NULL;
    size_t before_size = 0;
    size_t after_size = 0;
    struct stat status;

    roll_back(desk, &done);
    path_in(path, desk->stick, done.name);
    assert_int_equal(file_read(&before, &before_size, path, BATCH_FILE_MAX,
                               NULL),
                     AULA_OK);
    assert_int_equal(recover(desk, &report), AULA_OK);
    assert_int_equal(report.reason, AULA_STORE_BEHIND);
    assert_int_equal(file_read(&after, &after_size, path, BATCH_FILE_MAX, NULL),
                     AULA_OK);
    assert_int_equal(before_size, after_size);
    assert_memory_equal(before, after, before_size);
    assert_int_equal(done.number, 1);
    assert_int_equal(report.run_count, 1);
    assert_int_equal(report.runs[0].number, 2);
    assert_true(report.runs[0].last_seq < done.last_seq);
    rename_number(done.name, "2");
    path_in(path, desk->stick, done.name);
    assert_int_equal(lstat(path, &status), 0);
    free(before);
    free(after);
    recover_report_clear(&report);
}

/* Names that are none of a batch of this terminal count for nothing. */
static void numbers_go_on_above_those_on_the_stick(void **state)
{
    static const char *const numbers[] = {"9",  "041", "4294967296", "77x",
                                          "-5", "",    "+50",        " 60"};
    struct desk *desk = *state;
    struct recover_report report;
    struct transfer_done done;
    char path[2 * DESK_PATH_BYTES];

    roll_back(desk, &done);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char name[2 * BATCH_NAME_BYTES];

        (void)snprintf(name, sizeof name, "%s", done.name);
        rename_number(name, numbers[i]);
        path_in(path, desk->stick, name);
        assert_int_equal(file_write(path, "x", 1, 0600, NULL), AULA_OK);
    }
    assert_int_equal(recover(desk, &report), AULA_OK);
    assert_int_equal(report.run_count, 1);
    assert_int_equal(report.runs[0].number, 10);
    recover_report_clear(&report);
}

static void a_stick_without_a_number_left_takes_nothing(void **state)
{
    struct desk *desk = *state;
    struct recover_report report;
    struct transfer_done done;
    char path[2 * DESK_PATH_BYTES];

    roll_back(desk, &done);
    rename_number(done.name, "4294967295");
    path_in(path, desk->stick, done.name);
    assert_int_equal(file_write(path, "x", 1, 0600, NULL), AULA_OK);
    assert_int_equal(recover(desk, &report), AULA_STATE);
    assert_int_equal(terminal_look(&desk->place), TERMINAL_REQUESTED);
}

static void a_wrong_passphrase_recovers_nothing(void **state)
{
    struct desk *desk = *state;
    struct official wrong = {.label = "Ainur",
                             .secret = {"not this one", 12, NULL}};
    struct recover_report report;
    char witness[DESK_PATH_BYTES];

    desk_witness_path(witness, desk);
    assert_int_equal(unlink(witness), 0);
    terminal_close(desk->terminal);
    desk->terminal = NULL;
    assert_int_equal(recover_save(&report, &desk->place, &wrong, desk->stick,
                                  NULL),
                     AULA_KEY_OPEN);
    assert_int_equal(terminal_look(&desk->place), TERMINAL_REQUESTED);
}

static void without_a_stick_nothing_is_put_aside(void **state)
{
    struct desk *desk = *state;
    struct recover_report report;
    char witness[DESK_PATH_BYTES];

    desk_witness_path(witness, desk);
    assert_int_equal(unlink(witness), 0);
    assert_int_equal(rmdir(desk->stick), 0);
    assert_int_equal(recover(desk, &report), AULA_IO);
    assert_int_equal(terminal_look(&desk->place), TERMINAL_REQUESTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_terminal_that_is_whole_is_not_recovered, desk_make_open,
            desk_clear),
        cmocka_unit_test_setup_teardown(
            one_without_a_witness_is_saved_whole_and_put_aside, desk_make_open,
            desk_clear),
        cmocka_unit_test_setup_teardown(
            one_damaged_page_costs_no_more_than_lies_on_it, desk_make_open,
            desk_clear),
        cmocka_unit_test_setup_teardown(
            a_batch_that_the_store_forgot_stays_on_the_stick, desk_make_open,
            desk_clear),
        cmocka_unit_test_setup_teardown(numbers_go_on_above_those_on_the_stick,
                                        desk_make_open, desk_clear),
        cmocka_unit_test_setup_teardown(
            a_stick_without_a_number_left_takes_nothing, desk_make_open,
            desk_clear),
        cmocka_unit_test_setup_teardown(a_wrong_passphrase_recovers_nothing,
                                        desk_make_open, desk_clear),
        cmocka_unit_test_setup_teardown(without_a_stick_nothing_is_put_aside,
                                        desk_make_open, desk_clear),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
