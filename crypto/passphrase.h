/* SPDX-License-Identifier: Apache-2.0 */
/* What may be a passphrase, and how the program makes one itself (PROTOCOL.md
 * section 15).
 *
 * A passphrase is 1..1024 bytes of UTF-8 in NFC, so that two keyboards that
 * show the same text give the same bytes. Of the scripts at stake only
 * combining marks break NFC; one that holds U+0300..U+036F is refused. Control
 * characters are not: section 15 refuses none.
 *
 * The checks read every byte in the same way whatever it says and branch only
 * on the length and on the final yes or no.
 */
#ifndef AULA_PASSPHRASE_H
#define AULA_PASSPHRASE_H

#include <stddef.h>

#include "error.h"

enum {
    PASSPHRASE_BYTES_MAX = 1024,
    PASSPHRASE_STRONG_POINTS = 13, /* characters of 5 bits: 65 bits */
    PASSPHRASE_GENERATED_BYTES = PASSPHRASE_STRONG_POINTS + 1
};

/** The form of a passphrase.
 *
 *  Returns: AULA_OK, or AULA_BAD_FIELD: empty, longer than 1024 bytes, not
 *           UTF-8, or with a combining mark
 *  In:      passphrase  `size` bytes, secret; a NUL is a character
 */
AULA_MUST_CHECK enum aula_code
passphrase_check(const char *passphrase, size_t size, struct aula_error *err);

/** The form of a passphrase, and that it could have been generated.
 *
 *  Returns: AULA_OK, AULA_BAD_FIELD as above, or
 *           AULA_KEY_WEAK  fewer than 13 characters (code points)
 */
AULA_MUST_CHECK enum aula_code passphrase_check_strong(const char *passphrase,
                                                       size_t size,
                                                       struct aula_error *err);

/** Make a passphrase: 13 characters of the code alphabet of section 8, without
 *  I, L, O and U, each of 32 equally likely.
 *
 *  Out:     passphrase  NUL-terminated
 *  Owner:   the caller's, in sodium_malloc memory
 */
void passphrase_generate(char passphrase[static PASSPHRASE_GENERATED_BYTES]);

#endif
