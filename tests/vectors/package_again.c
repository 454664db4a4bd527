/* SPDX-License-Identifier: Apache-2.0 */
/* See package_again.h. The files of the trustees are no fields that a package
 * is read into, nor is the nonce: they are found in the bytes, which were
 * checked before. */
#include "package_again.h"

#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "package_write.h"

enum { AT_NONCE = 69, AT_TITLE = 171 };

/* The ceremony as the bytes of a package have it. */
struct found {
    struct dkg_set set;
    const uint8_t *transcript2;
    uint8_t confirmations[DKG_TRUSTEES_MAX][SIGN_BYTES];
};

static enum aula_code read_round1(struct found *found,
                                  const struct dkg_params *params,
                                  struct bytes_reader *reader)
{
    struct dkg_round1 views[DKG_TRUSTEES_MAX];

    for (uint8_t i = 0; i < params->count; i++) {
        size_t size = get_le16(bytes_take(reader, 2));
        enum aula_code code =
            dkg_round1_check(&views[i], params, (UINT32_C(1) << i) - 1,
                             bytes_take(reader, size), size, NULL);

        if (code != AULA_OK) {
            return code;
        }
    }
    return dkg_set_check(&found->set, params, views, params->count, NULL);
}

static enum aula_code find_ceremony(struct found *found,
                                    const struct package *package,
                                    struct span file)
{
    struct bytes_reader reader = {file.bytes, file.size};
    struct dkg_params params = {.count = package->trustee_count,
                                .threshold = package->threshold};
    enum aula_code code;

    (void)bytes_take(&reader, AT_TITLE + 2 + package->title.size + 2);
    memcpy(params.cid, bytes_take(&reader, sizeof params.cid),
           sizeof params.cid);
    found->transcript2 = bytes_take(&reader, DKG_TRANSCRIPT_BYTES);
    (void)bytes_take(&reader, GROUP_POINT_BYTES);
    code = read_round1(found, &params, &reader);
    for (size_t i = 0; i < params.count && code == AULA_OK; i++) {
        memcpy(found->confirmations[i], bytes_take(&reader, SIGN_BYTES),
               SIGN_BYTES);
    }
    return code;
}

static void draft_package(struct package_draft *draft,
                          const struct package *package,
                          const struct found *found, struct span file)
{
    *draft = (struct package_draft){
        .opens = package->opens,
        .closes = package->closes,
        .id_scheme = package->id_scheme,
        .tag_stretch = package->tag_stretch,
        .one_per = package->one_per,
        .mode = package->mode,
        .min_anon = package->min_anon,
        .title = package->title,
        .trustees = &found->set,
        .transcript2 = found->transcript2,
        .confirmations = (const uint8_t(*)[SIGN_BYTES])found->confirmations,
        .contests = package->contests,
        .contest_count = package->contest_count};
    memcpy(draft->office_transport, package->office_transport,
           sizeof draft->office_transport);
    memcpy(draft->nonce, file.bytes + AT_NONCE, sizeof draft->nonce);
    memcpy(draft->tag_key_check, package->tag_key_check,
           sizeof draft->tag_key_check);
    memcpy(draft->content_hash, package->content_hash,
           sizeof draft->content_hash);
}

void package_again(struct trial *trial, const struct package *package,
                   struct span file,
                   const uint8_t office[static SIGN_SECRET_BYTES])
{
    struct found found;
    struct package_draft draft;
    uint8_t *made = NULL;
    size_t size = 0;

    trial_expect_code(trial, AULA_OK, find_ceremony(&found, package, file));
    if (trial_is_bad(trial)) {
        return;
    }
    draft_package(&draft, package, &found, file);
    trial_expect_code(trial, AULA_OK,
                      package_write(&made, &size, &draft, office, NULL));
    if (!trial_is_bad(trial)) {
        trial_expect_bytes(trial, "package written again", file.bytes,
                           file.size, made, size);
    }
    free(made);
}
