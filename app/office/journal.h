/* SPDX-License-Identifier: Apache-2.0 */
/* The journal of a trustee's share (PROTOCOL.md 11.4): for the key K at most
 * one entry (PH, closing hash), written before the first signature that needs
 * it leaves the tool. It lives and dies with the share.
 *
 *   aula journal 1
 *   key <K>
 *   package <PH>
 *   closing <H32("closing", file)>
 *
 * An empty one has the first two lines only, and is made beside the share when
 * the outcome is confirmed. A file without them is no journal, so one that was
 * cut to nothing does not pass for an empty one.
 */
#ifndef AULA_JOURNAL_H
#define AULA_JOURNAL_H

#include <stdint.h>

#include "error.h"
#include "group.h"
#include "hash.h"

#define JOURNAL_FILE "journal.txt"

/** Make an empty journal in a trustee's folder. The same one that is there
 *  already is fine.
 *
 *  Returns: AULA_OK
 *           AULA_STATE  there is one of another key, or with an entry
 *           AULA_FULL, AULA_IO, AULA_MEMORY, AULA_BAD_FIELD
 */
AULA_MUST_CHECK enum aula_code
journal_make(const char *folder, const uint8_t key[static GROUP_POINT_BYTES],
             struct aula_error *err);

/** Enter the closing that is about to be approved, mixed or decrypted; the same
 *  one that is there already is fine, at every later step. Nothing may be
 *  signed or opened for it unless this succeeded.
 *
 *  Returns: AULA_OK           the entry is there, flushed to the device
 *           AULA_DEC_JOURNAL  no journal lies there, or none of this key; or it
 *                             has an entry of another election or of another
 *                             closing: the message says which of these
 *           AULA_FULL, AULA_IO, AULA_MEMORY, AULA_BAD_FIELD (the folder's path
 *           is too long)
 *  In:      key      K of the package
 *           package  PH
 *           closing  H32("closing", file)
 */
AULA_MUST_CHECK enum aula_code
journal_enter(const char *folder, const uint8_t key[static GROUP_POINT_BYTES],
              const uint8_t package[static HASH_BYTES],
              const uint8_t closing[static HASH_BYTES], struct aula_error *err);

#endif
