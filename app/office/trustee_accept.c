/* SPDX-License-Identifier: Apache-2.0 */
/* See trustee.h: step 3. Share and journal are written before the confirmation,
 * which is what the others build on; the seed goes last. */
#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "blame.h"
#include "file.h"
#include "journal.h"
#include "keyring.h"
#include "seal.h"
#include "trustee_parts.h"

/* The secrets of step 3, each in sodium_malloc memory. */
struct keys {
    uint8_t *sign;
    uint8_t *transport;
    uint8_t *seed;
    uint8_t (*dealt)[GROUP_SCALAR_BYTES]; /* N */
    uint8_t *share;
};

static enum aula_code load(struct keys *keys, const struct trustee *trustee,
                           uint8_t count, const struct passphrase *passphrase,
                           struct aula_error *err)
{
    enum aula_code code =
        keyring_load_signer(&keys->sign, trustee->folder, TRUSTEE_SIGN,
                            KEYFILE_TRUSTEE_SIGN, passphrase, err);

    if (code == AULA_OK) {
        code = keyring_load(&keys->transport, trustee->folder,
                            TRUSTEE_TRANSPORT, KEYFILE_TRUSTEE_TRANSPORT,
                            passphrase, err);
    }
    if (code == AULA_OK) {
        code = keyring_load(&keys->seed, trustee->folder, TRUSTEE_SEED,
                            KEYFILE_TRUSTEE_CEREMONY, passphrase, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    keys->dealt = sodium_allocarray(count, sizeof *keys->dealt);
    keys->share = sodium_malloc(GROUP_SCALAR_BYTES);
    return keys->dealt == NULL || keys->share == NULL
               ? aula_fail(err, AULA_MEMORY, "no locked memory")
               : AULA_OK;
}

static void forget(struct keys *keys)
{
    sodium_free(keys->share);
    sodium_free(keys->dealt);
    sodium_free(keys->seed);
    sodium_free(keys->transport);
    sodium_free(keys->sign);
}

/* Whoever opened shares with another key than the one in round 1 would accuse
 * everybody. */
static enum aula_code check_keys(const struct keys *keys,
                                 const struct trustee *trustee,
                                 const struct ceremony *ceremony,
                                 struct aula_error *err)
{
    const struct dkg_round1 *view = &ceremony->views[trustee->index - 1];
    uint8_t transport[SEAL_PUBLIC_BYTES];

    seal_public_key(transport, keys->transport);
    if (memcmp(transport, view->transport, sizeof transport) != 0 ||
        memcmp(keys->sign + SIGN_SEED_BYTES, view->sign_public,
               SIGN_PUBLIC_BYTES) != 0) {
        return aula_fail(err, AULA_STATE,
                         "%.120s: the keys are not those of round1.bin",
                         trustee->folder);
    }
    return AULA_OK;
}

/* A failure accuses trustee `from`; its file is named. */
static enum aula_code open_share(struct keys *keys,
                                 const struct ceremony *ceremony, uint8_t own,
                                 uint8_t from, struct aula_error *err)
{
    const struct ceremony_file *file =
        &ceremony->files[CEREMONY_ROUND2][from - 1];
    char path[PLACE_BYTES];
    enum aula_code code;

    if (from == own) {
        return dkg_dealt_share(keys->dealt[own - 1], &ceremony->params, own,
                               own, keys->seed, err);
    }
    code = ceremony_path(path, ceremony, CEREMONY_ROUND2, from, err);
    if (code != AULA_OK) {
        return code;
    }
    code = dkg_round2_open(NULL, keys->dealt[from - 1], &ceremony->set, own,
                           keys->transport, 0, file->bytes, file->size, err);
    return blame_file(err, code, path);
}

/* These say that the dealer cheated, or that the stick was tampered with. */
static bool is_accusation(enum aula_code code)
{
    return code == AULA_DKG_SEAL || code == AULA_SCALAR_INVALID ||
           code == AULA_DKG_SHARE;
}

static enum aula_code add_up(struct keys *keys, uint8_t *accused,
                             const struct ceremony *ceremony, uint8_t own,
                             struct aula_error *err)
{
    for (uint8_t from = 1; from <= ceremony->params.count; from++) {
        enum aula_code code = open_share(keys, ceremony, own, from, err);

        if (code != AULA_OK) {
            *accused = is_accusation(code) ? from : 0;
            return code;
        }
    }
    return dkg_secret_share(keys->share, &ceremony->set, &ceremony->outcome,
                            own,
                            (const uint8_t(*)[GROUP_SCALAR_BYTES])keys->dealt,
                            err);
}

static enum aula_code confirm(struct trustee *trustee, const struct keys *keys,
                              const struct ceremony *ceremony,
                              const struct passphrase *passphrase,
                              struct aula_error *err)
{
    uint8_t confirmation[SIGN_BYTES];
    enum aula_code code = keyring_save(trustee->folder, TRUSTEE_SHARE,
                                       KEYFILE_TRUSTEE_SHARE, passphrase,
                                       keys->share, err);

    if (code == AULA_OK) {
        code = journal_make(trustee->folder, ceremony->outcome.key, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    dkg_confirm_make(confirmation, &ceremony->set, &ceremony->outcome,
                     ceremony->transcript2, keys->sign);
    code = trustee_finish_step(trustee, ceremony, CEREMONY_CONFIRM,
                               confirmation, sizeof confirmation, err);
    return code != AULA_OK ? code : trustee_forget_seed(trustee, err);
}

enum aula_code trustee_accept(struct trustee *trustee, uint8_t *accused,
                              const struct ceremony *ceremony,
                              const struct passphrase *passphrase,
                              struct aula_error *err)
{
    struct keys keys = {NULL, NULL, NULL, NULL, NULL};
    enum aula_code code;

    *accused = 0;
    assert(trustee_did(trustee, CEREMONY_ROUND2) &&
           !trustee_did(trustee, CEREMONY_CONFIRM) &&
           ceremony_is_complete(ceremony, CEREMONY_ROUND2));
    code = load(&keys, trustee, ceremony->params.count, passphrase, err);
    if (code == AULA_OK) {
        code = check_keys(&keys, trustee, ceremony, err);
    }
    if (code == AULA_OK) {
        code = add_up(&keys, accused, ceremony, trustee->index, err);
    }
    if (code == AULA_OK) {
        code = confirm(trustee, &keys, ceremony, passphrase, err);
    }
    forget(&keys);
    return code;
}

enum aula_code trustee_forget_seed(const struct trustee *trustee,
                                   struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, trustee->folder, TRUSTEE_SEED, err);

    return code != AULA_OK ? code : file_remove(path, err);
}
