/* SPDX-License-Identifier: Apache-2.0 */
/* The section META: one key and its value a line.
 *
 * Of the keys that the format requires, only those are asked for that decide
 * how the rest is read; the others are for people, and old files lack some.
 * A key that has a field here stands once; of any other the first counts.
 */
#include "pabulib_parts.h"

#include <stdlib.h>
#include <string.h>

#define FIELD(name) offsetof(struct pabulib, name)

const struct pabulib_key pabulib_keys[PABULIB_KEYS] = {
    {"description", PABULIB_TEXT, false, 0},
    {"country", PABULIB_TEXT, false, 0},
    {"unit", PABULIB_TEXT, false, 0},
    {"instance", PABULIB_TEXT, false, 0},
    {"num_projects", PABULIB_RECORDS, true, 0},
    {"num_votes", PABULIB_RECORDS, true, 0},
    {"budget", PABULIB_BUDGET, true, 0},
    {"vote_type", PABULIB_TYPE, true, 0},
    {"rule", PABULIB_TEXT, false, 0},
    {"date_begin", PABULIB_TEXT, false, 0},
    {"date_end", PABULIB_TEXT, false, 0},
    {"min_length", PABULIB_COUNT, false, FIELD(min_length)},
    {"max_length", PABULIB_COUNT, false, FIELD(max_length)},
    {"min_sum_cost", PABULIB_MONEY, false, FIELD(min_sum_cost)},
    {"max_sum_cost", PABULIB_MONEY, false, FIELD(max_sum_cost)},
    {"min_points", PABULIB_POINTS, false, FIELD(min_points)},
    {"max_points", PABULIB_POINTS, false, FIELD(max_points)},
    {"min_sum_points", PABULIB_POINTS, false, FIELD(min_sum_points)},
    {"max_sum_points", PABULIB_POINTS, false, FIELD(max_sum_points)},
    {"default_score", PABULIB_POINTS, false, FIELD(default_score)},
};

static const char *const type_names[] = {"approval", "choose-1", "ordinal",
                                         "cumulative", "scoring"};

const char *pabulib_vote_type_name(enum pabulib_vote_type type)
{
    return type_names[type];
}

/* One line that has a field: which key, what value, where. */
struct meta_line {
    const struct pabulib_key *key;
    const struct pabulib_text *value;
    size_t line;
};

static enum aula_code refuse(const struct pabulib_reader *reader,
                             const struct meta_line *at, const char *expected)
{
    char shown[PABULIB_SHOWN_BYTES];

    pabulib_show(shown, at->value);
    return pabulib_fail(reader, at->line, "%s: expected %s, found %s",
                        at->key->name, expected, shown);
}

static enum aula_code read_type(struct pabulib *file,
                                const struct pabulib_reader *reader,
                                const struct meta_line *at)
{
    for (int i = PABULIB_APPROVAL; i <= PABULIB_SCORING; i++) {
        if (pabulib_is(at->value, type_names[i])) {
            file->vote_type = (enum pabulib_vote_type)i;
            return AULA_OK;
        }
    }
    return refuse(reader, at,
                  "approval, choose-1, ordinal, cumulative or scoring");
}

static enum aula_code read_records(struct pabulib_announced *announced,
                                   const struct pabulib_reader *reader,
                                   const struct meta_line *at)
{
    bool is_votes = strcmp(at->key->name, "num_votes") == 0;
    int64_t number = 0;

    if (!pabulib_read_whole(&number, at->value->text, at->value->size) ||
        number < 0) {
        return refuse(reader, at, "a whole number");
    }
    *(is_votes ? &announced->votes : &announced->projects) = number;
    *(is_votes ? &announced->votes_line : &announced->projects_line) = at->line;
    return AULA_OK;
}

static enum aula_code read_budget(struct pabulib *file,
                                  const struct pabulib_reader *reader,
                                  const struct meta_line *at)
{
    if (!pabulib_read_money(&file->budget, at->value->text, at->value->size) ||
        file->budget < 0) {
        return refuse(reader, at, "a decimal with at most two places");
    }
    return AULA_OK;
}

