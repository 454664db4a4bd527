/* SPDX-License-Identifier: Apache-2.0 */
/* See trustee_seat.h. */
#include "trustee_seat.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "blame.h"
#include "dkg.h"
#include "file.h"
#include "keyring.h"
#include "trustee_parts.h"

#define ROUND1 "round1.bin"

/* Which ceremony it was stands in the file itself (dkg.h); whether that is the
 * ceremony of this package shows in the signing key. */
enum { AT_CID = 5, AT_COUNT = 37, AT_THRESHOLD = 38 };

static enum aula_code check_round1(struct dkg_round1 *view,
                                   const uint8_t *bytes, size_t size,
                                   struct aula_error *err)
{
    struct dkg_params params = {{0}, 1, 1};

    if (size >= DKG_ROUND1_HEAD_BYTES) {
        memcpy(params.cid, bytes + AT_CID, sizeof params.cid);
        params.count = bytes[AT_COUNT];
        params.threshold = bytes[AT_THRESHOLD];
    }
    return dkg_round1_check(view, &params, 0, bytes, size, err);
}

static enum aula_code find_index(struct trustee_seat *seat,
                                 const struct package *package,
                                 const uint8_t *sign_public,
                                 struct aula_error *err)
{
    for (uint8_t i = 0; i < package->trustee_count; i++) {
        if (memcmp(package->trustee_keys[i], sign_public, SIGN_PUBLIC_BYTES) ==
            0) {
            seat->index = (uint8_t)(i + 1);
            return AULA_OK;
        }
    }
    return aula_fail(err, AULA_STATE, "%.120s: no trustee of this election",
                     seat->folder);
}

enum aula_code trustee_seat_find(struct trustee_seat *seat, const char *folder,
                                 const struct package *package,
                                 struct aula_error *err)
{
    struct dkg_round1 view;
    char path[PLACE_BYTES];
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code;

    *seat = (struct trustee_seat){.index = 0};
    code = place_at(seat->folder, folder, err);
    if (code == AULA_OK) {
        code = place_in(path, folder, ROUND1, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    if (place_is_missing(folder, ROUND1)) {
        return aula_fail(err, AULA_STATE, "%.120s: no trustee here", folder);
    }
    code = file_read(&bytes, &size, path, DKG_ROUND1_MAX_BYTES, err);
    if (bytes == NULL) {
        return code;
    }
    code = blame_file(err, check_round1(&view, bytes, size, err), path);
    if (code == AULA_OK) {
        code = find_index(seat, package, view.sign_public, err);
    }
    free(bytes);
    return code;
}

/* A decryption with another share would accuse its own trustee. */
static enum aula_code check_keys(const struct trustee_seat *seat,
                                 const struct package *package,
                                 struct aula_error *err)
{
    uint8_t point[GROUP_POINT_BYTES];

    if (memcmp(seat->sign_secret + SIGN_SEED_BYTES,
               package->trustee_keys[seat->index - 1],
               SIGN_PUBLIC_BYTES) != 0) {
        return aula_fail(err, AULA_STATE,
                         "%.120s/" TRUSTEE_SIGN ": not the key of round1.bin",
                         seat->folder);
    }
    if (seat->share == NULL) {
        return AULA_OK;
    }
    group_mul_base(point, seat->share);
    if (memcmp(point, package->shares[seat->index - 1], sizeof point) != 0) {
        return aula_fail(err, AULA_STATE,
                         "%.120s/" TRUSTEE_SHARE
                         ": not the share of this election",
                         seat->folder);
    }
    return AULA_OK;
}

enum aula_code trustee_seat_unlock(struct trustee_seat *seat,
                                   const struct package *package,
                                   const struct passphrase *passphrase,
                                   bool with_share, struct aula_error *err)
{
    enum aula_code code;

    assert(seat->index >= 1 && seat->index <= package->trustee_count);
    code = keyring_load_signer(&seat->sign_secret, seat->folder, TRUSTEE_SIGN,
                               KEYFILE_TRUSTEE_SIGN, passphrase, err);
    if (code == AULA_OK && with_share) {
        code = keyring_load(&seat->share, seat->folder, TRUSTEE_SHARE,
                            KEYFILE_TRUSTEE_SHARE, passphrase, err);
    }
    return code == AULA_OK ? check_keys(seat, package, err) : code;
}

void trustee_seat_leave(struct trustee_seat *seat)
{
    sodium_free(seat->share);
    sodium_free(seat->sign_secret);
    *seat = (struct trustee_seat){.index = 0};
}
