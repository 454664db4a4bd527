/* SPDX-License-Identifier: Apache-2.0 */
/* See rehearse_content.h. */
#include "rehearse_content.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "election.h"
#include "pabulib_ballot.h"

enum { HUNDREDTHS = 100 };

void rehearse_clean(char clean[static REHEARSE_TEXT_BYTES],
                    const struct pabulib_text *text, size_t most,
                    const char *other)
{
    const uint8_t *from = (const uint8_t *)text->text;
    size_t left = text->size;
    size_t size = 0;
    uint32_t point = 0;

    for (size_t i = 0; i < most && left > 0; i++) {
        size_t used = bytes_utf8(from, left, &point);

        if (used == 0) {
            break;
        }
        if (*from != ' ' && bytes_are_text(from, used)) {
            memcpy(clean + size, from, used);
            size += used;
        } else if (size > 0) {
            clean[size++] = ' ';
        }
        from += used;
        left -= used;
    }
    while (size > 0 && clean[size - 1] == ' ') {
        size--;
    }
    clean[size] = '\0';
    if (size == 0) {
        (void)snprintf(clean, REHEARSE_TEXT_BYTES, "%s", other);
    }
}

/* The same in both languages; NULL without memory, which the object that takes
 * it notices. */
static json_t *both(const struct pabulib_text *text, size_t most,
                    const char *other)
{
    char clean[REHEARSE_TEXT_BYTES];

    rehearse_clean(clean, text, most, other);
    return json_pack("{s:s, s:s}", "kk", clean, "ru", clean);
}

static const struct pabulib_text *meta(const struct pabulib *file,
                                       const char *key)
{
    static const struct pabulib_text none = {"", 0};
    const struct pabulib_text *value = pabulib_meta(file, key);

    return value != NULL ? value : &none;
}

static json_t *make_proposal(const struct pabulib *file, size_t i,
                             uint64_t unit)
{
    const struct pabulib_project *project = &file->projects[i];
    const struct pabulib_text *about =
        project->description.size > 0 ? &project->description : &project->name;

    return json_pack("{s:i, s:s, s:o, s:o, s:I}", "number", (int)i + 1, "id",
                     project->id.text, "title",
                     both(&project->name, ELECTION_PROPOSAL_TITLE_MAX,
                          project->id.text),
                     "short", both(about, ELECTION_SHORT_MAX, project->id.text),
                     "cost", (json_int_t)(file->costs[i] / unit));
}

static json_t *make_proposals(const struct pabulib *file, uint64_t unit)
{
    json_t *list = json_array();

    for (size_t i = 0; i < file->project_count && list != NULL; i++) {
        if (json_array_append_new(list, make_proposal(file, i, unit)) != 0) {
            json_decref(list);
            list = NULL;
        }
    }
    return list;
}

static const char *type_word(enum plaintext_type type)
{
    switch (type) {
    case PLAINTEXT_APPROVAL:
        return "approval";
    case PLAINTEXT_KNAPSACK:
        return "knapsack";
    case PLAINTEXT_POINTS:
        return "points";
    case PLAINTEXT_RANKING:
        break;
    }
    return "ranking";
}

static const char *counting_rule(enum plaintext_type type)
{
    return type == PLAINTEXT_POINTS    ? "greedy_points"
           : type == PLAINTEXT_RANKING ? "greedy_rank_points"
                                       : "greedy_votes";
}

/* A project may cost more than the budget, where it was withdrawn, say. */
static uint64_t dearest(const struct pabulib *file)
{
    uint64_t most = (uint64_t)file->budget;

    for (size_t i = 0; i < file->project_count; i++) {
        most = file->costs[i] > most ? file->costs[i] : most;
    }
    return most;
}

static json_t *make_contest(const struct pabulib *file,
                            const struct plaintext_rule *rule, uint64_t unit)
{
    json_t *contest = json_pack("{s:s, s:o, s:s, s:I, s:I, s:s, s:s, s:o}",
                                "id", "rehearsal", "name",
                                both(meta(file, "description"),
                                     ELECTION_TITLE_MAX, "Pabulib"),
                                "type", type_word(rule->type), "budget",
                                (json_int_t)((uint64_t)file->budget / unit),
                                "project_cap",
                                (json_int_t)(dearest(file) / unit), "rule",
                                counting_rule(rule->type), "ties", "id",
                                "proposals", make_proposals(file, unit));
    int failed = 0;

    if (contest != NULL && rule->limit > 0) {
        failed |= json_object_set_new(contest, "limit",
                                      json_integer(rule->limit));
    }
    if (contest != NULL && rule->cap > 0) {
        failed |= json_object_set_new(contest, "cap",
                                      json_integer(rule->cap < rule->limit
                                                       ? rule->cap
                                                       : rule->limit));
    }
    if (failed != 0) {
        json_decref(contest);
        contest = NULL;
    }
    return contest;
}

static json_t *make_election(const struct pabulib *file,
                             const struct plaintext_rule *rule, int32_t first,
                             int32_t last)
{
    uint64_t unit = pabulib_is_whole(file) ? HUNDREDTHS : 1;
    char first_date[11];
    char last_date[11];

    election_write_date(first_date, first);
    election_write_date(last_date, last);
    return json_pack(
        "{s:s, s:{s:s, s:s}, s:o, s:{s:s, s:s}, s:s, s:{s:s, s:s, s:s},"
        " s:{s:s, s:s}, s:{s:s, s:s, s:s}, s:{s:i, s:i},"
        " s:[{s:s, s:{s:s, s:s}}], s:[o]}",
        "format", ELECTION_FORMAT, "title", "kk", "Оқу режимі", "ru",
        "Учебный режим", "place",
        both(meta(file, "unit"), ELECTION_TITLE_MAX, "Aula"), "about", "kk",
        "Бұл – жаттығу. Дауыстар есепке алынбайды.", "ru",
        "Это репетиция. Голоса не учитываются.", "mode", "rehearsal", "dates",
        "first", first_date, "last", last_date, "utc_offset", "+05:00", "hours",
        "from", "09:00", "to", "19:00", "voters", "id_scheme", "digits",
        "tag_stretch", "none", "one_per", "election", "publication", "min_anon",
        2, "small_cell", 0, "districts", "id", "all", "name", "kk", "Бәрі",
        "ru", "Все", "contests", make_contest(file, rule, unit));
}

enum aula_code rehearse_content(char **text, size_t *size,
                                const struct pabulib *file, int32_t first,
                                int32_t last, struct aula_error *err)
{
    struct plaintext_rule rule;
    json_t *election = NULL;
    char *made = NULL;
    enum aula_code code = pabulib_rule(&rule, file, err);

    if (code != AULA_OK) {
        return code;
    }
    election = make_election(file, &rule, first, last);
    if (election != NULL) {
        made = json_dumps(election, JSON_INDENT(2));
        json_decref(election);
    }
    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory for the content");
    }
    *text = made;
    *size = strlen(made);
    return AULA_OK;
}
