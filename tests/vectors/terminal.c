/* SPDX-License-Identifier: Apache-2.0 */
/* terminal.json: requests, kits, the roll, registers (PROTOCOL.md 5.1 to 5.4).
 * The witness stands in terminal_witness.c. */
#include <stdlib.h>
#include <string.h>

#include "code.h"
#include "kit.h"
#include "register.h"
#include "request.h"
#include "roll.h"
#include "suites.h"
#include "terminal_witness.h"
#include "world.h"

enum { NUMBER_MAX = 2000000, TIDS_MAX = 16 };

/* What terminal 0 has and what this file makes of it, for later lists. */
struct state {
    const struct world *world;
    const json_t *root;
    uint32_t kit_installed;
    uint32_t roll_installed;
    struct roll roll;
    struct terminals_register first;
};

static void check_request(struct trial *trial, const json_t *row, void *context)
{
    struct state *state = context;
    const struct world_terminal *terminal = world_terminal(trial, state->world,
                                                           row, "terminal");
    struct span label = field_text(trial, row, "label");
    struct span file = field_bytes(trial, row, "request");
    struct span text = field_text(trial, row, "code");
    uint8_t seed[SIGN_SEED_BYTES];
    uint8_t key[SIGN_PUBLIC_BYTES];
    uint8_t transport[SEAL_PUBLIC_BYTES];
    uint8_t expected[HASH_BYTES];
    uint8_t secret[SIGN_SECRET_BYTES];
    uint8_t made[REQUEST_BYTES_MAX];
    uint8_t hash[HASH_BYTES];
    char code[CODE_TEXT_BYTES];
    struct request found;

    field_fixed(trial, row, "sign_seed", seed, sizeof seed);
    field_fixed(trial, row, "public", key, sizeof key);
    field_fixed(trial, row, "transport_public", transport, sizeof transport);
    field_fixed(trial, row, "hash", expected, sizeof expected);
    if (trial_is_bad(trial)) {
        return;
    }
    trial_expect_bytes(trial, "terminal", key, sizeof key,
                       terminal->secret + SIGN_SEED_BYTES, SIGN_PUBLIC_BYTES);
    sign_key_pair(key, secret, seed);
    trial_expect_code(trial, AULA_OK,
                      request_make(made, secret, transport,
                                   (const char *)label.bytes, label.size,
                                   NULL));
    trial_expect_bytes(trial, "request", file.bytes, file.size, made,
                       REQUEST_BYTES(label.size));
    trial_expect_code(trial, AULA_OK,
                      request_check(&found, file.bytes, file.size, NULL));
    request_hash(hash, file.bytes, file.size);
    trial_expect_bytes(trial, "hash", expected, sizeof expected, hash,
                       sizeof hash);
    code_write(code, hash);
    trial_expect_bytes(trial, "code", text.bytes, text.size, code,
                       strlen(code));
}

static void check_bad_request(struct trial *trial, const json_t *row,
                              void *context)
{
    enum aula_code error = field_error(trial, row, "error");
    struct span file = field_bytes(trial, row, "object");
    struct request found;

    (void)context;
    trial_expect_code(trial, error,
                      request_check(&found, file.bytes, file.size, NULL));
}

static void check_installed(struct trial *trial, const json_t *row,
                            void *context)
{
    struct state *state = context;

    state->kit_installed = (uint32_t)field_number(trial, row, "kit",
                                                  NUMBER_MAX);
    state->roll_installed = (uint32_t)field_number(trial, row, "roll",
                                                   NUMBER_MAX);
}

static enum aula_code open_kit(struct kit *kit,
                               uint8_t tag_key[static TAG_KEY_BYTES],
                               const struct state *state, struct span file)
{
    const struct world_terminal *own = &state->world->terminals[0];

    return kit_check(kit, tag_key, &state->world->package, own->certificate.tid,
                     own->transport_public, own->transport_secret,
                     state->kit_installed, file.bytes, file.size, NULL);
}

/* All but the sealed box: its bytes are random where we make it. */
static void compare_kits(struct trial *trial, const struct state *state,
                         const struct kit *kit, const uint8_t *tag_key,
                         struct span file)
{
    const struct world_terminal *own = &state->world->terminals[0];
    uint8_t made[KIT_BYTES];

