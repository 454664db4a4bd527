/* SPDX-License-Identifier: Apache-2.0 */
/* Signing keeps the key to itself: neither its seed nor what is derived from it
 * decides a branch or an address. The file is public. */
#include "secret.h"

#include <string.h>

#include "sign.h"

int main(void)
{
    uint8_t seed[SIGN_SEED_BYTES] = {1, 2, 3};
    uint8_t public_key[SIGN_PUBLIC_BYTES];
    uint8_t secret[SIGN_SECRET_BYTES];
    uint8_t file[100 + SIGN_BYTES] = {0};

    if (sodium_init() < 0) {
        return 1;
    }
    secret_hide(seed, sizeof seed);
    sign_key_pair(public_key, secret, seed);
    secret_publish(public_key, sizeof public_key);
    sign_file(file, 100, "sig-test", secret);
    secret_publish(file + 100, SIGN_BYTES);
    return sign_check_file(file, sizeof file, "sig-test", public_key) !=
           AULA_OK;
}
