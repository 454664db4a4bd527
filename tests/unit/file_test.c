/* SPDX-License-Identifier: Apache-2.0 */
/* Whole files by the promises of file.h: what is refused, and that a failed
 * write leaves things as they were. A bound on the size of files stands in for
 * a full disk: it fails the write in the same place. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sodium.h>

#include "clock.h"
#include "file.h"
#include "reserve.h"

struct desk {
    char folder[64];
    char path[96];
    char part[96];
};

static int make(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);

    (void)snprintf(desk->folder, sizeof desk->folder, "%s",
                   "/tmp/aula-file-XXXXXX");
    assert_non_null(mkdtemp(desk->folder));
    (void)snprintf(desk->path, sizeof desk->path, "%s/a", desk->folder);
    (void)snprintf(desk->part, sizeof desk->part, "%s/a.part", desk->folder);
    *state = desk;
    return 0;
}

static int clear(void **state)
{
    struct desk *desk = *state;

    (void)unlink(desk->path);
    (void)unlink(desk->part);
    assert_int_equal(rmdir(desk->folder), 0);
    free(desk);
    return 0;
}

static void expect(const struct desk *desk, const char *text)
{
    uint8_t *bytes = NULL;
    size_t size = 0;

    assert_int_equal(file_read(&bytes, &size, desk->path, 100, NULL), AULA_OK);
    assert_int_equal(size, strlen(text));
    assert_string_equal((const char *)bytes, text);
    free(bytes);
    assert_int_not_equal(access(desk->part, F_OK), 0);
}

/* What file_read says, with nothing written. */
static enum aula_code try_read(const char *path, size_t size_max)
{
    uint8_t *bytes = NULL;
    size_t size = 77;
    enum aula_code code = file_read(&bytes, &size, path, size_max, NULL);

    if (code != AULA_OK) {
        assert_null(bytes);
        assert_int_equal(size, 77);
    }
    free(bytes);
    return code;
}

static void a_file_is_read_as_it_was_written(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(file_write(desk->path, "one", 3, 0600, NULL), AULA_OK);
    expect(desk, "one");
    assert_int_equal(file_write(desk->path, "", 0, 0600, NULL), AULA_OK);
    expect(desk, "");
}

static void a_secret_is_read_into_locked_memory(void **state)
{
    struct desk *desk = *state;
    uint8_t *bytes = NULL;
    size_t size = 0;

    assert_int_equal(file_write(desk->path, "one", 3, 0600, NULL), AULA_OK);
    assert_int_equal(file_read_secret(&bytes, &size, desk->path, 3, NULL),
                     AULA_OK);
    assert_int_equal(size, 3);
    assert_memory_equal(bytes, "one", 4);
    sodium_free(bytes); /* aborts on other memory */
}

static void a_file_over_its_bound_is_too_large(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(file_write(desk->path, "four", 4, 0600, NULL), AULA_OK);
    assert_int_equal(try_read(desk->path, 4), AULA_OK);
    assert_int_equal(try_read(desk->path, 3), AULA_TOO_LARGE);
    assert_int_equal(try_read(desk->path, 0), AULA_TOO_LARGE);
}

static void a_link_a_pipe_and_a_folder_are_not_read(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(try_read(desk->path, 9), AULA_IO);
    assert_int_equal(symlink("/etc/passwd", desk->path), 0);
    assert_int_equal(try_read(desk->path, 1000000), AULA_IO);
    assert_int_equal(unlink(desk->path), 0);
    assert_int_equal(mkfifo(desk->path, 0600), 0);
    assert_int_equal(try_read(desk->path, 9), AULA_IO);
    assert_int_equal(try_read(desk->folder, 1000000), AULA_IO);
}

static void a_new_file_takes_no_place(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(file_write_new(desk->path, "one", 3, 0600, NULL), AULA_OK);
    assert_int_equal(file_write_new(desk->path, "two", 3, 0600, NULL),
                     AULA_STATE);
    expect(desk, "one");
    assert_int_equal(file_write(desk->path, "two", 3, 0600, NULL), AULA_OK);
    expect(desk, "two");
}

static void a_file_over_a_link_replaces_the_link_alone(void **state)
{
    struct desk *desk = *state;
    struct stat status;

    assert_int_equal(symlink("/nowhere/at/all", desk->path), 0);
    assert_int_equal(file_write_new(desk->path, "x", 1, 0600, NULL),
                     AULA_STATE);
    assert_int_equal(symlink("/nowhere/at/all", desk->part), 0);
    assert_int_equal(file_write(desk->path, "x", 1, 0600, NULL), AULA_OK);
    assert_int_equal(lstat(desk->path, &status), 0);
    assert_true(S_ISREG(status.st_mode));
    expect(desk, "x");
}

