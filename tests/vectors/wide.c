/* SPDX-License-Identifier: Apache-2.0 */
/* wide.json: contests of 1000 proposals, an election of its own with the
 * world's office, trustees and terminal 0. */
#include <string.h>

#include "decoding.h"
#include "record_case.h"
#include "suites.h"
#include "world.h"

struct wide_state {
    const struct world *world;
    struct package package;
    struct world_terminal terminal; /* with its certificate here */
    struct record_case chain;
    size_t contest; /* the next one of `contests` */
    bool is_open;
};

static void expect_field(struct trial *trial, const json_t *root,
                         const char *key, const uint8_t *came)
{
    uint8_t expected[32];

    field_fixed(trial, root, key, expected, sizeof expected);
    trial_expect_bytes(trial, key, expected, sizeof expected, came, 32);
}

static void check_package(struct trial *trial, const json_t *root, void *arg)
{
    struct wide_state *state = arg;
    struct span bytes = field_bytes(trial, root, "package");
    const json_t *contests = field_list(trial, root, "contests");

    expect_field(trial, root, "office_public", state->world->office_public);
    trial_expect_code(trial, AULA_OK,
                      package_open(&state->package, state->world->office_public,
                                   bytes.bytes, bytes.size, NULL));
    expect_field(trial, root, "package_hash", state->package.hash);
    trial_expect_number(trial, "contests", state->package.contest_count,
                        json_array_size(contests));
    state->is_open = !trial_is_bad(trial);
}

static void check_contest(struct trial *trial, const json_t *row, void *arg)
{
    struct wide_state *state = arg;
    const struct plaintext_rule *rule =
        &state->package.contests[state->contest++].rule;

    trial_expect_number(trial, "type",
                        field_number(trial, row, "type", UINT8_MAX),
                        (uint64_t)rule->type);
    trial_expect_number(trial, "n", field_number(trial, row, "n", UINT16_MAX),
                        rule->n);
    trial_expect_number(trial, "P", field_number(trial, row, "P", UINT16_MAX),
                        plaintext_size(rule));
    trial_expect_number(trial, "w", field_number(trial, row, "w", UINT8_MAX),
                        plaintext_width(rule));
    trial_expect_number(trial, "limit",
                        field_number(trial, row, "limit", UINT16_MAX),
                        rule->limit);
    trial_expect_number(trial, "cap",
                        field_number(trial, row, "cap", UINT16_MAX), rule->cap);
}

/* The certificate of terminal 0 in this election. */
static void check_cert(struct trial *trial, const json_t *root, void *arg)
{
    struct wide_state *state = arg;
    struct span cert = field_bytes(trial, root, "cert");

    state->terminal = state->world->terminals[0];
    trial_expect_code(trial, AULA_OK,
                      certificate_check(&state->terminal.certificate,
                                        &state->package,
                                        state->terminal.secret +
                                            SIGN_SEED_BYTES,
                                        cert.bytes, cert.size, NULL));
    if (!trial_is_bad(trial)) {
        state->is_open = record_case_start(&state->chain, trial,
                                           &state->package, &state->terminal,
                                           &state->terminal.certificate, 1);
    }
}

/* Of the day's opening there is only the record: made again from its fields. */
static void check_opened(struct trial *trial, const json_t *root, void *arg)
{
    struct wide_state *state = arg;
    struct span record = field_bytes(trial, root, "opened");
    struct record_place place;
    struct record found = {0};
    uint8_t made[RECORD_BYTES_MAX];

    trial_expect_code(trial, AULA_OK,
                      record_read(&found, &state->package, record.bytes,
                                  record.size));
    if (trial_is_bad(trial) || found.kind != RECORD_OPENED) {
        trial_fail(trial, "opened: expected a day-opened record");
        return;
    }
    place = record_case_place(&state->chain, found.seq, found.time);
    record_case_expect(trial, &state->chain, record, made,
                       record_make_opened(made, &place, found.digest));
}

void suite_wide(struct source *source)
{
    struct wide_state state = {.world = world_of(source)};

    if (state.world == NULL) {
        return;
    }
    source_values(source, "package", check_package, &state);
    if (state.is_open) {
        source_each(source, "contests", check_contest, &state);
        decoding_check(source, &state.package);
        state.is_open = false;
        source_values(source, "cert", check_cert, &state);
    }
    if (state.is_open) {
        state.chain.has_width = true;
        source_values(source, "opened", check_opened, &state);
        source_each(source, "ballots", record_case_ballot, &state.chain);
        source_each(source, "bad_records", record_case_bad, &state.chain);
        record_case_end(&state.chain);
    } else {
        source->is_cut = true;
    }
    package_close(&state.package);
}