    trial_expect_code(trial, AULA_OK,
                      kit_make(made, &state->world->package,
                               state->world->office_secret,
                               own->certificate.tid, own->transport_public, kit,
                               tag_key, NULL));
    trial_expect_bytes(trial, "kit before its box", file.bytes, KIT_HEAD_BYTES,
                       made, KIT_HEAD_BYTES);
}

static void check_kit(struct trial *trial, const json_t *row, void *context)
{
    struct state *state = context;
    struct span file = field_bytes(trial, row, "kit");
    const struct world_terminal *terminal = world_terminal(trial, state->world,
                                                           row, "terminal");
    uint8_t tid[TERMINAL_ID_BYTES];
    uint8_t expected[TAG_KEY_BYTES];
    uint8_t tag_key[TAG_KEY_BYTES] = {0};
    struct kit kit = {0};

    field_fixed(trial, row, "tid", tid, sizeof tid);
    field_fixed(trial, row, "tag_key", expected, sizeof expected);
    if (trial_is_bad(trial)) {
        return;
    }
    trial_expect_bytes(trial, "tid", tid, sizeof tid, terminal->certificate.tid,
                       sizeof tid);
    trial_expect_code(trial, AULA_OK, open_kit(&kit, tag_key, state, file));
    trial_expect_number(trial, "number",
                        field_number(trial, row, "number", UINT32_MAX),
                        kit.number);
    trial_expect_number(trial, "guests", field_number(trial, row, "guests", 1),
                        kit.has_guests);
    trial_expect_bytes(trial, "tag_key", expected, sizeof expected, tag_key,
                       sizeof tag_key);
    if (!trial_is_bad(trial)) {
        compare_kits(trial, state, &kit, tag_key, file);
    }
}

static void check_bad_kit(struct trial *trial, const json_t *row, void *context)
{
    struct state *state = context;
    enum aula_code error = field_error(trial, row, "error");
    struct span file = field_bytes(trial, row, "object");
    uint8_t tag_key[TAG_KEY_BYTES];
    struct kit kit;

    trial_expect_code(trial, error, open_kit(&kit, tag_key, state, file));
}

static size_t read_rows(struct trial *trial, const json_t *object,
                        struct roll_row **rows)
{
    const json_t *list = field_list(trial, object, "rows");
    size_t count = json_array_size(list);

    *rows = source_memory(trial->source, (count + 1) * sizeof **rows);
    for (size_t i = 0; i < count; i++) {
        const json_t *row = json_array_get(list, i);

        trial_at(trial, "rows[%zu]", i);
        field_fixed(trial, row, "tag", (*rows)[i].tag, TAG_BYTES);
        (*rows)[i].contest = (uint16_t)field_number(trial, row, "contest",
                                                    ROLL_ANY_CONTEST);
    }
    trial_at(trial, "%s", "");
    return count;
}

static void check_roll(struct trial *trial, const json_t *object, void *context)
{
    struct state *state = context;
    struct span file = field_bytes(trial, object, "file");
    uint32_t number = (uint32_t)field_number(trial, object, "number",
                                             UINT32_MAX);
    struct roll_row *rows = NULL;
    size_t count = read_rows(trial, object, &rows);
    uint8_t *made = source_memory(trial->source, ROLL_BYTES(count));

    if (trial_is_bad(trial)) {
        return;
    }
    trial_expect_code(trial, AULA_OK,
                      roll_make(made, &state->world->package,
                                state->world->office_secret, number, rows,
                                (uint32_t)count, NULL));
    trial_expect_bytes(trial, "file", file.bytes, file.size, made,
                       ROLL_BYTES(count));
    trial_expect_code(trial, AULA_OK,
                      roll_check(&state->roll, &state->world->package,
                                 state->roll_installed, file.bytes, file.size,
                                 NULL));
    trial_expect_number(trial, "number", number, state->roll.number);
}

static void check_bad_roll(struct trial *trial, const json_t *row,
                           void *context)
{
    struct state *state = context;
    enum aula_code error = field_error(trial, row, "error");
    struct span file = field_bytes(trial, row, "object");
    struct roll found;

    trial_expect_code(trial, error,
                      roll_check(&found, &state->world->package,
                                 state->roll_installed, file.bytes, file.size,
                                 NULL));
}

