/* SPDX-License-Identifier: Apache-2.0 */
/* Whole numbers as people type them. */
#ifndef AULA_NUMBER_H
#define AULA_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Read decimal digits and nothing else: no sign, no blank, no leading zero but
 *  in "0".
 *
 *  Returns: false for other text, or past 2^64 - 1
 *  Out:     value  on success only
 */
bool number_read(uint64_t *value, const char *text, size_t size);

#endif
