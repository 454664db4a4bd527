/* SPDX-License-Identifier: Apache-2.0 */
/* package.json: packages and certificates (PROTOCOL.md sections 4 and 5). */
#include "package.h"

#include <string.h>

#include "bytes.h"
#include "package_again.h"
#include "suites.h"
#include "world.h"

enum { NUMBER_MAX = 65535 };

static void expect_text(struct trial *trial, const json_t *object,
                        const char *key, const struct package_text *came)
{
    struct span expected = field_text(trial, object, key);

    trial_expect_bytes(trial, key, expected.bytes, expected.size, came->text,
                       came->size);
}

static void expect_texts(struct trial *trial, const json_t *object,
                         const char *key, const struct package_text *came,
                         size_t count)
{
    const json_t *list = field_list(trial, object, key);

    trial_expect_number(trial, key, json_array_size(list), count);
    for (size_t i = 0; i < count && i < json_array_size(list); i++) {
        const json_t *text = json_array_get(list, i);

        source_mark(trial->source, text);
        trial_expect_bytes(trial, key, json_string_value(text),
                           json_string_length(text), came[i].text,
                           came[i].size);
    }
}

static void expect_number(struct trial *trial, const json_t *object,
                          const char *key, uint64_t came)
{
    trial_expect_number(trial, key,
                        field_number(trial, object, key, (uint64_t)1 << 53),
                        came);
}

static void expect_fixed(struct trial *trial, const json_t *object,
                         const char *key, const uint8_t *came, size_t size)
{
    uint8_t expected[64];

    field_fixed(trial, object, key, expected, size);
    trial_expect_bytes(trial, key, expected, size, came, size);
}

static void check_contest(struct trial *trial, const json_t *row,
                          const struct package_contest *contest)
{
    const struct plaintext_rule *rule = &contest->rule;
    const json_t *costs = field_list(trial, row, "costs");

    expect_text(trial, row, "name", &contest->name);
    expect_number(trial, row, "type", rule->type);
    expect_number(trial, row, "n", rule->n);
    expect_number(trial, row, "P", plaintext_size(rule));
    expect_number(trial, row, "w", plaintext_width(rule));
    expect_number(trial, row, "limit", rule->limit);
    expect_number(trial, row, "cap", rule->cap);
    expect_number(trial, row, "budget", rule->budget);
    expect_texts(trial, row, "ids", contest->ids, rule->n);
    expect_texts(trial, row, "names", contest->names, rule->n);
    trial_expect_number(trial, "costs", json_array_size(costs), rule->n);
    for (size_t q = 0; q < rule->n; q++) {
        trial_expect_number(trial, "cost",
                            list_number(trial, costs, q, (uint64_t)1 << 53),
                            rule->costs[q]);
    }
}

static void check_fields(struct trial *trial, const json_t *root, void *state)
{
    const struct package *package = state;
    const json_t *contests = field_list(trial, root, "contests");

    expect_fixed(trial, root, "package_hash", package->hash, HASH_BYTES);
    expect_fixed(trial, root, "election_id", package->hash, PACKAGE_ID_BYTES);
    expect_fixed(trial, root, "K", package->key, sizeof package->key);
    expect_fixed(trial, root, "content_hash", package->content_hash,
                 HASH_BYTES);
    expect_text(trial, root, "title", &package->title);
    expect_number(trial, root, "mode", package->mode);
    expect_number(trial, root, "opens", package->opens);
    expect_number(trial, root, "closes", package->closes);
    expect_number(trial, root, "id_scheme", package->id_scheme);
    expect_number(trial, root, "tag_stretch", package->tag_stretch);
    expect_number(trial, root, "one_per", package->one_per);
    expect_number(trial, root, "min_anon", package->min_anon);
    trial_expect_number(trial, "contests", json_array_size(contests),
                        package->contest_count);
    for (size_t c = 0; c < package->contest_count; c++) {
        trial_at(trial, "contests[%zu]", c);
        check_contest(trial, json_array_get(contests, c),
                      &package->contests[c]);
    }
}

