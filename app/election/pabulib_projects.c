/* SPDX-License-Identifier: Apache-2.0 */
/* The section PROJECTS. */
#include "pabulib_parts.h"

#include <stdlib.h>
#include <string.h>

/* Columns that are known, the required ones first. `beneficiaries` is the
 * newer name of `target` and comes last, so that it counts of the two. */
enum column {
    COLUMN_ID,
    COLUMN_COST,
    COLUMN_VOTES,
    COLUMN_SCORE,
    COLUMN_SELECTED,
    COLUMN_TEXTS, /* from here on: texts, as in text_offsets */
    COLUMN_COUNT = COLUMN_TEXTS + 12
};

static const char *const names[COLUMN_COUNT] = {
    "project_id", "cost",         "votes",    "score",        "selected",
    "name",       "category",     "target",   "neighborhood", "subunit",
    "district",   "description",  "proposer", "public_id",    "latitude",
    "longitude",  "beneficiaries"};

#define FIELD(name) offsetof(struct pabulib_project, name)

static const size_t text_offsets[COLUMN_COUNT - COLUMN_TEXTS] = {
    FIELD(name),      FIELD(category), FIELD(target),      FIELD(neighborhood),
    FIELD(subunit),   FIELD(district), FIELD(description), FIELD(proposer),
    FIELD(public_id), FIELD(latitude), FIELD(longitude),   FIELD(target)};

/* A record under way. */
struct row {
    const struct pabulib_text *fields;
    const size_t *places;
    size_t line;
};

/* A field of the row; NULL where there is no such column or it says nothing. */
static const struct pabulib_text *field_of(const struct pabulib_reader *reader,
                                           const struct row *row, size_t column)
{
    size_t place = row->places[column];

    if (place == reader->columns || pabulib_is_nothing(&row->fields[place])) {
        return NULL;
    }
    return &row->fields[place];
}

static enum aula_code refuse(const struct pabulib_reader *reader,
                             const struct row *row, size_t column,
                             const char *expected)
{
    char shown[PABULIB_SHOWN_BYTES];

    pabulib_show(shown, &row->fields[row->places[column]]);
    return pabulib_fail(reader, row->line, "%s: expected %s, found %s",
                        names[column], expected, shown);
}

static enum aula_code read_id(struct pabulib_project *project,
                              struct pabulib_index *index,
                              const struct pabulib_reader *reader,
                              const struct row *row)
{
    const struct pabulib_text *id = &row->fields[row->places[COLUMN_ID]];
    struct pabulib_slot *slot = NULL;

    if (id->size == 0 || memchr(id->text, ',', id->size) != NULL) {
        return refuse(reader, row, COLUMN_ID, "a name without a comma");
    }
    slot = pabulib_index_at(index, id->text, id->size);
    if (slot->text != NULL) {
        return refuse(reader, row, COLUMN_ID, "another than before");
    }
    slot->text = id->text;
    slot->size = (uint32_t)id->size;
    project->id = *id;
    return AULA_OK;
}

static enum aula_code read_cost(uint64_t *cost,
                                const struct pabulib_reader *reader,
                                const struct row *row)
{
    const struct pabulib_text *field = &row->fields[row->places[COLUMN_COST]];
    int64_t number = 0;

    if (!pabulib_read_money(&number, field->text, field->size) || number <= 0) {
        return refuse(reader, row, COLUMN_COST,
                      "a decimal above 0 with at most two places");
    }
    *cost = (uint64_t)number;
    return AULA_OK;
}

static enum aula_code read_number(struct pabulib_number *number,
                                  const struct pabulib_reader *reader,
                                  const struct row *row, size_t column)
{
    const struct pabulib_text *field = field_of(reader, row, column);

    if (field == NULL) {
        return AULA_OK;
    }
    number->is_there = pabulib_read_whole(&number->value, field->text,
                                          field->size);
    return number->is_there ? AULA_OK
                            : refuse(reader, row, column, "a whole number");
}

static void read_texts(struct pabulib_project *project,
                       const struct pabulib_reader *reader,
                       const struct row *row)
{
    for (size_t i = 0; i < COLUMN_COUNT - COLUMN_TEXTS; i++) {
        const struct pabulib_text *field = field_of(reader, row,
                                                    COLUMN_TEXTS + i);

        if (field != NULL) {
            memcpy((char *)project + text_offsets[i], field, sizeof *field);
        }
    }
}

static enum aula_code read_project(struct pabulib_project *project,
                                   uint64_t *cost, struct pabulib_index *index,
                                   const struct pabulib_reader *reader,
                                   const struct row *row)
{
    enum aula_code code = read_id(project, index, reader, row);

    if (code == AULA_OK) {
        code = read_cost(cost, reader, row);
    }
    if (code == AULA_OK) {
        code = read_number(&project->votes, reader, row, COLUMN_VOTES);
    }
    if (code == AULA_OK) {
        code = read_number(&project->score, reader, row, COLUMN_SCORE);
    }
    if (code == AULA_OK) {
        code = read_number(&project->selected, reader, row, COLUMN_SELECTED);
    }
    if (code == AULA_OK) {
        read_texts(project, reader, row);
    }
    return code;
}

static enum aula_code read_records(struct pabulib *file, size_t room,
                                   const size_t *places,
                                   struct pabulib_index *index,
                                   struct pabulib_reader *reader)
{
    struct pabulib_text fields[PABULIB_COLUMNS_MAX];
    enum aula_code code = AULA_OK;

    while (code == AULA_OK && reader->line != NULL &&
           !pabulib_is_section(reader, "VOTES")) {
        struct row row = {fields, places, reader->line_number};
        size_t i = file->project_count;

        if (i == room) {
            return aula_fail(reader->err, AULA_TOO_LARGE,
                             "line %zu: more than %zu projects",
                             reader->line_number, room);
        }
        code = pabulib_take_record(reader, fields);
        if (code == AULA_OK) {
            code = read_project(&file->projects[i], &file->costs[i], index,
                                reader, &row);
        }
        file->project_count += code == AULA_OK;
    }
    return code;
}

enum aula_code pabulib_read_projects(struct pabulib *file,
                                     struct pabulib_reader *reader)
{
    struct pabulib_index index = {0};
    size_t places[COLUMN_COUNT];
    size_t room;
    enum aula_code code = pabulib_start_section(reader, places, "PROJECTS",
                                                names, COLUMN_COUNT, 2);

    if (code != AULA_OK) {
        return code;
    }
    room = pabulib_lines_left(reader);
    room = room < PABULIB_PROJECTS_MAX ? room : PABULIB_PROJECTS_MAX;
    file->projects = calloc(room, sizeof *file->projects);
    file->costs = calloc(room, sizeof *file->costs);
    if (file->projects == NULL || file->costs == NULL) {
        return aula_fail(reader->err, AULA_MEMORY, "out of memory");
    }
    code = pabulib_index_start(&index, room, reader->err);
    if (code == AULA_OK) {
        code = read_records(file, room, places, &index, reader);
    }
    free(index.slots);
    return code;
}
