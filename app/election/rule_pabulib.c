/* SPDX-License-Identifier: Apache-2.0 */
/* Ballots of a file for a rule; see rule_pabulib.h. */
#include "rule_pabulib.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"

/* Ballots on their way into groups. */
struct sorter {
    const struct rule *rule;
    const struct pabulib *file;
    struct rule_source *source;
    uint32_t *seen;   /* by project: where on this ballot it stands, from 1 */
    uint32_t *slots;  /* groups, from 1; 0: free. NULL: nothing is grouped */
    size_t slot_mask; /* a power of two, less 1 */
    uint8_t key[2][crypto_shorthash_KEYBYTES];
    size_t used; /* choices */
};

static enum aula_code check_type(const struct rule *rule,
                                 const struct pabulib *file,
                                 struct aula_error *err)
{
    bool is_there = true;

    switch (rule->measure) {
    case RULE_VOTES:
        break;
    case RULE_POINTS:
        is_there = file->points != NULL;
        break;
    case RULE_RANK_POINTS:
        is_there = file->vote_type == PABULIB_ORDINAL;
        break;
    }
    return is_there
               ? AULA_OK
               : aula_fail(err, AULA_SOURCE, "vote_type: %s ballots have no %s",
                           pabulib_vote_type_name(file->vote_type),
                           rule->measure == RULE_POINTS ? "points" : "ranks");
}

static int32_t rank_points(const struct pabulib *file, size_t place,
                           size_t count)
{
    int64_t most = file->max_length.is_there ? file->max_length.value
                                             : (int64_t)count;

    return most > (int64_t)place ? (int32_t)(most - (int64_t)place) : 0;
}

/* The choices of a ballot, each project once; gives how many. */
static uint16_t take_choices(struct sorter *sorter,
                             const struct pabulib_vote *vote)
{
    const struct pabulib *file = sorter->file;
    uint16_t *choices = sorter->source->choices + sorter->used;
    int32_t *points = sorter->source->points;
    uint16_t count = 0;

    points = points != NULL ? points + sorter->used : NULL;
    for (size_t i = 0; i < vote->count; i++) {
        uint16_t project = file->choices[vote->first + i];
        uint32_t at = vote->is_twice ? sorter->seen[project] : 0;

        if (at == 0) {
            sorter->seen[project] = ++count;
            at = count;
            choices[at - 1] = project;
        }
        if (points != NULL && sorter->rule->measure == RULE_POINTS) {
            points[at - 1] = file->points[vote->first + i];
        }
    }
    for (size_t i = 0; i < count; i++) {
        sorter->seen[choices[i]] = 0;
        if (points != NULL && sorter->rule->measure == RULE_RANK_POINTS) {
            points[i] = rank_points(file, i, count);
        }
    }
    return count;
}

/* Ascending, so that equal ballots are equal bytes. Most are short, and many
 * are in order already. */
static void sort(uint16_t *choices, int32_t *points, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        uint16_t choice = choices[i];
        int32_t given = points != NULL ? points[i] : 0;
        size_t at = i;

        for (; at > 0 && choices[at - 1] > choice; at--) {
            choices[at] = choices[at - 1];
            if (points != NULL) {
                points[at] = points[at - 1];
            }
        }
        choices[at] = choice;
        if (points != NULL) {
            points[at] = given;
        }
    }
}

static uint64_t hash_of(const struct sorter *sorter, const void *bytes,
                        size_t size, int which)
{
    uint8_t hash[crypto_shorthash_BYTES];

    (void)crypto_shorthash(hash, bytes, size, sorter->key[which]);
    return get_le64(hash);
}

static bool is_equal(const struct rule_source *source,
                     const struct rule_group *group, size_t first, size_t count)
{
    return group->count == count &&
           memcmp(source->choices + group->first, source->choices + first,
                  count * sizeof *source->choices) == 0 &&
           (source->points == NULL ||
            memcmp(source->points + group->first, source->points + first,
                   count * sizeof *source->points) == 0);
}

