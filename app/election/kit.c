/* SPDX-License-Identifier: Apache-2.0 */
/* See kit.h. */
#include "kit.h"

#include <string.h>

#include "object.h"

enum { AT_EID = 5, AT_TID = 21, AT_NUMBER = 37, AT_GUESTS = 41 };

static const struct object_form form = {"kit", "AULI", KIT_HEAD_BYTES,
                                        OBJECT_ANY_SIZE};

static void hash_signed(struct hash *h, const struct package *package,
                        const uint8_t *file)
{
    hash_start(h, HASH_WIDE_BYTES, "sig-kit");
    hash_field(h, package->hash, sizeof package->hash);
    hash_field(h, file, KIT_BYTES - SIGN_BYTES);
}

enum aula_code kit_make(uint8_t file[static KIT_BYTES],
                        const struct package *package,
                        const uint8_t office[static SIGN_SECRET_BYTES],
                        const uint8_t tid[static TERMINAL_ID_BYTES],
                        const uint8_t transport[static SEAL_PUBLIC_BYTES],
                        const struct kit *kit,
                        const uint8_t tag_key[static TAG_KEY_BYTES],
                        struct aula_error *err)
{
    uint8_t sealed[KIT_SEALED_BYTES];
    struct bytes_writer writer = {file, 0, KIT_BYTES};
    struct hash h;

    if (kit->number == 0) {
        return aula_fail(err, AULA_BAD_FIELD, "kit: numbers count from 1");
    }
    if (!seal_bytes(sealed, transport, tag_key, TAG_KEY_BYTES)) {
        return aula_fail(err, AULA_KIT_SEAL,
                         "kit: nothing can be sealed to the transport key of "
                         "this request");
    }
    object_put_head(&writer, &form);
    bytes_put(&writer, package->hash, PACKAGE_ID_BYTES);
    bytes_put(&writer, tid, TERMINAL_ID_BYTES);
    bytes_put_u32(&writer, kit->number);
    bytes_put_u8(&writer, kit->has_guests);
    bytes_put(&writer, sealed, sizeof sealed);
    hash_signed(&h, package, file);
    sign_end(&h, file + writer.size, office);
    return AULA_OK;
}

enum aula_code kit_look(struct kit *kit, const struct package *package,
                        const uint8_t tid[static TERMINAL_ID_BYTES],
                        const uint8_t *bytes, size_t size,
                        struct aula_error *err)
{
    struct kit made = {0};
    struct hash h;
    enum aula_code code = object_check_head(&form, bytes, size, err);

    if (code != AULA_OK) {
        return code;
    }
    if (memcmp(bytes + AT_EID, package->hash, PACKAGE_ID_BYTES) != 0) {
        return aula_fail(err, AULA_WRONG_ELECTION, "kit: of another election");
    }
    made.number = get_le32(bytes + AT_NUMBER);
    made.has_guests = bytes[AT_GUESTS] == 1;
    if (made.number == 0 || bytes[AT_GUESTS] > 1) {
        return aula_fail(err, AULA_BAD_FIELD, "kit: its number or guests");
    }
    code = object_check_size(&form, size, KIT_BYTES, err);
    if (code != AULA_OK) {
        return code;
    }
    if (memcmp(bytes + AT_TID, tid, TERMINAL_ID_BYTES) != 0) {
        return aula_fail(err, AULA_CERT_TERMINAL_ID,
                         "kit: of another terminal");
    }
    hash_signed(&h, package, bytes);
    if (sign_check(&h, bytes + KIT_BYTES - SIGN_BYTES, package->office_key) !=
        AULA_OK) {
        return aula_fail(err, AULA_SIG_INVALID,
                         "kit: signature of the office does not match");
    }
    *kit = made;
    return AULA_OK;
}

enum aula_code
kit_check(struct kit *kit, uint8_t tag_key[static TAG_KEY_BYTES],
          const struct package *package,
          const uint8_t tid[static TERMINAL_ID_BYTES],
          const uint8_t transport_public[static SEAL_PUBLIC_BYTES],
          const uint8_t transport_secret[static SEAL_SECRET_BYTES],
          uint32_t installed, const uint8_t *bytes, size_t size,
          struct aula_error *err)
{
    struct kit made = {0};
    uint8_t *opened = sodium_malloc(TAG_KEY_BYTES);
    enum aula_code code;

    if (opened == NULL) {
        return aula_fail(err, AULA_MEMORY, "kit: no locked memory");
    }
    code = kit_look(&made, package, tid, bytes, size, err);
    if (code == AULA_OK &&
        !seal_open(opened, TAG_KEY_BYTES, transport_public, transport_secret,
                   bytes + KIT_HEAD_BYTES, KIT_SEALED_BYTES)) {
        code = aula_fail(err, AULA_KIT_SEAL,
                         "kit: not sealed to this terminal");
    }
    if (code == AULA_OK) {
        code = tag_compare_key(opened, package->tag_key_check, err);
    }
    if (code == AULA_OK && made.number < installed) {
        code = aula_fail(err, AULA_KIT_OLD, "kit: number %u, and %u is here",
                         (unsigned)made.number, (unsigned)installed);
    }
    if (code == AULA_OK) {
        *kit = made;
        memcpy(tag_key, opened, TAG_KEY_BYTES);
    }
    sodium_free(opened);
    return code;
}
