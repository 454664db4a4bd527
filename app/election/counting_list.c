/* SPDX-License-Identifier: Apache-2.0 */
/* The set as a whole: all hashes in order, and which records are excluded. */
#include <stdlib.h>
#include <string.h>

#include "counting_parts.h"

static int compare_hashes(const void *left, const void *right)
{
    return memcmp(*(const uint8_t *const *)left, *(const uint8_t *const *)right,
                  HASH_BYTES);
}

static int compare_exclusions(const void *left, const void *right)
{
    return memcmp(((const struct counting_exclusion *)left)->hash,
                  ((const struct counting_exclusion *)right)->hash, HASH_BYTES);
}

static int compare_bad(const void *left, const void *right)
{
    const struct counting_bad *a = left;
    const struct counting_bad *b = right;
    int order = memcmp(a->hash, b->hash, HASH_BYTES);

    return order != 0 ? order : (a->error > b->error) - (a->error < b->error);
}

/* Each hash once, and none of a good record. */
static void sort_bad(struct counting *set)
{
    size_t count = 0;

    if (set->bad_count > 0) {
        qsort(set->bad, set->bad_count, sizeof set->bad[0], compare_bad);
    }
    for (size_t i = 0; i < set->bad_count; i++) {
        bool is_there = count > 0 && memcmp(set->bad[count - 1].hash,
                                            set->bad[i].hash, HASH_BYTES) == 0;

        if (!is_there && counting_by_hash(set, set->bad[i].hash) == NULL) {
            set->bad[count++] = set->bad[i];
        }
    }
    set->bad_count = count;
}

static void hash_set(struct counting *set, const uint8_t **hashes)
{
    size_t count = set->count + set->bad_count;
    struct hash h;

    for (size_t i = 0; i < set->count; i++) {
        hashes[i] = set->records[i].hash;
    }
    for (size_t i = 0; i < set->bad_count; i++) {
        hashes[set->count + i] = set->bad[i].hash;
    }
    qsort(hashes, count, sizeof hashes[0], compare_hashes);
    hash_start(&h, HASH_BYTES, "record-set");
    hash_open_field(&h, HASH_BYTES * count);
    for (size_t i = 0; i < count; i++) {
        hash_more(&h, hashes[i], HASH_BYTES);
    }
    hash_end(&h, set->outcome.record_set);
    set->outcome.record_count = count;
}

static void list_excluded(struct counting *set)
{
    size_t count = 0;

    for (size_t i = 0; i < set->count; i++) {
        const struct counting_record *record = &set->records[i];

        if (record->error != AULA_OK) {
            set->exclusions[count++] = (struct counting_exclusion){
                record->hash, record->error,
                set->terminals[record->terminal].tid, record->seq};
        }
    }
    for (size_t i = 0; i < set->bad_count; i++) {
        set->exclusions[count++] = (struct counting_exclusion){
            set->bad[i].hash, set->bad[i].error, NULL, 0};
    }
    qsort(set->exclusions, count, sizeof set->exclusions[0],
          compare_exclusions);
    set->outcome.exclusions = set->exclusions;
    set->outcome.exclusion_count = count;
}

static size_t count_excluded(const struct counting *set)
{
    size_t count = set->bad_count;

    for (size_t i = 0; i < set->count; i++) {
        if (set->records[i].error != AULA_OK) {
            count++;
        }
    }
    return count;
}

enum aula_code counting_list(struct counting *set, struct aula_error *err)
{
    void *hashes = NULL;
    void *exclusions = set->exclusions;
    enum aula_code code;

    sort_bad(set);
    code = counting_memory(&hashes, set->count + set->bad_count,
                           sizeof(const uint8_t *), err);
    if (code == AULA_OK) {
        code = counting_memory(&exclusions, count_excluded(set),
                               sizeof *set->exclusions, err);
        set->exclusions = exclusions;
    }
    if (code == AULA_OK && hashes != NULL) {
        hash_set(set, hashes);
        list_excluded(set);
    }
    free(hashes);
    return code;
}

static int compare_to_hash(const void *hash, const void *exclusion)
{
    return memcmp(hash, ((const struct counting_exclusion *)exclusion)->hash,
                  HASH_BYTES);
}

enum aula_code counting_error_of(const struct counting_outcome *outcome,
                                 const uint8_t hash[static HASH_BYTES])
{
    const struct counting_exclusion *found = NULL;

    if (outcome->exclusion_count > 0) {
        found = bsearch(hash, outcome->exclusions, outcome->exclusion_count,
                        sizeof outcome->exclusions[0], compare_to_hash);
    }
    return found == NULL ? AULA_OK : found->error;
}
