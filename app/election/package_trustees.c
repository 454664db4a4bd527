/* SPDX-License-Identifier: Apache-2.0 */
/* The trustees of a package: their ceremony checked again from its public files
 * (PROTOCOL.md 3.1, 3.3). Whoever opens a package needs to trust nobody that K
 * is the key of these trustees and no other.
 */
#include "package_parts.h"

#include <string.h>

#include "dkg.h"

static enum aula_code check_files(struct dkg_set *set,
                                  const struct package *package,
                                  const struct package_ceremony *ceremony,
                                  struct aula_error *err)
{
    struct dkg_round1 views[PACKAGE_TRUSTEES_MAX];
    struct dkg_params params = {.count = package->trustee_count,
                                .threshold = package->threshold};
    uint32_t used = 0;

    memcpy(params.cid, ceremony->cid, sizeof params.cid);
    for (size_t i = 0; i < package->trustee_count; i++) {
        enum aula_code code = dkg_round1_check(&views[i], &params, used,
                                               ceremony->round1[i],
                                               ceremony->round1_size[i], err);

        if (code != AULA_OK) {
            return code;
        }
        used |= UINT32_C(1) << (views[i].index - 1);
    }
    return dkg_set_check(set, &params, views, package->trustee_count, err);
}

static enum aula_code check_key(const struct package *package,
                                const struct dkg_outcome *outcome,
                                struct aula_error *err)
{
    if (memcmp(outcome->key, package->key, sizeof outcome->key) != 0) {
        return aula_fail(err, AULA_PKG_KEY_MISMATCH,
                         "package: K is not the key of its trustees");
    }
    return AULA_OK;
}

static enum aula_code check_confirmations(const struct package_ceremony *from,
                                          const struct dkg_set *set,
                                          const struct dkg_outcome *outcome,
                                          struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    for (uint8_t i = 0; i < set->params.count && code == AULA_OK; i++) {
        code = dkg_confirm_check(set, outcome, from->tr2, (uint8_t)(i + 1),
                                 from->confirmations[i], err);
    }
    return code;
}

static void keep(struct package *package, const struct dkg_set *set,
                 const struct dkg_outcome *outcome)
{
    for (size_t i = 0; i < set->params.count; i++) {
        const struct dkg_round1 *member = &set->members[i];

        memcpy(package->trustee_keys[i], member->sign_public,
               sizeof package->trustee_keys[i]);
        memcpy(package->shares[i], outcome->shares[i],
               sizeof package->shares[i]);
        package->trustee_names[i].text = (const char *)member->name;
        package->trustee_names[i].size = member->name_size;
    }
}

enum aula_code package_check_trustees(struct package *package,
                                      const struct package_ceremony *ceremony,
                                      struct aula_error *err)
{
    struct dkg_set set;
    struct dkg_outcome outcome;
    enum aula_code code = check_files(&set, package, ceremony, err);

    if (code == AULA_OK) {
        code = dkg_outcome_find(&outcome, &set, err);
    }
    if (code == AULA_OK) {
        code = check_key(package, &outcome, err);
    }
    if (code == AULA_OK) {
        code = check_confirmations(ceremony, &set, &outcome, err);
    }
    if (code == AULA_OK) {
        keep(package, &set, &outcome);
    }
    return code;
}
