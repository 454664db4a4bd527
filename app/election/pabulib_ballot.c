/* SPDX-License-Identifier: Apache-2.0 */
/* Ballots of a file as plaintexts and back; see pabulib_ballot.h. No line of an
 * error says what stands on a ballot.
 */
#include "pabulib_ballot.h"

#include <assert.h>
#include <string.h>

enum { BYTE_MAX = 255 };

static bool is_type_of(enum plaintext_type type, enum pabulib_vote_type voted)
{
    switch (voted) {
    case PABULIB_APPROVAL:
    case PABULIB_CHOOSE_1:
        return type == PLAINTEXT_APPROVAL || type == PLAINTEXT_KNAPSACK;
    case PABULIB_ORDINAL:
        return type == PLAINTEXT_RANKING;
    case PABULIB_CUMULATIVE:
    case PABULIB_SCORING:
        break;
    }
    return type == PLAINTEXT_POINTS;
}

static enum aula_code refuse_type(const struct pabulib *file,
                                  struct aula_error *err)
{
    return aula_fail(err, AULA_SOURCE,
                     "vote_type: %s is not how the contest is voted",
                     pabulib_vote_type_name(file->vote_type));
}

/* Where a proposal of that id stands; contest->rule.n: nowhere. */
static uint16_t find_proposal(const struct package_contest *contest,
                              const struct pabulib_text *id)
{
    for (uint16_t q = 0; q < contest->rule.n; q++) {
        if (contest->ids[q].size == id->size &&
            memcmp(contest->ids[q].text, id->text, id->size) == 0) {
            return q;
        }
    }
    return contest->rule.n;
}

enum aula_code pabulib_match(uint16_t *places, const struct pabulib *file,
                             const struct package_contest *contest,
                             struct aula_error *err)
{
    if (!is_type_of(contest->rule.type, file->vote_type)) {
        return refuse_type(file, err);
    }
    for (size_t i = 0; i < file->project_count; i++) {
        places[i] = find_proposal(contest, &file->projects[i].id);
        if (places[i] == contest->rule.n) {
            return aula_fail(err, AULA_SOURCE,
                             "PROJECTS: number %zu is no proposal of the "
                             "contest",
                             i + 1);
        }
    }
    return AULA_OK;
}

/* A ballot under way. */
struct draft {
    uint8_t *plaintext;
    const struct plaintext_rule *rule;
    const struct pabulib *file;
    const uint16_t *places;
    const struct pabulib_vote *vote;
};

static size_t place_of(const struct draft *draft, size_t project)
{
    size_t q = draft->places != NULL ? draft->places[project] : project;

    assert(q < draft->rule->n);
    return q;
}

static void put_marks(const struct draft *draft, const uint16_t *choices)
{
    for (size_t i = 0; i < draft->vote->count; i++) {
        size_t q = place_of(draft, choices[i]);

        draft->plaintext[q / 8] |= (uint8_t)(1U << (q % 8));
    }
}

static enum aula_code put_ranks(const struct draft *draft,
                                const uint16_t *choices)
{
    if (draft->vote->count > BYTE_MAX) {
        return AULA_PT_RANK;
    }
    for (size_t i = 0; i < draft->vote->count; i++) {
        draft->plaintext[place_of(draft, choices[i])] = (uint8_t)(i + 1);
    }
    return AULA_OK;
}

static enum aula_code put_points(const struct draft *draft,
                                 const uint16_t *choices, const int32_t *points)
{
    const struct pabulib *file = draft->file;
    int64_t score = file->vote_type == PABULIB_SCORING &&
                            file->default_score.is_there
                        ? file->default_score.value
                        : 0;

    if (score < 0 || score > BYTE_MAX) {
        return AULA_PT_LIMIT;
    }
    for (size_t i = 0; i < file->project_count; i++) {
        draft->plaintext[place_of(draft, i)] = (uint8_t)score;
    }
    for (size_t i = 0; i < draft->vote->count; i++) {
        if (points[i] < 0 || points[i] > BYTE_MAX) {
            return AULA_PT_LIMIT;
        }
        draft->plaintext[place_of(draft, choices[i])] = (uint8_t)points[i];
    }
    return AULA_OK;
}

static enum aula_code put_vote(const struct draft *draft)
{
    size_t first = draft->vote->first;
    const uint16_t *choices = draft->file->choices + first;

    switch (draft->rule->type) {
    case PLAINTEXT_APPROVAL:
    case PLAINTEXT_KNAPSACK:
        put_marks(draft, choices);
        return AULA_OK;
    case PLAINTEXT_RANKING:
        return put_ranks(draft, choices);
    case PLAINTEXT_POINTS:
        break;
    }
    return put_points(draft, choices, draft->file->points + first);
}

enum aula_code pabulib_plaintext(uint8_t *plaintext,
                                 const struct plaintext_rule *rule,
                                 const struct pabulib *file,
                                 const uint16_t *places, size_t vote,
                                 struct aula_error *err)
{
    size_t size = plaintext_size(rule);
    struct draft draft = {plaintext, rule, file, places, &file->votes[vote]};
    enum aula_code code;

    assert(vote < file->vote_count);
    memset(plaintext, 0, size);
    if (!is_type_of(rule->type, file->vote_type)) {
        return refuse_type(file, err);
    }
    if (draft.vote->is_twice) {
        return aula_fail(err, AULA_SOURCE,
                         "line %u: a project stands twice on the ballot",
                         (unsigned)draft.vote->line);
    }
    code = put_vote(&draft);
    if (code == AULA_OK) {
        code = plaintext_check(rule, plaintext, size);
    }
    if (code != AULA_OK) {
        memset(plaintext, 0, size);
        return aula_fail(err, code,
                         "line %u: the contest does not allow the ballot",
                         (unsigned)draft.vote->line);
    }
    return AULA_OK;
}

static size_t take_marks(uint16_t *choices, const struct plaintext_rule *rule,
                         const uint8_t *plaintext)
{
    size_t count = 0;

    for (uint16_t q = 0; q < rule->n; q++) {
        if ((((unsigned)plaintext[q / 8] >> (q % 8)) & 1U) != 0) {
            choices[count++] = q;
        }
    }
    return count;
}

static size_t take_points(uint16_t *choices, int32_t *points,
                          const struct plaintext_rule *rule,
                          const uint8_t *plaintext)
{
    size_t count = 0;

    for (uint16_t q = 0; q < rule->n; q++) {
        if (plaintext[q] != 0) {
            choices[count] = q;
            points[count++] = plaintext[q];
        }
    }
    return count;
}

static size_t take_ranks(uint16_t *choices, const struct plaintext_rule *rule,
                         const uint8_t *plaintext)
{
    size_t count = 0;

    for (uint16_t q = 0; q < rule->n; q++) {
        if (plaintext[q] != 0) {
            assert(plaintext[q] <= rule->n);
            choices[plaintext[q] - 1] = q;
            count++;
        }
    }
    return count;
}

size_t pabulib_choices(uint16_t *choices, int32_t *points,
                       const struct plaintext_rule *rule,
                       const uint8_t *plaintext)
{
    switch (rule->type) {
    case PLAINTEXT_APPROVAL:
    case PLAINTEXT_KNAPSACK:
        return take_marks(choices, rule, plaintext);
    case PLAINTEXT_RANKING:
        return take_ranks(choices, rule, plaintext);
    case PLAINTEXT_POINTS:
        break;
    }
    return take_points(choices, points, rule, plaintext);
}
