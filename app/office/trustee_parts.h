/* SPDX-License-Identifier: Apache-2.0 */
/* What the files trustee*.c share. */
#ifndef AULA_TRUSTEE_PARTS_H
#define AULA_TRUSTEE_PARTS_H

#include "trustee.h"

#define TRUSTEE_SIGN "sign.key"
#define TRUSTEE_TRANSPORT "transport.key"
#define TRUSTEE_SEED "seed.key"
#define TRUSTEE_SHARE "share.key"

/** A step is done: write its public file into the own folder, then hand it out.
 *
 *  In:  bytes  `size` bytes, copied
 */
AULA_MUST_CHECK enum aula_code
trustee_finish_step(struct trustee *trustee, const struct ceremony *ceremony,
                    enum ceremony_step step, const uint8_t *bytes, size_t size,
                    struct aula_error *err);

#endif
