/* SPDX-License-Identifier: Apache-2.0 */
/* See desk_ruled.h. */
#include "desk_ruled.h"

#include <stdlib.h>

#include "blame.h"
#include "desk_election_parts.h"

static enum aula_code read_rulings(struct desk_ruled *ruled,
                                   const struct desk_election *election,
                                   struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code =
        desk_election_read(&ruled->rulings_bytes, &ruled->rulings_size, path,
                           election, DESK_RULINGS, RULINGS_BYTES_MAX, err);

    if (code != AULA_OK || ruled->rulings_bytes == NULL) {
        return code;
    }
    code = rulings_check(&ruled->rulings, &election->package,
                         ruled->rulings_bytes, ruled->rulings_size, err);
    return blame_file(err, code, path);
}

static enum aula_code read_elsewhere(struct desk_ruled *ruled,
                                     const struct desk_election *election,
                                     struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code = desk_election_read(&ruled->elsewhere_bytes,
                                             &ruled->elsewhere_size, path,
                                             election, DESK_ELSEWHERE,
                                             ELSEWHERE_BYTES_MAX, err);

    if (code != AULA_OK || ruled->elsewhere_bytes == NULL) {
        return code;
    }
    code = elsewhere_check(&ruled->elsewhere, &election->package,
                           ruled->elsewhere_bytes, ruled->elsewhere_size, err);
    return blame_file(err, code, path);
}

enum aula_code desk_ruled_read(struct desk_ruled *ruled,
                               const struct desk_election *election,
                               struct aula_error *err)
{
    enum aula_code code;

    *ruled = (struct desk_ruled){.rulings_bytes = NULL};
    code = read_rulings(ruled, election, err);
    if (code == AULA_OK) {
        code = read_elsewhere(ruled, election, err);
    }
    if (code != AULA_OK) {
        desk_ruled_close(ruled);
    }
    return code;
}

void desk_ruled_close(struct desk_ruled *ruled)
{
    rulings_close(&ruled->rulings);
    free(ruled->rulings_bytes);
    free(ruled->elsewhere_bytes);
    *ruled = (struct desk_ruled){.rulings_bytes = NULL};
}