/* The group of the ballot that stands at `used`, or 0 and a free slot. */
static uint32_t *find_slot(const struct sorter *sorter, size_t count)
{
    const struct rule_source *source = sorter->source;
    size_t first = sorter->used;
    uint64_t hash = hash_of(sorter, source->choices + first,
                            count * sizeof *source->choices, 0);
    size_t at;

    if (source->points != NULL) {
        hash ^= hash_of(sorter, source->points + first,
                        count * sizeof *source->points, 1);
    }
    at = (size_t)hash & sorter->slot_mask;
    while (sorter->slots[at] != 0 &&
           !is_equal(source, &source->groups[sorter->slots[at] - 1], first,
                     count)) {
        at = (at + 1) & sorter->slot_mask;
    }
    return &sorter->slots[at];
}

static void put(struct sorter *sorter, uint16_t count)
{
    struct rule_source *source = sorter->source;
    struct rule_contest *contest = &source->contest;
    uint32_t *slot = NULL;

    if (sorter->slots != NULL) {
        sort(source->choices + sorter->used,
             source->points != NULL ? source->points + sorter->used : NULL,
             count);
        slot = find_slot(sorter, count);
        if (*slot != 0) {
            source->groups[*slot - 1].times++;
            return;
        }
        *slot = (uint32_t)contest->group_count + 1;
    }
    source->groups[contest->group_count++] = (struct rule_group){sorter->used,
                                                                 count, 1};
    sorter->used += count;
}

static bool take_memory(struct sorter *sorter)
{
    const struct pabulib *file = sorter->file;
    struct rule_source *source = sorter->source;
    size_t slots = 16;
    bool is_grouped = sorter->rule->method == RULE_SHARES;
    bool has_points = sorter->rule->measure != RULE_VOTES;

    while (slots < 2 * file->vote_count) {
        slots *= 2;
    }
    sorter->slot_mask = slots - 1;
    randombytes_buf(sorter->key, sizeof sorter->key);
    sorter->seen = calloc(file->project_count + 1, sizeof *sorter->seen);
    sorter->slots = is_grouped ? calloc(slots, sizeof *sorter->slots) : NULL;
    source->projects = calloc(file->project_count + 1,
                              sizeof *source->projects);
    source->groups = malloc((file->vote_count + 1) * sizeof *source->groups);
    source->choices =
        malloc((file->choice_count + 1) * sizeof *source->choices);
    source->points =
        has_points ? malloc((file->choice_count + 1) * sizeof *source->points)
                   : NULL;
    return sorter->seen != NULL && (sorter->slots != NULL || !is_grouped) &&
           source->projects != NULL && source->groups != NULL &&
           source->choices != NULL && (source->points != NULL || !has_points);
}

static void fill(struct sorter *sorter)
{
    const struct pabulib *file = sorter->file;
    struct rule_source *source = sorter->source;
    bool is_scored = sorter->rule->measure == RULE_POINTS &&
                     file->vote_type == PABULIB_SCORING &&
                     file->default_score.is_there;

    source->contest = (struct rule_contest){
        .projects = source->projects,
        .project_count = file->project_count,
        .budget = (uint64_t)file->budget,
        .unit = 100,
        .ballot_count = file->vote_count,
        .groups = source->groups,
        .choices = source->choices,
        .points = source->points,
        .default_points = is_scored ? (int32_t)file->default_score.value : 0,
        .ties = ELECTION_TIES_ID,
    };
    for (size_t i = 0; i < file->project_count; i++) {
        source->projects[i] = (struct rule_project){file->projects[i].id.text,
                                                    file->projects[i].id.size,
                                                    file->costs[i]};
    }
    for (size_t i = 0; i < file->vote_count; i++) {
        put(sorter, take_choices(sorter, &file->votes[i]));
    }
}

enum aula_code rule_source_open(struct rule_source *source,
                                const struct rule *rule,
                                const struct pabulib *file,
                                struct aula_error *err)
{
    struct rule_source made = {.projects = NULL};
    struct sorter sorter = {.rule = rule, .file = file, .source = &made};
    enum aula_code code;

    *source = made;
    code = check_type(rule, file, err);
    if (code != AULA_OK) {
        return code;
    }
    if (!take_memory(&sorter)) {
        code = aula_fail(err, AULA_MEMORY, "out of memory");
        rule_source_close(&made);
    } else {
        fill(&sorter);
    }
    free(sorter.seen);
    free(sorter.slots);
    *source = made;
    return code;
}

void rule_source_close(struct rule_source *source)
{
    if (source != NULL) {
        free(source->projects);
        free(source->groups);
        free(source->choices);
        free(source->points);
        *source = (struct rule_source){.projects = NULL};
    }
}
