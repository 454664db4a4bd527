/* SPDX-License-Identifier: Apache-2.0 */
/* A stand-in for Argon2id, which reads memory at places that depend on its
 * password; PROTOCOL.md section 15 accepts that, so it is not what the
 * constant-time programs are after. Password and salt still reach the key.
 *
 * Included once in a program: the linker takes this function before the one of
 * the shared libsodium.
 */
#ifndef AULA_CT_PWHASH_H
#define AULA_CT_PWHASH_H

#include <sodium.h>

int crypto_pwhash(unsigned char *const out, unsigned long long out_size,
                  const char *const password, unsigned long long size,
                  const unsigned char *const salt, unsigned long long ops,
                  size_t memory, int algorithm)
{
    (void)ops;
    (void)memory;
    (void)algorithm;
    return crypto_generichash(out, (size_t)out_size,
                              (const unsigned char *)password, size, salt,
                              crypto_pwhash_SALTBYTES);
}

#endif
