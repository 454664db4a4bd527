/* SPDX-License-Identifier: Apache-2.0 */
/* See facts.h. */
#include "facts.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "number.h"

enum { HEX_CHARACTERS = FACTS_HEX_BYTES * 2 };

size_t facts_write(char text[static FACTS_BYTES_MAX], const struct facts *facts)
{
    char value[HEX_CHARACTERS + 1];
    size_t size = (size_t)snprintf(text, FACTS_BYTES_MAX, "%s\n", facts->title);

    for (const struct fact *fact = facts->facts; fact->key != NULL; fact++) {
        if (fact->bytes != NULL) {
            (void)sodium_bin2hex(value, sizeof value, fact->bytes,
                                 FACTS_HEX_BYTES);
        } else {
            (void)snprintf(value, sizeof value, "%llu",
                           (unsigned long long)*fact->number);
        }
        size += (size_t)snprintf(text + size, FACTS_BYTES_MAX - size, "%s %s\n",
                                 fact->key, value);
        assert(size < FACTS_BYTES_MAX);
    }
    return size;
}

/* Step over `word` and the blank or line end that follows it. */
static bool step_over(const char **text, const char *word, char end)
{
    size_t size = strlen(word);

    if (strncmp(*text, word, size) != 0 || (*text)[size] != end) {
        return false;
    }
    *text += size + 1;
    return true;
}

/* sodium_hex2bin would take capitals too: there is one way to write a fact. */
static bool is_hex(const char *text)
{
    return strspn(text, "0123456789abcdef") == HEX_CHARACTERS;
}

static bool read_value(const struct fact *fact, const char *text, size_t size)
{
    if (fact->bytes == NULL) {
        return number_read(fact->number, text, size);
    }
    return size == HEX_CHARACTERS && is_hex(text) &&
           sodium_hex2bin(fact->bytes, FACTS_HEX_BYTES, text, size, NULL, NULL,
                          NULL) == 0;
}

static enum aula_code take_apart(const struct facts *facts, const char *text,
                                 const char *path, struct aula_error *err)
{
    if (!step_over(&text, facts->title, '\n')) {
        return aula_fail(err, AULA_BAD_MAGIC, "%s: the first line is not `%s`",
                         path, facts->title);
    }
    for (const struct fact *fact = facts->facts; fact->key != NULL; fact++) {
        size_t size;

        if (!step_over(&text, fact->key, ' ')) {
            return aula_fail(err, AULA_BAD_FIELD,
                             "%s: `%s` is not in its place", path, fact->key);
        }
        size = strcspn(text, "\n");
        if (text[size] == '\0' || !read_value(fact, text, size)) {
            return aula_fail(err, AULA_BAD_FIELD,
                             "%s: `%s` has no proper value", path, fact->key);
        }
        text += size + 1;
    }
    if (*text != '\0') {
        return aula_fail(err, AULA_BAD_FIELD, "%s: more follows", path);
    }
    return AULA_OK;
}

enum aula_code facts_read(const struct facts *facts, const char *path,
                          struct aula_error *err)
{
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code = file_read(&bytes, &size, path, FACTS_BYTES_MAX, err);

    if (code != AULA_OK) {
        return code;
    }
    if (memchr(bytes, 0, size) != NULL) {
        code = aula_fail(err, AULA_BAD_FIELD, "%s: not a text", path);
    } else {
        code = take_apart(facts, (const char *)bytes, path, err);
    }
    free(bytes);
    return code;
}
