/* SPDX-License-Identifier: Apache-2.0 */
/* The power goes at every flush of a day's work on a store, from its making
 * on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "store_work.h"

static void a_power_cut_at_any_moment_costs_nothing_acknowledged(void **state)
{
    struct store_work work;

    (void)state;
    store_work_open(&work);
    assert_int_equal(work.crash.states, 9);
    crash_run(&work.crash, store_work_run);
    assert_true(work.crash.cuts >= 4 * work.crash.states);
    assert_true(work.crash.looks > 10 * work.crash.cuts);
    assert_true(work.crash.torn_page1 > 10);
    assert_true(work.crash.torn_header > 10);
    assert_true(work.crash.torn_last > 10);
    assert_int_equal(store_work_reopen(&work, NULL), AULA_OK);
    store_work_close(&work);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_power_cut_at_any_moment_costs_nothing_acknowledged),
    };

    return vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
