/* SPDX-License-Identifier: Apache-2.0 */
/* approve.json: approvals of a closing, their quorum, and the journals of
 * trustees' shares (PROTOCOL.md 11.4). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "approval.h"
#include "closing.h"
#include "journal.h"
#include "suites.h"
#include "world.h"

enum { PACKAGES = 2, CLOSINGS = 2, JOURNALS_MAX = 16, FOLDER_BYTES = 64 };

struct state {
    const struct world *world;
    uint8_t closing[HASH_BYTES];
};

/* ---- approvals */

static void check_closing(struct trial *trial, const json_t *root,
                          void *context)
{
    struct state *state = context;
    struct span file = field_bytes(trial, root, "closing");
    uint8_t hash[HASH_BYTES];
    uint64_t time = 0;

    field_fixed(trial, root, "closing_hash", state->closing, HASH_BYTES);
    if (trial_is_bad(trial)) {
        return;
    }
    trial_expect_code(trial, AULA_OK,
                      closing_check(&time, &state->world->package, file.bytes,
                                    file.size, NULL));
    closing_hash(hash, file.bytes, file.size);
    trial_expect_bytes(trial, "closing_hash", state->closing, HASH_BYTES, hash,
                       HASH_BYTES);
}

static void check_approval(struct trial *trial, const json_t *row,
                           void *context)
{
    const struct state *state = context;
    const struct package *package = &state->world->package;
    uint8_t trustee = (uint8_t)field_number(trial, row, "trustee",
                                            package->trustee_count);
    struct span file = field_bytes(trial, row, "file");
    uint8_t made[APPROVAL_BYTES];
    uint8_t found = 0;

    if (trial_is_bad(trial) || trustee == 0) {
        trial_fail(trial, "trustee: expected one of the package");
        return;
    }
    approval_make(made, package, trustee, state->closing,
                  state->world->trustee_secrets[trustee - 1]);
    trial_expect_bytes(trial, "file", file.bytes, file.size, made, sizeof made);
    trial_expect_code(trial, AULA_OK,
                      approval_check(&found, package, state->closing, 0,
                                     file.bytes, file.size, NULL));
    trial_expect_number(trial, "trustee", trustee, found);
}

static void check_bad_approval(struct trial *trial, const json_t *row,
                               void *context)
{
    const struct state *state = context;
    enum aula_code error = field_error(trial, row, "error");
    struct span object = field_bytes(trial, row, "object");
    const json_t *list = field_list(trial, row, "used");
    uint32_t used = 0;
    uint8_t found = 0;

    for (size_t i = 0; i < json_array_size(list); i++) {
        used |= 1U << (list_number(trial, list, i, 32) - 1) % 32;
    }
    trial_expect_code(trial, error,
                      approval_check(&found, &state->world->package,
                                     state->closing, used, object.bytes,
                                     object.size, NULL));
}

static void check_quorum(struct trial *trial, const json_t *row, void *context)
{
    struct package package = {.threshold = 0};

    (void)context;
    package.trustee_count = (uint8_t)field_number(trial, row, "N",
                                                  PACKAGE_TRUSTEES_MAX);
    package.threshold = (uint8_t)field_number(trial, row, "T",
                                              PACKAGE_TRUSTEES_MAX);
    trial_expect_number(trial, "q",
                        field_number(trial, row, "q", PACKAGE_TRUSTEES_MAX),
                        approval_quorum(&package));
}

/* ---- journals */

/* The trustees of the case, each with a folder of its own. */
struct desk {
    struct package packages[PACKAGES];
    uint8_t closings[CLOSINGS][HASH_BYTES];
    char folders[JOURNALS_MAX][FOLDER_BYTES];
    const char *names[JOURNALS_MAX];
    size_t count;
};

static void open_packages(struct desk *desk, struct trial *trial,
                          const json_t *journal, const struct world *world)
{
    const json_t *packages = field_list(trial, journal, "packages");
    const json_t *closings = field_list(trial, journal, "closings");

    for (size_t i = 0; i < PACKAGES && !trial_is_bad(trial); i++) {
        struct span file = list_bytes(trial, packages, i);

        trial_expect_code(trial, AULA_OK,
                          package_open(&desk->packages[i], world->office_public,
                                       file.bytes, file.size, NULL));
    }
    for (size_t i = 0; i < CLOSINGS && !trial_is_bad(trial); i++) {
        struct span file = list_bytes(trial, closings, i);

        closing_hash(desk->closings[i], file.bytes, file.size);
    }
    trial_expect_number(trial, "packages", PACKAGES, json_array_size(packages));
    trial_expect_number(trial, "closings", CLOSINGS, json_array_size(closings));
}

static bool is_word(struct span text, const char *word)
{
    return text.size == strlen(word) &&
           memcmp(text.bytes, word, text.size) == 0;
}

