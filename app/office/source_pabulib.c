/* SPDX-License-Identifier: Apache-2.0 */
/* A Pabulib file as an election: one contest with the projects of the file,
 * their ids and their order, and the limits of its META. Ids and sums are never
 * changed: what no election can say is refused. Texts may be cut.
 *
 * Both languages show the file's own texts, and the description says so.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pabulib_ballot.h"
#include "source_project.h"
#include "source_text.h"

enum { ABOUT_CHARACTERS = 800 };

static const char about_kk[] =
    "Бұл дауыс беру Pabulib файлы бойынша жасалған. Тақырып пен ұсыныстар "
    "файлдың өз тілінде берілген.";
static const char about_ru[] =
    "Это голосование составлено по файлу Pabulib. Заголовок и предложения "
    "даны на языке самого файла.";

/* ---- texts */

static const struct pabulib_text *meta(const struct pabulib *file,
                                       const char *key)
{
    const struct pabulib_text *value = pabulib_meta(file, key);

    return value != NULL ? value : &source_no_text;
}

static const struct pabulib_text *place_of(const struct pabulib *file)
{
    const struct pabulib_text *const texts[] = {meta(file, "subunit"),
                                                meta(file, "district"),
                                                meta(file, "unit"), NULL};

    return source_first_of(texts);
}

static json_t *about(const struct pabulib *file)
{
    char line[SOURCE_TEXT_BYTES];
    char kk[SOURCE_TEXT_BYTES + sizeof about_kk + 1];
    char ru[SOURCE_TEXT_BYTES + sizeof about_ru + 1];
    const struct pabulib_text *text = meta(file, "description");

    (void)source_text(line, text->text, text->size, ABOUT_CHARACTERS);
    (void)snprintf(kk, sizeof kk, "%s%s%s", about_kk, *line == '\0' ? "" : "\n",
                   line);
    (void)snprintf(ru, sizeof ru, "%s%s%s", about_ru, *line == '\0' ? "" : "\n",
                   line);
    return source_in_both(kk, ru);
}

/* ---- head */

/* "2019-06-15" of "15.06.2019", or an end of the year where the file has no
 * more. Anything else is told as a fault, unless an option says the date. */
static void date_of(char date[static 32], const struct pabulib_text *text,
                    const char *end_of_year)
{
    static const char digits[] = "0123456789.";
    const char *t = text->text;

    if (text->size == 4 && strspn(t, digits) == 4) {
        (void)snprintf(date, 32, "%.4s-%s", t, end_of_year);
    } else if (text->size == 10 && strspn(t, digits) == 10 && t[2] == '.' &&
               t[5] == '.') {
        (void)snprintf(date, 32, "%.4s-%.2s-%.2s", t + 6, t + 3, t);
    } else {
        (void)snprintf(date, 32, "no date");
    }
}

static json_t *dates(const struct pabulib *file)
{
    char first[32];
    char last[32];

    date_of(first, meta(file, "date_begin"), "01-01");
    date_of(last, meta(file, "date_end"), "12-31");
    return json_pack("{s:s, s:s, s:s}", "first", first, "last", last,
                     "utc_offset", "+05:00");
}

