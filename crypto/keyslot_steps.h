/* SPDX-License-Identifier: Apache-2.0 */
/* What reading and changing key slots share: the places of the fields, the key
 * of a slot, its seal and the tag of an image. Not for use outside of them.
 */
#ifndef AULA_KEYSLOT_STEPS_H
#define AULA_KEYSLOT_STEPS_H

#include "hash.h"
#include "keyslot.h"

/* In an image; see the table at the top of keyslot_steps.c. */
enum {
    KEYSLOT_AT_VERSION = 4,
    KEYSLOT_AT_ID = 5,
    KEYSLOT_AT_GENERATION = 21,
    KEYSLOT_AT_COUNT = 29,
    KEYSLOT_HEAD_BYTES = 30,
    KEYSLOT_TAG_BYTES = HASH_BYTES
};

/* In a slot. */
enum {
    KEYSLOT_AT_LABEL_SIZE = 1,
    KEYSLOT_AT_LABEL = 2,
    KEYSLOT_AT_SALT = 66,
    KEYSLOT_AT_OPS = 82,
    KEYSLOT_AT_KIB = 86,
    KEYSLOT_AT_NONCE = 90,
    KEYSLOT_AT_SEALED = 114,
    KEYSLOT_SLOT_BYTES = 162,
    KEYSLOT_SEALED_BYTES = KEYSLOT_SLOT_BYTES - KEYSLOT_AT_SEALED
};

enum { KEYSLOT_FLAG_FACTOR = 1 };

/** Where slot `index` of an image begins. */
size_t keyslot_at(size_t index);

struct stretch_cost keyslot_cost(const uint8_t *slot);
bool keyslot_cost_is_allowed(struct stretch_cost cost);

/** The key that seals a slot, from what its official brings.
 *
 *  Returns: AULA_OK or AULA_MEMORY
 *  Out:     key   in sodium_malloc memory; zeros on failure
 *  In:      slot  its salt and its cost, which was checked
 */
AULA_MUST_CHECK enum aula_code
keyslot_derive(uint8_t key[static STRETCH_KEY_BYTES], const uint8_t *slot,
               const struct keyslot_secret *secret, struct aula_error *err);

/** Seal the master key into a slot whose other fields are written.
 *
 *  In:  file  the head of the image, magic to id
 */
void keyslot_seal(uint8_t *slot, const uint8_t *file,
                  const uint8_t key[static STRETCH_KEY_BYTES],
                  const uint8_t master[static KEYSLOT_MASTER_BYTES]);

/** The way back: false when the key is wrong or anything was altered.
 *
 *  Out:  master  in sodium_malloc memory; unspecified on failure
 */
AULA_MUST_CHECK bool
keyslot_unseal(uint8_t master[static KEYSLOT_MASTER_BYTES], const uint8_t *file,
               const uint8_t *slot,
               const uint8_t key[static STRETCH_KEY_BYTES]);

/** Write the tag of an image of `count` slots behind them. */
void keyslot_put_tag(uint8_t *file, size_t count,
                     const uint8_t master[static KEYSLOT_MASTER_BYTES]);

/** Is the tag behind `count` slots the one of this master key? */
AULA_MUST_CHECK bool
keyslot_has_tag(const uint8_t *file, size_t count,
                const uint8_t master[static KEYSLOT_MASTER_BYTES]);

#endif
