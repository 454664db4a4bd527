/* SPDX-License-Identifier: Apache-2.0 */
/* From the bytes of election.json to a struct election.
 *
 * Three steps: the text is JSON (the parser stops at its first fault), its
 * values have the form of the tables, and they agree with each other. The last
 * two add all their faults; places are looked for at the end, in one walk.
 */
#include <stdio.h>
#include <string.h>

#include "election_parts.h"

static const char *const default_languages[] = {"kk", "ru"};

/* ---- languages */

/* A tag such as "kk" or "kk-Latn", by its shape only. */
static bool is_tag(const char *text)
{
    static const char small[] = "abcdefghijklmnopqrstuvwxyz";
    static const char rest[] = "abcdefghijklmnopqrstuvwxyz"
                               "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    size_t size = strspn(text, small);

    if (size < 2 || size > 3 || strlen(text) > ELECTION_LANGUAGE_MAX) {
        return false;
    }
    while (text[size] == '-') {
        size_t part = strspn(text + size + 1, rest);

        if (part < 2 || part > 8) {
            return false;
        }
        size += 1 + part;
    }
    return text[size] == '\0';
}

static size_t language_of(const struct election *election, const char *tag)
{
    for (size_t i = 0; i < election->language_count; i++) {
        if (strcmp(election->languages[i], tag) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

static void use_default_languages(struct election *election)
{
    memcpy(election->languages, default_languages, sizeof default_languages);
    election->language_count = 2;
}

/* Take one tag each; false after a fault. */
static bool take_languages(struct form_reader *reader,
                           struct election *election, const json_t *list)
{
    size_t count = json_array_size(list);

    if (!json_is_array(list) || count < 2 || count > ELECTION_LANGUAGES_MAX) {
        form_fault(reader, "expected a list of 2 to %d languages",
                   ELECTION_LANGUAGES_MAX);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const char *tag = json_string_value(json_array_get(list, i));

        if (tag == NULL || !is_tag(tag) ||
            language_of(election, tag) != SIZE_MAX) {
            size_t mark = form_enter_element(reader, i);

            form_fault(reader, "expected the tag of another language, such as "
                               "\"kk\"");
            form_leave(reader, mark);
            return false;
        }
        election->languages[election->language_count++] = tag;
    }
    if (language_of(election, "kk") == SIZE_MAX ||
        language_of(election, "ru") == SIZE_MAX) {
        form_fault(reader, "expected \"kk\" and \"ru\" among the languages");
        return false;
    }
    return true;
}

void election_read_languages(struct form_reader *reader,
                             struct election *election, json_t *root)
{
    const json_t *list = json_object_get(root, "languages");
    size_t mark = form_enter_key(reader, "languages");

    if (list == NULL || !take_languages(reader, election, list)) {
        use_default_languages(election);
    }
    form_leave(reader, mark);
    election->kk = language_of(election, "kk");
    election->ru = language_of(election, "ru");
    reader->languages = election->languages;
    reader->language_count = election->language_count;
}

/* ---- the whole */

static enum aula_code parse(struct election *election, struct faults *faults,
                            const uint8_t *bytes, size_t size,
                            struct aula_error *err)
{
    json_error_t fault = {0};

    election->json = json_loadb(size == 0 ? "" : (const char *)bytes, size,
                                JSON_REJECT_DUPLICATES, &fault);
    if (election->json != NULL) {
        return AULA_OK;
    }
    /* Where it finds no memory, the library may say nothing at all. */
    if (json_error_code(&fault) == json_error_out_of_memory ||
        json_error_code(&fault) == json_error_unknown) {
        return aula_fail(err, AULA_MEMORY, "election.json: no memory");
    }
    faults_add_at(faults, fault.line > 0 ? (uint32_t)fault.line : 1,
                  fault.column > 0 ? (uint32_t)fault.column : 1, "not JSON: %s",
                  form_show(fault.text));
    return AULA_SOURCE;
}

static void read_and_check(struct form_reader *reader,
                           struct election *election)
{
    struct election_known known = {0};

    election_read_languages(reader, election, election->json);
    form_read_fields(reader, election, &election_form, election->json);
    if (!reader->is_out_of_memory) {
        election_know(reader, &known, election);
        election_check_head(reader, election);
        election_check_map(reader, election, &known);
        election_check_contests(reader, election, &known);
    }
}

/* Was there no memory to keep even the first fault? Then it may be none: what
 * the JSON library calls a fault when it finds no memory is anybody's guess. */
static bool is_fault_lost(const struct faults *faults, size_t first)
{
    return faults_count(faults) > first && faults->count <= first &&
           faults->count < FAULTS_MAX;
}

/* The code of what was found: memory before faults. */
static enum aula_code verdict(const struct form_reader *reader, size_t first,
                              struct aula_error *err)
{
    char line[FAULT_LINE_BYTES];
    size_t count = faults_count(reader->faults) - first;

    if (reader->is_out_of_memory || is_fault_lost(reader->faults, first)) {
        return aula_fail(err, AULA_MEMORY, "election.json: no memory");
    }
    if (count == 0) {
        return AULA_OK;
    }
    (void)snprintf(line, sizeof line, "unknown");
    if (first < reader->faults->count) {
        faults_write(line, &reader->faults->items[first]);
    }
    return aula_fail(err, AULA_SOURCE, "election.json: %s", line);
}

enum aula_code election_open(struct election *election, struct faults *faults,
                             const uint8_t *bytes, size_t size,
                             struct aula_error *err)
{
    struct faults own = {0};
    struct form_reader reader = {.faults = faults == NULL ? &own : faults,
                                 .memory = &election->memory};
    size_t first = faults_count(reader.faults);
    enum aula_code code;

    *election = (struct election){0};
    if (size > ELECTION_BYTES_MAX) {
        return aula_fail(err, AULA_TOO_LARGE, "election.json: above %d bytes",
                         ELECTION_BYTES_MAX);
    }
    code = parse(election, reader.faults, bytes, size, err);
    if (code == AULA_OK) {
        read_and_check(&reader, election);
        if (first < reader.faults->count) {
            faults_locate(reader.faults, first, (const char *)bytes, size);
        }
    }
    if (code != AULA_MEMORY) {
        code = verdict(&reader, first, err);
    }
    if (code != AULA_OK) {
        election_close(election);
    }
    faults_close(&own);
    return code;
}

void election_close(struct election *election)
{
    if (election == NULL) {
        return;
    }
    form_memory_close(election->memory);
    json_decref(election->json);
    *election = (struct election){0};
}
