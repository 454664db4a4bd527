/* SPDX-License-Identifier: Apache-2.0 */
/* Days and hours of an election, in local time. Days are counted from
 * 1970-01-01 in the Gregorian calendar; no time zone but the office's own
 * offset plays a part. */
#include <stdio.h>
#include <string.h>

#include "election.h"

enum { FIRST_YEAR = 1970, LAST_YEAR = 2199, DAY_S = 86400 };

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_of_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

/* `count` digits, or -1. */
static int digits(const char *text, size_t count)
{
    int number = 0;

    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        number = 10 * number + (text[i] - '0');
    }
    return number;
}

bool election_read_date(int32_t *day, const char *text)
{
    int year;
    int month;
    int of_month;
    int32_t count = 0;

    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-') {
        return false;
    }
    year = digits(text, 4);
    month = digits(text + 5, 2);
    of_month = digits(text + 8, 2);
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 ||
        of_month < 1 || of_month > days_of_month(year, month)) {
        return false;
    }
    for (int y = FIRST_YEAR; y < year; y++) {
        count += is_leap(y) ? 366 : 365;
    }
    for (int m = 1; m < month; m++) {
        count += days_of_month(year, m);
    }
    *day = count + of_month - 1;
    return true;
}

void election_write_date(char text[static 11], int32_t day)
{
    int year = FIRST_YEAR;
    int month = 1;

    while (day >= (is_leap(year) ? 366 : 365)) {
        day -= is_leap(year) ? 366 : 365;
        year++;
    }
    while (day >= days_of_month(year, month)) {
        day -= days_of_month(year, month);
        month++;
    }
    (void)snprintf(text, 11, "%04u-%02u-%02u", (unsigned)year % 10000,
                   (unsigned)month % 100, (unsigned)(day + 1) % 100);
}

struct election_hours election_hours_of(const struct election *election,
                                        int32_t day)
{
    if (day < election->first_day || day > election->last_day) {
        return (struct election_hours){0};
    }
    for (size_t i = 0; i < election->day_count; i++) {
        if (election->days[i].day == day) {
            return election->days[i].hours;
        }
    }
    return election->hours;
}

int32_t election_day_of(const struct election *election, uint64_t time)
{
    int64_t local = (int64_t)time + election->utc_offset_s;

    return (int32_t)(local / DAY_S - (local % DAY_S < 0 ? 1 : 0));
}

static uint64_t midnight(const struct election *election, int32_t day)
{
    return (uint64_t)((int64_t)day * DAY_S - election->utc_offset_s);
}

uint64_t election_opens(const struct election *election)
{
    return midnight(election, election->first_day);
}

uint64_t election_closes(const struct election *election)
{
    return midnight(election, election->last_day + 1);
}
