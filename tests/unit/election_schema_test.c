/* SPDX-License-Identifier: Apache-2.0 */
/* assets/election.schema.json against the tables that election.json is read by:
 * the same keys in each object, the same of them optional, the same bounds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "election_parts.h"

static const char path[] = "assets/election.schema.json";

enum { PLACE_MAX = 256, DEPTH_MAX = 8 };

/* What a "$ref" leads to, or the value itself. */
static const json_t *resolved(const json_t *root, const json_t *value)
{
    static const char begin[] = "#/$defs/";
    const char *name = json_string_value(json_object_get(value, "$ref"));

    if (name == NULL) {
        return value;
    }
    assert_int_equal(strncmp(name, begin, sizeof begin - 1), 0);
    value = json_object_get(json_object_get(root, "$defs"),
                            name + sizeof begin - 1);
    if (value == NULL) {
        fail_msg("%s leads nowhere", name);
    }
    return value;
}

static bool is_required(const json_t *object, const char *key)
{
    const json_t *required = json_object_get(object, "required");

    for (size_t i = 0; i < json_array_size(required); i++) {
        if (strcmp(json_string_value(json_array_get(required, i)), key) == 0) {
            return true;
        }
    }
    return false;
}

static void expect_number(const json_t *schema, const char *key, int64_t wanted,
                          const char *place)
{
    const json_t *value = json_object_get(schema, key);

    if (!json_is_integer(value) || json_integer_value(value) != wanted) {
        fail_msg("%s: %s is not %lld", place, key, (long long)wanted);
    }
}

static void check_words(const json_t *schema, const struct form_field *field,
                        const char *place)
{
    const json_t *words = json_object_get(schema, "enum");
    size_t count = 0;

    for (; field->words[count] != NULL; count++) {
        const char *word = json_string_value(json_array_get(words, count));

        if (word == NULL || strcmp(word, field->words[count]) != 0) {
            fail_msg("%s: no word %s", place, field->words[count]);
        }
    }
    assert_int_equal(json_array_size(words), count);
}

static void check_text(const json_t *root, const json_t *schema,
                       const struct form_field *field, const char *place)
{
    static const char *const languages[] = {"kk", "ru"};
    const json_t *texts = json_object_get(schema, "properties");

    for (size_t i = 0; i < 2; i++) {
        const json_t *text = resolved(root,
                                      json_object_get(texts, languages[i]));

        assert_true(is_required(schema, languages[i]));
        expect_number(text, "minLength", field->min, place);
        expect_number(text, "maxLength", field->max, place);
    }
}

static bool is_number(const struct form_field *field)
{
    return field->read == form_read_u16 || field->read == form_read_u32 ||
           field->read == form_read_u64;
}

static bool is_list(const struct form_field *field)
{
    return field->read == form_read_list || field->read == form_read_ids;
}

/* One key: what its reader asks for. */
static void check_value(const json_t *root, const json_t *schema,
                        const struct form_field *field, const char *place)
{
    if (is_number(field)) {
        expect_number(schema, "minimum", field->min, place);
        expect_number(schema, "maximum", field->max, place);
    } else if (field->read == form_read_label ||
               field->read == form_read_serial) {
        expect_number(schema, "minLength", field->min, place);
        expect_number(schema, "maxLength", field->max, place);
    } else if (field->read == form_read_text ||
               field->read == form_read_paragraphs) {
        check_text(root, schema, field, place);
    } else if (field->read == form_read_word) {
        check_words(schema, field, place);
    } else if (is_list(field)) {
        if (field->min > 0) {
            expect_number(schema, "minItems", field->min, place);
        }
        expect_number(schema, "maxItems", field->max, place);
    }
}

static void check_form(const json_t *root, const json_t *schema,
                       const struct form *form, const char *place,
                       unsigned depth);

static void check_field(const json_t *root, const json_t *schema,
                        const struct form_field *field, const char *place,
                        unsigned depth)
{
    check_value(root, schema, field, place);
    if (field->form != NULL && field->read == form_read_list) {
        schema = resolved(root, json_object_get(schema, "items"));
    }
    if (field->form != NULL) {
        check_form(root, schema, field->form, place, depth + 1);
    }
}

static const struct form_field *find(const struct form *form, const char *key)
{
    for (size_t i = 0; i < form->count; i++) {
        if (strcmp(form->fields[i].key, key) == 0) {
            return &form->fields[i];
        }
    }
    return NULL;
}

static void check_form(const json_t *root, const json_t *schema,
                       const struct form *form, const char *place,
                       unsigned depth)
{
    json_t *keys = json_object_get(schema, "properties");
    const char *key;
    json_t *value;

    assert_true(depth < DEPTH_MAX);
    assert_true(json_is_false(json_object_get(schema, "additionalProperties")));
    json_object_foreach(keys, key, value)
    {
        if (find(form, key) == NULL) {
            fail_msg("%s: the reader knows no key %s", place, key);
        }
    }
    for (size_t i = 0; i < form->count; i++) {
        const struct form_field *field = &form->fields[i];
        char inner[PLACE_MAX];

        (void)snprintf(inner, sizeof inner, "%s.%s", place, field->key);
        value = json_object_get(keys, field->key);
        if (value == NULL) {
            fail_msg("%s: the schema knows no such key", inner);
        }
        if (is_required(schema, field->key) == field->is_optional) {
            fail_msg("%s: required by one of both only", inner);
        }
        check_field(root, resolved(root, value), field, inner, depth);
    }
}

static void schema_and_reader_know_the_same(void **state)
{
    json_error_t fault;
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &fault);

    (void)state;
    if (root == NULL) {
        fail_msg("%s:%d: %s", path, fault.line, fault.text);
    }
    check_form(root, root, &election_form, "election", 0);
    json_decref(root);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(schema_and_reader_know_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
