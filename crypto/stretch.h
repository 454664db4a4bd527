/* SPDX-License-Identifier: Apache-2.0 */
/* From a passphrase to a key, at a price that a guess has to pay too: Argon2id
 * (PROTOCOL.md section 15).
 *
 * The cost stands in each file beside its salt, so that files of several ages
 * open alike. It comes from outside: the caller checks it with
 * stretch_is_allowed before anything is derived, or a hostile file would hold
 * the machine for hours.
 *
 * Argon2id reads memory at places that depend on the passphrase (in the later
 * passes; RFC 9106 section 3.4.1.3). That is the protocol's choice.
 */
#ifndef AULA_STRETCH_H
#define AULA_STRETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"

enum {
    STRETCH_SALT_BYTES = 16,
    STRETCH_KEY_BYTES = 32,
    STRETCH_OPS_MAX = 10,
    STRETCH_KIB_MAX = 1048576
};

/* What one guess costs. */
struct stretch_cost {
    uint32_t ops; /* passes over the memory */
    uint32_t kib; /* memory in KiB */
};

/** Is a cost at or above a floor, and no more than a machine can bear? */
bool stretch_is_allowed(struct stretch_cost cost, struct stretch_cost floor);

/** Argon2id version 1.3, 32 bytes.
 *
 *  Returns: AULA_OK, or AULA_MEMORY: not so much memory to be had
 *  Out:     key         in the caller's sodium_malloc memory; zeros on failure
 *  In:      passphrase  `size` bytes that passed passphrase_check, secret
 *           cost        that passed stretch_is_allowed
 */
AULA_MUST_CHECK enum aula_code
stretch_passphrase(uint8_t key[static STRETCH_KEY_BYTES],
                   const char *passphrase, size_t size,
                   const uint8_t salt[static STRETCH_SALT_BYTES],
                   struct stretch_cost cost, struct aula_error *err);

#endif
