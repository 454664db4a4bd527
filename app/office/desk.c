/* SPDX-License-Identifier: Apache-2.0 */
/* See desk.h. */
#include "desk.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blame.h"
#include "facts.h"
#include "file.h"
#include "group.h"
#include "keyring.h"

#define PUBLIC_FILE "office.txt"
#define SIGN_FILE "sign.key"
#define TRANSPORT_FILE "transport.key"

static struct facts facts_of(struct desk_public *known)
{
    return (struct facts){.title = "aula office 1",
                          .facts = {
                              {"sign", known->sign, NULL},
                              {"transport", known->transport, NULL},
                          }};
}

bool desk_is_there(const char *folder)
{
    return !place_is_missing(folder, PUBLIC_FILE);
}

static enum aula_code save_public(struct desk_public *known, const char *folder,
                                  struct aula_error *err)
{
    struct facts facts = facts_of(known);
    char text[FACTS_BYTES_MAX];
    char path[PLACE_BYTES];
    size_t size = facts_write(text, &facts);
    enum aula_code code = place_in(path, folder, PUBLIC_FILE, err);

    return code != AULA_OK ? code : file_write_new(path, text, size, 0644, err);
}

/* Both key files, then office.txt: promise 1. */
static enum aula_code make_keys(struct desk_public *known, uint8_t *seed,
                                uint8_t *secret, const char *folder,
                                const struct passphrase *passphrase,
                                struct aula_error *err)
{
    enum aula_code code;

    randombytes_buf(seed, SIGN_SEED_BYTES);
    sign_key_pair(known->sign, secret, seed);
    code = keyring_save(folder, SIGN_FILE, KEYFILE_OFFICE_SIGN, passphrase,
                        seed, err);
    if (code != AULA_OK) {
        return code;
    }
    seal_key_pair(known->transport, seed);
    code = keyring_save(folder, TRANSPORT_FILE, KEYFILE_OFFICE_TRANSPORT,
                        passphrase, seed, err);
    return code != AULA_OK ? code : save_public(known, folder, err);
}

enum aula_code desk_make(struct desk_public *known, const char *folder,
                         const struct passphrase *passphrase,
                         struct aula_error *err)
{
    struct desk_public made = {{0}, {0}};
    uint8_t *seed = NULL;
    uint8_t *secret = NULL;
    enum aula_code code = file_make_folder(folder, true, err);

    if (code != AULA_OK) {
        return code;
    }
    if (desk_is_there(folder)) {
        return aula_fail(err, AULA_STATE, "%s: there is an office already",
                         folder);
    }
    seed = sodium_malloc(SIGN_SEED_BYTES);
    secret = sodium_malloc(SIGN_SECRET_BYTES);
    code = seed == NULL || secret == NULL
               ? aula_fail(err, AULA_MEMORY, "no locked memory")
               : make_keys(&made, seed, secret, folder, passphrase, err);
    if (code == AULA_OK) {
        *known = made;
    }
    sodium_free(secret);
    sodium_free(seed);
    return code;
}

enum aula_code desk_read(struct desk_public *known, const char *folder,
                         struct aula_error *err)
{
    struct desk_public read = {{0}, {0}};
    struct facts facts = facts_of(&read);
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, folder, PUBLIC_FILE, err);

    if (code != AULA_OK) {
        return code;
    }
    if (!desk_is_there(folder)) {
        return aula_fail(err, AULA_STATE,
                         "%s: no office here; `aula office init` makes one",
                         folder);
    }
    code = facts_read(&facts, path, err);
    if (code == AULA_OK && !group_is_transport(read.transport)) {
        code = aula_fail(err, AULA_BAD_FIELD, "%s: no transport key", path);
    }
    if (code == AULA_OK) {
        *known = read;
    }
    return code;
}

static enum aula_code load_keys(struct desk *desk,
                                const struct passphrase *passphrase,
                                bool with_transport, struct aula_error *err)
{
    enum aula_code code = keyring_load_signer(&desk->sign_secret, desk->folder,
                                              SIGN_FILE, KEYFILE_OFFICE_SIGN,
                                              passphrase, err);

    if (code != AULA_OK || !with_transport) {
        return code;
    }
    return keyring_load(&desk->transport_secret, desk->folder, TRANSPORT_FILE,
                        KEYFILE_OFFICE_TRANSPORT, passphrase, err);
}

/* Somebody may have put another office.txt there. The public key stands behind
 * the seed in libsodium's form of a secret key. */
static enum aula_code compare_keys(const struct desk *desk,
                                   struct aula_error *err)
{
    uint8_t transport[SEAL_PUBLIC_BYTES];
    bool is_same = memcmp(desk->sign_secret + SIGN_SEED_BYTES, desk->known.sign,
                          SIGN_PUBLIC_BYTES) == 0;

    if (is_same && desk->transport_secret != NULL) {
        seal_public_key(transport, desk->transport_secret);
        is_same = memcmp(transport, desk->known.transport, sizeof transport) ==
                  0;
    }
    return is_same ? AULA_OK
                   : aula_fail(err, AULA_SOURCE,
                               "%.80s/" PUBLIC_FILE
                               ": not the keys of the key files",
                               desk->folder);
}

enum aula_code desk_open(struct desk **desk, const char *folder,
                         const struct passphrase *passphrase,
                         bool with_transport, struct aula_error *err)
{
    struct desk *made = calloc(1, sizeof *made);
    enum aula_code code;

    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    code = desk_read(&made->known, folder, err);
    if (code == AULA_OK) {
        /* desk_read has found it to be shorter than PLACE_BYTES. */
        (void)snprintf(made->folder, sizeof made->folder, "%s", folder);
        code = load_keys(made, passphrase, with_transport, err);
    }
    if (code == AULA_OK) {
        code = compare_keys(made, err);
    }
    if (code != AULA_OK) {
        desk_close(made);
        return code;
    }
    *desk = made;
    return AULA_OK;
}

void desk_close(struct desk *desk)
{
    if (desk != NULL) {
        sodium_free(desk->sign_secret);
        sodium_free(desk->transport_secret);
        free(desk);
    }
}
