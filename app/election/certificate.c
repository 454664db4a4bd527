/* SPDX-License-Identifier: Apache-2.0 */
/* See certificate.h. The signature covers PH as a field before the file, so a
 * certificate of another package with the same eid does not pass. */
#include "certificate.h"

#include <string.h>

#include "object.h"
#include "package_parts.h"

static const struct object_form form = {
    "certificate", "AULT", CERTIFICATE_HEAD_BYTES, OBJECT_ANY_SIZE};

void terminal_id(uint8_t tid[static TERMINAL_ID_BYTES],
                 const uint8_t key[static SIGN_PUBLIC_BYTES])
{
    uint8_t hash[HASH_BYTES];

    hash_bytes(hash, "terminal-id", key, SIGN_PUBLIC_BYTES);
    memcpy(tid, hash, TERMINAL_ID_BYTES);
}

/* What is signed: PH, then all bytes before the signature. */
static void hash_signed(struct hash *h, const struct package *package,
                        const uint8_t *file, size_t size)
{
    hash_start(h, HASH_WIDE_BYTES, "sig-terminal");
    hash_field(h, package->hash, sizeof package->hash);
    hash_field(h, file, size);
}

static bool are_contests(const struct package *package, const uint8_t *list,
                         size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint16_t contest = get_le16(list + 2 * i);

        if (contest >= package->contest_count ||
            (i > 0 && contest <= get_le16(list + 2 * i - 2))) {
            return false;
        }
    }
    return count >= 1;
}

enum aula_code certificate_make(uint8_t *file, const struct package *package,
                                const uint8_t office[static SIGN_SECRET_BYTES],
                                const uint8_t key[static SIGN_PUBLIC_BYTES],
                                const char *label, size_t label_size,
                                const uint16_t *contests, size_t count,
                                struct aula_error *err)
{
    uint8_t list[2 * PACKAGE_CONTESTS_MAX];
    uint8_t tid[TERMINAL_ID_BYTES];
    struct bytes_writer writer = {file, 0,
                                  CERTIFICATE_BYTES(label_size, count)};
    struct hash h;

    if (label_size < 1 || label_size > CERTIFICATE_LABEL_MAX ||
        !bytes_are_text((const uint8_t *)label, label_size)) {
        return aula_fail(err, AULA_BAD_FIELD, "certificate: the label");
    }
    for (size_t i = 0; i < count && count <= PACKAGE_CONTESTS_MAX; i++) {
        put_le16(list + 2 * i, contests[i]);
    }
    if (count > PACKAGE_CONTESTS_MAX || !are_contests(package, list, count)) {
        return aula_fail(err, AULA_CERT_CONTEST, "certificate: the contests");
    }
    terminal_id(tid, key);
    object_put_head(&writer, &form);
    bytes_put(&writer, package->hash, PACKAGE_ID_BYTES);
    bytes_put(&writer, tid, sizeof tid);
    bytes_put(&writer, key, SIGN_PUBLIC_BYTES);
    bytes_put_u16(&writer, (uint16_t)label_size);
    bytes_put(&writer, label, label_size);
    bytes_put_u16(&writer, (uint16_t)count);
    bytes_put(&writer, list, 2 * count);
    hash_signed(&h, package, file, writer.size);
    sign_end(&h, file + writer.size, office);
    return AULA_OK;
}

/* Label and contests, and that the signature and no more is left. */
static enum aula_code read_fields(struct certificate *made,
                                  struct bytes_reader *reader,
                                  struct aula_error *err)
{
    enum aula_code code = package_take_text(&made->label, reader,
                                            CERTIFICATE_LABEL_MAX);
    const uint8_t *number = code == AULA_OK ? bytes_take(reader, 2) : NULL;

    if (code == AULA_OK && number != NULL) {
        made->count = get_le16(number);
        made->contests = bytes_take(reader, 2 * made->count);
    }
    if (code == AULA_OK &&
        (made->contests == NULL || reader->left < SIGN_BYTES)) {
        code = AULA_TRUNCATED;
    }
    if (code == AULA_OK && reader->left > SIGN_BYTES) {
        code = AULA_TRAILING_BYTES;
    }
    return code == AULA_OK
               ? code
               : aula_fail(err, code, "certificate: %s", aula_code_name(code));
}

/* Whose it is, who signed it, what it says. */
static enum aula_code check_meaning(const struct certificate *made,
                                    const struct package *package,
                                    const uint8_t *own_key,
                                    const uint8_t *bytes, size_t size,
                                    struct aula_error *err)
{
    uint8_t tid[TERMINAL_ID_BYTES];
    struct hash h;

    terminal_id(tid, made->key);
    if (memcmp(tid, made->tid, sizeof tid) != 0 ||
        (own_key != NULL &&
         memcmp(own_key, made->key, SIGN_PUBLIC_BYTES) != 0)) {
        return aula_fail(err, AULA_CERT_TERMINAL_ID,
                         "certificate: of another terminal");
    }
    hash_signed(&h, package, bytes, size - SIGN_BYTES);
    if (sign_check(&h, bytes + size - SIGN_BYTES, package->office_key) !=
        AULA_OK) {
        return aula_fail(err, AULA_SIG_INVALID,
                         "certificate: signature of the office does not match");
    }
    if (!are_contests(package, made->contests, made->count)) {
        return aula_fail(err, AULA_CERT_CONTEST, "certificate: the contests");
    }
    return AULA_OK;
}

enum aula_code certificate_check(struct certificate *certificate,
                                 const struct package *package,
                                 const uint8_t *own_key, const uint8_t *bytes,
                                 size_t size, struct aula_error *err)
{
    struct certificate made = {0};
    struct bytes_reader reader = {bytes, size};
    const uint8_t *head = NULL;
    enum aula_code code = object_check_head(&form, bytes, size, err);

    if (code != AULA_OK) {
        return code;
    }
    /* The two bytes of the label's length belong to the fixed header. */
    head = bytes_take(&reader, CERTIFICATE_HEAD_BYTES - 2);
    if (memcmp(head + 5, package->hash, PACKAGE_ID_BYTES) != 0) {
        return aula_fail(err, AULA_WRONG_ELECTION,
                         "certificate: of another election");
    }
    memcpy(made.tid, head + 21, sizeof made.tid);
    memcpy(made.key, head + 37, sizeof made.key);
    code = read_fields(&made, &reader, err);
    if (code == AULA_OK) {
        code = check_meaning(&made, package, own_key, bytes, size, err);
    }
    if (code == AULA_OK) {
        *certificate = made;
    }
    return code;
}

bool certificate_offers(const struct certificate *certificate, uint16_t contest)
{
    for (size_t i = 0; i < certificate->count; i++) {
        if (get_le16(certificate->contests + 2 * i) == contest) {
            return true;
        }
    }
    return false;
}
