/* SPDX-License-Identifier: Apache-2.0 */
/* See count_set.h. */
#include "count_set.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { TIMES = 3 /* that a record comes in a drawn order */ };

static const uint64_t number_max = (uint64_t)1 << 53;

bool count_is_given(struct trial *trial, const json_t *row, const char *key)
{
    if (json_object_get(row, key) == NULL) {
        trial_fail(trial, "expected a key %s, came none", key);
    }
    return field_is_there(row, key);
}

static int compare_tids(const void *left, const void *right)
{
    return memcmp(((const struct certificate *)left)->tid,
                  ((const struct certificate *)right)->tid, TERMINAL_ID_BYTES);
}

/* The certificates of the registered terminals. */
static void take_certificates(struct count_set *set)
{
    const struct world *world = set->world;
    size_t count = 0;

    for (size_t i = 0; i < world->terminal_count; i++) {
        const struct certificate *certificate =
            &world->terminals[i].certificate;

        if (register_has(&set->first, certificate->tid) ||
            (set->has_late && register_has(&set->late, certificate->tid))) {
            set->certificates[count++] = *certificate;
        }
    }
    qsort(set->certificates, count, sizeof set->certificates[0], compare_tids);
    set->election = (struct counting_election){
        .package = &world->package,
        .certificates = set->certificates,
        .certificate_count = count,
        .first = &set->first,
        .late = set->has_late ? &set->late : NULL,
    };
}

void count_set_records(struct count_set *set, struct trial *trial,
                       const json_t *row)
{
    const json_t *list = field_list(trial, row, "records");
    struct record_election election = {&set->world->package, NULL,
                                       set->certificates,
                                       set->election.certificate_count};
    struct ballot_key *key = NULL;

    set->count = json_array_size(list);
    if (set->count > COUNT_RECORDS_MAX) {
        trial_fail(trial, "records: expected fewer");
        set->count = 0;
    }
    trial_expect_code(trial, AULA_OK,
                      ballot_key_open(&key, set->world->package.key, NULL));
    election.key = key;
    for (size_t i = 0; !trial_is_bad(trial) && i < set->count; i++) {
        trial_at(trial, "records[%zu]", i);
        set->files[i] = list_bytes(trial, list, i);
        trial_expect_code(trial, AULA_OK,
                          record_check(&set->records[i], &election,
                                       set->files[i].bytes,
                                       set->files[i].size));
        record_hash(set->hashes[i], set->files[i].bytes, set->files[i].size);
    }
    trial_at(trial, "%s", "");
    ballot_key_close(key);
}

void count_set_read(struct count_set *set, struct trial *trial,
                    const json_t *scenario, const struct world *world)
{
    struct span file = field_bytes(trial, scenario, "register");

    *set = (struct count_set){
        .world = world,
        .has_late = count_is_given(trial, scenario, "register_late"),
    };
    trial_expect_code(trial, AULA_OK,
                      register_check(&set->first, &world->package, NULL,
                                     file.bytes, file.size, NULL));
    if (!trial_is_bad(trial) && set->has_late) {
        file = field_bytes(trial, scenario, "register_late");
        trial_expect_code(trial, AULA_OK,
                          register_check(&set->late, &world->package,
                                         &set->first, file.bytes, file.size,
                                         NULL));
    }
    if (!trial_is_bad(trial)) {
        take_certificates(set);
        count_set_records(set, trial, scenario);
    }
}

static void add(struct trial *trial, struct counting *counting,
                const struct count_set *set, size_t record)
{
    trial_expect_code(trial, AULA_OK,
                      counting_add(counting, &set->records[record],
                                   set->hashes[record], record, NULL));
}

static void add_all(struct trial *trial, struct counting *counting,
                    const struct count_set *set, enum count_order order)
{
    for (size_t i = 0; i < set->count; i++) {
        switch (order) {
        case COUNT_FORWARD:
            add(trial, counting, set, i);
            break;
        case COUNT_BACKWARD:
        case COUNT_DRAWN:
            add(trial, counting, set, set->count - 1 - i);
            break;
        case COUNT_ORDERS:
            break;
        }
    }
}

struct counting *count_set_open(const struct count_set *set,
                                struct trial *trial, enum count_order order)
{
    struct counting *counting = NULL;

    trial_expect_code(trial, AULA_OK,
                      counting_open(&counting, &set->election, NULL));
    for (size_t i = 0; order == COUNT_DRAWN && i < TIMES * set->count; i++) {
        add(trial, counting, set, randombytes_uniform((uint32_t)set->count));
    }
    add_all(trial, counting, set, order);
    if (trial_is_bad(trial)) {
        counting_close(counting);
        return NULL;
    }
    return counting;
}

