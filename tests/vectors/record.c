/* SPDX-License-Identifier: Apache-2.0 */
/* record.json: the chain of one terminal, record by record (PROTOCOL.md section
 * 9). */
#include <stdlib.h>
#include <string.h>

#include "code.h"
#include "record_case.h"
#include "suites.h"

enum { COUNT_MAX = 1000000 };

static const uint64_t time_max = (uint64_t)1 << 53;

struct state {
    struct record_case chain;
    struct certificate sorted[WORLD_TERMINALS_MAX];
    char code[CODE_TEXT_BYTES]; /* of the closing */
};

static int compare_tids(const void *a, const void *b)
{
    return memcmp(((const struct certificate *)a)->tid,
                  ((const struct certificate *)b)->tid, TERMINAL_ID_BYTES);
}

static struct record_place place_of(struct trial *trial, const json_t *row,
                                    const struct record_case *chain)
{
    return record_case_place(chain,
                             field_number(trial, row, "seq", RECORD_SEQ_MAX),
                             field_number(trial, row, "time", time_max));
}

static void check_opened(struct trial *trial, const json_t *row, void *context)
{
    struct state *state = context;
    struct record_place place = place_of(trial, row, &state->chain);
    struct span record = field_bytes(trial, row, "record");
    uint8_t digest[RECORD_DIGEST_BYTES];
    uint8_t made[RECORD_BYTES_MAX];

    field_fixed(trial, row, "software_digest", digest, sizeof digest);
    if (!trial_is_bad(trial)) {
        record_case_expect(trial, &state->chain, record, made,
                           record_make_opened(made, &place, digest));
    }
}

static void check_closed(struct trial *trial, const json_t *row, void *context)
{
    struct state *state = context;
    struct record_place place = place_of(trial, row, &state->chain);
    struct span record = field_bytes(trial, row, "record");
    struct record_counts counts = {
        (uint32_t)field_number(trial, row, "cast", COUNT_MAX),
        (uint32_t)field_number(trial, row, "challenged", COUNT_MAX),
        (uint32_t)field_number(trial, row, "issued", COUNT_MAX),
        (uint32_t)field_number(trial, row, "unfinished", COUNT_MAX),
    };
    uint8_t made[RECORD_BYTES_MAX];

    if (!trial_is_bad(trial)) {
        record_case_expect(trial, &state->chain, record, made,
                           record_make_closed(made, &place, &counts));
        code_write(state->code, state->chain.prev);
    }
}

/* A u64 as a decimal string; a negative one stands for its complement. */
static uint64_t read_value(struct trial *trial, const json_t *row)
{
    struct span text = field_text(trial, row, "value");

    if (text.size > 0 && text.bytes[0] == '-') {
        return (uint64_t)strtoll((const char *)text.bytes, NULL, 10);
    }
    return field_decimal(trial, row, "value");
}

static void check_event(struct trial *trial, const json_t *row, void *context)
{
    struct state *state = context;
    struct record_place place = place_of(trial, row, &state->chain);
    struct span record = field_bytes(trial, row, "record");
    uint64_t event = field_number(trial, row, "code", RECORD_SETUP_CHANGED);
    uint64_t value = read_value(trial, row);
    uint8_t made[RECORD_BYTES_MAX];

    if (!trial_is_bad(trial)) {
        record_case_expect(trial, &state->chain, record, made,
                           record_make_event(made, &place,
                                             (enum record_event)event, value));
    }
}

static void check_start(struct trial *trial, const json_t *root, void *context)
{
    struct state *state = context;
    uint8_t expected[HASH_BYTES];

    (void)field_number(trial, root, "terminal", 0);
    field_fixed(trial, root, "chain_start", expected, sizeof expected);
    trial_expect_bytes(trial, "chain_start", expected, sizeof expected,
                       state->chain.prev, HASH_BYTES);
}

static void check_end(struct trial *trial, const json_t *root, void *context)
{
    struct state *state = context;
    const json_t *hashes = field_list(trial, root, "hashes");
    struct span code = field_text(trial, root, "closing_code");

    trial_expect_number(trial, "hashes", json_array_size(hashes),
                        state->chain.count);
    for (size_t i = 0; i < state->chain.count; i++) {
        uint8_t expected[HASH_BYTES];

        list_fixed(trial, hashes, i, expected, sizeof expected);
        trial_expect_bytes(trial, "hashes", expected, sizeof expected,
                           state->chain.hashes[i], HASH_BYTES);
    }
    trial_expect_bytes(trial, "closing_code", code.bytes, code.size,
                       state->code, strlen(state->code));
}

/* A file of records needs the certificates of all terminals, sorted. */
static bool start(struct state *state, struct source *source,
                  const struct world *world)
{
    struct trial trial;
    bool is_good;

    for (size_t i = 0; i < world->terminal_count; i++) {
        state->sorted[i] = world->terminals[i].certificate;
    }
    qsort(state->sorted, world->terminal_count, sizeof state->sorted[0],
          compare_tids);
    trial_start(&trial, source, "election", NULL);
    is_good = record_case_start(&state->chain, &trial, &world->package,
                                &world->terminals[0], state->sorted,
                                world->terminal_count);
    trial_end(&trial, NULL);
    return is_good;
}

void suite_record(struct source *source)
{
    struct world *world = world_of(source);
    struct state state = {0};

    if (world == NULL || !start(&state, source, world)) {
        return;
    }
    source_values(source, "chain_start", check_start, &state);
    source_single(source, "opened", check_opened, &state);
    source_each(source, "ballots", record_case_ballot, &state.chain);
    source_single(source, "closed", check_closed, &state);
    source_each(source, "events", check_event, &state);
    source_values(source, "hashes", check_end, &state);
    source_each(source, "bad_records", record_case_bad, &state.chain);
    record_case_end(&state.chain);
}
