/* SPDX-License-Identifier: Apache-2.0 */
/* What `aula tally` prints. */
#include "tally_report.h"

/* Hundredths: a whole number, or else a decimal as text. */
static json_t *money(uint64_t hundredths)
{
    char text[32];

    if (hundredths % 100 == 0) {
        return json_integer((json_int_t)(hundredths / 100));
    }
    (void)snprintf(text, sizeof text, "%llu.%02u",
                   (unsigned long long)(hundredths / 100),
                   (unsigned)(hundredths % 100));
    return json_string(text);
}

static json_t *id_of(const struct tally_view *view, size_t project)
{
    const struct pabulib_text *id = &view->file->projects[project].id;

    return json_stringn(id->text, id->size);
}

static json_t *ids_of(const struct tally_view *view, const uint16_t *projects,
                      size_t size)
{
    json_t *list = json_array();

    for (size_t i = 0; i < size; i++) {
        if (json_array_append_new(list, id_of(view, projects[i])) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *ties_of(const struct tally_view *view)
{
    json_t *list = json_array();

    for (size_t i = 0; i < view->outcome->tie_count; i++) {
        const struct rule_tie *tie = &view->outcome->ties[i];
        json_t *row = json_pack("{s:o, s:I, s:b}", "projects",
                                ids_of(view, tie->projects, tie->count),
                                "times", (json_int_t)tie->times, "of_outcome",
                                tie->is_of_outcome);

        if (json_array_append_new(list, row) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static const char *const fates[] = {"FUNDED",   "UNDER_MINIMUM", "EXCLUDED",
                                    "TOO_DEAR", "NO_VOTES",      "UNSUPPORTED"};

static json_t *project_of(const struct tally_view *view, size_t i)
{
    const struct rule_standing *standing = &view->outcome->standings[i];
    json_t *row = json_pack("{s:o, s:o, s:I, s:I, s:s}", "id", id_of(view, i),
                            "cost", money(view->file->costs[i]), "votes",
                            (json_int_t)standing->votes, "points",
                            (json_int_t)standing->points, "outcome",
                            fates[standing->fate]);
    bool is_made = row != NULL;

    if (standing->fate == RULE_EXCLUDED) {
        is_made = is_made &&
                  json_object_set_new(row, "by", id_of(view, standing->by)) ==
                      0;
    }
    if (standing->short_by > 0) {
        is_made = is_made &&
                  json_object_set_new(row, "short_by",
                                      money(standing->short_by)) == 0;
    }
    if (!is_made) {
        json_decref(row);
        return NULL;
    }
    return row;
}

static json_t *projects_of(const struct tally_view *view)
{
    json_t *list = json_array();

    for (size_t i = 0; i < view->file->project_count; i++) {
        if (json_array_append_new(list, project_of(view, i)) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

void tally_report(struct output *out, const struct tally_view *view)
{
    const struct rule_outcome *outcome = view->outcome;
    size_t before = outcome->selected_count - outcome->filled_count;

    output_text(out, "rule", "", view->name);
    output_json(out, "selected",
                ids_of(view, outcome->selected, outcome->selected_count));
    output_json(out, "cost", money(outcome->cost));
    output_json(out, "budget", money((uint64_t)view->file->budget));
    output_number(out, "votes", "", view->file->vote_count);
    output_flag(out, "exhaustive", "", outcome->is_exhaustive);
    if (view->rule->add > 0) {
        output_number(out, "increments", "", outcome->steps);
    }
    if (view->rule->is_filled) {
        output_json(out, "added",
                    ids_of(view, outcome->selected + before,
                           outcome->filled_count));
    }
    output_text(out, "ties_by", "", view->ties);
    output_json(out, "ties", ties_of(view));
    output_json(out, "projects", projects_of(view));
}
