/* SPDX-License-Identifier: Apache-2.0 */
/* Wrong passphrases: how long each makes everyone wait, and that neither a
 * clock, a power cut nor a spoilt file changes much about it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sodium.h>

#include "bytes.h"
#include "file.h"
#include "place.h"
#include "tries.h"

enum { NOW = 1800000000 };

struct desk {
    char folder[64];
    char path[96];
};

static int make(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);

    (void)snprintf(desk->folder, sizeof desk->folder, "%s",
                   "/tmp/aula-tries-XXXXXX");
    assert_non_null(mkdtemp(desk->folder));
    (void)snprintf(desk->path, sizeof desk->path, "%s/tries", desk->folder);
    *state = desk;
    return 0;
}

static int clear(void **state)
{
    struct desk *desk = *state;

    (void)unlink(desk->path);
    (void)rmdir(desk->path);
    assert_int_equal(rmdir(desk->folder), 0);
    free(desk);
    return 0;
}

static void fail_times(const struct desk *desk, uint32_t times, uint64_t now)
{
    for (uint32_t i = 0; i < times; i++) {
        assert_int_equal(tries_failed(desk->folder, now, NULL), AULA_OK);
    }
}

static void expect_may(const struct desk *desk, uint64_t now)
{
    assert_int_equal(tries_may(desk->folder, now, NULL), AULA_OK);
}

static void expect_wait(const struct desk *desk, uint64_t now, uint32_t count,
                        unsigned seconds)
{
    struct aula_error err = {0};
    char text[80];

    (void)snprintf(text, sizeof text, "%u wrong passphrases: wait %u seconds",
                   (unsigned)count, seconds);
    assert_int_equal(tries_may(desk->folder, now, &err), AULA_KEY_OPEN);
    assert_int_equal(err.code, AULA_KEY_OPEN);
    assert_string_equal(err.message, text);
}

static void expect_cleared(const struct desk *desk, bool expected)
{
    bool was_locked = !expected;

    assert_int_equal(tries_right(desk->folder, &was_locked, NULL), AULA_OK);
    assert_int_equal(was_locked, expected);
    if (expected) {
        /* Kept until event 4 is recorded, and nobody waits. */
        assert_false(place_is_missing(desk->folder, "tries"));
        expect_may(desk, 0);
        assert_int_equal(tries_failed(desk->folder, 0, NULL), AULA_OK);
        assert_int_equal(tries_right(desk->folder, &was_locked, NULL), AULA_OK);
        assert_true(was_locked);
        assert_int_equal(tries_forget(desk->folder, NULL), AULA_OK);
    }
    assert_true(place_is_missing(desk->folder, "tries"));
}

static void put(const struct desk *desk, const void *bytes, size_t size)
{
    assert_int_equal(file_write(desk->path, bytes, size, 0600, NULL), AULA_OK);
}

static void put_numbers(const struct desk *desk, uint32_t count, uint64_t last)
{
    uint8_t bytes[TRIES_BYTES];

    put_le32(bytes, count);
    put_le64(bytes + 4, last);
    put(desk, bytes, sizeof bytes);
}

