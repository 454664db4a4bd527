/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a package of the vectors again, from what was read of it. */
#ifndef AULA_VECTORS_PACKAGE_AGAIN_H
#define AULA_VECTORS_PACKAGE_AGAIN_H

#include "package.h"
#include "trial.h"

/** package_write gives the same bytes.
 *
 *  In:   package  opened from `file`
 *        office   signing key of the office, secret
 */
void package_again(struct trial *trial, const struct package *package,
                   struct span file,
                   const uint8_t office[static SIGN_SECRET_BYTES]);

#endif
