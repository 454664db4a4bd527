/* SPDX-License-Identifier: Apache-2.0 */
/* From the items of a store to a terminal in memory. Everything was checked
 * when it was stored, and the store is sealed; what fails here is damage. */
#include "terminal_inside.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"

static enum aula_code damaged(const char *name, struct aula_error *err)
{
    return aula_fail(err, AULA_STORE_DAMAGED, "the store's %s is damaged",
                     name);
}

static enum aula_code load_keys(struct terminal *terminal,
                                struct aula_error *err)
{
    struct terminal_secrets *secrets = terminal->secrets;
    uint8_t *seed = sodium_malloc(SIGN_SEED_BYTES);
    enum aula_code code;

    if (seed == NULL) {
        return aula_fail(err, AULA_MEMORY, "no locked memory for a key");
    }
    code = store_read_item(terminal->store, seed, SIGN_SEED_BYTES, ITEM_SIGN,
                           err);
    if (code == AULA_OK) {
        sign_key_pair(terminal->key, secrets->sign, seed);
        terminal_id(terminal->tid, terminal->key);
    }
    sodium_free(seed);
    return code;
}

/* What may have been destroyed at the end of the voting. */
static enum aula_code load_secret(uint8_t *out, bool *is_there, size_t size,
                                  struct terminal *terminal, const char *name,
                                  struct aula_error *err)
{
    uint8_t *bytes = NULL;
    size_t found = 0;
    enum aula_code code = store_get_item(terminal->store, &bytes, &found, name,
                                         err);

    *is_there = false;
    if (code == AULA_OK && bytes != NULL) {
        if (found != size) {
            code = damaged(name, err);
        } else {
            if (size > 0) {
                memcpy(out, bytes, size);
            }
            *is_there = true;
        }
    }
    store_free_item(bytes, found);
    return code;
}

static enum aula_code load_request(struct terminal *terminal,
                                   struct aula_error *err)
{
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code = store_get_item(terminal->store, &bytes, &size,
                                         ITEM_REQUEST, err);

    if (code != AULA_OK) {
        return code;
    }
    if (bytes == NULL || size > sizeof terminal->request) {
        store_free_item(bytes, size);
        return damaged(ITEM_REQUEST, err);
    }
    memcpy(terminal->request, bytes, size);
    terminal->request_size = size;
    store_free_item(bytes, size);
    if (request_check(&terminal->request_view, terminal->request, size, NULL) !=
        AULA_OK) {
        return damaged(ITEM_REQUEST, err);
    }
    memcpy(terminal->transport_public, terminal->request_view.transport,
           SEAL_PUBLIC_BYTES);
    return AULA_OK;
}

enum aula_code terminal_load(struct terminal *terminal, struct aula_error *err)
{
    bool has_transport;
    bool is_paused;
    enum aula_code code = load_keys(terminal, err);

    if (code == AULA_OK) {
        code = load_request(terminal, err);
    }
    if (code == AULA_OK) {
        code = load_secret(terminal->secrets->transport, &has_transport,
                           SEAL_SECRET_BYTES, terminal, ITEM_TRANSPORT, err);
    }
    if (code == AULA_OK) {
        code = terminal_load_setup(terminal, err);
    }
    if (code == AULA_OK) {
        code = load_secret(NULL, &is_paused, 0, terminal, ITEM_PAUSED, err);
        terminal->is_paused = code == AULA_OK && is_paused;
    }
    if (code == AULA_OK) {
        code = terminal_load_session(terminal, err);
    }
    return code;
}

static enum aula_code load_package(struct terminal *terminal,
                                   struct aula_error *err)
{
    uint8_t office[SIGN_PUBLIC_BYTES];
    enum aula_code code;

    code = store_get_item(terminal->store, &terminal->package_bytes,
                          &terminal->package_size, ITEM_PACKAGE, err);
    if (code != AULA_OK || terminal->package_bytes == NULL) {
        return code;
    }
    code = store_read_item(terminal->store, office, sizeof office, ITEM_OFFICE,
                           err);
    if (code != AULA_OK) {
        return code;
    }
    code = package_open(&terminal->package, office, terminal->package_bytes,
                        terminal->package_size, err);
    if (code == AULA_MEMORY) {
        return code;
    }
    if (code != AULA_OK) {
        return damaged(ITEM_PACKAGE, err);
    }
    return ballot_key_open(&terminal->ballot_key, terminal->package.key, err);
}

