/* SPDX-License-Identifier: Apache-2.0 */
/* Writing META and PROJECTS of a Pabulib file. */
#include "pabulib_parts.h"

#include <assert.h>
#include <string.h>

static void put_pair(struct pabulib_writer *writer,
                     const struct pabulib_text *key,
                     const struct pabulib_text *value)
{
    pabulib_put_field(writer, "META", key);
    pabulib_put(writer, ";");
    pabulib_put_field(writer, "META", value);
    pabulib_put(writer, "\n");
}

static void put_text(struct pabulib_writer *writer,
                     const struct pabulib_key *key)
{
    const struct pabulib_text *value = pabulib_meta(writer->head, key->name);
    struct pabulib_text name = {key->name, strlen(key->name)};

    if (value != NULL) {
        put_pair(writer, &name, value);
    } else if (writer->code == AULA_OK) {
        writer->code = aula_fail(writer->err, AULA_SOURCE,
                                 "META: expected a key %s", key->name);
    }
}

static void put_limit(struct pabulib_writer *writer,
                      const struct pabulib_key *key)
{
    struct pabulib_number number;

    memcpy(&number, (const char *)writer->head + key->offset, sizeof number);
    if (!number.is_there) {
        return;
    }
    pabulib_put(writer, key->name);
    pabulib_put(writer, ";");
    if (key->kind == PABULIB_MONEY) {
        assert(number.value >= 0);
        pabulib_put_money(writer, (uint64_t)number.value);
    } else {
        pabulib_put_number(writer, number.value);
    }
    pabulib_put(writer, "\n");
}

static void put_known(struct pabulib_writer *writer,
                      const struct pabulib_key *key)
{
    const struct pabulib *head = writer->head;
    bool is_votes = strcmp(key->name, "num_votes") == 0;

    switch (key->kind) {
    case PABULIB_TEXT:
        put_text(writer, key);
        return;
    case PABULIB_MONEY:
    case PABULIB_COUNT:
    case PABULIB_POINTS:
        put_limit(writer, key);
        return;
    case PABULIB_RECORDS:
    case PABULIB_BUDGET:
    case PABULIB_TYPE:
        break;
    }
    pabulib_put(writer, key->name);
    pabulib_put(writer, ";");
    if (key->kind == PABULIB_BUDGET) {
        assert(head->budget >= 0);
        pabulib_put_money(writer, (uint64_t)head->budget);
    } else if (key->kind == PABULIB_TYPE) {
        pabulib_put(writer, pabulib_vote_type_name(head->vote_type));
    } else {
        pabulib_put_number(writer, (int64_t)(is_votes ? head->vote_count
                                                      : head->project_count));
    }
    pabulib_put(writer, "\n");
}

void pabulib_put_meta(struct pabulib_writer *writer)
{
    const struct pabulib *head = writer->head;

    pabulib_put(writer, "META\nkey;value\n");
    for (size_t k = 0; k < PABULIB_KEYS; k++) {
        put_known(writer, &pabulib_keys[k]);
    }
    for (size_t i = 0; i < head->meta_count; i++) {
        bool is_known = false;

        for (size_t k = 0; k < PABULIB_KEYS; k++) {
            is_known = is_known ||
                       pabulib_is(&head->meta[i].key, pabulib_keys[k].name);
        }
        if (!is_known) {
            put_pair(writer, &head->meta[i].key, &head->meta[i].value);
        }
    }
}

/* What may stand in a column of PROJECTS, in the order of writing. */
#define FIELD(name) offsetof(struct pabulib_project, name)

static const struct column {
    const char *name;
    bool is_number;
    size_t offset;
} columns[] = {
    {"votes", true, FIELD(votes)},
    {"score", true, FIELD(score)},
    {"name", false, FIELD(name)},
    {"category", false, FIELD(category)},
    {"beneficiaries", false, FIELD(target)},
    {"selected", true, FIELD(selected)},
    {"neighborhood", false, FIELD(neighborhood)},
    {"subunit", false, FIELD(subunit)},
    {"district", false, FIELD(district)},
    {"description", false, FIELD(description)},
    {"proposer", false, FIELD(proposer)},
    {"public_id", false, FIELD(public_id)},
    {"latitude", false, FIELD(latitude)},
    {"longitude", false, FIELD(longitude)},
};

enum { COLUMN_COUNT = sizeof columns / sizeof columns[0] };

static bool is_filled(const struct pabulib_project *project,
                      const struct column *column)
{
    struct pabulib_number number;
    struct pabulib_text text;

    if (column->is_number) {
        memcpy(&number, (const char *)project + column->offset, sizeof number);
        return number.is_there;
    }
    memcpy(&text, (const char *)project + column->offset, sizeof text);
    return text.size > 0;
}

static void put_cell(struct pabulib_writer *writer,
                     const struct pabulib_project *project,
                     const struct column *column)
{
    struct pabulib_number number;
    struct pabulib_text text;

    pabulib_put(writer, ";");
    if (!is_filled(project, column)) {
        return;
    }
    if (column->is_number) {
        memcpy(&number, (const char *)project + column->offset, sizeof number);
        pabulib_put_number(writer, number.value);
        return;
    }
    memcpy(&text, (const char *)project + column->offset, sizeof text);
    pabulib_put_field(writer, column->name, &text);
}

/* An id that pabulib_open would refuse, or take for another. */
static void put_id(struct pabulib_writer *writer, const struct pabulib_text *id)
{
    if (id->size == 0 || memchr(id->text, ',', id->size) != NULL) {
        pabulib_put_fails(writer, "project_id");
    } else {
        pabulib_put_field(writer, "project_id", id);
    }
}

void pabulib_put_projects(struct pabulib_writer *writer)
{
    const struct pabulib *head = writer->head;
    bool is_used[COLUMN_COUNT] = {false};

    pabulib_put(writer, "PROJECTS\nproject_id;cost");
    for (size_t c = 0; c < COLUMN_COUNT; c++) {
        for (size_t i = 0; i < head->project_count; i++) {
            is_used[c] = is_used[c] ||
                         is_filled(&head->projects[i], &columns[c]);
        }
        if (is_used[c]) {
            pabulib_put(writer, ";");
            pabulib_put(writer, columns[c].name);
        }
    }
    pabulib_put(writer, "\n");
    for (size_t i = 0; i < head->project_count; i++) {
        put_id(writer, &head->projects[i].id);
        pabulib_put(writer, ";");
        pabulib_put_money(writer, head->costs[i]);
        for (size_t c = 0; c < COLUMN_COUNT; c++) {
            if (is_used[c]) {
                put_cell(writer, &head->projects[i], &columns[c]);
            }
        }
        pabulib_put(writer, "\n");
    }
}
