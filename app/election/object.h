/* SPDX-License-Identifier: Apache-2.0 */
/* What all signed files of the set-up have in common (PROTOCOL.md 2.2): the
 * order of the first checks, and texts with a length before them. */
#ifndef AULA_OBJECT_H
#define AULA_OBJECT_H

#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "error.h"

enum { OBJECT_MAGIC_BYTES = 5 }; /* with the version */

/* For what 2.2 sets no limit: its length follows from its fields. */
#define OBJECT_ANY_SIZE SIZE_MAX

/* What a file of one kind looks like from outside. */
struct object_form {
    const char *name;    /* for messages: "certificate" */
    const char magic[5]; /* "AULT" */
    size_t head_size;    /* its fixed header */
    size_t size_max;     /* limit of 2.2, or OBJECT_ANY_SIZE */
};

/** TOO_LARGE, TRUNCATED (less than the fixed header), BAD_MAGIC, BAD_VERSION,
 *  in this order.
 *
 *  Returns: AULA_OK, or one of them
 *  In:      bytes  `size` bytes; may be NULL when size is 0
 */
AULA_MUST_CHECK enum aula_code object_check_head(const struct object_form *form,
                                                 const uint8_t *bytes,
                                                 size_t size,
                                                 struct aula_error *err);

/** The length behind the header, once it is known what it has to be: AULA_OK,
 *  AULA_TRUNCATED or AULA_TRAILING_BYTES. */
AULA_MUST_CHECK enum aula_code object_check_size(const struct object_form *form,
                                                 size_t size, uint64_t wanted,
                                                 struct aula_error *err);

/** Write magic and version. */
void object_put_head(struct bytes_writer *writer,
                     const struct object_form *form);

#endif
