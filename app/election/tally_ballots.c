/* SPDX-License-Identifier: Apache-2.0 */
/* The opened ballots of a contest as a Pabulib file.
 *
 * Voters are numbered in the order of the rows, which is that of the last mix
 * and tells nothing. All texts stand in file->bytes: first those of META and
 * the names of the proposals, then the numbers of the voters.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pabulib_ballot.h"
#include "tally_parts.h"

enum {
    META_COUNT = 12,
    META_BYTES = 4096,
    NUMBER_BYTES = 12, /* of a voter, with its NUL */
    DATE_BYTES = 11
};

/* Money in hundredths has at most 17 digits in a Pabulib file. */
static const uint64_t money_most = UINT64_C(1000000000000000);

/* A file under way. */
struct draft {
    struct pabulib *file;
    const struct package_contest *contest;
    const struct election *election;
    const struct election_contest *content;
    const uint8_t *rows;
    size_t row_count;
    char *next; /* free bytes */
    struct aula_error *err;
};

static const uint8_t *row_of(const struct draft *draft, size_t i)
{
    return draft->rows + i * (1 + plaintext_size(&draft->contest->rule));
}

static bool is_valid(const struct draft *draft, size_t i)
{
    return row_of(draft, i)[0] == 0;
}

/* ---- how much there is */

struct sizes {
    size_t votes;
    size_t choices;
    size_t bytes;
};

static struct sizes measure(const struct draft *draft)
{
    struct sizes sizes = {.bytes = META_BYTES};
    uint16_t choices[PLAINTEXT_PROPOSALS_MAX];
    int32_t points[PLAINTEXT_PROPOSALS_MAX];

    for (size_t i = 0; i < draft->row_count; i++) {
        if (is_valid(draft, i)) {
            sizes.votes++;
            sizes.choices += pabulib_choices(choices, points,
                                             &draft->contest->rule,
                                             row_of(draft, i) + 1);
        }
    }
    for (size_t q = 0; q < draft->contest->rule.n; q++) {
        sizes.bytes += draft->contest->names[q].size + 1;
    }
    sizes.bytes += sizes.votes * NUMBER_BYTES;
    return sizes;
}

static enum aula_code take_memory(struct draft *draft,
                                  const struct sizes *sizes)
{
    struct pabulib *file = draft->file;
    size_t n = draft->contest->rule.n;
    bool has_points = draft->contest->rule.type == PLAINTEXT_POINTS;

    if (sizes->choices > UINT32_MAX || sizes->votes > UINT32_MAX - 1) {
        return aula_fail(draft->err, AULA_TOO_LARGE, "too many ballots");
    }
    file->meta = calloc(META_COUNT, sizeof *file->meta);
    file->projects = calloc(n + 1, sizeof *file->projects);
    file->costs = calloc(n + 1, sizeof *file->costs);
    file->votes = calloc(sizes->votes + 1, sizeof *file->votes);
    file->choices = calloc(sizes->choices + 1, sizeof *file->choices);
    file->points = has_points ? calloc(sizes->choices + 1, sizeof *file->points)
                              : NULL;
    file->bytes = calloc(sizes->bytes, 1);
    if (file->meta == NULL || file->projects == NULL || file->costs == NULL ||
        file->votes == NULL || file->choices == NULL || file->bytes == NULL ||
        (has_points && file->points == NULL)) {
        return aula_fail(draft->err, AULA_MEMORY, "out of memory");
    }
    draft->next = file->bytes;
    return AULA_OK;
}

/* ---- META */

static void put_meta(struct draft *draft, const char *key, const char *value)
{
    struct pabulib *file = draft->file;

    file->meta[file->meta_count++] =
        (struct pabulib_pair){{key, strlen(key)}, {value, strlen(value)}};
}

/* "kk / ru", or once where they are the same. Both are short texts of one
 * line: META_BYTES has room for all of them. */
static const char *both(struct draft *draft, const struct election_text *text)
{
    const char *kk = text->of[draft->election->kk];
    const char *ru = text->of[draft->election->ru];
    bool is_one = strcmp(kk, ru) == 0;
    char *made = draft->next;
    size_t room = (size_t)(draft->file->bytes + META_BYTES - made);
    int size = is_one ? snprintf(made, room, "%s", kk)
                      : snprintf(made, room, "%s / %s", kk, ru);

    draft->next += size > 0 && (size_t)size < room ? (size_t)size + 1 : 0;
    return made;
}

/* Days stand in META as dd.mm.yyyy. */
static const char *date(struct draft *draft, int32_t day)
{
    char text[DATE_BYTES]; /* 2027-04-06 */
    char *made = draft->next;

    election_write_date(text, day);
    (void)snprintf(made, DATE_BYTES, "%.2s.%.2s.%.4s", text + 8, text + 5,
                   text);
    draft->next += DATE_BYTES;
    return made;
}

static const char *year(struct draft *draft)
{
    char *made = draft->next;

    (void)memcpy(made, date(draft, draft->election->first_day) + 6, 5);
    draft->next = made + 5;
    return made;
}