static enum aula_code load_certificate(struct terminal *terminal,
                                       struct aula_error *err)
{
    enum aula_code code =
        store_get_item(terminal->store, &terminal->certificate_bytes,
                       &terminal->certificate_size, ITEM_CERTIFICATE, err);

    if (code != AULA_OK) {
        return code;
    }
    if (terminal->certificate_bytes == NULL ||
        certificate_check(&terminal->certificate, &terminal->package,
                          terminal->key, terminal->certificate_bytes,
                          terminal->certificate_size, NULL) != AULA_OK) {
        return damaged(ITEM_CERTIFICATE, err);
    }
    return AULA_OK;
}

static enum aula_code load_kit(struct terminal *terminal,
                               struct aula_error *err)
{
    uint8_t bytes[TERMINAL_KIT_BYTES];
    enum aula_code code = store_read_item(terminal->store, bytes, sizeof bytes,
                                          ITEM_KIT, err);

    if (code == AULA_OK) {
        terminal->kit.number = get_le32(bytes);
        terminal->kit.has_guests = bytes[4] != 0;
        code = load_secret(terminal->secrets->tag_key, &terminal->has_tag_key,
                           TAG_KEY_BYTES, terminal, ITEM_TAG_KEY, err);
    }
    return code;
}

static enum aula_code load_roll(struct terminal *terminal,
                                struct aula_error *err)
{
    enum aula_code code = store_get_item(terminal->store, &terminal->roll_bytes,
                                         &terminal->roll_size, ITEM_ROLL, err);

    terminal->has_roll = code == AULA_OK && terminal->roll_bytes != NULL;
    if (terminal->has_roll) {
        terminal->roll = roll_view(terminal->roll_bytes);
    }
    return code;
}

static enum aula_code load_content(struct terminal *terminal,
                                   struct aula_error *err)
{
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code =
        store_get_item(terminal->store, &terminal->manifest_bytes,
                       &terminal->manifest_size, ITEM_MANIFEST, err);

    if (code != AULA_OK) {
        return code;
    }
    code = manifest_open(&terminal->manifest, terminal->package.content_hash,
                         terminal->manifest_bytes, terminal->manifest_size,
                         err);
    if (code != AULA_OK) {
        return code == AULA_MEMORY ? code : damaged(ITEM_MANIFEST, err);
    }
    terminal->is_installed = true;
    code = terminal_content(terminal, &bytes, &size, "election.json", err);
    if (code == AULA_OK) {
        code = election_open(&terminal->election, NULL, bytes, size, err);
    }
    store_free_item(bytes, size);
    return code;
}

enum aula_code terminal_load_setup(struct terminal *terminal,
                                   struct aula_error *err)
{
    enum aula_code code;

    terminal_unload(terminal);
    code = load_package(terminal, err);
    if (code != AULA_OK || terminal->package_bytes == NULL) {
        return code;
    }
    code = load_certificate(terminal, err);
    if (code == AULA_OK) {
        code = load_kit(terminal, err);
    }
    if (code == AULA_OK) {
        code = load_roll(terminal, err);
    }
    if (code == AULA_OK) {
        code = load_content(terminal, err);
    }
    return code;
}

void terminal_unload(struct terminal *terminal)
{
    ballot_key_close(terminal->ballot_key);
    terminal->ballot_key = NULL;
    package_close(&terminal->package);
    terminal->package = (struct package){0};
    store_free_item(terminal->package_bytes, terminal->package_size);
    store_free_item(terminal->certificate_bytes, terminal->certificate_size);
    store_free_item(terminal->roll_bytes, terminal->roll_size);
    election_close(&terminal->election);
    terminal->election = (struct election){0};
    manifest_close(&terminal->manifest);
    terminal->manifest = (struct manifest){0};
    store_free_item(terminal->manifest_bytes, terminal->manifest_size);
    terminal->manifest_bytes = NULL;
    terminal->package_bytes = NULL;
    terminal->certificate_bytes = NULL;
    terminal->roll_bytes = NULL;
    terminal->has_roll = false;
    terminal->is_installed = false;
}
