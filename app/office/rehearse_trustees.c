/* SPDX-License-Identifier: Apache-2.0 */
/* See rehearse_trustees.h. The steps are those of dkg.h; here the secrets stay
 * in memory from the first to the last, and each key file is made once. */
#include "rehearse_trustees.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "file.h"
#include "journal.h"
#include "keyring.h"
#include "seal.h"
#include "trustee_parts.h"

/* What one trustee knows. */
struct member {
    uint8_t sign_seed[SIGN_SEED_BYTES];
    uint8_t sign[SIGN_SECRET_BYTES];
    uint8_t transport[SEAL_SECRET_BYTES];
    uint8_t seed[DKG_SEED_BYTES];
    uint8_t dealt[REHEARSE_TRUSTEES][GROUP_SCALAR_BYTES];
    uint8_t share[GROUP_SCALAR_BYTES];
};

struct stage {
    struct ceremony *ceremony;
    struct trustee *trustees[REHEARSE_TRUSTEES];
    struct member *members; /* in sodium_malloc memory */
    const struct passphrase *passphrase;
};

typedef enum aula_code stage_step(struct stage *stage, uint8_t index,
                                  struct aula_error *err);

static enum aula_code each(struct stage *stage, stage_step *step,
                           struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    for (uint8_t i = 1; i <= REHEARSE_TRUSTEES && code == AULA_OK; i++) {
        code = step(stage, i, err);
    }
    return code;
}

static enum aula_code make_round1(struct stage *stage, uint8_t index,
                                  struct aula_error *err)
{
    struct member *own = &stage->members[index - 1];
    uint8_t file[DKG_ROUND1_MAX_BYTES];
    uint8_t sign_public[SIGN_PUBLIC_BYTES];
    uint8_t transport_public[SEAL_PUBLIC_BYTES];
    char name[DKG_NAME_MAX_BYTES];
    size_t name_size = (size_t)snprintf(name, sizeof name, "Trustee %u", index);
    enum aula_code code;

    randombytes_buf(own->sign_seed, sizeof own->sign_seed);
    sign_key_pair(sign_public, own->sign, own->sign_seed);
    seal_key_pair(transport_public, own->transport);
    randombytes_buf(own->seed, sizeof own->seed);
    code = dkg_round1_make(file, &stage->ceremony->params, index,
                           (const uint8_t *)name, name_size, own->sign,
                           transport_public, own->seed, err);
    if (code != AULA_OK) {
        return code;
    }
    stage->trustees[index - 1]->index = index;
    return trustee_finish_step(stage->trustees[index - 1], stage->ceremony,
                               CEREMONY_ROUND1, file,
                               DKG_ROUND1_BYTES(name_size, REHEARSE_THRESHOLD),
                               err);
}

static enum aula_code make_round2(struct stage *stage, uint8_t index,
                                  struct aula_error *err)
{
    const struct member *own = &stage->members[index - 1];
    uint8_t file[DKG_ROUND2_BYTES(REHEARSE_TRUSTEES)];
    enum aula_code code = dkg_round2_make(file, &stage->ceremony->set, index,
                                          own->sign, own->seed, err);

    return code != AULA_OK
               ? code
               : trustee_finish_step(stage->trustees[index - 1],
                                     stage->ceremony, CEREMONY_ROUND2, file,
                                     sizeof file, err);
}

/* What `from` dealt to trustee `own`. */
static enum aula_code open_share(struct stage *stage, uint8_t own, uint8_t from,
                                 struct aula_error *err)
{
    const struct ceremony_file *file =
        &stage->ceremony->files[CEREMONY_ROUND2][from - 1];
    struct member *member = &stage->members[own - 1];

    if (from == own) {
        return dkg_dealt_share(member->dealt[own - 1], &stage->ceremony->params,
                               own, own, member->seed, err);
    }
    return dkg_round2_open(NULL, member->dealt[from - 1], &stage->ceremony->set,
                           own, member->transport, 0, file->bytes, file->size,
                           err);
}

static enum aula_code confirm(struct stage *stage, uint8_t index,
                              struct aula_error *err)
{
    struct ceremony *ceremony = stage->ceremony;
    struct member *own = &stage->members[index - 1];
    uint8_t confirmation[SIGN_BYTES];
    enum aula_code code = AULA_OK;

