/* SPDX-License-Identifier: Apache-2.0 */
/* Section names, column headers, and the small values that fields hold. */
#include "pabulib_parts.h"

#include <string.h>

bool pabulib_is(const struct pabulib_text *text, const char *expected)
{
    return text->size == strlen(expected) &&
           memcmp(text->text, expected, text->size) == 0;
}

bool pabulib_is_nothing(const struct pabulib_text *text)
{
    return text->size == 0 || pabulib_is(text, "None");
}

static enum aula_code place_columns(const struct pabulib_reader *reader,
                                    size_t *places,
                                    const struct pabulib_text *fields,
                                    const char *const *names, size_t count,
                                    size_t line)
{
    for (size_t n = 0; n < count; n++) {
        places[n] = reader->columns;
        for (size_t i = 0; i < reader->columns; i++) {
            if (!pabulib_is(&fields[i], names[n])) {
                continue;
            }
            if (places[n] != reader->columns) {
                return pabulib_fail(reader, line,
                                    "expected one column %s, found two",
                                    names[n]);
            }
            places[n] = i;
        }
    }
    return AULA_OK;
}

enum aula_code pabulib_start_section(struct pabulib_reader *reader,
                                     size_t *places, const char *section,
                                     const char *const *names, size_t count,
                                     size_t required)
{
    struct pabulib_text fields[PABULIB_COLUMNS_MAX];
    size_t line = reader->line_number;
    enum aula_code code = AULA_OK;

    if (!pabulib_is_section(reader, section)) {
        return pabulib_fail(reader, reader->line != NULL ? line : line + 1,
                            "expected the section %s", section);
    }
    code = pabulib_advance(reader);
    line = reader->line_number;
    if (code == AULA_OK) {
        code = pabulib_split(reader, fields, PABULIB_COLUMNS_MAX,
                             &reader->columns);
    }
    if (code == AULA_OK) {
        code = place_columns(reader, places, fields, names, count, line);
    }
    for (size_t n = 0; n < required && code == AULA_OK; n++) {
        if (places[n] == reader->columns) {
            code = pabulib_fail(reader, line, "%s: expected a column %s",
                                section, names[n]);
        }
    }
    return code;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* `count` digits as a number. */
static int64_t number_of(const char *digits, size_t count)
{
    int64_t number = 0;

    for (size_t i = 0; i < count; i++) {
        number = 10 * number + (digits[i] - '0');
    }
    return number;
}

static size_t count_digits(const char *text, size_t size)
{
    size_t count = 0;

    while (count < size && is_digit(text[count])) {
        count++;
    }
    return count;
}

bool pabulib_read_money(int64_t *hundredths, const char *text, size_t size)
{
    enum { DIGITS_MAX = 15 };
    size_t sign = size > 0 && text[0] == '-' ? 1 : 0;
    size_t whole = count_digits(text + sign, size - sign);
    const char *fraction = text + sign + whole;
    size_t places = size - sign - whole; /* with the point */
    int64_t number;

    if (whole < 1 || whole > DIGITS_MAX) {
        return false;
    }
    number = 100 * number_of(text + sign, whole);
    if (places > 0) {
        if (places < 2 || fraction[0] != '.' ||
            count_digits(fraction + 1, places - 1) != places - 1) {
            return false;
        }
        for (size_t i = 3; i < places; i++) {
            if (fraction[i] != '0') {
                return false;
            }
        }
        number += 10 * (fraction[1] - '0');
        number += places > 2 ? fraction[2] - '0' : 0;
    }
    *hundredths = sign == 1 ? -number : number;
    return true;
}

bool pabulib_read_whole(int64_t *number, const char *text, size_t size)
{
    enum { GREATEST = 1000000000 };
    int64_t hundredths = 0;

    if (!pabulib_read_money(&hundredths, text, size) || hundredths % 100 != 0 ||
        hundredths / 100 > GREATEST || hundredths / 100 < -GREATEST) {
        return false;
    }
    *number = hundredths / 100;
    return true;
}