/* The names that the format has for rules; which one exactly is said in a
 * comment. */
static const char *rule_name(const struct rule *rule)
{
    if (rule->method == RULE_GREEDY) {
        return rule->is_by_cost ? "greedy-custom" : "greedy";
    }
    return rule->add == 1 && rule->is_by_cost ? "equalshares/add1" : "unknown";
}

static const char *comment(struct draft *draft)
{
    static const char *const ties[] = {"the smaller id", "the lower cost",
                                       "more votes", "the drawn lot"};
    const struct election_contest *contest = draft->content;
    char *made = draft->next;
    int size = snprintf(made, 200, "#1: counted by %s; among equals: %s",
                        contest->rule, ties[contest->ties]);

    draft->next += (size_t)size + 1;
    return made;
}

static void fill_meta(struct draft *draft, const struct rule *rule)
{
    const struct election *election = draft->election;

    put_meta(draft, "description", both(draft, &election->title));
    put_meta(draft, "country", "Kazakhstan");
    put_meta(draft, "unit", both(draft, &election->place));
    put_meta(draft, "district", both(draft, &draft->content->name));
    put_meta(draft, "instance", year(draft));
    put_meta(draft, "rule", rule_name(rule));
    put_meta(draft, "date_begin", date(draft, election->first_day));
    put_meta(draft, "date_end", date(draft, election->last_day));
    put_meta(draft, "currency", election->currency);
    put_meta(draft, "comment", comment(draft));
    if (election->mode == PACKAGE_REHEARSAL) {
        put_meta(draft, "experimental", "1");
    }
    draft->next = draft->file->bytes + META_BYTES;
}

/* ---- PROJECTS and VOTES */

static struct pabulib_text copy(struct draft *draft,
                                const struct package_text *text)
{
    char *made = draft->next;

    memcpy(made, text->text, text->size);
    draft->next += text->size + 1;
    return (struct pabulib_text){made, text->size};
}

static enum aula_code fill_projects(struct draft *draft)
{
    const struct package_contest *contest = draft->contest;
    struct pabulib *file = draft->file;

    if (contest->rule.budget > money_most) {
        return aula_fail(draft->err, AULA_SOURCE, "the budget is too large");
    }
    file->budget = (int64_t)(contest->rule.budget * TALLY_HUNDREDTHS);
    file->project_count = contest->rule.n;
    for (size_t q = 0; q < contest->rule.n; q++) {
        const struct election_proposal *of = &draft->content->proposals[q];
        struct pabulib_project *project = &file->projects[q];

        if (contest->rule.costs[q] > money_most) {
            return aula_fail(draft->err, AULA_SOURCE, "a cost is too large");
        }
        file->costs[q] = contest->rule.costs[q] * TALLY_HUNDREDTHS;
        project->id = (struct pabulib_text){of->id, strlen(of->id)};
        project->name = copy(draft, &contest->names[q]);
        if (of->category_id != NULL) {
            project->category = (struct pabulib_text){of->category_id,
                                                      strlen(of->category_id)};
        }
    }
    return AULA_OK;
}

static void fill_votes(struct draft *draft)
{
    struct pabulib *file = draft->file;

    for (size_t i = 0; i < draft->row_count; i++) {
        struct pabulib_vote *vote = &file->votes[file->vote_count];
        int32_t *points = file->points;

        if (!is_valid(draft, i)) {
            continue;
        }
        points = points != NULL ? points + file->choice_count : NULL;
        file->vote_count++;
        vote->first = (uint32_t)file->choice_count;
        vote->count =
            (uint16_t)pabulib_choices(file->choices + file->choice_count,
                                      points, &draft->contest->rule,
                                      row_of(draft, i) + 1);
        file->choice_count += vote->count;
        vote->voter = draft->next;
        draft->next +=
            snprintf(draft->next, NUMBER_BYTES, "%zu", file->vote_count) + 1;
    }
}

enum aula_code tally_take_ballots(struct tally *tally,
                                  const struct package *package,
                                  const struct election *election, size_t place,
                                  const uint8_t *rows, size_t count,
                                  struct aula_error *err)
{
    struct draft draft = {
        .file = &tally->ballots,
        .contest = &package->contests[place],
        .election = election,
        .content = &election->contests[place],
        .rows = rows,
        .row_count = count,
        .err = err,
    };
    struct plaintext_rule rule = draft.contest->rule;
    struct sizes sizes = measure(&draft);
    enum aula_code code = take_memory(&draft, &sizes);

    if (code != AULA_OK) {
        return code;
    }
    fill_meta(&draft, &tally->rule);
    code = fill_projects(&draft);
    if (code != AULA_OK) {
        return code;
    }
    rule.budget *= TALLY_HUNDREDTHS;
    pabulib_set_rule(&tally->ballots, &rule);
    fill_votes(&draft);
    tally->valid = tally->ballots.vote_count;
    for (size_t i = 0; i < tally->ballots.vote_count; i++) {
        tally->blank += tally->ballots.votes[i].count == 0;
    }
    return AULA_OK;
}
