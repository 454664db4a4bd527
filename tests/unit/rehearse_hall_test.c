/* SPDX-License-Identifier: Apache-2.0 */
/* What the terminals of a rehearsal share: a ledger that is kept whole or not
 * at all, and the first failure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "rehearse_hall.h"

enum { THREADS = 4, LINES = 200 };

#define CODE "0123-4567-89AB-CDEF-GHJK"

struct desk {
    char folder[32];
    char path[64];
    struct rehearse_hall *hall;
};

static uint64_t no_time(void *context)
{
    (void)context;
    return 0;
}

static const struct clock no_clock = {no_time, NULL};

static int start(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);

    assert_non_null(desk);
    (void)snprintf(desk->folder, sizeof desk->folder, "/tmp/aula-hall-XXXXXX");
    assert_non_null(mkdtemp(desk->folder));
    (void)snprintf(desk->path, sizeof desk->path, "%s/ledger.txt",
                   desk->folder);
    assert_int_equal(rehearse_hall_open(&desk->hall, desk->path,
                                        THREADS * LINES, stderr, &no_clock,
                                        NULL),
                     AULA_OK);
    *state = desk;
    return 0;
}

/* Nothing but what the test took away may be left. */
static int end(void **state)
{
    struct desk *desk = *state;

    rehearse_hall_close(desk->hall);
    assert_int_equal(rmdir(desk->folder), 0);
    free(desk);
    return 0;
}

static enum aula_code tell(struct desk *desk, unsigned terminal, uint64_t seq,
                           bool is_cast)
{
    return rehearse_hall_tell(desk->hall, terminal, seq, CODE, is_cast, NULL);
}

static char *read_ledger(const struct desk *desk)
{
    uint8_t *bytes = NULL;
    size_t size = 0;

    assert_int_equal(file_read(&bytes, &size, desk->path, 1 << 20, NULL),
                     AULA_OK);
    assert_int_equal(unlink(desk->path), 0);
    return (char *)bytes;
}

static void the_ledger_has_a_line_a_ballot(void **state)
{
    struct desk *desk = *state;
    char *text;

    assert_int_equal(tell(desk, 2, 5, false), AULA_OK);
    assert_int_equal(tell(desk, 64, 1048576, true), AULA_OK);
    assert_int_equal(rehearse_hall_end(desk->hall, NULL), AULA_OK);
    text = read_ledger(desk);
    assert_string_equal(text,
                        CODE " 2 5 challenged\n" CODE " 64 1048576 cast\n");
    free(text);
}

static void a_failure_stops_the_others_and_keeps_no_ledger(void **state)
{
    struct desk *desk = *state;
    struct aula_error met;
    struct aula_error err = {.message = ""};

    assert_int_equal(tell(desk, 1, 1, true), AULA_OK);
    (void)aula_fail(&met, AULA_FULL, "no space");
    rehearse_hall_fail(desk->hall, 2, &met);
    (void)aula_fail(&met, AULA_IO, "something else");
    rehearse_hall_fail(desk->hall, 1, &met);
    assert_int_equal(tell(desk, 1, 2, true), AULA_STATE);
    assert_int_equal(rehearse_hall_end(desk->hall, &err), AULA_FULL);
    assert_string_equal(err.message, "terminal 2: no space");
    rehearse_hall_close(desk->hall);
    desk->hall = NULL;
    assert_int_not_equal(access(desk->path, F_OK), 0);
}

static void nothing_stands_before_the_end(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(tell(desk, 1, 1, true), AULA_OK);
    assert_int_not_equal(access(desk->path, F_OK), 0);
}

static void a_ledger_that_is_there_is_kept(void **state)
{
    struct desk *desk = *state;
    char *text;

    assert_int_equal(file_write(desk->path, "x", 1, 0600, NULL), AULA_OK);
    assert_int_equal(rehearse_hall_end(desk->hall, NULL), AULA_STATE);
    text = read_ledger(desk);
    assert_string_equal(text, "x");
    free(text);
}

static void a_folder_that_is_not_there_is_told(void **state)
{
    struct rehearse_hall *hall = NULL;

    (void)state;
    assert_int_equal(rehearse_hall_open(&hall, "/nowhere/ledger.txt", 1, stderr,
                                        &no_clock, NULL),
                     AULA_IO);
    assert_null(hall);
}

static void *tell_many(void *context)
{
    struct desk *desk = context;

    for (uint64_t i = 1; i <= LINES; i++) {
        if (tell(desk, 1, i, true) != AULA_OK) {
            return desk;
        }
    }
    return NULL;
}

static void terminals_tell_it_at_the_same_time(void **state)
{
    struct desk *desk = *state;
    pthread_t threads[THREADS];
    char *text;
    size_t lines = 0;

    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, tell_many, desk), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        void *failed = desk;

        assert_int_equal(pthread_join(threads[i], &failed), 0);
        assert_null(failed);
    }
    assert_true(rehearse_hall_tenth_kib(desk->hall) > 0);
    assert_int_equal(rehearse_hall_end(desk->hall, NULL), AULA_OK);
    text = read_ledger(desk);
    for (const char *at = text; *at != '\0'; at = strchr(at, '\n') + 1) {
        assert_memory_equal(at, CODE " 1 ", strlen(CODE " 1 "));
        lines++;
    }
    assert_int_equal(lines, THREADS * LINES);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_ledger_has_a_line_a_ballot, start,
                                        end),
        cmocka_unit_test_setup_teardown(
            a_failure_stops_the_others_and_keeps_no_ledger, start, end),
        cmocka_unit_test_setup_teardown(nothing_stands_before_the_end, start,
                                        end),
        cmocka_unit_test_setup_teardown(a_ledger_that_is_there_is_kept, start,
                                        end),
        cmocka_unit_test(a_folder_that_is_not_there_is_told),
        cmocka_unit_test_setup_teardown(terminals_tell_it_at_the_same_time,
                                        start, end),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