/* A member that is null where there is nothing to say. */
static void expect_tid(struct trial *trial, const json_t *row,
                       const uint8_t *tid)
{
    uint8_t expected[TERMINAL_ID_BYTES];
    bool is_given = count_is_given(trial, row, "tid");

    trial_expect_number(trial, "tid: given", is_given, tid != NULL);
    if (tid == NULL || !is_given) {
        return;
    }
    field_fixed(trial, row, "tid", expected, sizeof expected);
    trial_expect_bytes(trial, "tid", expected, sizeof expected, tid,
                       TERMINAL_ID_BYTES);
}

static void expect_text(struct trial *trial, const json_t *row, const char *key,
                        const char *came)
{
    struct span expected = field_text(trial, row, key);

    trial_expect_bytes(trial, key, expected.bytes, expected.size, came,
                       strlen(came));
}

static void expect_findings(struct trial *trial, const json_t *list,
                            const struct counting_outcome *outcome)
{
    trial_expect_number(trial, "findings", json_array_size(list),
                        outcome->finding_count);
    for (size_t i = 0; !trial_is_bad(trial) && i < outcome->finding_count;
         i++) {
        const struct counting_finding *finding = &outcome->findings[i];
        const json_t *row = json_array_get(list, i);

        trial_at(trial, "findings[%zu]", i);
        expect_text(trial, row, "name", counting_finding_text(finding->name));
        expect_tid(trial, row, finding->tid);
        trial_expect_number(trial, "first",
                            field_number(trial, row, "first", number_max),
                            finding->first);
        trial_expect_number(trial, "last",
                            field_number(trial, row, "last", number_max),
                            finding->last);
        trial_expect_number(trial, "open", field_flag(trial, row, "open"),
                            finding->is_open);
    }
}

/* The file has them in any order. */
static void expect_excluded(struct trial *trial, const json_t *list,
                            const struct counting_outcome *outcome)
{
    trial_expect_number(trial, "excluded", json_array_size(list),
                        outcome->exclusion_count);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *row = json_array_get(list, i);
        uint8_t hash[HASH_BYTES];

        trial_at(trial, "excluded[%zu]", i);
        field_fixed(trial, row, "hash", hash, sizeof hash);
        trial_expect_code(trial, field_error(trial, row, "error"),
                          counting_error_of(outcome, hash));
    }
}

static void expect_contest(struct trial *trial, const json_t *row, int contest)
{
    bool is_given = count_is_given(trial, row, "contest");

    trial_expect_number(trial, "contest: given", is_given,
                        contest != COUNTING_NO_CONTEST);
    if (contest == COUNTING_NO_CONTEST || !is_given) {
        return;
    }
    trial_expect_number(trial, "contest",
                        field_number(trial, row, "contest", UINT16_MAX),
                        (uint64_t)contest);
}

static void expect_warnings(struct trial *trial, const json_t *list,
                            const struct counting_outcome *outcome)
{
    trial_expect_number(trial, "warnings", json_array_size(list),
                        outcome->warning_count);
    for (size_t i = 0; !trial_is_bad(trial) && i < outcome->warning_count;
         i++) {
        const struct counting_warning *warning = &outcome->warnings[i];
        const json_t *row = json_array_get(list, i);

        trial_at(trial, "warnings[%zu]", i);
        expect_text(trial, row, "name", counting_warning_text(warning->name));
        expect_contest(trial, row, warning->contest);
        expect_tid(trial, row, warning->tid);
        trial_expect_number(trial, "count",
                            field_number(trial, row, "count", number_max),
                            warning->count);
        trial_expect_number(trial, "of",
                            field_number(trial, row, "of", number_max),
                            warning->of);
    }
}

static void expect_counted(struct trial *trial, const json_t *list,
                           const struct counting_outcome *outcome)
{
    trial_expect_number(trial, "counted", json_array_size(list),
                        outcome->contest_count);
    for (size_t i = 0; !trial_is_bad(trial) && i < outcome->contest_count;
         i++) {
        const struct counting_contest *contest = &outcome->contests[i];
        const json_t *hashes = json_array_get(list, i);

        trial_at(trial, "counted[%zu]", i);
        source_mark(trial->source, hashes);
        trial_expect_number(trial, "count", json_array_size(hashes),
                            contest->counted);
        for (size_t k = 0; !trial_is_bad(trial) && k < contest->counted; k++) {
            uint8_t hash[HASH_BYTES];

            list_fixed(trial, hashes, k, hash, sizeof hash);
            trial_expect_bytes(trial, "hash", hash, sizeof hash,
                               contest->ballots[k].hash, HASH_BYTES);
        }
    }
}

void count_set_expect(struct trial *trial, const json_t *scenario,
                      const struct counting_outcome *outcome)
{
    expect_findings(trial, field_list(trial, scenario, "findings"), outcome);
    expect_excluded(trial, field_list(trial, scenario, "excluded"), outcome);
    expect_warnings(trial, field_list(trial, scenario, "warnings"), outcome);
    expect_counted(trial, field_list(trial, scenario, "counted"), outcome);
    trial_at(trial, "%s", "");
}
