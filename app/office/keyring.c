/* SPDX-License-Identifier: Apache-2.0 */
/* See keyring.h. */
#include "keyring.h"

#include <sodium.h>
#include <stdlib.h>

#include "blame.h"
#include "file.h"
#include "place.h"
#include "sign.h"

enum aula_code keyring_save(const char *folder, const char *name,
                            enum keyfile_purpose purpose,
                            const struct passphrase *passphrase,
                            const uint8_t secret[static KEYFILE_SECRET_BYTES],
                            struct aula_error *err)
{
    char path[PLACE_BYTES];
    uint8_t file[KEYFILE_BYTES];
    enum aula_code code = place_in(path, folder, name, err);

    if (code != AULA_OK) {
        return code;
    }
    code = keyfile_make(file, purpose, keyfile_floor(KEYFILE_OFFICE_SIGN),
                        passphrase->text, passphrase->size, secret, err);
    if (code != AULA_OK) {
        return blame_file(err, code, path);
    }
    return file_write(path, file, sizeof file, 0600, err);
}

enum aula_code keyring_load(uint8_t **secret, const char *folder,
                            const char *name, enum keyfile_purpose purpose,
                            const struct passphrase *passphrase,
                            struct aula_error *err)
{
    char path[PLACE_BYTES];
    uint8_t *file = NULL;
    size_t size = 0;
    uint8_t *made = NULL;
    enum aula_code code = place_in(path, folder, name, err);

    if (code == AULA_OK) {
        code = file_read(&file, &size, path, KEYFILE_BYTES, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    made = sodium_malloc(KEYFILE_SECRET_BYTES);
    if (made == NULL) {
        code = aula_fail(err, AULA_MEMORY, "no locked memory");
        goto out;
    }
    code = keyfile_open(made, file, size, purpose, passphrase->text,
                        passphrase->size, err);
    if (code != AULA_OK) {
        code = blame_file(err, code, path);
        goto out;
    }
    *secret = made;
    made = NULL;
out:
    sodium_free(made);
    free(file);
    return code;
}

enum aula_code keyring_load_signer(uint8_t **secret, const char *folder,
                                   const char *name,
                                   enum keyfile_purpose purpose,
                                   const struct passphrase *passphrase,
                                   struct aula_error *err)
{
    uint8_t public_key[SIGN_PUBLIC_BYTES];
    uint8_t *seed = NULL;
    uint8_t *made = NULL;
    enum aula_code code = keyring_load(&seed, folder, name, purpose, passphrase,
                                       err);

    if (code != AULA_OK) {
        return code;
    }
    made = sodium_malloc(SIGN_SECRET_BYTES);
    if (made == NULL) {
        code = aula_fail(err, AULA_MEMORY, "no locked memory");
    } else {
        sign_key_pair(public_key, made, seed);
        *secret = made;
    }
    sodium_free(seed);
    return code;
}
