/* SPDX-License-Identifier: Apache-2.0 */
/* See object.h. */
#include "object.h"

#include <string.h>

enum { VERSION = 1 };

enum aula_code object_check_head(const struct object_form *form,
                                 const uint8_t *bytes, size_t size,
                                 struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    if (size > form->size_max) {
        code = AULA_TOO_LARGE;
    } else if (size < form->head_size) {
        code = AULA_TRUNCATED;
    } else if (memcmp(bytes, form->magic, 4) != 0) {
        code = AULA_BAD_MAGIC;
    } else if (bytes[4] != VERSION) {
        code = AULA_BAD_VERSION;
    }
    return code == AULA_OK ? code
                           : aula_fail(err, code, "%s: %s", form->name,
                                       aula_code_name(code));
}

enum aula_code object_check_size(const struct object_form *form, size_t size,
                                 uint64_t wanted, struct aula_error *err)
{
    if (size == wanted) {
        return AULA_OK;
    }
    return aula_fail(err, size < wanted ? AULA_TRUNCATED : AULA_TRAILING_BYTES,
                     "%s: %zu bytes, not %llu", form->name, size,
                     (unsigned long long)wanted);
}

void object_put_head(struct bytes_writer *writer,
                     const struct object_form *form)
{
    bytes_put(writer, form->magic, 4);
    bytes_put_u8(writer, VERSION);
}
