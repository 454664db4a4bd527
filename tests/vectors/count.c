/* SPDX-License-Identifier: Apache-2.0 */
/* count.json: which records of a set are counted, rulings, the list of those
 * who voted elsewhere, and closings (PROTOCOL.md 11.1 to 11.4). */
#include <stdlib.h>
#include <string.h>

#include "count_set.h"
#include "elsewhere.h"
#include "suites.h"

enum { TAGS_MAX = 64 };

struct state {
    const struct world *world;
    const json_t *root;
};

/* A scenario that was counted. */
struct counted {
    struct count_set set;
    struct rulings rulings;
    struct elsewhere elsewhere;
    struct counting *counting;
    struct closing closing;
};

/* Files that may not be there: their hash, zeros without. */
struct optional {
    const char *key;
    void (*hash)(uint8_t hash[static HASH_BYTES], const uint8_t *bytes,
                 size_t size);
    uint8_t *out;
};

static void hash_files(struct counted *counted, struct trial *trial,
                       const json_t *scenario)
{
    const struct optional files[] = {
        {"rulings", rulings_hash, counted->closing.rulings},
        {"elsewhere", elsewhere_hash, counted->closing.elsewhere},
        {"register", register_hash, counted->closing.first_register},
        {"register_late", register_hash, counted->closing.late_register},
    };

    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        if (field_is_there(scenario, files[i].key)) {
            struct span file = field_bytes(trial, scenario, files[i].key);

            files[i].hash(files[i].out, file.bytes, file.size);
        }
    }
}

static void read_files(struct counted *counted, struct trial *trial,
                       const json_t *scenario)
{
    const struct package *package = &counted->set.world->package;

    if (count_is_given(trial, scenario, "rulings")) {
        struct span file = field_bytes(trial, scenario, "rulings");

        trial_expect_code(trial, AULA_OK,
                          rulings_check(&counted->rulings, package, file.bytes,
                                        file.size, NULL));
    }
    if (!trial_is_bad(trial) && count_is_given(trial, scenario, "elsewhere")) {
        struct span file = field_bytes(trial, scenario, "elsewhere");

        trial_expect_code(trial, AULA_OK,
                          elsewhere_check(&counted->elsewhere, package,
                                          file.bytes, file.size, NULL));
    }
}

static void count(struct counted *counted, struct trial *trial,
                  enum count_order order)
{
    struct counting *counting = count_set_open(&counted->set, trial, order);
    struct aula_error err = {AULA_OK, ""};

    counting_close(counted->counting);
    counted->counting = counting;
    if (counting == NULL) {
        return;
    }
    trial_expect_code(trial, AULA_OK,
                      counting_find(counting, counted->rulings.rows,
                                    counted->rulings.count, &err));
    if (!trial_is_bad(trial)) {
        trial_expect_code(trial, AULA_OK,
                          counting_count(counting, counted->elsewhere.tags,
                                         counted->elsewhere.count, &err));
    }
}

/* The set was told where each record stands. */
static enum aula_code read_ciphertext(void *arg, const uint8_t **ciphertext,
                                      uint16_t contest,
                                      const struct counting_ballot *ballot,
                                      struct aula_error *err)
{
    const struct count_set *set = arg;
    const struct record *record = &set->records[ballot->place];

    if (record->kind != RECORD_CAST || record->contest != contest) {
        return aula_fail(err, AULA_REC_KIND, "no ballot of this contest");
    }
    *ciphertext = record->ciphertext;
    return AULA_OK;
}

static void close_set(struct counted *counted, struct trial *trial,
                      const json_t *scenario)
{
    struct counting_source source = {read_ciphertext, &counted->set};

    counting_closing_clear(&counted->closing);
    trial_expect_code(trial, AULA_OK,
                      counting_closing(counted->counting, &counted->closing,
                                       &source, NULL));
    hash_files(counted, trial, scenario);
}

