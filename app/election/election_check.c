/* SPDX-License-Identifier: Apache-2.0 */
/* Consistency of the head: what fits into a package, dates and hours, who may
 * be asked for in which mode. */
#include <string.h>

#include "election_parts.h"

enum { ROOM_OF_NAME = 200 }; /* bytes, PROTOCOL.md 2.2 */

/* In the package both languages stand in one string. */
static void check_package_name(struct form_reader *reader,
                               const struct election *election, const char *key,
                               const struct election_text *text)
{
    const char *kk = text->of[election->kk];
    const char *ru = text->of[election->ru];

    if (kk != NULL && ru != NULL && strcmp(kk, ru) != 0 &&
        strlen(kk) + strlen(ru) + 3 > ROOM_OF_NAME) {
        election_fault(reader, NULL, 0, key,
                       "kk and ru together are longer than %d bytes",
                       ROOM_OF_NAME - 3);
    }
}

static void check_hours(struct form_reader *reader, const char *key,
                        size_t index, const char *below,
                        const struct election_hours *hours)
{
    if (hours->from >= hours->to) {
        election_fault(reader, key, index, below,
                       "\"from\" is not before \"to\"");
    }
}

static void check_day(struct form_reader *reader,
                      const struct election *election, size_t index)
{
    const struct election_day *day = &election->days[index];
    bool has_hours = day->hours.from != 0 || day->hours.to != 0;

    if (day->day == 0) {
        return;
    }
    if (day->day < election->first_day || day->day > election->last_day) {
        election_fault(reader, "days", index, "date",
                       "the day is not within \"dates\"");
    }
    if (index > 0 && election->days[index - 1].day >= day->day) {
        election_fault(reader, "days", index, "date",
                       "the days are not in ascending order");
    }
    if (day->is_closed == has_hours) {
        election_fault(reader, "days", index, NULL,
                       "expected either \"closed\": true or \"from\" and "
                       "\"to\"");
    } else if (!day->is_closed) {
        check_hours(reader, "days", index, NULL, &day->hours);
    }
}

static bool has_open_day(const struct election *election)
{
    for (int32_t day = election->first_day; day <= election->last_day; day++) {
        if (election_hours_of(election, day).to != 0) {
            return true;
        }
    }
    return false;
}

static void check_dates(struct form_reader *reader,
                        const struct election *election)
{
    if (election->hours.to != 0) {
        check_hours(reader, NULL, 0, "hours", &election->hours);
    }
    if (election->first_day == 0 || election->last_day == 0) {
        return;
    }
    if (election->last_day < election->first_day) {
        election_fault(reader, NULL, 0, "dates",
                       "\"last\" is before \"first\"");
        return;
    }
    if (election->last_day - election->first_day >= ELECTION_DAYS_MAX) {
        election_fault(reader, NULL, 0, "dates", "more than %d days",
                       ELECTION_DAYS_MAX);
        return;
    }
    for (size_t i = 0; i < election->day_count; i++) {
        check_day(reader, election, i);
    }
    if (election->hours.to != 0 && !has_open_day(election)) {
        election_fault(reader, NULL, 0, "dates", "no day is open");
    }
}

/* The floors of an official election (PROTOCOL.md section 4). */
static void check_mode(struct form_reader *reader,
                       const struct election *election)
{
    if (election->mode != PACKAGE_OFFICIAL) {
        return;
    }
    if (election->min_anon != 0 && election->min_anon < 5) {
        election_fault(reader, NULL, 0, "publication.min_anon",
                       "an official election needs at least 5");
    }
    if (election->tag_stretch == TAG_STRETCH_NONE &&
        json_object_get(json_object_get(election->json, "voters"),
                        "tag_stretch") != NULL) {
        election_fault(reader, NULL, 0, "voters.tag_stretch",
                       "an official election needs \"argon2id\"");
    }
}

static void check_sticks(struct form_reader *reader,
                         const struct election *election)
{
    for (size_t i = 0; i < election->stick_count; i++) {
        const struct election_stick *stick = &election->sticks[i];

        for (size_t j = 0; j < i; j++) {
            const struct election_stick *other = &election->sticks[j];

            if (stick->serial != NULL && other->serial != NULL &&
                stick->vendor == other->vendor &&
                stick->product == other->product &&
                strcmp(stick->serial, other->serial) == 0) {
                election_fault(reader, "sticks", i, NULL,
                               "the stick stands twice");
                break;
            }
        }
    }
}

void election_check_head(struct form_reader *reader, struct election *election)
{
    if (election->currency == NULL) {
        election->currency = "KZT";
    }
    check_package_name(reader, election, "title", &election->title);
    for (size_t i = 0; i < election->contest_count; i++) {
        size_t mark = form_enter_key(reader, "contests");

        (void)form_enter_element(reader, i);
        check_package_name(reader, election, "name",
                           &election->contests[i].name);
        form_leave(reader, mark);
    }
    check_dates(reader, election);
    check_mode(reader, election);
    check_sticks(reader, election);
}
