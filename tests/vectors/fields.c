/* SPDX-License-Identifier: Apache-2.0 */
/* Reading values of a vector file: only the forms that its format knows.
 *
 *   bytes    lower-case hexadecimal, an even number of digits, may be empty
 *   number   integer, 0 .. 2^53 - 1
 *   decimal  a u64 as a string without sign and leading zeros
 *   error    a name of PROTOCOL.md
 *   flag     true or false
 *   null     the same as a key that is not there
 */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "trial.h"

static const uint8_t nothing[1];

/* A value and how to call it in a message. */
struct item {
    const json_t *value; /* NULL: missing, already reported */
    char name[64];
};

static void complain(struct trial *trial, const struct item *item,
                     const char *form)
{
    if (item->value != NULL) {
        trial_fail(trial, "%s: expected %s, came another form", item->name,
                   form);
    }
}

static struct item member(struct trial *trial, const json_t *object,
                          const char *key)
{
    struct item item = {.value = json_object_get(object, key)};

    (void)snprintf(item.name, sizeof item.name, "%s", key);
    if (item.value == NULL || json_is_null(item.value)) {
        trial_fail(trial, "%s: expected a value, came nothing", key);
        item.value = NULL;
    }
    source_mark(trial->source, item.value);
    return item;
}

static struct item element(struct trial *trial, const json_t *list,
                           size_t index)
{
    struct item item = {.value = json_array_get(list, index)};

    (void)snprintf(item.name, sizeof item.name, "element %zu", index);
    if (item.value == NULL) {
        trial_fail(trial, "element %zu: expected a value, came nothing", index);
    }
    return item;
}

/* -1 for what is no lower-case digit. */
static int digit_of(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool decode_hex(uint8_t *out, const char *text, size_t digits)
{
    for (size_t i = 0; i < digits / 2; i++) {
        int high = digit_of(text[2 * i]);
        int low = digit_of(text[2 * i + 1]);

        if (high < 0 || low < 0) {
            return false;
        }
        out[i] = (uint8_t)(16 * high + low);
    }
    return digits % 2 == 0;
}

static struct span bytes_of(struct trial *trial, const struct item *item)
{
    const char *text = json_string_value(item->value);
    size_t digits = json_string_length(item->value);
    uint8_t *bytes = NULL;

    if (text != NULL) {
        bytes = source_memory(trial->source, digits / 2);
        if (decode_hex(bytes, text, digits)) {
            return (struct span){bytes, digits / 2};
        }
    }
    complain(trial, item, "lower-case hexadecimal");
    return (struct span){nothing, 0};
}

static void fixed_of(struct trial *trial, const struct item *item, uint8_t *out,
                     size_t size)
{
    struct span bytes = bytes_of(trial, item);

    memset(out, 0, size);
    if (bytes.size == size) {
        memcpy(out, bytes.bytes, size);
        return;
    }
    trial_fail(trial, "%s: expected %zu bytes, came %zu", item->name, size,
               bytes.size);
}

static uint64_t number_of(struct trial *trial, const struct item *item,
                          uint64_t greatest)
{
    json_int_t number = json_integer_value(item->value);

    if (!json_is_integer(item->value) || number < 0) {
        complain(trial, item, "a number");
        return 0;
    }
    if ((uint64_t)number > greatest) {
        trial_fail(trial, "%s: expected at most %" PRIu64 ", came %" PRIu64,
                   item->name, greatest, (uint64_t)number);
        return 0;
    }
    return (uint64_t)number;
}

struct span field_bytes(struct trial *trial, const json_t *object,
                        const char *key)
{
    struct item item = member(trial, object, key);

    return bytes_of(trial, &item);
}

void field_fixed(struct trial *trial, const json_t *object, const char *key,
                 uint8_t *out, size_t size)
{
    struct item item = member(trial, object, key);

    fixed_of(trial, &item, out, size);
}

struct span field_text(struct trial *trial, const json_t *object,
                       const char *key)
{
    struct item item = member(trial, object, key);
    const char *text = json_string_value(item.value);

    if (text == NULL) {
        complain(trial, &item, "a text");
        return (struct span){nothing, 0};
    }
    return (struct span){(const uint8_t *)text, json_string_length(item.value)};
}

uint64_t field_number(struct trial *trial, const json_t *object,
                      const char *key, uint64_t greatest)
{
    struct item item = member(trial, object, key);

    return number_of(trial, &item, greatest);
}

uint64_t field_decimal(struct trial *trial, const json_t *object,
                       const char *key)
{
    struct item item = member(trial, object, key);
    const char *text = json_string_value(item.value);
    size_t size = json_string_length(item.value);
    uint64_t number = 0;
    bool is_good = text != NULL && size > 0 && (text[0] != '0' || size == 1);

    for (size_t i = 0; is_good && i < size; i++) {
        unsigned digit = (unsigned char)text[i] - (unsigned)'0';

        is_good = digit <= 9 &&
                  (number < UINT64_MAX / 10 ||
                   (number == UINT64_MAX / 10 && digit <= UINT64_MAX % 10));
        number = 10 * number + digit;
    }
    if (!is_good) {
        complain(trial, &item, "a decimal string");
        return 0;
    }
    return number;
}

enum aula_code field_error(struct trial *trial, const json_t *object,
                           const char *key)
{
    struct item item = member(trial, object, key);
    const char *text = json_string_value(item.value);

    for (int i = 0; text != NULL && i < AULA_CODE_COUNT; i++) {
        if (strcmp(text, aula_code_name((enum aula_code)i)) == 0) {
            return (enum aula_code)i;
        }
    }
    complain(trial, &item, "the name of an error");
    return AULA_OK;
}

bool field_flag(struct trial *trial, const json_t *object, const char *key)
{
    struct item item = member(trial, object, key);

    if (!json_is_boolean(item.value)) {
        complain(trial, &item, "true or false");
    }
    return json_is_true(item.value);
}

const json_t *field_list(struct trial *trial, const json_t *object,
                         const char *key)
{
    struct item item = member(trial, object, key);

    if (!json_is_array(item.value)) {
        complain(trial, &item, "a list");
        return NULL;
    }
    return item.value;
}

const json_t *field_object(struct trial *trial, const json_t *object,
                           const char *key)
{
    struct item item = member(trial, object, key);

    if (!json_is_object(item.value)) {
        complain(trial, &item, "an object");
        return NULL;
    }
    return item.value;
}

bool field_is_there(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    return value != NULL && !json_is_null(value);
}

struct span list_bytes(struct trial *trial, const json_t *list, size_t index)
{
    struct item item = element(trial, list, index);

    return bytes_of(trial, &item);
}

void list_fixed(struct trial *trial, const json_t *list, size_t index,
                uint8_t *out, size_t size)
{
    struct item item = element(trial, list, index);

    fixed_of(trial, &item, out, size);
}

uint64_t list_number(struct trial *trial, const json_t *list, size_t index,
                     uint64_t greatest)
{
    struct item item = element(trial, list, index);

    return number_of(trial, &item, greatest);
}

struct span list_joined(struct trial *trial, const json_t *list,
                        size_t element_size)
{
    size_t count = json_array_size(list);
    uint8_t *bytes = source_memory(trial->source, count * element_size);

    for (size_t i = 0; i < count; i++) {
        list_fixed(trial, list, i, bytes + i * element_size, element_size);
    }
    return (struct span){bytes, count * element_size};
}
