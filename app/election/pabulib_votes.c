/* SPDX-License-Identifier: Apache-2.0 */
/* The section VOTES. No line of an error says what stands on a ballot.
 *
 * Memory is taken once, for as many ballots as there are lines left and as many
 * choices as there are commas and lines: never for what META announces.
 */
#include "pabulib_parts.h"

#include <stdlib.h>
#include <string.h>

enum { RECENT = 16384 }; /* a power of two */

enum column { COLUMN_VOTER, COLUMN_VOTE, COLUMN_POINTS, COLUMN_COUNT };

static const char *const names[COLUMN_COUNT] = {"voter_id", "vote", "points"};

/* What all ballots need. */
struct desk {
    struct pabulib *file;
    struct pabulib_reader *reader;
    struct pabulib_index projects;
    struct pabulib_index voters;
    size_t places[COLUMN_COUNT];
    uint32_t *seen;   /* per project: the ballot that named it last, from 1 */
    uint16_t *recent; /* see find_project */
    size_t votes_room;
    size_t choices_room;
};

static bool has_points(const struct pabulib *file)
{
    return file->vote_type == PABULIB_CUMULATIVE ||
           file->vote_type == PABULIB_SCORING;
}

/* The next element of a list with commas; *left becomes NULL at its end. */
static struct pabulib_text take_element(const char **left, const char *end)
{
    const char *start = *left;
    const char *comma = memchr(start, ',', (size_t)(end - start));

    *left = comma != NULL ? comma + 1 : NULL;
    return (struct pabulib_text){
        start, (size_t)((comma != NULL ? comma : end) - start)};
}

/* The project of an id, or -1. Most ids are short and come again and again, so
 * a number that is quickly made of the first bytes tells where the last project
 * with that number stands. Whoever makes ids collide comes to the index, where
 * nobody can. */
static int32_t find_project(struct desk *desk, const struct pabulib_text *id)
{
    const struct pabulib_project *projects = desk->file->projects;
    const struct pabulib_slot *slot = NULL;
    uint64_t word = 0;
    uint16_t *recent = NULL;

    memcpy(&word, id->text, id->size < sizeof word ? id->size : sizeof word);
    word = (word + id->size) * UINT64_C(0x9e3779b97f4a7c15);
    recent = &desk->recent[word >> 50];
    if (*recent != 0 && projects[*recent - 1].id.size == id->size &&
        memcmp(projects[*recent - 1].id.text, id->text, id->size) == 0) {
        return *recent - 1;
    }
    slot = pabulib_index_at(&desk->projects, id->text, id->size);
    if (slot->text == NULL) {
        return -1;
    }
    *recent = (uint16_t)(slot->value + 1);
    return (int32_t)slot->value;
}

static enum aula_code take_choice(struct desk *desk, struct pabulib_vote *vote,
                                  const struct pabulib_text *id)
{
    struct pabulib *file = desk->file;
    int32_t project = find_project(desk, id);
    uint32_t ballot = (uint32_t)file->vote_count + 1;

    if (project < 0) {
        return pabulib_fail(desk->reader, vote->line,
                            "vote: expected a project of this file in place %u",
                            vote->count + 1U);
    }
    if (vote->count == PABULIB_CHOICES_MAX ||
        file->choice_count == desk->choices_room) {
        return aula_fail(desk->reader->err, AULA_TOO_LARGE,
                         "line %u: vote: too many projects",
                         (unsigned)vote->line);
    }
    vote->is_twice = vote->is_twice || desk->seen[project] == ballot;
    desk->seen[project] = ballot;
    file->choices[file->choice_count++] = (uint16_t)project;
    vote->count++;
    return AULA_OK;
}

/* A blank ballot: nothing, or None where no project is called so. */
static bool is_blank(const struct desk *desk, const struct pabulib_text *field)
{
    return pabulib_is_nothing(field) &&
           (field->size == 0 ||
            pabulib_index_at(&desk->projects, field->text, field->size)->text ==
                NULL);
}

static enum aula_code read_choices(struct desk *desk, struct pabulib_vote *vote,
                                   const struct pabulib_text *field)
{
    const char *left = is_blank(desk, field) ? NULL : field->text;
    const char *end = field->text + field->size;
    enum aula_code code = AULA_OK;

    while (left != NULL && code == AULA_OK) {
        struct pabulib_text id = take_element(&left, end);

        code = take_choice(desk, vote, &id);
    }
    return code;
}

static enum aula_code read_points(struct desk *desk,
                                  const struct pabulib_vote *vote,
                                  const struct pabulib_text *field)
{
    const char *left = pabulib_is_nothing(field) ? NULL : field->text;
    const char *end = field->text + field->size;
    size_t count = 0;

    for (; left != NULL && count < vote->count; count++) {
        struct pabulib_text element = take_element(&left, end);
        int64_t number = 0;

        if (!pabulib_read_whole(&number, element.text, element.size)) {
            return pabulib_fail(desk->reader, vote->line,
                                "points: expected a whole number in place %zu",
                                count + 1);
        }
        desk->file->points[vote->first + count] = (int32_t)number;
    }
    if (left != NULL || count < vote->count) {
        return pabulib_fail(desk->reader, vote->line,
                            "points: expected as many as the vote has "
                            "projects");
    }
    return AULA_OK;
}

