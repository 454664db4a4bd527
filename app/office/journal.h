/* SPDX-License-Identifier: Apache-2.0 */
/* The journal of a trustee's share (PROTOCOL.md 11.4): for the key K at most
 * one entry (PH, closing hash), written before the first signature that needs
 * it leaves the tool. It lives and dies with the share.
 *
 *   aula journal 1
 *   key <K>
 *
 * An empty one has no more than this, and is made beside the share when the
 * outcome is confirmed. A file without its first lines is no journal, so one
 * that was cut to nothing does not pass for an empty one.
 */
#ifndef AULA_JOURNAL_H
#define AULA_JOURNAL_H

#include <stdint.h>

#include "error.h"
#include "group.h"

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

#endif
