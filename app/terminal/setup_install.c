/* SPDX-License-Identifier: Apache-2.0 */
/* Installing what the office sent. All of it is checked before anything is
 * stored; what is stored is one transaction, and the first witness is there
 * before it: a terminal is never ready without one. */
#include "setup.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "terminal_inside.h"

/* What was found good, on its way into the store. */
struct installing {
    struct container container;
    const struct package *package; /* the container's, or the one installed */
    struct certificate certificate;
    struct kit kit;
    uint8_t *tag_key; /* in sodium_malloc memory */
    struct roll roll;
};

static enum aula_code need_all(const struct setup_parts *parts,
                               struct aula_error *err)
{
    if (parts->office_key == NULL || parts->container == NULL ||
        parts->certificate == NULL || parts->kit == NULL) {
        return aula_fail(err, AULA_STATE,
                         "install: the first time the office's key, the "
                         "election, certificate and kit come together");
    }
    return AULA_OK;
}

/* What is shown must be what is encrypted. */
static enum aula_code check_content(const struct container *container,
                                    struct aula_error *err)
{
    struct election election;
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code = container_file(container, &bytes, &size,
                                         "election.json", err);

    if (code != AULA_OK) {
        return code;
    }
    code = election_open(&election, NULL, bytes, size, err);
    free(bytes);
    if (code == AULA_OK) {
        code = election_compare(&election, &container->package, err);
        election_close(&election);
    }
    return code;
}

static enum aula_code check_container(struct terminal *terminal,
                                      struct installing *installing,
                                      const struct setup_parts *parts,
                                      struct aula_error *err)
{
    uint8_t office[SIGN_PUBLIC_BYTES];
    const uint8_t *key = parts->office_key;
    enum aula_code code = AULA_OK;

    if (terminal->is_installed) {
        code = store_read_item(terminal->store, office, sizeof office,
                               ITEM_OFFICE, err);
        key = office;
    }
    if (code == AULA_OK) {
        code = container_open(&installing->container, key, parts->container,
                              err);
    }
    if (code == AULA_OK && terminal->is_installed &&
        memcmp(installing->container.package.hash, terminal->package.hash,
               HASH_BYTES) != 0) {
        code = aula_fail(err, AULA_WRONG_ELECTION,
                         "this terminal's key serves another election: set it "
                         "up anew for this one");
    }
    return code == AULA_OK ? check_content(&installing->container, err) : code;
}

static enum aula_code check_kit(struct terminal *terminal,
                                struct installing *installing,
                                const struct setup_parts *parts,
                                struct aula_error *err)
{
    installing->tag_key = sodium_malloc(TAG_KEY_BYTES);
    if (installing->tag_key == NULL) {
        return aula_fail(err, AULA_MEMORY, "no locked memory for a key");
    }
    return kit_check(&installing->kit, installing->tag_key, installing->package,
                     terminal->tid, terminal->transport_public,
                     terminal->secrets->transport,
                     terminal->is_installed ? terminal->kit.number : 0,
                     parts->kit, parts->kit_size, err);
}

/* A terminal has one certificate for ever: its records are checked by it. */
static enum aula_code check_certificate(const struct terminal *terminal,
                                        const struct setup_parts *parts,
                                        struct aula_error *err)
{
    if (terminal->is_installed &&
        (parts->certificate_size != terminal->certificate_size ||
         memcmp(parts->certificate, terminal->certificate_bytes,
                parts->certificate_size) != 0)) {
        return aula_fail(err, AULA_STATE,
                         "install: the terminal has another certificate, and "
                         "keeps it");
    }
    return AULA_OK;
}

static enum aula_code check(struct terminal *terminal,
                            struct installing *installing,
                            const struct setup_parts *parts,
                            struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    installing->package = &terminal->package;
    if (parts->container != NULL) {
        code = check_container(terminal, installing, parts, err);
        installing->package = &installing->container.package;
    }
    if (code == AULA_OK && !terminal->is_installed) {
        code = terminal_check_unused(terminal, installing->package, err);
    }
    if (code == AULA_OK && parts->certificate != NULL) {
        code = check_certificate(terminal, parts, err);
    }
    if (code == AULA_OK && parts->certificate != NULL) {
        code = certificate_check(&installing->certificate, installing->package,
                                 terminal->key, parts->certificate,
                                 parts->certificate_size, err);
    }
    if (code == AULA_OK && parts->kit != NULL) {
        code = check_kit(terminal, installing, parts, err);
    }
    if (code == AULA_OK && parts->roll != NULL) {
        code = roll_check(&installing->roll, installing->package,
                          terminal->has_roll ? terminal->roll.number : 0,
                          parts->roll, parts->roll_size, err);
    }
    return code;
}

static enum aula_code put_file(struct terminal *terminal,
                               const struct container *container,
                               const struct manifest_row *row,
                               struct aula_error *err)
{
    char path[MANIFEST_PATH_MAX + 1];
    char name[STORE_ITEM_NAME_MAX + 1];
    uint8_t *bytes = malloc((size_t)row->size + 1);
    enum aula_code code;

    if (bytes == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory for a file");
    }
    memcpy(path, row->path, row->path_size);
    path[row->path_size] = '\0';
    terminal_content_name(name, path);
    code = container_read_row(container, bytes, row, err);
    if (code == AULA_OK) {
        code = store_put_item(terminal->store, name, bytes, (size_t)row->size,
                              err);
    }
    free(bytes);
    return code;
}