static enum aula_code read_voter(struct desk *desk, struct pabulib_vote *vote,
                                 const struct pabulib_text *field)
{
    struct pabulib_slot *slot = NULL;

    if (field->size == 0) {
        return pabulib_fail(desk->reader, vote->line,
                            "voter_id: expected a name");
    }
    slot = pabulib_index_at(&desk->voters, field->text, field->size);
    if (slot->text != NULL) {
        return pabulib_fail(desk->reader, vote->line,
                            "voter_id: expected another than in line %u",
                            (unsigned)slot->value);
    }
    *slot = (struct pabulib_slot){field->text, (uint32_t)field->size,
                                  vote->line};
    vote->voter = field->text;
    return AULA_OK;
}

static enum aula_code read_vote(struct desk *desk, struct pabulib_vote *vote,
                                const struct pabulib_text *fields)
{
    enum aula_code code = read_voter(desk, vote,
                                     &fields[desk->places[COLUMN_VOTER]]);

    if (code == AULA_OK) {
        code = read_choices(desk, vote, &fields[desk->places[COLUMN_VOTE]]);
    }
    if (code == AULA_OK && has_points(desk->file)) {
        code = read_points(desk, vote, &fields[desk->places[COLUMN_POINTS]]);
    }
    return code;
}

static enum aula_code read_records(struct desk *desk)
{
    struct pabulib_text fields[PABULIB_COLUMNS_MAX];
    struct pabulib_reader *reader = desk->reader;
    struct pabulib *file = desk->file;
    enum aula_code code = AULA_OK;

    while (code == AULA_OK && reader->line != NULL) {
        struct pabulib_vote vote = {
            .first = (uint32_t)file->choice_count,
            .line = (uint32_t)reader->line_number,
        };

        if (file->vote_count == desk->votes_room) {
            return aula_fail(reader->err, AULA_TOO_LARGE,
                             "line %zu: too many ballots", reader->line_number);
        }
        code = pabulib_take_record(reader, fields);
        if (code == AULA_OK) {
            code = read_vote(desk, &vote, fields);
        }
        if (code == AULA_OK) {
            file->votes[file->vote_count++] = vote;
            file->twice_count += vote.is_twice;
        }
    }
    return code;
}

/* All ids and where they stand; no project twice, as PROJECTS was read. */
static enum aula_code index_projects(struct desk *desk)
{
    const struct pabulib *file = desk->file;
    enum aula_code code = pabulib_index_start(&desk->projects,
                                              file->project_count,
                                              desk->reader->err);

    for (size_t i = 0; i < file->project_count && code == AULA_OK; i++) {
        const struct pabulib_text *id = &file->projects[i].id;

        *pabulib_index_at(&desk->projects, id->text, id->size) =
            (struct pabulib_slot){id->text, (uint32_t)id->size, (uint32_t)i};
    }
    return code;
}

static enum aula_code take_memory(struct desk *desk)
{
    struct pabulib *file = desk->file;

    desk->votes_room = pabulib_lines_left(desk->reader);
    desk->choices_room = desk->votes_room +
                         pabulib_count_left(desk->reader, ',');
    file->votes = calloc(desk->votes_room, sizeof *file->votes);
    file->choices = calloc(desk->choices_room, sizeof *file->choices);
    desk->seen = calloc(file->project_count + 1, sizeof *desk->seen);
    desk->recent = calloc(RECENT, sizeof *desk->recent);
    if (has_points(file)) {
        file->points = calloc(desk->choices_room, sizeof *file->points);
    }
    if (file->votes == NULL || file->choices == NULL || desk->seen == NULL ||
        desk->recent == NULL || (has_points(file) && file->points == NULL)) {
        return aula_fail(desk->reader->err, AULA_MEMORY, "out of memory");
    }
    return pabulib_index_start(&desk->voters, desk->votes_room,
                               desk->reader->err);
}

enum aula_code pabulib_read_votes(struct pabulib *file,
                                  struct pabulib_reader *reader)
{
    struct desk desk = {.file = file, .reader = reader};
    enum aula_code code = pabulib_start_section(reader, desk.places, "VOTES",
                                                names, COLUMN_COUNT,
                                                has_points(file) ? 3 : 2);

    if (code == AULA_OK) {
        code = index_projects(&desk);
    }
    if (code == AULA_OK) {
        code = take_memory(&desk);
    }
    if (code == AULA_OK) {
        code = read_records(&desk);
    }
    free(desk.seen);
    free(desk.recent);
    free(desk.projects.slots);
    free(desk.voters.slots);
    return code;
}
