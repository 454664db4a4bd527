/* SPDX-License-Identifier: Apache-2.0 */
/* Who may unlock a terminal: the key slots (keyslot.h) as files.
 *
 * `keys.1` and `keys.2` in the terminal's folder hold the same image. A change
 * writes the older one first, then the other, each in one step: whenever the
 * power goes, one good image is there, and the newer good one counts. Which
 * generation is the newest is also kept inside the store, so that an image from
 * before somebody was revoked is noticed (AULA_STORE_KEY).
 */
#ifndef AULA_OFFICIALS_H
#define AULA_OFFICIALS_H

#include <stdint.h>

#include "keyslot.h"

struct officials {
    uint8_t image[KEYSLOT_FILE_BYTES_MAX];
    size_t size;
    struct keyslot_list list; /* points into the image */
};

/* What somebody at the terminal brings. */
struct official {
    const char *label; /* NULL: whichever slot opens */
    struct keyslot_secret secret;
};

/** Read the newest good image.
 *
 *  Returns: AULA_OK
 *           AULA_STATE          there is none: the terminal is blank
 *           AULA_STORE_DAMAGED  both files are no key slots
 *           AULA_IO, AULA_MEMORY
 *  Out:     officials  written on success only
 */
AULA_MUST_CHECK enum aula_code officials_load(struct officials *officials,
                                              const char *folder,
                                              struct aula_error *err);

/** Write an image to both files.
 *
 *  Returns: AULA_OK, or a code of file_write
 */
AULA_MUST_CHECK enum aula_code officials_save(const uint8_t *image, size_t size,
                                              const char *folder,
                                              struct aula_error *err);

/** Open the slot of an official.
 *
 *  Returns: AULA_OK
 *           AULA_KEY_SLOT  no slot of that label, or the second factor is
 *                          missing or not asked for
 *           AULA_KEY_OPEN  wrong passphrase or factor
 *           AULA_BAD_FIELD, AULA_MEMORY
 *  Out:     master  on success only
 *           index   of the slot, likewise
 *  Owner:   `master` is the caller's, in sodium_malloc memory
 */
AULA_MUST_CHECK enum aula_code
officials_open(uint8_t master[static KEYSLOT_MASTER_BYTES], size_t *index,
               const struct officials *officials,
               const struct official *official, struct aula_error *err);

#endif
