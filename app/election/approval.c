/* SPDX-License-Identifier: Apache-2.0 */
/* See approval.h. */
#include "approval.h"

#include <string.h>

#include "object.h"

enum { AT_PH = 5, AT_TRUSTEE = 37, AT_CLOSING = 38 };

static const struct object_form form = {"approval", "AULF", APPROVAL_HEAD_BYTES,
                                        OBJECT_ANY_SIZE};

unsigned approval_quorum(const struct package *package)
{
    return ((unsigned)package->trustee_count + package->threshold + 1) / 2;
}

void approval_make(uint8_t file[static APPROVAL_BYTES],
                   const struct package *package, uint8_t trustee,
                   const uint8_t closing[static HASH_BYTES],
                   const uint8_t secret[static SIGN_SECRET_BYTES])
{
    struct bytes_writer writer = {file, 0, APPROVAL_BYTES};

    object_put_head(&writer, &form);
    bytes_put(&writer, package->hash, sizeof package->hash);
    bytes_put_u8(&writer, trustee);
    bytes_put(&writer, closing, HASH_BYTES);
    sign_file(file, writer.size, "sig-approve", secret);
}

enum aula_code approval_check(uint8_t *trustee, const struct package *package,
                              const uint8_t closing[static HASH_BYTES],
                              uint32_t used, const uint8_t *bytes, size_t size,
                              struct aula_error *err)
{
    uint8_t v;
    enum aula_code code = object_check_head(&form, bytes, size, err);

    if (code != AULA_OK) {
        return code;
    }
    if (memcmp(bytes + AT_PH, package->hash, sizeof package->hash) != 0) {
        return aula_fail(err, AULA_WRONG_ELECTION,
                         "approval: of another election");
    }
    v = bytes[AT_TRUSTEE];
    if (v < 1 || v > package->trustee_count || (used >> (v - 1) & 1) != 0) {
        return aula_fail(err, AULA_APPROVE_TRUSTEE,
                         "approval: trustee %u is none, or approved before",
                         (unsigned)v);
    }
    code = object_check_size(&form, size, APPROVAL_BYTES, err);
    if (code == AULA_OK &&
        sign_check_file(bytes, size, "sig-approve",
                        package->trustee_keys[v - 1]) != AULA_OK) {
        code = aula_fail(err, AULA_SIG_INVALID,
                         "approval: signature of trustee %u does not match",
                         (unsigned)v);
    }
    if (code == AULA_OK &&
        memcmp(bytes + AT_CLOSING, closing, HASH_BYTES) != 0) {
        code = aula_fail(err, AULA_APPROVE_CLOSING,
                         "approval: trustee %u approved another closing",
                         (unsigned)v);
    }
    if (code == AULA_OK) {
        *trustee = v;
    }
    return code;
}
