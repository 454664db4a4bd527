/* SPDX-License-Identifier: Apache-2.0 */
/* See trustee.h: steps 1 and 2. Step 3 is trustee_accept.c. */
#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "file.h"
#include "keyring.h"
#include "seal.h"
#include "trustee_parts.h"

/* The secrets of step 1, in one piece of sodium_malloc memory. */
struct fresh {
    uint8_t sign_seed[SIGN_SEED_BYTES];
    uint8_t sign_secret[SIGN_SECRET_BYTES];
    uint8_t transport[SEAL_SECRET_BYTES];
    uint8_t seed[DKG_SEED_BYTES];
};

static enum aula_code save(const struct fresh *fresh, const char *folder,
                           const struct passphrase *passphrase,
                           struct aula_error *err)
{
    enum aula_code code = keyring_save(folder, TRUSTEE_SIGN,
                                       KEYFILE_TRUSTEE_SIGN, passphrase,
                                       fresh->sign_seed, err);

    if (code == AULA_OK) {
        code = keyring_save(folder, TRUSTEE_TRANSPORT,
                            KEYFILE_TRUSTEE_TRANSPORT, passphrase,
                            fresh->transport, err);
    }
    if (code == AULA_OK) {
        code = keyring_save(folder, TRUSTEE_SEED, KEYFILE_TRUSTEE_CEREMONY,
                            passphrase, fresh->seed, err);
    }
    return code;
}

/* The file is made first: a name that is refused leaves no key behind. */
static enum aula_code make_new(struct trustee *trustee, struct fresh *fresh,
                               const struct ceremony *ceremony, uint8_t index,
                               const char *name,
                               const struct passphrase *passphrase,
                               struct aula_error *err)
{
    uint8_t file[DKG_ROUND1_MAX_BYTES];
    uint8_t sign_public[SIGN_PUBLIC_BYTES];
    uint8_t transport_public[SEAL_PUBLIC_BYTES];
    size_t name_size = strlen(name);
    enum aula_code code;

    randombytes_buf(fresh->sign_seed, sizeof fresh->sign_seed);
    sign_key_pair(sign_public, fresh->sign_secret, fresh->sign_seed);
    seal_key_pair(transport_public, fresh->transport);
    randombytes_buf(fresh->seed, sizeof fresh->seed);
    code = dkg_round1_make(file, &ceremony->params, index,
                           (const uint8_t *)name, name_size, fresh->sign_secret,
                           transport_public, fresh->seed, err);
    if (code == AULA_OK) {
        code = file_make_folder(trustee->folder, true, err);
    }
    if (code == AULA_OK) {
        code = save(fresh, trustee->folder, passphrase, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    trustee->index = index;
    return trustee_finish_step(trustee, ceremony, CEREMONY_ROUND1, file,
                               DKG_ROUND1_BYTES(name_size,
                                                ceremony->params.threshold),
                               err);
}

enum aula_code trustee_new(struct trustee *trustee,
                           const struct ceremony *ceremony, uint8_t index,
                           const char *name,
                           const struct passphrase *passphrase,
                           struct aula_error *err)
{
    struct fresh *fresh = NULL;
    enum aula_code code;

    assert(!trustee_did(trustee, CEREMONY_ROUND1));
    fresh = sodium_malloc(sizeof *fresh);
    if (fresh == NULL) {
        return aula_fail(err, AULA_MEMORY, "no locked memory");
    }
    code = make_new(trustee, fresh, ceremony, index, name, passphrase, err);
    sodium_free(fresh);
    return code;
}

/* The round 1 file follows from its keys: made again it is the same, unless
 * they come from another run or an old copy. Dealing with them would accuse the
 * trustee before all the others. */
static enum aula_code check_keys(const struct trustee *trustee,
                                 const struct ceremony *ceremony,
                                 const uint8_t *secret, const uint8_t *seed,
                                 struct aula_error *err)
{
    const struct ceremony_file *done = &trustee->done[CEREMONY_ROUND1];
    const struct dkg_round1 *view = &ceremony->views[trustee->index - 1];
    uint8_t file[DKG_ROUND1_MAX_BYTES];
    enum aula_code code =
        dkg_round1_make(file, &ceremony->params, trustee->index, view->name,
                        view->name_size, secret, view->transport, seed, err);

    if (code == AULA_OK && memcmp(file, done->bytes, done->size) != 0) {
        code = aula_fail(err, AULA_STATE,
                         "%.120s: the keys are not those of round1.bin",
                         trustee->folder);
    }
    return code;
}

enum aula_code trustee_deal(struct trustee *trustee,
                            const struct ceremony *ceremony,
                            const struct passphrase *passphrase,
                            struct aula_error *err)
{
    uint8_t file[DKG_ROUND2_MAX_BYTES];
    uint8_t *secret = NULL;
    uint8_t *seed = NULL;
    enum aula_code code;

    assert(trustee_did(trustee, CEREMONY_ROUND1) &&
           !trustee_did(trustee, CEREMONY_ROUND2) &&
           ceremony_is_complete(ceremony, CEREMONY_ROUND1));
    code = keyring_load_signer(&secret, trustee->folder, TRUSTEE_SIGN,
                               KEYFILE_TRUSTEE_SIGN, passphrase, err);
    if (code == AULA_OK) {
        code = keyring_load(&seed, trustee->folder, TRUSTEE_SEED,
                            KEYFILE_TRUSTEE_CEREMONY, passphrase, err);
    }
    if (code == AULA_OK) {
        code = check_keys(trustee, ceremony, secret, seed, err);
    }
    if (code == AULA_OK) {
        code = dkg_round2_make(file, &ceremony->set, trustee->index, secret,
                               seed, err);
    }
    if (code == AULA_OK) {
        code = trustee_finish_step(trustee, ceremony, CEREMONY_ROUND2, file,
                                   DKG_ROUND2_BYTES(ceremony->params.count),
                                   err);
    }
    sodium_free(seed);
    sodium_free(secret);
    return code;
}
