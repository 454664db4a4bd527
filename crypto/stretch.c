/* SPDX-License-Identifier: Apache-2.0 */
/* Argon2id through libsodium; see stretch.h. */
#include "stretch.h"

#include <sodium.h>

_Static_assert(STRETCH_SALT_BYTES == crypto_pwhash_SALTBYTES, "salt");

bool stretch_is_allowed(struct stretch_cost cost, struct stretch_cost floor)
{
    return cost.ops >= floor.ops && cost.kib >= floor.kib &&
           cost.ops <= STRETCH_OPS_MAX && cost.kib <= STRETCH_KIB_MAX;
}

enum aula_code stretch_passphrase(uint8_t key[static STRETCH_KEY_BYTES],
                                  const char *passphrase, size_t size,
                                  const uint8_t salt[static STRETCH_SALT_BYTES],
                                  struct stretch_cost cost,
                                  struct aula_error *err)
{
    if (crypto_pwhash(key, STRETCH_KEY_BYTES, passphrase, size, salt, cost.ops,
                      (size_t)cost.kib * 1024,
                      crypto_pwhash_ALG_ARGON2ID13) != 0) {
        sodium_memzero(key, STRETCH_KEY_BYTES);
        return aula_fail(err, AULA_MEMORY, "passphrase: no memory of %u KiB",
                         (unsigned)cost.kib);
    }
    return AULA_OK;
}
