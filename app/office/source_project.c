/* SPDX-License-Identifier: Apache-2.0 */
/* See source_project.h. */
#include "source_project.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "source_text.h"

enum { CATEGORIES_MAX = 100, CATEGORY_CHARACTERS = 40 };

const struct pabulib_text source_no_text = {"", 0};

const struct pabulib_text *
source_first_of(const struct pabulib_text *const *texts)
{
    while (*texts != NULL && (*texts)->size == 0) {
        texts++;
    }
    return *texts != NULL ? *texts : &source_no_text;
}

json_t *source_in_both(const char *kk, const char *ru)
{
    return json_pack("{s:s, s:s}", "kk", kk, "ru", ru);
}

json_t *source_say(const struct pabulib_text *text, size_t most,
                   const char *instead)
{
    char line[SOURCE_TEXT_BYTES];

    (void)source_text(line, text->text, text->size, most);
    return *line == '\0' ? source_in_both(instead, instead)
                         : source_in_both(line, line);
}

/* The place of the first category of a project, from 0; -1: it has none that
 * there is room for. */
static int find_category(json_t *categories,
                         const struct pabulib_project *project)
{
    char name[SOURCE_TEXT_BYTES];
    char id[16];
    size_t count = json_array_size(categories);

    if (project->category.size == 0) {
        return -1;
    }
    (void)source_text(name, project->category.text,
                      strcspn(project->category.text, ","),
                      CATEGORY_CHARACTERS);
    if (*name == '\0') {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *there = json_object_get(json_array_get(categories, i),
                                              "name");

        if (strcmp(json_string_value(json_object_get(there, "kk")), name) ==
            0) {
            return (int)i;
        }
    }
    (void)snprintf(id, sizeof id, "c%zu", count + 1);
    if (count == CATEGORIES_MAX ||
        json_array_append_new(categories,
                              json_pack("{s:s, s:o}", "id", id, "name",
                                        source_in_both(name, name))) != 0) {
        return -1;
    }
    return (int)count;
}

/* Degrees, in the one form that all of them have: a sign, digits, a dot. */
static bool read_degrees(double *degrees, const struct pabulib_text *text,
                         double most)
{
    char *end = NULL;

    if (text->size == 0 || text->size > 24 ||
        strspn(text->text, "+-0123456789.") != text->size) {
        return false;
    }
    *degrees = strtod(text->text, &end);
    return *end == '\0' && *degrees >= -most && *degrees <= most;
}

/* What not every project has. False without memory. */
static bool add_extras(json_t *proposal, const struct pabulib_project *project,
                       json_t *categories)
{
    char id[16];
    double lat;
    double lon;
    bool is_whole;
    char line[SOURCE_TEXT_BYTES];
    int category = find_category(categories, project);
    bool is_done = true;

    if (category >= 0) {
        (void)snprintf(id, sizeof id, "c%d", category + 1);
        is_done = json_object_set_new(proposal, "category", json_string(id)) ==
                  0;
    }
    is_whole = source_text(line, project->description.text,
                           project->description.size, ELECTION_SHORT_MAX);
    if (is_done && !is_whole) {
        is_done = json_object_set_new(proposal, "full",
                                      source_say(&project->description,
                                                 ELECTION_FULL_MAX, "")) == 0;
    }
    if (is_done && read_degrees(&lat, &project->latitude, 90) &&
        read_degrees(&lon, &project->longitude, 180)) {
        is_done = json_object_set_new(proposal, "location",
                                      json_pack("{s:f, s:f}", "lat", lat, "lon",
                                                lon)) == 0;
    }
    return is_done;
}

static json_t *proposal(const struct pabulib *file, size_t place,
                        json_t *categories)
{
    const struct pabulib_project *project = &file->projects[place];
    const struct pabulib_text *const texts[] = {&project->description,
                                                &project->name, NULL};
    json_t *made =
        json_pack("{s:i, s:s, s:o, s:o, s:I}", "number", (int)place + 1, "id",
                  project->id.text, "title",
                  source_say(&project->name, ELECTION_PROPOSAL_TITLE_MAX,
                             project->id.text),
                  "short",
                  source_say(source_first_of(texts), ELECTION_SHORT_MAX,
                             project->id.text),
                  "cost", (json_int_t)(file->costs[place] / SOURCE_HUNDREDTHS));

    if (made != NULL && !add_extras(made, project, categories)) {
        json_decref(made);
        return NULL;
    }
    return made;
}

bool source_add_projects(json_t *proposals, json_t *categories,
                         const struct pabulib *file)
{
    if (proposals == NULL || categories == NULL) {
        return false;
    }
    for (size_t i = 0; i < file->project_count; i++) {
        if (json_array_append_new(proposals, proposal(file, i, categories)) !=
            0) {
            return false;
        }
    }
    return true;
}
