/* SPDX-License-Identifier: Apache-2.0 */
/* Small public files that people can read: a first line that says what it is,
 * then one `key value` a line, in a fixed order. There is one way to write each
 * of them, and nothing else is read.
 *
 *   aula ceremony 1
 *   cid 5f0c..
 *   trustees 3
 *   threshold 2
 */
#ifndef AULA_FACTS_H
#define AULA_FACTS_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

enum { FACTS_BYTES_MAX = 1024, FACTS_COUNT_MAX = 8, FACTS_HEX_BYTES = 32 };

/* A fact is a number, or FACTS_HEX_BYTES bytes in hexadecimal. */
struct fact {
    const char *key;
    uint8_t *bytes;   /* NULL for a number */
    uint64_t *number; /* NULL for bytes */
};

/* The last fact has no key. */
struct facts {
    const char *title; /* "aula ceremony 1" */
    struct fact facts[FACTS_COUNT_MAX + 1];
};

/** Write the text.
 *
 *  Returns: its length without the NUL, below FACTS_BYTES_MAX
 */
size_t facts_write(char text[static FACTS_BYTES_MAX],
                   const struct facts *facts);

/** Read it from a file.
 *
 *  Returns: AULA_OK
 *           AULA_BAD_MAGIC  another first line
 *           AULA_BAD_FIELD  the rest is not of the one form
 *           AULA_IO, AULA_TOO_LARGE, AULA_MEMORY
 *  Out:     where the facts point to; unspecified on failure
 */
AULA_MUST_CHECK enum aula_code
facts_read(const struct facts *facts, const char *path, struct aula_error *err);

#endif
