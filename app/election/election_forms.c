/* SPDX-License-Identifier: Apache-2.0 */
/* The form of election.json: its head, dates, voters, sticks and categories.
 * Map and contests have files of their own. */
#include <string.h>

#include "election_parts.h"

#define AT(member) .offset = offsetof(struct election, member)
#define COUNT(member) .count_offset = offsetof(struct election, member)

/* ---- dates and hours */

static void read_date(struct form_reader *reader, void *out,
                      const struct form_field *field, json_t *value)
{
    const char *text = json_string_value(value);
    int32_t day;

    (void)field;
    if (text == NULL || !election_read_date(&day, text)) {
        form_fault(reader, "expected a date such as \"2027-04-06\"");
        return;
    }
    memcpy(out, &day, sizeof day);
}

/* Minutes of "HH:MM", or -1. */
static int minutes_of(const char *text, int most)
{
    static const char form[] = "dd:dd";
    int minutes;

    if (text == NULL || strlen(text) != 5) {
        return -1;
    }
    for (size_t i = 0; i < 5; i++) {
        bool is_digit = text[i] >= '0' && text[i] <= '9';

        if (form[i] == 'd' ? !is_digit : text[i] != ':') {
            return -1;
        }
    }
    minutes = ((text[0] - '0') * 10 + text[1] - '0') * 60 +
              (text[3] - '0') * 10 + text[4] - '0';
    return text[3] > '5' || minutes > most ? -1 : minutes;
}

static void read_minutes(struct form_reader *reader, void *out,
                         const struct form_field *field, json_t *value)
{
    int minutes = minutes_of(json_string_value(value), (int)field->max);

    if (minutes < 0) {
        form_fault(reader, "expected a time such as \"09:00\"");
        return;
    }
    memcpy(out, &(uint16_t){(uint16_t)minutes}, sizeof(uint16_t));
}

static void read_offset(struct form_reader *reader, void *out,
                        const struct form_field *field, json_t *value)
{
    const char *text = json_string_value(value);
    int minutes = -1;

    (void)field;
    if (text != NULL && (text[0] == '+' || text[0] == '-')) {
        minutes = minutes_of(text + 1, 14 * 60);
    }
    if (minutes < 0) {
        form_fault(reader, "expected hours from UTC such as \"+05:00\"");
        return;
    }
    minutes = text[0] == '-' ? -minutes : minutes;
    memcpy(out, &(int32_t){60 * minutes}, sizeof(int32_t));
}

static const struct form_field dates_fields[] = {
    {.key = "first", .read = read_date, AT(first_day)},
    {.key = "last", .read = read_date, AT(last_day)},
    {.key = "utc_offset", .read = read_offset, AT(utc_offset_s)},
};

static const struct form_field hours_fields[] = {
    {.key = "from",
     .read = read_minutes,
     .max = 1439,
     .offset = offsetof(struct election_hours, from)},
    {.key = "to",
     .read = read_minutes,
     .max = 1440,
     .offset = offsetof(struct election_hours, to)},
};

static const struct form_field day_fields[] = {
    {.key = "date",
     .read = read_date,
     .offset = offsetof(struct election_day, day)},
    {.key = "closed",
     .read = form_read_bool,
     .offset = offsetof(struct election_day, is_closed),
     .is_optional = true},
    {.key = "from",
     .read = read_minutes,
     .max = 1439,
     .offset = offsetof(struct election_day, hours.from),
     .is_optional = true},
    {.key = "to",
     .read = read_minutes,
     .max = 1440,
     .offset = offsetof(struct election_day, hours.to),
     .is_optional = true},
};

static const struct form dates_form = FORM_OF(dates_fields, struct election);
static const struct form hours_form = FORM_OF(hours_fields,
                                              struct election_hours);
static const struct form day_form = FORM_OF(day_fields, struct election_day);

/* ---- voters, publication */

static const char *const mode_words[] = {"official", "rehearsal", NULL};
static const char *const scheme_words[] = {"digits", "iin", NULL};
static const char *const stretch_words[] = {"none", "argon2id", NULL};
static const char *const per_words[] = {"election", "contest", NULL};

static const struct form_field voters_fields[] = {
    {.key = "id_scheme",
     .read = form_read_word,
     .words = scheme_words,
     AT(id_scheme)},
    {.key = "tag_stretch",
     .read = form_read_word,
     .words = stretch_words,
     AT(tag_stretch)},
    {.key = "one_per", .read = form_read_word, .words = per_words, AT(one_per)},
};

static const struct form_field publication_fields[] = {
    {.key = "min_anon",
     .read = form_read_u16,
     .min = 2,
     .max = 10000,
     AT(min_anon)},
    {.key = "small_cell", .read = form_read_u16, .max = 1000, AT(small_cell)},
};

