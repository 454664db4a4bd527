/* SPDX-License-Identifier: Apache-2.0 */
/* The round 1 files of a ceremony as a set (PROTOCOL.md 3.1): indices, keys
 * that nobody shares, and the transcript tr1; see dkg.h.
 */
#include <assert.h>
#include <string.h>

#include "dkg_steps.h"

static enum aula_code check_indices(const struct dkg_params *params,
                                    const struct dkg_round1 *views,
                                    size_t view_count, struct aula_error *err)
{
    if (view_count != params->count) {
        return aula_fail(err, AULA_DKG_INDEX,
                         "%zu round 1 files of %u trustees", view_count,
                         params->count);
    }
    for (size_t i = 0; i < view_count; i++) {
        if (views[i].index != i + 1) {
            return aula_fail(err, AULA_DKG_INDEX,
                             "round 1 file of trustee %u in place %zu",
                             views[i].index, i + 1);
        }
    }
    return AULA_OK;
}

/* Key n of the 2N: each trustee's transport key, then its signing key. */
static const uint8_t *key_at(const struct dkg_round1 *views, size_t n)
{
    const struct dkg_round1 *view = &views[n / 2];

    return n % 2 == 0 ? view->transport : view->sign_public;
}

static enum aula_code check_keys(const struct dkg_round1 *views, size_t count,
                                 struct aula_error *err)
{
    static_assert((int)DKG_TRANSPORT_BYTES == (int)SIGN_PUBLIC_BYTES,
                  "the two kinds of keys are compared with each other");

    for (size_t n = 1; n < 2 * count; n++) {
        for (size_t before = 0; before < n; before++) {
            if (memcmp(key_at(views, n), key_at(views, before),
                       SIGN_PUBLIC_BYTES) == 0) {
                return aula_fail(err, AULA_DKG_KEY_REUSE,
                                 "trustee %u uses a key of trustee %u again",
                                 views[n / 2].index, views[before / 2].index);
            }
        }
    }
    return AULA_OK;
}

/* tr1 = H32("dkg-transcript", r1_1, .., r1_N). */
static void write_transcript(struct dkg_set *set)
{
    struct hash h;

    hash_start(&h, HASH_BYTES, "dkg-transcript");
    for (size_t i = 0; i < set->params.count; i++) {
        hash_field(&h, set->members[i].file, set->members[i].file_size);
    }
    hash_end(&h, set->transcript);
}

enum aula_code dkg_set_check(struct dkg_set *set,
                             const struct dkg_params *params,
                             const struct dkg_round1 *views, size_t view_count,
                             struct aula_error *err)
{
    enum aula_code code;

    if (!dkg_params_fit(params)) {
        return aula_fail(err, AULA_DKG_PARAMS, "not 1 <= T <= N <= %d: %u, %u",
                         DKG_TRUSTEES_MAX, params->threshold, params->count);
    }
    code = check_indices(params, views, view_count, err);
    if (code == AULA_OK) {
        code = check_keys(views, view_count, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    memset(set, 0, sizeof *set);
    set->params = *params;
    memcpy(set->members, views, view_count * sizeof *views);
    write_transcript(set);
    return AULA_OK;
}
