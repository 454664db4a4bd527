/* SPDX-License-Identifier: Apache-2.0 */
/* Key files (crypto/keyfile.h) in a folder of the office or of a trustee. A
 * derivation of their cost takes half a second and 256 MiB; it is the same for
 * every purpose, since a cheaper file would tell the passphrase of them all. */
#ifndef AULA_KEYRING_H
#define AULA_KEYRING_H

#include <stdint.h>

#include "ask.h"
#include "error.h"
#include "keyfile.h"

/** Write folder/name, over one that may be there.
 *
 *  Returns: AULA_OK, a code of keyfile_make or of file_write
 */
AULA_MUST_CHECK enum aula_code
keyring_save(const char *folder, const char *name, enum keyfile_purpose purpose,
             const struct passphrase *passphrase,
             const uint8_t secret[static KEYFILE_SECRET_BYTES],
             struct aula_error *err);

/** Open folder/name.
 *
 *  Returns: AULA_OK, a code of file_read or of keyfile_open
 *  Out:     secret  on success only
 *  Owner:   sodium_free(secret)
 */
AULA_MUST_CHECK enum aula_code
keyring_load(uint8_t **secret, const char *folder, const char *name,
             enum keyfile_purpose purpose, const struct passphrase *passphrase,
             struct aula_error *err);

/** The same for a file that holds an Ed25519 seed: the key pair of it.
 *
 *  Owner:   sodium_free(secret), SIGN_SECRET_BYTES
 */
AULA_MUST_CHECK enum aula_code
keyring_load_signer(uint8_t **secret, const char *folder, const char *name,
                    enum keyfile_purpose purpose,
                    const struct passphrase *passphrase,
                    struct aula_error *err);

#endif
