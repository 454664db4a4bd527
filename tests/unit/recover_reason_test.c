/* SPDX-License-Identifier: Apache-2.0 */
/* When a terminal may be recovered at all, and what is known to be missing: a
 * fault of the disk alone proves no loss. A pipe in place of the store's lock
 * stands in for such a fault: it can be locked, and not read. */
#include "terminal_desk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cheap_pwhash.h"
#include "file.h"
#include "vfs.h"

enum { PAGE_BYTES = 4096, FILE_MAX = 1 << 28 };

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

static void copy_file(const char *from, const char *to)
{
    uint8_t *bytes = NULL;
    size_t size = 0;

    assert_int_equal(file_read(&bytes, &size, from, FILE_MAX, NULL), AULA_OK);
    assert_int_equal(file_write(to, bytes, size, 0600, NULL), AULA_OK);
    free(bytes);
}

/* The stick is empty, and the terminal is where it was. */
static void expect_untouched(const struct desk *desk)
{
    assert_int_equal(rmdir(desk->stick), 0);
    assert_int_equal(mkdir(desk->stick, 0700), 0);
    assert_int_equal(terminal_look(&desk->place), TERMINAL_REQUESTED);
}

/* Returns: the pipe; it is held open, or opening it would wait for a writer */
static int break_lock(struct desk *desk)
{
    char path[2 * DESK_PATH_BYTES];
    int pipe;

    terminal_close(desk->terminal);
    desk->terminal = NULL;
    path_in(path, desk->data, "terminal/store.db-lock");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0);
    pipe = open(path, O_RDWR | O_CLOEXEC);
    assert_true(pipe >= 0);
    return pipe;
}

static void a_fault_of_the_disk_alone_recovers_nothing(void **state)
{
    struct desk *desk = *state;
    struct recover_report report;
    int pipe;

    desk_vote(desk, DESK_VOTER);
    pipe = break_lock(desk);
    assert_int_equal(recover(desk, &report), AULA_IO);
    expect_untouched(desk);
    (void)close(pipe);
}

/* Overwrite the middle of one page. */
static void damage(const char *path, long page)
{
    FILE *file = fopen(path, "r+b");
    uint8_t junk[64] = {0x5a};

    assert_non_null(file);
    assert_int_equal(fseek(file, page * PAGE_BYTES + 100, SEEK_SET), 0);
    assert_int_equal(fwrite(junk, sizeof junk, 1, file), 1);
    assert_int_equal(fclose(file), 0);
}

/* Pages that hold package, certificate or key are passed over. */
static void a_fault_with_a_damaged_page_is_recovered(void **state)
{
    struct desk *desk = *state;
    struct recover_report report = {0};
    char store[2 * DESK_PATH_BYTES];
    char whole[2 * DESK_PATH_BYTES];
    struct stat status;
    enum aula_code code = AULA_STORE_DAMAGED;
    int pipe;

    desk_vote(desk, DESK_VOTER);
    pipe = break_lock(desk);
    path_in(store, desk->data, "terminal/store.db");
    path_in(whole, desk->folder, "whole.db");
    copy_file(store, whole);
    assert_int_equal(lstat(store, &status), 0);
    for (long page = 0;
         code != AULA_OK && page < (long)status.st_size / PAGE_BYTES; page++) {
        copy_file(whole, store);
        damage(store, page);
        code = recover(desk, &report);
    }
    assert_int_equal(code, AULA_OK);
    assert_int_equal(report.reason, AULA_STORE_DAMAGED);
    assert_int_equal(report.pages, 1);
    assert_int_equal(terminal_look(&desk->place), TERMINAL_BLANK);
    recover_report_clear(&report);
    (void)close(pipe);
}

/* A folder stands where they are counted: they cannot be read, so nobody knows
 * who has to wait. */
static void a_passphrase_is_not_tried_where_tries_are_unknown(void **state)
{
    struct desk *desk = *state;
    struct recover_report report;
    char path[2 * DESK_PATH_BYTES];

    terminal_close(desk->terminal);
    desk->terminal = NULL;
    path_in(path, desk->data, "terminal/tries");
    (void)unlink(path);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(recover(desk, &report), AULA_IO);
    expect_untouched(desk);
    assert_int_equal(rmdir(path), 0);
    desk_reopen(desk);
    assert_int_equal(desk_status(desk).state, TERMINAL_OPEN);
}

/* Store and second place are put back together; the stick alone remembers. */
static void the_stick_says_how_much_is_missing(void **state)
{
    struct desk *desk = *state;
    const struct transfer transfer = {0};
    struct transfer_done done;
    struct recover_report report;
    char store[2 * DESK_PATH_BYTES];
    char old[2 * DESK_PATH_BYTES];
    char witness[DESK_PATH_BYTES];
    char old_witness[2 * DESK_PATH_BYTES];
    uint64_t last;

    path_in(store, desk->data, "terminal/store.db");
    path_in(old, desk->folder, "old");
    path_in(old_witness, desk->folder, "old-witness");
    desk_witness_path(witness, desk);
    desk_reopen(desk);
    last = desk_status(desk).last_seq;
    terminal_close(desk->terminal);
    desk->terminal = NULL;
    copy_file(store, old);
    copy_file(witness, old_witness);
    desk_reopen(desk);
    desk_vote(desk, DESK_VOTER);
    assert_int_equal(transfer_export(desk->terminal, &done, desk->stick,
                                     &transfer, NULL),
                     AULA_OK);
    terminal_close(desk->terminal);
    desk->terminal = NULL;
    copy_file(old, store);
    copy_file(old_witness, witness);
    desk_reopen(desk);
    assert_int_equal(transfer_export(desk->terminal, &done, desk->stick,
                                     &transfer, NULL),
                     AULA_STORE_BEHIND);
    assert_int_equal(recover(desk, &report), AULA_OK);
    assert_int_equal(report.reason, AULA_STORE_BEHIND);
    assert_true(done.last_seq > last + 2);
    assert_int_equal(report.witness_seq, done.last_seq);
    recover_report_clear(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_fault_of_the_disk_alone_recovers_nothing, desk_make_open,
            desk_clear),
        cmocka_unit_test_setup_teardown(
            a_fault_with_a_damaged_page_is_recovered, desk_make_open,
            desk_clear),
        cmocka_unit_test_setup_teardown(
            a_passphrase_is_not_tried_where_tries_are_unknown, desk_make_open,
            desk_clear),
        cmocka_unit_test_setup_teardown(the_stick_says_how_much_is_missing,
                                        desk_make_open, desk_clear),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
