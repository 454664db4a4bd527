/* SPDX-License-Identifier: Apache-2.0 */
/* Key slots: one 32-byte master key behind several passphrases, one slot for
 * each official, so that an official can come, go and change a passphrase while
 * what the master key opens stays as it is. The master key of a terminal's
 * store is kept so. One key behind one passphrase is keyfile.h.
 *
 * The format "AULS" is the project's own; PROTOCOL.md does not define it. A
 * file is an image of at most KEYSLOT_FILE_BYTES_MAX bytes: a head, 1..16
 * slots of equal size, and a tag over all of it under a key that follows from
 * the master key (layout at the top of keyslot_steps.c). Images are never
 * changed in place: every change writes a whole new image of the next
 * generation, for the caller to put on the disk beside the old one.
 *
 * Against someone who has the disk and no passphrase:
 *   - a slot is sealed with its own label, cost and flags and with the id of
 *     its file: it opens in no other file, and with nothing changed
 *   - the tag shows, whichever slot opens, that another slot was changed,
 * added, taken away or moved, or that the generation was changed
 *   - costs are checked before anything is derived
 * Against an old image put back as a whole there is only the generation: the
 * caller compares it with one that it keeps elsewhere. And the master key stays
 * the same: an official who was revoked but kept an old image, or the key
 * itself, opens what it opens.
 *
 * Any passphrase of the form of passphrase.h will do, a PIN as well (section 15
 * of PROTOCOL.md, purposes 3, 7 and 8). A second factor, a 32-byte key on a
 * stick that the staff keeps, is what helps against guessing a PIN.
 *
 * Constant time in passphrases, factors and keys, but for Argon2id itself.
 */
#ifndef AULA_KEYSLOT_H
#define AULA_KEYSLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "stretch.h"

enum {
    KEYSLOT_MASTER_BYTES = 32,
    KEYSLOT_FACTOR_BYTES = 32,
    KEYSLOT_ID_BYTES = 16,
    KEYSLOT_LABEL_BYTES_MAX = 64,
    KEYSLOT_MAX = 16,
    KEYSLOT_OPS_MIN = 2,     /* and STRETCH_OPS_MAX at most */
    KEYSLOT_KIB_MIN = 65536, /* and STRETCH_KIB_MAX at most */
    KEYSLOT_FILE_BYTES_MAX = 62 + 162 * KEYSLOT_MAX
};

/** Bytes of an image of `count` slots. */
#define KEYSLOT_FILE_BYTES(count) (62 + (size_t)162 * (count))

/* What an official brings: secret. */
struct keyslot_secret {
    const char *passphrase;
    size_t passphrase_size;
    const uint8_t *factor; /* KEYSLOT_FACTOR_BYTES, or NULL for none */
};

/* A slot as it can be seen without a passphrase. The label is in the image. */
struct keyslot_view {
    const uint8_t *label;
    size_t label_size; /* 1..KEYSLOT_LABEL_BYTES_MAX */
    bool has_factor;   /* opens with a second factor only */
    struct stretch_cost cost;
};

struct keyslot_list {
    const uint8_t *id; /* of the file, KEYSLOT_ID_BYTES */
    uint64_t generation;
    size_t count; /* 1..KEYSLOT_MAX */
    struct keyslot_view slots[KEYSLOT_MAX];
};

/** Look at an image without a passphrase. Nothing of what it says is known to
 *  be genuine before keyslot_open succeeded on the same bytes.
 *
 *  Returns: AULA_OK, or the first failed check:
 *           AULA_TOO_LARGE    more than KEYSLOT_FILE_BYTES_MAX
 *           AULA_TRUNCATED, AULA_BAD_MAGIC, AULA_BAD_VERSION
 *           AULA_BAD_FIELD    generation 0, or not 1..16 slots
 *           AULA_TRUNCATED, AULA_TRAILING_BYTES  not so many slots long
 *           AULA_BAD_FIELD    a slot with an unknown flag, a label that is no
 *                             text of 1..64 bytes or is not padded with zeros,
 *                             or a cost out of bounds
 *  Out:     list  on success only; points into `file`
 */
AULA_MUST_CHECK enum aula_code keyslot_read(struct keyslot_list *list,
                                            const uint8_t *file,
                                            size_t file_size,
                                            struct aula_error *err);