static void expect_numbers(const struct desk *desk, uint32_t count,
                           uint64_t last)
{
    uint8_t *bytes = NULL;
    size_t size = 0;
    struct stat status;

    assert_int_equal(file_read(&bytes, &size, desk->path, 100, NULL), AULA_OK);
    assert_int_equal(size, TRIES_BYTES);
    assert_int_equal(get_le32(bytes), count);
    assert_int_equal(get_le64(bytes + 4), last);
    free(bytes);
    assert_int_equal(stat(desk->path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void five_wrong_ones_are_free(void **state)
{
    struct desk *desk = *state;

    for (uint32_t i = 0; i < TRIES_FREE; i++) {
        expect_may(desk, NOW);
        fail_times(desk, 1, NOW);
        expect_numbers(desk, i + 1, NOW);
    }
    expect_wait(desk, NOW, 5, 15);
}

static void each_further_one_doubles_the_wait_up_to_four_hours(void **state)
{
    static const unsigned waits[] = {15,   30,   60,   120,   240,   480,  960,
                                     1920, 3840, 7680, 14400, 14400, 14400};
    struct desk *desk = *state;
    uint64_t now = NOW;

    fail_times(desk, TRIES_FREE, now);
    for (uint32_t i = 0; i < sizeof waits / sizeof *waits; i++) {
        expect_wait(desk, now, TRIES_FREE + i, waits[i]);
        expect_wait(desk, now + waits[i] - 1, TRIES_FREE + i, 1);
        now += waits[i];
        expect_may(desk, now);
        fail_times(desk, 1, now);
    }
}

static void a_right_one_forgets_the_wrong_ones(void **state)
{
    struct desk *desk = *state;

    expect_cleared(desk, false);
    fail_times(desk, TRIES_FREE + 1, NOW);
    expect_cleared(desk, false);
    expect_may(desk, NOW);
    fail_times(desk, TRIES_FREE - 1, NOW);
    expect_may(desk, NOW);
}

/* The right one was counted as well before it was tried. */
static void only_a_lock_out_is_told(void **state)
{
    struct desk *desk = *state;

    fail_times(desk, TRIES_LOCKED - 1, NOW);
    fail_times(desk, 1, NOW + 7680);
    expect_cleared(desk, false);
    fail_times(desk, TRIES_LOCKED, NOW);
    fail_times(desk, 1, NOW + TRIES_LOCKED_WAIT_S);
    expect_cleared(desk, true);
}

static void a_clock_set_back_begins_the_wait_anew_and_only_once(void **state)
{
    struct desk *desk = *state;

    fail_times(desk, TRIES_LOCKED, NOW);
    expect_wait(desk, NOW + 14399, TRIES_LOCKED, 1);
    expect_wait(desk, NOW - 1000000, TRIES_LOCKED, 14400);
    expect_numbers(desk, TRIES_LOCKED, NOW - 1000000);
    expect_wait(desk, NOW - 1000000 + 14399, TRIES_LOCKED, 1);
    expect_may(desk, NOW - 1000000 + 14400);
    /* 0 is not a time of the file. */
    expect_wait(desk, 1, TRIES_LOCKED, 14400);
    expect_may(desk, 14401);
}

/* Where nobody waits, a clock is no matter and nothing is written. */
static void a_clock_set_back_makes_no_wait(void **state)
{
    struct desk *desk = *state;

    fail_times(desk, TRIES_FREE - 1, NOW);
    expect_may(desk, 5);
    expect_numbers(desk, TRIES_FREE - 1, NOW);
}

static void no_numbers_in_the_file_run_over(void **state)
{
    struct desk *desk = *state;

    put_numbers(desk, UINT32_MAX, UINT64_MAX);
    expect_wait(desk, NOW, UINT32_MAX, 14400);
    fail_times(desk, 1, NOW);
    expect_numbers(desk, UINT32_MAX, NOW);
    expect_may(desk, UINT64_MAX);
    expect_cleared(desk, true);
}

static void a_file_of_another_length_counts_as_five(void **state)
{
    static const uint8_t zeros[TRIES_BYTES + 1];
    static const size_t sizes[] = {0, TRIES_BYTES - 1, TRIES_BYTES + 1};
    struct desk *desk = *state;

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        put(desk, zeros, sizes[i]);
        expect_wait(desk, NOW, TRIES_FREE, 15);
        expect_numbers(desk, TRIES_FREE, NOW);
        expect_may(desk, NOW + 15);
        put(desk, zeros, sizes[i]);
        fail_times(desk, 1, NOW);
        expect_wait(desk, NOW, TRIES_FREE + 1, 30);
        put(desk, zeros, sizes[i]);
        expect_cleared(desk, false);
    }
}

static void expect_all(const char *folder, enum aula_code expected)
{
    bool was_locked = true;

    assert_int_equal(tries_failed(folder, NOW, NULL), expected);
    assert_int_equal(tries_right(folder, &was_locked, NULL), expected);
    assert_true(was_locked);
    assert_int_equal(tries_may(folder, NOW, NULL), expected);
}

static void what_cannot_be_counted_may_not_be_tried(void **state)
{
    struct desk *desk = *state;
    char longer[PLACE_BYTES + 1];

    assert_int_equal(mkdir(desk->path, 0700), 0);
    expect_all(desk->folder, AULA_IO);
    memset(longer, 'a', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    expect_all(longer, AULA_BAD_FIELD);
    assert_int_equal(tries_failed("/proc/nowhere", NOW, NULL), AULA_IO);
}

/* A clock that was set back has to be written down, or it could be set back
 * again and again. */
static void a_wait_that_cannot_be_written_is_no_leave(void **state)
{
    struct desk *desk = *state;
    char part[128];

    fail_times(desk, TRIES_FREE, NOW);
    (void)snprintf(part, sizeof part, "%s.part", desk->path);
    assert_int_equal(mkdir(part, 0700), 0);
    assert_int_equal(tries_may(desk->folder, NOW - 1, NULL), AULA_IO);
    assert_int_equal(tries_failed(desk->folder, NOW + 15, NULL), AULA_IO);
    assert_int_equal(rmdir(part), 0);
    expect_numbers(desk, TRIES_FREE, NOW);
}

#define WITH_DESK(test) cmocka_unit_test_setup_teardown(test, make, clear)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_DESK(five_wrong_ones_are_free),
        WITH_DESK(each_further_one_doubles_the_wait_up_to_four_hours),
        WITH_DESK(a_right_one_forgets_the_wrong_ones),
        WITH_DESK(only_a_lock_out_is_told),
        WITH_DESK(a_clock_set_back_begins_the_wait_anew_and_only_once),
        WITH_DESK(a_clock_set_back_makes_no_wait),
        WITH_DESK(no_numbers_in_the_file_run_over),
        WITH_DESK(a_file_of_another_length_counts_as_five),
        WITH_DESK(what_cannot_be_counted_may_not_be_tried),
        WITH_DESK(a_wait_that_cannot_be_written_is_no_leave),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