static void check_package(struct trial *trial, const json_t *root, void *state)
{
    struct span bytes = field_bytes(trial, root, "package");
    uint8_t office[SIGN_PUBLIC_BYTES];
    const struct world *world = state;
    struct package package = {0};

    field_fixed(trial, root, "office_public", office, sizeof office);
    trial_expect_code(trial, AULA_OK,
                      package_open(&package, office, bytes.bytes, bytes.size,
                                   NULL));
    if (!trial_is_bad(trial)) {
        check_fields(trial, root, &package);
        package_again(trial, &package, bytes, world->office_secret);
    }
    package_close(&package);
}

static void check_other(struct trial *trial, const json_t *row, void *state)
{
    const struct world *world = state;
    struct span bytes = field_bytes(trial, row, "package");
    struct package package = {0};

    trial_expect_code(trial, AULA_OK,
                      package_open(&package, world->office_public, bytes.bytes,
                                   bytes.size, NULL));
    expect_fixed(trial, row, "package_hash", package.hash, HASH_BYTES);
    expect_fixed(trial, row, "election_id", package.hash, PACKAGE_ID_BYTES);
    expect_number(trial, row, "mode", package.mode);
    if (!trial_is_bad(trial)) {
        package_again(trial, &package, bytes, world->office_secret);
    }
    package_close(&package);
}

static void check_bad_package(struct trial *trial, const json_t *row,
                              void *state)
{
    const struct world *world = state;
    enum aula_code error = field_error(trial, row, "error");
    struct span bytes = field_bytes(trial, row, "object");
    struct package package;

    trial_expect_code(trial, error,
                      package_open(&package, world->office_public, bytes.bytes,
                                   bytes.size, NULL));
    package_close(&package);
}

static size_t read_contests(struct trial *trial, const json_t *row,
                            uint16_t contests[static PACKAGE_CONTESTS_MAX])
{
    const json_t *list = field_list(trial, row, "contests");
    size_t count = json_array_size(list);

    if (count > PACKAGE_CONTESTS_MAX) {
        trial_fail(trial, "contests: expected a shorter list");
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        contests[i] = (uint16_t)list_number(trial, list, i, NUMBER_MAX);
    }
    return count;
}

static void check_certificate(struct trial *trial, const json_t *row,
                              void *state)
{
    const struct world *world = state;
    struct span cert = field_bytes(trial, row, "cert");
    struct span label = field_text(trial, row, "label");
    uint16_t contests[PACKAGE_CONTESTS_MAX];
    size_t count = read_contests(trial, row, contests);
    uint8_t key[SIGN_PUBLIC_BYTES];
    uint8_t made[CERTIFICATE_BYTES_MAX];
    struct certificate found = {0};

    field_fixed(trial, row, "public", key, sizeof key);
    if (trial_is_bad(trial)) {
        return;
    }
    trial_expect_code(trial, AULA_OK,
                      certificate_make(made, &world->package,
                                       world->office_secret, key,
                                       (const char *)label.bytes, label.size,
                                       contests, count, NULL));
    if (trial_is_bad(trial)) {
        return;
    }
    trial_expect_bytes(trial, "cert", cert.bytes, cert.size, made,
                       CERTIFICATE_BYTES(label.size, count));
    trial_expect_code(trial, AULA_OK,
                      certificate_check(&found, &world->package, NULL,
                                        cert.bytes, cert.size, NULL));
    expect_fixed(trial, row, "tid", found.tid, sizeof found.tid);
    for (size_t i = 0; i < count; i++) {
        if (!certificate_offers(&found, contests[i])) {
            trial_fail(trial, "contests: %u is not offered",
                       (unsigned)contests[i]);
        }
    }
}

static void check_bad_certificate(struct trial *trial, const json_t *row,
                                  void *state)
{
    const struct world *world = state;
    enum aula_code error = field_error(trial, row, "error");
    struct span bytes = field_bytes(trial, row, "object");
    struct certificate found;

    trial_expect_code(trial, error,
                      certificate_check(&found, &world->package, NULL,
                                        bytes.bytes, bytes.size, NULL));
}

void suite_package(struct source *source)
{
    struct world *world = world_of(source);

    if (world == NULL) {
        return;
    }
    source_values(source, "package", check_package, world);
    source_each(source, "other_packages", check_other, world);
    source_each(source, "bad_packages", check_bad_package, world);
    source_each(source, "certificates", check_certificate, world);
    source_each(source, "bad_certificates", check_bad_certificate, world);
}
