/* SPDX-License-Identifier: Apache-2.0 */
/* How numbers and times read in each language; see report_words.h. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "election.h"
#include "report_words.h"

enum {
    DAY_S = 86400,
    DAYS_MAX = 84006 /* from 1970-01-01 to the end of 2199 */
};

/* Kazakh leaves a noun after a number as it is; Russian has three forms: 1, 21,
 * 31; 2, 3, 4, 22; and all others. */
static const char *const units[REPORT_UNITS][4] = {
    [UNIT_BALLOTS] = {"бюллетень", "бюллетень", "бюллетеня", "бюллетеней"},
    [UNIT_SESSIONS] = {"сеанс", "сеанс", "сеанса", "сеансов"},
    [UNIT_ROWS] = {"жазба", "запись", "записи", "записей"},
};

static size_t form_of(enum report_language language, uint64_t count)
{
    uint64_t ones = count % 10;
    bool is_teen = count % 100 / 10 == 1;

    if (language == REPORT_KK) {
        return 0;
    }
    if (ones == 1 && !is_teen) {
        return 1;
    }
    return ones >= 2 && ones <= 4 && !is_teen ? 2 : 3;
}

void report_count(char text[static REPORT_NUMBER_BYTES],
                  enum report_language language, uint64_t count,
                  enum report_unit unit)
{
    (void)snprintf(text, REPORT_NUMBER_BYTES, "%" PRIu64 " %s", count,
                   units[unit][form_of(language, count)]);
}

struct moment {
    unsigned year;
    unsigned month; /* 1 .. 12 */
    unsigned day;
    unsigned hour;
    unsigned minute;
};

static bool read_moment(struct moment *moment, uint64_t time,
                        int32_t utc_offset_s)
{
    char date[11];
    int64_t local;

    if (time >= (uint64_t)DAYS_MAX * DAY_S) {
        return false;
    }
    local = (int64_t)time + utc_offset_s;
    if (local < 0 || local >= (int64_t)DAYS_MAX * DAY_S) {
        return false;
    }
    election_write_date(date, (int32_t)(local / DAY_S));
    moment->year = (unsigned)strtoul(date, NULL, 10);
    moment->month = (unsigned)strtoul(date + 5, NULL, 10);
    moment->day = (unsigned)strtoul(date + 8, NULL, 10);
    moment->hour = (unsigned)(local % DAY_S / 3600);
    moment->minute = (unsigned)(local % 3600 / 60);
    return true;
}

void report_time(char text[static REPORT_NUMBER_BYTES],
                 enum report_language language, uint64_t time,
                 int32_t utc_offset_s)
{
    static const char *const months[12][REPORT_LANGUAGES] = {
        {"қаңтар", "января"}, {"ақпан", "февраля"}, {"наурыз", "марта"},
        {"сәуір", "апреля"},  {"мамыр", "мая"},     {"маусым", "июня"},
        {"шілде", "июля"},    {"тамыз", "августа"}, {"қыркүйек", "сентября"},
        {"қазан", "октября"}, {"қараша", "ноября"}, {"желтоқсан", "декабря"},
    };
    struct moment at;

    if (!read_moment(&at, time, utc_offset_s)) {
        (void)snprintf(text, REPORT_NUMBER_BYTES, "%" PRIu64 " (unix)", time);
    } else if (language == REPORT_KK) {
        (void)snprintf(text, REPORT_NUMBER_BYTES, "%u жылғы %u %s, %02u:%02u",
                       at.year, at.day, months[at.month - 1][language], at.hour,
                       at.minute);
    } else {
        (void)snprintf(text, REPORT_NUMBER_BYTES, "%u %s %u года, %02u:%02u",
                       at.day, months[at.month - 1][language], at.year, at.hour,
                       at.minute);
    }
}

void report_time_short(char text[static REPORT_NUMBER_BYTES], uint64_t time,
                       int32_t utc_offset_s)
{
    struct moment at;

    if (read_moment(&at, time, utc_offset_s)) {
        (void)snprintf(text, REPORT_NUMBER_BYTES, "%02u.%02u.%04u, %02u:%02u",
                       at.day, at.month, at.year, at.hour, at.minute);
    } else {
        (void)snprintf(text, REPORT_NUMBER_BYTES, "%" PRIu64 " (unix)", time);
    }
}

void report_offset(char text[static REPORT_NUMBER_BYTES], int32_t utc_offset_s)
{
    unsigned size = utc_offset_s < 0 ? 0U - (unsigned)utc_offset_s
                                     : (unsigned)utc_offset_s;

    (void)snprintf(text, REPORT_NUMBER_BYTES, "UTC%c%02u:%02u",
                   utc_offset_s < 0 ? '-' : '+', size / 3600, size % 3600 / 60);
}
