/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of package.h share. Not for use outside of them. */
#ifndef AULA_PACKAGE_PARTS_H
#define AULA_PACKAGE_PARTS_H

#include "bytes.h"
#include "package.h"

/* The ceremony as it stands in a package, between reading and checking. */
struct package_ceremony {
    const uint8_t *cid; /* 32 bytes */
    const uint8_t *tr2; /* 32 bytes */
    const uint8_t *round1[PACKAGE_TRUSTEES_MAX];
    size_t round1_size[PACKAGE_TRUSTEES_MAX];
    const uint8_t *confirmations[PACKAGE_TRUSTEES_MAX]; /* 64 bytes each */
};

enum { PACKAGE_HEAD_BYTES = 171 };

/** The first checks of 2.2: AULA_OK, AULA_TOO_LARGE, AULA_TRUNCATED,
 *  AULA_BAD_MAGIC or AULA_BAD_VERSION. `bytes` may be NULL when size is 0. */
AULA_MUST_CHECK enum aula_code package_check_magic(const uint8_t *bytes,
                                                   size_t size);

/** Read the head, PACKAGE_HEAD_BYTES that passed package_check_magic: AULA_OK
 *  or AULA_BAD_FIELD. */
AULA_MUST_CHECK enum aula_code package_read_head(struct package *package,
                                                 const uint8_t *head);

/** Take a text of 2.2 with its u16 length: length, room and characters are
 *  checked in that order.
 *
 *  Returns: AULA_OK, AULA_TRUNCATED or AULA_BAD_FIELD
 */
AULA_MUST_CHECK enum aula_code package_take_text(struct package_text *text,
                                                 struct bytes_reader *reader,
                                                 size_t size_max);

/** Read the contests with the checks that their lengths depend on. Everything
 *  is walked once before memory is taken for it.
 *
 *  Returns: AULA_OK, AULA_TRUNCATED, AULA_BAD_FIELD, AULA_PKG_CONTEST or
 *           AULA_MEMORY
 *  Out:     package  contests, texts and costs; package_close frees them, on
 *                    failure too
 */
AULA_MUST_CHECK enum aula_code
package_read_contests(struct package *package, struct bytes_reader *reader,
                      struct aula_error *err);

/** Limit, cap and ids against the table of section 4: AULA_OK or
 *  AULA_PKG_CONTEST. */
AULA_MUST_CHECK enum aula_code
package_check_contests(const struct package *package, struct aula_error *err);

/** Section 3.1 for all trustees, then K, then the confirmations.
 *
 *  Out:     package  names, signing keys and shares of the trustees
 */
AULA_MUST_CHECK enum aula_code
package_check_trustees(struct package *package,
                       const struct package_ceremony *ceremony,
                       struct aula_error *err);

#endif
