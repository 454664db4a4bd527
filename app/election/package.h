/* SPDX-License-Identifier: Apache-2.0 */
/* The election package (PROTOCOL.md section 4): what cryptography needs to know
 * of an election, signed by the office.
 *
 * package_open checks every byte that section 4 speaks of, in its order, and
 * gives views: texts point into the caller's bytes, which must stay as they are
 * until package_close. A package that opened is trusted from then on: keys are
 * checked points, contests obey the table of section 4, and their rules can be
 * handed to plaintext.h and ballot.h as they are.
 *
 * What people see of an election is not here but in the content, which the
 * package fixes by its hash.
 */
#ifndef AULA_PACKAGE_H
#define AULA_PACKAGE_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "group.h"
#include "hash.h"
#include "plaintext.h"
#include "sign.h"
#include "tag.h"

enum {
    PACKAGE_BYTES_MAX = 8 * 1024 * 1024,
    PACKAGE_ID_BYTES = 16,
    PACKAGE_TRUSTEES_MAX = 32,
    PACKAGE_CONTESTS_MAX = 1000
};

enum package_one_per { PACKAGE_ONE_PER_ELECTION = 0, PACKAGE_ONE_PER_CONTEST };
enum package_mode { PACKAGE_OFFICIAL = 0, PACKAGE_REHEARSAL = 1 };

/* Checked text (section 2.2) in the caller's bytes, without a NUL at its end.
 */
struct package_text {
    const char *text;
    size_t size; /* bytes */
};

struct package_contest {
    struct package_text name;
    struct plaintext_rule rule;       /* with the costs of all proposals */
    const struct package_text *ids;   /* rule.n of them, all different */
    const struct package_text *names; /* likewise */
};

struct package {
    uint8_t hash[HASH_BYTES]; /* PH; its first PACKAGE_ID_BYTES are eid */
    uint8_t office_key[SIGN_PUBLIC_BYTES];
    uint8_t office_transport[32];
    uint64_t opens;  /* unix seconds */
    uint64_t closes; /* later than opens */
    enum tag_scheme id_scheme;
    enum tag_stretch tag_stretch;
    enum package_one_per one_per;
    enum package_mode mode;
    uint16_t min_anon;
    uint8_t tag_key_check[HASH_BYTES];
    uint8_t content_hash[HASH_BYTES];
    struct package_text title;

    uint8_t trustee_count;          /* N */
    uint8_t threshold;              /* T */
    uint8_t key[GROUP_POINT_BYTES]; /* K */
    uint8_t trustee_keys[PACKAGE_TRUSTEES_MAX][SIGN_PUBLIC_BYTES];
    uint8_t shares[PACKAGE_TRUSTEES_MAX][GROUP_POINT_BYTES]; /* X_j */
    struct package_text trustee_names[PACKAGE_TRUSTEES_MAX];

    uint16_t contest_count;
    struct package_contest *contests;

    /* What contests point to: one place for each proposal of the package. */
    struct package_text *texts;
    uint64_t *costs;
};

/** Check a whole package and read it.
 *
 *  Returns: AULA_OK, or the first failed check of section 4: AULA_TOO_LARGE,
 *           AULA_TRUNCATED, AULA_BAD_MAGIC, AULA_BAD_VERSION, AULA_BAD_FIELD,
 *           AULA_DKG_PARAMS, AULA_PKG_CONTEST, AULA_TRAILING_BYTES,
 *           AULA_PKG_OFFICE_KEY, AULA_SIG_INVALID; of a trustee's file
 *           anything that section 3.1 names; AULA_PKG_KEY_MISMATCH,
 *           AULA_PKG_CONFIRM
 *           AULA_MEMORY  no memory
 *  Out:     package     all zero on failure
 *  In:      office_key  the office's key as the caller knows it
 *           bytes       `size` bytes from outside
 *  Owner:   package_close frees what the package holds; `bytes` stay the
 *           caller's, and the package points into them
 */
AULA_MUST_CHECK enum aula_code
package_open(struct package *package,
             const uint8_t office_key[static SIGN_PUBLIC_BYTES],
             const uint8_t *bytes, size_t size, struct aula_error *err);

/** Free what package_open made. Accepts NULL and a package that is all zero. */
void package_close(struct package *package);

#endif