static void make_journals(struct desk *desk, struct trial *trial,
                          const json_t *journal)
{
    json_t *journals = json_object_get(journal, "journals");
    const char *name;
    json_t *value;

    if (field_object(trial, journal, "journals") == NULL) {
        return;
    }
    json_object_foreach(journals, name, value)
    {
        char *folder = desk->folders[desk->count];
        struct span text = field_text(trial, journals, name);

        (void)snprintf(folder, FOLDER_BYTES, "/tmp/aula-journal-XXXXXX");
        if (desk->count == JOURNALS_MAX - 1 || mkdtemp(folder) == NULL) {
            trial_fail(trial, "journals: no folder for %s", name);
            return;
        }
        desk->names[desk->count++] = name;
        if (is_word(text, "empty")) {
            trial_expect_code(trial, AULA_OK,
                              journal_make(folder, desk->packages[0].key,
                                           NULL));
        } else if (!is_word(text, "lost")) {
            trial_fail(trial, "journals: expected empty or lost");
        }
    }
}

static const char *folder_of(struct trial *trial, const struct desk *desk,
                             struct span name)
{
    for (size_t i = 0; i < desk->count; i++) {
        if (is_word(name, desk->names[i])) {
            return desk->folders[i];
        }
    }
    trial_fail(trial, "trustee: expected one of journals");
    return NULL;
}

static unsigned count_approvals(struct trial *trial, const json_t *list,
                                const struct package *package,
                                const uint8_t *closing)
{
    uint32_t used = 0;
    uint8_t found = 0;
    unsigned count = 0;

    for (size_t i = 0; i < json_array_size(list); i++) {
        struct span file = list_bytes(trial, list, i);

        trial_expect_code(trial, AULA_OK,
                          approval_check(&found, package, closing, used,
                                         file.bytes, file.size, NULL));
        if (trial_is_bad(trial)) {
            return 0;
        }
        used |= 1U << (found - 1);
        count++;
    }
    return count;
}

/* What a trustee's tool says: the quorum first, where it is to open. */
static void take_step(struct trial *trial, const struct desk *desk,
                      const json_t *step)
{
    enum aula_code error = field_error(trial, step, "error");
    size_t at = (size_t)field_number(trial, step, "package", PACKAGES - 1);
    size_t closing = (size_t)field_number(trial, step, "closing", CLOSINGS - 1);
    const char *folder = folder_of(trial, desk,
                                   field_text(trial, step, "trustee"));
    struct span op = field_text(trial, step, "op");
    const json_t *list = field_list(trial, step, "approvals");
    const struct package *package = &desk->packages[at];
    unsigned count = count_approvals(trial, list, package,
                                     desk->closings[closing]);
    bool is_open = is_word(op, "open");
    enum aula_code code = AULA_DEC_JOURNAL;

    if (!is_open && !is_word(op, "approve")) {
        trial_fail(trial, "op: expected approve or open");
    }
    if (trial_is_bad(trial) || folder == NULL) {
        return;
    }
    if (!is_open || count >= approval_quorum(package)) {
        code = journal_enter(folder, package->key, package->hash,
                             desk->closings[closing], NULL);
    }
    trial_expect_code(trial, error, code);
}

static void forget(struct desk *desk)
{
    for (size_t i = 0; i < desk->count; i++) {
        char path[FOLDER_BYTES + sizeof "/" JOURNAL_FILE];

        (void)snprintf(path, sizeof path, "%s/" JOURNAL_FILE, desk->folders[i]);
        (void)unlink(path);
        (void)rmdir(desk->folders[i]);
    }
    for (size_t i = 0; i < PACKAGES; i++) {
        package_close(&desk->packages[i]);
    }
}

static void check_journal(struct trial *trial, const json_t *row, void *context)
{
    const struct state *state = context;
    struct desk *desk = source_memory(trial->source, sizeof *desk);
    const json_t *steps = field_list(trial, row, "steps");

    open_packages(desk, trial, row, state->world);
    if (!trial_is_bad(trial)) {
        make_journals(desk, trial, row);
    }
    for (size_t i = 0; i < json_array_size(steps) && !trial_is_bad(trial);
         i++) {
        trial_at(trial, "steps[%zu]", i);
        take_step(trial, desk, json_array_get(steps, i));
    }
    forget(desk);
}

void suite_approve(struct source *source)
{
    struct state state = {.world = world_of(source)};

    if (state.world == NULL) {
        return;
    }
    source_values(source, "closing", check_closing, &state);
    source_each(source, "approvals", check_approval, &state);
    source_each(source, "bad_approvals", check_bad_approval, &state);
    source_each(source, "quorum", check_quorum, &state);
    source_single(source, "journal", check_journal, &state);
}
