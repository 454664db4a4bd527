/* SPDX-License-Identifier: Apache-2.0 */
/* world.json: read for other files, and checked as a file of its own. */
#include "world.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "suites.h"

enum { CONTEST_INDEX_MAX = 65534 };

const struct plaintext_rule *
world_rule(struct trial *trial, const struct package *package, uint64_t contest)
{
    if (contest >= package->contest_count) {
        trial_fail(trial, "contest: expected one of the package, came another");
        return NULL;
    }
    return &package->contests[contest].rule;
}

static void expect_key(struct trial *trial, const json_t *object,
                       const char *key, const uint8_t *came)
{
    uint8_t expected[32];

    field_fixed(trial, object, key, expected, sizeof expected);
    trial_expect_bytes(trial, key, expected, sizeof expected, came, 32);
}

void world_expect_package(struct trial *trial, const json_t *root,
                          const struct package *package)
{
    expect_key(trial, root, "package_hash", package->hash);
    expect_key(trial, root, "K", package->key);
}

/* X25519 keys of a secret: the public one stands beside it. */
static void check_transport(struct trial *trial, const json_t *object,
                            const char *secret_key, const char *public_key)
{
    uint8_t secret[32];
    uint8_t came[32];

    field_fixed(trial, object, secret_key, secret, sizeof secret);
    (void)crypto_scalarmult_base(came, secret);
    expect_key(trial, object, public_key, came);
}

static void check_office(struct trial *trial, const json_t *root, void *state)
{
    struct world *world = state;
    struct span bytes = field_bytes(trial, root, "package");
    uint8_t seed[SIGN_SEED_BYTES];

    field_fixed(trial, root, "office_seed", seed, sizeof seed);
    sign_key_pair(world->office_public, world->office_secret, seed);
    expect_key(trial, root, "office_public", world->office_public);
    check_transport(trial, root, "office_transport_secret",
                    "office_transport_public");
    trial_at(trial, "package");
    trial_expect_code(trial, AULA_OK,
                      package_open(&world->package, world->office_public,
                                   bytes.bytes, bytes.size, NULL));
    trial_at(trial, "%s", "");
    world_expect_package(trial, root, &world->package);
    expect_key(trial, root, "office_transport_public",
               world->package.office_transport);
    field_fixed(trial, root, "tag_key", world->tag_key, TAG_KEY_BYTES);
    trial_expect_code(trial, AULA_OK,
                      tag_compare_key(world->tag_key,
                                      world->package.tag_key_check, NULL));
}

static void check_trustee(struct trial *trial, const json_t *row, void *state)
{
    struct world *world = state;
    size_t count = world->package.trustee_count;
    size_t index = (size_t)field_number(trial, row, "index", count);
    uint8_t seed[SIGN_SEED_BYTES];
    uint8_t share[GROUP_SCALAR_BYTES];
    uint8_t public_key[SIGN_PUBLIC_BYTES];
    uint8_t point[GROUP_POINT_BYTES];
    uint8_t secret[SIGN_SECRET_BYTES];

    field_fixed(trial, row, "sign_seed", seed, sizeof seed);
    field_fixed(trial, row, "secret_share", share, sizeof share);
    if (index < 1) {
        trial_fail(trial, "index: expected 1..%zu, came %zu", count, index);
        return;
    }
    sign_key_pair(public_key, secret, seed);
    trial_expect_bytes(trial, "sign_seed",
                       world->package.trustee_keys[index - 1],
                       sizeof public_key, public_key, sizeof public_key);
    group_mul_base(point, share);
    trial_expect_bytes(trial, "secret_share", world->package.shares[index - 1],
                       sizeof point, point, sizeof point);
    memcpy(world->trustee_secrets[index - 1], secret, sizeof secret);
    memcpy(world->secret_shares[index - 1], share, sizeof share);
}

static void read_terminal(struct world_terminal *terminal, struct trial *trial,
                          const json_t *row)
{
    uint8_t seed[SIGN_SEED_BYTES];
    uint8_t public_key[SIGN_PUBLIC_BYTES];

    terminal->cert = field_bytes(trial, row, "cert");
    field_fixed(trial, row, "sign_seed", seed, sizeof seed);
    field_fixed(trial, row, "transport_public", terminal->transport_public,
                sizeof terminal->transport_public);
    field_fixed(trial, row, "transport_secret", terminal->transport_secret,
                sizeof terminal->transport_secret);
    sign_key_pair(public_key, terminal->secret, seed);
}