/* Count the records of a scenario in one order, and compute its closing. */
static void count_scenario(struct counted *counted, struct trial *trial,
                           const json_t *scenario, const struct world *world)
{
    count_set_read(&counted->set, trial, scenario, world);
    if (!trial_is_bad(trial)) {
        read_files(counted, trial, scenario);
    }
    if (!trial_is_bad(trial)) {
        count(counted, trial, COUNT_FORWARD);
    }
    if (!trial_is_bad(trial)) {
        close_set(counted, trial, scenario);
    }
}

static void forget(struct counted *counted)
{
    counting_closing_clear(&counted->closing);
    counting_close(counted->counting);
    rulings_close(&counted->rulings);
}

static enum aula_code check_closing(const struct counted *counted,
                                    struct span file)
{
    const struct package *package = &counted->set.world->package;
    uint64_t time = 0;
    enum aula_code code = closing_check(&time, package, file.bytes, file.size,
                                        NULL);

    return code != AULA_OK ? code
                           : closing_compare(package, &counted->closing,
                                             file.bytes, file.size, NULL);
}

/* Without a file that is there it is another closing. */
static void expect_mismatches(struct trial *trial,
                              const struct counted *counted,
                              const json_t *scenario, struct span file)
{
    static const char *const keys[] = {"rulings", "elsewhere", "register",
                                       "register_late"};

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct counted less = *counted;
        uint8_t *const hashes[] = {less.closing.rulings, less.closing.elsewhere,
                                   less.closing.first_register,
                                   less.closing.late_register};

        memset(hashes[i], 0, HASH_BYTES);
        trial_at(trial, "closing without %s", keys[i]);
        trial_expect_code(trial,
                          field_is_there(scenario, keys[i])
                              ? AULA_CLOSING_MISMATCH
                              : AULA_OK,
                          check_closing(&less, file));
    }
    trial_at(trial, "%s", "");
}

static void expect_closing(struct trial *trial, struct counted *counted,
                           const json_t *scenario)
{
    const struct world *world = counted->set.world;
    struct span file = field_bytes(trial, scenario, "closing");
    size_t size = CLOSING_BYTES(counted->closing.terminal_count,
                                counted->closing.contest_count);
    uint8_t *made = source_memory(trial->source, size);

    counted->closing.time = field_number(trial, scenario, "closing_time",
                                         (uint64_t)1 << 53);
    closing_make(made, &world->package, world->office_secret,
                 &counted->closing);
    trial_expect_bytes(trial, "closing", file.bytes, file.size, made, size);
    if (!trial_is_bad(trial)) {
        trial_expect_code(trial, AULA_OK, check_closing(counted, file));
        expect_mismatches(trial, counted, scenario, file);
    }
}

static void check_scenario(struct trial *trial, const json_t *row,
                           void *context)
{
    const struct state *state = context;
    struct counted *counted = source_memory(trial->source, sizeof *counted);

    (void)field_text(trial, row, "name");
    count_scenario(counted, trial, row, state->world);
    for (int i = 0; !trial_is_bad(trial) && i < COUNT_ORDERS; i++) {
        count(counted, trial, (enum count_order)i);
        if (!trial_is_bad(trial)) {
            count_set_expect(trial, row, counting_outcome(counted->counting));
        }
        if (!trial_is_bad(trial)) {
            close_set(counted, trial, row);
        }
        if (!trial_is_bad(trial)) {
            expect_closing(trial, counted, row);
        }
    }
    forget(counted);
}

/* The scenario that the bad ones of a list stand against. */
static const json_t *scenario_of(struct trial *trial, const struct state *state,
                                 const char *key)
{
    const json_t *scenarios = json_object_get(state->root, "scenarios");
    const json_t *list = json_object_get(state->root, key);
    uint64_t scenario = field_number(trial, list, "scenario",
                                     json_array_size(scenarios));

    return json_array_get(scenarios, (size_t)scenario);
}

