/* SPDX-License-Identifier: Apache-2.0 */
/* See package_keys.h. */
#include "package_keys.h"

#include <stdlib.h>
#include <string.h>

static enum aula_code check_one(const struct desk_election *election,
                                const char *eid, enum package_mode mode,
                                bool may_replace, struct aula_error *err)
{
    if (!may_replace) {
        return aula_fail(err, AULA_STATE,
                         "the ceremony has its election, %s; another takes "
                         "another (office init --ceremony), or --replace while "
                         "no terminal has it",
                         eid);
    }
    if (election->package.mode != mode) {
        return aula_fail(err, AULA_STATE,
                         "%s of this ceremony is %s: a rehearsal takes a "
                         "ceremony of its own",
                         eid,
                         mode == PACKAGE_REHEARSAL ? "official"
                                                   : "a rehearsal");
    }
    return desk_election_unused(election, err);
}

/* Keep its name, where it has the key. */
static enum aula_code look_at(struct desk_elections *found, const char *office,
                              const struct desk_public *known, const char *eid,
                              const struct ceremony *ceremony,
                              enum package_mode mode, bool may_replace,
                              struct aula_error *err)
{
    struct desk_election *election = NULL;
    enum aula_code code = desk_election_open(&election, office, known, eid,
                                             err);

    if (election == NULL) {
        return code;
    }
    if (memcmp(election->package.key, ceremony->outcome.key,
               sizeof election->package.key) == 0) {
        code = check_one(election, eid, mode, may_replace, err);
        if (code == AULA_OK) {
            memcpy(found->eids[found->count], eid, DESK_EID_TEXT);
            found->count++;
        }
    }
    desk_election_close(election);
    return code;
}

enum aula_code package_keys_check(struct desk_elections *found,
                                  const char *office,
                                  const struct desk_public *known,
                                  const struct ceremony *ceremony,
                                  enum package_mode mode, bool may_replace,
                                  struct aula_error *err)
{
    struct desk_elections all;
    struct desk_elections some = {NULL, 0};
    enum aula_code code = desk_elections_list(&all, office, err);

    *found = some;
    if (code != AULA_OK) {
        return code;
    }
    some.eids = calloc(all.count + 1, sizeof *some.eids);
    if (some.eids == NULL) {
        free(all.eids);
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    for (size_t i = 0; code == AULA_OK && i < all.count; i++) {
        code = look_at(&some, office, known, all.eids[i], ceremony, mode,
                       may_replace, err);
    }
    if (code == AULA_OK) {
        *found = some;
    } else {
        free(some.eids);
    }
    free(all.eids);
    return code;
}

enum aula_code package_keys_retire(const struct desk_elections *found,
                                   const char *office,
                                   const struct desk_public *known,
                                   struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    for (size_t i = 0; code == AULA_OK && i < found->count; i++) {
        struct desk_election *election = NULL;

        code = desk_election_open(&election, office, known, found->eids[i],
                                  err);
        if (election != NULL) {
            code = desk_election_retire(election, err);
        }
        desk_election_close(election);
    }
    return code;
}