static enum aula_code read_number(struct pabulib *file,
                                  const struct pabulib_reader *reader,
                                  const struct meta_line *at)
{
    struct pabulib_number number = {.is_there = true};
    bool is_money = at->key->kind == PABULIB_MONEY;
    const char *text = at->value->text;
    size_t size = at->value->size;
    bool is_good = is_money ? pabulib_read_money(&number.value, text, size)
                            : pabulib_read_whole(&number.value, text, size);

    if (!is_good || (number.value < 0 && at->key->kind != PABULIB_POINTS)) {
        return refuse(reader, at,
                      is_money ? "a decimal with at most two places"
                               : "a whole number");
    }
    memcpy((char *)file + at->key->offset, &number, sizeof number);
    return AULA_OK;
}

static enum aula_code read_value(struct pabulib *file,
                                 struct pabulib_announced *announced,
                                 const struct pabulib_reader *reader,
                                 const struct meta_line *at)
{
    switch (at->key->kind) {
    case PABULIB_TEXT:
        return AULA_OK;
    case PABULIB_RECORDS:
        return read_records(announced, reader, at);
    case PABULIB_BUDGET:
        return read_budget(file, reader, at);
    case PABULIB_TYPE:
        return read_type(file, reader, at);
    case PABULIB_MONEY:
    case PABULIB_COUNT:
    case PABULIB_POINTS:
        break;
    }
    return read_number(file, reader, at);
}

static const struct pabulib_key *find_key(const struct pabulib_text *name)
{
    for (size_t i = 0; i < PABULIB_KEYS; i++) {
        if (pabulib_is(name, pabulib_keys[i].name)) {
            return &pabulib_keys[i];
        }
    }
    return NULL;
}

/* One pair behind those before it. */
static enum aula_code take_pair(struct pabulib *file,
                                struct pabulib_announced *announced,
                                const struct pabulib_reader *reader,
                                const struct pabulib_pair *pair, size_t line)
{
    struct meta_line at = {find_key(&pair->key), &pair->value, line};

    if (file->meta_count == PABULIB_META_MAX) {
        return aula_fail(reader->err, AULA_TOO_LARGE,
                         "line %zu: META: more than %d lines", line,
                         PABULIB_META_MAX);
    }
    if (at.key != NULL && at.key->kind != PABULIB_TEXT) {
        for (size_t i = 0; i < file->meta_count; i++) {
            if (pabulib_is(&file->meta[i].key, at.key->name)) {
                return pabulib_fail(reader, line, "%s: stands twice",
                                    at.key->name);
            }
        }
    }
    file->meta[file->meta_count++] = *pair;
    if (at.key == NULL || pabulib_is_nothing(&pair->value)) {
        return AULA_OK;
    }
    return read_value(file, announced, reader, &at);
}

static enum aula_code check_required(const struct pabulib *file,
                                     const struct pabulib_reader *reader)
{
    for (size_t i = 0; i < PABULIB_KEYS; i++) {
        if (pabulib_keys[i].is_required &&
            pabulib_meta(file, pabulib_keys[i].name) == NULL) {
            return pabulib_fail(reader, reader->line_number,
                                "META: expected a key %s before this",
                                pabulib_keys[i].name);
        }
    }
    return AULA_OK;
}

enum aula_code pabulib_read_meta(struct pabulib *file,
                                 struct pabulib_announced *announced,
                                 struct pabulib_reader *reader)
{
    static const char *const names[] = {"key", "value"};
    struct pabulib_text fields[PABULIB_COLUMNS_MAX];
    size_t places[2];
    enum aula_code code;

    file->meta = calloc(PABULIB_META_MAX, sizeof *file->meta);
    if (file->meta == NULL) {
        return aula_fail(reader->err, AULA_MEMORY, "out of memory");
    }
    code = pabulib_start_section(reader, places, "META", names, 2, 2);
    while (code == AULA_OK && reader->line != NULL &&
           !pabulib_is_section(reader, "PROJECTS")) {
        size_t line = reader->line_number;

        code = pabulib_take_record(reader, fields);
        if (code == AULA_OK) {
            struct pabulib_pair pair = {fields[places[0]], fields[places[1]]};

            code = take_pair(file, announced, reader, &pair, line);
        }
    }
    return code == AULA_OK ? check_required(file, reader) : code;
}

const struct pabulib_text *pabulib_meta(const struct pabulib *file,
                                        const char *key)
{
    for (size_t i = 0; i < file->meta_count; i++) {
        if (pabulib_is(&file->meta[i].key, key)) {
            return pabulib_is_nothing(&file->meta[i].value)
                       ? NULL
                       : &file->meta[i].value;
        }
    }
    return NULL;
}
