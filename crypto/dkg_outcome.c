/* SPDX-License-Identifier: Apache-2.0 */
/* What the ceremony makes (PROTOCOL.md 3.3): the election key, the public and
 * the secret shares, and the trustees' word for it; see dkg.h.
 *
 * X_j = sum_i sum_k j^k A_ik needs N N T terms as written. Here the commitments
 * are added up first, B_k = sum_i A_ik, and X_j = sum_k j^k B_k: for 32
 * trustees a thousand decodings and a few thousand additions.
 */
#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "dkg_steps.h"

/* B_k for all k. */
static enum aula_code add_commitments(struct curve_point *sums,
                                      const struct dkg_set *set)
{
    struct curve_point point;

    for (size_t k = 0; k < set->params.threshold; k++) {
        curve_set_identity(&sums[k]);
        for (size_t i = 0; i < set->params.count; i++) {
            enum aula_code code = curve_decode(&point,
                                               set->members[i].commitments +
                                                   k * GROUP_POINT_BYTES);

            if (code != AULA_OK) {
                return code; /* never: round 1 checked it */
            }
            curve_add(&sums[k], &sums[k], &point);
        }
    }
    return AULA_OK;
}

enum aula_code dkg_outcome_find(struct dkg_outcome *outcome,
                                const struct dkg_set *set,
                                struct aula_error *err)
{
    struct curve_point sums[DKG_TRUSTEES_MAX];
    struct dkg_outcome found = {0};
    struct curve_point share;
    enum aula_code code = add_commitments(sums, set);

    if (code != AULA_OK) {
        return aula_fail(err, code, "commitments: %s", aula_code_name(code));
    }
    curve_encode(found.key, &sums[0]);
    if (sodium_is_zero(found.key, sizeof found.key)) {
        return aula_fail(err, AULA_DKG_KEY, "the election key is zero");
    }
    for (uint8_t j = 1; j <= set->params.count; j++) {
        uint8_t *encoded = found.shares[j - 1];

        dkg_evaluate(&share, sums, set->params.threshold, j);
        curve_encode(encoded, &share);
        if (sodium_is_zero(encoded, GROUP_POINT_BYTES)) {
            return aula_fail(err, AULA_DKG_KEY, "share of trustee %u is zero",
                             j);
        }
    }
    *outcome = found;
    return AULA_OK;
}

enum aula_code dkg_secret_share(uint8_t x[static GROUP_SCALAR_BYTES],
                                const struct dkg_set *set,
                                const struct dkg_outcome *outcome, uint8_t own,
                                const uint8_t (*dealt)[GROUP_SCALAR_BYTES],
                                struct aula_error *err)
{
    uint8_t public_share[GROUP_POINT_BYTES];
    uint8_t *sum;
    enum aula_code code = AULA_OK;

    assert(own >= 1 && own <= set->params.count);
    sum = sodium_malloc(GROUP_SCALAR_BYTES);
    if (sum == NULL) {
        return aula_fail(err, AULA_MEMORY, "share: no locked memory");
    }
    memset(sum, 0, GROUP_SCALAR_BYTES);
    for (size_t i = 0; i < set->params.count; i++) {
        crypto_core_ristretto255_scalar_add(sum, sum, dealt[i]);
    }
    group_mul_base(public_share, sum);
    if (memcmp(public_share, outcome->shares[own - 1], sizeof public_share) !=
        0) {
        code = aula_fail(err, AULA_DKG_SHARE,
                         "share of trustee %u is not the public one", own);
        goto out;
    }
    memcpy(x, sum, GROUP_SCALAR_BYTES);
out:
    sodium_free(sum);
    return code;
}

/* The fields of SIGN(j, "sig-confirm", cid, tr1, tr2, K, X_1 || .. || X_N). */
static void start_confirmation(struct hash *h, const struct dkg_set *set,
                               const struct dkg_outcome *outcome,
                               const uint8_t *transcript2)
{
    hash_start(h, HASH_WIDE_BYTES, "sig-confirm");
    hash_field(h, set->params.cid, sizeof set->params.cid);
    hash_field(h, set->transcript, sizeof set->transcript);
    hash_field(h, transcript2, DKG_TRANSCRIPT_BYTES);
    hash_field(h, outcome->key, sizeof outcome->key);
    hash_field(h, outcome->shares,
               (size_t)set->params.count * GROUP_POINT_BYTES);
}

void dkg_confirm_make(uint8_t confirmation[static SIGN_BYTES],
                      const struct dkg_set *set,
                      const struct dkg_outcome *outcome,
                      const uint8_t transcript2[static DKG_TRANSCRIPT_BYTES],
                      const uint8_t secret[static SIGN_SECRET_BYTES])
{
    struct hash h;

    start_confirmation(&h, set, outcome, transcript2);
    sign_end(&h, confirmation, secret);
}

enum aula_code
dkg_confirm_check(const struct dkg_set *set, const struct dkg_outcome *outcome,
                  const uint8_t transcript2[static DKG_TRANSCRIPT_BYTES],
                  uint8_t index, const uint8_t confirmation[static SIGN_BYTES],
                  struct aula_error *err)
{
    struct hash h;

    assert(index >= 1 && index <= set->params.count);
    start_confirmation(&h, set, outcome, transcript2);
    if (sign_check(&h, confirmation, set->members[index - 1].sign_public) !=
        AULA_OK) {
        return aula_fail(err, AULA_PKG_CONFIRM,
                         "confirmation of trustee %u does not hold", index);
    }
    return AULA_OK;
}