    for (uint8_t from = 1; from <= REHEARSE_TRUSTEES && code == AULA_OK;
         from++) {
        code = open_share(stage, index, from, err);
    }
    if (code == AULA_OK) {
        code =
            dkg_secret_share(own->share, &ceremony->set, &ceremony->outcome,
                             index,
                             (const uint8_t(*)[GROUP_SCALAR_BYTES])own->dealt,
                             err);
    }
    if (code != AULA_OK) {
        return code;
    }
    dkg_confirm_make(confirmation, &ceremony->set, &ceremony->outcome,
                     ceremony->transcript2, own->sign);
    return trustee_finish_step(stage->trustees[index - 1], ceremony,
                               CEREMONY_CONFIRM, confirmation,
                               sizeof confirmation, err);
}

/* Keys, share and journal; the ceremony seed has done its work. */
static enum aula_code save(struct stage *stage, uint8_t index,
                           struct aula_error *err)
{
    const struct member *own = &stage->members[index - 1];
    const char *folder = stage->trustees[index - 1]->folder;
    enum aula_code code = keyring_save(folder, TRUSTEE_SIGN,
                                       KEYFILE_TRUSTEE_SIGN, stage->passphrase,
                                       own->sign_seed, err);

    if (code == AULA_OK) {
        code = keyring_save(folder, TRUSTEE_TRANSPORT,
                            KEYFILE_TRUSTEE_TRANSPORT, stage->passphrase,
                            own->transport, err);
    }
    if (code == AULA_OK) {
        code = keyring_save(folder, TRUSTEE_SHARE, KEYFILE_TRUSTEE_SHARE,
                            stage->passphrase, own->share, err);
    }
    return code != AULA_OK
               ? code
               : journal_make(folder, stage->ceremony->outcome.key, err);
}

static enum aula_code open_folder(struct stage *stage, const char *folder,
                                  uint8_t index, struct aula_error *err)
{
    char name[4];
    char path[PLACE_BYTES];
    enum aula_code code;

    (void)snprintf(name, sizeof name, "%u", index);
    code = place_in(path, folder, name, err);
    if (code == AULA_OK) {
        code = file_make_folder(path, true, err);
    }
    if (code == AULA_OK) {
        code = trustee_open(&stage->trustees[index - 1], stage->ceremony, path,
                            err);
    }
    if (code == AULA_OK &&
        trustee_did(stage->trustees[index - 1], CEREMONY_ROUND1)) {
        code = aula_fail(err, AULA_STATE, "%s: a trustee is there already",
                         path);
    }
    return code;
}

static enum aula_code prepare(struct stage *stage, const char *shared,
                              const char *folder, struct aula_error *err)
{
    enum aula_code code = ceremony_make(shared, REHEARSE_TRUSTEES,
                                        REHEARSE_THRESHOLD, err);

    if (code == AULA_OK) {
        code = ceremony_open(&stage->ceremony, shared, err);
    }
    if (code == AULA_OK) {
        code = file_make_folder(folder, true, err);
    }
    for (uint8_t i = 1; i <= REHEARSE_TRUSTEES && code == AULA_OK; i++) {
        code = open_folder(stage, folder, i, err);
    }
    return code;
}

static enum aula_code go_through(struct stage *stage, struct aula_error *err)
{
    enum aula_code code = each(stage, make_round1, err);

    if (code == AULA_OK) {
        code = ceremony_read_round1(stage->ceremony, err);
    }
    if (code == AULA_OK) {
        code = each(stage, make_round2, err);
    }
    if (code == AULA_OK) {
        code = ceremony_read_round2(stage->ceremony, err);
    }
    if (code == AULA_OK) {
        code = ceremony_read_confirmations(stage->ceremony, err);
    }
    if (code == AULA_OK) {
        code = each(stage, confirm, err);
    }
    return code != AULA_OK ? code : each(stage, save, err);
}

enum aula_code rehearse_trustees(struct ceremony **ceremony, const char *shared,
                                 const char *folder,
                                 const struct passphrase *passphrase,
                                 struct aula_error *err)
{
    struct stage stage = {.passphrase = passphrase};
    struct ceremony *made = NULL;
    enum aula_code code = AULA_OK;

    stage.members = sodium_allocarray(REHEARSE_TRUSTEES, sizeof *stage.members);
    if (stage.members == NULL) {
        return aula_fail(err, AULA_MEMORY, "no locked memory");
    }
    code = prepare(&stage, shared, folder, err);
    if (code == AULA_OK) {
        code = go_through(&stage, err);
    }
    for (size_t i = 0; i < REHEARSE_TRUSTEES; i++) {
        trustee_close(stage.trustees[i]);
    }
    sodium_free(stage.members);
    ceremony_close(stage.ceremony);
    if (code == AULA_OK) {
        code = ceremony_open(&made, shared, err);
    }
    if (code == AULA_OK) {
        code = ceremony_finish(made, err);
    }
    if (code != AULA_OK) {
        ceremony_close(made);
        return code;
    }
    *ceremony = made;
    return AULA_OK;
}
