/* SPDX-License-Identifier: Apache-2.0 */
/* See request.h. */
#include "request.h"

#include "object.h"
#include "package_parts.h"

static const struct object_form form = {"request", "AULQ", REQUEST_HEAD_BYTES,
                                        OBJECT_ANY_SIZE};

enum aula_code request_make(uint8_t *file,
                            const uint8_t secret[static SIGN_SECRET_BYTES],
                            const uint8_t transport[static SEAL_PUBLIC_BYTES],
                            const char *label, size_t label_size,
                            struct aula_error *err)
{
    struct bytes_writer writer = {file, 0, REQUEST_BYTES(label_size)};

    if (label_size < 1 || label_size > REQUEST_LABEL_MAX ||
        !bytes_are_text((const uint8_t *)label, label_size)) {
        return aula_fail(err, AULA_BAD_FIELD, "request: the label");
    }
    if (!group_is_transport(transport)) {
        return aula_fail(err, AULA_BAD_FIELD, "request: the transport key");
    }
    object_put_head(&writer, &form);
    bytes_put(&writer, secret + SIGN_SEED_BYTES, SIGN_PUBLIC_BYTES);
    bytes_put(&writer, transport, SEAL_PUBLIC_BYTES);
    bytes_put_u16(&writer, (uint16_t)label_size);
    bytes_put(&writer, label, label_size);
    sign_file(file, writer.size, "sig-request", secret);
    return AULA_OK;
}

enum aula_code request_check(struct request *request, const uint8_t *bytes,
                             size_t size, struct aula_error *err)
{
    struct request made = {0};
    struct bytes_reader reader = {bytes, size};
    enum aula_code code = object_check_head(&form, bytes, size, err);

    if (code != AULA_OK) {
        return code;
    }
    (void)bytes_take(&reader, OBJECT_MAGIC_BYTES);
    made.key = bytes_take(&reader, SIGN_PUBLIC_BYTES);
    made.transport = bytes_take(&reader, SEAL_PUBLIC_BYTES);
    if (!group_is_transport(made.transport)) {
        return aula_fail(err, AULA_BAD_FIELD, "request: the transport key");
    }
    code = package_take_text(&made.label, &reader, REQUEST_LABEL_MAX);
    if (code != AULA_OK) {
        return aula_fail(err, code, "request: the label");
    }
    code = object_check_size(&form, size, REQUEST_BYTES(made.label.size), err);
    if (code == AULA_OK &&
        sign_check_file(bytes, size, "sig-request", made.key) != AULA_OK) {
        code = aula_fail(err, AULA_SIG_INVALID,
                         "request: its signature does not match");
    }
    if (code == AULA_OK) {
        *request = made;
    }
    return code;
}

void request_hash(uint8_t hash[static HASH_BYTES], const uint8_t *bytes,
                  size_t size)
{
    hash_bytes(hash, "request", bytes, size);
}
