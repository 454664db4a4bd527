/* SPDX-License-Identifier: Apache-2.0 */
/* Words, plurals and times of the reports, in both languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bytes.h"
#include "report_words.h"

static void every_word_is_there_in_both_languages(void **state)
{
    (void)state;
    for (int word = 0; word < REPORT_WORDS; word++) {
        const char *one = report_word(REPORT_KK, (enum report_word)word);
        const char *other = report_word(REPORT_RU, (enum report_word)word);

        assert_non_null(one);
        assert_non_null(other);
        assert_true(strlen(one) > 0 && strlen(other) > 0);
        assert_true(bytes_are_text((const uint8_t *)one, strlen(one)));
        assert_true(bytes_are_text((const uint8_t *)other, strlen(other)));
        if (word != WORD_TERMINAL) {
            assert_string_not_equal(one, other);
        }
    }
}

static void counts(uint64_t count, enum report_unit unit, const char *kk,
                   const char *ru)
{
    char text[REPORT_NUMBER_BYTES];

    report_count(text, REPORT_KK, count, unit);
    assert_string_equal(text, kk);
    report_count(text, REPORT_RU, count, unit);
    assert_string_equal(text, ru);
}

static void russian_has_three_forms_and_kazakh_one(void **state)
{
    (void)state;
    counts(0, UNIT_BALLOTS, "0 бюллетень", "0 бюллетеней");
    counts(1, UNIT_BALLOTS, "1 бюллетень", "1 бюллетень");
    counts(2, UNIT_BALLOTS, "2 бюллетень", "2 бюллетеня");
    counts(4, UNIT_BALLOTS, "4 бюллетень", "4 бюллетеня");
    counts(5, UNIT_BALLOTS, "5 бюллетень", "5 бюллетеней");
    counts(11, UNIT_BALLOTS, "11 бюллетень", "11 бюллетеней");
    counts(14, UNIT_BALLOTS, "14 бюллетень", "14 бюллетеней");
    counts(21, UNIT_BALLOTS, "21 бюллетень", "21 бюллетень");
    counts(101, UNIT_SESSIONS, "101 сеанс", "101 сеанс");
    counts(111, UNIT_SESSIONS, "111 сеанс", "111 сеансов");
    counts(112, UNIT_SESSIONS, "112 сеанс", "112 сеансов");
    counts(1023, UNIT_SESSIONS, "1023 сеанс", "1023 сеанса");
    counts(71, UNIT_ROWS, "71 жазба", "71 запись");
    counts(92, UNIT_ROWS, "92 жазба", "92 записи");
    counts(UINT64_MAX, UNIT_ROWS, "18446744073709551615 жазба",
           "18446744073709551615 записей");
}

static void reads(uint64_t time, int32_t utc_offset_s, const char *kk,
                  const char *ru, const char *brief)
{
    char text[REPORT_NUMBER_BYTES];

    report_time(text, REPORT_KK, time, utc_offset_s);
    assert_string_equal(text, kk);
    report_time(text, REPORT_RU, time, utc_offset_s);
    assert_string_equal(text, ru);
    report_time_short(text, time, utc_offset_s);
    assert_string_equal(text, brief);
}

static void a_time_is_that_of_the_hall(void **state)
{
    (void)state;
    reads(1806987900, 0, "2027 жылғы 6 сәуір, 05:05",
          "6 апреля 2027 года, 05:05", "06.04.2027, 05:05");
    reads(1806987900, 5 * 3600, "2027 жылғы 6 сәуір, 10:05",
          "6 апреля 2027 года, 10:05", "06.04.2027, 10:05");
    reads(1806987900, -5 * 3600 - 360, "2027 жылғы 5 сәуір, 23:59",
          "5 апреля 2027 года, 23:59", "05.04.2027, 23:59");
    reads(1704067199, 0, "2023 жылғы 31 желтоқсан, 23:59",
          "31 декабря 2023 года, 23:59", "31.12.2023, 23:59");
    reads(1709164800, 0, "2024 жылғы 29 ақпан, 00:00",
          "29 февраля 2024 года, 00:00", "29.02.2024, 00:00");
}

static void a_time_that_no_calendar_holds_is_a_number(void **state)
{
    (void)state;
    reads(7258118399, 0, "2199 жылғы 31 желтоқсан, 23:59",
          "31 декабря 2199 года, 23:59", "31.12.2199, 23:59");
    reads(7258118400, -3600, "7258118400 (unix)", "7258118400 (unix)",
          "7258118400 (unix)");
    reads(7258118399, 1, "7258118399 (unix)", "7258118399 (unix)",
          "7258118399 (unix)");
    reads(0, 0, "1970 жылғы 1 қаңтар, 00:00", "1 января 1970 года, 00:00",
          "01.01.1970, 00:00");
    reads(0, -1, "0 (unix)", "0 (unix)", "0 (unix)");
    reads(UINT64_MAX, 3600, "18446744073709551615 (unix)",
          "18446744073709551615 (unix)", "18446744073709551615 (unix)");
}

static void offsets(int32_t utc_offset_s, const char *expected)
{
    char text[REPORT_NUMBER_BYTES];

    report_offset(text, utc_offset_s);
    assert_string_equal(text, expected);
}

static void local_time_says_how_far_it_is_from_utc(void **state)
{
    (void)state;
    offsets(5 * 3600, "UTC+05:00");
    offsets(0, "UTC+00:00");
    offsets(-(9 * 3600 + 1800), "UTC-09:30");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_is_there_in_both_languages),
        cmocka_unit_test(russian_has_three_forms_and_kazakh_one),
        cmocka_unit_test(a_time_is_that_of_the_hall),
        cmocka_unit_test(a_time_that_no_calendar_holds_is_a_number),
        cmocka_unit_test(local_time_says_how_far_it_is_from_utc),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
