/* SPDX-License-Identifier: Apache-2.0 */
/* Key file: one 32-byte secret behind one passphrase (PROTOCOL.md section 15).
 *
 * The file says what the secret is for, and opens only for that: the key of a
 * terminal, which lies behind a short PIN, can never pass for one of the
 * office. Cost floors and the strength of the passphrase follow from the
 * purpose. Several passphrases for one key are keyslot.h.
 */
#ifndef AULA_KEYFILE_H
#define AULA_KEYFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "stretch.h"

enum { KEYFILE_SECRET_BYTES = 32, KEYFILE_BYTES = 102 };

enum keyfile_purpose {
    KEYFILE_OFFICE_SIGN = 1,
    KEYFILE_OFFICE_TRANSPORT = 2,
    KEYFILE_TERMINAL_SIGN = 3,
    KEYFILE_TRUSTEE_SIGN = 4,
    KEYFILE_TRUSTEE_TRANSPORT = 5,
    KEYFILE_TRUSTEE_SHARE = 6,
    KEYFILE_TAG_KEY = 7,
    KEYFILE_TERMINAL_TRANSPORT = 8,
    KEYFILE_TRUSTEE_CEREMONY = 9 /* deleted after the confirmation */
};

/** The least cost of a purpose. 3, 7 and 8, the terminal's, have a lower one:
 *  they are behind a PIN and count as public once the disk is copied. */
struct stretch_cost keyfile_floor(enum keyfile_purpose purpose);

/** Must the program make the passphrase itself (passphrase_generate)? */
bool keyfile_is_generated(enum keyfile_purpose purpose);

/** Make a key file.
 *
 *  Returns: AULA_OK
 *           AULA_BAD_FIELD  a malformed passphrase, or a cost below the floor
 *                           or above the bound
 *           AULA_KEY_WEAK   a passphrase below 13 characters where it has to be
 *                           a generated one
 *           AULA_MEMORY     no memory for the derivation
 *  Out:     file        written on success only; twice the same inputs give
 *                       two different files
 *  In:      purpose     one of the enumeration (asserted)
 *           cost        keyfile_floor(purpose) or more
 *           passphrase  `size` bytes, secret
 *           secret      as the purpose demands; not looked at
 */
AULA_MUST_CHECK enum aula_code
keyfile_make(uint8_t file[static KEYFILE_BYTES], enum keyfile_purpose purpose,
             struct stretch_cost cost, const char *passphrase, size_t size,
             const uint8_t secret[static KEYFILE_SECRET_BYTES],
             struct aula_error *err);

/** Open a key file for one purpose, in the order of section 15.
 *
 *  Returns: AULA_OK, or the first failed check:
 *           AULA_BAD_FIELD  a malformed passphrase
 *           AULA_TRUNCATED, AULA_BAD_MAGIC, AULA_BAD_VERSION
 *           AULA_BAD_FIELD  another purpose, or its cost outside the bounds
 *           AULA_TRUNCATED, AULA_TRAILING_BYTES  not 102 bytes
 *           AULA_MEMORY     no memory for the derivation
 *           AULA_KEY_OPEN   wrong passphrase or altered file: nobody can tell
 *  Out:     secret      written on success only
 *  In:      file        `file_size` bytes from outside
 *           passphrase  `size` bytes, secret
 *  Owner:   `secret` is the caller's, in sodium_malloc memory
 */
AULA_MUST_CHECK enum aula_code
keyfile_open(uint8_t secret[static KEYFILE_SECRET_BYTES], const uint8_t *file,
             size_t file_size, enum keyfile_purpose purpose,
             const char *passphrase, size_t size, struct aula_error *err);

#endif
