/* SPDX-License-Identifier: Apache-2.0 */
/* What things take: time, processor and memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "stopwatch.h"

enum { MILLISECOND_US = 1000, MANY_KIB = 32 * 1024 };

static void waiting_takes_time_and_no_processor(void **state)
{
    const struct timespec nap = {0, 50 * MILLISECOND_US * 1000L};
    uint64_t start = stopwatch_us();
    uint64_t processor = stopwatch_thread_us();

    (void)state;
    assert_int_equal(nanosleep(&nap, NULL), 0);
    assert_true(stopwatch_us() - start >= 50 * MILLISECOND_US);
    assert_true(stopwatch_thread_us() - processor < 50 * MILLISECOND_US);
}

static void work_takes_processor(void **state)
{
    uint64_t start = stopwatch_thread_us();
    volatile uint64_t sum = 0;

    (void)state;
    while (stopwatch_thread_us() - start < MILLISECOND_US) {
        sum = sum + 1;
    }
    assert_true(sum > 0);
}

static void memory_in_use_is_seen(void **state)
{
    uint64_t before = stopwatch_memory_kib();
    uint8_t *many = malloc((size_t)MANY_KIB * 1024);

    (void)state;
    assert_non_null(many);
    memset(many, 1, (size_t)MANY_KIB * 1024);
    assert_true(before > 0);
    assert_true(many[before % 1024] == 1);
    assert_true(stopwatch_memory_kib() >= before + MANY_KIB / 2);
    assert_true(stopwatch_peak_kib() >= before + MANY_KIB / 2);
    free(many);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waiting_takes_time_and_no_processor),
        cmocka_unit_test(work_takes_processor),
        cmocka_unit_test(memory_in_use_is_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
