/* SPDX-License-Identifier: Apache-2.0 */
/* The limits of META as the rule of a contest, and back; see pabulib_ballot.h.
 */
#include "pabulib_ballot.h"

enum {
    RANK_MAX = 255,  /* one byte a proposal */
    POINT_MAX = 255, /* likewise */
    SUM_MAX = 65535
};

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t number_or(const struct pabulib_number *number, int64_t other)
{
    return number->is_there ? number->value : other;
}

static bool is_knapsack(const struct pabulib *file)
{
    return file->max_sum_cost.is_there &&
           file->max_sum_cost.value == file->budget &&
           number_or(&file->max_length, PABULIB_PROJECTS_MAX) >=
               (int64_t)file->project_count;
}

static void set_approval(struct plaintext_rule *rule,
                         const struct pabulib *file)
{
    int64_t length = number_or(&file->max_length, rule->n);

    rule->type = PLAINTEXT_APPROVAL;
    rule->limit = (uint16_t)smaller(length, rule->n);
    if (file->vote_type == PABULIB_CHOOSE_1) {
        rule->limit = 1;
    } else if (is_knapsack(file)) {
        rule->type = PLAINTEXT_KNAPSACK;
        rule->limit = 0;
    }
}

static void set_ranking(struct plaintext_rule *rule, const struct pabulib *file)
{
    int64_t length = number_or(&file->max_length, rule->n);

    rule->type = PLAINTEXT_RANKING;
    rule->limit = (uint16_t)smaller(smaller(length, rule->n), RANK_MAX);
}

/* The most that one project got on any ballot, or gets when left out. */
static int64_t most_points(const struct pabulib *file)
{
    int64_t most = number_or(&file->default_score, 1);

    for (size_t i = 0; i < file->choice_count; i++) {
        most = file->points[i] > most ? file->points[i] : most;
    }
    return most > 0 ? most : 1; /* the least cap that there is */
}

static enum aula_code refuse(struct aula_error *err, const char *what)
{
    return aula_fail(err, AULA_SOURCE, "META: %s: no contest has such a rule",
                     what);
}

static enum aula_code set_points(struct plaintext_rule *rule,
                                 const struct pabulib *file,
                                 struct aula_error *err)
{
    bool is_scoring = file->vote_type == PABULIB_SCORING;
    int64_t cap = number_or(&file->max_points,
                            is_scoring ? most_points(file) : POINT_MAX);
    int64_t all = smaller(cap * rule->n, SUM_MAX);
    int64_t sum = number_or(&file->max_sum_points, is_scoring ? all : 0);

    /* More than a byte says nothing where the sum is bounded below it. */
    if (cap < 1 || (cap > POINT_MAX && sum > POINT_MAX)) {
        return refuse(err, "max_points");
    }
    if (number_or(&file->min_points, 0) < 0) {
        return refuse(err, "min_points");
    }
    if (number_or(&file->default_score, 0) < 0) {
        return refuse(err, "default_score");
    }
    if (sum < 1 || sum > SUM_MAX) {
        return refuse(err, "max_sum_points");
    }
    rule->type = PLAINTEXT_POINTS;
    rule->limit = (uint16_t)sum;
    rule->cap = (uint16_t)smaller(cap, POINT_MAX);
    return AULA_OK;
}

static enum aula_code set_type(struct plaintext_rule *rule,
                               const struct pabulib *file,
                               struct aula_error *err)
{
    switch (file->vote_type) {
    case PABULIB_APPROVAL:
    case PABULIB_CHOOSE_1:
        set_approval(rule, file);
        break;
    case PABULIB_ORDINAL:
        set_ranking(rule, file);
        break;
    case PABULIB_CUMULATIVE:
    case PABULIB_SCORING:
        return set_points(rule, file, err);
    }
    if (rule->type != PLAINTEXT_KNAPSACK && rule->limit < 1) {
        return refuse(err, "max_length");
    }
    return AULA_OK;
}

enum aula_code pabulib_rule(struct plaintext_rule *rule,
                            const struct pabulib *file, struct aula_error *err)
{
    struct plaintext_rule made = {.budget = (uint64_t)file->budget,
                                  .costs = file->costs};
    enum aula_code code;

    if (file->project_count > PLAINTEXT_PROPOSALS_MAX) {
        return aula_fail(err, AULA_TOO_LARGE,
                         "%zu projects, a contest has at most %d",
                         file->project_count, PLAINTEXT_PROPOSALS_MAX);
    }
    if (file->project_count < 1) {
        return aula_fail(err, AULA_SOURCE, "PROJECTS: expected a project");
    }
    made.n = (uint16_t)file->project_count;
    code = set_type(&made, file, err);
    if (code == AULA_OK) {
        *rule = made;
    }
    return code;
}

static struct pabulib_number number_of(int64_t value)
{
    return (struct pabulib_number){true, value};
}

void pabulib_set_rule(struct pabulib *file, const struct plaintext_rule *rule)
{
    static const struct pabulib_number none;

    file->min_length = none;
    file->max_length = none;
    file->min_sum_cost = none;
    file->max_sum_cost = none;
    file->min_points = none;
    file->max_points = none;
    file->min_sum_points = none;
    file->max_sum_points = none;
    file->default_score = none;
    switch (rule->type) {
    case PLAINTEXT_APPROVAL:
        file->vote_type = PABULIB_APPROVAL;
        file->max_length = number_of(rule->limit);
        break;
    case PLAINTEXT_KNAPSACK:
        file->vote_type = PABULIB_APPROVAL;
        file->max_sum_cost = number_of((int64_t)rule->budget);
        break;
    case PLAINTEXT_POINTS:
        file->vote_type = PABULIB_CUMULATIVE;
        file->max_points = number_of(rule->cap);
        file->max_sum_points = number_of(rule->limit);
        break;
    case PLAINTEXT_RANKING:
        file->vote_type = PABULIB_ORDINAL;
        file->max_length = number_of(rule->limit);
        break;
    }
}
