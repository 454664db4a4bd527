/* SPDX-License-Identifier: Apache-2.0 */
/* The kit of a terminal (PROTOCOL.md 5.2): the tag key, sealed to one terminal,
 * and whether people who are on no roll may vote there.
 *
 *   "AULI" 1 eid 16 tid 16 u32 number u8 guests sealed 80
 *   SIGN(office, "sig-kit", PH, all before)
 */
#ifndef AULA_KIT_H
#define AULA_KIT_H

#include <stdbool.h>

#include "certificate.h"
#include "seal.h"

enum { KIT_HEAD_BYTES = 42, KIT_SEALED_BYTES = 80, KIT_BYTES = 186 };

struct kit {
    uint32_t number; /* from 1 */
    bool has_guests; /* anyone whom the staff admit; else only the roll */
};

/** Make a kit.
 *
 *  Returns: AULA_OK
 *           AULA_BAD_FIELD  number 0
 *           AULA_KIT_SEAL   the transport key is of low order
 *  Out:     file     KIT_BYTES, on success only
 *  In:      office   signing key of the office, secret
 *           tid, transport  of the terminal, from its request
 *           tag_key  secret
 */
AULA_MUST_CHECK enum aula_code
kit_make(uint8_t file[static KIT_BYTES], const struct package *package,
         const uint8_t office[static SIGN_SECRET_BYTES],
         const uint8_t tid[static TERMINAL_ID_BYTES],
         const uint8_t transport[static SEAL_PUBLIC_BYTES],
         const struct kit *kit, const uint8_t tag_key[static TAG_KEY_BYTES],
         struct aula_error *err);

/** Check all that can be said of a kit without its box: what the office does
 *  with those that it handed out.
 *
 *  Returns: AULA_OK, or the first failed check of kit_check before the box
 *  Out:     kit  on success only
 */
AULA_MUST_CHECK enum aula_code
kit_look(struct kit *kit, const struct package *package,
         const uint8_t tid[static TERMINAL_ID_BYTES], const uint8_t *bytes,
         size_t size, struct aula_error *err);

/** Check a kit and open its tag key.
 *
 *  Returns: AULA_OK, or the first failed check: those of 2.2,
 *           AULA_WRONG_ELECTION, AULA_BAD_FIELD (number 0, guests above 1),
 *           AULA_TRUNCATED, AULA_TRAILING_BYTES, AULA_CERT_TERMINAL_ID,
 *           AULA_SIG_INVALID, AULA_KIT_SEAL, AULA_TAG_KEY, AULA_KIT_OLD (number
 *           below `installed`); AULA_MEMORY
 *  Out:     kit, tag_key  on success only
 *  In:      tid        of this terminal's own key
 *           transport_public, transport_secret  its transport key
 *           installed  number of the kit it has, 0 for none
 *  Owner:   `tag_key` is the caller's, in sodium_malloc memory
 */
AULA_MUST_CHECK enum aula_code
kit_check(struct kit *kit, uint8_t tag_key[static TAG_KEY_BYTES],
          const struct package *package,
          const uint8_t tid[static TERMINAL_ID_BYTES],
          const uint8_t transport_public[static SEAL_PUBLIC_BYTES],
          const uint8_t transport_secret[static SEAL_SECRET_BYTES],
          uint32_t installed, const uint8_t *bytes, size_t size,
          struct aula_error *err);

#endif
