/* SPDX-License-Identifier: Apache-2.0 */
/* Putting an election package together (PROTOCOL.md section 4): the office's
 * side of package.h.
 *
 * The rules of a package stand in one place, package_open: what was put
 * together is opened as any terminal would, and is handed out only when it
 * passes. So nothing that a terminal refuses ever leaves package_write, and its
 * refusals have the names that a terminal would give them.
 */
#ifndef AULA_PACKAGE_WRITE_H
#define AULA_PACKAGE_WRITE_H

#include "dkg.h"
#include "package.h"

enum { PACKAGE_NONCE_BYTES = 16 };

/* All fields of section 4 but those that follow from others: the office's key
 * from its secret; N, T, cid and K from the trustees' files. */
struct package_draft {
    uint8_t office_transport[32];
    uint8_t nonce[PACKAGE_NONCE_BYTES]; /* fresh and random */
    uint64_t opens;                     /* unix seconds */
    uint64_t closes;
    enum tag_scheme id_scheme;
    enum tag_stretch tag_stretch;
    enum package_one_per one_per;
    enum package_mode mode;
    uint16_t min_anon;
    uint8_t tag_key_check[HASH_BYTES]; /* tag_key_check() of tag.h */
    uint8_t content_hash[HASH_BYTES];  /* manifest_hash() of manifest.h */
    struct package_text title;
    const struct dkg_set *trustees; /* their round 1 files, checked */
    const uint8_t *transcript2;     /* tr2, DKG_TRANSCRIPT_BYTES */
    const uint8_t (*confirmations)[SIGN_BYTES]; /* N, in index order */
    const struct package_contest *contests;     /* ids, names, costs: n each */
    size_t contest_count;
};

/** Put a package together and sign it.
 *
 *  Returns: AULA_OK         package_open accepts it
 *           AULA_TOO_LARGE  above PACKAGE_BYTES_MAX
 *           AULA_BAD_FIELD, AULA_DKG_PARAMS, AULA_DKG_KEY, AULA_PKG_CONTEST,
 *           AULA_PKG_CONFIRM  as package_open says of such a package
 *           AULA_MEMORY     no memory
 *  Out:     bytes   `*size` bytes; NULL and 0 on failure
 *  In:      office  signing key of the office, secret
 *  Owner:   the caller frees `*bytes`; nothing else is kept
 */
AULA_MUST_CHECK enum aula_code
package_write(uint8_t **bytes, size_t *size, const struct package_draft *draft,
              const uint8_t office[static SIGN_SECRET_BYTES],
              struct aula_error *err);

#endif
