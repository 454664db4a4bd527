/* SPDX-License-Identifier: Apache-2.0 */
/* The list of those who voted elsewhere, made of the office's own lists of
 * identifiers (voter_list.h): online, on paper. An identifier becomes a tag at
 * once and is written nowhere. Who stands on several lists is one tag. */
#ifndef AULA_ELSEWHERE_LIST_H
#define AULA_ELSEWHERE_LIST_H

#include "elsewhere.h"
#include "voter_list.h"

struct elsewhere_list {
    uint8_t (*tags)[TAG_BYTES];
    size_t count;
    uint8_t *bytes; /* the signed file */
    size_t size;
};

/** Add the people of a list without faults (asserted), on all cores.
 *
 *  Returns: AULA_OK
 *           AULA_SOURCE     a line names a contest: who voted elsewhere has no
 *                           vote in any
 *           AULA_TOO_LARGE  more than ELSEWHERE_COUNT_MAX
 *           codes of voter_list_tags
 *  In:      tag_key  secret
 *  Owner:   elsewhere_list_close, whatever the result; begins all zero
 */
AULA_MUST_CHECK enum aula_code
elsewhere_list_add(struct elsewhere_list *made, const struct voter_list *list,
                   const struct package *package,
                   const uint8_t tag_key[static TAG_KEY_BYTES],
                   struct progress *progress, struct aula_error *err);

/** Sign what was added.
 *
 *  Returns: AULA_OK, AULA_SOURCE (nobody was added), AULA_MEMORY
 *  Out:     made    `bytes`; `count`: each tag once
 *  In:      office  signing key of the office, secret
 */
AULA_MUST_CHECK enum aula_code
elsewhere_list_sign(struct elsewhere_list *made, const struct package *package,
                    const uint8_t office[static SIGN_SECRET_BYTES],
                    struct aula_error *err);

void elsewhere_list_close(struct elsewhere_list *made);

#endif
