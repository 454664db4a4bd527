/* SPDX-License-Identifier: Apache-2.0 */
/* Moments as people read them. */
#include "moment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void reads(uint64_t time, int32_t offset_s, const char *text)
{
    char written[MOMENT_BYTES];

    moment_write(written, time, offset_s);
    assert_string_equal(written, text);
}

static void a_moment_is_local_and_says_its_zone(void **state)
{
    (void)state;
    reads(1806993609, 0, "2027-04-06 06:40:09 +00:00");
    reads(1806993609, 5 * 3600, "2027-04-06 11:40:09 +05:00");
    reads(1806993609, -(9 * 3600 + 30 * 60), "2027-04-05 21:10:09 -09:30");
    reads(1806951600, 5 * 3600, "2027-04-06 00:00:00 +05:00");
}

static void a_clock_that_is_far_off_is_shown_as_it_stands(void **state)
{
    (void)state;
    reads(0, 5 * 3600, "0 s");
    reads(UINT64_MAX, 5 * 3600, "18446744073709551615 s");
    reads(86399, 0, "86399 s");
    reads(86400, 0, "1970-01-02 00:00:00 +00:00");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_moment_is_local_and_says_its_zone),
        cmocka_unit_test(a_clock_that_is_far_off_is_shown_as_it_stands),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