static const struct form voters_form = FORM_OF(voters_fields, struct election);
static const struct form publication_form = FORM_OF(publication_fields,
                                                    struct election);

/* ---- sticks and categories */

static bool hex4(uint16_t *number, const char *text)
{
    static const char digits[] = "0123456789abcdef";

    *number = 0;
    for (size_t i = 0; i < 4; i++) {
        const char *digit = text[i] == '\0' ? NULL : strchr(digits, text[i]);

        if (digit == NULL) {
            return false;
        }
        *number = (uint16_t)(*number * 16 + (digit - digits));
    }
    return true;
}

static void read_usb(struct form_reader *reader, void *out,
                     const struct form_field *field, json_t *value)
{
    const char *text = json_string_value(value);
    struct election_stick *stick = out;

    (void)field;
    if (text == NULL || strlen(text) != 9 || text[4] != ':' ||
        !hex4(&stick->vendor, text) || !hex4(&stick->product, text + 5)) {
        form_fault(reader, "expected vendor and product such as "
                           "\"0951:1666\", in small letters");
    }
}

static const struct form_field stick_fields[] = {
    {.key = "usb", .read = read_usb},
    {.key = "serial",
     .read = form_read_serial,
     .min = 1,
     .max = 64,
     .offset = offsetof(struct election_stick, serial)},
    {.key = "label",
     .read = form_read_label,
     .min = 1,
     .max = 64,
     .offset = offsetof(struct election_stick, label)},
};

static const struct form_field category_fields[] = {
    {.key = "id",
     .read = form_read_id,
     .offset = offsetof(struct election_category, id)},
    {.key = "name",
     .read = form_read_text,
     .min = 1,
     .max = 40,
     .offset = offsetof(struct election_category, name)},
};

static const struct form stick_form = FORM_OF(stick_fields,
                                              struct election_stick);
static const struct form category_form = FORM_OF(category_fields,
                                                 struct election_category);

/* ---- the whole */

static void read_format(struct form_reader *reader, void *out,
                        const struct form_field *field, json_t *value)
{
    const char *text = json_string_value(value);

    (void)out;
    (void)field;
    if (text == NULL || strcmp(text, ELECTION_FORMAT) != 0) {
        form_fault(reader, "expected \"%s\"", ELECTION_FORMAT);
    }
}

static void read_currency(struct form_reader *reader, void *out,
                          const struct form_field *field, json_t *value)
{
    const char *text = json_string_value(value);

    (void)field;
    if (text == NULL || strlen(text) != 3 ||
        strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3) {
        form_fault(reader, "expected three capital letters such as \"KZT\"");
        return;
    }
    memcpy(out, &text, sizeof text);
}

#define TEXT(name, read_, most)                                                \
    {                                                                          \
        .key = #name, .read = (read_), .min = 1, .max = (most), AT(name)       \
    }
#define LIST(name, items, count, form_, least, most)                           \
    {                                                                          \
        .key = #name, .read = form_read_list, .form = &(form_),                \
        .min = (least), .max = (most), .is_optional = (least) == 0, AT(items), \
        COUNT(count)                                                           \
    }

static const struct form_field fields[] = {
    {.key = "$schema", .read = form_pass, .is_optional = true},
    {.key = "format", .read = read_format},
    {.key = "languages", .read = form_pass, .is_optional = true},
    TEXT(title, form_read_text, ELECTION_TITLE_MAX),
    TEXT(place, form_read_text, 48),
    TEXT(about, form_read_paragraphs, 1000),
    {.key = "mode", .read = form_read_word, .words = mode_words, AT(mode)},
    {.key = "dates", .read = form_read_object, .form = &dates_form},
    {.key = "hours", .read = form_read_object, .form = &hours_form, AT(hours)},
    LIST(days, days, day_count, day_form, 0, ELECTION_DAYS_MAX),
    {.key = "voters", .read = form_read_object, .form = &voters_form},
    {.key = "publication", .read = form_read_object, .form = &publication_form},
    {.key = "currency",
     .read = read_currency,
     .is_optional = true,
     AT(currency)},
    LIST(sticks, sticks, stick_count, stick_form, 0, 1000),
    LIST(categories, categories, category_count, category_form, 0, 100),
    LIST(districts, districts, district_count, election_district_form, 1,
         ELECTION_DISTRICTS_MAX),
    LIST(yards, yards, yard_count, election_yard_form, 0, 5000),
    LIST(halls, halls, hall_count, election_hall_form, 0, 1000),
    LIST(contests, contests, contest_count, election_contest_form, 1,
         PACKAGE_CONTESTS_MAX),
};

const struct form election_form = FORM_OF(fields, struct election);
