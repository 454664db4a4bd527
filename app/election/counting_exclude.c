/* SPDX-License-Identifier: Apache-2.0 */
/* Exclusions 2 to 6 (PROTOCOL.md 11.2): each record gets the first that
 * applies. */
#include <stdlib.h>
#include <string.h>

#include "counting_parts.h"

static int compare_tags(const void *left, const void *right)
{
    return memcmp(left, right, TAG_BYTES);
}

static bool is_outside(const struct counting_record *record,
                       const struct package *package)
{
    bool is_timed = record->kind == RECORD_CAST ||
                    record->kind == RECORD_CHALLENGED ||
                    record->kind == RECORD_OPENED;

    return is_timed &&
           (record->time < package->opens || record->time > package->closes);
}

/* Exclusions 2 to 5; `is_fork`: two at its place are not revoked. */
static enum aula_code error_of(const struct counting *set,
                               const struct counting_record *record,
                               bool is_fork, const uint8_t *tags,
                               size_t tag_count)
{
    if (record->is_revoked) {
        return AULA_REVOKED;
    }
    if (is_fork && !record->is_named && !record->is_on_chain) {
        return AULA_FORK;
    }
    if (is_outside(record, set->election->package)) {
        return AULA_TIME_OUTSIDE_WINDOW;
    }
    if (record->kind == RECORD_CAST && tag_count > 0 &&
        bsearch(record->tag, tags, tag_count, TAG_BYTES, compare_tags) !=
            NULL) {
        return AULA_VOTED_ELSEWHERE;
    }
    return AULA_OK;
}

/* t and class of exclusion 6, from those of the parent. Here a revoked record
 * is met, and makes a chain one that is not whole. */
static void look_back(struct counting_record *record)
{
    const struct counting_record *parent = record->parent;
    bool is_aside = record->error == AULA_REVOKED || record->error == AULA_FORK;

    record->latest = parent != NULL ? parent->latest : 0;
    if (record->kind != RECORD_EVENT && record->time > record->latest) {
        record->latest = record->time;
    }
    record->is_whole = !is_aside && (record->seq == 1 ||
                                     (parent != NULL && parent->is_whole));
}

static void exclude_group(struct counting *set, size_t first, size_t end,
                          const uint8_t *tags, size_t tag_count)
{
    size_t count = 0;

    for (size_t i = first; i < end; i++) {
        if (!set->order[i]->is_revoked) {
            count++;
        }
    }
    for (size_t i = first; i < end; i++) {
        struct counting_record *record = set->order[i];

        record->error = error_of(set, record, count > 1, tags, tag_count);
        look_back(record);
    }
}

static int compare_rank(const struct counting_record *left,
                        const struct counting_record *right)
{
    int order = left->is_whole == right->is_whole ? 0 : left->is_whole ? -1 : 1;

    if (order == 0) {
        order = (left->latest > right->latest) - (left->latest < right->latest);
    }
    return order != 0 ? order : memcmp(left->hash, right->hash, HASH_BYTES);
}

static bool is_same_key(const struct counting_record *left,
                        const struct counting_record *right, bool is_contest)
{
    return memcmp(left->tag, right->tag, TAG_BYTES) == 0 &&
           (!is_contest || left->contest == right->contest);
}

/* By (tag), or by (tag, contest), then by rank. */
static int compare_votes(const void *left, const void *right)
{
    const struct counting_record *a = *(struct counting_record *const *)left;
    const struct counting_record *b = *(struct counting_record *const *)right;
    int order = memcmp(a->tag, b->tag, TAG_BYTES);

    return order != 0 ? order : compare_rank(a, b);
}

static int compare_contest_votes(const void *left, const void *right)
{
    const struct counting_record *a = *(struct counting_record *const *)left;
    const struct counting_record *b = *(struct counting_record *const *)right;
    int order = memcmp(a->tag, b->tag, TAG_BYTES);

    if (order == 0) {
        order = (a->contest > b->contest) - (a->contest < b->contest);
    }
    return order != 0 ? order : compare_rank(a, b);
}

/* Of the votes with one key the first stays. */
static enum aula_code exclude_duplicates(struct counting *set,
                                         struct aula_error *err)
{
    bool is_contest = set->election->package->one_per ==
                      PACKAGE_ONE_PER_CONTEST;
    void *memory = NULL;
    size_t count = 0;
    enum aula_code code = counting_memory(&memory, set->count,
                                          sizeof(struct counting_record *),
                                          err);
    struct counting_record **votes = memory;

    if (votes == NULL) {
        return code;
    }
    for (size_t i = 0; i < set->count; i++) {
        if (set->order[i]->kind == RECORD_CAST &&
            set->order[i]->error == AULA_OK) {
            votes[count++] = set->order[i];
        }
    }
    qsort(votes, count, sizeof votes[0],
          is_contest ? compare_contest_votes : compare_votes);
    for (size_t i = 1; i < count; i++) {
        if (is_same_key(votes[i - 1], votes[i], is_contest)) {
            votes[i]->error = AULA_DUPLICATE_VOTER;
        }
    }
    free(memory);
    return AULA_OK;
}

enum aula_code counting_exclude(struct counting *set, const uint8_t *tags,
                                size_t tag_count, struct aula_error *err)
{
    size_t end;

    for (size_t first = 0; first < set->count; first = end) {
        end = counting_group_end(set, first);
        exclude_group(set, first, end, tags, tag_count);
    }
    return exclude_duplicates(set, err);
}
