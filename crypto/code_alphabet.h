/* SPDX-License-Identifier: Apache-2.0 */
/* The alphabet of codes, five bits a character. Not for use outside of code*.c.
 */
#ifndef AULA_CODE_ALPHABET_H
#define AULA_CODE_ALPHABET_H

#include <stddef.h>
#include <stdint.h>

enum { CODE_CHARS = 20, CODE_GROUP_CHARS = 4, CODE_NO_VALUE = 32 };

/** The character of a value 0..31. */
char code_char(unsigned value);

/** The value of a character, CODE_NO_VALUE outside of the alphabet. */
unsigned code_value(uint32_t point);

/** Bits 5 n .. 5 n + 4 of a byte string, most significant bit first; bits past
 *  its end are zero. */
unsigned code_bits(const uint8_t *bytes, size_t size, size_t n);

/** Check character of the CODE_CHARS - 1 values before it. */
unsigned code_check_value(const uint8_t values[static CODE_CHARS - 1]);

/** Write CODE_CHARS values in groups, NUL-terminated. */
void code_put_groups(char *text, const uint8_t values[static CODE_CHARS]);

#endif
