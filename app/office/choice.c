/* SPDX-License-Identifier: Apache-2.0 */
/* See choice.h. */
#include "choice.h"

#include <sodium.h>
#include <stdbool.h>
#include <string.h>

#include "number.h"

enum { BYTE_MAX = 255 };

/* One item of a list. */
struct item {
    size_t place; /* in the list, from 1 */
    const char *id;
    size_t id_size;
    const char *points; /* NULL where there is no = */
    size_t points_size;
};

static enum aula_code check_form(const struct package_contest *contest,
                                 enum choice_form form, struct aula_error *err)
{
    const char *wanted = "";
    enum choice_form fits = CHOICE_IDS;

    switch (contest->rule.type) {
    case PLAINTEXT_APPROVAL:
    case PLAINTEXT_KNAPSACK:
        wanted = "--choose ID,ID";
        break;
    case PLAINTEXT_POINTS:
        wanted = "--points ID=N,ID=N";
        fits = CHOICE_POINTS;
        break;
    case PLAINTEXT_RANKING:
        wanted = "--rank ID,ID";
        fits = CHOICE_RANKS;
        break;
    }
    if (form != fits && form != CHOICE_BLANK) {
        return aula_fail(err, AULA_BAD_FIELD, "this contest takes %s", wanted);
    }
    return AULA_OK;
}

/* The next item, and the text behind it; NULL behind the last one. */
static const char *take_item(struct item *item, const char *text, bool points)
{
    size_t size = strcspn(text, ",");
    size_t id_size = size;

    if (points) {
        while (id_size > 0 && text[id_size - 1] != '=') {
            id_size--;
        }
    }
    *item = (struct item){.place = item->place + 1,
                          .id = text,
                          .id_size = id_size - (points && id_size > 0),
                          .points = points ? text + id_size : NULL,
                          .points_size = size - id_size};
    return text[size] == ',' ? text + size + 1 : NULL;
}

static size_t find_id(const struct package_contest *contest,
                      const struct item *item)
{
    size_t place = 0;

    while (place < contest->rule.n &&
           (contest->ids[place].size != item->id_size ||
            memcmp(contest->ids[place].text, item->id, item->id_size) != 0)) {
        place++;
    }
    return place;
}

/* What a byte of points or ranking becomes. */
static enum aula_code read_value(uint8_t *value, const struct item *item,
                                 struct aula_error *err)
{
    uint64_t number = item->place;

    if (item->points != NULL &&
        (!number_read(&number, item->points, item->points_size) ||
         number == 0)) {
        return aula_fail(err, AULA_BAD_FIELD,
                         "place %zu of the list is not ID=N", item->place);
    }
    if (number > BYTE_MAX) {
        return aula_fail(err, AULA_PT_LIMIT,
                         "place %zu of the list is above %d", item->place,
                         BYTE_MAX);
    }
    *value = (uint8_t)number;
    return AULA_OK;
}

static enum aula_code put_item(uint8_t *plaintext,
                               const struct package_contest *contest,
                               enum choice_form form, const struct item *item,
                               struct aula_error *err)
{
    bool is_bitmap = form == CHOICE_IDS;
    size_t place = find_id(contest, item);
    uint8_t value = (uint8_t)(1U << place % 8);
    uint8_t *byte = plaintext + (is_bitmap ? place / 8 : place);
    enum aula_code code = AULA_OK;

    if (place == contest->rule.n) {
        return aula_fail(err, AULA_BAD_FIELD,
                         "place %zu of the list is no proposal of this contest",
                         item->place);
    }
    if (is_bitmap ? (*byte & value) != 0 : *byte != 0) {
        return aula_fail(err, AULA_BAD_FIELD,
                         "place %zu of the list stood there before",
                         item->place);
    }
    if (!is_bitmap) {
        code = read_value(&value, item, err);
    }
    if (code == AULA_OK) {
        *byte = (uint8_t)(*byte | value);
    }
    return code;
}

enum aula_code choice_read(uint8_t *plaintext,
                           const struct package_contest *contest,
                           enum choice_form form, const char *list,
                           struct aula_error *err)
{
    size_t size = plaintext_size(&contest->rule);
    struct item item = {.place = 0};
    enum aula_code code = check_form(contest, form, err);

    memset(plaintext, 0, size);
    while (code == AULA_OK && list != NULL) {
        list = take_item(&item, list, form == CHOICE_POINTS);
        code = put_item(plaintext, contest, form, &item, err);
    }
    if (code != AULA_OK) {
        sodium_memzero(plaintext, size);
    }
    return code;
}
