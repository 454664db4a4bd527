/* SPDX-License-Identifier: Apache-2.0 */
/* The trustees of a rehearsal: three, of whom two suffice, who go through their
 * whole ceremony here, in one process. What it leaves is what three trustees on
 * machines of their own would have: each folder opens with trustee_open. */
#ifndef AULA_REHEARSE_TRUSTEES_H
#define AULA_REHEARSE_TRUSTEES_H

#include "ask.h"
#include "ceremony.h"

enum { REHEARSE_TRUSTEES = 3, REHEARSE_THRESHOLD = 2 };

/** Hold the ceremony.
 *
 *  Returns: AULA_OK
 *           AULA_STATE  there is a ceremony, or a trustee, already
 *           AULA_KEY_WEAK, AULA_FULL, AULA_IO, AULA_MEMORY, AULA_BAD_FIELD
 *  Out:     ceremony    read and checked as ceremony_finish does
 *  In:      shared      folder of the ceremony, which is made
 *           folder      where the trustees' folders 1, 2 and 3 are made
 *           passphrase  of all their keys
 *  Owner:   ceremony_close
 */
AULA_MUST_CHECK enum aula_code
rehearse_trustees(struct ceremony **ceremony, const char *shared,
                  const char *folder, const struct passphrase *passphrase,
                  struct aula_error *err);

#endif
