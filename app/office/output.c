/* SPDX-License-Identifier: Apache-2.0 */
/* See output.h. */
#include "output.h"

#include <errno.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"

enum { LABEL_COLUMNS = 22 };

struct output {
    FILE *file;
    json_t *object; /* NULL: lines for people */
    bool has_failed;
};

struct output *output_open(FILE *file, bool is_json)
{
    struct output *made = calloc(1, sizeof *made);

    if (made == NULL) {
        return NULL;
    }
    made->file = file;
    if (is_json) {
        made->object = json_object();
        if (made->object == NULL) {
            free(made);
            return NULL;
        }
    }
    return made;
}

void output_close(struct output *output)
{
    if (output != NULL) {
        json_decref(output->object);
        free(output);
    }
}

bool output_is_json(const struct output *output)
{
    return output->object != NULL;
}

void output_say(struct output *output, const char *format, ...)
{
    va_list arguments;

    if (output->object != NULL) {
        return;
    }
    va_start(arguments, format);
    (void)vfprintf(output->file, format, arguments);
    va_end(arguments);
    (void)fputc('\n', output->file);
}

void output_show(struct output *output)
{
    (void)fflush(output->file);
}

void output_json(struct output *output, const char *key, json_t *value)
{
    if (output->object == NULL) {
        json_decref(value);
    } else if (json_object_set_new(output->object, key, value) != 0) {
        output->has_failed = true;
    }
}

static void put_label(struct output *output, const char *label)
{
    (void)fprintf(output->file, "%s:%*s", label,
                  strlen(label) < LABEL_COLUMNS
                      ? LABEL_COLUMNS - (int)strlen(label)
                      : 1,
                  "");
}

void output_text_sized(struct output *output, const char *key,
                       const char *label, const char *text, size_t size)
{
    if (output->object != NULL) {
        output_json(output, key, json_stringn(text, size));
        return;
    }
    put_label(output, label);
    (void)fwrite(text, 1, size, output->file);
    (void)fputc('\n', output->file);
}

void output_text(struct output *output, const char *key, const char *label,
                 const char *text)
{
    output_text_sized(output, key, label, text, strlen(text));
}

void output_number(struct output *output, const char *key, const char *label,
                   uint64_t value)
{
    if (output->object != NULL) {
        output_json(output, key, json_integer((json_int_t)value));
        return;
    }
    put_label(output, label);
    (void)fprintf(output->file, "%llu\n", (unsigned long long)value);
}

void output_flag(struct output *output, const char *key, const char *label,
                 bool value)
{
    if (output->object != NULL) {
        output_json(output, key, json_boolean(value));
        return;
    }
    put_label(output, label);
    (void)fputs(value ? "yes\n" : "no\n", output->file);
}

void output_hex(struct output *output, const char *key, const char *label,
                const uint8_t *bytes, size_t size)
{
    char *hex = malloc(size * 2 + 1);

    if (hex == NULL) {
        output->has_failed = true;
        return;
    }
    (void)sodium_bin2hex(hex, size * 2 + 1, bytes, size);
    output_text(output, key, label, hex);
    free(hex);
}

enum aula_code output_end(struct output *output, struct aula_error *err)
{
    size_t flags = JSON_COMPACT | JSON_PRESERVE_ORDER;
    bool is_written = true;

    if (output->has_failed) {
        return aula_fail(err, AULA_MEMORY,
                         "standard output: the result could not be put "
                         "together");
    }
    if (output->object != NULL) {
        is_written = json_dumpf(output->object, output->file, flags) == 0 &&
                     fputc('\n', output->file) != EOF;
    }
    if (!is_written || fflush(output->file) != 0 || ferror(output->file)) {
        return aula_fail(err, file_code_of(errno),
                         "standard output: it cannot be written");
    }
    return AULA_OK;
}
