/* SPDX-License-Identifier: Apache-2.0 */
/* Where a secret decides something that everybody may see: whether a call is
 * refused. Code that is constant time in its secrets gathers all faults by
 * masks and asks here once, at the end, so that a branch on a secret has one
 * name. The constant-time tests know this name (through sodium_is_zero, see
 * tests/ct/secret.h) and complain about every other branch.
 *
 * It is no way around them: the answer must be one that the caller's caller
 * learns anyway, from the code.
 */
#ifndef AULA_VERDICT_H
#define AULA_VERDICT_H

#include <sodium.h>
#include <stdbool.h>
#include <stdint.h>

/** Is there no fault at all? Constant time in `faults`. */
static inline bool verdict_is_clean(uint32_t faults)
{
    return sodium_is_zero((const unsigned char *)&faults, sizeof faults) != 0;
}

#endif