static void a_write_that_fails_leaves_things_as_they_were(void **state)
{
    struct desk *desk = *state;
    struct rlimit kept;
    struct rlimit small;
    uint8_t bytes[200] = {0};

    assert_int_equal(file_write(desk->path, "old", 3, 0600, NULL), AULA_OK);
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &kept), 0);
    small = kept;
    small.rlim_cur = 100;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_int_equal(file_write(desk->path, bytes, sizeof bytes, 0600, NULL),
                     AULA_FULL);
    assert_int_equal(reserve_hold(desk->part, 4096, NULL), AULA_FULL);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &kept), 0);
    expect(desk, "old");
}

static void a_path_without_its_folder_is_refused(void **state)
{
    (void)state;
    assert_int_equal(file_write("/nowhere/at/all", "x", 1, 0600, NULL),
                     AULA_IO);
    assert_int_equal(file_make_folder("/nowhere/at/all", true, NULL), AULA_IO);
    assert_int_equal(file_remove("/nowhere/at/all", NULL), AULA_OK);
}

static void a_writer_that_is_aborted_leaves_nothing(void **state)
{
    struct desk *desk = *state;
    struct file_writer *writer = NULL;

    assert_int_equal(file_writer_open(&writer, desk->path, 0600, NULL),
                     AULA_OK);
    assert_int_equal(file_writer_put(writer, "one", 3, NULL), AULA_OK);
    assert_int_not_equal(access(desk->path, F_OK), 0);
    file_writer_abort(writer);
    file_writer_abort(NULL);
    assert_int_not_equal(access(desk->part, F_OK), 0);
    assert_int_not_equal(access(desk->path, F_OK), 0);
}

static void a_folder_may_be_there_and_a_file_may_not(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(file_make_folder(desk->folder, true, NULL), AULA_OK);
    assert_int_equal(file_write(desk->path, "", 0, 0600, NULL), AULA_OK);
    assert_int_equal(file_make_folder(desk->path, true, NULL), AULA_IO);
    assert_int_equal(file_remove(desk->path, NULL), AULA_OK);
    assert_int_equal(file_make_folder(desk->path, true, NULL), AULA_OK);
    assert_int_equal(rmdir(desk->path), 0);
}

static void a_reserve_really_takes_its_space(void **state)
{
    struct desk *desk = *state;
    struct stat status;

    assert_int_equal(reserve_hold(desk->path, 1 << 20, NULL), AULA_OK);
    assert_int_equal(stat(desk->path, &status), 0);
    assert_true(status.st_blocks * 512 >= 1 << 20);
    assert_int_equal(truncate(desk->path, 4096), 0);
    assert_int_equal(truncate(desk->path, 1 << 20), 0); /* a hole */
    assert_int_equal(reserve_hold(desk->path, 1 << 20, NULL), AULA_OK);
    assert_int_equal(stat(desk->path, &status), 0);
    assert_true(status.st_blocks * 512 >= 1 << 20);
    assert_int_equal(reserve_release(desk->path, NULL), AULA_OK);
    assert_int_equal(reserve_release(desk->path, NULL), AULA_OK);
    assert_int_not_equal(access(desk->path, F_OK), 0);
}

static void the_clock_of_the_machine_runs_in_this_century(void **state)
{
    struct clock clock = clock_system();

    (void)state;
    assert_in_range(clock_now(&clock), 1600000000U, 4102444800U);
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, make, clear)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_FOLDER(a_file_is_read_as_it_was_written),
        WITH_FOLDER(a_secret_is_read_into_locked_memory),
        WITH_FOLDER(a_file_over_its_bound_is_too_large),
        WITH_FOLDER(a_link_a_pipe_and_a_folder_are_not_read),
        WITH_FOLDER(a_new_file_takes_no_place),
        WITH_FOLDER(a_file_over_a_link_replaces_the_link_alone),
        WITH_FOLDER(a_write_that_fails_leaves_things_as_they_were),
        WITH_FOLDER(a_path_without_its_folder_is_refused),
        WITH_FOLDER(a_writer_that_is_aborted_leaves_nothing),
        WITH_FOLDER(a_folder_may_be_there_and_a_file_may_not),
        WITH_FOLDER(a_reserve_really_takes_its_space),
        cmocka_unit_test(the_clock_of_the_machine_runs_in_this_century),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