/* The certificate is accepted by its terminal, and says what the row says. */
static void check_terminal(struct trial *trial, const json_t *row, void *state)
{
    struct world *world = state;
    const json_t *contests = field_list(trial, row, "contests");
    struct world_terminal terminal = {0};
    const struct certificate *certificate = &terminal.certificate;
    uint8_t expected[TERMINAL_ID_BYTES];

    read_terminal(&terminal, trial, row);
    field_fixed(trial, row, "tid", expected, sizeof expected);
    check_transport(trial, row, "transport_secret", "transport_public");
    if (trial_is_bad(trial)) {
        return;
    }
    trial_expect_code(trial, AULA_OK,
                      certificate_check(&terminal.certificate, &world->package,
                                        terminal.secret + SIGN_SEED_BYTES,
                                        terminal.cert.bytes, terminal.cert.size,
                                        NULL));
    trial_expect_bytes(trial, "tid", expected, sizeof expected,
                       certificate->tid, sizeof certificate->tid);
    trial_expect_number(trial, "contests", json_array_size(contests),
                        certificate->count);
    for (size_t i = 0; i < certificate->count; i++) {
        trial_expect_number(trial, "contest",
                            list_number(trial, contests, i, CONTEST_INDEX_MAX),
                            get_le16(certificate->contests + 2 * i));
    }
    if (world->terminal_count < WORLD_TERMINALS_MAX) {
        world->terminals[world->terminal_count++] = terminal;
    } else {
        trial_fail(trial, "expected at most %d terminals, came more",
                   (int)WORLD_TERMINALS_MAX);
    }
}

const struct world_terminal *world_terminal(struct trial *trial,
                                            const struct world *world,
                                            const json_t *row, const char *key)
{
    uint64_t number = field_number(trial, row, key, WORLD_TERMINALS_MAX);

    if (number >= world->terminal_count) {
        trial_fail(trial, "%s: expected a terminal of world.json, came %llu",
                   key, (unsigned long long)number);
        return NULL;
    }
    return &world->terminals[number];
}

void suite_world(struct source *source)
{
    struct world world = {0};

    source_values(source, "package", check_office, &world);
    source_each(source, "terminals", check_terminal, &world);
    source_each(source, "trustees", check_trustee, &world);
    package_close(&world.package);
}

/* Everything that other files need of a world, as one quiet trial. */
static void read_world(struct trial *trial, struct world *world)
{
    const json_t *root = world->source.root;
    const json_t *terminals = field_list(trial, root, "terminals");
    const json_t *trustees = field_list(trial, root, "trustees");

    check_office(trial, root, world);
    if (trial_is_bad(trial)) {
        return;
    }
    trial_expect_number(trial, "trustees", world->package.trustee_count,
                        json_array_size(trustees));
    for (size_t i = 0; i < json_array_size(trustees); i++) {
        trial_at(trial, "trustees[%zu]", i);
        check_trustee(trial, json_array_get(trustees, i), world);
    }
    for (size_t i = 0; i < json_array_size(terminals); i++) {
        trial_at(trial, "terminals[%zu]", i);
        check_terminal(trial, json_array_get(terminals, i), world);
    }
}

static void load_world(struct world *world, struct run *run)
{
    struct trial trial;
    json_error_t error;

    world->source = (struct source){.run = run, .path = world->path};
    world->source.root = json_load_file(world->path,
                                        JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL,
                                        &error);
    trial_start(&trial, &world->source, "world", NULL);
    if (json_is_object(world->source.root)) {
        read_world(&trial, world);
    } else {
        trial_fail(&trial, "expected a JSON object, came none");
    }
    world->is_good = !trial_is_bad(&trial);
    (void)snprintf(world->reason, sizeof world->reason, "%s%s%s", trial.part,
                   trial.part[0] != '\0' ? ": " : "", trial.message);
}

static char *world_path(const char *path)
{
    static const char name[] = "world.json";
    const char *slash = strrchr(path, '/');
    size_t folder = slash != NULL ? (size_t)(slash - path) + 1 : 0;
    char *made = malloc(folder + sizeof name);

    if (made != NULL) {
        memcpy(made, path, folder);
        memcpy(made + folder, name, sizeof name);
    }
    return made;
}

void world_close(struct run *run)
{
    if (run->world != NULL) {
        package_close(&run->world->package);
        source_close(&run->world->source);
        free(run->world->path);
        free(run->world);
        run->world = NULL;
    }
}

/* The world of a path: the one that is kept, or a new one. NULL: no memory. */
static struct world *take_world(struct run *run, const char *file)
{
    char *path = world_path(file);
    struct world *world = run->world;

    if (path != NULL && world != NULL && strcmp(world->path, path) == 0) {
        free(path);
        return world;
    }
    world_close(run);
    world = calloc(1, sizeof *world);
    if (path == NULL || world == NULL) {
        free(path);
        free(world);
        return NULL;
    }
    world->path = path;
    run->world = world;
    load_world(world, run);
    return world;
}

struct world *world_of(struct source *source)
{
    struct world *world = take_world(source->run, source->path);
    struct trial trial;

    if (world != NULL && world->is_good) {
        return world;
    }
    trial_start(&trial, source, "world.json of this folder", NULL);
    trial_fail(&trial, "%s", world != NULL ? world->reason : "out of memory");
    trial_end(&trial, NULL);
    source->is_cut = true;
    return NULL;
}
