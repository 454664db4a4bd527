/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of other programs, made into texts that an election may show. */
#ifndef AULA_SOURCE_TEXT_H
#define AULA_SOURCE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

enum { SOURCE_TEXT_CHARACTERS = 1000, SOURCE_TEXT_BYTES = 4003 };

/** Write a text as one line without what may not be shown: control characters
 *  and marks of direction become blanks, several blanks one, and none stands at
 *  an end. What is longer than `most` characters ends in an ellipsis there.
 *
 *  Returns: was it whole? False when it was cut
 *  In:      text  `size` bytes of well-formed UTF-8
 *           most  1..SOURCE_TEXT_CHARACTERS (asserted)
 */
bool source_text(char line[static SOURCE_TEXT_BYTES], const char *text,
                 size_t size, size_t most);

#endif