static void check_admission(struct trial *trial, const json_t *row,
                            void *context)
{
    struct state *state = context;
    const struct world_terminal *terminal = world_terminal(trial, state->world,
                                                           row, "terminal");
    enum aula_code error = field_error(trial, row, "error");
    uint16_t contest = (uint16_t)field_number(trial, row, "contest",
                                              ROLL_ANY_CONTEST);
    const json_t *kits = json_object_get(state->root, "kits");
    size_t kit = (size_t)field_number(trial, row, "kit", NUMBER_MAX);
    const json_t *guests = json_object_get(json_array_get(kits, kit), "guests");
    bool has_roll = field_flag(trial, row, "roll");
    struct kit installed = {1, json_integer_value(guests) == 1};
    uint8_t tag[TAG_BYTES];

    field_fixed(trial, row, "tag", tag, sizeof tag);
    if (trial_is_bad(trial)) {
        return;
    }
    trial_expect_code(trial, error,
                      roll_admit(&terminal->certificate, &installed,
                                 has_roll ? &state->roll : NULL, tag, contest,
                                 NULL));
}

/* One of the two registers, byte for byte and accepted. */
static void check_one_register(struct trial *trial, const json_t *object,
                               const struct state *state, bool is_late,
                               struct terminals_register *found)
{
    struct span file = field_bytes(trial, object,
                                   is_late ? "late" : "register");
    uint64_t time = field_number(trial, object, is_late ? "late_time" : "time",
                                 (uint64_t)1 << 53);
    const json_t *list = field_list(trial, object,
                                    is_late ? "late_tids" : "tids");
    struct span joined = list_joined(trial, list, TERMINAL_ID_BYTES);
    size_t count = json_array_size(list);
    uint8_t tids[TIDS_MAX][TERMINAL_ID_BYTES];
    uint8_t made[REGISTER_BYTES(TIDS_MAX)];

    if (count > TIDS_MAX) {
        trial_fail(trial, "tids: expected fewer");
    }
    if (trial_is_bad(trial)) {
        return;
    }
    memcpy(tids, joined.bytes, joined.size);
    trial_expect_code(trial, AULA_OK,
                      register_make(made, &state->world->package,
                                    state->world->office_secret, time, tids,
                                    count, NULL));
    trial_expect_bytes(trial, "register", file.bytes, file.size, made,
                       REGISTER_BYTES(count));
    trial_expect_code(trial, AULA_OK,
                      register_check(found, &state->world->package,
                                     is_late ? &state->first : NULL, file.bytes,
                                     file.size, NULL));
    trial_expect_number(trial, "time", time, found->time);
}

static void check_registers(struct trial *trial, const json_t *object,
                            void *context)
{
    struct state *state = context;
    struct terminals_register late;

    check_one_register(trial, object, state, false, &state->first);
    check_one_register(trial, object, state, true, &late);
}

static void check_bad_register(struct trial *trial, const json_t *row,
                               void *context)
{
    struct state *state = context;
    enum aula_code error = field_error(trial, row, "error");
    struct span file = field_bytes(trial, row, "object");
    bool is_late = field_flag(trial, row, "late");
    struct terminals_register found;

    trial_expect_code(trial, error,
                      register_check(&found, &state->world->package,
                                     is_late ? &state->first : NULL, file.bytes,
                                     file.size, NULL));
}

void suite_terminal(struct source *source)
{
    struct state state = {.world = world_of(source), .root = source->root};

    if (state.world == NULL) {
        return;
    }
    source_each(source, "requests", check_request, &state);
    source_each(source, "bad_requests", check_bad_request, &state);
    source_single(source, "installed", check_installed, &state);
    source_each(source, "kits", check_kit, &state);
    source_each(source, "bad_kits", check_bad_kit, &state);
    source_single(source, "roll", check_roll, &state);
    source_each(source, "bad_rolls", check_bad_roll, &state);
    source_each(source, "admission", check_admission, &state);
    source_single(source, "registers", check_registers, &state);
    source_each(source, "bad_registers", check_bad_register, &state);
    terminal_witness(source, state.world);
}