static bool is_currency(const struct pabulib_text *text)
{
    return text->size == 3 &&
           strspn(text->text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

/* The file says no hours: those of an office. */
static json_t *head(const struct pabulib *file)
{
    const struct pabulib_text *currency = meta(file, "currency");
    json_t *root = json_pack(
        "{s:s, s:o, s:o, s:o, s:s, s:o, s:{s:s, s:s}, s:{s:s, s:s, s:s}, "
        "s:{s:i, s:i}}",
        "format", ELECTION_FORMAT, "title",
        source_say(meta(file, "description"), ELECTION_TITLE_MAX, "Pabulib"),
        "place", source_say(place_of(file), ELECTION_TITLE_MAX, "Pabulib"),
        "about", about(file), "mode", "official", "dates", dates(file), "hours",
        "from", "09:00", "to", "19:00", "voters", "id_scheme", "iin",
        "tag_stretch", "argon2id", "one_per", "election", "publication",
        "min_anon", 10, "small_cell", 5);

    if (root != NULL && is_currency(currency) &&
        json_object_set_new(root, "currency", json_string(currency->text)) !=
            0) {
        json_decref(root);
        return NULL;
    }
    return root;
}

/* ---- the contest */

/* The rule that META names, as far as a tally knows it by that name. */
static const char *rule_of(const struct pabulib *file, enum plaintext_type type)
{
    static const char *const greedy[] = {"greedy_votes", "greedy_votes",
                                         "greedy_points", "greedy_rank_points"};
    static const char *const shares[] = {"mes_cost_add1", "mes_cost_add1",
                                         "mes_points_cost_add1",
                                         "mes_rank_points_cost_add1"};
    bool is_shares = strncmp(meta(file, "rule")->text, "equalshares", 11) == 0;

    return (is_shares ? shares : greedy)[type - PLAINTEXT_APPROVAL];
}

static const char *type_of(enum plaintext_type type)
{
    static const char *const words[] = {"approval", "knapsack", "points",
                                        "ranking"};

    return words[type - PLAINTEXT_APPROVAL];
}

/* A threshold counts votes only where a ballot has no points. */
static uint32_t minimum_votes(const struct pabulib *file)
{
    const struct pabulib_text *text = meta(file, "min_project_score_threshold");
    bool counts_votes = file->vote_type == PABULIB_APPROVAL ||
                        file->vote_type == PABULIB_CHOOSE_1;

    if (!counts_votes || text->size == 0 || text->size > 7 ||
        strspn(text->text, "0123456789") != text->size) {
        return 0;
    }
    return (uint32_t)strtoul(text->text, NULL, 10);
}

static json_t *contest(const struct pabulib *file,
                       const struct plaintext_rule *rule, json_t *proposals)
{
    json_t *made =
        json_pack("{s:s, s:o, s:s, s:I, s:s, s:s, s:I, s:O}", "id", "contest",
                  "name",
                  source_say(place_of(file), ELECTION_TITLE_MAX, "Pabulib"),
                  "type", type_of(rule->type), "budget",
                  (json_int_t)(rule->budget / SOURCE_HUNDREDTHS), "rule",
                  rule_of(file, rule->type), "ties", "id", "minimum_votes",
                  (json_int_t)minimum_votes(file), "proposals", proposals);

    if (made != NULL && rule->type != PLAINTEXT_KNAPSACK) {
        (void)json_object_set_new(made, "limit", json_integer(rule->limit));
    }
    if (made != NULL && rule->type == PLAINTEXT_POINTS) {
        /* More for one than for all says nothing. */
        (void)json_object_set_new(made, "cap",
                                  json_integer(rule->cap < rule->limit
                                                   ? rule->cap
                                                   : rule->limit));
    }
    return made;
}

/* ---- what no election can say */

static bool is_whole(uint64_t hundredths)
{
    return hundredths % SOURCE_HUNDREDTHS == 0;
}

static enum aula_code check_project(const struct pabulib *file, size_t place,
                                    struct aula_error *err)
{
    const struct pabulib_text *id = &file->projects[place].id;

    if (id->size > 64 || strpbrk(id->text, ";\"\t") != NULL ||
        id->text[0] == ' ' || id->text[id->size - 1] == ' ') {
        return aula_fail(err, AULA_SOURCE,
                         "project %zu: the id has to be 1 to 64 bytes without "
                         "semicolon, quote and outer blanks",
                         place + 1);
    }
    if (!is_whole(file->costs[place])) {
        return aula_fail(err, AULA_SOURCE,
                         "project %s: the cost is no whole number", id->text);
    }
    if (file->costs[place] > (uint64_t)file->budget) {
        return aula_fail(err, AULA_SOURCE,
                         "project %s: it costs more than the budget, so it "
                         "could never win",
                         id->text);
    }
    return AULA_OK;
}

static enum aula_code check(const struct pabulib *file, struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    if (!is_whole((uint64_t)file->budget)) {
        return aula_fail(err, AULA_SOURCE,
                         "META: budget: it is no whole number");
    }
    for (size_t i = 0; code == AULA_OK && i < file->project_count; i++) {
        code = check_project(file, i, err);
    }
    return code;
}

/* ---- the whole */

static json_t *compose(const struct pabulib *file,
                       const struct plaintext_rule *rule)
{
    json_t *categories = json_array();
    json_t *proposals = json_array();
    json_t *root = head(file);

    if (root == NULL || !source_add_projects(proposals, categories, file) ||
        json_object_set(root, "categories", categories) != 0 ||
        json_object_set_new(root, "districts",
                            json_pack("[{s:s, s:o}]", "id", "district", "name",
                                      source_say(place_of(file),
                                                 ELECTION_TITLE_MAX,
                                                 "Pabulib"))) != 0 ||
        json_object_set_new(root, "contests",
                            json_pack("[o]", contest(file, rule, proposals))) !=
            0) {
        json_decref(root);
        root = NULL;
    }
    json_decref(proposals);
    json_decref(categories);
    return root;
}

enum aula_code source_of_pabulib(json_t **root, const struct pabulib *file,
                                 struct aula_error *err)
{
    struct plaintext_rule rule;
    enum aula_code code = pabulib_rule(&rule, file, err);

    if (code == AULA_OK) {
        code = check(file, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    *root = compose(file, &rule);
    return *root != NULL ? AULA_OK : aula_fail(err, AULA_MEMORY, "no memory");
}