static enum aula_code put_container(struct terminal *terminal,
                                    const struct container *container,
                                    const uint8_t *office_key,
                                    struct aula_error *err)
{
    enum aula_code code = store_put_item(terminal->store, ITEM_OFFICE,
                                         office_key, SIGN_PUBLIC_BYTES, err);

    if (code == AULA_OK) {
        code = store_put_item(terminal->store, ITEM_PACKAGE,
                              container->package_bytes, container->package_size,
                              err);
    }
    if (code == AULA_OK) {
        code = store_put_item(terminal->store, ITEM_MANIFEST,
                              container->manifest_bytes,
                              container->manifest_size, err);
    }
    for (size_t i = 0; code == AULA_OK && i < container->manifest.count; i++) {
        code = put_file(terminal, container, &container->manifest.rows[i], err);
    }
    return code;
}

static enum aula_code put_kit(struct terminal *terminal,
                              const struct installing *installing,
                              struct aula_error *err)
{
    uint8_t bytes[TERMINAL_KIT_BYTES];
    enum aula_code code;

    put_le32(bytes, installing->kit.number);
    bytes[4] = installing->kit.has_guests ? 1 : 0;
    code = store_put_item(terminal->store, ITEM_KIT, bytes, sizeof bytes, err);
    if (code == AULA_OK) {
        code = store_put_item(terminal->store, ITEM_TAG_KEY,
                              installing->tag_key, TAG_KEY_BYTES, err);
    }
    return code;
}

static enum aula_code put(struct terminal *terminal,
                          const struct installing *installing,
                          const struct setup_parts *parts,
                          struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    if (parts->container != NULL && !terminal->is_installed) {
        code = put_container(terminal, &installing->container,
                             parts->office_key, err);
    }
    if (code == AULA_OK && parts->certificate != NULL) {
        code = store_put_item(terminal->store, ITEM_CERTIFICATE,
                              parts->certificate, parts->certificate_size, err);
    }
    if (code == AULA_OK && parts->kit != NULL) {
        code = put_kit(terminal, installing, err);
    }
    if (code == AULA_OK && parts->roll != NULL) {
        code = store_put_item(terminal->store, ITEM_ROLL, parts->roll,
                              parts->roll_size, err);
    }
    return code;
}

static enum aula_code put_notes(struct terminal *terminal,
                                const struct installing *installing,
                                const struct setup_parts *parts,
                                struct aula_error *err)
{
    uint32_t values[3];
    size_t count = 0;

    if (parts->certificate != NULL) {
        values[count++] = 0;
    }
    if (parts->kit != NULL) {
        values[count++] = installing->kit.number;
    }
    if (parts->roll != NULL) {
        values[count++] = installing->roll.number;
    }
    return terminal_put_notes(terminal, values, count, err);
}

static enum aula_code first_witness(struct terminal *terminal,
                                    const struct package *package,
                                    struct aula_error *err)
{
    struct chain empty;
    uint64_t seq = terminal_witness_seq(terminal, package, terminal->witness);

    if (seq > 0) {
        return aula_fail(err, AULA_STORE_BEHIND,
                         "install: this terminal's key has signed %llu "
                         "records already: it is an old copy, begin anew",
                         (unsigned long long)seq);
    }
    chain_start(&empty, package, terminal->tid);
    return terminal_put_witness(terminal, package, &empty, terminal->witness,
                                err);
}

static enum aula_code store_all(struct terminal *terminal,
                                const struct installing *installing,
                                const struct setup_parts *parts,
                                struct aula_error *err)
{
    enum aula_code code = store_begin(terminal->store, err);

    if (code == AULA_OK) {
        code = put(terminal, installing, parts, err);
    }
    if (code == AULA_OK) {
        code = put_notes(terminal, installing, parts, err);
    }
    if (code == AULA_OK && !terminal->is_installed) {
        code = first_witness(terminal, installing->package, err);
    }
    if (code == AULA_OK) {
        code = store_commit(terminal->store, err);
    }
    if (code != AULA_OK) {
        store_rollback(terminal->store);
    }
    return code;
}

/* What was due and could not be recorded on a full disk is at the next start:
 * the parts are installed. */
static enum aula_code record_parts(struct terminal *terminal, bool is_first,
                                   struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    if (is_first) {
        code = terminal_event(terminal, RECORD_STARTED, 0, err);
    }
    if (code == AULA_OK) {
        code = terminal_record_notes(terminal, err);
    }
    terminal_flush_events(terminal);
    return code == AULA_FULL ? AULA_OK : code;
}

enum aula_code setup_install(struct terminal *terminal,
                             const struct setup_parts *parts,
                             struct aula_error *err)
{
    struct installing installing = {0};
    bool is_first = !terminal->is_installed;
    enum aula_code code = terminal_may(terminal, TERMINAL_DO_INSTALL, err);

    if (code == AULA_OK && is_first) {
        code = need_all(parts, err);
    }
    if (code == AULA_OK) {
        code = check(terminal, &installing, parts, err);
    }
    if (code == AULA_OK) {
        code = store_all(terminal, &installing, parts, err);
    }
    if (code == AULA_OK) {
        code = terminal_load_setup(terminal, err);
    }
    if (code == AULA_OK && is_first) {
        chain_start(&terminal->chain, &terminal->package, terminal->tid);
    }
    if (code == AULA_OK) {
        code = record_parts(terminal, is_first, err);
    }
    sodium_free(installing.tag_key);
    container_close(&installing.container);
    return code;
}
