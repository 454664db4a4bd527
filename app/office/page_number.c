/* SPDX-License-Identifier: Apache-2.0 */
/* How numbers, sums and days read on the pages; see page_words.h. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "page_words.h"

/* U+00A0: a number is not torn apart at a line's end. */
#define NO_BREAK "\xC2\xA0"

void page_number(char text[static PAGE_NUMBER_BYTES], uint64_t number)
{
    char digits[24];
    size_t used = 0;
    size_t count;

    (void)snprintf(digits, sizeof digits, "%" PRIu64, number);
    count = strlen(digits);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0) {
            memcpy(text + used, NO_BREAK, 2);
            used += 2;
        }
        text[used++] = digits[i];
    }
    text[used] = '\0';
}

static bool is_currency(struct package_text text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (text.text[i] < 'A' || text.text[i] > 'Z') {
            return false;
        }
    }
    return text.size == 3;
}

void page_money(char text[static PAGE_NUMBER_BYTES],
                const struct page_facts *facts, uint64_t amount)
{
    struct package_text currency = facts->currency;
    size_t used;

    page_number(text, amount);
    used = strlen(text);
    if (!is_currency(currency)) {
        return;
    }
    if (memcmp(currency.text, "KZT", 3) == 0) {
        (void)snprintf(text + used, PAGE_NUMBER_BYTES - used, NO_BREAK "₸");
    } else {
        (void)snprintf(text + used, PAGE_NUMBER_BYTES - used, NO_BREAK "%.3s",
                       currency.text);
    }
}

/* Russian: 1, 21, 101; 2..4, 22..24; the rest and 11..14. */
enum form { FORM_ONE, FORM_FEW, FORM_MANY, FORMS };

static enum form form_of(uint64_t count)
{
    unsigned last = (unsigned)(count % 10);
    unsigned tens = (unsigned)(count / 10 % 10);

    if (tens == 1 || last == 0 || last > 4) {
        return FORM_MANY;
    }
    return last == 1 ? FORM_ONE : FORM_FEW;
}

static const char *const kazakh[PAGE_UNITS] = {"дауыс", "ұпай", "бюллетень",
                                               "ұсыныс"};
static const char *const russian[PAGE_UNITS][FORMS] = {
    {"голос", "голоса", "голосов"},
    {"балл", "балла", "баллов"},
    {"бюллетень", "бюллетеня", "бюллетеней"},
    {"предложение", "предложения", "предложений"},
};

static void count_with(char text[static PAGE_NUMBER_BYTES], uint64_t count,
                       const char *unit)
{
    size_t used;

    page_number(text, count);
    used = strlen(text);
    (void)snprintf(text + used, PAGE_NUMBER_BYTES - used, NO_BREAK "%s", unit);
}

void page_count(char text[static PAGE_NUMBER_BYTES],
                enum page_language language, uint64_t count,
                enum page_unit unit)
{
    count_with(text, count,
               language == PAGE_KK ? kazakh[unit]
                                   : russian[unit][form_of(count)]);
}

/* The genitive of one is the form of few, that of more the form of many. */
void page_count_genitive(char text[static PAGE_NUMBER_BYTES],
                         enum page_language language, uint64_t count,
                         enum page_unit unit)
{
    enum form form = form_of(count) == FORM_ONE ? FORM_FEW : FORM_MANY;

    count_with(text, count,
               language == PAGE_KK ? kazakh[unit] : russian[unit][form]);
}

void page_day(char text[static PAGE_NUMBER_BYTES], int32_t day)
{
    char date[11];

    election_write_date(date, day);
    (void)snprintf(text, PAGE_NUMBER_BYTES, "%.2s.%.2s.%.4s", date + 8,
                   date + 5, date);
}
