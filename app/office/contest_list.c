/* SPDX-License-Identifier: Apache-2.0 */
/* See contest_list.h. */
#include "contest_list.h"

#include <stdlib.h>
#include <string.h>

#include "number.h"

#define BETWEEN " / "

static bool is_same(const char *a, size_t a_size, const char *b, size_t b_size)
{
    return a_size == b_size && memcmp(a, b, a_size) == 0;
}

/* The place of BETWEEN in a name, or its size where there is none. */
static size_t find_middle(const struct package_text *name)
{
    size_t size = strlen(BETWEEN);

    for (size_t i = 0; i + size <= name->size; i++) {
        if (memcmp(name->text + i, BETWEEN, size) == 0) {
            return i;
        }
    }
    return name->size;
}

static bool is_called(const struct package_text *name, const char *text,
                      size_t size)
{
    size_t middle = find_middle(name);
    size_t second = middle + strlen(BETWEEN);

    return is_same(name->text, name->size, text, size) ||
           is_same(name->text, middle, text, size) ||
           (second < name->size &&
            is_same(name->text + second, name->size - second, text, size));
}

/* A number is a number, also where a contest is called "2". */
bool contest_find(uint16_t *number, const struct package *package,
                  const char *text, size_t size)
{
    uint64_t read = 0;
    size_t met = 0;
    uint16_t found = 0;

    if (number_read(&read, text, size)) {
        if (read >= package->contest_count) {
            return false;
        }
        *number = (uint16_t)read;
        return true;
    }
    for (uint16_t i = 0; i < package->contest_count; i++) {
        if (is_called(&package->contests[i].name, text, size)) {
            found = i;
            met++;
        }
    }
    if (met == 1) {
        *number = found;
    }
    return met == 1;
}

static int compare(const void *a, const void *b)
{
    const uint16_t *one = a;
    const uint16_t *other = b;

    return (*one > *other) - (*one < *other);
}

static enum aula_code check_twice(const struct contest_list *list,
                                  struct aula_error *err)
{
    for (size_t i = 1; i < list->count; i++) {
        if (list->numbers[i] == list->numbers[i - 1]) {
            return aula_fail(err, AULA_CERT_CONTEST, "contest %u stands twice",
                             (unsigned)list->numbers[i]);
        }
    }
    return AULA_OK;
}

/* What was typed is not repeated in messages: it may be of any form. */
enum aula_code contest_list_read(struct contest_list *list,
                                 const struct package *package,
                                 const char *text, struct aula_error *err)
{
    struct contest_list made = {.count = 0};
    bool is_over = false;
    enum aula_code code;

    while (!is_over) {
        size_t size = strcspn(text, ",");

        if (made.count == PACKAGE_CONTESTS_MAX ||
            !contest_find(&made.numbers[made.count], package, text, size)) {
            return aula_fail(err, AULA_CERT_CONTEST,
                             "no contest is called as the one in place %zu; "
                             "their numbers are 0 to %u",
                             made.count + 1,
                             (unsigned)package->contest_count - 1);
        }
        made.count++;
        is_over = text[size] == '\0';
        text += size + 1;
    }
    qsort(made.numbers, made.count, sizeof made.numbers[0], compare);
    code = check_twice(&made, err);
    if (code == AULA_OK) {
        *list = made;
    }
    return code;
}

void contest_list_all(struct contest_list *list, const struct package *package)
{
    list->count = package->contest_count;
    for (uint16_t i = 0; i < package->contest_count; i++) {
        list->numbers[i] = i;
    }
}