/** Open one slot.
 *
 *  Returns: AULA_OK, or the first failed check:
 *           AULA_BAD_FIELD  a malformed passphrase
 *           a code of keyslot_read
 *           AULA_KEY_SLOT   no slot `index`; a second factor that the slot asks
 *                           for is missing, or one is there that it does not
 *           AULA_MEMORY     no memory for the derivation
 *           AULA_KEY_OPEN   wrong passphrase or factor, or the slot was
 *                           altered: nobody can tell; or the passphrase is
 *                           right and another part of the image was altered
 *                           (the message tells these two apart)
 *  Out:     master  written on success only
 *  In:      index   from 0, as in keyslot_read
 *  Owner:   `master` is the caller's, in sodium_malloc memory
 */
AULA_MUST_CHECK enum aula_code
keyslot_open(uint8_t master[static KEYSLOT_MASTER_BYTES], const uint8_t *file,
             size_t file_size, size_t index,
             const struct keyslot_secret *secret, struct aula_error *err);

/** Draw a fresh master key into the caller's sodium_malloc memory. */
void keyslot_draw_master(uint8_t master[static KEYSLOT_MASTER_BYTES]);

/* A slot to be made. */
struct keyslot_holder {
    const char *label; /* who it belongs to; public, not NUL-terminated */
    size_t label_size;
    struct stretch_cost cost;
    struct keyslot_secret secret;
};

/** Make the first image around a master key: generation 1, one slot, a file id
 *  of its own.
 *
 *  Returns: AULA_OK
 *           AULA_BAD_FIELD  a malformed passphrase or label, or a cost out of
 *                           bounds
 *           AULA_MEMORY     no memory for the derivation
 *  Out:     file    KEYSLOT_FILE_BYTES(1) bytes, on success only
 *  In:      master  fresh from keyslot_draw_master, or one that is in use
 */
AULA_MUST_CHECK enum aula_code
keyslot_create(uint8_t file[static KEYSLOT_FILE_BYTES(1)],
               const uint8_t master[static KEYSLOT_MASTER_BYTES],
               const struct keyslot_holder *holder, struct aula_error *err);

/** Add a slot behind the others.
 *
 *  Returns: AULA_OK, or the first failed check:
 *           AULA_BAD_FIELD  as keyslot_create
 *           a code of keyslot_read for the old image
 *           AULA_KEY_OPEN   `master` is not its key, or it was altered
 *           AULA_KEY_SLOT   there are 16 already; or no further generation
 *           AULA_MEMORY     no memory for the derivation
 *  Out:     file, file_size  the new image and its bytes, on success only
 *  In:      old     the old image; apart from `file` (asserted)
 *           master  from keyslot_open
 */
AULA_MUST_CHECK enum aula_code
keyslot_add(uint8_t file[static KEYSLOT_FILE_BYTES_MAX], size_t *file_size,
            const uint8_t *old, size_t old_size,
            const uint8_t master[static KEYSLOT_MASTER_BYTES],
            const struct keyslot_holder *holder, struct aula_error *err);

/** Put a new passphrase, and a new second factor or none, into one slot; its
 *  label and its place stay.
 *
 *  Returns: as keyslot_add; AULA_KEY_SLOT when there is no slot `index`
 */
AULA_MUST_CHECK enum aula_code
keyslot_change(uint8_t file[static KEYSLOT_FILE_BYTES_MAX], size_t *file_size,
               const uint8_t *old, size_t old_size,
               const uint8_t master[static KEYSLOT_MASTER_BYTES], size_t index,
               struct stretch_cost cost, const struct keyslot_secret *secret,
               struct aula_error *err);

/** Take one slot away; those behind it move up.
 *
 *  Returns: AULA_OK, or the first failed check:
 *           a code of keyslot_read for the old image
 *           AULA_KEY_OPEN  `master` is not its key, or it was altered
 *           AULA_KEY_SLOT  no slot `index`, or it is the only one; or no
 *                          further generation
 *  Out:     as keyslot_add
 */
AULA_MUST_CHECK enum aula_code
keyslot_revoke(uint8_t file[static KEYSLOT_FILE_BYTES_MAX], size_t *file_size,
               const uint8_t *old, size_t old_size,
               const uint8_t master[static KEYSLOT_MASTER_BYTES], size_t index,
               struct aula_error *err);

#endif
