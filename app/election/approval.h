/* SPDX-License-Identifier: Apache-2.0 */
/* A trustee's approval of a closing (PROTOCOL.md 11.4): signed once, after the
 * trustee's own tool has computed the closing again.
 *
 *   "AULF" 1 PH 32 u8 v, H32("closing", file) 32
 *   SIGN(v, "sig-approve", all before)
 */
#ifndef AULA_APPROVAL_H
#define AULA_APPROVAL_H

#include "package.h"

enum { APPROVAL_BYTES = 134, APPROVAL_HEAD_BYTES = 70 };

/** q = ceil((N + T) / 2): how many approvals a closing needs. */
unsigned approval_quorum(const struct package *package);

/** Sign one.
 *
 *  In:  trustee  v, from 1
 *       secret   signing key of trustee v
 *       closing  H32("closing", file)
 */
void approval_make(uint8_t file[static APPROVAL_BYTES],
                   const struct package *package, uint8_t trustee,
                   const uint8_t closing[static HASH_BYTES],
                   const uint8_t secret[static SIGN_SECRET_BYTES]);

/** Check one.
 *
 *  Returns: AULA_OK, or the first failed check: those of 2.2,
 *           AULA_WRONG_ELECTION, AULA_APPROVE_TRUSTEE (v is none, or was seen
 *           before), AULA_TRUNCATED, AULA_TRAILING_BYTES, AULA_SIG_INVALID,
 *           AULA_APPROVE_CLOSING (it is of another closing)
 *  Out:     trustee  v, on success only
 *  In:      used     bit v - 1 set: an approval of trustee v was seen
 */
AULA_MUST_CHECK enum aula_code
approval_check(uint8_t *trustee, const struct package *package,
               const uint8_t closing[static HASH_BYTES], uint32_t used,
               const uint8_t *bytes, size_t size, struct aula_error *err);

#endif
