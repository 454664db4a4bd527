/* SPDX-License-Identifier: Apache-2.0 */
/* A key file keeps passphrase and secret to itself while it is made and opened.
 * What is seen: whether the passphrase will do, whether the file opens, and the
 * file, which lies on a disk. */
#include "secret.h"

#include <string.h>

#include "keyfile.h"
#include "pwhash.h"

enum { SEALED_AT = 54 };

/* What the passphrase makes and opens, and whether it makes a trustee's. */
static bool works(const char *passphrase, size_t size, bool is_strong)
{
    char typed[32] = {0};
    uint8_t secret[KEYFILE_SECRET_BYTES];
    uint8_t opened[KEYFILE_SECRET_BYTES];
    uint8_t file[KEYFILE_BYTES];
    enum keyfile_purpose purpose = is_strong ? KEYFILE_TRUSTEE_SHARE
                                             : KEYFILE_TAG_KEY;

    memcpy(typed, passphrase, size);
    randombytes_buf(secret, sizeof secret);
    secret_hide(typed, sizeof typed);
    secret_hide(secret, sizeof secret);
    if (keyfile_make(file, KEYFILE_TRUSTEE_SHARE,
                     keyfile_floor(KEYFILE_TRUSTEE_SHARE), typed, size, secret,
                     NULL) != (is_strong ? AULA_OK : AULA_KEY_WEAK) ||
        keyfile_make(file, purpose, keyfile_floor(purpose), typed, size, secret,
                     NULL) != AULA_OK) {
        return false;
    }
    secret_publish(file + SEALED_AT, sizeof file - SEALED_AT);
    if (keyfile_open(opened, file, sizeof file, purpose, typed, size, NULL) !=
            AULA_OK ||
        sodium_memcmp(opened, secret, sizeof opened) != 0) {
        return false;
    }
    typed[0] ^= 1;
    return keyfile_open(opened, file, sizeof file, purpose, typed, size,
                        NULL) == AULA_KEY_OPEN;
}

int main(void)
{
    if (sodium_init() < 0) {
        return 1;
    }
    /* Thirteen characters and, in more bytes, twelve. */
    return works("7KQ2M9XVAB3R4", 13, true) &&
                   works("7KQ2M9XV\xd0\xba\xd0\xbb\xd1\x8e"
                         "4",
                         15, false)
               ? 0
               : 1;
}