static void check_bad_closing(struct trial *trial, const json_t *row,
                              void *context)
{
    const struct state *state = context;
    enum aula_code error = field_error(trial, row, "error");
    struct span file = field_bytes(trial, row, "object");
    struct counted *counted = source_memory(trial->source, sizeof *counted);

    count_scenario(counted, trial, scenario_of(trial, state, "bad_closings"),
                   state->world);
    if (!trial_is_bad(trial)) {
        trial_expect_code(trial, error, check_closing(counted, file));
    }
    forget(counted);
}

static enum aula_code check_rulings(struct trial *trial,
                                    struct counted *counted, struct span file)
{
    enum aula_code code = rulings_check(&counted->rulings,
                                        &counted->set.world->package,
                                        file.bytes, file.size, NULL);

    if (code == AULA_OK) {
        counted->counting = count_set_open(&counted->set, trial, COUNT_DRAWN);
    }
    return counted->counting == NULL
               ? code
               : counting_find(counted->counting, counted->rulings.rows,
                               counted->rulings.count, NULL);
}

/* The registered terminals are those of the records. */
static void check_bad_rulings(struct trial *trial, const json_t *row,
                              void *context)
{
    const struct state *state = context;
    enum aula_code error = field_error(trial, row, "error");
    struct span file = field_bytes(trial, row, "object");
    struct counted *counted = source_memory(trial->source, sizeof *counted);

    count_set_read(&counted->set, trial,
                   scenario_of(trial, state, "bad_rulings"), state->world);
    if (!trial_is_bad(trial) && field_is_there(row, "records")) {
        count_set_records(&counted->set, trial, row);
    }
    if (!trial_is_bad(trial)) {
        trial_expect_code(trial, error, check_rulings(trial, counted, file));
    }
    forget(counted);
}

static void check_elsewhere(struct trial *trial, const json_t *object,
                            void *context)
{
    const struct world *world = ((const struct state *)context)->world;
    struct span file = field_bytes(trial, object, "file");
    const json_t *list = field_list(trial, object, "tags");
    struct span joined = list_joined(trial, list, TAG_BYTES);
    size_t tag_count = json_array_size(list);
    uint8_t tags[TAGS_MAX][TAG_BYTES];
    uint8_t made[ELSEWHERE_BYTES(TAGS_MAX)];
    struct elsewhere found = {0};

    if (tag_count > TAGS_MAX) {
        trial_fail(trial, "tags: expected fewer");
    }
    if (trial_is_bad(trial)) {
        return;
    }
    memcpy(tags, joined.bytes, joined.size);
    trial_expect_code(trial, AULA_OK,
                      elsewhere_make(made, &world->package,
                                     world->office_secret, tags, tag_count,
                                     NULL));
    trial_expect_bytes(trial, "file", file.bytes, file.size, made,
                       ELSEWHERE_BYTES(tag_count));
    trial_expect_code(trial, AULA_OK,
                      elsewhere_check(&found, &world->package, file.bytes,
                                      file.size, NULL));
    trial_expect_number(trial, "tags", tag_count, found.count);
}

static void check_bad_elsewhere(struct trial *trial, const json_t *row,
                                void *context)
{
    const struct world *world = ((const struct state *)context)->world;
    enum aula_code error = field_error(trial, row, "error");
    struct span file = field_bytes(trial, row, "object");
    struct elsewhere found;

    trial_expect_code(trial, error,
                      elsewhere_check(&found, &world->package, file.bytes,
                                      file.size, NULL));
}

void suite_count(struct source *source)
{
    struct state state = {world_of(source), source->root};

    if (state.world == NULL) {
        return;
    }
    source_each(source, "scenarios", check_scenario, &state);
    source_each_in(source, "bad_closings", "cases", check_bad_closing, &state);
    source_each_in(source, "bad_rulings", "cases", check_bad_rulings, &state);
    source_single(source, "elsewhere", check_elsewhere, &state);
    source_each(source, "bad_elsewhere", check_bad_elsewhere, &state);
}
